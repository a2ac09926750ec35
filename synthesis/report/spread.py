"""How widely a theme was heard, and the order of the themes that nobody ordered.

Pure. One rule holds everywhere in the report: the organiser's own order of the chapters, then the order that people
gave the themes on the desk, then how widely each was heard, which the desk and the wall count likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.reach import reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synthesis.results import Theme


def spread(theme: Theme) -> tuple[float, int]:
    """Return in how many workshops a theme is really heard (`synthesis.reach`), and in how many at all."""
    rooms = [(key, count) for key, count in theme.workshops if key and count]
    return reach(rooms), len(rooms)


def by_spread(themes: Sequence[Theme]) -> list[Theme]:
    """Order themes as people ordered them on the desk, then by how widely heard, workshops, notes and id."""
    last = len(themes) + 1
    return sorted(
        themes, key=lambda one: (one.rank or last, -spread(one)[0], -spread(one)[1], -len(one.note_ids), one.id)
    )
