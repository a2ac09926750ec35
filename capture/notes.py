"""What a rapporteur does with a note: write, edit, remove, restore, settle. Each verb refuses first, then journals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from capture import journal, seats
from capture.db import db
from capture.errors import (
    NoteRemoved,
    NotFound,
    OperationReused,
    TextEmpty,
    TextTooLong,
    TextUnreadable,
    UnknownKind,
    WorkshopClosed,
)
from capture.models import Gathering, Note, Rival
from capture.operations import (
    NoteEdited,
    NoteErased,
    NoteRemovedByHand,
    NoteRestored,
    NoteSettled,
    NoteWritten,
)
from capture.seats import Holder
from capture.state import NoteState, Wording, Written, note_after
from capture.text import unreadable_at, visible
from capture.together import known_once


def write(
    act: NoteWritten, *, by: Holder, operation_id: str, device_at: int | None = None, limit: int
) -> journal.Receipt:
    """Store a new note.

    Raises:
        TextEmpty, TextTooLong, TextUnreadable, UnknownKind: the note itself cannot be kept.
        NotFound, NotYourSeat, WorkshopClosed: not here, or not now.
    """

    def refuse() -> None:
        _refuse_text(act.text, limit)
        _refuse_kind(by.gathering_id, act.kind)
        _refuse_closed(by, act.session)
        if _exists(by.gathering_id, act.note_id):
            raise OperationReused(operation_id=act.note_id)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def edit(
    act: NoteEdited, *, by: Holder, operation_id: str, device_at: int | None = None, limit: int
) -> journal.Receipt:
    """Store a new wording; if it was made from an older revision, it waits beside the one that stands.

    Raises:
        NoteRemoved: the note was deleted in the meantime; the device keeps the wording.
    """

    def refuse() -> None:
        _refuse_text(act.text, limit)
        _refuse_kind(by.gathering_id, act.kind)
        note = _access(by, act.note_id)
        if note.removed:
            raise NoteRemoved

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def turn(
    act: NoteRemovedByHand | NoteRestored | NoteSettled,
    *,
    by: Holder,
    operation_id: str,
    device_at: int | None = None,
) -> journal.Receipt:
    """Remove a note, bring it back, or choose between its wordings."""

    def refuse() -> None:
        _access(by, act.note_id)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def erase(act: NoteErased, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Take a note's words out of the tables and out of the journal; positions stay, and so does this proof.

    Only an organiser erases; a rapporteur removes.
    """

    def refuse() -> None:
        seats.access_role(by, "organiser")
        _access(by, act.note_id)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def _exists(gathering_id: int, note_id: str) -> bool:
    foreseen = _foreseen(gathering_id)
    return foreseen[note_id] if note_id in foreseen else _existing(gathering_id, [note_id])[note_id]


def _foreseen(gathering_id: int) -> dict[str, bool]:
    """Return which of the notes that a shared transaction is about are stored; empty where nothing is shared."""
    found = known_once(gathering_id, "notes", lambda about: _existing(gathering_id, about))
    return {} if found is None else found


def _existing(gathering_id: int, note_ids: Sequence[str]) -> dict[str, bool]:
    query = select(Note.id).where(Note.gathering_id == gathering_id, Note.id.in_(note_ids))
    found = set(db.session.scalars(query))
    return {note_id: note_id in found for note_id in note_ids}


def _refuse_text(text: str, limit: int) -> None:
    at = unreadable_at(text)
    if at is not None:
        raise TextUnreadable(at=at + 1)
    if not visible(text):
        raise TextEmpty
    if len(text) > limit:
        raise TextTooLong(length=len(text), limit=limit)


def _refuse_kind(gathering_id: int, kind: str) -> None:
    kinds = known_once(gathering_id, "kinds", lambda _about: _kinds(gathering_id)) or _kinds(gathering_id)
    known = [item["key"] for item in kinds]
    if kind not in known:
        raise UnknownKind(kind=kind, kinds=", ".join(item["label"] for item in kinds))


def _kinds(gathering_id: int) -> list[dict[str, str]]:
    return list(db.session.execute(select(Gathering.kinds).where(Gathering.id == gathering_id)).scalar_one())


def _refuse_closed(by: Holder, key: str) -> None:
    # Asked once for all the notes of one transaction that come from one seat.
    fact = ("may write in", by.seat_id, key)
    shared = known_once(by.gathering_id, fact, lambda _about: seats.access_workshop(by, key))
    workshop = shared or seats.access_workshop(by, key)
    if not workshop.open or workshop.withdrawn:
        raise WorkshopClosed(title=workshop.title)


def _access(by: Holder, note_id: str) -> Note:
    note = db.session.get(Note, (by.gathering_id, note_id))
    if note is None:
        raise NotFound
    seats.access_workshop(by, note.session)
    return note


