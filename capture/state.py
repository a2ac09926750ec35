"""What the journal says, as one value: the fold of every operation up to a position.

Pure. The tables hold the same state row by row; a test holds the two equal after every act, and a screen that
took a snapshot and followed the stream must end at the same value.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from capture import operations as acts

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """An act where the journal put it."""

    position: int
    operation_id: str
    act: Any
    author: str = ""
    at: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """One version of a note's content."""

    revision: int
    kind: str
    text: str
    actors: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    author: str = ""
    at: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteState:
    """A note as it stands, with the wordings that wait for a choice."""

    id: str
    session: str
    position: int
    at: int
    author: str
    wording: Wording
    rivals: tuple[Wording, ...] = ()
    removed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionState:
    """A session as planned, and whether notes may be written in it."""

    plan: acts.SessionPlan
    open: bool = True
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatState:
    """A seat as the organiser opened it."""

    id: str
    role: str
    sessions: tuple[str, ...] = ()
    label: str = ""
    expires_at: int = 0
    revoked_position: int = 0


@dataclass(frozen=True, kw_only=True)
class State:
    """A gathering at a journal position."""

    position: int = 0
    title: str = ""
    place: str = ""
    sessions: dict[str, SessionState] = field(default_factory=dict)
    seats: dict[str, SeatState] = field(default_factory=dict)
    notes: dict[str, NoteState] = field(default_factory=dict)
    actors: tuple[acts.ActorPlan, ...] = ()
    kinds: tuple[acts.KindPlan, ...] = ()
    """The kinds of notes that the gathering adds to those every gathering has."""
    final_position: int = 0
    validated_by: str = ""


NoteAct = (
    acts.NoteWritten
    | acts.NoteEdited
    | acts.NoteRemovedByHand
    | acts.NoteRestored
    | acts.NoteSettled
    | acts.NoteErased
)


def note_after(note: NoteState | None, written: Written) -> NoteState | None:
    """Return the note after an act on it; None when its words were erased.

    A stale edit never overwrites: the new wording waits as a rival beside the one that stands.
    """
    act = written.act
    if isinstance(act, acts.NoteWritten):
        return NoteState(
            id=act.note_id,
            session=act.session,
            position=written.position,
            at=written.at,
            author=written.author,
            wording=_wording(written),
        )
    if note is None or isinstance(act, acts.NoteErased):
        return None
    if isinstance(act, acts.NoteEdited):
        return _edited(note, act, written)
    if isinstance(act, acts.NoteRemovedByHand):
        return dataclasses.replace(note, removed=True)
    if isinstance(act, acts.NoteRestored):
        return dataclasses.replace(note, removed=False)
    if isinstance(act, acts.NoteSettled):
        return _settled(note, act, written)
    return note


def _wording(written: Written) -> Wording:
    act: acts.NoteWritten | acts.NoteEdited = written.act
    return Wording(
        revision=written.position,
        kind=act.kind,
        text=act.text,
        actors=act.actors,
        territories=act.territories,
        author=written.author,
        at=written.at,
    )


def _edited(note: NoteState, act: acts.NoteEdited, written: Written) -> NoteState:
    if act.base != note.wording.revision:
        return dataclasses.replace(note, rivals=(*note.rivals, _wording(written)))
    return dataclasses.replace(note, wording=_wording(written))


def _settled(note: NoteState, act: acts.NoteSettled, written: Written) -> NoteState:
    chosen = next((rival for rival in note.rivals if rival.revision == act.revision), note.wording)
    # The choice is itself a revision: an edit made before it was known is stale, and will be kept beside.
    return dataclasses.replace(note, wording=dataclasses.replace(chosen, revision=written.position), rivals=())


def apply(state: State, written: Written) -> State:
    """Return the state after one more operation. An act of another vocabulary only moves the position."""
    act = written.act
    after = dataclasses.replace(state, position=written.position)
    if isinstance(act, NoteAct):
        return dataclasses.replace(after, notes=_put(state.notes, act.note_id, note_after(_of(state, act), written)))
    if isinstance(act, acts.ProgrammeImported):
        return dataclasses.replace(
            after,
            title=act.title,
            place=act.place,
            sessions=programme_after(state, act),
            kinds=(*state.kinds, *(kind for kind in act.kinds if kind.key not in {one.key for one in state.kinds})),
        )
    if isinstance(act, acts.SessionOpened | acts.SessionClosed) and act.key in state.sessions:
        turned = dataclasses.replace(state.sessions[act.key], open=isinstance(act, acts.SessionOpened))
        return dataclasses.replace(after, sessions=_put(state.sessions, act.key, turned))
    if isinstance(act, acts.SeatOpened | acts.SeatRevokedByOrganiser):
        return dataclasses.replace(after, seats=_put(state.seats, act.seat_id, seat_after(state, written)))
    if isinstance(act, acts.ActorsListed):
        return dataclasses.replace(after, actors=act.actors)
    if isinstance(act, acts.ReportFinalised):
        return dataclasses.replace(after, final_position=act.position, validated_by=act.validated_by)
    if isinstance(act, acts.ReportReopened):
        return dataclasses.replace(after, final_position=0, validated_by="")
    return after


def fold(journal: Iterable[Written]) -> State:
    """Return the state of a whole journal."""
    state = State()
    for written in journal:
        state = apply(state, written)
    return state


def programme_after(state: State, act: acts.ProgrammeImported) -> dict[str, SessionState]:
    """Return the sessions after an import: what is open stays open, what is withdrawn keeps its notes."""
    sessions = dict(state.sessions)
    for plan in act.sessions:
        before = sessions.get(plan.key)
        sessions[plan.key] = SessionState(plan=plan, open=before.open if before else True)
    for key in act.withdrawn:
        if key in sessions:
            sessions[key] = dataclasses.replace(sessions[key], withdrawn=True)
    return sessions


def seat_after(state: State, written: Written) -> SeatState | None:
    """Return a seat after it was opened or revoked."""
    act = written.act
    if isinstance(act, acts.SeatOpened):
        return SeatState(
            id=act.seat_id, role=act.role, sessions=act.sessions, label=act.label, expires_at=act.expires_at
        )
    seat = state.seats.get(act.seat_id)
    return dataclasses.replace(seat, revoked_position=written.position) if seat else None


def _of(state: State, act: NoteAct) -> NoteState | None:
    return state.notes.get(act.note_id)


def _put(items: dict[str, Item], key: str, value: Item | None) -> dict[str, Item]:
    rest = {name: item for name, item in items.items() if name != key}
    return rest if value is None else {**rest, key: value}
