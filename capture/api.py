"""The JSON doors of capture: renew a seat's token, perform operations, take a snapshot, follow what comes after."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask_wtf.csrf import generate_csrf
from pydantic import TypeAdapter, ValidationError

from capture import (
    checkup,
    grouping,
    journal,
    language,
    lineage,
    live,
    notes,
    openapi,
    presence,
    present,
    schedule,
    seats,
    sending,
)
from capture.db import db, see_one_moment
from capture.doors import count_write, csrf, holder, settings, sit_again
from capture.errors import InvalidOperation, Refusal
from capture.models import Gathering
from capture.performing import Asked
from capture.seats import Holder

api = Blueprint("api", __name__, url_prefix="/api/v1")

BATCH_MAX = 100

HELD_MAX = 100_000
"""More notes than any device holds: a number beyond is no count."""

_BATCH: TypeAdapter[list[Asked]] = TypeAdapter(list[Asked])


@api.record_once
def _install(state: Any) -> None:
    presence.install(state.app)
    grouping.install(state.app)


@api.get("/openapi.json")
def describe() -> dict[str, Any]:
    """Describe these doors."""
    return openapi.document()


@api.get("/<slug>/seat")
def seat(slug: str) -> dict[str, Any]:
    """Say who this browser is here, and renew its CSRF token."""
    by = holder(slug, workshop=request.args.get("workshop"))
    return {"seat": {"id": by.seat_id, "role": by.role, "workshops": list(by.sessions)}, "csrf": generate_csrf()}


@api.post("/<slug>/seat")
def sit_down_again(slug: str) -> dict[str, Any]:
    """Give a device whose cookie is gone the seat it had. No token can be asked of it; no other site can send JSON."""
    body = request.get_json(silent=True)
    mark = body.get("again") if isinstance(body, dict) else None
    if not isinstance(mark, str):
        raise InvalidOperation(name="seat", field="again", reason="…")
    sit_again(slug, mark)
    return seat(slug)


csrf.exempt(sit_down_again)


@api.post("/<slug>/operations")
def operations(slug: str) -> dict[str, Any]:
    """Perform operations in order; each has its own receipt or refusal."""
    count_write()
    by = holder(slug, workshop=request.args.get("workshop"))
    batch = _batch()
    performed = grouping.perform_batch(batch, by=by, note_max=settings().note_max)
    receipts = [_receipt(asked, result) for asked, result in zip(batch, performed.results, strict=True)]
    return {"receipts": receipts, "head": performed.head}


def _batch() -> list[Asked]:
    body = request.get_json(silent=True)
    given = body.get("operations") if isinstance(body, dict) else None
    if not isinstance(given, list) or not 1 <= len(given) <= BATCH_MAX:
        raise InvalidOperation(name="operations", field="operations", reason=f"1…{BATCH_MAX}")
    try:
        batch: list[Asked] = _BATCH.validate_python(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidOperation(name="operations", field=where, reason=first["msg"]) from error
    return batch


def _receipt(asked: Asked, result: journal.Receipt | Refusal) -> dict[str, Any]:
    if isinstance(result, Refusal):
        return {"id": asked.id, "refusal": language.shape(result)["error"]}
    return {"id": asked.id, "position": result.position, "outcome": result.outcome}


@api.post("/<slug>/presence")
def announce(slug: str) -> dict[str, Any]:
    """Take a device's word that it is there, and how many notes it still holds."""
    count_write()
    key = request.args.get("workshop", "")
    by = holder(slug, workshop=key)
    seats.access_workshop(by, key)
    report = _report(key)
    presence.announce(by.gathering_id, f"{by.seat_id} {by.device}", report)
    return {"held": report.held}


def _report(workshop: str) -> presence.Report:
    body = request.get_json(silent=True)
    held, leaving = (body.get("held"), body.get("leaving")) if isinstance(body, dict) else (None, None)
    if type(held) is not int or not 0 <= held <= HELD_MAX or not isinstance(leaving, bool):
        raise InvalidOperation(name="presence", field="held", reason="0, 1, 2…")
    return presence.Report(workshop=workshop, held=held, at=journal.now(), left=leaving)


