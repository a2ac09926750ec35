"""The real thing, ready to be broken: a database, the web server, the follower, each a process that can be killed.

Only processes started here are ever killed, by their own number.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from capture import seats
from capture.db import db
from capture.processes import follower_command, web_command
from capture.settings import Settings
from tests import postgres
from tests.chaos.plan import BROWSED, WORKSHOPS
from tests.chaos.served import WORKER_VERSION
from tests.conftest import make_app
from tests.factories import make_gathering
from tests.serving import ROOT, free_port

START_SECONDS = 300

SERVED = "tests.chaos.served:create_app()"
"""The application itself, whose service worker this suite may update."""


@dataclass
class Stage:
    """One installation."""

    folder: Path
    database_url: str = ""
    postgres_folder: Path | None = None
    port: int = field(default_factory=free_port)
    web: subprocess.Popen[bytes] | None = None
    follower: subprocess.Popen[bytes] | None = None
    app: Flask = field(init=False)
    tokens: dict[str, str] = field(default_factory=dict)
    gathering_id: int = 0

    def prepare(self) -> None:
        """Make the tables, the gathering and its links."""
        self.app = make_app(self.folder, self.database_url)
        with self.app.app_context():
            gathering = make_gathering(*WORKSHOPS, BROWSED)
            self.gathering_id = gathering.id
            secret = self.app.config["SECRET_KEY"]
            for key in (*WORKSHOPS, BROWSED):
                seat = seats.open_seat(gathering_id=self.gathering_id, role="rapporteur", sessions=(key,))
                self.tokens[key] = seats.sign(secret, seat)
            for role in ("organiser", "temoin"):
                seat = seats.open_seat(gathering_id=self.gathering_id, role=role)
                self.tokens[role] = seats.sign(secret, seat)
            db.session.remove()
            db.engine.dispose()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "RESTITUTION_FOLDER": str(self.folder),
            "RESTITUTION_DATABASE_URL": self.database_url,
            "RESTITUTION_SECRET_KEY": self.app.config["SECRET_KEY"],
            "RESTITUTION_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "RESTITUTION_STREAM_HEARTBEAT": "0.5",
            # Time is compressed: a phone of this suite sends in a minute what a real one sends in an hour.
            "RESTITUTION_WRITES_PER_MINUTE": "100000",
            "RESTITUTION_QUIET_SECONDS": "1.0",
        }

    def _start(self, command: list[str], name: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command, env=self._environment(), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def start_web(self) -> None:
        """Start the web server, as `restitution serve` does."""
        workers = 2 if self.database_url else 1
        settings = Settings(bind=f"127.0.0.1:{self.port}", web_workers=workers)
        command = [SERVED if part == "wsgi:create_app()" else part for part in web_command(settings)]
        self.web = self._start(command, "web")

    def start_follower(self) -> None:
        """Start the process that reads the journal into themes."""
        self.follower = self._start(follower_command(), "follower")

    async def wait_until_up(self) -> None:
        """Wait until the web server answers.

        Raises:
            TimeoutError: it does not.
        """
        async with asyncio.timeout(START_SECONDS):
            while not await asyncio.to_thread(self._answers):  # noqa: ASYNC110 - another process sets no event here
                await asyncio.sleep(0.1)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/openapi.json", timeout=5)
            except urllib.error.HTTPError:
                return False
            return True
        return False

    async def kill_web(self, pause: float) -> bool:
        """`kill -9` the web server with its workers, and start it again; false if it was not there to be killed."""
        killed = kill_group(self.web)
        await asyncio.sleep(pause)
        self.start_web()
        return killed

    async def kill_worker(self) -> bool:
        """`kill -9` one worker: the one that writes, reads and streams. Its master starts another."""
        # The whole server may have been killed just before: a worker that is not there cannot be killed.
        await self.wait_until_up()
        for child in children(self.web.pid)[:1] if self.web else []:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
                return True
        return False

    async def kill_follower(self, pause: float) -> bool:
        """`kill -9` the follower, and start it again."""
        killed = kill_group(self.follower)
        await asyncio.sleep(pause)
        self.start_follower()
        return killed

    async def restart_database(self) -> bool:
        """Stop PostgreSQL without a farewell, as a power cut of its machine would, and start it again."""
        if self.postgres_folder is None:
            return False
        await asyncio.to_thread(postgres.restart, self.postgres_folder)
        return True

    def update_worker(self) -> None:
        """Let the server offer a service worker that is not the one browsers have."""
        file = self.folder / WORKER_VERSION
        file.write_text(str(int(file.read_text("utf-8")) + 1 if file.exists() else 1), "utf-8")

    def last_words(self) -> str:
        """Return the end of what the web server said."""
        return (self.folder / "web.log").read_text("utf-8", "replace")[-4_000:]

    def close(self) -> None:
        """End every process of this stage."""
        for process in (self.web, self.follower):
            kill_group(process)
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def children(parent: int) -> list[int]:
    """Return the processes that a process started, by their number."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The name, in parentheses, may hold anything; the parent is the second field after it.
            fields = file.read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(file.parent.name))
    return sorted(found)


def kill_group(process: subprocess.Popen[bytes] | None) -> bool:
    """Kill a process that we started, and what it started; false if it was not running."""
    if process is None or process.poll() is not None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True
