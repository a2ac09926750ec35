"""A real Chromium on a link that fails: the page itself, its outbox and its service worker, not a copy of their rules.

Nothing in it is compressed: its patience is fifteen seconds, its pauses are its own. Its user lives through every act
of the plan at least once, and writes all the while.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from collections.abc import Awaitable, Callable

from playwright.async_api import Browser, BrowserContext, Error, Page, Response, expect

from tests.chaos import plan
from tests.chaos.browsed import Seen
from tests.chaos.proxy import Link
from tests.chaos.scripts import BACK, CLOCK, LOOK_FOR_NEWER, ROWS, SEATED, SUBMIT_TWICE

"""A real Chromium on a link that fails: the page itself, its outbox and its service worker, not a copy of their rules.

Nothing in it is compressed: its patience is fifteen seconds, its pauses are its own. Its user lives through every act
of the plan at least once, and writes all the while.
"""


YEAR = 365 * 86_400_000


STORM_PATIENCE = 6_000.0


CALM_PATIENCE = 60_000.0
"""Milliseconds that one thing may take on a page: a machine that does ten things at once is slow, not wrong."""


OPEN_PATIENCE = 600.0
"""Seconds in which a page must open: in the storm, one connection in two is broken, and dies slowly."""


TRIES = 5


class BrowserPhone:
    """One person with a browser."""

    def __init__(self, number: int, link: Link, token: str, seed: int) -> None:
        self.name, self.link, self.number, self.seed = f"browser {number}", link, number, seed
        self._join = f"http://127.0.0.1:{link.port}/rejoindre/{token}"
        self._address = ""
        self._rng = random.Random(f"{seed} texts of browser {number}")  # noqa: S311 - a plan is drawn again the same
        self._context: BrowserContext
        self._page: Page
        self._typed: list[str] = []
        self._begun: set[str] = set()
        self._received: set[str] = set()
        self._told = False
        self.counted: Counter[str] = Counter()

    async def enter(self, browser: Browser) -> None:
        """Open the link while the network is still good, and wait until the page would open without one."""
        self._context = await browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
        self._context.set_default_timeout(STORM_PATIENCE)
        if self.number % 2:
            await self._context.add_init_script(CLOCK % -YEAR)
        self._page = await self._context.new_page()
        await self._page.goto(self._join)
        await self._ready()
        self._address = self._page.url
        await self._page.evaluate("() => navigator.serviceWorker.ready.then(() => undefined)")
        await expect(self._page.locator("#reopens")).to_contain_text("se rouvre", timeout=CALM_PATIENCE)

    async def live(self, over: asyncio.Event) -> None:
        """Live through the acts of the plan until the storm is over."""
        for name in plan.walk(self.seed, self.number):
            if over.is_set():
                return
            try:
                await self._act(name)
            except (Error, AssertionError):
                # The network did this to the act: a page that does not load, an answer that does not come.
                self.counted["browser acts cut short"] += 1
                await self._open(self._address)

    async def finish(self) -> None:
        """Live through what the storm did not let happen, now that the network is back."""
        self._context.set_default_timeout(CALM_PATIENCE)
        for name in plan.ACTS:
            if not self.counted[f"browser_{name}"]:
                await self._act(name)

    async def _act(self, name: str) -> None:
        acts: dict[str, Callable[[], Awaitable[None]]] = {
            "offline": self._offline,
            "tab_killed": self._tab_killed,
            "reloaded": self._reloaded,
            "two_tabs": self._two_tabs,
            "double_submit": self._double_submit,
            "session_lost": self._session_lost,
        }
        await acts[name]()
        await self._look()

    async def take_newer_worker(self) -> None:
        """Write, have the page find a newer worker, let it take over, and write again."""
        await self._write()
        await self._page.evaluate(LOOK_FOR_NEWER)
        await expect(self._page.locator("#newer")).to_be_visible(timeout=CALM_PATIENCE)
        async with self._page.expect_event("load"):
            await self._page.locator("#take-newer").click()
        await self._ready()
        self.counted["browser_worker_updated"] += 1
        await self._write()

    async def empty(self) -> bool:
        """Say once that the network is back, as the phone does; return whether nothing waits any more."""
        with contextlib.suppress(Error):
            if not self._told:
                await self._page.evaluate(BACK)
                self._told = True
            return not await self._page.evaluate(ROWS)
        await self._open(self._address)
        return False

    async def seen(self, standing: list[str], patience: float = 30.0) -> Seen:
        """Return what became of this browser, once its page had the time to catch up."""
        shown: list[str] = []
        for _ in range(int(patience * 5)):
            shown = await self._page.locator(".note .text").all_text_contents()
            if sorted(shown) == sorted(standing):
                break
            await asyncio.sleep(0.2)
        await self._look()
        if self.number % 2 and self._received & set(self._typed):
            self.counted["browser_clock_wrong"] += 1
        kept = await self._page.evaluate(ROWS)
        begun, received = frozenset(self._begun), frozenset(self._received)
        return Seen(self.name, tuple(self._typed), begun, received, tuple(kept), tuple(shown))

    # What its user does.

    async def _write(self, page: Page | None = None) -> None:
        where = page or self._page
        text = self._begin()
        await where.locator("#field").fill(text)
        await where.locator("#field").press("Enter")
        await self._left(where, text)

    def _begin(self) -> str:
        words = self._rng.choice(plan.OPENINGS) + self._rng.choice(
            ("", " — dit deux fois", " 🚲🏽 (à vélo)", " e\u0301")
        )
        text = f"{words} [{self.name}, {len(self._begun)}]"
        self._begun.add(text)
        return text

    async def _left(self, page: Page, text: str) -> None:
        await expect(page.locator("#field")).to_have_value("", timeout=CALM_PATIENCE / 2)
        self._typed.append(text)

    async def _look(self) -> None:
        shown = await self._page.locator('.note[data-state="received"] .text').all_text_contents()
        self._received.update(shown)

    # What happens to it.

    def _cut(self, *, offline: bool) -> None:
        self.link.offline = offline
        self.link.cut()

    async def _offline(self) -> None:
        self._cut(offline=True)
        try:
            for _ in range(2):
                await self._write()
            await asyncio.sleep(self._rng.uniform(30, 1200) / plan.OFFLINE_COMPRESSION)
        finally:
            self.link.offline = False
        self.counted["browser_offline"] += 1
        await self._page.evaluate(BACK)

    async def _tab_killed(self) -> None:
        await self._write()
        session = await self._context.new_cdp_session(self._page)
        async with self._page.expect_event("crash"):
            crash = asyncio.create_task(session.send("Page.crash"))
        crash.cancel()
        await asyncio.gather(crash, return_exceptions=True)
        self.counted["browser_tab_killed"] += 1
        await self._page.close()
        await self._open(self._address)

    async def _reloaded(self) -> None:
        while not await self._is_sending():
            self.counted["browser batches that left unseen"] += 1
        self.counted["browser_reloaded"] += 1
        await self._open(self._address)

    async def _is_sending(self) -> bool:
        """Write without a network, and come back; false if everything had left before we looked."""
        self._cut(offline=True)
        try:
            for _ in range(3):
                await self._write()
            async with self._page.expect_request(lambda asked: asked.method == "POST" and "/operations" in asked.url):
                self.link.offline = False
                await self._page.evaluate(BACK)
        except Error as error:
            # A try made before we listened may have waited at the network's door, and taken everything with it.
            waiting, said = await self._page.evaluate(ROWS), await self._page.locator("header").all_inner_texts()
            error.add_note(f"{self.name} waits with {len(waiting)} rows; its page says {said}")
            if waiting:
                raise
            return False
        finally:
            self.link.offline = False
        return True

    async def _two_tabs(self) -> None:
        second = await self._context.new_page()
        try:
            await second.goto(self._address)
            await expect(second.locator("html.ready")).to_be_attached(timeout=CALM_PATIENCE / 4)
            await asyncio.gather(self._write(), self._write(second))
            self.counted["browser_two_tabs"] += 1
        finally:
            await second.close()

    async def _double_submit(self) -> None:
        text = self._begin()
        await self._page.locator("#field").fill(text)
        await self._page.evaluate(SUBMIT_TWICE)
        await self._left(self._page, text)
        self.counted["browser_double_submit"] += 1

    async def _session_lost(self) -> None:
        try:
            for _ in range(TRIES):
                # An answer that was under way gives the cookie back: then it was not lost, and is taken again.
                await self._context.clear_cookies()
                with contextlib.suppress(Error):
                    async with self._page.expect_response(refuses, timeout=STORM_PATIENCE):
                        await self._write()
                    self.counted["browser_session_lost"] += 1
                    return
        finally:
            await self._sit_again()

    async def _sit_again(self) -> None:
        """Open the link, and again if the page came from the device: it says that the link must be opened.

        Raises:
            TimeoutError: the network let no link through, for minutes.
        """
        async with asyncio.timeout(2 * OPEN_PATIENCE):
            seated = False
            while not seated:
                await self._open(self._join)
                with contextlib.suppress(Error):
                    seated = await self._page.evaluate(SEATED)

    async def _open(self, address: str) -> None:
        """Open a page until it is there: the network may need several tries.

        Raises:
            TimeoutError: it is not, after `OPEN_PATIENCE`.
        """
        async with asyncio.timeout(OPEN_PATIENCE):
            while True:
                with contextlib.suppress(Error, AssertionError):
                    if self._page.is_closed():
                        self._page = await self._context.new_page()
                    await self._page.goto(address, wait_until="commit")
                    return await self._ready()
                await asyncio.sleep(0.1)

    async def _ready(self) -> None:
        await expect(self._page.locator("html.ready")).to_be_attached(timeout=CALM_PATIENCE / 4)


def refuses(response: Response) -> bool:
    """Say whether the server no longer knows this browser."""
    return "/api/" in response.url and response.status in {400, 403}