@api.get("/<slug>/snapshot")
def snapshot(slug: str) -> dict[str, Any]:
    """Return a workshop, or the whole gathering, at one position."""
    key = request.args.get("workshop")
    by = holder(slug, workshop=key)
    return workshop_snapshot(by, key) if key else gathering_snapshot(by)


def workshop_snapshot(by: Holder, key: str) -> dict[str, Any]:
    """Present a workshop with its notes, for those who write in it."""
    see_one_moment()
    workshop = seats.access_workshop(by, key)
    gathering = db.session.get_one(Gathering, by.gathering_id)
    marked = notes.marked(by.gathering_id)
    return {
        "position": gathering.journal_head,
        "last": lineage.mark(gathering.id, gathering.journal_head),
        "gathering": present.gathering(gathering),
        "workshop": present.session(workshop, gathering.timezone),
        "kinds": gathering.kinds,
        "notes": [present.note(note, by) for note in notes.every_note(by.gathering_id, session=key)],
        "actors": present.actors(gathering, marked),
        "territories": present.territories(marked),
        "seats": {"here": live.hub().count(by.gathering_id, workshop=key)},
        "seat": {"id": by.seat_id, "role": by.role},
        "limits": {"note_max": settings().note_max},
    }


def gathering_snapshot(by: Holder) -> dict[str, Any]:
    """Present the whole gathering, for those who watch over it."""
    see_one_moment()
    seats.access_role(by, "temoin")
    gathering = db.session.get_one(Gathering, by.gathering_id)
    every = notes.every_note(by.gathering_id)
    return {
        "position": gathering.journal_head,
        "last": lineage.mark(gathering.id, gathering.journal_head),
        "gathering": present.gathering(gathering),
        "sessions": [present.session(row, gathering.timezone) for row in schedule.every_session(by.gathering_id)],
        "kinds": gathering.kinds,
        "notes": [present.note(note, by) for note in every],
        "seat": {"id": by.seat_id, "role": by.role},
    }


@api.get("/<slug>/changes")
def changes(slug: str) -> dict[str, Any]:
    """Return the operations after a position: the stream's fallback, on the same cursor."""
    workshop = request.args.get("workshop")
    by = holder(slug, workshop=workshop)
    lineage.recognise(by.gathering_id, after=_cursor(), known=request.args.get("known", ""))
    sent = sending.read(by.gathering_id, after=_cursor())
    seen = [one.json_for(by) for one in sent if one.seen_by(by, workshop)]
    head = sent[-1].position if sent else _cursor()
    return {"operations": seen, "head": head, "last": lineage.mark(by.gathering_id, head)}


@api.get("/<slug>/stream")
def stream(slug: str) -> Response:
    """Follow the journal as Server-Sent Events; `Last-Event-ID` wins over `after`."""
    workshop = request.args.get("workshop")
    by = holder(slug, workshop=workshop)
    lineage.recognise(by.gathering_id, after=_cursor(), known=request.args.get("known", ""))
    hub = live.hub()
    screen = live.Stream(holder=by, workshop=workshop, cursor=_cursor())
    events = live.events(hub, screen, settings().stream_heartbeat)
    db.session.remove()
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(events, mimetype="text/event-stream", headers=headers)


@api.get("/<slug>/checkup")
def hour(slug: str) -> dict[str, Any]:
    """Tell the server's hour, as fast as a door that knows its asker can."""
    holder(slug, "organiser")
    return {"now": journal.now()}


@api.get("/<slug>/checkup/stream")
def beat(slug: str) -> Response:
    """Send a few events regularly, so that a page can tell whether something keeps them on the way."""
    holder(slug, "organiser")
    db.session.remove()
    return beating()


def beating() -> Response:
    """Answer with a stream that beats."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(checkup.beats(), mimetype="text/event-stream", headers=headers)


def _cursor() -> int:
    given = request.headers.get("Last-Event-ID") or request.args.get("after") or "0"
    if not given.isdecimal():
        raise InvalidOperation(name="stream", field="after", reason="0, 1, 2…")
    return int(given)
