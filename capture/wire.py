"""One open screen, and the connection it listens on.

Waking a greenlet for each screen and each note is most of what a note costs when a thousand screens follow. Where
the connection can be written to without waiting (the cooperative worker's can), whoever has something to say writes it
there and then; the screen's own greenlet is only woken for what the connection did not take. Elsewhere (a test,
another server) everything goes through the queue.
"""

from __future__ import annotations

import os
import ssl
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from capture.seats import Holder

BACKLOG = 4_000_000
"""Bytes a screen may lag behind before it is closed; it comes back with the last position it saw."""

_VERSIONS = {"HTTP/1.0": False, "HTTP/1.1": True}
"""Whether an answer without a length is sent in chunks."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A connection that takes what it can at once."""

    plug: Any
    chunked: bool

    @classmethod
    def of(cls, environ: Mapping[str, Any]) -> Wire | None:
        """Return the connection of a request, or None if only its server may write to it."""
        plug, version = environ.get("gunicorn.socket"), environ.get("SERVER_PROTOCOL", "")
        if plug is None or version not in _VERSIONS or isinstance(plug, ssl.SSLSocket):
            return None
        return None if os.get_blocking(plug.fileno()) else cls(plug, _VERSIONS[version])

    def framed(self, data: bytes) -> bytes:
        """Return bytes as they go over this connection."""
        return b"%X\r\n%b\r\n" % (len(data), data) if self.chunked else data

    def take(self, data: bytes) -> int:
        """Write without waiting; return how many bytes left.

        Raises:
            OSError: nobody is there any more.
        """
        try:
            return os.write(self.plug.fileno(), data)
        except BlockingIOError:
            return 0

    def take_all(self, data: bytes) -> None:
        """Write, waiting as long as it takes; only the screen's own greenlet may."""
        self.plug.sendall(data)


@dataclass(eq=False)
class Stream:
    """One open screen."""

    holder: Holder
    workshop: str | None
    cursor: int
    wire: Wire | None = None
    heartbeat: float = 12.0
    waiting: deque[bytes] = field(default_factory=deque)
    ready: threading.Event = field(default_factory=threading.Event)
    closed: bool = False
    said_at: float = field(default_factory=time.monotonic)
    """When something was last sent, for a sign of life when it was long ago."""
    lag: int = 0
    """Bytes that wait."""

    def __post_init__(self) -> None:
        sessions = self.holder.sessions if self.holder.role == "rapporteur" else ()
        self.kind = (self.holder.role, sessions, self.workshop)
        """Screens of one kind are sent the same."""

    def push(self, data: bytes) -> None:
        """Send bytes now if the connection takes them, else keep them; close a screen that does not keep up."""
        if self.closed or not data:
            return
        self.said_at = time.monotonic()
        rest = data
        if self.wire is not None:
            rest = self.wire.framed(data)
            if not self.lag:
                try:
                    rest = rest[self.wire.take(rest) :]
                except OSError:
                    self.close()
                    return
        if rest:
            self._keep(rest)

    def close(self) -> None:
        """End it; the screen comes back by itself."""
        self.closed = True
        self.ready.set()

    def drain(self) -> Iterator[bytes]:
        """Send what waits; yield what somebody else must send."""
        while self.waiting and not self.closed:
            piece = self.waiting.popleft()
            if self.wire is None:
                yield piece
            else:
                self.wire.take_all(piece)
            # Only now may another byte take the direct way: order is kept.
            self.lag -= len(piece)

    def _keep(self, rest: bytes) -> None:
        if self.lag + len(rest) > BACKLOG:
            self.close()
            return
        self.lag += len(rest)
        self.waiting.append(rest)
        self.ready.set()
