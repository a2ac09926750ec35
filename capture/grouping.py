"""Requests that arrive in the same moment are performed by one of them, in one transaction, for all.

Without it each waits for its own turn at the lock, its own look-ups and its own wait for the disk: five hundred phones
that send when a session ends would queue for seconds. Whoever comes first leads; the others only wait for their
receipts, and hold no connection meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Flask, current_app

from capture import journal
from capture.db import db
from capture.errors import Refusal
from capture.journal import Receipt
from capture.performing import Asked, perform
from capture.seats import Holder
from capture.together import together

MOST = 400
"""Acts of one transaction: screens and other writers are not to wait for longer than that takes."""

_PHONE = {"note.written", "note.edited", "note.removed", "note.restored", "note.settled"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Performed:
    """What became of a batch: a receipt or a refusal for each act, and the position after."""

    results: tuple[Receipt | Refusal, ...]
    head: int


@dataclass(eq=False)
class Request:
    """A batch that waits for its turn."""

    batch: Sequence[Asked]
    by: Holder
    note_max: int
    performed: Performed | None = None
    failure: Exception | None = None
    leads: bool = False
    ready: threading.Event = field(default_factory=threading.Event)


class Queue:
    """The batches of one process that wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Request] = []
        self._led = False

    def perform(self, request: Request) -> Performed:
        """Perform a batch, alone or with those that came in the same moment.

        Raises:
            Exception: whatever kept it from being stored; nothing was.
        """
        # Whoever waits here keeps no connection from those who write.
        db.session.remove()
        with self._lock:
            self._waiting.append(request)
            request.leads = not self._led
            self._led = True
        if not request.leads:
            request.ready.wait()
        if request.leads:
            self._lead(request)
        if request.failure is not None:
            raise request.failure
        if request.performed is None:
            raise RuntimeError("the process is stopping; nothing of this batch was stored")
        return request.performed

    def _lead(self, own: Request) -> None:
        # Those who arrived in the same moment join.
        time.sleep(0)
        try:
            while own.performed is None and own.failure is None:
                _perform_all(self._take(own.by.gathering_id))
        finally:
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._led = following is not None
            if following is not None:
                following.leads = True
                following.ready.set()

    def _take(self, gathering_id: int) -> list[Request]:
        taken: list[Request] = []
        with self._lock:
            for one in [request for request in self._waiting if request.by.gathering_id == gathering_id]:
                if taken and sum(len(other.batch) for other in [*taken, one]) > MOST:
                    break
                taken.append(one)
            self._waiting = [request for request in self._waiting if request not in taken]
        return taken


def _perform_all(requests: Sequence[Request]) -> None:
    """Perform together; if that fails, each by itself, so that nobody fails for another's sake."""
    try:
        _perform_together(requests)
    except Exception as error:  # noqa: BLE001 - it is raised again, in the request that it belongs to
        db.session.rollback()
        if len(requests) == 1:
            requests[0].failure = error
        else:
            for request in requests:
                _perform_all([request])
    finally:
        for request in requests:
            request.ready.set()


def _perform_together(requests: Sequence[Request]) -> None:
    gathering_id = requests[0].by.gathering_id
    asked = [one for request in requests for one in request.batch]
    notes = [str(one.payload.get("note_id", "")) for one in asked]
    with together(gathering_id, [one.id for one in asked], note_ids=notes) as shared:
        results = [tuple(_perform(one, request) for one in request.batch) for request in requests]
    head = shared.head if shared.head >= 0 else journal.head(gathering_id)
    for request, found in zip(requests, results, strict=True):
        request.performed = Performed(results=found, head=head)


def _perform(asked: Asked, request: Request) -> Receipt | Refusal:
    try:
        return perform(asked, by=request.by, note_max=request.note_max)
    except Refusal as refusal:
        return refusal


def perform_batch(batch: Sequence[Asked], *, by: Holder, note_max: int) -> Performed:
    """Perform operations in order, each with its own receipt or refusal.

    What phones send, notes and nothing else, is stored with what others send in the same moment; anything else by
    itself, act by act.
    """
    request = Request(batch, by, note_max)
    if all(asked.name in _PHONE for asked in batch):
        found: Queue = current_app.extensions["restitution_queue"]
        return found.perform(request)
    results = tuple(_perform(asked, request) for asked in batch)
    return Performed(results=results, head=journal.head(by.gathering_id))


def install(app: Flask) -> None:
    """Give the application its queue."""
    app.extensions["restitution_queue"] = Queue()
