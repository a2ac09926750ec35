"""The mark of each kind: a shape, beside its word and its colour, so that colour is never alone.

Pure. The same four shapes on every screen and on paper.
"""

from __future__ import annotations

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
