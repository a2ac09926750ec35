"""A screen as a browser has it: a snapshot at a position, then every operation after it, through a bad network.

The fold is written here a second time, on plain JSON, so that the server is not compared with itself.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from tests.chaos.proxy import Link
from tests.chaos.wire import LostError, ask, follow

SILENCE = 6.0
"""Seconds without an answer, or without a sign of life on a stream, after which a screen gives a connection up: the
page's twenty, for a server that gives a sign of life every half second and not every twelve."""

Board = dict[str, dict[str, Any]]


def shown(note: dict[str, Any]) -> dict[str, Any]:
    """Return what a reader sees of a note, and what an edit must know."""
    names = ("id", "session", "kind", "text", "actors", "territories", "revision", "position", "removed")
    rivals = [(one["revision"], one["kind"], one["text"]) for one in note["rivals"]]
    return {**{name: note[name] for name in names}, "rivals": rivals}


def after(board: Board, entry: dict[str, Any]) -> None:
    """Bring one operation onto a board."""
    payload, name = entry["payload"], entry["name"]
    if not name.startswith("note."):
        return
    note = board.get(payload["note_id"])
    words = {key: payload.get(key) for key in ("kind", "text", "actors", "territories")}
    if name == "note.written":
        fixed = {"id": payload["note_id"], "session": payload["session"], "position": entry["position"]}
        board[payload["note_id"]] = {**fixed, **words, "revision": entry["position"], "removed": False, "rivals": []}
    elif note is not None and name == "note.edited":
        rival = {**words, "revision": entry["position"]}
        if payload["base"] == note["revision"]:
            note.update(rival)
        else:
            note["rivals"] = [*note["rivals"], rival]
    elif note is not None and name in {"note.removed", "note.restored"}:
        note["removed"] = name == "note.removed"
    elif note is not None and name == "note.settled":
        chosen = next((one for one in note["rivals"] if one["revision"] == payload["revision"]), note)
        note.update({**{key: chosen[key] for key in words}, "revision": entry["position"], "rivals": []})


class Screen:
    """One open page that follows the journal, by stream or by polling."""

    def __init__(
        self, link: Link, slug: str, workshop: str | None, cookie: Callable[[], str], *, polls: bool = False
    ) -> None:
        self.link, self.slug, self.workshop, self.polls = link, slug, workshop, polls
        self._cookie = cookie
        self.board: Board = {}
        self.position = -1
        self.head_seen = 0
        self.out_of_order = 0

    def forget(self) -> None:
        """Reload the page."""
        self.position = -1
        self.link.cut()

    async def run(self) -> None:
        """Follow for ever."""
        while True:
            with contextlib.suppress(LostError):
                if self.position < 0:
                    await self._load()
                await (self._poll() if self.polls else self._stream())
            await asyncio.sleep(0.05)

    def _address(self, door: str, **query: object) -> str:
        asked = {**query, **({"workshop": self.workshop} if self.workshop else {})}
        return f"/api/v1/{self.slug}/{door}?" + "&".join(f"{name}={value}" for name, value in asked.items())

    async def _json(self, path: str) -> dict[str, Any]:
        answer = await ask(self.link.port, "GET", path, headers={"Cookie": self._cookie()}, patience=SILENCE)
        body = answer.json()
        if answer.status != 200 or not isinstance(body, dict):
            raise LostError
        return body

    async def _load(self) -> None:
        body = await self._json(self._address("snapshot"))
        if "position" not in body:
            raise LostError
        self.board = {note["id"]: note for note in body["notes"]}
        self.position = self.head_seen = body["position"]

    async def _poll(self) -> None:
        while self.position >= 0:
            cursor = self.position
            body = await self._json(self._address("changes", after=cursor))
            # A reload may have come between the question and its answer.
            if cursor == self.position and "operations" in body:
                for entry in body["operations"]:
                    self._bring(entry["position"], entry)
                self.position = max(self.position, body["head"])
            await asyncio.sleep(0.1)

    async def _stream(self) -> None:
        path, cursor = self._address("stream", after=self.position), self.position
        async with contextlib.aclosing(
            follow(self.link.port, path, headers={"Cookie": self._cookie()}, silence=SILENCE)
        ) as events:
            async for position, entry in events:
                if self.position < cursor:
                    return
                self._bring(position, entry)

    def _bring(self, position: int, entry: dict[str, Any]) -> None:
        if position <= self.position:
            self.out_of_order += 1
            return
        after(self.board, entry)
        self.position = position
