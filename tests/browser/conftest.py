"""A real server, a real follower and a real Chromium: what these tests see is what people see."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


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
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(url, timeout=5)  # noqa: S310 - our own server on the loopback
            return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration, served once for all the browser tests."""
    with serving(tmp_path_factory.mktemp("demo"), quiet_seconds="3") as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is missing: run `apt-get install chromium`, then the tests again.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM))
        yield browser
        browser.close()


@dataclass
class Devices:
    """Makes devices: each is a person's own browser, with its own cookies and storage."""

    browser: Browser
    opened: list[BrowserContext]

    def open(self, address: str, *, width: int = 390, height: int = 844, dark: bool = False) -> Page:
        """Open an address on a new device."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="fr-FR",
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        self.opened.append(context)
        page = context.new_page()
        page.goto(address)
        return page


@pytest.fixture
def devices(chromium: Browser) -> Iterator[Devices]:
    found = Devices(chromium, [])
    yield found
    for context in found.opened:
        context.close()


AXE = (
    (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    if (ROOT / "node_modules" / "axe-core" / "axe.min.js").exists()
    else ""
)


def violations(page: Page) -> list[str]:
    """Every accessibility rule that the page breaks, with the elements that break it."""
    assert AXE, "axe-core is not installed: run `make build`"
    # The page's own policy forbids foreign scripts: the checker runs outside of it, by the debugging protocol.
    page.evaluate(f"() => {{ {AXE} }}")
    result = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:120]}" for one in result for node in one["nodes"]]
