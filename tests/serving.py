"""Serves the demonstration for real: the web server and the follower, in a folder of their own, on a free port."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""How Chromium is started: headless on a machine without a screen, asking nothing of anybody outside."""


@dataclass(frozen=True)
class Installation:
    """A served gathering: its address, its folder, and the links people were given."""

    url: str
    folder: Path
    links: tuple[dict[str, object], ...]

    def link(self, role: str, workshop: str = "") -> str:
        """The join link of a role, or of a workshop's rapporteurs."""
        for one in self.links:
            if one["role"] == role and (not workshop or workshop in one["workshops"]):  # type: ignore[operator]
                return str(one["url"])
        raise LookupError(role, workshop)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Installation]:
    """Load the demonstration into a folder and serve it, web and follower, until the block ends."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "RESTITUTION_FOLDER": str(folder),
        "RESTITUTION_PUBLIC_URL": url,
        **{f"RESTITUTION_{name.upper()}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "wsgi"]
    subprocess.run([*command, "demo", "--load-only"], env=environment, cwd=ROOT, check=True, capture_output=True)
    shown = subprocess.run([*command, "links", "--json"], env=environment, cwd=ROOT, check=True, capture_output=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "serve", "--bind", f"127.0.0.1:{port}"], env=environment, cwd=ROOT, stdout=log, stderr=log
        )
        try:
            wait_until_up(url, process, folder / "log")
            yield Installation(url=url, folder=folder, links=tuple(json.loads(shown.stdout)))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    # Our own server, on the loopback.
    wait_until(lambda: urllib.request.urlopen(url, timeout=5), process, log)  # noqa: S310


def wait_until(
    ask: Callable[[], http.client.HTTPResponse], process: subprocess.Popen[bytes], log: Path
) -> http.client.HTTPResponse:
    """Ask a server that starts until it answers; say what it wrote if it does not."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            return ask()
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")
