"""The gathering and its programme: create, import, open and close, list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from capture import journal, seats
from capture.db import db
from capture.errors import NotFound, ProgrammeChanged, ReportFinal
from capture.models import Entry, Gathering, Session
from capture.operations import (
    ActorsListed,
    KindPlan,
    ProgrammeImported,
    ReportFinalised,
    ReportReopened,
    SessionClosed,
    SessionOpened,
    SessionPlan,
)
from capture.seats import Holder
from capture.state import SessionState, State, Written, apply

KINDS: tuple[dict[str, Any], ...] = (
    {"key": "lever", "label": "Levier", "sign": "▲", "typed": ["+", "l:"]},
    {"key": "obstacle", "label": "Frein", "sign": "■", "typed": ["-", "f:"]},
    {"key": "condition", "label": "Condition de réussite", "sign": "◆", "typed": ["!", "c:"]},
)
"""What every gathering starts with; a gathering may add its own."""


def create(
    *, slug: str, title: str, place: str = "", timezone: str = "Europe/Paris", language: str = "fr"
) -> Gathering:
    """Make a gathering with an empty journal, or return the one that has this slug."""
    existing = db.session.scalars(select(Gathering).where(Gathering.slug == slug)).one_or_none()
    if existing is not None:
        return existing
    gathering = Gathering(
        slug=slug,
        title=title,
        place=place,
        timezone=timezone,
        language=language,
        kinds=[dict(kind) for kind in KINDS],
        actors=[],
    )
    db.session.add(gathering)
    db.session.commit()
    return gathering


def import_programme(
    act: ProgrammeImported,
    *,
    gathering_id: int,
    operation_id: str,
    author: str = "",
    seen_position: int | None = None,
) -> journal.Receipt:
    """Bring a programme's differences in.

    Args:
        act: the sessions to add or change, whole, and the keys to withdraw.
        seen_position: the last programme position the person saw; None when nobody looked.

    Raises:
        ProgrammeChanged: somebody imported another one since.
    """

    def refuse() -> None:
        if seen_position is not None and seen_position != programme_position(gathering_id):
            raise ProgrammeChanged

    return journal.append(act, gathering_id=gathering_id, operation_id=operation_id, author=author, refuse=refuse)


def programme_position(gathering_id: int) -> int:
    """Return the position of the last programme import; 0 before any."""
    query = (
        select(Entry.position)
        .where(Entry.gathering_id == gathering_id, Entry.name == "programme.imported")
        .order_by(Entry.position.desc())
        .limit(1)
    )
    return db.session.scalars(query).one_or_none() or 0


def turn(
    act: SessionOpened | SessionClosed, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Open or close a session to notes."""

    def refuse() -> None:
        seats.access_role(by, "organiser")
        if db.session.get(Session, (by.gathering_id, act.key)) is None:
            raise NotFound

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def list_actors(act: ActorsListed, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Replace the organiser's list of organisations."""
    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=lambda: _organiser_only(by))


def sign_report(
    act: ReportFinalised | ReportReopened, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Sign the report at a position, or make it provisional again.

    Raises:
        ReportFinal: it is signed already.
    """

    def refuse() -> None:
        _organiser_only(by)
        gathering = db.session.get_one(Gathering, by.gathering_id)
        if isinstance(act, ReportFinalised) and gathering.final_position:
            raise ReportFinal

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def every_session(gathering_id: int) -> list[Session]:
    """Return the sessions in programme order, withdrawn ones last."""
    rows = db.session.scalars(select(Session).where(Session.gathering_id == gathering_id))
    return sorted(rows, key=lambda row: (row.withdrawn, row.day, row.start, row.order, row.key))


def every_workshop(gathering_id: int) -> list[Session]:
    """Return the sessions that take notes, in programme order."""
    return [row for row in every_session(gathering_id) if row.takes_notes and not row.withdrawn]


def session_state(row: Session) -> SessionState:
    """Return a row as the value it stores."""
    plan = SessionPlan(
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
        order=row.order,
        expected_rapporteurs=row.expected_rapporteurs,
    )
    return SessionState(plan=plan, open=row.open, withdrawn=row.withdrawn)


def _organiser_only(by: Holder) -> None:
    seats.access_role(by, "organiser")


@journal.projects(ProgrammeImported, SessionOpened, SessionClosed)
def _project_sessions(gathering_id: int, written: Written) -> None:
    rows = db.session.scalars(select(Session).where(Session.gathering_id == gathering_id))
    before = {row.key: session_state(row) for row in rows}
    after = apply(State(sessions=before), written)
    for key, session in after.sessions.items():
        if session != before.get(key):
            db.session.merge(_session_row(gathering_id, session))
    if isinstance(written.act, ProgrammeImported):
        gathering = db.session.get_one(Gathering, gathering_id)
        gathering.title, gathering.place = after.title, after.place
        gathering.timezone = written.act.timezone or gathering.timezone
        gathering.kinds = [*gathering.kinds, *_new_kinds(gathering.kinds, written.act.kinds)]


def _new_kinds(known: list[dict[str, Any]], added: tuple[KindPlan, ...]) -> list[dict[str, Any]]:
    """Return the kinds that are not known yet, as a gathering stores them: the neutral sign, nothing to type."""
    keys = {kind["key"] for kind in known}
    return [{"key": kind.key, "label": kind.label, "sign": "●", "typed": []} for kind in added if kind.key not in keys]


@journal.projects(ActorsListed, ReportFinalised, ReportReopened)
def _project_gathering(gathering_id: int, written: Written) -> None:
    gathering = db.session.get_one(Gathering, gathering_id)
    after = apply(State(final_position=gathering.final_position, validated_by=gathering.validated_by), written)
    gathering.final_position, gathering.validated_by = after.final_position, after.validated_by
    if isinstance(written.act, ActorsListed):
        gathering.actors = [
            {"name": actor.name, "acronym": actor.acronym, "family": actor.family, "aliases": list(actor.aliases)}
            for actor in written.act.actors
        ]


def _session_row(gathering_id: int, session: SessionState) -> Session:
    plan = session.plan
    return Session(
        gathering_id=gathering_id,
        key=plan.key,
        title=plan.title,
        kind=plan.kind,
        day=plan.day,
        start=plan.start,
        end=plan.end,
        room=plan.room,
        theme_of_day=plan.theme_of_day,
        takes_notes=plan.takes_notes,
        questions=list(plan.questions),
        order=plan.order,
        expected_rapporteurs=plan.expected_rapporteurs,
        open=session.open,
        withdrawn=session.withdrawn,
    )
