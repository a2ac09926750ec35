"""Between a programme file and the journal: what is planned now, and the act that brings a difference in."""

from __future__ import annotations

from capture import schedule
from capture.db import db
from capture.models import Gathering
from capture.operations import ProgrammeImported, SessionPlan
from capture.programme import Difference, PlannedSession, Programme


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
            )
            for row in schedule.every_session(gathering_id)
            if not row.withdrawn
        ),
    )


def as_act(difference: Difference, read: Programme, *, source: str) -> ProgrammeImported:
    """Return the act that brings these differences in, every session whole."""
    order = {session.key: index for index, session in enumerate(read.sessions)}
    kept = [*difference.added, *(change.after for change in difference.changed)]
    return ProgrammeImported(
        title=read.title,
        place=read.place,
        source=source,
        sessions=tuple(_plan(session, order.get(session.key, 0)) for session in kept),
        withdrawn=tuple(session.key for session in difference.withdrawn),
    )


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
    )
