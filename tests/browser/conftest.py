"""A real server, a real follower and a real Chromium: what these tests see is what people see."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.house import built, house, phone
from tests.browser.writing import organise, writer
from tests.serving import CHROMIUM, ROOT, Installation, serving

__all__ = ["built", "house", "organise", "phone", "writer"]
"""Fixtures that have a room of their own, given to every test of this folder."""


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration, served once for all the browser tests."""
    with serving(tmp_path_factory.mktemp("demo"), quiet_seconds="3") as found:
        yield found


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    """The one driver of every browser: a second one may not start beside it."""
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def chromium(player: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium")
    if program is None:
        raise RuntimeError("Chromium is missing: run `apt-get install chromium`, then the tests again.")
    browser = player.chromium.launch(executable_path=program, args=list(CHROMIUM))
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


STILL = """async () => {
    const passing = document.getAnimations().filter(one => Number.isFinite(one.effect.getComputedTiming().endTime));
    const still = Promise.allSettled(passing.map(one => one.finished));
    await Promise.race([still, new Promise(resolve => setTimeout(resolve, 3000))]);
}"""
"""Waits for what fades in or out: halfway, its colours are neither those before nor those after."""


def violations(page: Page) -> list[str]:
    """Every accessibility rule that the page breaks, with the elements that break it."""
    assert AXE, "axe-core is not installed: run `make build`"
    # The page's own policy forbids foreign scripts: the checker runs outside of it, by the debugging protocol.
    page.evaluate(f"() => {{ {AXE} }}")
    page.evaluate(STILL)
    result = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{one['id']}: {node['html'][:120]}" for one in result for node in one["nodes"]]
