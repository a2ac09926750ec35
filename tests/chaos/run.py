"""Plays a plan against the real server and says whether every promise held.

python tests/chaos/run.py --notes 10000 --seeds 1 2 3
python tests/chaos/run.py --notes 200 --seeds 7 --engine postgresql      one run, played again
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from capture import journal
from tests import postgres
from tests.chaos import model, plan
from tests.chaos.device import Device
from tests.chaos.plan import Plan, Step
from tests.chaos.proxy import Proxy
from tests.chaos.screen import PATIENCE, Screen
from tests.chaos.stage import Stage
from tests.chaos.wire import LostError, ask

PACE = 0.004
"""Seconds between two acts of the whole room: faster than any room, slower than an idle machine could."""

SHORTEST = 12.0
"""Seconds that people type in the shortest run: enough for a server that was killed to come back among them."""

DRAIN_SECONDS = 240.0
"""How long the phones may take to empty themselves once the network is back."""


@dataclass
class Played:
    """What a run did, and which promises it broke."""

    seed: int
    engine: str
    notes: int
    steps: int
    seconds: float
    drain_seconds: float
    head: int
    broken: list[str]
    counted: dict[str, int] = field(default_factory=dict)
    command: str = ""

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {count}" for name, count in sorted(self.counted.items()))
        verdict = "all promises held" if not self.broken else f"{len(self.broken)} BROKEN"
        lines = [
            f"seed {self.seed} · {self.engine} · {verdict}",
            (
                f"  {self.notes} notes, {self.steps} acts and faults, a journal of {self.head}, {self.seconds:.0f} s;"
                f" the last outbox was empty {self.drain_seconds:.1f} s after the calm"
            ),
            f"  {facts}",
            *(f"  ✗ {one[:400]}" for one in self.broken[:12]),
        ]
        return "\n".join([*lines, f"  play it again: {self.command}"] if self.broken else lines)


class Room:
    """The people of a plan, their phones, and the stage they stand on."""

    def __init__(self, stage: Stage, plan_: Plan) -> None:
        self.stage, self.plan = stage, plan_
        self.proxy = Proxy(stage.port)
        self.devices: list[Device] = []
        self.desks: list[Device] = []
        self.screens: list[Screen] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.done: dict[str, int] = {}

    async def enter(self) -> None:
        """Let everybody open their link, while the network is still good."""
        self.proxy.calm = True
        for number in range(self.plan.devices):
            workshop = self.plan.workshop_of(number)
            device = Device(
                number=number,
                link=await self.proxy.link(plan.fates(self.plan.seed, f"phone {number}")),
                slug="rencontre",
                workshop=workshop,
                token=self.stage.tokens[workshop],
                file=self.stage.folder / f"phone-{number}.jsonl",
                seed=self.plan.seed,
            )
            device.clock = self.stage_clock() + self.plan.clock_errors[number]
            await device.join()
            await self._watch(device, f"screen {number}", workshop, polls=number % 3 == 2)
            device.open_tab()
            self.devices.append(device)
        for name in ("temoin", "organiser"):
            await self._watch(await self._desk(name), name, None, polls=name == "organiser")
        self.proxy.calm = False

    @staticmethod
    def stage_clock() -> int:
        """Return a day of November, in milliseconds: a device's clock is kept and never trusted."""
        return 1_795_700_000_000

    async def _desk(self, role: str) -> Device:
        link = await self.proxy.link(plan.fates(self.plan.seed, role))
        file = self.stage.folder / f"{role}.jsonl"
        desk = Device(
            number=-1,
            link=link,
            slug="rencontre",
            workshop="gouvernance",
            token=self.stage.tokens[role],
            file=file,
            seed=self.plan.seed,
        )
        await desk.join()
        self.desks.append(desk)
        return desk

    async def _watch(self, device: Device, name: str, workshop: str | None, *, polls: bool) -> None:
        link = await self.proxy.link(plan.fates(self.plan.seed, f"{name} screen"))
        device.screen = Screen(link, "rencontre", workshop, lambda: device.cookie, polls=polls)
        self.screens.append(device.screen)
        self.tasks.append(asyncio.create_task(device.screen.run()))

    async def play(self) -> None:
        """Play every step."""
        background: list[asyncio.Task[None]] = []
        pace = max(PACE, SHORTEST / len(self.plan.steps))
        for step in self.plan.steps:
            self.done[step.what] = self.done.get(step.what, 0) + 1
            device = self.devices[step.device]
            if step.what in {"write", "edit", "remove", "restore", "edit_seen", "settle"}:
                self._type(step, device)
                await asyncio.sleep(pace)
            else:
                background.append(asyncio.create_task(self._break(step, device)))
        await asyncio.gather(*background)

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
        if step.what == "tab_killed":
            await device.close_tabs()
            device.open_tab()
        elif step.what == "cookie_lost":
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
        else:
            await self._break_machine(step)

    async def _offline(self, device: Device, seconds: float) -> None:
        for link in [device.link, *([device.screen.link] if device.screen else [])]:
            link.offline = True
            link.cut()
        await asyncio.sleep(seconds)
        for link in [device.link, *([device.screen.link] if device.screen else [])]:
            link.offline = False

    async def _break_machine(self, step: Step) -> None:
        if step.what == "web_killed":
            await self.stage.kill_web(0.3 + step.number)
        elif step.what == "worker_killed":
            self.stage.kill_worker()
        elif step.what == "database_restarted":
            await self.stage.restart_database()
        elif step.what == "follower_killed":
            await self.stage.kill_follower(0.3)

    async def _close_workshop(self, number: float) -> None:
        key = plan.WORKSHOPS[int(number * len(plan.WORKSHOPS))]
        await self._organise("session.closed", key)
        await asyncio.sleep(0.3)
        await self._organise("session.opened", key)

    async def _organise(self, name: str, key: str) -> None:
        """Act as the organiser, straight to the server, until it is done."""
        operation = {"id": str(uuid.uuid4()), "name": name, "payload": {"key": key}}
        body = json.dumps({"operations": [operation]}).encode()
        desk = self.desks[-1]
        path = f"/api/v1/{desk.slug}/operations"
        while True:
            headers = {"Cookie": desk.cookie, "X-CSRFToken": desk.csrf, "Content-Type": "application/json"}
            with contextlib.suppress(LostError):
                answer = await ask(self.stage.port, "POST", path, headers=headers, body=body, patience=3)
                if answer.status == 200:
                    return
            await asyncio.sleep(0.2)

    async def calm_down(self) -> float:
        """Mend everything, let the phones empty themselves and the screens catch up; return how long it took."""
        await self.stage.wait_until_up()
        self.proxy.calm = True
        started = time.monotonic()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS):
                while True:
                    asked = sum(device.ask_again("workshop.closed") for device in self.devices)
                    if not asked and not any(device.outbox.waiting() for device in self.devices):
                        break
                    await asyncio.sleep(0.1)
        drained = time.monotonic() - started
        # A screen may have asked just before the calm, on a connection that never answers: it waits, then asks again.
        await asyncio.sleep(PATIENCE + 2)
        return drained

    async def leave(self) -> None:
        """Close every page."""
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
        found = dict(self.done)
        for device in self.devices:
            for name, count in device.person.counted.items():
                found[name] = found.get(name, 0) + count
        for link in self.proxy.links:
            for name, count in link.counted.items():
                found[f"connection {name}"] = found.get(f"connection {name}", 0) + count
        return found


