"""What is played before the server: screens follow while rooms write; everybody sends, or comes back, at once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.load.people import Journal, Screen, Seat, Writer, join
from bench.load.server import Served
from bench.load.wire import request

SETTLING = 3.0
"""Seconds left to the last notes to reach every screen."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one scene measured; times in milliseconds, sorted."""

    name: str
    acknowledged: list[float]
    shown: list[float]
    expected: int
    """Deliveries that had to happen: each note on each screen that may see it."""
    missing: int
    doubled: int
    disordered: int
    refused: list[str]
    cuts: int
    memory: float
    server: float
    """Processor seconds of the server per second."""
    generator: float


@dataclass
class Meter:
    """Processor time between two moments."""

    served: Served
    server: float = 0.0
    generator: float = 0.0
    memory: float = 0.0
    _begun: tuple[float, float, float] = field(default=(0.0, 0.0, 0.0))

    def start(self) -> None:
        """Begin."""
        self._begun = (time.perf_counter(), self.served.seconds(), time.process_time())

    def stop(self) -> None:
        """End: both as a share of one core."""
        lasted = time.perf_counter() - self._begun[0]
        self.server = (self.served.seconds() - self._begun[1]) / lasted
        self.generator = (time.process_time() - self._begun[2]) / lasted
        self.memory = self.served.memory()


@contextmanager
def measured(served: Served) -> Iterator[Meter]:
    """Measure what the block costs."""
    meter = Meter(served)
    meter.start()
    yield meter
    meter.stop()


