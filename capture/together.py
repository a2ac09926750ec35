"""Acts that arrive in the same moment are stored by one commit.

The disk is waited for once, and what the acts have in common is looked up once: a room that comes back on line sends
hundreds of notes in a second. An act that is refused stores nothing and leaves the others as they are; nobody is given
a receipt before the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import insert, select

from capture import journal, positions
from capture.db import Base, db
from capture.models import Entry

Fact = TypeVar("Fact")

NEW = "note.written"
"""The act that most are, and that reads nothing which another act of the same moment added."""


@contextmanager
def together(gathering_id: int, operation_ids: Sequence[str], *, note_ids: Sequence[str] = ()) -> Iterator[Shared]:
    """Let the acts of the block be one transaction: when it ends they are all stored, or none is.

    Args:
        gathering_id: whose journal; acts of another are stored by themselves.
        operation_ids: the ids of the acts to come, so that those that are stored already are looked up once.
        note_ids: the notes that they are about.
    """
    with journal.transaction():
        shared = Shared(gathering_id, tuple(operation_ids), tuple(note_ids))
        reset = journal.SHARED.set(shared)
        try:
            yield shared
        finally:
            journal.SHARED.reset(reset)
        shared.end()


class Shared:
    """The transaction of a block."""

    def __init__(self, gathering_id: int, operation_ids: tuple[str, ...], note_ids: tuple[str, ...]) -> None:
        self.gathering_id, self.note_ids = gathering_id, note_ids
        self.facts: dict[Hashable, Any] = {}
        """What was read since the lock was taken: nobody else can have changed it."""
        self._ids = operation_ids
        self._known: dict[str, Entry | journal.Line] = dict(self._look_up())
        self._rows: dict[type[Base], list[dict[str, Any]]] = {}
        self._first = self.head = -1
        """Below 0 until the lock is taken: a batch that is all replays does not queue for it."""

    def replayed(self, operation_id: str, name: str, payload: dict[str, Any]) -> journal.Receipt | None:
        """Return the receipt of an act that is stored already; if it is new, nobody else writes from now on."""
        if name != NEW:
            # Whatever does more than add may read what was added.
            self.flush()
        if operation_id not in self._known and self._first < 0:
            db.session.rollback()
            self._first = self.head = positions.lock(self.gathering_id)
            # Twins may have been stored meanwhile.
            self._known = dict(self._look_up())
        before = self._known.get(operation_id)
        return None if before is None else journal.replay(before, name, payload)

    def store(self, act: Any, line: journal.Line, along: Callable[[], None] | None) -> None:
        """Store an act at the next position."""
        journal.store(act, line, along)
        self.head = line.position
        self._known[line.operation_id] = line

    def add(self, model: type[Base], row: dict[str, Any]) -> None:
        """Keep a row for the end of the transaction, or for whoever must read it before."""
        self._rows.setdefault(model, []).append(row)

    def flush(self) -> None:
        """Send the rows that were kept, all those of a table at once."""
        kept, self._rows = self._rows, {}
        for model, rows in kept.items():
            db.session.execute(insert(model), rows)

    def end(self) -> None:
        """Make it all durable."""
        self.flush()
        if self.head > self._first:
            positions.settle(self.gathering_id, self.head)
            journal.commit(self.gathering_id)

    def _look_up(self) -> dict[str, Entry]:
        query = select(Entry).where(Entry.gathering_id == self.gathering_id, Entry.operation_id.in_(self._ids))
        return {entry.operation_id: entry for entry in db.session.scalars(query)}


def known_once(gathering_id: int, key: Hashable, read: Callable[[Sequence[str]], Fact]) -> Fact | None:
    """Return a fact that a shared transaction reads only once; None where nothing is shared.

    `read` is given the ids of the notes that the acts are about.
    """
    shared = journal.SHARED.get()
    if not isinstance(shared, Shared) or shared.gathering_id != gathering_id:
        return None
    if key not in shared.facts:
        shared.facts[key] = read(shared.note_ids)
    found: Fact = shared.facts[key]
    return found
