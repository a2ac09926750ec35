"""Says when two decisions are about the same thing, so that the second is not taken over the first unseen.

Pure. Two people may decide at once about different things; about one thing, the later one is shown both.
"""

from __future__ import annotations

from collections.abc import Iterable

from synthesis.decisions import Decided
from synthesis.theme_decisions import (
    FormingChosen,
    NoteMoved,
    NotePinned,
    ThemeAct,
    ThemeFounded,
    ThemeHidden,
    ThemeRenamed,
    ThemesKeptApart,
    ThemesMerged,
    ThemesOrdered,
    ThemeSplit,
    ThemeUnhidden,
    ThemeValidated,
)
from synthesis.themes.curation import standing

Subject = tuple[str, str]
"""What a decision settles: the name of a theme, whether it is one with others, in sight, a note's place, the order."""


def subjects(act: object) -> frozenset[Subject]:
    """Return what an act settles."""
    match act:
        case ThemeRenamed(theme_id=one) | ThemeValidated(theme_id=one):
            return frozenset({("name", one)})
        case ThemesMerged(into=into, theme_ids=theme_ids):
            return frozenset(("one", theme_id) for theme_id in (into, *theme_ids))
        case ThemesKeptApart(theme_ids=theme_ids):
            return frozenset(("one", theme_id) for theme_id in theme_ids)
        case ThemeHidden(theme_id=one) | ThemeUnhidden(theme_id=one):
            return frozenset({("sight", one)})
        case ThemeSplit(note_ids=note_ids) | ThemeFounded(note_ids=note_ids):
            return frozenset(("place", note_id) for note_id in note_ids)
        case NoteMoved(note_id=one) | NotePinned(note_id=one):
            return frozenset({("place", one)})
        case ThemesOrdered():
            return frozenset({("order", "")})
        case FormingChosen():
            return frozenset({("forming", "")})
    return frozenset()


def contested(act: ThemeAct, decisions: Iterable[Decided], *, author: str) -> Decided | None:
    """Return the last decision by somebody else, about the same thing, that whoever acts had not read; None if none.

    Args:
        act: what is about to be decided; its `read` says what was before that person's eyes, 0 that nobody knows.
        decisions: every decision since the beginning.
        author: who acts: what one did oneself is no surprise.
    """
    read, mine = getattr(act, "read", 0), subjects(act)
    if not read or not mine:
        return None
    for decided in reversed(standing(decisions)):
        if decided.position <= read:
            return None
        other = decided.author != author and bool(subjects(decided.act) & mine)
        if other and not _agrees(act, decided.act):
            return decided
    return None


def _agrees(one: object, other: object) -> bool:
    """Say whether two acts settle it alike: the same label, the same place."""
    for name in ("label", "note_ids" if hasattr(one, "note_ids") else "theme_id"):
        if getattr(one, name, None) != getattr(other, name, None):
            return False
    return type(one) is type(other) and subjects(one) == subjects(other) and not hasattr(one, "into")