class Room:
    """Everybody who takes part in a scene."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.writers: list[Writer] = []
        self.screens: list[Screen] = []

    async def fill(self, *, writers: int = 0, watchers: int = 0, followers: int = 0) -> None:
        """Let in writers in every workshop, screens of the whole gathering, and screens of one workshop each."""
        rooms = self.served.tokens("rapporteur")
        whole = self.served.tokens("temoin")[0][1]
        new: list[Seat] = []
        for number in range(len(self.writers), writers):
            self.writers.append(Writer(self.served, *rooms[number % len(rooms)]))
            new.append(self.writers[-1])
        for number in range(followers):
            self.screens.append(Screen(self.served, *rooms[number % len(rooms)]))
            new.append(self.screens[-1])
        for _ in range(watchers - len(self.screens) + followers):
            self.screens.append(Screen(self.served, "", whole))
            new.append(self.screens[-1])
        await join(new)

    async def head(self) -> int:
        """Return the last position; the door tells of a thousand acts at most, so it is asked until nothing is new."""
        asker, head = self.writers[0], 0
        while True:
            path = f"{asker.doors}changes?after={head}&{asker.query}"
            answer = await asker.line.ask(request("GET", path, cookie=asker.cookie))
            if int(answer.json()["head"]) == head:
                return head
            head = int(answer.json()["head"])

    async def open(self, screens: list[Screen], after: int) -> None:
        """Let screens follow."""
        for number, screen in enumerate(screens):
            await screen.follow(after)
            if number % 50 == 49:
                await asyncio.sleep(0.05)

    def close(self) -> None:
        """Everybody leaves."""
        for screen in self.screens:
            screen.tap.close()
        for writer in self.writers:
            writer.line.close()


async def pace(room: Room, journal: Journal, *, seconds: float, shortest: float, longest: float, seed: int) -> None:
    """Let each writer write on their own, every so many seconds, from a random moment on."""
    chance = random.Random(seed)  # noqa: S311 - the rhythm of a room, not a secret
    starts = [chance.uniform(0, (shortest + longest) / 2) for _ in room.writers]
    end = time.perf_counter() + seconds

    async def one(writer: Writer, wait: float, rng: random.Random) -> None:
        while time.perf_counter() + wait < end:
            await asyncio.sleep(wait)
            try:
                await writer.write(journal)
            except OSError as error:
                journal.refused.append(repr(error))
            wait = rng.uniform(shortest, longest)

    await asyncio.gather(
        *(one(w, s, random.Random(f"{seed} {i}")) for i, (w, s) in enumerate(zip(room.writers, starts, strict=True)))  # noqa: S311 - the rhythm of a room
    )


def judge(name: str, room: Room, journal: Journal, meter: Meter) -> Outcome:
    """Compare what every screen saw with what it had to see."""
    shown: list[float] = []
    missing = doubled = disordered = expected = 0
    by_room: dict[str, set[int]] = {"": set(journal.sent)}
    for position, key in journal.workshop.items():
        by_room.setdefault(key, set()).add(position)
    for screen in room.screens:
        wanted = by_room.get(screen.workshop, set())
        mine = [(p, at) for p, at in zip(screen.positions, screen.moments, strict=True) if p in wanted]
        order = [p for p, _ in mine]
        expected += len(wanted)
        missing += len(wanted - set(order))
        doubled += len(order) - len(set(order))
        disordered += order != sorted(order)
        shown += [(at - journal.sent[p]) * 1000 for p, at in mine]
    return Outcome(
        name=name,
        acknowledged=sorted(one * 1000 for one in journal.acknowledged),
        shown=sorted(shown),
        expected=expected,
        missing=missing,
        doubled=doubled,
        disordered=disordered,
        refused=journal.refused,
        cuts=sum(screen.cuts for screen in room.screens),
        memory=meter.memory,
        server=meter.server,
        generator=meter.generator,
    )


async def rhythm(room: Room, *, name: str, seconds: float, shortest: float, longest: float, seed: int) -> Outcome:
    """Follow and write at an even rhythm."""
    journal = Journal()
    for screen in room.screens:
        screen.forget()
    with measured(room.served) as meter:
        await pace(room, journal, seconds=seconds, shortest=shortest, longest=longest, seed=seed)
    await asyncio.sleep(SETTLING)
    return judge(name, room, journal, meter)


async def at_once(room: Room, *, name: str) -> Outcome:
    """Everybody sends one note in the same moment."""
    journal = Journal()
    for screen in room.screens:
        screen.forget()
    with measured(room.served) as meter:
        await asyncio.gather(*(writer.write(journal) for writer in room.writers))
    await asyncio.sleep(SETTLING)
    return judge(name, room, journal, meter)


async def back(room: Room, *, name: str, queued: int) -> Outcome:
    """Everybody's network returns in the same moment: each opens its stream again and sends what waited."""
    journal = Journal()
    after = await room.head()
    for screen in room.screens:
        screen.tap.close()
        screen.forget()
    await asyncio.sleep(1)

    async def one(writer: Writer, screen: Screen) -> None:
        await asyncio.gather(screen.follow(after), writer.write(journal, queued))

    with measured(room.served) as meter:
        await asyncio.gather(*(one(w, s) for w, s in zip(room.writers, room.screens, strict=True)))
    await asyncio.sleep(SETTLING)
    return judge(name, room, journal, meter)


@dataclass(frozen=True, kw_only=True)
class Weight:
    """Bytes of each thing that a device does, both ways, headers included."""

    note: float
    """Sending one note, with its answer."""
    told: float
    """Saying that it is there, with the answer."""
    heard: float
    """One note on the stream."""
    beat: float
    """One sign of life on the stream."""

    def hour(self, *, own: float, heard: float) -> float:
        """Return the bytes of an hour: announced twice a minute, a sign of life every twelve seconds at most."""
        return own * self.note + 120 * self.told + heard * self.heard + 300 * self.beat


async def weigh(room: Room, notes: int, heartbeat: float) -> Weight:
    """Weigh each thing on one writer and one screen of its workshop."""
    writer, screen, journal = room.writers[0], room.screens[0], Journal()
    for _ in range(3):
        await writer.announce()
    begun = writer.line.sent + writer.line.received
    for _ in range(3):
        await writer.announce()
    told = (writer.line.sent + writer.line.received - begun) / 3
    quiet = screen.tap.received
    await asyncio.sleep(3 * heartbeat + 1)
    beat = (screen.tap.received - quiet) / 3
    begun, quiet = writer.line.sent + writer.line.received, screen.tap.received
    for _ in range(notes):
        await writer.write(journal)
    await asyncio.sleep(0.5)
    note = (writer.line.sent + writer.line.received - begun) / notes
    return Weight(note=note, told=told, heard=(screen.tap.received - quiet) / notes, beat=beat)
