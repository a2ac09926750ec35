"""What people wrote in the report, as the composition takes it.

Pure. The words are people's: they stand beside the notes' under their own signature, and no count is made of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from synthesis.report.spread import by_spread

if TYPE_CHECKING:
    from synthesis.results import Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """An action scenario that people built, as it stands; its parts are ids of notes."""

    title: str
    steps: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unsettled: bool = False
    """Another wording was written at the same time, and nobody chose yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edited:
    """The words and the order that people gave the report; empty where they left it as it comes."""

    title: str = ""
    introduction: str = ""
    conclusion: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    """(section id, title)."""
    chapters: tuple[tuple[str, str], ...] = ()
    """(theme id, text); a theme that others went into may have several."""
    order: tuple[str, ...] = ()
    """Theme ids, in reading order; those not named come after."""
    scenarios: tuple[Planned, ...] = ()
    """Action scenarios, in the order they were first written."""
    unsettled: int = 0
    """Parts of which two wordings were written apart, and nobody chose yet."""


UNTOUCHED = Edited()
"""A report that nobody edited."""


def arranged(edition: Edition, edited: Edited) -> Edition:
    """Put the themes in the report's one order; what is composed and what is proved is this edition.

    The order of the chapters that the organiser gave; for the others, that of the desk; then how widely heard.
    """
    place = {theme_id: rank for rank, theme_id in enumerate(edited.order)}
    themes = sorted(by_spread(edition.themes), key=lambda theme: place.get(theme.id, len(place)))
    return replace(edition, themes=tuple(themes))