async def perform(stage: Stage, plan_: Plan, *, follower: bool) -> Played:
    """Play a plan on a prepared stage, and check."""
    started = time.monotonic()
    stage.start_web()
    if follower:
        stage.start_follower()
    await stage.wait_until_up()
    room = Room(stage, plan_)
    try:
        await room.enter()
        await room.play()
        drained = await room.calm_down()
    finally:
        await room.leave()
    with stage.app.app_context():
        found = model.broken(stage.gathering_id, room.devices, room.screens)
        head = journal.head(stage.gathering_id)
    return Played(
        seed=plan_.seed,
        engine="postgresql" if stage.database_url else "sqlite",
        notes=plan_.notes,
        steps=len(plan_.steps),
        seconds=time.monotonic() - started,
        drain_seconds=drained,
        head=head,
        broken=found,
        counted=room.counted(),
    )


def play(seed: int, *, notes: int, engine: str, follower: bool = False, devices: int = 10) -> Played:
    """Play one seed on an installation of its own, from nothing."""
    drawn = plan.draw(seed, notes=notes, devices=devices, postgresql=engine == "postgresql", follower=follower)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos")))
        address, postgres_folder = "", None
        if engine == "postgresql":
            postgres_folder = folder / "pg"
            address = stack.enter_context(postgres.server(postgres_folder))
        stage = Stage(folder, address, postgres_folder)
        stack.callback(stage.close)
        stage.prepare()
        # In a thread of its own: the browser's driver keeps a loop in the one that runs the tests.
        with ThreadPoolExecutor(1) as thread:
            played = thread.submit(lambda: asyncio.run(perform(stage, drawn, follower=follower))).result()
    options = f"--notes {notes} --seeds {seed} --engine {engine} --devices {devices}{' --follower' * follower}"
    played.command = f"python tests/chaos/run.py {options}"
    return played


def main() -> int:
    """Play what the command line asks; the exit status says whether every promise held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--devices", type=int, default=10)
    parser.add_argument("--follower", action="store_true", help="Run the follower too, and kill it.")
    asked = parser.parse_args()
    engines = ["sqlite", "postgresql"] if asked.engine == "both" else [asked.engine]
    broken = 0
    for engine in engines:
        for seed in asked.seeds:
            played = play(seed, notes=asked.notes, engine=engine, follower=asked.follower, devices=asked.devices)
            print(played, flush=True)
            broken += len(played.broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
