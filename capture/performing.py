"""Which verb performs which act, and for whom: what the operations door looks up.

`synthesis` adds its own verbs when the application is put together; the door does not know them.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ConfigDict, with_config

from capture import notes, operations, schedule, seats
from capture.errors import InvalidOperation, UnknownOperation
from capture.journal import Receipt
from capture.seats import Holder, Role


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """An operation as a device sent it."""

    id: str
    name: str
    payload: dict[str, Any]
    device_at: int | None = None


Verb = Callable[..., Receipt]

_VERBS: dict[type[Any], tuple[Verb, tuple[Role, ...], bool]] = {}


def performs(*kinds: type[Any], verb: Verb, roles: tuple[Role, ...], measured: bool = False) -> None:
    """Say which verb performs these acts, which roles may ask for it, and whether it takes a length limit."""
    for kind in kinds:
        _VERBS[kind] = (verb, roles, measured)


def perform(asked: Asked, *, by: Holder, note_max: int) -> Receipt:
    """Parse one operation and perform it.

    Raises:
        Refusal: it is not understood, not allowed, or not possible now; nothing was stored.
    """
    try:
        uuid.UUID(asked.id)
    except ValueError as error:
        raise InvalidOperation(name=asked.name, field="id", reason="UUID") from error
    act = operations.parse(asked.name, asked.payload)
    if type(act) not in _VERBS:
        raise UnknownOperation(name=asked.name)
    verb, roles, measured = _VERBS[type(act)]
    seats.access_role(by, *roles)
    extra = {"limit": note_max} if measured else {}
    return verb(act, by=by, operation_id=asked.id, device_at=asked.device_at, **extra)


performs(operations.NoteWritten, verb=notes.write, roles=("rapporteur",), measured=True)
performs(operations.NoteEdited, verb=notes.edit, roles=("rapporteur",), measured=True)
performs(
    operations.NoteRemovedByHand,
    operations.NoteRestored,
    operations.NoteSettled,
    verb=notes.turn,
    roles=("rapporteur",),
)
performs(operations.NoteErased, verb=notes.erase, roles=("organiser",))
performs(operations.SessionOpened, operations.SessionClosed, verb=schedule.turn, roles=("organiser",))
performs(operations.SeatRevokedByOrganiser, verb=seats.revoke, roles=("organiser",))
performs(operations.ActorsListed, verb=schedule.list_actors, roles=("organiser",))
performs(operations.ReportFinalised, operations.ReportReopened, verb=schedule.sign_report, roles=("organiser",))
