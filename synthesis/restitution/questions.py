"""The questions that the notes leave open, for the round table that follows the speech: each with its notes.

Pure. Two kinds, and no interpretation: what a note asks in so many words, and an obstacle to which no lever and no
condition of its theme answers, that is, with which none shares a telling word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from synthesis.echoes import questions_in, unanswered
from synthesis.present import EditionShown, NoteShown, ThemeShown

__all__ = ["Asked", "OpenTheme", "asked", "open_questions", "questions_in"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question that a note asks, exactly as written."""

    note: NoteShown
    words: str
    """The stretch of the note that asks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenTheme:
    """What one theme leaves open."""

    theme: ThemeShown | None
    """None for the notes that wait to be placed."""
    asked: tuple[Asked, ...]
    unanswered: tuple[NoteShown, ...]


def open_questions(shown: EditionShown) -> tuple[OpenTheme, ...]:
    """Return what each theme leaves open, in the order of the desk; the notes that wait to be placed come last."""
    notes = shown.by_id()
    shelves: list[tuple[ThemeShown | None, list[NoteShown]]] = [
        (theme, [notes[note_id] for note_id in theme.note_ids]) for theme in shown.themes
    ]
    shelves.append((None, [notes[note_id] for note_id in shown.tray]))
    found = (OpenTheme(theme=theme, asked=asked(mine), unanswered=unanswered(mine)) for theme, mine in shelves)
    return tuple(one for one in found if one.asked or one.unanswered)


def asked(notes: Iterable[NoteShown]) -> tuple[Asked, ...]:
    """Return each stretch of a note that ends with a question mark, whatever the language."""
    return tuple(Asked(note=note, words=words) for note in notes for words in questions_in(note.text))
