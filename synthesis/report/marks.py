"""The mark of each kind: a shape, beside its word and its colour, so that colour is never alone.

Pure. The same four shapes on every screen and on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from synthesis.report.blocks import Column, Grid

SHAPES = {"lever": "▲", "obstacle": "■", "condition": "◆"}

OTHER = "●"
"""The shape of a gathering's own kinds, and of a note whose kind nobody said."""

HEADINGS = ("theme", "lone", "agreement", "tension", "question", "actors")
"""What a heading inside a chapter may open besides a kind: no shape there."""

STYLED = ("lever", "obstacle", "condition", *HEADINGS)


def shape(kind: str) -> str:
    """Return the shape before a kind's word, "" for a heading that opens no kind."""
    return "" if kind in HEADINGS else SHAPES.get(kind, OTHER)


def style(kind: str) -> str:
    """Return the name under which a renderer styles a kind: its own when known, "other" for a gathering's own."""
    return kind if kind in STYLED else "other"


STEPS = 5
"""Tints that a table of counts may have, from the palest."""


def highest(grid: Grid) -> int:
    """Return the largest count of a table with tints, its totals left aside; 0 for a table without."""
    if not grid.heat:
        return 0
    counted = [place for place, column in enumerate(grid.columns) if column.numeric and not column.total]
    return max((int(row[place]) for row in grid.rows for place in counted if row[place].isdigit()), default=0)


def tint(cell: str, column: Column, largest: int) -> int:
    """Return the step of a count's tint, 1 to `STEPS`; 0 for a cell without. The number itself is always written."""
    if not largest or column.total or not column.numeric or not cell.isdigit() or cell == "0":
        return 0
    return max(1, round(STEPS * int(cell) / largest))
