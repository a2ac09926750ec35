"""Publishes editions and reads them back: stored and journalled in one transaction, so that screens hear of each."""

from __future__ import annotations

import uuid
import zlib
from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select

from capture import journal
from capture.db import db
from capture.errors import NoEdition
from capture.models import Entry, Gathering
from capture.operations import NoteErased, operation
from capture.state import Written
from synthesis.forgetting import without
from synthesis.models import EditionRow
from synthesis.results import Edition

KEPT = 40
"""How many editions that only placed notes are kept; those that formed themes are kept all."""

HOLDING = ("reading.frozen", "stage.prepared")
"""The acts by which a person keeps an edition."""

_EDITION = TypeAdapter(Edition)


@operation("edition.published")
class EditionPublished:
    """The follower read the journal up to a position."""

    number: int
    position: int
    formed: bool
    previous: int = 0
    """The edition it started from: with it, the chain can be made again to the byte."""
    reviewed: bool = False
    """True when all the notes were looked at again, to propose and to change nothing."""
    born: tuple[str, ...] = ()
    """Ids of the themes that were not there before."""
    ended: tuple[str, ...] = ()
    """Ids of the themes that hold no note any more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """An edition with its number and when it was made."""

    number: int
    formed: bool
    made_at: int
    seconds: float
    edition: Edition


def encode(edition: Edition) -> bytes:
    """Return an edition as compressed JSON."""
    return zlib.compress(_EDITION.dump_json(edition), 6)


def decode(body: bytes) -> Edition:
    """Return the edition that `encode` wrote."""
    return _EDITION.validate_json(zlib.decompress(body))


def publish(gathering_id: int, edition: Edition, *, formed: bool, seconds: float, reviewed: bool = False) -> Published:
    """Store an edition under the next number and journal it."""
    before = last_number(gathering_id)
    told = [event for event in edition.events if event.position == edition.position]
    act = EditionPublished(
        number=before + 1,
        position=edition.position,
        formed=formed,
        previous=before,
        reviewed=reviewed,
        born=tuple(event.theme_id for event in told if event.what == "born"),
        ended=tuple(event.theme_id for event in told if event.what == "ended"),
    )
    made_at = journal.now()
    row = EditionRow(
        gathering_id=gathering_id,
        number=act.number,
        position=edition.position,
        formed=formed,
        body=encode(edition),
        made_at=made_at,
        seconds=seconds,
    )
    journal.append(
        act,
        gathering_id=gathering_id,
        operation_id=str(uuid.uuid4()),
        at=made_at,
        along=lambda: _store(row),
    )
    return Published(number=act.number, formed=formed, made_at=made_at, seconds=seconds, edition=edition)


def _store(row: EditionRow) -> None:
    """Store an edition and throw away the old ones that nobody needs: a signed report keeps its own."""
    signed = select(Gathering.final_position).where(Gathering.id == row.gathering_id).scalar_subquery()
    db.session.add(row)
    db.session.execute(
        delete(EditionRow)
        .where(
            EditionRow.gathering_id == row.gathering_id,
            EditionRow.formed.is_(False),
            EditionRow.number <= row.number - KEPT,
            EditionRow.number.not_in(_held(row.gathering_id)),
            EditionRow.position != signed,
        )
        .execution_options(synchronize_session=False)
    )


def _held(gathering_id: int) -> list[int]:
    """Return the editions that somebody keeps under their eyes, or speaks from: they are not thrown away."""
    query = select(Entry.payload).where(Entry.gathering_id == gathering_id, Entry.name.in_(HOLDING))
    return sorted({int(payload["edition"]) for payload in db.session.scalars(query)})


def exists(gathering_id: int, number: int) -> bool:
    """Say whether there is an edition of this number."""
    query = select(EditionRow.number).where(EditionRow.gathering_id == gathering_id, EditionRow.number == number)
    return db.session.execute(query).scalar_one_or_none() is not None


def last_number(gathering_id: int) -> int:
    """Return the number of the last edition; 0 before any."""
    query = select(func.max(EditionRow.number)).where(EditionRow.gathering_id == gathering_id)
    return db.session.execute(query).scalar_one() or 0


def read(gathering_id: int, number: int | None = None) -> Published:
    """Return an edition, the last one by default.

    Raises:
        NoEdition: there is none yet, or it was thrown away.
    """
    wanted = number or last_number(gathering_id)
    row = db.session.get(EditionRow, (gathering_id, wanted))
    if row is None:
        raise NoEdition
    return Published(
        number=row.number,
        formed=row.formed,
        made_at=row.made_at,
        seconds=row.seconds,
        edition=_decoded(row.body),
    )


@lru_cache(maxsize=4)
def _decoded(body: bytes) -> Edition:
    return decode(body)


@journal.projects(NoteErased)
def _forget(gathering_id: int, written: Written) -> None:
    """Take an erased note out of every edition that was made of it."""
    for row in db.session.scalars(select(EditionRow).where(EditionRow.gathering_id == gathering_id)):
        row.body = encode(without(decode(row.body), written.act.note_id))
