"""A PostgreSQL of the tests' own: made in a temporary folder, reached by a socket, thrown away at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

INSTALL = "PostgreSQL is not installed: run `apt-get install postgresql`, then the tests again."


def binaries() -> Path:
    """Return the folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise RuntimeError(INSTALL)
    return Path(on_path).resolve().parent


def _as_server_user(command: list[str]) -> list[str]:
    # PostgreSQL refuses to run as root; the package brings a user for it.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextlib.contextmanager
def server(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """Run a server in a folder and yield the address of its first database.

    The tests only ever kill processes, so it does not wait for the disk, unless `durable` says that it must.
    """
    programs = binaries()
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        for parent in folder.parents:
            if parent.stat().st_mode & 0o001 == 0:
                parent.chmod(parent.stat().st_mode | 0o011)
    _run(programs / "initdb", "-D", str(data), "-U", "restitution", "-A", "trust", "-E", "UTF8", "--no-sync")
    fsync = "on" if durable else "off"
    options = f"-k {folder} -c listen_addresses= -c fsync={fsync} -c max_connections=200"
    _run(programs / "pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg://restitution@/postgres?host={folder}"
    finally:
        _run(programs / "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


def restart(folder: Path) -> None:
    """Cut a running server short, as a fault would, and start it again with the options it had."""
    _run(
        binaries() / "pg_ctl",
        "-D",
        str(folder / "data"),
        "-l",
        str(folder / "log"),
        "-m",
        "immediate",
        "-w",
        "restart",
    )


def _run(program: Path, *arguments: str) -> None:
    command = _as_server_user([str(program), *arguments])
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, cwd="/")
    if done.returncode:
        raise RuntimeError(f"{program.name} failed:\n{done.stdout.decode()}")
