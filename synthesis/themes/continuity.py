"""Reads the edition people have before their eyes: what a new run must start from, and may not undo.

Pure.
"""

from __future__ import annotations

from synthesis.corpus import Corpus
from synthesis.results import Edition
from synthesis.themes.curation import Wishes, unite
from synthesis.themes.identity import Known

CONSENSUS, GROUPED = "consensus", "grouped"
"""How themes were made: by what many looks agree on, or by workshop and kind while notes are few."""


def present_members(edition: Edition, corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return the notes of an edition's themes that are still in the corpus; empty themes left out."""
    here = {note.id for note in corpus}
    kept = {theme.id: tuple(note for note in theme.note_ids if note in here) for theme in edition.themes}
    return {theme_id: notes for theme_id, notes in kept.items() if notes}


def displayed_homes(previous: Edition | None, wishes: Wishes) -> dict[str, str] | None:
    """Return the theme that each note was displayed in, merges applied; None when there is nothing to remember."""
    if previous is None or previous.method != CONSENSUS:
        return None
    here = {theme.id for theme in previous.themes}
    return {one.note_id: wishes.standing(one.theme_id, here) for one in previous.memberships if one.theme_id}


def known_themes(previous: Edition | None, corpus: Corpus, wishes: Wishes) -> Known:
    """Say which themes people have read, with the notes that are still there, merges applied."""
    if previous is None:
        return Known()
    present = present_members(previous, corpus)
    members = unite(present, wishes, [theme.id for theme in previous.themes])
    return Known(
        members=members,
        touched=frozenset(theme_id for theme_id in members if wishes.touched(theme_id)),
        continuing=previous.method == CONSENSUS,
        taken=wishes.known | {theme.id for theme in previous.themes},
    )