@journal.projects(NoteWritten, NoteEdited, NoteRemovedByHand, NoteRestored, NoteSettled, NoteErased)
def _project(gathering_id: int, written: Written) -> None:
    if isinstance(written.act, NoteWritten):
        # Its verb has seen that there is none: nothing to look up, nothing to merge with.
        first = note_after(None, written)
        if first is not None:
            journal.add_row(gathering_id, Note, _values(gathering_id, first))
        _foreseen(gathering_id)[written.act.note_id] = True
        return
    row = db.session.get(Note, (gathering_id, written.act.note_id))
    before = note_state(row, _rivals(gathering_id, [row.id])) if row else None
    after = note_after(before, written)
    if isinstance(written.act, NoteErased):
        _erase_words(gathering_id, written.act.note_id)
    if after is None:
        if row is not None:
            db.session.delete(row)
        return
    db.session.merge(Note(**_values(gathering_id, after)))
    for rival in _rivals(gathering_id, [after.id]):
        if rival.revision not in {item.revision for item in after.rivals}:
            db.session.delete(rival)
    known = {item.revision for item in before.rivals} if before else set()
    for item in after.rivals:
        if item.revision not in known:
            db.session.add(_rival_row(gathering_id, after.id, item))


def _erase_words(gathering_id: int, note_id: str) -> None:
    journal.redact(
        gathering_id,
        lambda entry: entry.name.startswith("note.") and entry.payload.get("note_id") == note_id,
        fields=("text", "actors", "territories"),
    )


def _rivals(gathering_id: int, note_ids: Sequence[str]) -> list[Rival]:
    query = select(Rival).where(Rival.gathering_id == gathering_id, Rival.note_id.in_(note_ids))
    return list(db.session.scalars(query.order_by(Rival.note_id, Rival.revision)))


def every_note(gathering_id: int, *, session: str | None = None) -> list[NoteState]:
    """Return the notes as they stand, removed ones included, in the order they were written."""
    query = select(Note).where(Note.gathering_id == gathering_id)
    rivals = select(Rival).where(Rival.gathering_id == gathering_id).order_by(Rival.note_id, Rival.revision)
    if session is not None:
        query = query.where(Note.session == session)
        rivals = rivals.join(Note, (Note.gathering_id == Rival.gathering_id) & (Note.id == Rival.note_id)).where(
            Note.session == session
        )
    waiting: dict[str, list[Rival]] = {}
    for rival in db.session.scalars(rivals):
        waiting.setdefault(rival.note_id, []).append(rival)
    return [note_state(row, waiting.get(row.id, [])) for row in db.session.scalars(query.order_by(Note.position))]


@dataclass(frozen=True, slots=True)
class Marked:
    """What a rapporteur marked in a note."""

    actors: tuple[str, ...]
    territories: tuple[str, ...]


def marked(gathering_id: int) -> list[Marked]:
    """Return what the notes of all the workshops are marked with, in the order they were written.

    A phone that opens its workshop is told the names that others wrote, and nothing else is read for that.
    """
    query = select(Note.actors, Note.territories).where(Note.gathering_id == gathering_id).order_by(Note.position)
    return [Marked(tuple(actors), tuple(territories)) for actors, territories in db.session.execute(query)]


def note_state(row: Note, rivals: Sequence[Rival]) -> NoteState:
    """Return a row and its rivals as the value they store."""
    standing = Wording(
        revision=row.revision,
        kind=row.kind,
        text=row.text,
        actors=tuple(row.actors),
        territories=tuple(row.territories),
        author=row.wording_author,
        at=row.wording_at,
    )
    return NoteState(
        id=row.id,
        session=row.session,
        position=row.position,
        at=row.at,
        author=row.author,
        wording=standing,
        rivals=tuple(
            Wording(
                revision=item.revision,
                kind=item.kind,
                text=item.text,
                actors=tuple(item.actors),
                territories=tuple(item.territories),
                author=item.author,
                at=item.at,
            )
            for item in rivals
        ),
        removed=row.removed,
    )


def _values(gathering_id: int, note: NoteState) -> dict[str, Any]:
    return {
        "gathering_id": gathering_id,
        "id": note.id,
        "session": note.session,
        "kind": note.wording.kind,
        "text": note.wording.text,
        "actors": list(note.wording.actors),
        "territories": list(note.wording.territories),
        "author": note.author,
        "position": note.position,
        "revision": note.wording.revision,
        "at": note.at,
        "wording_author": note.wording.author,
        "wording_at": note.wording.at,
        "removed": note.removed,
    }


def _rival_row(gathering_id: int, note_id: str, item: Wording) -> Rival:
    return Rival(
        gathering_id=gathering_id,
        note_id=note_id,
        revision=item.revision,
        kind=item.kind,
        text=item.text,
        actors=list(item.actors),
        territories=list(item.territories),
        author=item.author,
        at=item.at,
    )
