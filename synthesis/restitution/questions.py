"""The questions that the notes leave open, for the round table that follows the speech: each with its notes.

Pure. Two kinds, and no interpretation: what a note asks in so many words, and an obstacle to which no lever and no
condition of its theme answers, that is, with which none shares a telling word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from synthesis.present import EditionShown, NoteShown, ThemeShown

STEM = 6
"""Letters by which two words are taken for one: « former », « formation », « formés »."""

SHORT = 5
"""Words shorter than this tell nothing of a subject."""

COMMON = 0.3
"""A word that stands in more than this share of a theme's notes says the theme, not what is answered."""

_EMPTY = re.compile(
    "alors|aussi|autres?|avant|avec|avoir|besoin|certains|chaque|comment?|contre|dans|depuis|devant|dire|donc|elles|"
    "encore|entre|et(aient|ait|ant|re)|faire|faut|ferait|fois|jamais|jusque|lorsque|leurs|mais|memes?|moins|notre|nous|"
    "parce|parfois|parle|pendant|peut|peuvent|plusieurs|pour|pourquoi|pouvoir|puisque|quand|quelles?|quels|quelques?|"
    "question|quoi|rien|sans|sera|serait|souvent|sont|sous|toujours|tous|toutes?|trop|vers|voire|votre|vous"
)
"""Words that say nothing of a subject, without accents."""


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


def questions_in(text: str) -> tuple[str, ...]:
    """Cut the questions out of a text, as written.

    >>> questions_in("On attend. Qui décide ? Et quand ? Personne ne sait.")
    ('Qui décide ?', 'Et quand ?')
    """
    found = (piece.strip() for piece in re.findall(r"[^.!?…؟？\n]*[?؟？]+", text))
    return tuple(piece for piece in found if any(letter.isalpha() for letter in piece))


def unanswered(notes: Sequence[NoteShown]) -> tuple[NoteShown, ...]:
    """Return the obstacles with which no lever and no condition among these notes shares a telling word."""
    stems = {note.id: _stems(note.text) for note in notes}
    counts = Counter(stem for found in stems.values() for stem in found)
    told = {stem for stem, number in counts.items() if number <= max(2.0, COMMON * len(notes))}
    answers = [stems[note.id] & told for note in notes if note.kind in ("lever", "condition")]
    return tuple(
        note
        for note in notes
        if note.kind == "obstacle"
        and not questions_in(note.text)
        and not any(stems[note.id] & answer for answer in answers)
    )


def _stems(text: str) -> frozenset[str]:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
    words = re.findall(r"[^\W\d_]+", plain)
    return frozenset(word[:STEM] for word in words if len(word) >= SHORT and not _EMPTY.fullmatch(word))
