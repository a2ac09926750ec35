#!/bin/sh
# Writes the three lock files from pyproject.toml, for every Python and platform we serve, with hashes.
# Run it as `make lock`; read the difference before committing it.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1; shift
    "${PYTHON:-.venv/bin/python}" -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --custom-compile-command "make lock" -o "requirements/$out" "$@" pyproject.toml
}
lock bench.txt --extra dev --extra bench --upgrade
lock dev.txt --extra dev -c requirements/bench.txt
lock run.txt -c requirements/bench.txt
