"""Reads what a screen of the synthesis is made of, once per journal position, however many screens ask for it.

A hall of phones fetches the wall within the same second: the second one is handed what the first one read.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func, select

from capture import journal, schedule
from capture.db import db
from capture.errors import NoEdition
from capture.models import Entry, Gathering
from capture.notes import every_note
from capture.state import NoteState, note_after
from synthesis import editions, window
from synthesis.present import EditionShown, KindShown, Rows, show
from synthesis.results import Edition
from synthesis.themes.curation import wish

_READING = threading.Lock()

VERSIONS_KEPT = 8
"""How many frozen versions are kept read: two witnesses and a stage, and some change of mind."""

BESIDE = ("reading.", "landmark.", "landmarks.", "stage.", "echo.", "seat.")
"""Acts beside the synthesis: a hall of phones that answers a speaker makes no page be read again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GatheringShown:
    """What every page says of the gathering."""

    slug: str
    title: str
    place: str
    timezone: str
    final_position: int
    """The position the report was signed at; 0 while it is provisional."""
    validated_by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """One moment of a gathering's synthesis, as its pages show it."""

    head: int
    """The journal's head when it was read: the same head shows the same screen."""
    gathering: GatheringShown
    edition: Edition
    shown: EditionShown

    @property
    def version(self) -> str:
        """The mark by which a browser knows that it has this very screen already."""
        return f"{self.shown.number}-{self.head}"


def read(gathering_id: int, number: int | None = None) -> Screen:
    """Return the last edition over the notes as they stand, or the edition of this number.

    Raises:
        NoEdition: a number was asked for, and there is no such edition.
    """
    if number is not None:
        return _read(gathering_id, journal.head(gathering_id), editions.read(gathering_id, number))
    kept: dict[int, tuple[int, Screen]] = current_app.extensions.setdefault("restitution_screens", {})
    with _READING:
        head = journal.head(gathering_id)
        looked, found = kept.get(gathering_id, (-1, None))
        if found is None or (looked != head and _changed(gathering_id, looked, head)):
            found = _read(gathering_id, head, _last(gathering_id))
        kept[gathering_id] = head, found
    return found


def read_at(gathering_id: int, number: int, position: int) -> Screen:
    """Return an edition over the notes as they stood at a position: what a witness froze, whatever came since.

    An edition that was thrown away since is stood in for by the last one. Words that were erased since are gone here
    too.
    """
    kept: dict[tuple[int, ...], Screen] = current_app.extensions.setdefault("restitution_versions", {})
    key = (gathering_id, number, position, _erased(gathering_id))
    with _READING:
        if key not in kept:
            published = editions.read(gathering_id, number) if editions.exists(gathering_id, number) else None
            row = db.session.get_one(Gathering, gathering_id)
            rows = _rows(row, position, notes_at(gathering_id, position))
            for old in list(kept)[: max(0, len(kept) - VERSIONS_KEPT + 1)]:
                del kept[old]
            kept[key] = _screen(row, position, published or _last(gathering_id), rows)
        return kept[key]


def notes_at(gathering_id: int, position: int) -> list[NoteState]:
    """Return the notes as they stood at a position, without those whose words were erased since."""
    notes: dict[str, NoteState | None] = {}
    for entry in journal.read(gathering_id, until=position, limit=1_000_000_000):
        if entry.name.startswith("note."):
            note_id = entry.payload["note_id"]
            notes[note_id] = note_after(notes.get(note_id), journal.written(entry))
    return [note for note in notes.values() if note is not None and note.wording.text]


def _changed(gathering_id: int, after: int, until: int) -> bool:
    """Say whether anything between two positions shows on a screen of the synthesis."""
    names = select(Entry.name).where(
        Entry.gathering_id == gathering_id, Entry.position > after, Entry.position <= until
    )
    return any(not name.startswith(BESIDE) for name in db.session.scalars(names))


def _erased(gathering_id: int) -> int:
    """Return the position of the last erasure: what was read before it may hold words that are gone."""
    last = select(func.max(Entry.position)).where(Entry.gathering_id == gathering_id, Entry.name == "note.erased")
    return db.session.execute(last).scalar_one() or 0


def survivor(gathering_id: int, theme_id: str) -> str | None:
    """Return the theme that a merged one went into, so that an old address still leads somewhere."""
    present = {theme.id for theme in read(gathering_id).shown.themes}
    standing = wish(window.look(gathering_id).decisions).standing(theme_id, present)
    return standing if standing in present else None


def _last(gathering_id: int) -> editions.Published | None:
    try:
        return editions.read(gathering_id)
    except NoEdition:
        return None


def _read(gathering_id: int, head: int, published: editions.Published | None) -> Screen:
    row = db.session.get_one(Gathering, gathering_id)
    return _screen(row, head, published, _rows(row, head, every_note(row.id)))


def _screen(row: Gathering, head: int, published: editions.Published | None, rows: Rows) -> Screen:
    edition = published.edition if published else Edition()
    return Screen(
        head=head,
        gathering=GatheringShown(
            slug=row.slug,
            title=row.title,
            place=row.place,
            timezone=row.timezone,
            final_position=row.final_position,
            validated_by=row.validated_by,
        ),
        edition=edition,
        shown=show(
            edition,
            rows,
            number=published.number if published else 0,
            made_at=published.made_at if published else 0,
        ),
    )


def _rows(row: Gathering, head: int, states: list[NoteState]) -> Rows:
    notes = tuple(note for note in states if not note.removed)
    written = {note.session for note in notes}
    sessions = schedule.every_session(row.id)
    kinds = (KindShown(key=kind["key"], label=kind["label"], sign=kind.get("sign", "●")) for kind in row.kinds)
    return Rows(
        position=head,
        title=row.title,
        notes=notes,
        workshops=tuple(
            (one.key, one.title) for one in sessions if one.key in written or (one.takes_notes and not one.withdrawn)
        ),
        kinds=tuple(kinds),
    )
