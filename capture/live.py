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
import uuid
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flask import Flask, current_app, has_request_context, request
from sqlalchemy.exc import SQLAlchemyError

from capture import journal
from capture.exchange import exchange
from capture.sending import Bundle, Sent, read
from capture.wire import Stream, Wire

__all__ = ["Hub", "Stream", "events", "give", "hub", "install"]

REMEMBERED = 2_000
"""Operations kept for the screens that come back: further than that, the journal is read again."""

POLL_SECONDS = 0.1

TELL_SECONDS = 5.0
FORGOTTEN_SECONDS = 30.0
"""What another web process said of its screens is true for a moment only; then it has gone."""

BREATH = 100
"""Screens served between two looks at who else waits: a note's receipt is not to wait for a thousand screens."""


class Hub:
    """The streams of one process, and the pumps that feed them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._lock = threading.Lock()
        self._streams: dict[int, dict[Stream, None]] = {}
        self._joining: dict[int, list[Stream]] = {}
        self._wake: dict[int, threading.Event] = {}
        self._pumps: list[threading.Thread] = []
        self._elsewhere: dict[str, tuple[float, dict[int, Counter[str | None]]]] = {}
        """What other web processes last said of their screens, and when."""
        self._name = uuid.uuid4().hex
        self._told_at = 0.0
        exchange(app).on("restitution_journal", self.wake)
        exchange(app).on("restitution_screens", self._hear)

    def count(self, gathering_id: int, *, workshop: str | None = None) -> int:
        """Return how many screens follow, on one workshop or in all, whichever web process serves them."""
        counted = self.counts(gathering_id)
        return counted[workshop] if workshop is not None else counted.total()

    def counts(self, gathering_id: int) -> Counter[str | None]:
        """Return how many screens follow, by workshop; None is the whole gathering."""
        now = time.monotonic()
        others = [said for at, said in self._elsewhere.values() if now - at < FORGOTTEN_SECONDS]
        return sum((said.get(gathering_id, Counter()) for said in others), self._here(gathering_id))

    def _here(self, gathering_id: int) -> Counter[str | None]:
        with self._lock:
            return Counter(stream.workshop for stream in self._streams.get(gathering_id, ()))

    def _tell(self, gathering_id: int) -> None:
        """Tell the other web processes, now and then, how many screens follow here."""
        now = time.monotonic()
        if now - self._told_at < TELL_SECONDS:
            return
        self._told_at = now
        with self.app.app_context(), contextlib.suppress(SQLAlchemyError):
            # A database that is away is noticed by whoever reads the journal.
            here = sorted(self._here(gathering_id).items(), key=str)
            exchange(self.app).tell("restitution_screens", [self._name, gathering_id, here])

    def _hear(self, words: Any) -> None:
        name, gathering_id, counted = words
        if name != self._name:
            _, said = self._elsewhere.get(name, (0.0, {}))
            self._elsewhere[name] = time.monotonic(), {**said, gathering_id: Counter(dict(counted))}

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
        exchange(self.app).listen()
        self.wake(gathering_id)

    def leave(self, stream: Stream) -> None:
        """Drop a stream; the pump stops by itself when it was the last."""
        stream.closed = True
        with self._lock:
            self._streams.get(stream.holder.gathering_id, {}).pop(stream, None)

    def _pump(self, gathering_id: int) -> None:
        wake = self._wake[gathering_id]
        tail: deque[Sent] = deque(maxlen=REMEMBERED)
        cursor = -1
        while True:
            with self._lock:
                joining = self._joining.pop(gathering_id, [])
                streams = self._streams.setdefault(gathering_id, {})
                streams.update((stream, None) for stream in joining if not stream.closed)
                if not streams:
                    del self._streams[gathering_id], self._wake[gathering_id]
                    return
                current = list(streams)
            lowest = min(stream.cursor for stream in joining) if joining else cursor
            if cursor < 0 or (joining and lowest < cursor and (not tail or tail[0].position > lowest + 1)):
                # A screen comes back from further than we remember: read again from where it was.
                cursor = lowest
                tail.clear()
            give(joining, [sent for sent in tail if sent.position > lowest] if joining else [])
            batch = self._look(gathering_id, cursor)
            if batch:
                cursor = batch[-1].position
                tail.extend(batch)
                give(current, batch)
            else:
                self._beat(gathering_id, current)
                self._tell(gathering_id)
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

    def _beat(self, gathering_id: int, streams: Iterable[Stream]) -> None:
        """Show the streams that were quiet for long that they live, and who is here."""
        now = time.monotonic()
        quiet = [stream for stream in streams if now - stream.said_at >= stream.heartbeat]
        if not quiet:
            return
        here = self.counts(gathering_id)
        for stream in quiet:
            count = here[stream.workshop] if stream.workshop is not None else here.total()
            stream.push(f'event: presence\ndata: {{"here":{count}}}\n\n'.encode())

    def stop(self) -> None:
        """Close every stream and end the threads: what a test does, and a process that goes away."""
        exchange(self.app).stop()
        with self._lock:
            streams = [stream for group in self._streams.values() for stream in group]
        for stream in streams:
            stream.close()
            self.leave(stream)
        for thread in self._pumps:
            thread.join(5)

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name=work.__name__, daemon=True)
        self._pumps.append(thread)
        thread.start()


def give(streams: Sequence[Stream], batch: Sequence[Sent]) -> None:
    """Hand a batch to streams, each from its own cursor; those whose seat it revokes are closed."""
    if not batch:
        return
    bundles: dict[object, Bundle] = {}
    revoked = {str(one.body["payload"]["seat_id"]): one.position for one in batch if one.name == "seat.revoked"}
    for number, stream in enumerate(streams):
        after = stream.cursor
        if stream.closed or after >= batch[-1].position:
            continue
        until = revoked.get(stream.holder.seat_id, 0) if revoked else 0
        until = until if until > after else 0
        key = (stream.kind, max(after, batch[0].position - 1), until)
        if key not in bundles:
            part = [one for one in batch if one.position > after and (not until or one.position < until)]
            bundles[key] = Bundle(part, stream.holder, stream.workshop)
        stream.cursor = batch[-1].position
        stream.push(bundles[key].bytes_for(stream.holder))
        if until:
            stream.close()
        if number % BREATH == BREATH - 1:
            time.sleep(0)


def hub() -> Hub:
    """Return this process's hub."""
    found: Hub = current_app.extensions["restitution_live"]
    return found


