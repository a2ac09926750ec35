"""The rooms as the organiser watches over them: a row per workshop, counted from tables and from its devices."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import func, select

from capture import journal, live, presence, schedule, seats
from capture.db import db
from capture.errors import InvalidOperation, NoEdition
from capture.models import Entry, Gathering, Note, Session
from capture.operations import ReportFinalised, ReportReopened, SessionClosed, SessionOpened
from capture.presence import Devices
from capture.present import moment
from capture.seats import Holder
from capture.text import unreadable_at, visible
from capture.worry import Room, Worry, with_held, worry

NAME_MAX = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One workshop as it stands."""

    session: Session
    notes: int
    last_at: int | None
    devices: Devices
    worry: Worry

    @property
    def calm(self) -> bool:
        """Whether nothing here deserves a look."""
        return not self.worry.level


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """The workshops that run at the same time."""

    day: str
    start: str
    end: str
    rows: tuple[Row, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Keys of those that take notes now."""
        return tuple(row.session.key for row in self.rows if row.session.open)

    @property
    def shut(self) -> tuple[str, ...]:
        """Keys of those that do not."""
        return tuple(row.session.key for row in self.rows if not row.session.open)


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """The rooms in one line; each number counts rows."""

    notes: int
    workshops: int
    written: int
    """Workshops with at least one note."""
    online: int
    """Devices on line in the workshops."""
    held: int
    """Notes that devices announced and that are not here yet."""


def rows(gathering: Gathering, *, now: int, devices: Callable[[str], Devices]) -> tuple[Row, ...]:
    """Return the workshops in programme order; one that was withdrawn stays as long as it holds notes."""
    counts = _counts(gathering.id)
    kept = [
        session
        for session in schedule.every_session(gathering.id)
        if session.takes_notes and (not session.withdrawn or session.key in counts)
    ]
    return tuple(
        _row(session, gathering.timezone, counts.get(session.key), devices(session.key), now) for session in kept
    )


def _counts(gathering_id: int) -> dict[str, tuple[int, int]]:
    """Count the notes that stand, and when the last was first written, by session."""
    query = (
        select(Note.session, func.count(), func.max(Note.at))
        .where(Note.gathering_id == gathering_id, Note.removed.is_(False))
        .group_by(Note.session)
    )
    return {key: (count, last) for key, count, last in db.session.execute(query)}


def _row(session: Session, timezone: str, counted: tuple[int, int] | None, devices: Devices, now: int) -> Row:
    notes, last_at = counted or (0, None)
    room = Room(
        starts_at=moment(session.day, session.start, timezone),
        ends_at=moment(session.day, session.end, timezone),
        open=session.open,
        notes=notes,
        last_at=last_at,
        online=devices.online,
        expected=session.expected_rapporteurs,
    )
    over = room.ends_at is not None and now > room.ends_at
    concern = Worry() if session.withdrawn else worry(room, now=now)
    concern = with_held(concern, held=devices.held, offline=devices.offline, over=over)
    return Row(session=session, notes=notes, last_at=last_at, devices=devices, worry=concern)


def titles(gathering_id: int) -> dict[str, str]:
    """Return the title of each session, withdrawn ones included, by its key."""
    return {session.key: session.title for session in schedule.every_session(gathering_id)}


def watched(gathering: Gathering, *, now: int) -> tuple[Row, ...]:
    """Return the workshops with what their devices last said and the streams they keep open."""
    hub, memory = live.hub(), presence.memory()

    def devices(key: str) -> Devices:
        streams = hub.count(gathering.id, workshop=key)
        return memory.room(gathering.id, key, now=now).with_streams(streams)

    return rows(gathering, now=now, devices=devices)


def slots(found: Iterable[Row]) -> tuple[Slot, ...]:
    """Group rows in programme order by the time they run."""
    grouped = groupby(found, key=lambda row: (row.session.withdrawn, row.session.day, row.session.start))
    held = [tuple(group) for _, group in grouped]
    return tuple(
        Slot(
            day=group[0].session.day,
            start=group[0].session.start,
            end=max(row.session.end for row in group),
            rows=group,
        )
        for group in held
    )


def by_worry(found: Iterable[Row]) -> tuple[Row, ...]:
    """Sort rows, the most worrying first; alike, in programme order."""
    return tuple(sorted(found, key=lambda row: (-row.worry.level, -row.worry.minutes)))


def totals(found: Iterable[Row]) -> Totals:
    """Sum the rows."""
    every = list(found)
    return Totals(
        notes=sum(row.notes for row in every),
        workshops=len(every),
        written=len([row for row in every if row.notes]),
        online=sum(row.devices.online for row in every),
        held=sum(row.devices.held for row in every),
    )


def turn(keys: Iterable[str], *, open_: bool, by: Holder) -> int:
    """Open or close workshops; return how many were not so already.

    Raises:
        NotFound: one of them is not in the programme.
    """
    wanted = SessionOpened if open_ else SessionClosed
    now_so = {session.key for session in schedule.every_session(by.gathering_id) if session.open == open_}
    turned = [key for key in keys if key not in now_so]
    for key in turned:
        schedule.turn(wanted(key=key), by=by, operation_id=str(uuid.uuid4()))
    return len(turned)


def readable_position(gathering_id: int) -> int:
    """Return the position up to which the last synthesis was made: what a reader of the report can have seen.

    0 when none was published.
    """
    query = (
        select(Entry)
        .where(Entry.gathering_id == gathering_id, Entry.name == "edition.published")
        .order_by(Entry.position.desc())
        .limit(1)
    )
    entry = db.session.scalars(query).one_or_none()
    return int(entry.payload["position"]) if entry else 0


def sign(validated_by: str, *, position: int, by: Holder) -> journal.Receipt:
    """Sign the report at the position of the synthesis that was read.

    Raises:
        InvalidOperation: nobody signs.
        NoEdition: there is no synthesis to sign.
        ReportFinal: it is signed already.
    """
    if not visible(validated_by) or unreadable_at(validated_by) is not None:
        raise InvalidOperation(name="report.finalised", field="validated_by", reason=validated_by.strip() or "…")
    if not 0 < position <= readable_position(by.gathering_id):
        raise NoEdition
    act = ReportFinalised(position=position, validated_by=" ".join(validated_by.split())[:NAME_MAX])
    return schedule.sign_report(act, by=by, operation_id=str(uuid.uuid4()))


def reopen(*, by: Holder) -> journal.Receipt:
    """Make the report provisional again."""
    seats.access_role(by, "organiser")
    return schedule.sign_report(ReportReopened(), by=by, operation_id=str(uuid.uuid4()))
