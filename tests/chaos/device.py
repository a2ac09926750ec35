"""A rapporteur's phone: it keeps what is typed, sends it in order, once, and lets go only by a receipt.

The same behaviour as `frontend/capture/sender.ts`, with time compressed: what takes a minute there takes a second.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
import uuid
from pathlib import Path
from typing import Any

from tests.chaos.outbox import WORDS, Outbox, Row
from tests.chaos.person import Person
from tests.chaos.proxy import Link
from tests.chaos.screen import Screen
from tests.chaos.waiting import soon
from tests.chaos.wire import Answer, LostError, ask

MOST, FEW = 50, 5
"""Rows sent at once, as by the page: half as many, down to a few, after an answer that did not come for long."""

LONG = 5.0

PATIENCE = 15.0
"""Seconds that an answer may take, as in the page: the server's own time is not compressed."""

ENOUGH = 10
"""Failures after which the pauses grow no longer."""

IDLE = 0.5
GONE = {"note.removed", "not_found"}
"""Refusals that say that the note is no longer there to be edited."""

COMPRESSION = 0.1
"""How many of our seconds stand for one of a phone's."""


AGAIN = re.compile(r'"again": ?"([^"]+)"')


class Device:
    """A phone, the page in it, and its link to the server."""

    def __init__(
        self, *, number: int, link: Link, slug: str, workshop: str, token: str, file: Path, seed: int
    ) -> None:
        self.link, self.slug, self.workshop, self.token = link, slug, workshop, token
        self.person = Person()
        self.cookie = self.csrf = self.again = ""
        self.clock = 0
        self.outbox = Outbox(file)
        self.screen: Screen | None = None
        self._rng = random.Random(f"{seed} device {number}")  # noqa: S311 - jitter, drawn again the same
        self._wake = asyncio.Event()
        self._failures = 0
        self._most = MOST
        self._tabs: list[asyncio.Task[None]] = []
        self._wordings: dict[str, str] = {}
        self._in_flight = 0
        self.last_try = "nothing was tried"
        """What became of the last batch, for whoever asks why a phone does not empty itself."""

    # What the person does.

    def act(self, name: str, payload: dict[str, Any], *, after: str | None = None) -> None:
        """Keep an act, and send it when possible."""
        identifier = self._new_id()
        self.person.acted(identifier, name, payload)
        if name in WORDS:
            self._wordings[payload["note_id"]] = identifier
        self.outbox.add(identifier, name, payload, self.clock, after)
        self._wake.set()

    def _new_id(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))

    def write(self, note_id: str, kind: str, text: str) -> None:
        """Type a note."""
        self.act("note.written", {"note_id": note_id, "session": self.workshop, "kind": kind, "text": text})

    def edit(self, note_id: str, kind: str, text: str) -> None:
        """Type another wording, from the last one this phone knows."""
        refused = next((row for row in self.outbox.refused() if row.payload["note_id"] == note_id), None)
        if refused is not None:
            return self._reword(refused, kind, text)
        last = self._wordings.get(note_id, "")
        waiting = next((row for row in self.outbox.waiting() if row.id == last), None)
        seen = self.screen.board.get(note_id) if self.screen else None
        base = max(self.person.received.get(last, 0), seen["revision"] if seen else 0)
        payload = {"note_id": note_id, "base": 0 if waiting else base, "text": text, "kind": kind}
        self.act("note.edited", payload, after=waiting.id if waiting else None)
        return None

    def _reword(self, row: Row, kind: str, text: str) -> None:
        """Word a refused note again: a new act takes its place; a note that is gone comes back as a new one."""
        identifier, words = self._new_id(), {"kind": kind, "text": text}
        name, payload = row.name, {**row.payload, **words}
        if name == "note.edited" and row.refusal in GONE:
            name, payload = "note.written", {"note_id": self._new_id(), "session": self.workshop, **words}
        self.person.acted(identifier, name, payload)
        self.person.left(row.id, identifier)
        self._wordings[payload["note_id"]] = identifier
        self.outbox.replace(row, identifier, name, payload)
        self._wake.set()

    def open_tab(self) -> None:
        """Open the page: it sends by itself."""
        self._tabs.append(asyncio.create_task(self._send_for_ever()))

    async def close_tabs(self) -> None:
        """Kill the page, wherever it was: what remains is what the disk holds."""
        tabs, self._tabs = self._tabs, []
        for tab in tabs:
            tab.cancel()
        await asyncio.gather(*tabs, return_exceptions=True)
        self.outbox.close()
        self.outbox = Outbox(self.outbox.file)
        self.csrf = ""

    async def in_flight(self) -> bool:
        """Wait until a batch is under way; false if none is for long."""
        return bool(await soon(lambda: self._in_flight))

    async def submit_twice(self) -> bool:
        """Send one batch twice at once, as soon as something waits; false if nothing does for long."""
        batch = await soon(lambda: self.outbox.next_batch(MOST))
        if not batch:
            return False
        for answer in await asyncio.gather(self._post(batch), self._post(batch), return_exceptions=True):
            if isinstance(answer, Answer):
                self._settle(batch, answer)
        return True

    def ask_again(self, code: str) -> int:
        """Send again what was refused for this reason; return how many rows."""
        rows = [row for row in self.outbox.refused() if row.refusal == code]
        for row in rows:
            self.outbox.again(row)
        self._wake.set()
        return len(rows)

    # What the page does.

    async def _send_for_ever(self) -> None:
        while True:
            delay = await self._drain()
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                # Not `wait_for`: before Python 3.12 it may swallow the cancellation that kills this tab.
                async with asyncio.timeout(delay):
                    await self._wake.wait()

    async def _drain(self) -> float:
        while batch := self.outbox.next_batch(self._most):
            asked = time.monotonic()
            try:
                answer = await self._post(batch)
                if self._stale(answer):
                    renewed = await self._renew()
                    answer = await self._post(batch) if renewed.status == 200 else renewed
            except LostError:
                self.person.count("answers lost")
                self.last_try = f"{len(batch)} rows, answer lost, {self._failures} failures before"
                self._ask_less(batch, time.monotonic() - asked)
                return self._backoff()
            self.last_try = f"{len(batch)} rows, status {answer.status}, {self._failures} failures before"
            if not self._settle(batch, answer):
                self._ask_less(batch, time.monotonic() - asked)
                return await self._after(answer, batch)
            self._failures, self._most = 0, min(MOST, 2 * self._most)
        return IDLE

    def _ask_less(self, batch: list[Row], taken: float) -> None:
        if taken > LONG and len(batch) > FEW:
            self._most = max(FEW, -(-len(batch) // 2))

    def _settle(self, batch: list[Row], answer: Answer) -> bool:
        body = answer.json()
        if answer.status != 200 or not isinstance(body, dict) or not isinstance(body.get("receipts"), list):
            return False
        receipts = {one["id"]: one for one in body["receipts"]}
        for row in batch:
            receipt = receipts.get(row.id, {})
            if "position" in receipt:
                self.person.received[row.id] = receipt["position"]
                self.person.count(receipt["outcome"])
                self._take_place(row, self.outbox.receive(row, receipt["position"], self._new_id))
            elif "refusal" in receipt:
                self.person.count(f"refused {receipt['refusal']['code']}")
                self._refuse(row, receipt["refusal"]["code"])
        return bool(receipts)

    def _take_place(self, row: Row, instead: Row | None) -> None:
        """Remember which act carries a row's last words from now on, if another does."""
        if instead is not None:
            self.person.count("worded again beside a late copy")
            self.person.acted(instead.id, instead.name, instead.payload)
            self.person.left(row.id, instead.id)
            self._wordings[instead.payload["note_id"]] = instead.id

    def _refuse(self, row: Row, code: str) -> None:
        if code == "operation.reused" and row.name in WORDS:
            return self._take_place(row, self.outbox.renamed(row, self._new_id()))
        kept, gone = self.outbox.refuse(row, code)
        for one in gone:
            self.person.left(one.id, kept.id if kept else "")
        if kept is not None and kept.payload.get("text") != row.payload.get("text"):
            self.person.folded[kept.id] = (kept.payload["note_id"], kept.payload["text"])
        return None

    async def _after(self, answer: Answer, batch: list[Row]) -> float:
        self.person.count(f"status {answer.status}")
        if "retry-after" in answer.headers:
            return float(answer.headers["retry-after"]) * COMPRESSION
        body = answer.json()
        ours = isinstance(body, dict) and "error" in body
        if ours and answer.status in {401, 403, 404}:
            # The page says so, and the person opens the link of the room again.
            await asyncio.sleep(self._rng.uniform(0.1, 0.5))
            with contextlib.suppress(LostError):
                await self.join()
                self.person.count("seat taken again")
            return self._backoff()
        if answer.status == 413 or (ours and answer.status == 400 and body["error"]["code"] != "csrf"):
            self._most = max(1, len(batch) // 2)
            if len(batch) == 1:
                self._refuse(batch[0], body["error"]["code"] if ours else "too_large")
        return self._backoff()

    def _backoff(self) -> float:
        self._failures += 1
        return self._rng.uniform(0.5, 1) * min(0.05 * 2.0 ** min(self._failures, ENOUGH), 1.0)

    def _stale(self, answer: Answer) -> bool:
        return answer.status in {401, 403} or (answer.status == 400 and answer.code() == "csrf")

    async def _post(self, batch: list[Row]) -> Answer:
        operations = [
            {"id": row.id, "name": row.name, "payload": row.payload, "device_at": row.device_at} for row in batch
        ]
        self._in_flight += 1
        if self._in_flight > 1 and len(self._tabs) > 1:
            self.person.count("two tabs sending")
        try:
            return await self._ask("POST", "operations", json.dumps({"operations": operations}).encode())
        finally:
            self._in_flight -= 1

    async def _renew(self) -> Answer:
        self.person.count("tokens renewed")
        answer = await self._ask("GET", "seat")
        if self.again and answer.code() == "seat.not_yours":
            answer = await self._ask("POST", "seat", json.dumps({"again": self.again}).encode())
            self.person.count("seat taken again")
        body = answer.json()
        if answer.status == 200 and isinstance(body, dict) and "csrf" in body:
            self.csrf = body["csrf"]
        return answer

    async def join(self) -> None:
        """Open the link of the room.

        Raises:
            LostError: the network failed; nothing changed.
        """
        answer = await ask(self.link.port, "GET", f"/rejoindre/{self.token}", patience=PATIENCE)
        self._keep_cookie(answer)
        await self._renew()

    async def open_page(self) -> None:
        """Keep what the page of the workshop says of this device: by what it sits again, should its cookie be gone.

        Raises:
            LostError: the network failed.
        """
        path, headers = f"/{self.slug}/ateliers/{self.workshop}", {"Cookie": self.cookie}
        answer = await ask(self.link.port, "GET", path, headers=headers, patience=PATIENCE)
        found = AGAIN.search(answer.body.decode())
        self.again = found.group(1) if found else ""

    async def _ask(self, method: str, door: str, body: bytes = b"") -> Answer:
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.csrf, "Content-Type": "application/json"}
        path = f"/api/v1/{self.slug}/{door}?workshop={self.workshop}"
        answer = await ask(self.link.port, method, path, headers=headers, body=body, patience=PATIENCE)
        self._keep_cookie(answer)
        return answer

    def _keep_cookie(self, answer: Answer) -> None:
        given = answer.headers.get("set-cookie", "")
        if given.startswith("session="):
            self.cookie = given.split(";", 1)[0]
