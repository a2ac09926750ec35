"""A stage of its own for a rehearsal: the real server in a temporary folder, which goes away with what was played."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from capture.rehearsal.play import NAME, NotPlayableError
from capture.settings import PREFIX

STARTING = 90.0
"""Seconds that the server has to answer: the first start of a slow machine."""


@contextlib.contextmanager
def served(programme: bytes, name: str, *, options: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """Serve an empty gathering with this programme in a folder of its own, and yield its links.

    Nothing of the installation is touched: its database address is not passed on.

    Raises:
        NotPlayableError: the server does not start; the sentence quotes what it said.
    """
    with tempfile.TemporaryDirectory(prefix="repetition") as folder:
        place = Path(folder)
        port = _free_port()
        environment = _environment(place, port)
        file = place / f"programme{Path(name).suffix}"
        file.write_bytes(programme)
        _run(environment, "programme", "import", str(file), "--gathering", NAME, "--yes")
        links = json.loads(_run(environment, "links", "--gathering", NAME, "--json"))
        with _server(environment, port, place / "log", options):
            yield links


def _environment(folder: Path, port: int) -> dict[str, str]:
    """Return the environment of the stage: none of the installation's settings, for none of them is ours to use."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return {
        **kept,
        f"{PREFIX}FOLDER": str(folder),
        f"{PREFIX}PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "wsgi", *arguments]


def _run(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(_command(*arguments), env=environment, check=False, capture_output=True, text=True)  # noqa: S603 - our own commands
    if done.returncode:
        raise NotPlayableError(f"« restitution {arguments[0]} » a échoué :\n{done.stderr[-2_000:]}")
    return done.stdout


@contextlib.contextmanager
def _server(environment: dict[str, str], port: int, log: Path, options: Sequence[str]) -> Iterator[None]:
    command = _command("serve", "--bind", f"127.0.0.1:{port}", *options)
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)  # noqa: S603 - our own command
        try:
            _wait(process, port, log)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    limit = time.monotonic() + STARTING
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(0.1)
    raise NotPlayableError(f"Le serveur n’a pas démarré :\n{log.read_text('utf-8', 'replace')[-2_000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
