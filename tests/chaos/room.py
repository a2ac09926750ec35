"""The people of a plan, their phones and browsers, and everything that happens to them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import time
import uuid
from collections import Counter

from playwright.async_api import Playwright, async_playwright

from tests.chaos import plan
from tests.chaos.browser import BrowserPhone
from tests.chaos.device import Device
from tests.chaos.plan import Plan, Step
from tests.chaos.proxy import Proxy
from tests.chaos.screen import SILENCE, Screen
from tests.chaos.stage import Stage
from tests.chaos.wire import LostError, ask
from tests.serving import CHROMIUM

PACE = 0.004
"""Seconds between two acts of the whole room: faster than any room, slower than an idle machine could."""

SHORTEST = 12.0
"""Seconds that people type in the shortest run: enough for a server that was killed to come back among them."""

DRAIN_SECONDS = 900.0
"""How long the phones may take to empty themselves once the network is back."""

CLOCK = 1_795_700_000_000
"""A day of November, in milliseconds: a device's clock is kept and never trusted."""

LONG = 1_000
"""Acts and faults from which a run is long: its machines are not broken again before they have served for a while."""

SERVED = 1.0
"""Seconds of service between two faults of a machine in a long run: notes are to be received in the storm too."""

MACHINE = {"web_killed", "worker_killed", "database_restarted", "follower_killed"}
PEOPLE = {"write", "edit", "remove", "restore", "edit_seen", "settle"}


