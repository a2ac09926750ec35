"""What each screen is sent of an operation: encoded once for everybody, and kept from those it does not concern.

A witness's landmarks are seen by who wrote them; another witness only hears that there is something to look at. An
echo is sent to nobody: screens ask for the counts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from capture import journal
from capture.db import db
from capture.models import Entry, Note
from capture.present import mark
from capture.seats import Holder

_PUBLIC = ("note.", "session.", "programme.", "edition.", "theme.", "themes.", "report.", "stage.")
_STAFF_ONLY = ("seat.",)
_OWN = ("landmark.", "landmarks.", "reading.")
"""Seen whole by the device that acted, by other witnesses without its content, by nobody else."""

_UNSENT = ("echo.",)


@dataclass(frozen=True, slots=True)
class Sent:
    """An operation as screens receive it, encoded once for everybody."""

    position: int
    name: str
    session: str
    author: str
    body: dict[str, Any]
    staff: bytes
    public: bytes

    @classmethod
    def of(cls, entry: Entry, session: str) -> Sent:
        """Encode a journal row for the two audiences: those who work on the notes, and the public."""
        body = {
            "position": entry.position,
            "id": entry.operation_id,
            "name": entry.name,
            "at": entry.at,
            "mine": False,
            "author": mark(entry.gathering_id, entry.author),
            "session": session,
            "payload": entry.payload,
        }
        return cls(
            position=entry.position,
            name=entry.name,
            session=session,
            author=entry.author,
            body=body,
            staff=_event(entry.position, body),
            public=_event(entry.position, {**body, "author": "", "id": ""}),
        )

    def seen_by(self, holder: Holder, workshop: str | None) -> bytes | None:
        """Return the event for this holder, or None if it is not theirs to see."""
        if self.name.startswith(_UNSENT):
            return None
        if self.name.startswith(_OWN) and self.author != holder.author:
            return _event(self.position, self._blank()) if holder.role == "temoin" else None
        if self.name.startswith(_STAFF_ONLY) and holder.role != "organiser":
            return None
        if self.name.startswith("note."):
            if workshop is not None and self.session != workshop:
                return None
            if holder.role == "rapporteur" and self.session not in holder.sessions:
                return None
        if holder.role == "participant":
            return self.public if self.name.startswith(_PUBLIC) else None
        if self.author and self.author == holder.author:
            return _event(self.position, {**self.body, "mine": True})
        return self.staff

    def json_for(self, holder: Holder) -> dict[str, Any]:
        """Return the operation as polling delivers it."""
        if holder.role == "participant":
            return {**self.body, "author": "", "id": ""}
        if self.name.startswith(_OWN) and self.author != holder.author:
            return self._blank()
        return {**self.body, "mine": bool(self.author) and self.author == holder.author}

    def _blank(self) -> dict[str, Any]:
        """Say that something was done, not what, nor by whom."""
        return {**self.body, "author": "", "payload": {}}


def _event(position: int, body: dict[str, Any]) -> bytes:
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f"id: {position}\nevent: operation\ndata: {data}\n\n".encode()


def read(gathering_id: int, *, after: int, limit: int = 1_000) -> list[Sent]:
    """Return the operations after a position, each with the session its note belongs to."""
    entries = journal.read(gathering_id, after=after, limit=limit)
    wanted = {entry.payload["note_id"] for entry in entries if entry.name.startswith("note.")}
    rows = db.session.execute(
        select(Note.id, Note.session).where(Note.gathering_id == gathering_id, Note.id.in_(wanted))
    )
    sessions = {row.id: row.session for row in rows}
    return [
        Sent.of(entry, entry.payload.get("session") or sessions.get(entry.payload.get("note_id", ""), ""))
        for entry in entries
    ]
