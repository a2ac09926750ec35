"""The small values that pages print: a kind, a note without its author, a quote, an actor cited, a family.

Pure. `present` puts them together over an edition.
"""

from __future__ import annotations

from dataclasses import dataclass

from capture.state import NoteState


@dataclass(frozen=True, kw_only=True, slots=True)
class KindShown:
    """A kind of note: its key, its word, and the sign that always stands beside the word."""

    key: str
    label: str
    sign: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """What is in the record at one position: the notes that stand, and what they belong to."""

    position: int
    title: str = ""
    notes: tuple[NoteState, ...] = ()
    """In the order they were written, removed ones left out."""
    workshops: tuple[tuple[str, str], ...] = ()
    """(key, title) of every session that takes notes, in programme order."""
    kinds: tuple[KindShown, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteShown:
    """A note without its author: no screen of the synthesis ever names one."""

    id: str
    text: str
    kind: str
    workshop: str
    at: int
    theme_id: str
    sure: bool
    """False when the note's place is little agreed upon, or when it waits to be placed."""
    placed: bool = False
    """True when a person put it where it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteShown:
    """A stretch of a note exactly as written."""

    note_id: str
    text: str
    kind: str
    workshop: str
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """An actor and how many notes of some group cite it."""

    id: str
    name: str
    notes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyShown:
    """A group of themes, those that still hold notes."""

    id: str
    label: str
    theme_ids: tuple[str, ...]
