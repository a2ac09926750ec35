"""The real server, as `restitution serve` starts it, in a folder of its own; and what it costs the machine."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from capture.processes import follower_command, web_command, yield_to_people
from capture.settings import Settings
from tests import postgres
from tests.serving import ROOT, free_port, wait_until_up

PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    """A server that runs, with the demonstration's programme and notes in it."""

    port: int
    slug: str
    engine: str
    pids: tuple[int, ...]
    """The programs that we started; their children count too."""
    links: tuple[dict[str, object], ...]
    log: Path

    def tokens(self, role: str) -> list[tuple[str, str]]:
        """Return the workshop and the join token of each link of a role."""
        found = [one for one in self.links if one["role"] == role]
        return [(",".join(one["workshops"]), str(one["url"]).rsplit("/", 1)[1]) for one in found]  # type: ignore[arg-type]

    def memory(self) -> float:
        """Return the resident memory of every process, in MB."""
        return sum(_resident(pid) for pid in self._family()) / 1e6

    def seconds(self) -> float:
        """Return the processor time used so far by every process."""
        return sum(_used(pid) for pid in self._family())

    def complaints(self) -> list[str]:
        """Return the lines of the log that tell of an error."""
        text = self.log.read_text("utf-8", "replace")
        return [line for line in text.splitlines() if "ERROR" in line or "Error" in line or "Traceback" in line]

    def _family(self) -> list[int]:
        found = list(self.pids)
        for pid in found:
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    found += [int(one) for one in (task / "children").read_text().split()]
        return found


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    return 0


def _used(pid: int) -> float:
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0.0


@contextlib.contextmanager
def serving(engine: str = "sqlite", *, workers: int = 1, follower: bool = False, **more: str) -> Iterator[Served]:
    """Load the demonstration and serve it: the web processes, and the follower if it is asked for."""
    with tempfile.TemporaryDirectory(prefix="load") as folder, contextlib.ExitStack() as stack:
        base = Path(folder)
        environment = {"RESTITUTION_FOLDER": str(base), "RESTITUTION_WEB_WORKERS": str(workers)}
        if engine == "postgresql":
            # A stored note must survive a power cut here too: this is what is timed.
            address = stack.enter_context(postgres.server(base / "pg", durable=True))
            environment["RESTITUTION_DATABASE_URL"] = address.replace("postgresql+psycopg", "postgresql")
        environment |= {f"RESTITUTION_{name.upper()}": value for name, value in more.items()}
        links = _load(environment)
        port = free_port()
        settings = Settings.read({**environment, "RESTITUTION_BIND": f"127.0.0.1:{port}"})
        commands = [web_command(settings), *([follower_command()] if follower else [])]
        log = base / "log"
        running = [stack.enter_context(_running(command, environment, log)) for command in commands]
        for process in running[1:]:
            yield_to_people(process.pid)
        wait_until_up(f"http://127.0.0.1:{port}", running[0], log)
        yield Served(port, "journees-2018", engine, tuple(one.pid for one in running), links, log)


def _load(environment: dict[str, str]) -> tuple[dict[str, object], ...]:
    found = b"[]"
    for arguments in (["demo", "--load-only"], ["links", "--json"]):
        command = [sys.executable, "-m", "wsgi", *arguments]
        done = subprocess.run(command, env={**os.environ, **environment}, cwd=ROOT, check=True, capture_output=True)
        found = done.stdout
    return tuple(json.loads(found))


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT, stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
