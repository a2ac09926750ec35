"""Plays a plan against the real server and says whether every promise held.

python tests/chaos/run.py --notes 10000 --seeds 1 2 3
python tests/chaos/run.py --notes 200 --seeds 7 --engine postgresql      one run, played again
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from capture import journal, notes
from tests import postgres
from tests.chaos import browsed, faults, model, plan
from tests.chaos.faults import Fault
from tests.chaos.plan import Plan
from tests.chaos.room import Room
from tests.chaos.stage import Stage


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One run, as the command line asks for it."""

    seed: int
    notes: int
    engine: str
    devices: int = 10
    browsers: int = 2
    follower: bool = True

    def faults(self) -> list[Fault]:
        """Return what this run must feel."""
        return faults.planned(
            postgresql=self.engine == "postgresql", follower=self.follower, browsers=self.browsers > 0
        )

    def command(self) -> str:
        """Return the command that plays it again."""
        options = f"--notes {self.notes} --seeds {self.seed} --engine {self.engine} --devices {self.devices}"
        last = f"--browsers {self.browsers}{'' if self.follower else ' --no-follower'}"
        return f"python tests/chaos/run.py {options} {last}"


@dataclass
class Played:
    """What a run did, and which promises it broke."""

    asked: Asked
    steps: int
    seconds: float
    drain_seconds: float
    head: int
    browsed: int
    """Notes that the real browsers wrote."""
    broken: list[str]
    counted: dict[str, int] = field(default_factory=dict)
    kept: str = ""
    """Where a run that broke a promise left its phones' disks and its journal."""

    def __str__(self) -> str:
        struck = faults.strikes(self.asked.faults(), self.counted)
        verdict = "all promises held" if not self.broken else f"{len(self.broken)} BROKEN"
        known = {fault.proof or fault.name for fault in self.asked.faults()}
        others = ", ".join(f"{name} {count}" for name, count in sorted(self.counted.items()) if name not in known)
        lines = [
            f"seed {self.asked.seed} · {self.asked.engine} · {verdict}",
            (
                f"  {self.asked.notes} notes by {self.asked.devices} phones, {self.browsed} by {self.asked.browsers}"
                f" browsers, {self.steps} acts and faults, a journal of {self.head}, {self.seconds:.0f} s;"
                f" the last outbox was empty {self.drain_seconds:.1f} s after the calm"
            ),
            f"  struck: {', '.join(f'{name} {count}' for name, count in struck.items())}",
            f"  and: {others}",
            *(f"  ✗ {one[:400]}" for one in self.broken[:12]),
        ]
        again = [f"  what it left: {self.kept}", f"  play it again: {self.asked.command()}"]
        return "\n".join([*lines, *again] if self.broken else lines)


async def perform(stage: Stage, plan_: Plan, asked: Asked) -> Played:
    """Play a plan on a prepared stage, and check."""
    started = time.monotonic()
    stage.start_web()
    if asked.follower:
        stage.start_follower()
    await stage.wait_until_up()
    room = Room(stage, plan_)
    try:
        await room.enter(asked.browsers)
        await room.play()
        drained = await room.calm_down()
        with stage.app.app_context():
            found, head, browsed_notes = await judged(stage, room)
    finally:
        await room.leave()
    counted = room.counted()
    return Played(
        asked=asked,
        steps=len(plan_.steps),
        seconds=time.monotonic() - started,
        drain_seconds=drained,
        head=head,
        browsed=browsed_notes,
        broken=[*found, *faults.missing(asked.faults(), counted)],
        counted=counted,
    )


async def judged(stage: Stage, room: Room) -> tuple[list[str], int, int]:
    """Return every broken promise, the journal's head, and how many notes the browsers wrote."""
    standing = [note.wording.text for note in notes.every_note(stage.gathering_id, session=plan.BROWSED)]
    seen = [await phone.seen(standing) for phone in room.browsers]
    entries = journal.read(stage.gathering_id, limit=1_000_000_000)
    stored = [
        entry.payload["text"]
        for entry in entries
        if entry.name == "note.written" and entry.payload["session"] == plan.BROWSED
    ]
    others = {text for one in seen for text in one.begun}
    found = model.broken(stage.gathering_id, room.devices, room.screens, others)
    return [*found, *browsed.broken(stored, standing, seen)], journal.head(stage.gathering_id), len(stored)


def play(asked: Asked) -> Played:
    """Play one seed on an installation of its own, from nothing."""
    drawn = plan.draw(
        asked.seed,
        notes=asked.notes,
        devices=asked.devices,
        postgresql=asked.engine == "postgresql",
        follower=asked.follower,
    )
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chaos")))
        address, postgres_folder = "", None
        if asked.engine == "postgresql":
            postgres_folder = folder / "pg"
            address = stack.enter_context(postgres.server(postgres_folder))
        stage = Stage(folder, address, postgres_folder)
        stack.callback(stage.close)
        stage.prepare()
        # In a thread of its own: the browser's driver keeps a loop in the one that runs the tests.
        with ThreadPoolExecutor(1) as thread:
            try:
                played = thread.submit(lambda: asyncio.run(perform(stage, drawn, asked))).result()
                return replace(played, kept=keep(folder)) if played.broken else played
            except BaseException as error:
                error.add_note(f"what it left: {keep(folder)}")
                error.add_note(f"play it again: {asked.command()}\nthe server's last words:\n{stage.last_words()}")
                raise


def keep(folder: Path) -> str:
    """Copy what a run that broke a promise leaves, for whoever looks for the reason; return where."""
    kept = Path(tempfile.mkdtemp(prefix="chaos-kept-"))
    for file in folder.iterdir():
        if file.is_file():
            shutil.copy(file, kept)
    return str(kept)


def main() -> int:
    """Play what the command line asks; the exit status says whether every promise held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--engine", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--devices", type=int, default=10)
    parser.add_argument("--browsers", type=int, default=2)
    parser.add_argument("--follower", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args()
    engines = ["sqlite", "postgresql"] if given.engine == "both" else [given.engine]
    broken = 0
    for engine in engines:
        for seed in given.seeds:
            played = play(
                Asked(
                    seed=seed,
                    notes=given.notes,
                    engine=engine,
                    devices=given.devices,
                    browsers=given.browsers,
                    follower=given.follower,
                )
            )
            print(played, flush=True)
            broken += len(played.broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
