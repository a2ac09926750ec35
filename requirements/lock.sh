#!/bin/sh
# Writes the lock files from pyproject.toml, for every Python and platform we serve, with hashes.
# Run it as `make lock`, which keeps the versions that still fit, or as `UPGRADE=1 make lock`, which takes the newest;
# read the difference before committing it.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1; shift
    "${PYTHON:-.venv/bin/python}" -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --custom-compile-command "make lock" -o "requirements/$out" "$@" pyproject.toml
}
# One resolution for everything; the others are parts of it.
lock bench.txt --extra build --extra dev --extra bench ${UPGRADE:+--upgrade}
lock dev.txt --extra build --extra dev -c requirements/bench.txt
lock run.txt --extra build -c requirements/bench.txt
