"""Plain makers of real things, with no behaviour of their own."""

from __future__ import annotations

import uuid

from capture import notes, schedule, seats
from capture.journal import Receipt
from capture.models import Gathering
from capture.operations import NoteWritten, ProgrammeImported, SessionPlan
from capture.seats import Holder, Role

LIMIT = 5000


def make_gathering(*keys: str, slug: str = "rencontre") -> Gathering:
    """A gathering whose programme has these workshops, "gouvernance" and "mobilites" by default."""
    gathering = schedule.create(slug=slug, title="Rencontre d’essai", place="Loos")
    plans = tuple(
        SessionPlan(key=key, title=f"Atelier {key}", day="2026-11-26", start="13:45", end="15:15", order=index)
        for index, key in enumerate(keys or ("gouvernance", "mobilites"))
    )
    act = ProgrammeImported(title="Rencontre d’essai", place="Loos", sessions=plans, source="essai.csv")
    schedule.import_programme(act, gathering_id=gathering.id, operation_id=new_id())
    return gathering


def make_holder(gathering: Gathering, role: Role = "rapporteur", *sessions: str, device: str = "d1") -> Holder:
    """A device in a new seat; a rapporteur of "gouvernance" by default."""
    if role == "rapporteur" and not sessions:
        sessions = ("gouvernance",)
    seat_id = seats.open_seat(gathering_id=gathering.id, role=role, sessions=sessions)
    return seats.take(gathering.slug, seat_id, device=device)


def make_note(
    by: Holder, text: str = "Les élu·es laissent la main.", *, note_id: str | None = None, **fields: str
) -> str:
    """A note written by a holder; returns its id."""
    act = NoteWritten(
        note_id=note_id or new_id(),
        session=fields.get("session", by.sessions[0] if by.sessions else "gouvernance"),
        kind=fields.get("kind", "lever"),
        text=text,
    )
    write(act, by)
    return act.note_id


def write(act: NoteWritten, by: Holder, operation_id: str | None = None) -> Receipt:
    """Write a note through its verb."""
    return notes.write(act, by=by, operation_id=operation_id or new_id(), limit=LIMIT)


def new_id() -> str:
    """A new operation id."""
    return str(uuid.uuid4())
