"""What every door shares: who is asking, and how a refusal leaves the house."""

from __future__ import annotations

import contextlib
import secrets
from http import HTTPStatus

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from capture import journal, language, seats, storage
from capture.cookies import PatientCookies
from capture.db import db
from capture.errors import NotFound, NotYourSeat, Refusal, TooLarge, TooMany
from capture.limits import Allowance
from capture.seats import Holder, Role
from capture.settings import Settings

csrf = CSRFProtect()

DAY = 86_400_000
"""Milliseconds."""

PATIENCE = 5
"""Seconds after which a device that asked too often may try again."""

_STRENGTH: tuple[Role, ...] = ("organiser", "temoin", "rapporteur", "participant")


def settings() -> Settings:
    """Return the installation's settings."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def device() -> str:
    """Return this browser's own mark, made once; it names nobody."""
    if "device" not in session:
        session["device"] = secrets.token_urlsafe(6)
    # A browser that comes back within the cookie's life never loses it; once a day is enough to say so again.
    today = journal.now() // DAY
    if session.get("day") != today or not session.permanent:
        session.permanent, session["day"] = True, today
    return str(session["device"])


def sit(slug: str, seat_id: str) -> Holder:
    """Sit down in a seat and remember it in the cookie, beside the others this browser holds."""
    holder = seats.take(slug, seat_id, device=device())
    held = session.setdefault("seats", {})
    held[slug] = [seat_id, *(other for other in held.get(slug, []) if other != seat_id)]
    session.modified = True
    return holder


def sit_again(slug: str, mark: str) -> None:
    """Give a browser whose cookie is gone its seat and its own mark back; one that sits here stays where it is.

    Raises:
        LinkUnreadable: the mark is not ours.
        SeatRevoked, SeatExpired: the seat was closed meanwhile.
    """
    seat_id, device_ = seats.unsign_again(settings().secret_key, mark)
    if not session.get("seats", {}).get(slug):
        session.setdefault("device", device_)
        sit(slug, seat_id)


def holders(slug: str) -> list[Holder]:
    """Return the seats of this browser that are still open, the most recently taken first.

    Raises:
        NotFound: no such gathering.
    """
    held = session.get("seats", {}).get(slug, [])
    # Who holds no seat is no device yet: a mark made here would travel back as a cookie without any seat in it.
    found = seats.take_all(slug, held, device=device() if held else "")
    refused = [one for one in found if isinstance(one, Refusal)]
    if refused:
        g.seat_refusal = refused[-1]
    return [one for one in found if isinstance(one, Holder)]


def holder(slug: str, *roles: Role, workshop: str | None = None) -> Holder:
    """Return who is asking: the named seat if `?seat=` says so, else the one that fits the place.

    Raises:
        NotFound: no such gathering.
        SeatRevoked, SeatExpired: the seat that would fit was closed.
        NotYourSeat: this browser holds no seat that opens this.
    """
    held = holders(slug)
    asked = request.args.get("seat")
    if asked:
        held = [one for one in held if one.seat_id == asked]
    fitting = [one for one in held if not roles or one.role in roles or one.role == "organiser"]
    if workshop is not None:
        fitting.sort(key=lambda one: workshop not in one.sessions)
    else:
        fitting.sort(key=lambda one: _STRENGTH.index(one.role) if one.role in _STRENGTH else 9)
    if fitting:
        return fitting[0]
    if not held and "seat_refusal" in g:
        raise g.seat_refusal
    raise NotYourSeat


def count_write() -> None:
    """Count a request to write, by device.

    Raises:
        TooMany: this device asked too often this minute.
    """
    allowance: Allowance = current_app.extensions["restitution_allowance"]
    seconds = allowance.wait(str(session.get("device") or "new"), settings().writes_per_minute)
    if seconds:
        raise TooMany(retry_after=min(seconds, PATIENCE))


def wants_json() -> bool:
    """Say whether the asker is a script rather than a reader."""
    return request.path.startswith("/api/")


def refuse(refusal: Refusal) -> tuple[Response | str, int]:
    """Send a refusal: JSON to a script, a page to a reader; the same four facts."""
    if wants_json():
        response = jsonify(language.shape(refusal))
        if "retry_after" in refusal.data:
            response.headers["Retry-After"] = str(refusal.data["retry_after"])
        return response, refusal.status
    page = render_template("refusal.html", refusal=refusal, sentence=language.sentence(refusal))
    return page, refusal.status


def kept(page: str) -> Response:
    """Answer with a page that a device may keep, to open it without a network."""
    response = make_response(page)
    # What a browser keeps for a day without a network is this page, never another that answered in its place.
    response.headers["Restitution-Keep"] = "page"
    return response


def install(app: Flask) -> None:
    """Give the application its guards and its one way of refusing."""
    app.session_interface = PatientCookies()
    csrf.init_app(app)
    app.extensions["restitution_allowance"] = Allowance()
    app.register_error_handler(Refusal, refuse)
    app.register_error_handler(CSRFError, _stale_token)
    app.register_error_handler(SQLAlchemyError, _no_storage)
    app.register_error_handler(HTTPException, _plain)


class StaleToken(Refusal):
    """The form or page is older than the session; a script renews the token and sends again."""

    code = "csrf"
    status = 400
    sentence = "Cette page est ouverte depuis longtemps. Rechargez-la et recommencez : rien n’a été fait."


class Broken(Refusal):
    """Something failed on our side."""

    code = "server"
    status = 500
    sentence = "Le serveur n’a pas pu répondre. Rien n’a été perdu : réessayez dans un instant."


def _stale_token(_error: CSRFError) -> tuple[Response | str, int]:
    return refuse(StaleToken())


def _no_storage(error: SQLAlchemyError) -> tuple[Response | str, int]:
    """Say that nothing was stored, why, and when to come back; a mistake of ours stays a mistake of ours."""
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()
    found = storage.refusal_of(error)
    if found is None:
        current_app.logger.error("the database refused what we asked", exc_info=error)
        return refuse(Broken())
    current_app.logger.error("%s: %s", found.code, getattr(error, "orig", error))
    return refuse(found)


def _plain(error: HTTPException) -> tuple[Response | str, int]:
    """Give the framework's own errors our shape."""
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return refuse(TooLarge(limit=f"{settings().body_max // 1_000_000} Mo"))
    if error.code in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}:
        return refuse(NotFound())
    if error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
        return refuse(Broken())
    plain = Refusal()
    page, _ = refuse(plain)
    return page, error.code or plain.status
