"""A browser as the server sees one: a cookie, a token, requests on one connection, and a stream that it reads.

Only the standard library, one thread per device: what is rehearsed is the server and the way to it.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 15.0
"""Seconds that the page waits for an answer."""

SILENCE = 20.0
"""Seconds without a sign of life after which the page gives a stream up."""


class LostError(Exception):
    """No answer, or half of one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    body: Any
    """What its JSON says; None when it is no JSON."""


class Browser:
    """One person's browser on one device."""

    def __init__(self, link: str) -> None:
        self.link = link
        self._parts = urlsplit(link)
        self._cookie = ""
        self._connection: http.client.HTTPConnection | None = None
        self.csrf = ""

    def _connect(self, timeout: float) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        return kind(self._parts.netloc, timeout=timeout)

    def _headers(self) -> dict[str, str]:
        cookie = {"Cookie": self._cookie} if self._cookie else {}
        # A proxy may insist that a form comes from the site's own pages, as a browser says.
        origin = f"{self._parts.scheme}://{self._parts.netloc}/"
        return {**cookie, "Accept": "application/json", "X-CSRFToken": self.csrf, "Referer": origin}

    def join(self, slug: str) -> None:
        """Open the link, as scanning its code does, and take the token of the seat.

        Raises:
            LostError: nobody answered, or the link opens nothing.
        """
        self.ask("GET", self._parts.path)
        answer = self.ask("GET", f"/api/v1/{slug}/seat")
        if answer.status != http.client.OK or not isinstance(answer.body, dict):
            raise LostError(f"{self.link} : {answer.status}")
        self.csrf = answer.body["csrf"]

    def ask(self, method: str, path: str, body: object = None, *, deaf: bool = False) -> Answer:
        """Send one request and return its answer; `deaf` hangs up before it comes.

        Raises:
            LostError: no answer; nobody can tell what the server did.
        """
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers(), **({"Content-Type": "application/json"} if data else {})}
        # A server may close a connection that rested: then, like any browser, ask once more on a fresh one.
        if self._connection is not None and not deaf:
            with contextlib.suppress(LostError):
                return self._exchange(method, path, data, headers, deaf=deaf)
        return self._exchange(method, path, data, headers, deaf=deaf)

    def _exchange(self, method: str, path: str, data: bytes | None, headers: dict[str, str], *, deaf: bool) -> Answer:
        connection = self._connection = self._connection or self._connect(PATIENCE)
        try:
            connection.request(method, path, body=data, headers=headers)
            response = None if deaf else connection.getresponse()
            raw = response.read() if response else b""
        except (OSError, http.client.HTTPException) as error:
            self.hang_up()
            raise LostError(str(error)) from error
        if response is None:
            self.hang_up()
            raise LostError("hung up on purpose")
        self._keep_cookie(response)
        return Answer(response.status, _json(raw))

    def hang_up(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _keep_cookie(self, response: http.client.HTTPResponse) -> None:
        for given in response.headers.get_all("Set-Cookie", []):
            if given.startswith("session="):
                self._cookie = given.split(";", 1)[0]

    def stream(self, path: str) -> Stream:
        """Open a stream.

        Raises:
            LostError: it does not open.
        """
        connection = self._connect(SILENCE)
        try:
            connection.request("GET", path, headers={**self._headers(), "Accept": "text/event-stream"})
            line = connection.sock
            response = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise LostError(str(error)) from error
        if response.status != http.client.OK:
            connection.close()
            raise LostError(f"{path} : {response.status}")
        return Stream(connection, response, line)


class Stream:
    """An open stream of Server-Sent Events."""

    def __init__(
        self, connection: http.client.HTTPConnection, response: http.client.HTTPResponse, line: socket.socket
    ) -> None:
        self._connection, self._response, self._line = connection, response, line

    def entries(self) -> Iterator[dict[str, Any]]:
        """Yield the operations as they come, until the line ends, however it ends."""
        name = ""
        with contextlib.closing(self._connection), contextlib.suppress(OSError, http.client.HTTPException):
            while raw := self._response.readline():
                field, _, value = raw.decode().rstrip("\n").partition(": ")
                if field == "event":
                    name = value
                elif field == "data" and name == "operation":
                    yield json.loads(value)

    def close(self) -> None:
        """End it; whoever reads it stops, and lets go of the connection."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
