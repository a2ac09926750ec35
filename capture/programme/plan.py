"""What a programme says, as values: the gathering, its days and its sessions.

Pure. A `Programme` is what a file says and nothing else: it is compared with another one before anything is changed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SessionKind = str
"""One of `SESSION_KINDS`."""

SESSION_KINDS: tuple[SessionKind, ...] = (
    "workshop",
    "round_table",
    "plenary",
    "story_table",
    "restitution",
    "break",
)
"""Every kind a session may have, in the order they are offered."""

NOTED_KINDS: frozenset[SessionKind] = frozenset({"workshop", "round_table", "story_table"})
"""The kinds of session that take notes unless the programme says otherwise."""

LONGEST_KEY = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedSession:
    """One line of the programme: what happens, where, and from when to when, in the programme's own time zone."""

    key: str
    """Stable from one version of the file to the next: the file's own identifier, or day and title."""
    title: str
    kind: SessionKind
    day: str
    """ISO date, "2018-11-26"."""
    start: str
    """"HH:MM", local time."""
    end: str
    """"HH:MM", local time, after `start` on the same day."""
    room: str = ""
    theme_of_day: str = ""
    takes_notes: bool = False
    questions: tuple[str, ...] = ()
    """The guiding questions, in the order they are asked."""
    expected_rapporteurs: int = 0
    """0 when the programme does not say."""
    key_given: bool = field(default=True, compare=False)
    """False when the file had no identifier, so that the key was derived from day and title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedDay:
    """A day of the gathering, with the theme its sessions share ("" when they do not)."""

    date: str
    theme: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteKind:
    """A kind of note that this gathering adds to lever, obstacle and condition."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Programme:
    """A whole programme: sessions sorted by day, start, room and key; keys unique."""

    title: str = ""
    place: str = ""
    timezone: str = "Europe/Paris"
    """An IANA name."""
    language: str = "fr"
    sessions: tuple[PlannedSession, ...] = ()
    kinds: tuple[NoteKind, ...] = ()
    remarks: tuple[str, ...] = field(default=(), compare=False)
    """French sentences about what was read with a doubt or left aside; they do not count in a comparison."""

    @property
    def days(self) -> tuple[PlannedDay, ...]:
        """The days in order, each with the theme that all its sessions share, if they do."""
        dates = sorted({session.day for session in self.sessions})
        return tuple(PlannedDay(date=date, theme=self._shared_theme(date)) for date in dates)

    @property
    def workshops(self) -> tuple[PlannedSession, ...]:
        """The sessions that take notes, in programme order."""
        return tuple(session for session in self.sessions if session.takes_notes)

    def by_key(self) -> dict[str, PlannedSession]:
        """Each session under its key."""
        return {session.key: session for session in self.sessions}

    def _shared_theme(self, date: str) -> str:
        themes = {session.theme_of_day for session in self.sessions if session.day == date} - {""}
        return themes.pop() if len(themes) == 1 else ""


def in_order(sessions: Iterable[PlannedSession]) -> tuple[PlannedSession, ...]:
    """Sort sessions as people read a programme: day, start, end, room, key."""
    return tuple(sorted(sessions, key=lambda one: (one.day, one.start, one.end, one.room, one.key)))


def slug(text: str) -> str:
    """Spell a text with lower-case ASCII letters, digits and single hyphens: « Récit & débat » → "recit-debat"."""
    unmarked = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    unmarked = unmarked.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae")
    kept = "".join(mark.lower() if mark.isascii() and mark.isalnum() else " " for mark in unmarked)
    return "-".join(kept.split())


def derived_key(day: str, title: str) -> str:
    """Make a session's key from its day and title, cut between two words at 80 characters."""
    whole = f"{day}-{slug(title)}".rstrip("-")
    if len(whole) <= LONGEST_KEY:
        return whole
    return whole[: LONGEST_KEY + 1].rsplit("-", 1)[0]
