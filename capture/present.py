"""How states look in JSON: the one place that decides what a screen is told, and what it is not.

Pure. A participant is never told an author; a rapporteur is told which notes are their own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from capture.models import Gathering, Session
from capture.notes import Marked
from capture.seats import Holder
from capture.state import NoteState, Wording


def moment(day: str, time: str, timezone: str) -> int | None:
    """Return a wall-clock time of the programme in milliseconds, or None when the programme does not say it."""
    if not day or not time:
        return None
    local = dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(timezone))
    return int(local.timestamp() * 1000)


def session(row: Session, timezone: str) -> dict[str, Any]:
    """Present a session."""
    return {
        "key": row.key,
        "title": row.title,
        "kind": row.kind,
        "day": row.day,
        "start": row.start,
        "end": row.end,
        "starts_at": moment(row.day, row.start, timezone),
        "ends_at": moment(row.day, row.end, timezone),
        "room": row.room,
        "theme_of_day": row.theme_of_day,
        "takes_notes": row.takes_notes,
        "questions": list(row.questions),
        "open": row.open and not row.withdrawn,
        "withdrawn": row.withdrawn,
    }


def mark(gathering_id: int, author: str) -> str:
    """Present an author as a short opaque mark: enough to tell two apart, not to know who."""
    return hashlib.sha256(f"{gathering_id}:{author}".encode()).hexdigest()[:8] if author else ""


def wording(item: Wording, holder: Holder) -> dict[str, Any]:
    """Present one version of a note's content."""
    return {
        "revision": item.revision,
        "kind": item.kind,
        "text": item.text,
        "actors": list(item.actors),
        "territories": list(item.territories),
        "at": item.at,
        "mine": item.author == holder.author,
    }


def note(state: NoteState, holder: Holder) -> dict[str, Any]:
    """Present a note as it stands, with the wordings that wait for a choice."""
    return {
        **wording(state.wording, holder),
        "id": state.id,
        "session": state.session,
        "position": state.position,
        "at": state.at,
        "author": "" if holder.role == "participant" else mark(holder.gathering_id, state.author),
        "mine": state.author == holder.author,
        "removed": state.removed,
        "rivals": [wording(item, holder) for item in state.rivals],
    }


def gathering(row: Gathering) -> dict[str, Any]:
    """Present a gathering."""
    return {
        "slug": row.slug,
        "title": row.title,
        "place": row.place,
        "timezone": row.timezone,
        "language": row.language,
        "kinds": row.kinds,
        "final": bool(row.final_position),
        "validated_by": row.validated_by,
    }


def actors(row: Gathering, marked: Sequence[Marked]) -> list[dict[str, str]]:
    """Return what `@` completes: the organiser's list, then what rapporteurs have marked, once each."""
    listed = [{"name": item["name"], "acronym": item["acronym"]} for item in row.actors]
    known = {item["name"] for item in listed} | {item["acronym"] for item in listed}
    others = sorted({name for note in marked for name in note.actors} - known)
    return listed + [{"name": name, "acronym": ""} for name in others]


def territories(marked: Sequence[Marked]) -> list[str]:
    """Return the territories that notes have named, once each, most named first."""
    counts: dict[str, int] = {}
    for note in marked:
        for name in note.territories:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))
