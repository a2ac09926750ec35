"""A network that fails on purpose: a TCP proxy on the loopback, where each connection has the fate the plan drew.

One listening port per link, so that one phone can be offline while the others are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.chaos.plan import Fate

PIECE = 65_536

CUT_AFTER = 0.3
"""Seconds after which a connection that was to be cut in its request is cut, although the request was short."""

FROZEN = 60.0
"""Longer than anybody's patience."""

_PORTAL = b"<!doctype html><title>Wi-Fi</title><h1>Acceptez les conditions pour continuer</h1>"
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%b" % (len(_PORTAL), _PORTAL)
"""A hotel's page in the place of our answer: status 200, and nothing was stored."""

BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
"""A reverse proxy that is being reloaded."""


@dataclass(eq=False)
class Link:
    """One phone's way to the server."""

    fates: Iterator[Fate]
    port: int = 0
    offline: bool = False
    live: set[asyncio.StreamWriter] = field(default_factory=set)
    counted: dict[str, int] = field(default_factory=dict)

    def count(self, kind: str) -> None:
        """Remember a connection's fate, once it has struck."""
        self.counted[kind] = self.counted.get(kind, 0) + 1

    def cut(self) -> None:
        """Drop everything that is open now."""
        for writer in list(self.live):
            reset(writer)


@dataclass
class Proxy:
    """Every link, and the server behind them."""

    upstream: int
    calm: bool = False
    """Once true, every connection passes."""
    servers: list[asyncio.Server] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    meetings: set[asyncio.Task[None]] = field(default_factory=set)

    async def link(self, fates: Iterator[Fate]) -> Link:
        """Open a link whose connections have these fates, in order."""
        one = Link(fates)

        def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # From the first instant, and not from its task's: a task cancelled before it begins closes nothing.
            one.live.add(writer)
            meeting = asyncio.create_task(self._meet(one, reader, writer))
            self.meetings.add(meeting)
            meeting.add_done_callback(self.meetings.discard)

        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        one.port = server.sockets[0].getsockname()[1]
        self.servers.append(server)
        self.links.append(one)
        return one

    async def close(self) -> None:
        """Close every link, and leave no connection open behind, whatever it was at."""
        for server in self.servers:
            server.close()
        # What was accepted just before the doors closed meets on the loop's next turns.
        await asyncio.sleep(0.05)
        while self.meetings:
            for meeting in list(self.meetings):
                meeting.cancel()
            await asyncio.wait(self.meetings)
        for one in self.links:
            one.cut()

    async def _meet(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._suffer(link, reader, writer)
        finally:
            link.live.discard(writer)
            reset(writer)

    async def _suffer(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fate = Fate() if self.calm else next(link.fates)
        kind = "offline" if link.offline else fate.kind
        if kind not in {"answer_lost", "answer_cut", "frozen"}:
            link.count(kind)
        # What goes wrong between two sockets is what this program is for.
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            if kind == "half_open":
                await reader.read(-1)
            elif kind in {"portal", "busy"}:
                await reader.readuntil(b"\r\n")
                writer.write(PORTAL if kind == "portal" else BUSY)
                await writer.drain()
                writer.close()
                await writer.wait_closed()
            elif kind not in {"offline", "refused"}:
                await self._carry(link, fate, reader, writer)

    async def _carry(self, link: Link, fate: Fate, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request_limit = fate.after if fate.kind == "request_cut" else None
        async with contextlib.AsyncExitStack() as kept:
            ways = [await self._upstream(link, kept) for _ in range(2 if fate.kind == "doubled" else 1)]
            uplinks = [up for _, up in ways]
            sending = asyncio.create_task(pour(reader, uplinks, limit=request_limit, delay=fate.delay))
            spare = [asyncio.create_task(pour(one, [])) for one, _ in ways[1:]]
            for task in (sending, *spare):
                kept.callback(task.cancel)
            if request_limit is not None:
                await asyncio.wait([sending], timeout=CUT_AFTER)
                return
            if fate.kind == "answer_lost":
                # The server has begun to answer: whatever it did is done, and nobody will hear of it.
                if await ways[0][0].read(1):
                    link.count("answer_lost")
                return
            limit = fate.after if fate.kind in {"answer_cut", "frozen"} else None
            whole = await pour(ways[0][0], [writer], limit=limit, delay=fate.delay if fate.kind == "slow" else 0)
            if limit is not None and not whole:
                link.count(fate.kind)
            if fate.kind == "frozen" and not whole:
                # Nobody says anything any more; whoever waits must give up by themselves.
                await asyncio.wait([asyncio.create_task(writer.wait_closed()), sending], timeout=FROZEN)
            if limit is None:
                writer.close()
                await writer.wait_closed()
            if spare:
                await asyncio.wait(spare, timeout=CUT_AFTER)

    async def _upstream(
        self, link: Link, kept: contextlib.AsyncExitStack
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        link.live.add(writer)
        kept.callback(reset, writer)
        kept.callback(link.live.discard, writer)
        return reader, writer


async def pour(
    reader: asyncio.StreamReader, writers: list[asyncio.StreamWriter], *, limit: int | None = None, delay: float = 0
) -> bool:
    """Pass on what comes, to everybody, until it ends or the limit is reached; say whether it ended by itself."""
    left = limit
    while left is None or left > 0:
        piece = await reader.read(PIECE if left is None else min(PIECE, left))
        if not piece:
            return True
        if delay:
            await asyncio.sleep(delay)
        for writer in writers:
            writer.write(piece)
            await writer.drain()
        left = None if left is None else left - len(piece)
    return False


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a network does: with a reset, not with a farewell."""
    found = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        if found is not None:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
