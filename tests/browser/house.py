"""A server that can be stopped for real, and phones turned off and on: what the tests without a network need."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from capture.processes import web_command
from capture.settings import Settings
from tests.serving import CHROMIUM, ROOT, Installation, free_port, wait_until_up

DRAINED = 60_000

PUBLISH = """
from sqlalchemy import select
from capture.db import db
from capture.models import Gathering
from synthesis import editions, window
from tests.editions import edition_by_hand
from wsgi import create_app

with create_app().app_context():
    gathering = db.session.scalars(select(Gathering)).one()
    edition = edition_by_hand(window.look(gathering.id).corpus, themes=8, actors=5)
    editions.publish(gathering.id, edition, formed=True, seconds=0.0)
"""
"""Themes without a follower: what is tried here is a desk that was opened, whatever stands on it."""


@dataclass
class House:
    """A server that can be stopped for real and started again at the same address."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    links: Installation | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "RESTITUTION_FOLDER": str(self.folder),
            "RESTITUTION_PUBLIC_URL": self.url,
        }

    def run(self, *arguments: str) -> bytes:
        command = [sys.executable, "-m", "wsgi", *arguments]
        return subprocess.run(command, env=self.environment, cwd=ROOT, check=True, capture_output=True).stdout

    def start(self, application: str = "wsgi:create_app()") -> None:
        command = web_command(Settings(folder=str(self.folder), bind=f"127.0.0.1:{self.port}"))
        command[command.index("wsgi:create_app()")] = application
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        wait_until_up(self.url, self.process, self.folder / "log")

    def stop(self) -> None:
        """Cut it, as a power failure does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    @contextlib.contextmanager
    def stalled(self) -> Iterator[None]:
        """Have it answer nobody for a while: connections open, and nothing comes."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def publish(self) -> None:
        subprocess.run([sys.executable, "-c", PUBLISH], env=self.environment, cwd=ROOT, check=True)

    def link(self, role: str, workshop: str = "") -> str:
        if self.links is None:
            found = json.loads(self.run("links", "--json"))
            self.links = Installation(url=self.url, folder=self.folder, links=tuple(found))
        return self.links.link(role, workshop)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = House(tmp_path_factory.mktemp("offline"))
    found.run("demo", "--load-only")
    yield found
    found.stop()


@pytest.fixture
def house(built: House) -> House:
    """The server, running."""
    if built.process is None:
        built.start()
    return built


@pytest.fixture
def phone(player: Playwright, tmp_path: Path) -> Iterator[Callable[..., BrowserContext]]:
    """A phone: the same browser profile at each start, so that what it keeps survives a reboot."""
    opened: list[BrowserContext] = []

    def turn_on(name: str = "phone") -> BrowserContext:
        context = player.chromium.launch_persistent_context(
            tmp_path / name,
            executable_path=shutil.which("chromium"),
            args=list(CHROMIUM),
            locale="fr-FR",
            viewport={"width": 390, "height": 844},
            accept_downloads=True,
        )
        opened.append(context)
        return context

    yield turn_on
    for context in opened:
        context.close()


Phone = Callable[..., BrowserContext]


def visit(context: BrowserContext, address: str) -> Page:
    """Open a page and wait until the device has kept it."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator("html.ready")).to_be_attached()
    expect(page.locator("#reopens")).to_have_text(
        "Cette page se rouvre sur cet appareil même sans réseau.", timeout=20_000
    )
    return page


def write(page: Page, text: str) -> None:
    page.locator("#field").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("#field")).to_have_value("")
    expect(page.locator(".note", has_text=text)).to_have_count(1)


def received(page: Page, text: str) -> None:
    expect(page.locator('.note[data-state="received"]', has_text=text)).to_have_count(1, timeout=DRAINED)


Seen = TypeVar("Seen")


def eventually(look: Callable[[], Seen], expected: Seen, *, seconds: float = 5.0) -> None:
    """Look until it is as expected: a page draws a moment after the act, later on a busy machine."""
    end = time.monotonic() + seconds
    while look() != expected and time.monotonic() < end:
        time.sleep(0.05)
    assert look() == expected


def texts(page: Page) -> list[str]:
    return page.locator(".note .text").all_inner_texts()
