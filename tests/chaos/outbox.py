"""The outbox of a device, as the capture page keeps it: every act is a row on disk before anything is sent.

The same rules as `frontend/capture/rows.ts`, on a file of lines instead of IndexedDB: what a killed tab leaves behind
is what the next one finds.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORDS = {"note.written", "note.edited"}


@dataclass(frozen=True, slots=True)
class Row:
    """An operation of this device, and what became of it."""

    sequence: int
    id: str
    name: str
    payload: dict[str, Any]
    device_at: int
    after: str | None = None
    """The operation whose position will be this edit's `base`."""
    refusal: str = ""
    """The code of the server's refusal; the row then waits for a person."""


class Outbox:
    """Rows in the order the device acted, on a file that outlives the page."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.rows: dict[int, Row] = {}
        self.last = 0
        if file.exists():
            for line in file.read_text("utf-8").splitlines():
                self._apply(json.loads(line))
        self._journal = file.open("a", encoding="utf-8")

    def close(self) -> None:
        """Let go of the file."""
        self._journal.close()

    def add(self, id_: str, name: str, payload: dict[str, Any], device_at: int, after: str | None = None) -> Row:
        """Keep an act; when this returns it is out of the page's hands."""
        row = Row(self.last + 1, id_, name, payload, device_at, after)
        self._turn(put=[row])
        return row

    def next_batch(self, most: int) -> list[Row]:
        """Return the rows to send next: in order, none whose base another row of the batch will decide."""
        batch: list[Row] = []
        for row in self.waiting():
            if len(batch) >= most or any(before.id == row.after for before in batch):
                break
            batch.append(row if row.after is None else based(row, 0))
        return batch

    def waiting(self) -> list[Row]:
        """Return what is still to be sent."""
        return [row for _, row in sorted(self.rows.items()) if not row.refusal]

    def refused(self) -> list[Row]:
        """Return what waits for a person."""
        return [row for _, row in sorted(self.rows.items()) if row.refusal]

    def receive(self, row: Row, position: int, new_id: Callable[[], str] | None = None) -> Row | None:
        """Let a row go by its receipt; the edits that waited for it now know their base.

        Returns:
            The act that stays in its place: what its writer typed after a first answer had refused it.
        """
        if not self._holds(row):
            return None
        followers = [based(other, position) for other in self.rows.values() if other.after == row.id]
        there = self.rows[row.sequence]
        if new_id is None or there.payload.get("text") == row.payload.get("text"):
            self._turn(put=followers, drop=[row])
            return None
        later = edit_of(there, new_id(), position)
        self._turn(put=[later, *followers])
        return later

    def refuse(self, row: Row, code: str) -> tuple[Row | None, list[Row]]:
        """Keep a refused row with the words as they were last typed; what only made sense after it is folded in.

        Returns:
            The row as it is kept, if it is, and the rows that are no longer there.
        """
        if not self._holds(row):
            return None, []
        there = self.rows[row.sequence]
        same = [
            other
            for other in self.waiting()
            if other.sequence > row.sequence and other.payload["note_id"] == row.payload["note_id"]
        ]
        follows = same if row.name == "note.written" else [other for other in same if other.after == row.id]
        turns = [other for other in follows if other.name in {"note.removed", "note.restored"}]
        if row.name not in WORDS or (turns and turns[-1].name == "note.removed"):
            self._turn(drop=[row, *follows])
            return None, [row, *follows]
        edits = [other for other in follows if other.name == "note.edited"]
        words = {name: edits[-1].payload[name] for name in ("kind", "text")} if edits else {}
        # As the row stands now: an answer that comes twice must not undo what was folded in at the first.
        kept = dataclasses.replace(there, payload={**there.payload, **words}, refusal=code)
        self._turn(put=[kept], drop=follows)
        return kept, follows

    def again(self, row: Row) -> None:
        """Send a refused row again, because a person asked."""
        self._turn(put=[dataclasses.replace(row, refusal="")])

    def replace(self, row: Row, id_: str, name: str, payload: dict[str, Any]) -> None:
        """Put a new act in the place of a refused one: its writer has worded it again."""
        self._turn(put=[dataclasses.replace(row, id=id_, name=name, payload=payload, after=None, refusal="")])

    def renamed(self, row: Row, id_: str) -> Row | None:
        """Give another id to an act that the server has with other words; a note becomes its edit, from 0."""
        if not self._holds(row):
            return None
        there = self.rows[row.sequence]
        edit = dataclasses.replace(
            edit_of(there, id_, 0) if there.name == "note.written" else there, id=id_, refusal=""
        )
        self._turn(put=[edit])
        return edit

    def _holds(self, row: Row) -> bool:
        """Say whether this act is still there: a late answer says nothing of the one that took its place."""
        there = self.rows.get(row.sequence)
        return there is not None and there.id == row.id

    def _turn(self, put: list[Row] | None = None, drop: list[Row] | None = None) -> None:
        turn = {
            "drop": [row.sequence for row in drop or []],
            "put": [dataclasses.asdict(row) for row in put or []],
        }
        self._journal.write(json.dumps(turn) + "\n")
        self._journal.flush()
        self._apply(turn)

    def _apply(self, turn: dict[str, Any]) -> None:
        for sequence in turn["drop"]:
            self.rows.pop(sequence, None)
        for body in turn["put"]:
            self.rows[body["sequence"]] = Row(**body)
            self.last = max(self.last, body["sequence"])


def edit_of(row: Row, id_: str, base: int) -> Row:
    """Return the words of an act as an edit of its note, which the server has with other words."""
    words = {name: value for name, value in row.payload.items() if name != "session"}
    return dataclasses.replace(row, id=id_, name="note.edited", payload={**words, "base": base}, after=None)


def based(row: Row, base: int) -> Row:
    """Return an edit with the revision it edits."""
    return dataclasses.replace(row, after=None, payload={**row.payload, "base": base})
