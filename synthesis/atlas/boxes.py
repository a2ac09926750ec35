"""Theme boxes on a map: each as wide as its label, none over another, none far from where it was asked to stand.

Pure, and without chance: the same places give the same map.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, MARGIN = 1040.0, 16.0
LETTER, LINE, ROOM = 8.6, 20.0, 14.0
"""Width of a letter, height of a line, room around the words, in the map's own units."""
LONGEST, LINES = 20, 3
"""Letters of a line, and lines of a label, before it is cut."""
GAP = 26.0
"""Least distance between two boxes: a tie must be seen between them."""
ROUNDS = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A theme on the map: its middle, its size, and the lines of its label."""

    id: str
    label: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float


def wrap(label: str) -> tuple[str, ...]:
    """Cut a label into lines; what does not fit is cut off with « … ».

    >>> wrap("Le temps long contre l’appel à projets")
    ('Le temps long contre', 'l’appel à projets')
    """
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LONGEST:
            lines[-1] += " " + word
        else:
            lines.append(word)
    kept = [line if len(line) <= LONGEST else line[: LONGEST - 1] + "…" for line in lines[:LINES]]
    if len(lines) > LINES:
        kept[-1] = kept[-1][: LONGEST - 1].rstrip("…") + "…"
    return tuple(kept) or ("…",)


def spread(themes: Sequence[tuple[str, str, tuple[float, float]]]) -> tuple[tuple[Box, ...], float, float]:
    """Return the boxes, and the width and height of the map.

    Args:
        themes: (id, label, place in [-1, 1]²) of each.
    """
    height = max(360.0, 44.0 * len(themes))
    boxes = [_box(key, label, place, height) for key, label, place in themes]
    for _ in range(ROUNDS):
        if not _push(boxes):
            break
    low = min((box.y - box.height / 2 for box in boxes), default=MARGIN) - MARGIN
    high = max((box.y + box.height / 2 for box in boxes), default=height) + MARGIN
    moved = tuple(replace(box, x=round(box.x, 1), y=round(box.y - low, 1)) for box in boxes)
    return moved, WIDTH, round(high - low, 1)


def _box(key: str, label: str, place: tuple[float, float], height: float) -> Box:
    lines = wrap(label)
    width = LETTER * max(map(len, lines)) + 2 * ROOM
    x, y = (place[0] + 1) / 2 * WIDTH, (place[1] + 1) / 2 * height
    made = Box(id=key, label=label, lines=lines, x=x, y=y, width=round(width, 1), height=LINE * len(lines) + ROOM)
    return _inside(made)


def _inside(box: Box) -> Box:
    half = box.width / 2 + MARGIN
    return replace(box, x=min(max(box.x, half), WIDTH - half))


def _push(boxes: list[Box]) -> bool:
    """Move boxes that touch away from each other, up or down when that is nearer; say whether any did."""
    touched = False
    for one, other in combinations(range(len(boxes)), 2):
        here, there = boxes[one], boxes[other]
        across = (here.width + there.width) / 2 + GAP - abs(here.x - there.x)
        along = (here.height + there.height) / 2 + GAP - abs(here.y - there.y)
        if across <= 0.01 or along <= 0.01:  # noqa: PLR2004 - less than a hair
            continue
        touched = True
        # The walls hold a box sideways, never up or down: a map may grow, not widen.
        if along <= across or across > WIDTH / 4:
            step = along / 2 if here.y <= there.y else -along / 2
            boxes[one], boxes[other] = replace(here, y=here.y - step), replace(there, y=there.y + step)
        else:
            step = across / 2 if here.x <= there.x else -across / 2
            boxes[one], boxes[other] = (
                _inside(replace(here, x=here.x - step)),
                _inside(replace(there, x=there.x + step)),
            )
    return touched
