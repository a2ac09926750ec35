"""Finding the note that somebody asks to erase, and erasing it: what the organiser does at a person's request."""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass

from capture import journal, notes, seats
from capture.db import db
from capture.errors import NotFound
from capture.models import Note
from capture.operations import NoteErased
from capture.seats import Holder
from capture.state import NoteState

MOST = 50
"""Notes shown at once: beyond, one more word finds the right one sooner than a longer page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The notes that hold every word asked for, the most recent first."""

    notes: tuple[NoteState, ...]
    total: int
    """How many there are, shown or not."""


def look_for(words: str, *, by: Holder) -> Found:
    """Find notes by their words, whatever their accents and capitals; removed notes too, for their words are kept."""
    seats.access_role(by, "organiser")
    wanted = _plain(words).split()
    every = [note for note in notes.every_note(by.gathering_id) if _holds(note, wanted)]
    return Found(notes=tuple(reversed(every[-MOST:])), total=len(every))


def _holds(note: NoteState, wanted: list[str]) -> bool:
    said = " ".join(
        part
        for wording in (note.wording, *note.rivals)
        for part in (wording.text, *wording.actors, *wording.territories)
    )
    return all(word in _plain(said) for word in wanted)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def access_note(note_id: str, *, by: Holder) -> NoteState:
    """Return one note, for an organiser.

    Raises:
        NotFound: it is not here, or not any more.
    """
    seats.access_role(by, "organiser")
    row = db.session.get(Note, (by.gathering_id, note_id))
    if row is None:
        raise NotFound
    return notes.note_state(row, [])


def erase(note_id: str, *, by: Holder) -> journal.Receipt:
    """Erase a note for good."""
    return notes.erase(NoteErased(note_id=note_id), by=by, operation_id=str(uuid.uuid4()))
