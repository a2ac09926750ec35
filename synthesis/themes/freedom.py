"""Says whether themes may form again by themselves at this moment, or only offer what would be clearer.

Pure. At the start there is nothing to disturb; later, nothing that people read moves without a person. What nobody
touched and nobody reads may still form again: else a gathering would keep the themes of its first hundred notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from synthesis.decisions import Decided
from synthesis.theme_decisions import Forming, FormingChosen, ReviewAsked, ThemeAct, ThemesHeld
from synthesis.themes.curation import standing

YOUNG = 100
"""Notes under which themes are still being found, and form again by themselves even once somebody touched one."""

State = Literal["always", "young", "unread", "held"]
"""Whether themes form again by themselves: the organiser wants it, they are young, when nobody reads them, or not."""


def chosen(decisions: Iterable[Decided]) -> Forming:
    """Return what the organiser chose last; "start" before any choice."""
    modes = [one.act.mode for one in standing(decisions) if isinstance(one.act, FormingChosen)]
    return modes[-1] if modes else "start"


def untouched(decisions: Iterable[Decided]) -> bool:
    """Say whether nobody has decided anything about themes yet."""
    return not any(
        isinstance(one.act, ThemeAct) and not isinstance(one.act, FormingChosen | ReviewAsked)
        for one in standing(decisions)
    )


def kept(decisions: Iterable[Decided]) -> bool:
    """Say whether a person asked that themes stay as they are, however few the notes."""
    return any(isinstance(one.act, ThemesHeld) for one in standing(decisions))


def state(decisions: Iterable[Decided], notes: int) -> State:
    """Return whether themes form again by themselves.

    Args:
        decisions: every decision since the beginning.
        notes: how many notes there are.
    """
    given = tuple(decisions)
    mode = chosen(given)
    if mode == "always":
        return "always"
    if mode == "never" or kept(given):
        return "held"
    if notes < YOUNG:
        return "young"
    return "unread" if untouched(given) else "held"


def free(decisions: Iterable[Decided], notes: int, *, read: bool) -> bool:
    """Say whether themes form again by themselves now: never what a person touched, whatever is chosen.

    Args:
        decisions: every decision since the beginning.
        notes: how many notes there are.
        read: whether somebody reads the themes, or made something of them.
    """
    found = state(decisions, notes)
    return found in {"always", "young"} or (found == "unread" and not read)
