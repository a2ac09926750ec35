"""One append-only journal per gathering: take the next position, append once, read after, redact.

The position is a counter, not an auto-increment id: its update is the first statement of the transaction, so that
writers queue on one row and positions are gapless and in commit order. With an auto-increment id, a live reader on
PostgreSQL would lose the note of a slower transaction for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import func, insert, select

from capture import operations, positions
from capture.db import Base, db
from capture.errors import OperationReused
from capture.models import Entry, Gathering
from capture.state import Written

Change = Callable[[int, Written], None]
"""What an act does to the tables: called with the gathering's id, inside the transaction that journals it."""

Refuse = Callable[[], None]
"""Raises a Refusal if an act may not be done; called while nobody else can write."""

_PROJECTIONS: dict[type[Any], list[Change]] = {}

AFTER_COMMIT: list[Callable[[int], None]] = []
"""Called with the gathering's id once a write is durable; `live` listens here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """The proof that an operation is stored: only this turns a note's mark to « reçue »."""

    operation_id: str
    position: int
    outcome: Literal["done", "replayed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of the journal before it is in the database; see `models.Entry`."""

    gathering_id: int
    position: int
    operation_id: str
    name: str
    payload: dict[str, Any]
    author: str
    at: int
    device_at: int | None

    def row(self) -> dict[str, Any]:
        """Return what the database stores."""
        return {field: getattr(self, field) for field in self.__slots__}


class Sharing(Protocol):
    """A transaction that several acts share; see `together`."""

    gathering_id: int
    head: int

    def add(self, model: type[Base], row: dict[str, Any]) -> None:
        """Keep a row for the end of the transaction, or for whoever must read it before."""

    def replayed(self, operation_id: str, name: str, payload: dict[str, Any]) -> Receipt | None:
        """Return the receipt of an act that is stored already; if it is new, nobody else writes from now on."""

    def store(self, act: Any, line: Line, along: Callable[[], None] | None) -> None:
        """Store an act at the next position."""


SHARED: ContextVar[Sharing | None] = ContextVar("shared", default=None)


def projects(*kinds: type[Any]) -> Callable[[Change], Change]:
    """Say which function brings these acts into the tables; several may, in the order they were given."""

    def register(change: Change) -> Change:
        for kind in kinds:
            _PROJECTIONS.setdefault(kind, []).append(change)
        return change

    return register


def append(
    act: Any,
    *,
    gathering_id: int,
    operation_id: str,
    author: str = "",
    device_at: int | None = None,
    at: int | None = None,
    refuse: Callable[[], None] | None = None,
    along: Callable[[], None] | None = None,
) -> Receipt:
    """Store an act at the next position, once, and bring it into the tables, in one transaction.

    Args:
        act: an act of the vocabulary.
        gathering_id: whose journal.
        operation_id: made by whoever acts; the same id again returns the first receipt and changes nothing.
        author: the seat and device that act.
        device_at: the device's clock, in milliseconds; kept, never trusted.
        at: when it happened, in milliseconds; the server's clock unless a simulation says otherwise.
        refuse: raises a Refusal if the act may not be done; called while nobody else can write.
        along: stores what belongs to the act in the same transaction.

    Raises:
        OperationReused: the id was used for another act.
        Refusal: whatever `refuse` raised; nothing was stored.
    """
    name, payload = operations.name_of(act), operations.dump(act)
    shared = SHARED.get()
    if shared is not None and shared.gathering_id == gathering_id:
        known = shared.replayed(operation_id, name, payload)
        if known is None:
            if refuse is not None:
                refuse()
            line = _line(gathering_id, shared.head + 1, operation_id, name, payload, author, device_at, at)
            shared.store(act, line, along)
        return known or Receipt(operation_id=operation_id, position=shared.head, outcome="done")
    with transaction():
        # A replay is recognised without the lock: devices that come back together do not queue for what is known.
        known = _replayed(gathering_id, operation_id, name, payload)
        if known is not None:
            return known
        position = positions.take(gathering_id)
        # Its twin may have been stored while this one waited for the lock.
        known = _replayed(gathering_id, operation_id, name, payload, keep=True)
        if known is not None:
            return known
        if refuse is not None:
            refuse()
        line = _line(gathering_id, position, operation_id, name, payload, author, device_at, at)
        store(act, line, along)
        commit(gathering_id)
    return Receipt(operation_id=operation_id, position=position, outcome="done")


def _line(
    gathering_id: int,
    position: int,
    operation_id: str,
    name: str,
    payload: dict[str, Any],
    author: str,
    device_at: int | None,
    at: int | None,
) -> Line:
    return Line(
        gathering_id=gathering_id,
        position=position,
        operation_id=operation_id,
        name=name,
        payload=payload,
        author=author,
        at=at if at is not None else now(),
        device_at=device_at,
    )


def store(act: Any, line: Line, along: Callable[[], None] | None = None) -> None:
    """Add an act to the journal and bring it into the tables; the transaction is the caller's."""
    add_row(line.gathering_id, Entry, line.row())
    written = Written(position=line.position, operation_id=line.operation_id, act=act, author=line.author, at=line.at)
    for change in _PROJECTIONS.get(type(act), ()):
        change(line.gathering_id, written)
    if along is not None:
        along()


def add_row(gathering_id: int, model: type[Base], row: dict[str, Any]) -> None:
    """Add a row that is new for sure: with the others of a shared transaction, else now."""
    shared = SHARED.get()
    if shared is not None and shared.gathering_id == gathering_id:
        shared.add(model, row)
    else:
        db.session.execute(insert(model), [row])


def commit(gathering_id: int) -> None:
    """Make durable what this transaction stored, and tell those who listen."""
    _signal_others(gathering_id)
    db.session.commit()
    for listener in AFTER_COMMIT:
        listener(gathering_id)


def now() -> int:
    """Return the server's clock in milliseconds."""
    return time.time_ns() // 1_000_000


def head(gathering_id: int) -> int:
    """Return the last position taken."""
    return db.session.execute(select(Gathering.journal_head).where(Gathering.id == gathering_id)).scalar_one()


def read(gathering_id: int, *, after: int = 0, until: int | None = None, limit: int = 10_000) -> list[Entry]:
    """Return the entries after a position, in order."""
    query = select(Entry).where(Entry.gathering_id == gathering_id, Entry.position > after)
    if until is not None:
        query = query.where(Entry.position <= until)
    return list(db.session.scalars(query.order_by(Entry.position).limit(limit)))


def operation_ids(gathering_id: int) -> set[str]:
    """Return the id of every operation that is stored."""
    return set(db.session.scalars(select(Entry.operation_id).where(Entry.gathering_id == gathering_id)))


def written(entry: Entry) -> Written:
    """Return a journal row as the act it holds."""
    return Written(
        position=entry.position,
        operation_id=entry.operation_id,
        act=operations.parse(entry.name, entry.payload),
        author=entry.author,
        at=entry.at,
    )


def redact(gathering_id: int, matches: Callable[[Entry], bool], *, fields: tuple[str, ...]) -> int:
    """Blank these payload fields of the entries that match; their positions stay. Return how many were blanked."""
    touched = 0
    for entry in read(gathering_id, limit=1_000_000_000):
        if matches(entry) and any(entry.payload.get(field) for field in fields):
            blanks = {field: type(entry.payload[field])() for field in fields if field in entry.payload}
            entry.payload = {**entry.payload, **blanks}
            touched += 1
    return touched


@contextmanager
def transaction() -> Iterator[None]:
    """Start from nothing and leave nothing: whatever is raised, the session is clean for the next act."""
    db.session.rollback()
    try:
        yield
    except BaseException:
        db.session.rollback()
        raise


def _replayed(
    gathering_id: int, operation_id: str, name: str, payload: dict[str, Any], *, keep: bool = False
) -> Receipt | None:
    """Return the first receipt of an operation that is stored already.

    The transaction is given back, unless `keep` asks for it and the operation is new: on SQLite, one that has read
    may not write after somebody else did.
    """
    before = db.session.scalars(
        select(Entry).where(Entry.gathering_id == gathering_id, Entry.operation_id == operation_id)
    ).one_or_none()
    receipt = None if before is None else replay(before, name, payload)
    if receipt is not None or not keep:
        db.session.rollback()
    return receipt


_TYPED = ("text", "kind", "actors", "territories")
"""What a person chose in an act of words; an edit's base may be known better when it is sent again."""


def replay(before: Entry | Line, name: str, payload: dict[str, Any]) -> Receipt:
    """Return the first receipt of an act that is sent again.

    Raises:
        OperationReused: it is not the same act.
    """
    # A redacted entry no longer holds the words that the device still sends: the name is enough to know it.
    if before.name != name or (before.payload != payload and "text" not in payload):
        raise OperationReused(operation_id=before.operation_id)
    if before.payload.get("text") and any(payload.get(one) != before.payload.get(one) for one in _TYPED):
        raise OperationReused(operation_id=before.operation_id)
    return Receipt(operation_id=before.operation_id, position=before.position, outcome="replayed")


def _signal_others(gathering_id: int) -> None:
    """Tell the other processes to look again; the truth is what they will read, not what we say."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_notify("restitution_journal", str(gathering_id))))
