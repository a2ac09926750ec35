"""Says whether themes may form again by themselves at this moment, or only offer what would be clearer.

Pure. At the start there is nothing to disturb; later, nothing that people read moves without a person.
"""

from __future__ import annotations

from collections.abc import Iterable

from synthesis.decisions import Decided
from synthesis.theme_decisions import Forming, FormingChosen, ReviewAsked, ThemeAct
from synthesis.themes.curation import standing

YOUNG = 100
"""Notes under which themes are still being found, and form again by themselves even once somebody touched one."""


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


def free(decisions: Iterable[Decided], notes: int) -> bool:
    """Say whether themes form again by themselves: never what a person touched, whatever is chosen.

    Args:
        decisions: every decision since the beginning.
        notes: how many notes there are.
    """
    given = tuple(decisions)
    mode = chosen(given)
    return mode == "always" or (mode == "start" and (notes < YOUNG or untouched(given)))
