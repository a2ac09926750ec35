"""What happens in a run, drawn from one seed: who types what, in which order, and everything that goes wrong.

Pure: the same seed and size give the same plan, so that a run that fails can be played again. What a plan cannot fix
is the moment at which two machines meet; the checks hold whatever that moment is.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

WORKSHOPS = ("gouvernance", "mobilites", "culture", "jeunesse")

BROWSED = "accueil"
"""Where the real browsers write, among themselves."""

OFFLINE_COMPRESSION = 480
"""Thirty seconds to twenty minutes without a network become 0.06 to 2.5 s, in which a phone of ours writes more than a
real one does in twenty minutes."""

BREAKS = (
    "slow",
    "refused",
    "request_cut",
    "answer_lost",
    "answer_cut",
    "doubled",
    "portal",
    "busy",
    "half_open",
    "frozen",
)

OPENINGS = (
    "Les élu·es et les habitant⋅es ouvrent la salle du conseil",
    "Le bus ne passe plus après dix-huit heures à l’arrêt de l’école",
    "Cœur de bourg : où s’asseoir, avec qui, et jusqu’à quelle heure ?",
    "Former ensemble agent.e.s et bénévoles « sur un même cas »",
    "Il manque 1 200 € pour finir l’année ; personne ne sait à qui le dire",
    "Le café des parents fait plus que trois réunions publiques",
)

ENDINGS = (
    "",
    ", et ça se voit.",
    " — dit deux fois",
    "\nseconde ligne, tapée avec Maj+Entrée",
    " 🚲🏽 (à vélo)",
    " ; e\u0301crit avec un accent composé",
    "\u202f: « sic »",
    ' <b>&amp; pas de balise</b> \\n "guillemets" \'; --',
    "\u00a0; insécable",
    " ما زال مفتوحًا",
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one connection."""

    kind: str = "pass"
    after: int = 0
    """Bytes that still go through."""
    delay: float = 0.0
    """Seconds added to each piece."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: a person acts, or something breaks."""

    what: str
    device: int = 0
    note: int = -1
    kind: str = "lever"
    text: str = ""
    number: float = 0.0
    """Seconds, a choice among several, or which workshop: as `what` understands it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole run."""

    seed: int
    notes: int
    devices: int
    steps: tuple[Step, ...]
    note_ids: tuple[str, ...]
    clock_errors: tuple[int, ...]
    """By how many milliseconds each device's clock is wrong."""

    def workshop_of(self, device: int) -> str:
        """Return where a device writes: two or three write in each workshop."""
        return WORKSHOPS[device % len(WORKSHOPS)]


def fates(seed: int, link: str, number: int = 0) -> Iterator[Fate]:
    """Yield what becomes of a link's first connection, of its second, and so on.

    The second is broken in the way of the link's own number: ten phones have been through every way at least once.
    """
    rng = random.Random(f"{seed} {link}")  # noqa: S311 - a plan must be drawn again the same, not be secret
    first = ["pass", BREAKS[number % len(BREAKS)]]
    while True:
        drawn = rng.choices(("pass", *BREAKS), (50, 9, 6, 6, 9, 6, 6, 3, 3, 1, 1))[0]
        kind = first.pop(0) if first else drawn
        yield Fate(kind, after=rng.choice((0, 17, 120, 400, 900, 2500)), delay=rng.uniform(0.005, 0.08))


ACTS = ("offline", "tab_killed", "reloaded", "two_tabs", "double_submit", "session_lost")


def walk(seed: int, number: int) -> Iterator[str]:
    """Yield what the user of a real browser lives through: everything once, in an order of their own, then again."""
    rng = random.Random(f"{seed} browser {number}")  # noqa: S311 - as above
    while True:
        yield from rng.sample(ACTS, len(ACTS))


@dataclass(slots=True)
class _Memory:
    """What the people of a plan did so far."""

    own: dict[int, list[int]] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    written: int = 0


def draw(seed: int, *, notes: int, devices: int = 10, postgresql: bool = False, follower: bool = False) -> Plan:
    """Draw a plan of so many notes."""
    rng = random.Random(seed)  # noqa: S311 - as above
    memory = _Memory(own={device: [] for device in range(devices)})
    faults = list(_faults(rng, devices, notes, postgresql=postgresql, follower=follower))
    steps: list[Step] = []
    while memory.written < notes:
        while faults and faults[0][0] <= memory.written:
            steps.append(faults.pop(0)[1])
        steps.append(_act(rng, memory, rng.randrange(devices)))
    return Plan(
        seed=seed,
        notes=notes,
        devices=devices,
        steps=tuple(steps),
        note_ids=tuple(str(uuid.UUID(int=rng.getrandbits(128), version=4)) for _ in range(notes)),
        clock_errors=tuple(rng.choice((0, 0, -86_400_000 * 400, 3_600_000, 10**12)) for _ in range(devices)),
    )


def _act(rng: random.Random, memory: _Memory, device: int) -> Step:
    own = memory.own[device]
    kind = rng.choice(("lever", "obstacle", "condition"))
    what = rng.choices(("write", "edit", "edit_seen", "remove", "restore", "settle"), (70, 12, 7, 5, 4, 2))[0]
    if what in {"edit_seen", "settle"}:
        return Step(what, device, kind=kind, number=rng.random(), text=_text(rng, memory.written, "relue"))
    if what == "write" or not own:
        own.append(memory.written)
        memory.written += 1
        return Step("write", device, own[-1], kind, _text(rng, own[-1]))
    # People come back to what they just wrote far more often than to what they wrote this morning.
    note = rng.choice(own[-6:])
    if note in memory.removed:
        memory.removed.discard(note)
        return Step("restore", device, note)
    if what == "edit":
        return Step("edit", device, note, kind, _text(rng, note, "corrigée"))
    memory.removed.add(note)
    return Step("remove", device, note)


def _text(rng: random.Random, note: int, mark: str = "") -> str:
    length = rng.choices((1, 2, 12), (80, 17, 3))[0]
    words = " ".join(rng.choice(OPENINGS) for _ in range(length)) + rng.choice(ENDINGS)
    return f"{words} [{note}{' ' + mark if mark else ''} {rng.getrandbits(40):010x}]"


def _away(rng: random.Random) -> float:
    return rng.uniform(30, 20 * 60) / OFFLINE_COMPRESSION


def _faults(
    rng: random.Random, devices: int, notes: int, *, postgresql: bool, follower: bool
) -> Iterator[tuple[int, Step]]:
    """Yield what breaks and when, counted in notes already typed, in order."""
    if not notes:
        return
    every = [
        "tab_killed",
        "page_reloaded",
        "double_submit",
        "cookie_lost",
        "token_stale",
        "twin",
        "offline",
        "offline",
    ]
    every.append("screen_reloaded")
    drawn = [
        # Each comes at least twice, so that none is only drawn for a phone that had nothing to send.
        (rng.randrange(notes), Step(every[turn % len(every)], rng.randrange(devices), number=_away(rng)))
        for turn in range(max(2 * len(every), notes // 25))
    ]
    heavy = ["web_killed", "worker_killed", "workshop_closed"]
    heavy += ["database_restarted"] * postgresql + ["follower_killed"] * follower
    for round_number in range(max(1, notes // 2500)):
        span = notes // max(1, notes // 2500)
        for what in heavy:
            at = round_number * span + rng.randrange(span)
            drawn.append((at, Step(what, number=rng.random())))
    yield from sorted(drawn, key=lambda one: (one[0], one[1].what, one[1].device, one[1].number))
