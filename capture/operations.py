"""The permanent vocabulary: every act of a person is one of these frozen dataclasses, stored for years.

Pure. A name, once released, is never reused; fields are only added, with a default; an unknown field is an error.
If an act cannot change under that rule, it gets a new name. `synthesis` adds its own acts with the same decorator.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar, dataclass_transform

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from capture.errors import InvalidOperation, UnknownOperation

Act = TypeVar("Act")


@with_config(ConfigDict(extra="forbid"))
@dataclasses.dataclass(frozen=True, kw_only=True)
class SessionPlan:
    """A session as the programme plans it."""

    key: str
    title: str
    kind: str = "workshop"
    day: str = ""
    start: str = ""
    end: str = ""
    room: str = ""
    theme_of_day: str = ""
    takes_notes: bool = True
    questions: tuple[str, ...] = ()
    order: int = 0
    expected_rapporteurs: int = 0
    """0 when the programme does not say."""


@with_config(ConfigDict(extra="forbid"))
@dataclasses.dataclass(frozen=True, kw_only=True)
class KindPlan:
    """A kind of note that a gathering adds to the three that every gathering has."""

    key: str
    label: str


@with_config(ConfigDict(extra="forbid"))
@dataclasses.dataclass(frozen=True, kw_only=True)
class ActorPlan:
    """An organisation on the organiser's list."""

    name: str
    acronym: str = ""
    family: str = ""
    aliases: tuple[str, ...] = ()


VOCABULARY: dict[str, type[Any]] = {}
"""Every act by its name, in the order the names were given."""

_NAMES: dict[type[Any], str] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def operation(name: str) -> Callable[[type[Act]], type[Act]]:
    """Give an act its permanent name: a noun, a dot, a past participle.

    Raises:
        ValueError: the name is taken.
    """

    def name_it(cls: type[Act]) -> type[Act]:
        if name in VOCABULARY:
            message = f"the operation name {name!r} is taken by {VOCABULARY[name].__name__}"
            raise ValueError(message)
        strict = with_config(ConfigDict(extra="forbid"))(dataclasses.dataclass(frozen=True, kw_only=True)(cls))
        VOCABULARY[name] = strict
        _NAMES[strict] = name
        return strict

    return name_it


def name_of(act: object) -> str:
    """Return the permanent name of an act."""
    return _NAMES[type(act)]


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(VOCABULARY[name])


def parse(name: str, payload: Mapping[str, Any]) -> Any:
    """Turn a name and a JSON object into an act.

    Raises:
        UnknownOperation: no act has this name.
        InvalidOperation: a field is missing, unknown, or not of its type; the field is named.
    """
    if name not in VOCABULARY:
        raise UnknownOperation(name=name)
    try:
        return _adapter(name).validate_python(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidOperation(name=name, field=where, reason=first["msg"]) from error


def dump(act: object) -> dict[str, Any]:
    """Turn an act into the JSON object that `parse` reads back."""
    body: dict[str, Any] = _adapter(name_of(act)).dump_python(act, mode="json")
    return body


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of an act's payload."""
    return _adapter(name).json_schema()


@operation("programme.imported")
class ProgrammeImported:
    """The organiser confirmed a programme: what it adds, changes and withdraws, session by session."""

    title: str
    sessions: tuple[SessionPlan, ...]
    """Every session that is new or changed, whole."""
    withdrawn: tuple[str, ...] = ()
    """Keys of the sessions that are no longer in the programme; their notes stay."""
    place: str = ""
    source: str = ""
    """The name of the file it came from."""
    kinds: tuple[KindPlan, ...] = ()
    """Kinds of notes to add; a kind once added is never withdrawn, because notes may hold it."""
    timezone: str = ""
    """An IANA name; empty when it stays as it is."""


@operation("session.opened")
class SessionOpened:
    """Notes may be written here."""

    key: str


@operation("session.closed")
class SessionClosed:
    """No more notes here, until it is opened again."""

    key: str


@operation("seat.opened")
class SeatOpened:
    """A join link exists. The link itself is signed, never stored."""

    seat_id: str
    role: str
    sessions: tuple[str, ...] = ()
    label: str = ""
    expires_at: int = 0


@operation("seat.revoked")
class SeatRevokedByOrganiser:
    """A join link stops working, at once, for everyone who holds it."""

    seat_id: str


@operation("actors.listed")
class ActorsListed:
    """The organiser gave the list of organisations: it replaces the one before."""

    actors: tuple[ActorPlan, ...]


@operation("note.written")
class NoteWritten:
    """One statement by a rapporteur."""

    note_id: str
    session: str
    kind: str
    text: str
    actors: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


@operation("note.edited")
class NoteEdited:
    """A new wording. `base` names the revision being edited: a stale base keeps both wordings."""

    note_id: str
    base: int
    text: str
    kind: str
    actors: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()


@operation("note.removed")
class NoteRemovedByHand:
    """The note is set aside; its words stay until they are erased, so that it can come back."""

    note_id: str


@operation("note.restored")
class NoteRestored:
    """A removed note comes back as it was."""

    note_id: str


@operation("note.settled")
class NoteSettled:
    """Of two wordings written apart, this revision is the one that stands."""

    note_id: str
    revision: int


@operation("report.finalised")
class ReportFinalised:
    """Somebody signs the report at a position."""

    position: int
    validated_by: str


@operation("report.reopened")
class ReportReopened:
    """The report is provisional again."""


@operation("note.erased")
class NoteErased:
    """The note's words are gone from the journal and from everything made of them; this proof stays."""

    note_id: str
    reason: str = ""
