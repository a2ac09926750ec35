"""Reads back, from the journal, what witnesses and the room did around the speech. Nothing is stored twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import and_, or_, select

from capture import journal
from capture.db import db
from capture.models import Entry
from capture.operations import VOCABULARY
from capture.present import mark
from capture.seats import Holder
from synthesis.restitution.acts import (
    EchoGiven,
    Private,
    ReadingFrozen,
    Scene,
    StagePrepared,
    StageShown,
)
from synthesis.restitution.sheets import Sheet, fold, visible_to


def names_of(*kinds: Any) -> tuple[str, ...]:
    """Return the permanent names of acts, from the vocabulary itself."""
    return tuple(name for name, kind in VOCABULARY.items() if kind in kinds)


_SHEETS = names_of(*Private.__args__)
_FROZEN = names_of(ReadingFrozen)
_READING = (*_FROZEN, "reading.released")
_PREPARED = names_of(StagePrepared)
_SHOWN = names_of(StageShown)
_ECHOES = names_of(EchoGiven)


def sheets(gathering_id: int) -> dict[str, Sheet]:
    """Return every sheet of landmarks under its id."""
    entries = journal_of(gathering_id, _SHEETS)
    return fold((mark(gathering_id, entry.author), journal.written(entry).act) for entry in entries)


def own_sheet(by: Holder) -> str:
    """Return the id of a device's own sheet."""
    return mark(by.gathering_id, by.author)


def sheets_for(by: Holder) -> tuple[Sheet, ...]:
    """Return a device's own sheet first, then those that are shared with it."""
    return visible_to(sheets(by.gathering_id), own_sheet(by))


def frozen(by: Holder) -> tuple[ReadingFrozen, int] | None:
    """Return the version that this device keeps under its reader's eyes, and since when; None for the newest."""
    entry = _last(by, _READING)
    return (journal.written(entry).act, entry.at) if entry is not None and entry.name in _FROZEN else None


def last_read(by: Holder) -> tuple[ReadingFrozen, int] | None:
    """Return the version that this device froze last, kept or released since, and when."""
    entry = _last(by, _FROZEN)
    return (journal.written(entry).act, entry.at) if entry is not None else None


def kept(by: Holder) -> list[Entry]:
    """Return the acts by which this device froze versions, and those that gave the stage one, in order."""
    own = and_(Entry.author == by.author, Entry.name.in_(_FROZEN))
    query = select(Entry).where(Entry.gathering_id == by.gathering_id, or_(own, Entry.name.in_(_PREPARED)))
    return list(db.session.scalars(query.order_by(Entry.position)))


def prepared(gathering_id: int) -> tuple[StagePrepared, int] | None:
    """Return what the screen was last prepared with, and at which position."""
    entry = _newest(gathering_id, _PREPARED)
    return (journal.written(entry).act, entry.position) if entry is not None else None


def driven(gathering_id: int) -> tuple[int, int]:
    """Return the positions at which the screen was last prepared and last driven; 0 when it never was."""
    prepared, shown = _newest(gathering_id, _PREPARED), _newest(gathering_id, _SHOWN)
    return prepared.position if prepared is not None else 0, shown.position if shown is not None else 0


def on_stage(gathering_id: int) -> Scene:
    """Return what the screen shows now: the gathering's title until somebody showed something."""
    entry = _newest(gathering_id, _SHOWN)
    return Scene(**entry.payload) if entry is not None else Scene(view="title")


def echoes(gathering_id: int) -> dict[str, int]:
    """Return how many devices gave their echo to each theme."""
    payloads = db.session.scalars(
        select(Entry.payload).where(Entry.gathering_id == gathering_id, Entry.name.in_(_ECHOES))
    )
    return dict(sorted(Counter(payload["theme_id"] for payload in payloads).items()))


def journal_of(gathering_id: int, names: tuple[str, ...]) -> list[Entry]:
    """Return the entries of these names, in order."""
    query = select(Entry).where(Entry.gathering_id == gathering_id, Entry.name.in_(names))
    return list(db.session.scalars(query.order_by(Entry.position)))


def _last(by: Holder, names: tuple[str, ...]) -> Entry | None:
    query = select(Entry).where(
        Entry.gathering_id == by.gathering_id, Entry.author == by.author, Entry.name.in_(names)
    )
    return db.session.scalars(query.order_by(Entry.position.desc()).limit(1)).first()


def _newest(gathering_id: int, names: tuple[str, ...]) -> Entry | None:
    query = select(Entry).where(Entry.gathering_id == gathering_id, Entry.name.in_(names))
    return db.session.scalars(query.order_by(Entry.position.desc()).limit(1)).first()
