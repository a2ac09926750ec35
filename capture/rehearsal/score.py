"""What is played in a rehearsal: who writes what and when, who loses the network, whose answers get lost.

Drawn from a seed and nothing else, so that a rehearsal that went wrong can be played again.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

MINUTES_PER_NOTE = 3.0
"""How often one rapporteur writes, on average: what the demonstration's rooms do."""

CUT_SHARE = 1 / 3
"""How many of the devices lose the network once."""

CUT_LASTS = 0.15
"""For how much of their writing they are without it."""

LOST_ANSWERS = 1 / 25
"""How many notes are stored while the answer that says so gets lost."""

KINDS = ("lever", "obstacle", "condition")


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A workshop, and when it runs, in minutes of the programme; the day does not matter, only what overlaps."""

    key: str
    start: int
    end: int
    devices: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stroke:
    """One note: at which second of the rehearsal it is written, and whether its first answer gets lost."""

    at: float
    note_id: str
    operation_id: str
    kind: str
    text: str
    answer_lost: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one device plays."""

    room: str
    number: int
    strokes: tuple[Stroke, ...]
    cut: tuple[float, float] | None = None
    """From which second to which it has no network."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """A whole rehearsal."""

    parts: tuple[Part, ...]
    lasting: float
    """Seconds."""
    spans: tuple[tuple[int, int], ...]
    """The minutes of the programme in which somebody writes, without the nights and the meals."""

    @property
    def notes(self) -> int:
        """How many notes will be written."""
        return sum(len(part.strokes) for part in self.parts)

    def minute(self, second: float) -> int:
        """Return the minute of the programme that a second of the rehearsal stands for."""
        left = second / self.lasting * sum(end - start for start, end in self.spans)
        for start, end in self.spans:
            if left <= end - start:
                return start + int(left)
            left -= end - start
        return self.spans[-1][1]


def compose(rooms: Sequence[Room], sentences: Sequence[str], *, lasting: float, seed: int) -> Score:
    """Draw a rehearsal of these rooms: a whole programme in `lasting` seconds, each device with its own rhythm."""
    spans = _spans(rooms)
    parts = [
        _part(room, number, sentences, spans=spans, lasting=lasting, seed=seed)
        for room in sorted(rooms, key=lambda one: (one.start, one.key))
        for number in range(1, room.devices + 1)
    ]
    return Score(parts=tuple(parts), lasting=lasting, spans=spans)


def _spans(rooms: Sequence[Room]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((room.start, room.end) for room in rooms):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _second(minute: float, spans: Sequence[tuple[int, int]], lasting: float) -> float:
    """Return the second that stands for a minute of the programme."""
    passed = sum(min(max(minute - start, 0), end - start) for start, end in spans)
    return passed / sum(end - start for start, end in spans) * lasting


def _part(
    room: Room, number: int, sentences: Sequence[str], *, spans: Sequence[tuple[int, int]], lasting: float, seed: int
) -> Part:
    chance = random.Random(f"{seed} {room.key} {number}")  # noqa: S311 - a rhythm to be drawn again, not a secret
    minutes: list[float] = []
    minute = room.start + chance.expovariate(1 / MINUTES_PER_NOTE)
    while minute < room.end:
        minutes.append(minute)
        minute += chance.expovariate(1 / MINUTES_PER_NOTE)
    # Everybody writes at least once: a room that says nothing would prove nothing.
    minutes = minutes or [(room.start + room.end) / 2]
    strokes = [_stroke(chance, _second(one, spans, lasting), sentences) for one in minutes]
    return Part(room=room.key, number=number, strokes=tuple(strokes), cut=_cut(chance, room, spans, lasting))


def _stroke(chance: random.Random, at: float, sentences: Sequence[str]) -> Stroke:
    return Stroke(
        at=at,
        note_id=_uuid(chance),
        operation_id=_uuid(chance),
        kind=chance.choice(KINDS),
        text=chance.choice(sentences),
        answer_lost=chance.random() < LOST_ANSWERS,
    )


def _cut(
    chance: random.Random, room: Room, spans: Sequence[tuple[int, int]], lasting: float
) -> tuple[float, float] | None:
    if chance.random() >= CUT_SHARE:
        return None
    begins = room.start + chance.uniform(0.1, 0.9 - CUT_LASTS) * (room.end - room.start)
    ends = begins + CUT_LASTS * (room.end - room.start)
    return _second(begins, spans, lasting), _second(ends, spans, lasting)


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))
