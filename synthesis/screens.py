"""Reads what a screen of the synthesis is made of, once per journal position, however many screens ask for it.

A hall of phones fetches the wall within the same second: the second one is handed what the first one read.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from flask import current_app

from capture import journal, schedule
from capture.db import db
from capture.errors import NoEdition
from capture.models import Gathering
from capture.notes import every_note
from synthesis import editions, window
from synthesis.present import EditionShown, KindShown, Rows, show
from synthesis.results import Edition
from synthesis.themes.curation import wish

_READING = threading.Lock()


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
    kept: dict[int, Screen] = current_app.extensions.setdefault("restitution_screens", {})
    with _READING:
        head = journal.head(gathering_id)
        found = kept.get(gathering_id)
        if found is None or found.head != head:
            found = kept[gathering_id] = _read(gathering_id, head, _last(gathering_id))
    return found


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
            _rows(row, head),
            number=published.number if published else 0,
            made_at=published.made_at if published else 0,
        ),
    )


def _rows(row: Gathering, head: int) -> Rows:
    notes = tuple(note for note in every_note(row.id) if not note.removed)
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
