"""Starts the web server and the follower together, keeps the follower alive, and stops both cleanly."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from capture.settings import Settings

GRACE_SECONDS = 8.0
"""How long a process may take to finish what it is doing before it is killed."""

RESTART_SECONDS = 2.0

BEHIND = 10
"""How far the follower's priority stands behind the web server's: a receipt does not wait for a theme."""


def web_command(settings: Settings) -> list[str]:
    """Return the command that serves pages, writes and streams from cooperative workers."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "wsgi:create_app()",
        "--config=python:capture.web_worker",
        "--worker-class=gevent",
        f"--workers={settings.web_workers}",
        "--worker-connections=6000",
        f"--bind={settings.bind}",
        "--graceful-timeout=3",
        "--timeout=60",
        "--keep-alive=20",
        "--log-level=warning",
        "--no-control-socket",
        *([f"--certfile={settings.certificate}"] if settings.certificate else []),
        *([f"--keyfile={settings.certificate_key}"] if settings.certificate_key else []),
    ]


FILES = 65_536


def open_many() -> None:
    """Let this process and those it starts keep as many connections open as the machine allows.

    Many machines say 1,024 unless asked: the thousandth screen would be refused.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def yield_to_people(pid: int) -> None:
    """Let a process compute only with what those who answer people leave."""
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, pid, os.getpriority(os.PRIO_PROCESS, 0) + BEHIND)


def refuse_taken(bind: str) -> None:
    """Refuse to start on a port that somebody else listens on.

    Raises:
        AddressTakenError: the sentence says how to choose another.
    """
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host or "0.0.0.0", int(port)))  # noqa: S104 - what the person asked for
        except OSError as error:
            raise AddressTakenError(bind) from error


class AddressTakenError(RuntimeError):
    """Another program listens there."""

    def __init__(self, bind: str) -> None:
        super().__init__(
            f"L’adresse {bind} est déjà prise, peut-être par une autre démonstration. "
            "Arrêtez-la (Ctrl-C dans son terminal), ou choisissez une autre adresse : --bind 127.0.0.1:8001."
        )


def follower_command() -> list[str]:
    """Return the command that reads the journal into themes."""
    return [sys.executable, "-m", "wsgi", "follow"]


@dataclass
class Family:
    """Processes that live and stop together. The first is the web server: when it ends, everything does."""

    commands: Sequence[Sequence[str]]
    environment: Mapping[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    stopping: bool = False

    def run(self) -> int:
        """Start everything, wait, and return the web server's exit status; 0 when somebody stopped us."""
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._stop)
        open_many()
        self.running = [self._start(command) for command in self.commands]
        web, *others = range(len(self.running))
        while self.running[web].poll() is None and not self.stopping:
            time.sleep(0.2)
            for index in others:
                self._keep_alive(index)
        status = self.running[web].poll()
        self._end()
        return 0 if self.stopping else (status or 0)

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches us alone, and we stop the others in order.
        process = subprocess.Popen(command, env={**os.environ, **self.environment}, start_new_session=True)  # noqa: S603 - our own commands
        if command is not self.commands[0]:
            yield_to_people(process.pid)
        return process

    def _keep_alive(self, index: int) -> None:
        if self.running[index].poll() is not None and not self.stopping:
            print(f"{self.commands[index][-1]}: stopped with {self.running[index].returncode}; starting again")
            time.sleep(RESTART_SECONDS)
            self.running[index] = self._start(self.commands[index])

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.terminate()
        limit = time.monotonic() + GRACE_SECONDS
        for process in self.running:
            try:
                process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
