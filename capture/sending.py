"""What each screen is sent of an operation: encoded once for everybody, and kept from those it does not concern.

Screens of one role that show one thing share a bundle: the same bytes go to all of them. Only the device that acted
is sent bytes of its own, because there the operation is marked as its own.

A witness's landmarks are seen by who wrote them; another witness only hears that there is something to look at. An
echo is sent to nobody: screens ask for the counts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select

from capture.db import db
from capture.models import Entry, Note
from capture.present import mark
from capture.seats import Holder

_PUBLIC = ("note.", "session.", "programme.", "edition.", "theme.", "themes.", "report.", "stage.")
_STAFF_ONLY = ("seat.",)
_OWN = ("landmark.", "landmarks.", "reading.")
"""Seen whole by the device that acted, by other witnesses without its content, by nobody else."""

_DRAFTS = ("report.worded", "report.testified")
"""Texts of the report while they are written: the others who write hear of them, and look; nobody else does."""

_UNSENT = ("echo.",)


@dataclass(frozen=True)
class Sent:
    """An operation as screens receive it."""

    position: int
    name: str
    session: str
    author: str
    body: dict[str, Any]

    @classmethod
    def of(cls, gathering_id: int, entry: Row[Any], session: str) -> Sent:
        """Put a journal row into the words that leave the house."""
        body = {
            "position": entry.position,
            "id": entry.operation_id,
            "name": entry.name,
            "at": entry.at,
            "mine": False,
            "author": mark(gathering_id, entry.author),
            "session": session,
            "payload": entry.payload,
        }
        return cls(position=entry.position, name=entry.name, session=session, author=entry.author, body=body)

    @cached_property
    def staff(self) -> bytes:
        """The event for those who work on the notes."""
        return _event(self.position, self.body)

    @cached_property
    def public(self) -> bytes:
        """The event for the public: nothing that tells one device from another."""
        return _event(self.position, {**self.body, "author": "", "id": ""})

    @cached_property
    def own(self) -> bytes:
        """The event for the device that acted."""
        return _event(self.position, {**self.body, "mine": True})

    def seen_by(self, holder: Holder, workshop: str | None) -> bytes | None:
        """Return the event for this holder, or None if it is not theirs to see."""
        if self.name.startswith(_UNSENT):
            return None
        if self.name.startswith((*_OWN, *_DRAFTS)) and self.author != holder.author:
            told = holder.role == "temoin" or (holder.role == "organiser" and self.name.startswith(_DRAFTS))
            return _event(self.position, self._blank()) if told else None
        if self.name.startswith(_STAFF_ONLY) and holder.role != "organiser":
            return None
        # An erased note is in no workshop any more; the act has no word of it, and every screen must let go of it.
        if self.name.startswith("note.") and self.name != "note.erased":
            if workshop is not None and self.session != workshop:
                return None
            if holder.role == "rapporteur" and self.session not in holder.sessions:
                return None
        if holder.role == "participant":
            return self.public if self.name.startswith(_PUBLIC) else None
        if self.author and self.author == holder.author:
            return self.own
        return self.staff

    def json_for(self, holder: Holder) -> dict[str, Any]:
        """Return the operation as polling delivers it."""
        if holder.role == "participant":
            return {**self.body, "author": "", "id": ""}
        if self.name.startswith((*_OWN, *_DRAFTS)) and self.author != holder.author:
            return self._blank()
        return {**self.body, "mine": bool(self.author) and self.author == holder.author}

    def _blank(self) -> dict[str, Any]:
        """Say that something was done, not what, nor by whom."""
        return {**self.body, "author": "", "payload": {}}


class Bundle:
    """The part of a batch that one kind of screen is sent."""

    def __init__(self, batch: Sequence[Sent], holder: Holder, workshop: str | None) -> None:
        self._batch, self._workshop = batch, workshop
        stranger = replace(holder, seat_id="", device="")
        self._events = [one.seen_by(stranger, workshop) or b"" for one in batch]
        self._authors = {one.author for one in batch if one.author}
        self._bytes = b"".join(self._events)

    def bytes_for(self, holder: Holder) -> bytes:
        """Return the events for a device; the same object for all those who did not act."""
        author = holder.author
        if author not in self._authors:
            return self._bytes
        return b"".join(
            (one.seen_by(holder, self._workshop) or b"") if one.author == author else event
            for one, event in zip(self._batch, self._events, strict=True)
        )


def _event(position: int, body: dict[str, Any]) -> bytes:
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return f"id: {position}\nevent: operation\ndata: {data}\n\n".encode()


def read(gathering_id: int, *, after: int, limit: int = 1_000) -> list[Sent]:
    """Return the operations after a position, each with the session its note belongs to."""
    entries = db.session.execute(
        select(Entry.position, Entry.operation_id, Entry.name, Entry.payload, Entry.author, Entry.at)
        .where(Entry.gathering_id == gathering_id, Entry.position > after)
        .order_by(Entry.position)
        .limit(limit)
    ).all()
    # A note that is written names its session itself: most of the time there is nothing to look up.
    unnamed = {
        entry.payload["note_id"]
        for entry in entries
        if entry.name.startswith("note.") and "session" not in entry.payload
    }
    sessions = _sessions_of(gathering_id, unnamed) if unnamed else {}
    return [
        Sent.of(
            gathering_id, entry, entry.payload.get("session") or sessions.get(entry.payload.get("note_id", ""), "")
        )
        for entry in entries
    ]


def _sessions_of(gathering_id: int, note_ids: set[str]) -> dict[str, str]:
    rows = db.session.execute(
        select(Note.id, Note.session).where(Note.gathering_id == gathering_id, Note.id.in_(sorted(note_ids)))
    )
    return {row.id: row.session for row in rows}
