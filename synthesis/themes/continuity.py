"""Reads the edition people have before their eyes: what a new run must start from, and may not undo.

Pure.
"""

from __future__ import annotations

from synthesis.corpus import Corpus
from synthesis.results import Edition, Membership, Theme
from synthesis.themes.curation import Wishes, curate
from synthesis.themes.identity import Known

CONSENSUS, GROUPED = "consensus", "grouped"
"""How themes were made: by what many looks agree on, or by workshop and kind while notes are few."""


def present_members(edition: Edition, corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return the notes of an edition's themes that are still in the corpus; empty themes left out."""
    here = {note.id for note in corpus}
    kept = {theme.id: tuple(note for note in theme.note_ids if note in here) for theme in edition.themes}
    return {theme_id: notes for theme_id, notes in kept.items() if notes}


def own_members(edition: Edition, corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Return the machine's own themes, before any decision, by their notes that are still in the corpus."""
    here = {note.id for note in corpus}
    found: dict[str, list[str]] = {}
    for one in edition.memberships:
        theme_id = one.theme_id if one.proposed is None else one.proposed
        if theme_id and one.note_id in here:
            found.setdefault(theme_id, []).append(one.note_id)
    return {theme_id: tuple(notes) for theme_id, notes in found.items()}


def own_confidence(member: Membership) -> float:
    """Return how sure the machine is of its own place for a note, before any decision."""
    return member.confidence if member.sure is None else member.sure


def read_themes(edition: Edition) -> dict[str, Theme]:
    """Return the themes of an edition by id, with those that a decision set aside."""
    return {theme.id: theme for theme in (*edition.aside, *edition.themes)}


def displayed_homes(previous: Edition | None, corpus: Corpus, wishes: Wishes) -> dict[str, str] | None:
    """Return the theme of each note, decisions applied; None when there is nothing to remember."""
    if previous is None or previous.method != CONSENSUS:
        return None
    notes = [note.id for note in corpus]
    members = curate(own_members(previous, corpus), wishes, notes, [theme.id for theme in previous.themes])
    return {note: theme_id for theme_id, kept in members.items() for note in kept}


def known_themes(previous: Edition | None, corpus: Corpus, wishes: Wishes) -> Known:
    """Say which themes the machine had made, with the notes that are still there, and which ones people touched.

    Decisions are applied afterwards, over what comes of them: one that is taken back leaves no trace.
    """
    if previous is None:
        return Known(taken=frozenset(wishes.born))
    members = own_members(previous, corpus)
    return Known(
        members=members,
        touched=frozenset(theme_id for theme_id in members if wishes.touched(theme_id)),
        continuing=previous.method == CONSENSUS,
        taken=wishes.known | set(read_themes(previous)) | {event.theme_id for event in previous.events},
    )
