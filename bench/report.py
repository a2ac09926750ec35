"""How long the report takes, and what its making costs those who write meanwhile.

python bench/report.py                 1,000 and 10,000 notes, then the real server
python bench/report.py --sizes 1000 --no-server

Sentences are `bench/speed.py`'s; themes are made by hand, thirty of them, with forty actors: what is measured is
composing, proving and rendering. Each format is made in a process that has just started and made nothing before; all
of them as `restitution synthesise` does, two at a time. Beside the wall's seconds stand the processor's, which other
people's work on the machine lengthens less. With the real server, rapporteurs write ten notes a second, first in
peace, then while one report after the other is made, and each of its files anew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import platform
import resource
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402 - the checkout is put on the path first

from bench.load.people import Seat  # noqa: E402 - the same
from bench.load.run import centile  # noqa: E402 - the same
from bench.load.scenes import Room, rhythm  # noqa: E402 - the same
from bench.load.server import Served, serving  # noqa: E402 - the same
from bench.load.wire import request  # noqa: E402 - the same
from bench.speed import sentences  # noqa: E402 - the same
from capture import schedule  # noqa: E402 - the same
from capture.db import db  # noqa: E402 - the same
from capture.models import Gathering  # noqa: E402 - the same
from synthesis import editions, window  # noqa: E402 - the same
from synthesis.corpus import Corpus, Note  # noqa: E402 - the same
from synthesis.report import compose, formats, proof  # noqa: E402 - the same
from synthesis.report.blocks import Report, Status  # noqa: E402 - the same
from synthesis.results import Edition  # noqa: E402 - the same
from tests.conftest import make_app  # noqa: E402 - the same
from tests.editions import edition_by_hand  # noqa: E402 - the same
from tests.factories import make_holder, make_note  # noqa: E402 - the same

WORKSHOPS = 17
KINDS = ("obstacle", "lever", "condition")
RUNS = 3
WRITERS, SCREENS = 350, 100
SECONDS = 15.0
BESIDE = 1_000
"""Notes in the report that is made while others write."""


def gathered(texts: list[str]) -> tuple[Edition, Corpus]:
    """Make the notes of seventeen workshops, and an edition of them."""
    notes = [
        Note(
            id=f"01909c{number:010x}", text=text, workshop=f"w{number % WORKSHOPS}", kind=KINDS[number % 3], at=number
        )
        for number, text in enumerate(texts)
    ]
    workshops = [(f"w{number}", f"Atelier de mesure {number}") for number in range(WORKSHOPS)]
    corpus = Corpus.of(notes, workshops=workshops, title="Rencontre de mesure", position=len(notes))
    return edition_by_hand(corpus), corpus


def used() -> float:
    """Return the processor seconds of this process and of those it has waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def one(size: int, ending: str) -> None:
    """Make one format from the edition on, in this process, and print its times: what `alone` starts."""
    with contextlib.redirect_stdout(sys.stderr):
        edition, corpus = gathered(sentences(size))
    wall, cpu = time.perf_counter(), used()
    endings = tuple(formats.FORMATS) if ending == "all" else (ending,)
    report = proved(edition, corpus)
    length = sum(len(body) for _, body in formats.render_all(report, endings))
    print(time.perf_counter() - wall, used() - cpu, length)


def proved(edition: Edition, corpus: Corpus) -> Report:
    """Compose and prove."""
    report = compose.compose(edition, corpus, status=Status(version="1", on=date(2026, 11, 27)))
    proof.check(report, corpus, edition)
    return report


def alone(size: int, ending: str) -> tuple[float, float, float]:
    """Return the median of some makings, each in a process of its own: seconds, processor seconds, kilobytes."""
    command = [sys.executable, __file__, "--one", str(size), ending]
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append([float(part) for part in done.stdout.split()])
    wall, cpu, length = (median(part) for part in zip(*runs, strict=True))
    return wall, cpu, length / 1000


def publish(served: Served, count: int) -> None:
    """Write notes up to so many, and publish an edition of them, as the follower would."""
    app = make_app(served.log.parent)
    with app.app_context():
        gathering = db.session.scalars(select(Gathering)).one()
        keys = [one.key for one in schedule.every_workshop(gathering.id)]
        writers = [make_holder(gathering, "rapporteur", key) for key in keys]
        missing = count - len(window.look(gathering.id).corpus)
        for number, text in enumerate(sentences(max(missing, 0))):
            make_note(writers[number % len(writers)], text, kind=KINDS[number % 3])
        editions.publish(gathering.id, edition_by_hand(window.look(gathering.id).corpus), formed=True, seconds=0.0)
        app.extensions["restitution_live"].stop()
        db.session.remove()


async def building(served: Served, seat: Seat, until: float) -> int:
    """Ask for each file of the report in turn, made anew each time; return how many came."""
    made = 0
    while time.perf_counter() < until:
        shutil.rmtree(served.log.parent / "made", ignore_errors=True)
        for ending in formats.FORMATS:
            path = f"/{served.slug}/rapport.{ending}"
            answer = await seat.line.ask(request("GET", path, cookie=seat.cookie))
            if answer.status != 200:
                sys.exit(f"{path}: {answer.status} {answer.body[:300]!r}")
            made += 1
            if time.perf_counter() > until:
                break
    return made


async def beside(served: Served) -> None:
    """Compare acknowledgements in peace and while reports are made, turn by turn."""
    room = Room(served)
    await room.fill(writers=WRITERS, watchers=SCREENS)
    await room.open(room.screens, await room.head())
    seat = Seat(served, "", served.tokens("temoin")[0][1])
    await seat.join()
    quiet, busy, files = [], [], 0
    for run in range(RUNS):
        for kept, made in ((quiet, False), (busy, True)):
            until = time.perf_counter() + SECONDS
            asked = asyncio.create_task(building(served, seat, until)) if made else None
            outcome = await rhythm(room, name="", seconds=SECONDS, shortest=20, longest=50, seed=run)
            files += await asked if asked else 0
            if outcome.refused or outcome.missing:
                sys.exit(f"refused {outcome.refused[:3]}, missing {outcome.missing}")
            kept.append(outcome.acknowledged)
    room.close()
    print(
        f"ten notes a second, {SCREENS} screens, {RUNS} × {SECONDS:.0f} s in peace, as long beside {files} files made"
    )
    for share in (50, 95):
        calm, loaded = (median(centile(times, share) for times in runs) for runs in (quiet, busy))
        print(f"  acknowledgement p{share}: {calm:.0f} ms, beside a report {loaded:.0f} ms: {loaded - calm:+.0f} ms")


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sizes", default="1000,10000", help="numbers of notes, separated by commas")
    ask.add_argument("--no-server", action="store_true", help="leave the real server aside")
    ask.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = ask.parse_args()
    if asked.one:
        one(int(asked.one[0]), asked.one[1])
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", end=", ")
    print(f"load {os.getloadavg()[0]:.1f}; medians of {RUNS}")
    for size in (int(part) for part in asked.sizes.split(",") if part):
        for ending in ("pdf", "all"):
            wall, cpu, length = alone(size, ending)
            print(f"{size:6} notes, {ending:4} {wall:6.2f} s   processor {cpu:6.2f} s   {length:7.0f} kB", flush=True)
    if not asked.no_server:
        with serving() as served:
            publish(served, BESIDE)
            asyncio.run(beside(served))


if __name__ == "__main__":
    main()