class Room:
    """Everybody, and the stage they stand on."""

    def __init__(self, stage: Stage, plan_: Plan) -> None:
        self.stage, self.plan = stage, plan_
        self.proxy = Proxy(stage.port)
        self.devices: list[Device] = []
        self.desks: list[Device] = []
        self.screens: list[Screen] = []
        self.browsers: list[BrowserPhone] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.done: Counter[str] = Counter()
        self._over = asyncio.Event()
        self._playwright: Playwright | None = None

    async def enter(self, browsers: int) -> None:
        """Let everybody open their link, while the network is still good."""
        self.proxy.calm = True
        for number in range(self.plan.devices):
            workshop = self.plan.workshop_of(number)
            device = await self._phone(f"phone {number}", number, workshop, self.stage.tokens[workshop])
            await device.open_page()
            device.clock = CLOCK + self.plan.clock_errors[number]
            await self._watch(device, f"screen {number}", workshop, polls=number % 3 == 2)
            device.open_tab()
            self.devices.append(device)
        for name in ("temoin", "organiser"):
            desk = await self._phone(name, -1, "gouvernance", self.stage.tokens[name])
            self.desks.append(desk)
            await self._watch(desk, name, None, polls=name == "organiser")
        if browsers:
            await self._enter_browsers(browsers)
        self.proxy.calm = False

    async def _enter_browsers(self, count: int) -> None:
        self._playwright = await async_playwright().start()
        chromium = await self._playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(CHROMIUM)
        )
        for number in range(count):
            link = await self.proxy.link(plan.fates(self.plan.seed, f"browser {number}", number))
            phone = BrowserPhone(number, link, self.stage.tokens[plan.BROWSED], self.plan.seed)
            await phone.enter(chromium)
            self.browsers.append(phone)

    async def _phone(self, name: str, number: int, workshop: str, token: str) -> Device:
        device = Device(
            number=number,
            link=await self.proxy.link(plan.fates(self.plan.seed, name, max(number, 0))),
            slug="rencontre",
            workshop=workshop,
            token=token,
            file=self.stage.folder / f"{name}.jsonl",
            seed=self.plan.seed,
        )
        await device.join()
        return device

    async def _watch(self, device: Device, name: str, workshop: str | None, *, polls: bool) -> None:
        link = await self.proxy.link(plan.fates(self.plan.seed, f"{name} screen", len(self.screens)))
        device.screen = Screen(link, "rencontre", workshop, lambda: device.cookie, polls=polls)
        self.screens.append(device.screen)
        self.tasks.append(asyncio.create_task(device.screen.run()))

    async def play(self) -> None:
        """Play every step, while the browsers live their own lives."""
        browsing = [asyncio.create_task(phone.live(self._over)) for phone in self.browsers]
        background: list[asyncio.Task[None]] = []
        pace = max(PACE, SHORTEST / len(self.plan.steps))
        for step in self.plan.steps:
            device = self.devices[step.device]
            if step.what in PEOPLE:
                self.done[step.what] += 1
                self._type(step, device)
                await asyncio.sleep(pace)
            else:
                if step.what in MACHINE and len(self.plan.steps) > LONG:
                    await self._serve_a_while()
                background.append(asyncio.create_task(self._break(step, device)))
        await asyncio.gather(*background)
        self._over.set()
        await asyncio.gather(*browsing)

    async def _serve_a_while(self) -> None:
        """Let what was broken come back and serve; meanwhile nobody types, and the phones send."""
        await self.stage.wait_until_up()
        await asyncio.sleep(SERVED)

    def _type(self, step: Step, device: Device) -> None:
        board = device.screen.board if device.screen else {}
        note_id = self.plan.note_ids[step.note]
        if step.what == "write":
            device.write(note_id, step.kind, step.text)
        elif step.what == "edit":
            device.edit(note_id, step.kind, step.text)
        elif step.what in {"remove", "restore"}:
            device.act(f"note.{step.what}d", {"note_id": note_id})
        elif step.what == "edit_seen" and (seen := sorted(one for one in board if not board[one]["removed"])):
            device.edit(seen[int(step.number * len(seen))], step.kind, step.text)
        elif step.what == "settle" and (torn := sorted(one for one in board if board[one]["rivals"])):
            note = board[torn[int(step.number * len(torn))]]
            device.act("note.settled", {"note_id": note["id"], "revision": note["rivals"][0]["revision"]})

    async def _break(self, step: Step, device: Device) -> None:
        """Break one thing, and count it if it struck."""
        if step.what in {"tab_killed", "page_reloaded", "double_submit"}:
            struck = await self._break_page(step.what, device)
        elif step.what in MACHINE:
            struck = await self._break_machine(step)
        else:
            struck = await self._break_around(step, device)
        self.done[step.what] += struck

    async def _break_page(self, what: str, device: Device) -> bool:
        if what == "double_submit":
            return await device.submit_twice()
        if what == "page_reloaded" and not await device.in_flight():
            return False
        await device.close_tabs()
        device.open_tab()
        return True

    async def _break_around(self, step: Step, device: Device) -> bool:
        if step.what == "cookie_lost":
            device.cookie = ""
        elif step.what == "token_stale":
            device.csrf = "périmé".encode().hex()
        elif step.what == "twin":
            device.open_tab()
        elif step.what == "screen_reloaded" and device.screen:
            device.screen.forget()
        elif step.what == "offline":
            await self._offline(device, step.number)
        elif step.what == "workshop_closed":
            await self._close_workshop(step.number)
        return True

    async def _break_machine(self, step: Step) -> bool:
        if step.what == "web_killed":
            return await self.stage.kill_web(0.3 + step.number)
        if step.what == "worker_killed":
            return await self.stage.kill_worker()
        if step.what == "database_restarted":
            return await self.stage.restart_database()
        return await self.stage.kill_follower(0.3)

    async def _offline(self, device: Device, seconds: float) -> None:
        links = [device.link, *([device.screen.link] if device.screen else [])]
        for link in links:
            link.offline = True
            link.cut()
        await asyncio.sleep(seconds)
        for link in links:
            link.offline = False

    async def _close_workshop(self, number: float) -> None:
        key = plan.WORKSHOPS[int(number * len(plan.WORKSHOPS))]
        await self._organise("session.closed", key)
        for _ in range(600):
            if any(row.refusal == "workshop.closed" for device in self.devices for row in device.outbox.refused()):
                break
            await asyncio.sleep(0.05)
        await self._organise("session.opened", key)

    async def _organise(self, name: str, key: str) -> None:
        """Act as the organiser, straight to the server, until there is a receipt."""
        operation = {"id": str(uuid.uuid4()), "name": name, "payload": {"key": key}}
        body = json.dumps({"operations": [operation]}).encode()
        desk = self.desks[-1]
        path = f"/api/v1/{desk.slug}/operations"
        while True:
            headers = {"Cookie": desk.cookie, "X-CSRFToken": desk.csrf, "Content-Type": "application/json"}
            with contextlib.suppress(LostError):
                answer = await ask(self.stage.port, "POST", path, headers=headers, body=body, patience=3)
                if answer.status == 200 and "position" in answer.json()["receipts"][0]:
                    return
            await asyncio.sleep(0.2)

    async def calm_down(self) -> float:
        """Mend everything, let the phones empty themselves and the screens catch up; return how long it took."""
        await self.stage.wait_until_up()
        self.proxy.calm = True
        started = time.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while not await self._empty():  # noqa: ASYNC110 - browsers and files set no event
                    await asyncio.sleep(0.1)
        drained = time.monotonic() - started
        await asyncio.gather(*(phone.finish() for phone in self.browsers))
        self.stage.update_worker()
        updates = [phone.take_newer_worker() for phone in self.browsers]
        # A screen may have asked just before the calm, on a connection that never answers: it waits, then asks again.
        await asyncio.gather(asyncio.sleep(SILENCE + 2), *updates)
        async with asyncio.timeout(DRAIN_SECONDS):
            while not await self._empty_browsers():  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.2)
        return drained

    async def _empty(self) -> bool:
        asked = sum(device.ask_again("workshop.closed") for device in self.devices)
        waiting = any(device.outbox.waiting() for device in self.devices)
        return not asked and not waiting and await self._empty_browsers()

    async def _empty_browsers(self) -> bool:
        return all([await phone.empty() for phone in self.browsers])

    async def leave(self) -> None:
        """Close every page."""
        if self._playwright is not None:
            await self._playwright.stop()
        for device in self.devices:
            await device.close_tabs()
        for device in (*self.devices, *self.desks):
            device.outbox.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.proxy.close()

    def counted(self) -> dict[str, int]:
        """Return what happened, added up."""
        found = Counter(self.done)
        for device in self.devices:
            found.update(device.person.counted)
        for phone in self.browsers:
            found.update(phone.counted)
        for link in self.proxy.links:
            found.update({f"connection {name}": count for name, count in link.counted.items()})
        wrong = zip(self.devices, self.plan.clock_errors, strict=True)
        found["clock_wrong"] = sum(1 for device, error in wrong if error and device.person.received)
        return dict(found)
