"""How fast an acknowledgement and a note on every screen are, on this machine, the generator on the same cores.

python bench/load/run.py                         every scene, the headline ones three times
python bench/load/run.py --scenes steps at_once  some of them
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.load.scenes import Outcome, Room, at_once, back, rhythm, weigh
from bench.load.server import Served, serving
from capture.processes import open_many

WRITERS = 350
"""Rapporteurs, spread over the programme's seventeen workshops."""

STEPS = (100, 350, 500, 1000, 2000)
HEADLINES = (1000, 2000)
HEARTBEAT = 12.0


@dataclass
class Pace:
    """How long each rhythm is played."""

    seconds: float = 20.0
    screens: tuple[int, ...] = STEPS


PACE = Pace()


def centile(values: list[float], share: float) -> float:
    """Return a centile of sorted values."""
    return values[min(len(values) - 1, int(share / 100 * len(values)))] if values else float("nan")


def tell(outcome: Outcome) -> None:
    """Print one scene."""
    ack = " ".join(f"{centile(outcome.acknowledged, share):7.0f}" for share in (50, 95, 99))
    shown = " ".join(f"{centile(outcome.shown, share):7.0f}" for share in (50, 95, 99))
    wrong = f"{outcome.missing}/{outcome.doubled}/{outcome.disordered}"
    print(
        f"{outcome.name:44} {ack} | {shown} | {len(outcome.acknowledged):5} {outcome.expected:8} {wrong:>7} "
        f"{len(outcome.refused):3} {outcome.cuts:3} | {outcome.memory:5.0f} "
        f"{outcome.server:5.2f} {outcome.generator:5.2f}",
        flush=True,
    )
    for line in sorted(set(outcome.refused))[:3]:
        print(f"    refused: {line}")


async def steps(served: Served, runs: int) -> None:
    """More and more screens of the whole gathering, ten notes a second."""
    room = Room(served)
    await room.fill(writers=WRITERS)
    for count in PACE.screens:
        had = len(room.screens)
        await room.fill(watchers=count)
        await room.open(room.screens[had:], await room.head())
        await asyncio.sleep(1)
        for run in range(runs if count in HEADLINES else 1):
            name = f"{count} screens, 10 notes/s, run {run + 1}"
            # Each writes every 20 to 50 s: 350 of them make ten notes a second.
            tell(await rhythm(room, name=name, seconds=PACE.seconds, shortest=20, longest=50, seed=count + run))
    room.close()


async def many(served: Served, runs: int) -> None:
    """Five thousand screens."""
    room = Room(served)
    await room.fill(writers=WRITERS, watchers=5000)
    await room.open(room.screens, await room.head())
    await asyncio.sleep(2)
    for run in range(runs):
        name = f"5000 screens, 10 notes/s, run {run + 1}"
        tell(await rhythm(room, name=name, seconds=PACE.seconds, shortest=20, longest=50, seed=run))
    room.close()


async def writers(served: Served, runs: int) -> None:
    """Rapporteurs who write as fast as they can think, each with the stream of their workshop."""
    room = Room(served)
    await room.fill(writers=WRITERS, followers=WRITERS)
    await room.open(room.screens, await room.head())
    await asyncio.sleep(1)
    for run in range(runs):
        name = f"350 writers, one note every 20–35 s, run {run + 1}"
        tell(await rhythm(room, name=name, seconds=PACE.seconds, shortest=20, longest=35, seed=run))
    room.close()


async def together(served: Served, runs: int) -> None:
    """Five hundred notes in the same moment."""
    room = Room(served)
    await room.fill(writers=500, watchers=17)
    await room.open(room.screens, await room.head())
    await asyncio.sleep(1)
    for run in range(runs):
        tell(await at_once(room, name=f"500 send at once, run {run + 1}"))
    room.close()


async def storm(served: Served, runs: int) -> None:
    """Five hundred devices come back with twenty notes each."""
    room = Room(served)
    await room.fill(writers=500, followers=500)
    await room.open(room.screens, await room.head())
    await asyncio.sleep(1)
    for run in range(runs):
        tell(await back(room, name=f"500 come back with 20 notes each, run {run + 1}", queued=20))
    room.close()


async def weight(served: Served, _runs: int) -> None:
    """Weigh an hour of a phone at the rhythm of real workshops: 16 notes an hour in a room, three phones in it."""
    room = Room(served)
    await room.fill(writers=1, followers=1)
    await room.open(room.screens, await room.head())
    await asyncio.sleep(1)
    weighed = await weigh(room, 20, heartbeat=HEARTBEAT)
    room.close()
    print(f"bytes, headers included: a note sent {weighed.note:.0f}, a note heard {weighed.heard:.0f}, ", end="")
    print(f"« I am here » {weighed.told:.0f}, a sign of life {weighed.beat:.0f}")
    print(f"an hour of a rapporteur's phone: {weighed.hour(own=16 / 3, heard=16) / 1e6:.2f} MB", end="; ")
    print(f"if each of three wrote a note a minute: {weighed.hour(own=60, heard=180) / 1e6:.2f} MB")


SCENES: dict[str, Callable[[Served, int], Awaitable[None]]] = {
    "steps": steps,
    "many": many,
    "writers": writers,
    "together": together,
    "storm": storm,
    "weight": weight,
}


def main() -> None:
    """Play what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--scenes", nargs="*", choices=sorted(SCENES), default=[one for one in SCENES if one != "many"])
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--follower", action="store_true", help="also run the follower, which reads themes")
    asked.add_argument("--seconds", type=float, default=PACE.seconds, help="how long each rhythm is played")
    asked.add_argument("--screens", type=int, nargs="*", default=list(STEPS), help="the steps")
    given = asked.parse_args()
    PACE.screens = tuple(given.screens)
    PACE.seconds = given.seconds
    open_many()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {given.engine}, ", end=""
    )
    print(
        f"{given.workers} web process(es), follower {'on' if given.follower else 'off'}, load {os.getloadavg()[0]:.1f}"
    )
    print(
        f"{'':44} {'ack 50':>7} {'95':>7} {'99':>7} | {'shown50':>7} {'95':>7} {'99':>7} | notes expected "
        "mis/dbl/dis ref cut |    MB   cpu   gen"
    )
    for scene in given.scenes:
        # A scene begins on an installation of its own.
        with serving(given.engine, workers=given.workers, follower=given.follower) as served:
            asyncio.run(SCENES[scene](served, given.runs))
            for line in served.complaints()[:5]:
                print(f"    log: {line}")


if __name__ == "__main__":
    main()
