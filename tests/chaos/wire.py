"""HTTP as a phone speaks it, with nothing hidden: one request per connection, and an answer is whole or lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any


class LostError(Exception):
    """No answer, or half of one: nobody can tell what the server did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON; None if it is something else, for instance the page of a captive portal."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def code(self) -> str:
        """Return the code of our refusal; "" if it is none of ours."""
        body = self.json()
        error = body.get("error") if isinstance(body, dict) else None
        return str(error.get("code", "")) if isinstance(error, dict) else ""


async def ask(
    port: int, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"", patience: float
) -> Answer:
    """Send one request and return its whole answer.

    Raises:
        LostError: the connection failed at any moment before the last byte.
    """
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write("\r\n".join([*lines, "", ""]).encode() + body)
                await writer.drain()
                raw = await reader.read()
            finally:
                writer.close()
    except (OSError, TimeoutError) as error:
        raise LostError from error
    return _parse(raw)


def _parse(raw: bytes) -> Answer:
    head, found, body = raw.partition(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").split("\r\n")
    parts = first.split(" ", 2)
    if not found or len(parts) < 2 or not parts[1].isdecimal():
        raise LostError
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    if int(headers.get("content-length", len(body))) != len(body):
        raise LostError
    return Answer(int(parts[1]), headers, body)


async def follow(
    port: int, path: str, *, headers: dict[str, str], silence: float
) -> AsyncGenerator[tuple[int, Any], None]:
    """Yield the operations of a stream, each with its position, until it ends.

    Raises:
        LostError: it was cut, refused, or silent for too long: a half-open connection looks like that.
    """
    # Version 1.0, as many proxies still speak: the answer comes without chunks and ends with the connection.
    lines = [f"GET {path} HTTP/1.0", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode())
            async with asyncio.timeout(silence):
                head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0] or b"text/event-stream" not in head:
                raise LostError
            while True:
                async with asyncio.timeout(silence):
                    event = await reader.readuntil(b"\n\n")
                fields = dict(line.partition(": ")[::2] for line in event.decode().strip().split("\n"))
                if fields.get("event") == "operation":
                    yield int(fields["id"]), json.loads(fields["data"])
        finally:
            writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
        raise LostError from error
