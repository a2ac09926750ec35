"""What people decide about themes and actors: operations in the same journal as the notes.

Pure. `themes = curate(proposal, decisions)` is always recomputed, so no decision is lost to a re-run or a late note.
"""

from __future__ import annotations

from dataclasses import dataclass

from capture.operations import operation
from synthesis.actor_decisions import ActorAct


@operation("theme.renamed")
class ThemeRenamed:
    """A person gave a theme its label."""

    theme_id: str
    label: str
    edition: int = 0
    """The edition the person was reading, 0 when unknown."""


@operation("themes.merged")
class ThemesMerged:
    """A person said that these themes are one; `into` keeps its id and its label."""

    into: str
    theme_ids: tuple[str, ...]
    """The themes that go into it, without `into` itself."""
    edition: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A decision as the journal holds it: what, who, and in which order."""

    position: int
    by: str
    """The seat that decided; "" for a file."""
    act: ThemeRenamed | ThemesMerged | ActorAct


def is_decision(act: object) -> bool:
    """Say whether an act of the journal is a decision about themes or actors."""
    return isinstance(act, ThemeRenamed | ThemesMerged | ActorAct)
