"""Screens are live because they tail the journal: a snapshot at position n, then every operation after n.

One pump per process and gathering reads what is new once and hands it to every stream of that process. It looks
again when a write of this process commits, when PostgreSQL says so, and in any case every tenth of a second: the
signal is a convenience, the journal read by cursor is the truth. A stream that cannot keep up is closed; its screen
comes back with the last position it saw.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import psycopg
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from capture import journal
from capture.db import db
from capture.seats import Holder
from capture.sending import Sent, read

BACKLOG = 2_000
"""Operations a stream may lag behind before it is closed."""

POLL_SECONDS = 0.1


@dataclass(eq=False)
class Stream:
    """One open screen."""

    holder: Holder
    workshop: str | None
    cursor: int
    waiting: deque[bytes] = field(default_factory=deque)
    ready: threading.Event = field(default_factory=threading.Event)
    closed: bool = False

    def push(self, sent: Sent) -> None:
        """Queue an operation; close the stream if its seat was revoked, or if its screen does not keep up."""
        if sent.position <= self.cursor or self.closed:
            return
        self.cursor = sent.position
        revoked = sent.name == "seat.revoked" and sent.body["payload"]["seat_id"] == self.holder.seat_id
        event = sent.seen_by(self.holder, self.workshop)
        if event is None and not revoked:
            return
        if event is None or revoked or len(self.waiting) >= BACKLOG:
            self.closed = True
        else:
            self.waiting.append(event)
        self.ready.set()


class Hub:
    """The streams of one process, and the pumps that feed them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._lock = threading.Lock()
        self._streams: dict[int, set[Stream]] = {}
        self._joining: dict[int, list[Stream]] = {}
        self._wake: dict[int, threading.Event] = {}
        self._pumps: list[threading.Thread] = []
        self._hearing = False
        self._stopped = False

    def count(self, gathering_id: int, *, workshop: str | None = None) -> int:
        """Return how many streams of this process are open, on one workshop or in all."""
        with self._lock:
            streams = list(self._streams.get(gathering_id, ()))
        return len([stream for stream in streams if workshop is None or stream.workshop == workshop])

    def wake(self, gathering_id: int) -> None:
        """Look again now."""
        event = self._wake.get(gathering_id)
        if event is not None:
            event.set()

    def join(self, stream: Stream) -> None:
        """Let a stream in. Only the pump feeds it, from the stream's own cursor, so nothing is lost or sent twice."""
        gathering_id = stream.holder.gathering_id
        with self._lock:
            self._joining.setdefault(gathering_id, []).append(stream)
            if gathering_id not in self._wake:
                self._wake[gathering_id] = threading.Event()
                self._begin(self._pump, gathering_id)
        self._listen()
        self.wake(gathering_id)

    def leave(self, stream: Stream) -> None:
        """Drop a stream; the pump stops by itself when it was the last."""
        stream.closed = True
        with self._lock:
            self._streams.get(stream.holder.gathering_id, set()).discard(stream)

    def _pump(self, gathering_id: int) -> None:
        wake = self._wake[gathering_id]
        tail: deque[Sent] = deque(maxlen=BACKLOG)
        cursor = -1
        while True:
            with self._lock:
                joining = self._joining.pop(gathering_id, [])
                streams = self._streams.setdefault(gathering_id, set())
                streams.update(stream for stream in joining if not stream.closed)
                if not streams:
                    del self._streams[gathering_id], self._wake[gathering_id]
                    return
                current = list(streams)
            lowest = min(stream.cursor for stream in joining) if joining else cursor
            if cursor < 0 or (joining and lowest < cursor and (not tail or tail[0].position > lowest + 1)):
                # A screen comes back from further than we remember: read again from where it was.
                cursor = lowest
                tail.clear()
            for sent in tail:
                for stream in joining:
                    stream.push(sent)
            batch = self._look(gathering_id, cursor)
            for sent in batch:
                cursor = sent.position
                tail.append(sent)
                for stream in current:
                    stream.push(sent)
            if not batch:
                wake.wait(POLL_SECONDS)
                wake.clear()

    def _look(self, gathering_id: int, cursor: int) -> list[Sent]:
        with self.app.app_context():
            try:
                return read(gathering_id, after=cursor)
            except SQLAlchemyError:
                # The database is away for a moment: say so, keep the screens, look again.
                self.app.logger.exception("the journal could not be read; looking again")
                time.sleep(1)
                return []

    def stop(self) -> None:
        """Close every stream and end the threads: what a test does, and a process that goes away."""
        self._stopped = True
        with self._lock:
            streams = [stream for group in self._streams.values() for stream in group]
        for stream in streams:
            stream.closed = True
            stream.ready.set()
            self.leave(stream)
        for thread in self._pumps:
            thread.join(5)

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name=work.__name__, daemon=True)
        self._pumps.append(thread)
        thread.start()

    def _listen(self) -> None:
        """Hear PostgreSQL's signal, so that a write of another process is looked at without waiting for the poll."""
        with self.app.app_context():
            if self._hearing or db.engine.dialect.name != "postgresql":
                return
            address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._hearing = True
        self._begin(self._hear, address)

    def _hear(self, address: str) -> None:
        while not self._stopped:
            # A server that goes away is waited for; the polling goes on meanwhile.
            with (
                contextlib.suppress(psycopg.OperationalError),
                psycopg.connect(address, autocommit=True) as connection,
            ):
                connection.execute("LISTEN restitution_journal")
                while not self._stopped:
                    for notice in connection.notifies(timeout=1):
                        self.wake(int(notice.payload))
            time.sleep(0 if self._stopped else 1)


def hub() -> Hub:
    """Return this process's hub."""
    found: Hub = current_app.extensions["restitution_live"]
    return found


def events(hub: Hub, stream: Stream, heartbeat: float) -> Iterator[bytes]:
    """Yield what was missed, then what comes, with a sign of life and who is here in between.

    A comment opens the stream, so that a proxy that buffers is noticed at once.
    """
    hub.join(stream)
    try:
        yield b"retry: 1000\n: open\n\n"
        while not stream.closed:
            while stream.waiting:
                yield stream.waiting.popleft()
            stream.ready.clear()
            if not stream.waiting and not stream.ready.wait(heartbeat):
                here = hub.count(stream.holder.gathering_id, workshop=stream.workshop)
                yield f'event: presence\ndata: {{"here":{here}}}\n\n'.encode()
    finally:
        hub.leave(stream)


def install(app: Flask) -> None:
    """Give the application its hub, and let commits of this process wake it."""
    app.extensions["restitution_live"] = Hub(app)


def _wake_this_process(gathering_id: int) -> None:
    hub().wake(gathering_id)


journal.AFTER_COMMIT.append(_wake_this_process)
