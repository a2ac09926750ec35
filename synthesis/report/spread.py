"""How widely a theme was heard, and the order of the themes that nobody ordered.

Pure. One rule holds everywhere in the report: the organiser's own order of the chapters, then the order that people
gave the themes on the desk, then how widely each was heard.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synthesis.results import Theme


def spread(theme: Theme) -> tuple[int, float]:
    """Return in how many workshops a theme was heard, and how evenly (normalised entropy, 0 to 1)."""
    counts = [count for key, count in theme.workshops if key and count]
    total = sum(counts)
    if len(counts) < 2:  # noqa: PLR2004 - one workshop has no spread
        return len(counts), 0.0
    entropy = -sum(count / total * math.log(count / total) for count in counts)
    return len(counts), round(entropy / math.log(len(counts)), 9)


def by_spread(themes: Sequence[Theme]) -> list[Theme]:
    """Order themes as people ordered them on the desk, then by workshops heard in, evenness, notes and id."""
    last = len(themes) + 1
    return sorted(
        themes, key=lambda one: (one.rank or last, -spread(one)[0], -spread(one)[1], -len(one.note_ids), one.id)
    )
