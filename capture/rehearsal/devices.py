"""The simulated devices: phones that write, keep and send again, and screens that follow."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from capture.rehearsal.score import Part, Stroke
from capture.rehearsal.wire import Browser, LostError, Stream

BATCH = 50
"""Rows that the page sends at once."""

PAUSE = 0.5
"""Seconds before the page tries again after a failure."""


@dataclass(eq=False)
class Screen:
    """A page that follows the journal, from a position, and comes back by itself."""

    browser: Browser
    slug: str
    workshop: str = ""
    cursor: int = 0
    seen: dict[str, float] = field(default_factory=dict)
    """When each note was first shown, by the clock of this machine."""
    doubled: int = 0
    read_up_to: int = 0
    """The position that the last synthesis had read."""
    offline: bool = False
    _stream: Stream | None = None
    _over: bool = False

    def follow(self) -> None:
        """Follow until closed."""
        while not self._over:
            if not self.offline:
                with contextlib.suppress(LostError):
                    self._stream = self.browser.stream(self._address())
                    self._read(self._stream)
            time.sleep(0.05)

    def _address(self) -> str:
        place = f"&workshop={self.workshop}" if self.workshop else ""
        return f"/api/v1/{self.slug}/stream?after={self.cursor}{place}"

    def _read(self, stream: Stream) -> None:
        for entry in stream.entries():
            if entry["position"] <= self.cursor:
                self.doubled += 1
                continue
            self.cursor = entry["position"]
            if entry["name"] == "note.written":
                self.seen[entry["payload"]["note_id"]] = time.monotonic()
            elif entry["name"] == "edition.published":
                self.read_up_to = entry["payload"]["position"]

    def cut(self) -> None:
        """Lose the network."""
        self.offline = True
        self._hang_up()

    def _hang_up(self) -> None:
        if self._stream is not None:
            self._stream.close()

    def close(self) -> None:
        """End it."""
        self._over = True
        self._hang_up()


@dataclass(eq=False)
class Phone:
    """A rapporteur's phone: what is written is held until the server says that it is stored."""

    part: Part
    browser: Browser
    slug: str
    screen: Screen
    written: dict[str, str] = field(default_factory=dict)
    """Words, by note."""
    held: list[Stroke] = field(default_factory=list)
    sent_at: dict[str, float] = field(default_factory=dict)
    """When each note first left, by the clock of this machine."""
    delays: list[float] = field(default_factory=list)
    """Milliseconds from sending to receipt."""
    received: int = 0
    refused: int = 0
    answers_lost: int = 0
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def offline(self) -> bool:
        """Whether this phone has no network now."""
        return self.screen.offline

    def play(self, begun: float, give_up: float) -> None:
        """Write every note at its second, send what is held whenever there is a network, until all is received."""
        coming = list(self.part.strokes)
        while (coming or self.held) and time.monotonic() < give_up:
            now = time.monotonic() - begun
            self._feel_the_network(now)
            while coming and coming[0].at <= now:
                self._write(coming.pop(0))
            if not self.held or self.offline:
                time.sleep(0.02)
            elif not self._send(self.held[:BATCH]):
                time.sleep(PAUSE)
        # Whoever has nothing left to write still reads, once the network is back.
        self.screen.offline = False
        self.finished.set()

    def _feel_the_network(self, now: float) -> None:
        cut = self.part.cut
        gone = cut is not None and cut[0] <= now < cut[1]
        if gone and not self.offline:
            self.screen.cut()
            self.browser.hang_up()
        elif not gone:
            self.screen.offline = False

    def _write(self, stroke: Stroke) -> None:
        self.written[stroke.note_id] = stroke.text
        self.held.append(stroke)

    def _send(self, batch: Sequence[Stroke]) -> bool:
        """Send a batch; the same ids go again until they are answered."""
        asked = [self._operation(stroke) for stroke in batch]
        sent = time.monotonic()
        again = {stroke.note_id for stroke in batch if stroke.note_id in self.sent_at}
        for stroke in batch:
            self.sent_at.setdefault(stroke.note_id, sent)
        deaf = any(stroke.answer_lost and stroke.note_id not in again for stroke in batch)
        self.answers_lost += deaf
        try:
            address = f"/api/v1/{self.slug}/operations?workshop={self.part.room}"
            answer = self.browser.ask("POST", address, {"operations": asked}, deaf=deaf)
        except LostError:
            return deaf
        if not isinstance(answer.body, dict) or "receipts" not in answer.body:
            return False
        self._settle(answer.body["receipts"])
        # A note that was sent twice on purpose says nothing about the delay.
        if not again:
            self.delays += [(time.monotonic() - sent) * 1_000] * len(batch)
        return True

    def _operation(self, stroke: Stroke) -> dict[str, object]:
        payload = {
            "note_id": stroke.note_id,
            "session": self.part.room,
            "kind": stroke.kind,
            "text": stroke.text,
            "actors": [],
            "territories": [],
        }
        return {"id": stroke.operation_id, "name": "note.written", "payload": payload}

    def _settle(self, receipts: list[dict[str, object]]) -> None:
        answered = {receipt["id"]: "position" in receipt for receipt in receipts}
        for stroke in list(self.held):
            if stroke.operation_id in answered:
                self.held.remove(stroke)
                self.received += answered[stroke.operation_id]
                self.refused += not answered[stroke.operation_id]
