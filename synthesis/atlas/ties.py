"""The map of the themes: which share actors, and the notes that make each tie.

Pure. The tie carries the meaning, not the box: two themes are joined by the notes that cite an actor on both sides,
and nothing else. An actor cited in more than half of the themes says little of two of them and joins none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import hypot, log
from typing import TYPE_CHECKING

from synthesis.atlas.boxes import Box, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.present import EditionShown, NoteShown, ThemeShown
    from synthesis.results import Edition

CLOSEST = 2
"""Ties that each theme keeps: an eye cannot follow more."""
COMMON = 0.5
"""Share of the themes above which an actor joins none; among three themes or fewer, only one cited everywhere does."""
FEW = 3
_SPOTS = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74)
"""Where a tie's number may stand, as shares of the way."""
_DISC = 15.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """An actor cited on both sides."""

    id: str
    name: str
    notes: int
    """Notes of the two themes that cite it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie:
    """Two themes and the notes that join them."""

    id: str
    one: ThemeShown
    other: ThemeShown
    shared: tuple[Shared, ...]
    """The actor that tells most first."""
    here: tuple[NoteShown, ...]
    """Notes of the first theme that cite one of them, in the theme's order."""
    there: tuple[NoteShown, ...]
    weight: float
    """Sum over the shared actors of log(themes / themes that cite it) × the fewer notes of the two sides."""

    @property
    def notes(self) -> int:
        """How many notes make it."""
        return len(self.here) + len(self.there)


@dataclass(frozen=True, kw_only=True, slots=True)
class TieDrawn:
    """A tie on the map: from box to box, with its number of notes in the middle."""

    tie: Tie
    start: tuple[float, float]
    end: tuple[float, float]
    middle: tuple[float, float]
    thickness: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeMap:
    """The map and the list that says the same."""

    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]
    """The heaviest first."""
    drawn: tuple[TieDrawn, ...]
    width: float
    height: float


def lay_out(edition: Edition, shown: EditionShown) -> ThemeMap:
    """Place the themes of an edition where its graph places them, with the ties that each keeps."""
    ties = find(edition, shown)
    places = {place.id: (place.x, place.y) for place in edition.places}
    themes = sorted(shown.themes, key=lambda theme: theme.id)
    boxes, width, height = spread([(theme.id, theme.label, places.get(theme.id, (0.0, 0.0))) for theme in themes])
    centres = {box.id: (box.x, box.y) for box in boxes}
    most = max((tie.notes for tie in ties), default=1)
    drawn: list[TieDrawn] = []
    for tie in ties:
        start, end = centres[tie.one.id], centres[tie.other.id]
        middle = _spot(start, end, boxes, [one.middle for one in drawn])
        drawn.append(
            TieDrawn(tie=tie, start=start, end=end, middle=middle, thickness=round(1 + 6 * tie.notes / most, 1))
        )
    return ThemeMap(boxes=boxes, ties=ties, drawn=tuple(drawn), width=width, height=height)


def _spot(
    start: tuple[float, float], end: tuple[float, float], boxes: Sequence[Box], taken: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Return where a tie's number hides the least: on no box and no other number, near the middle."""

    def hidden(point: tuple[float, float]) -> int:
        x, y = point
        over = sum(abs(x - box.x) < box.width / 2 + _DISC and abs(y - box.y) < box.height / 2 + _DISC for box in boxes)
        return over + sum(hypot(x - other[0], y - other[1]) < 2 * _DISC for other in taken)

    spots = [
        (round(start[0] + (end[0] - start[0]) * part, 1), round(start[1] + (end[1] - start[1]) * part, 1))
        for part in _SPOTS
    ]
    return min(spots, key=hidden)


def find(edition: Edition, shown: EditionShown) -> tuple[Tie, ...]:
    """Return the ties of the themes that are shown, the heaviest first; each theme keeps its `CLOSEST`."""
    cited = _cited(edition, shown)
    themes = {theme.id: theme for theme in shown.themes}
    notes = shown.by_id()
    weights: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for actor_id, by_theme in cited.items():
        if len(by_theme) > max(COMMON * len(themes), min(FEW, len(themes)) - 1):
            continue
        rarity = log(len(themes) / len(by_theme))
        for one, other in combinations(sorted(by_theme), 2):
            weights[one, other][actor_id] = rarity * min(len(by_theme[one]), len(by_theme[other]))
    names = {actor.id: actor.name for actor in edition.actors}
    found = []
    for one, other in _closest(weights):
        actors = sorted(weights[one, other].items(), key=lambda item: (-item[1], names[item[0]], item[0]))
        shared = [
            Shared(id=actor, name=names[actor], notes=len(cited[actor][one]) + len(cited[actor][other]))
            for actor, _ in actors
        ]
        here, there = (
            _notes(themes[side], (cited[actor][side] for actor, _ in actors), notes) for side in (one, other)
        )
        found.append(
            Tie(
                id=f"{one}-{other}",
                one=themes[one],
                other=themes[other],
                shared=tuple(shared),
                here=here,
                there=there,
                weight=round(sum(weights[one, other].values()), 6),
            )
        )
    return tuple(sorted(found, key=lambda tie: (-tie.weight, tie.id)))


def _cited(edition: Edition, shown: EditionShown) -> dict[str, dict[str, set[str]]]:
    """Return the notes of each theme that cite each actor."""
    themes = {note_id: theme.id for theme in shown.themes for note_id in theme.note_ids}
    found: dict[str, dict[str, set[str]]] = {}
    for actor in edition.actors:
        by_theme: dict[str, set[str]] = defaultdict(set)
        for note_id in actor.note_ids:
            if note_id in themes:
                by_theme[themes[note_id]].add(note_id)
        if by_theme:
            found[actor.id] = dict(by_theme)
    return found


def _closest(weights: Mapping[tuple[str, str], Mapping[str, float]]) -> list[tuple[str, str]]:
    """Keep a tie that is among the heaviest of one of its ends."""
    totals = {pair: round(sum(parts.values()), 6) for pair, parts in weights.items()}
    by_theme: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in sorted(totals, key=lambda pair: (-totals[pair], pair)):
        for end in pair:
            by_theme[end].append(pair)
    return sorted({pair for pairs in by_theme.values() for pair in pairs[:CLOSEST]})


def _notes(theme: ThemeShown, sides: Iterable[set[str]], notes: Mapping[str, NoteShown]) -> tuple[NoteShown, ...]:
    wanted = set().union(*sides)
    order: Sequence[str] = theme.note_ids
    return tuple(notes[note_id] for note_id in order if note_id in wanted)
