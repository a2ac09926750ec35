"""Between a programme file and the journal: what is planned, what a file would change, the act that does it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select

from capture import journal, previews, schedule, seats
from capture.db import db
from capture.errors import InvalidOperation
from capture.models import Entry, Gathering, Note, Session
from capture.operations import KindPlan, ProgrammeImported, SessionPlan
from capture.programme import Difference, PlannedSession, Programme, difference
from capture.programme.assembly import LONGEST
from capture.programme.plan import slug
from capture.seats import Holder

_PROGRAMME = TypeAdapter(Programme)


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What a file would change, as a person reads it before it is done."""

    read: Programme
    source: str
    """The name of the file."""
    seen_position: int
    """The programme that was there when it was compared."""
    operation_id: str
    """Made with the preview: confirming twice does it once."""
    difference: Difference
    kinds: tuple[KindPlan, ...]
    """Kinds of notes that the gathering does not have yet."""
    held: dict[str, int]
    """How many notes each session holds, under its key: they stay, whatever the programme says."""
    returning: frozenset[str]
    """Keys of added sessions that had been withdrawn."""

    @property
    def empty(self) -> bool:
        """Whether confirming would change nothing."""
        return self.difference.empty and not self.kinds


def planned(gathering_id: int) -> Programme:
    """Return the programme as it stands, without the sessions that were withdrawn."""
    gathering = db.session.get_one(Gathering, gathering_id)
    imported = schedule.programme_position(gathering_id) > 0
    return Programme(
        title=gathering.title if imported else "",
        place=gathering.place,
        timezone=gathering.timezone,
        language=gathering.language,
        sessions=tuple(
            PlannedSession(
                key=row.key,
                title=row.title,
                kind=row.kind,
                day=row.day,
                start=row.start,
                end=row.end,
                room=row.room,
                theme_of_day=row.theme_of_day,
                takes_notes=row.takes_notes,
                questions=tuple(row.questions),
                expected_rapporteurs=row.expected_rapporteurs,
            )
            for row in schedule.every_session(gathering_id)
            if not row.withdrawn
        ),
    )


def as_act(found: Difference, read: Programme, *, gathering: Gathering, source: str) -> ProgrammeImported:
    """Return the act that brings these differences in, every session whole; what the file leaves unsaid stays."""
    order = {session.key: index for index, session in enumerate(read.sessions)}
    kept = [*found.added, *(change.after for change in found.changed)]
    return ProgrammeImported(
        title=read.title or gathering.title,
        place=read.place or gathering.place,
        source=source,
        sessions=tuple(_plan(session, order.get(session.key, 0)) for session in kept),
        withdrawn=tuple(session.key for session in found.withdrawn),
        kinds=new_kinds(read, gathering.kinds),
        timezone=read.timezone if read.timezone != gathering.timezone else "",
    )


def new_kinds(read: Programme, known: list[dict[str, Any]]) -> tuple[KindPlan, ...]:
    """Return the kinds of notes that a programme adds; one that is known by its key or its word is not added again."""
    names = {slug(kind[part]) for kind in known for part in ("key", "label")}
    return tuple(
        KindPlan(key=kind.key, label=kind.label)
        for kind in read.kinds
        if not {slug(kind.key), slug(kind.label)} & names
    )


def preview(gathering_id: int, read: Programme, *, source: str) -> Preview:
    """Compare a programme with the one that stands, and change nothing."""
    gathering = db.session.get_one(Gathering, gathering_id)
    seen_position = schedule.programme_position(gathering_id)
    found = difference(planned(gathering_id), read)
    gone = select(Session.key).where(Session.gathering_id == gathering_id, Session.withdrawn.is_(True))
    added = {session.key for session in found.added}
    return Preview(
        read=read,
        source=source,
        seen_position=seen_position,
        operation_id=str(uuid.uuid4()),
        difference=found,
        kinds=new_kinds(read, gathering.kinds),
        held=_notes_held(gathering_id),
        returning=frozenset(key for key in db.session.scalars(gone) if key in added),
    )


def _notes_held(gathering_id: int) -> dict[str, int]:
    query = (
        select(Note.session, func.count().label("notes"))
        .where(Note.gathering_id == gathering_id, Note.removed.is_(False))
        .group_by(Note.session)
    )
    return {row.session: row.notes for row in db.session.execute(query)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmed:
    """What a confirmation form brought back."""

    read: Programme
    source: str
    seen_position: int
    operation_id: str


def sealed(secret_key: str, shown: Preview, *, slug: str) -> str:
    """Return the preview as the confirmation form brings it back.

    Raises:
        TooLarge: no form would bring it back.
    """
    body = [_PROGRAMME.dump_python(shown.read, mode="json"), shown.source, shown.seen_position, shown.operation_id]
    return previews.seal(secret_key, body, what="programme", slug=slug)


def unsealed(secret_key: str, form: str, *, slug: str) -> Confirmed:
    """Return what a confirmation form brought back.

    Raises:
        PreviewUnreadable: it is not one of our previews of this gathering.
    """
    body, source, seen_position, operation_id = previews.unseal(secret_key, form, what="programme", slug=slug)
    read = _PROGRAMME.validate_python(body)
    return Confirmed(read=read, source=source, seen_position=seen_position, operation_id=operation_id)


def confirm(asked: Confirmed, *, by: Holder) -> journal.Receipt:
    """Bring in what was previewed; a second confirmation of the same preview is the first one again.

    Raises:
        ProgrammeChanged: somebody imported another one since the preview.
    """
    query = select(Entry.position).where(
        Entry.gathering_id == by.gathering_id, Entry.operation_id == asked.operation_id
    )
    done = db.session.scalars(query).one_or_none()
    if done is not None:
        return journal.Receipt(operation_id=asked.operation_id, position=done, outcome="replayed")
    gathering = db.session.get_one(Gathering, by.gathering_id)
    found = difference(planned(by.gathering_id), asked.read)
    return schedule.import_programme(
        as_act(found, asked.read, gathering=gathering, source=asked.source),
        gathering_id=by.gathering_id,
        operation_id=asked.operation_id,
        author=by.author,
        seen_position=asked.seen_position,
    )


def name_gathering(title: str, place: str, *, by: Holder, operation_id: str) -> journal.Receipt:
    """Give the gathering the title and the place that its pages and its report carry; no session changes.

    Raises:
        InvalidOperation: the title is empty, or one of the two is too long.
    """
    title, place = " ".join(title.split()), " ".join(place.split())
    for field, text in (("titre", title), ("lieu", place)):
        if len(text) > LONGEST["title"]:
            reason = f"{len(text)} caractères, au lieu de {LONGEST['title']} au plus"
            raise InvalidOperation(field=field, name="programme.imported", reason=reason)
    if not title:
        raise InvalidOperation(field="titre", name="programme.imported", reason="il est vide")
    seats.access_role(by, "organiser")
    act = ProgrammeImported(title=title, place=place, sessions=())
    return schedule.import_programme(act, gathering_id=by.gathering_id, operation_id=operation_id, author=by.author)


def _plan(session: PlannedSession, order: int) -> SessionPlan:
    return SessionPlan(
        key=session.key,
        title=session.title,
        kind=session.kind,
        day=session.day,
        start=session.start,
        end=session.end,
        room=session.room,
        theme_of_day=session.theme_of_day,
        takes_notes=session.takes_notes,
        questions=session.questions,
        order=order,
        expected_rapporteurs=session.expected_rapporteurs,
    )
