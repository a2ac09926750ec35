"""What people decide about themes and actors: operations in the same journal as the notes.

Pure. `themes = curate(proposal, decisions)` is always recomputed, so no decision is lost to a re-run or a late note.
"""

from __future__ import annotations

from dataclasses import dataclass

from synthesis.actor_decisions import ActorAct
from synthesis.theme_decisions import ThemeAct, ThemeRenamed, ThemesMerged

__all__ = ["Decided", "ThemeRenamed", "ThemesMerged", "is_decision"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A decision as the journal holds it: what, who, and in which order."""

    position: int
    by: str
    """The seat that decided; "" for a file."""
    act: ThemeAct | ActorAct
    author: str = ""
    """The seat and device that decided; "" for a file."""
    at: int = 0
    """When, in milliseconds; 0 when it is not known."""


def is_decision(act: object) -> bool:
    """Say whether an act of the journal is a decision about themes or actors."""
    return isinstance(act, ThemeAct | ActorAct)
