"""The generator's end of the wire: raw sockets on one event loop, so that measuring costs little of what is measured.

A line asks and gets whole answers; a tap reads a stream for ever. Both note the moment at which bytes arrived by one
monotonic clock, before anything is made of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNK = 262_144


class LostError(Exception):
    """The connection ended before the answer did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, and when its last byte came."""

    status: int
    head: bytes
    body: bytes
    at: float

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(gzip.decompress(self.body) if self.body[:2] == b"\x1f\x8b" else self.body)


def request(
    method: str, path: str, *, cookie: str = "", csrf: str = "", body: bytes = b"", accept: str = "*/*"
) -> bytes:
    """Return a request with the headers that a phone's browser sends."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile",
        f"Accept: {accept}",
        "Accept-Language: fr-FR,fr;q=0.9",
        "Accept-Encoding: gzip, deflate, br",
    ]
    lines += [f"Cookie: session={cookie}"] if cookie else []
    lines += [f"X-CSRFToken: {csrf}"] if csrf else []
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if method == "POST" else []
    return "\r\n".join([*lines, "", ""]).encode() + body


async def connected(port: int) -> socket.socket:
    """Open a connection that sends at once what it is given."""
    plug = socket.socket()
    plug.setblocking(False)  # noqa: FBT003 - the socket's own signature
    plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    await asyncio.get_running_loop().sock_connect(plug, ("127.0.0.1", port))
    return plug


class Line:
    """A connection that is kept while the server keeps it, as a browser does, and opened again when it is needed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._plug: socket.socket | None = None
        self.received = self.sent = 0

    async def ask(self, data: bytes) -> Answer:
        """Send a request and return its answer; a kept connection that turns out closed is opened again, once.

        Raises:
            LostError: the connection ended before the answer did.
        """
        kept = self._plug is not None and not self._ended()
        try:
            return await self._ask(data)
        except (LostError, OSError):
            self.close()
            if not kept:
                raise
        return await self._ask(data)

    def close(self) -> None:
        """Hang up."""
        if self._plug is not None:
            self._plug.close()
            self._plug = None

    def _ended(self) -> bool:
        if self._plug is None:
            return True
        with contextlib.suppress(BlockingIOError):
            self._plug.recv(1)
            self.close()
            return True
        return False

    async def _ask(self, data: bytes) -> Answer:
        loop = asyncio.get_running_loop()
        if self._plug is None:
            self._plug = await connected(self._port)
        await loop.sock_sendall(self._plug, data)
        self.sent += len(data)
        raw = b""
        while True:
            piece = await loop.sock_recv(self._plug, CHUNK)
            at = time.perf_counter()
            if not piece:
                raise LostError
            self.received += len(piece)
            raw += piece
            head, found, body = raw.partition(b"\r\n\r\n")
            length = LENGTH.search(head) if found else None
            if found and len(body) >= (int(length[1]) if length else 0):
                return Answer(int(raw[9:12]), head, body, at)


class Tap:
    """An open stream: hands over each run of whole events with the moment at which its last byte came."""

    def __init__(self, port: int, taken: Callable[[bytes, float], None], ended: Callable[[], None]) -> None:
        self._port, self._taken, self._ended = port, taken, ended
        self._plug: socket.socket | None = None
        self._rest = b""
        self.received = 0

    async def open(self, data: bytes) -> None:
        """Ask for the stream; its events come from now on."""
        loop = asyncio.get_running_loop()
        self._rest = b""
        self._plug = await connected(self._port)
        await loop.sock_sendall(self._plug, data)
        loop.add_reader(self._plug.fileno(), self._read)

    def close(self) -> None:
        """Stop listening."""
        if self._plug is not None:
            asyncio.get_running_loop().remove_reader(self._plug.fileno())
            self._plug.close()
            self._plug = None

    def _read(self) -> None:
        if self._plug is None:
            return
        try:
            piece = self._plug.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        at = time.perf_counter()
        if not piece:
            self.close()
            self._ended()
            return
        self.received += len(piece)
        data = self._rest + piece if self._rest else piece
        end = data.rfind(b"\n\n") + 2
        self._rest = data[end:] if end > 1 else data
        if end > 1:
            self._taken(data[:end], at)