def events(hub: Hub, stream: Stream, heartbeat: float) -> Iterator[bytes]:
    """Follow: what was missed, then what comes, with a sign of life and who is here in between."""
    stream.heartbeat = heartbeat
    stream.wire = Wire.of(request.environ) if has_request_context() else None
    return _follow(hub, stream)


def _follow(hub: Hub, stream: Stream) -> Iterator[bytes]:
    try:
        # A comment opens the stream, so that a proxy that buffers is noticed at once. The stream joins only when it
        # has left: from then on the pump may write to the connection by itself.
        yield b"retry: 1000\n: open\n\n"
        hub.join(stream)
        while not stream.closed:
            yield from stream.drain()
            stream.ready.clear()
            if not stream.waiting and not stream.closed:
                stream.ready.wait()
    finally:
        hub.leave(stream)


def install(app: Flask) -> None:
    """Give the application its hub, and let commits of this process wake it."""
    app.extensions["restitution_live"] = Hub(app)
    app.before_request(_listen)


def _listen() -> None:
    """Hear the other web processes from the first request on, for the board must show their rooms too."""
    if "gunicorn.socket" in request.environ:
        exchange(current_app).listen()


def _wake_this_process(gathering_id: int) -> None:
    hub().wake(gathering_id)


journal.AFTER_COMMIT.append(_wake_this_process)
