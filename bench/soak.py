"""A long day, compressed: does memory grow, does anything fail, when nobody restarts the server.

Three slots, each a quiet start, an even rhythm, a burst at its end; between them phones go to sleep, pages close, and
everybody comes back. The real web server and the real follower, which reads every note into themes. One hour of a
gathering is played in a sixth of the time, so that the default is two hours in twenty minutes.

    make soak                          two hours of a gathering, in twenty minutes
    python bench/soak.py --minutes 12  the same day, squeezed or stretched to as many minutes of yours
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.load.people import Journal, Screen, Writer
from bench.load.scenes import Meter, Room, judge
from bench.load.server import Served, serving
from bench.load.wire import LostError

SEED = 2026
DAY = 120.0
"""Minutes of the gathering that are played."""

WRITERS, WATCHERS = 51, 40
"""Three phones in each of seventeen workshops, each with its stream; grands témoins, the hall, organisers."""

NOTES = 420
"""Notes of the day, as many as the demonstration's workshops wrote."""

ALLOWED = 26.0
"""Megabytes that memory may grow by."""

SLOTS = ((0, 35), (45, 75), (85, 115))
"""When the workshops run, in minutes of the day."""


@dataclass
class Day:
    """The day as it is played."""

    served: Served
    seconds: float
    room: Room
    journal: Journal = field(default_factory=Journal)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - a rhythm
    memory: list[tuple[float, float]] = field(default_factory=list)
    begun: float = 0.0
    asleep: int = 0

    @property
    def minute(self) -> float:
        """The minute of the day it is."""
        return (time.perf_counter() - self.begun) / self.seconds * DAY

    async def play(self) -> None:
        """Play it whole."""
        self.begun = time.perf_counter()
        await asyncio.gather(
            self.watch(),
            *(self.write(writer) for writer in self.room.writers),
            *(self.leave(screen) for screen in self.room.screens),
        )

    async def watch(self) -> None:
        """Note the memory, twice a minute of the day."""
        while self.minute < DAY:
            self.memory.append((self.minute, self.served.memory()))
            await asyncio.sleep(self.seconds / DAY / 2)

    async def write(self, writer: Writer) -> None:
        """Write as a rapporteur does: most notes when the workshop is in full swing, several at its end."""
        length = self.seconds / DAY
        for starts, ends in SLOTS:
            share = NOTES / len(SLOTS) / len(self.room.writers)
            moments = [self.chance.triangular(starts, ends, ends - 5) for _ in range(round(share))]
            for moment in [*sorted(moments), ends]:
                await asyncio.sleep(max(0.0, (moment - self.minute) * length))
                await self._try(writer)

    async def _try(self, writer: Writer) -> None:
        try:
            await writer.write(self.journal)
            await writer.announce()
        except (OSError, LostError) as error:
            self.journal.refused.append(repr(error))

    async def leave(self, screen: Screen) -> None:
        """Sleep and come back, some more often than others, with the last position that was seen."""
        length = self.seconds / DAY
        while self.minute < DAY - 5:
            stay = self.chance.expovariate(1 / 15)
            if self.minute + stay >= DAY - 5:
                # Those who stay to the end are not waited for beyond it.
                return
            await asyncio.sleep(stay * length)
            screen.tap.close()
            self.asleep += 1
            await asyncio.sleep(self.chance.uniform(0.5, 4) * length)
            await screen.follow(screen.positions[-1] if screen.positions else self.start)

    start: int = 0


async def soak(served: Served, minutes: float) -> bool:
    """Play the day and tell what it cost; say whether it held."""
    room = Room(served)
    await room.fill(writers=WRITERS, watchers=WATCHERS, followers=WRITERS)
    day = Day(served, minutes * 60, room)
    day.start = await room.head()
    await room.open(room.screens, day.start)
    meter = Meter(served)
    meter.start()
    await day.play()
    meter.stop()
    await asyncio.sleep(5)
    outcome = judge("soak", room, day.journal, meter)
    room.close()
    # The first themes load the models and read what was there: what grows after the first slot is growth. Both windows
    # are the five minutes after a slot's end; medians leave out what a look at all the notes takes and gives back.
    warm, late = (
        [size for minute, size in day.memory if since <= minute < since + 5] for since in (SLOTS[0][1], DAY - 5)
    )
    growth = median(late) - median(warm)
    print(f"{DAY:.0f} minutes of a gathering in {minutes:.0f}; {len(day.journal.sent)} notes, {day.asleep} departures")
    print(
        f"memory, MB: start {day.memory[0][1]:.0f}, "
        f"after the first slot {median(warm):.0f} (highest {max(warm):.0f}), "
        f"after the last {median(late):.0f} (highest {max(late):.0f})"
    )
    print(f"growth from the first to the last: {growth:.1f} MB (wanted: at most {ALLOWED:.0f})")
    print(f"deliveries {outcome.expected}, missing {outcome.missing}, doubled {outcome.doubled}, ", end="")
    print(f"out of order {outcome.disordered}, refused {len(outcome.refused)}, cut {outcome.cuts}")
    print(f"processor: server and follower {meter.server:.2f} cores, generator {meter.generator:.2f}")
    complaints = served.complaints()
    for line in [*sorted(set(outcome.refused))[:5], *complaints[:5]]:
        print(f"    {line}")
    wrong = outcome.missing or outcome.doubled or outcome.disordered or outcome.refused or outcome.cuts or complaints
    return not wrong and growth <= ALLOWED


def main() -> None:
    """Soak, and end with a status that says whether it held."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=20.0)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = asked.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {given.engine}")
    with serving(given.engine, follower=True) as served:
        held = asyncio.run(soak(served, given.minutes))
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
