"""The pages of capture: the front door, the way in by a link, and the page a rapporteur writes on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Redirect

from capture import checkup, journal, schedule, seats
from capture.api import beating, workshop_snapshot
from capture.db import db
from capture.doors import holder, holders, kept, settings, sit
from capture.models import Gathering
from capture.seats import Holder

pages = Blueprint("pages", __name__)

HOME_OF_ROLE = {
    "organiser": "organiser.board",
    "temoin": "synthesis.desk",
    "participant": "synthesis.wall",
}
"""Where each role's link leads; a rapporteur's leads to a workshop."""


@pages.get("/")
def home() -> str:
    """Show what this is, and the places this browser already holds."""
    slugs = list(session.get("seats", {}))
    rows = db.session.scalars(select(Gathering).where(Gathering.slug.in_(slugs)).order_by(Gathering.slug)).all()
    places = [(row, held) for row in rows if (held := _held(row))]
    return render_template("home.html", places=places)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A place that this browser holds, and where it is."""

    role: str
    address: str
    workshops: tuple[str, ...]
    """Titles, for a rapporteur."""


def _held(row: Gathering) -> list[Held]:
    titles = {one.key: one.title for one in schedule.every_workshop(row.id)}
    return [
        Held(role=one.role, address=place_of(one), workshops=tuple(titles.get(key, key) for key in one.sessions))
        for one in holders(row.slug)
    ]


def place_of(by: Holder) -> str:
    """Return the address of a holder's own page."""
    if by.role in HOME_OF_ROLE:
        return url_for(HOME_OF_ROLE[by.role], slug=by.slug)
    if len(by.sessions) == 1:
        return url_for("pages.workshop", slug=by.slug, key=by.sessions[0])
    return url_for("pages.workshops", slug=by.slug)


@pages.get("/rejoindre/<token>")
def join(token: str) -> Response | Redirect:
    """Sit down by a link and go straight to the place: no account, no password.

    A rapporteur's browser is spared the round trip of a redirect: the page itself answers, then takes its own address.
    """
    slug, seat_id = seats.unsign(settings().secret_key, token)
    by = sit(slug, seat_id)
    if by.role == "rapporteur" and len(by.sessions) == 1 and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return _writing_page(by, by.sessions[0])
    return redirect(place_of(by))


@pages.get(f"{checkup.TRIAL}/<token>")
def trial(token: str) -> str:
    """Tell the phone that scanned a sample which one it read, and let it try its network and itself."""
    width = checkup.unsign(settings().secret_key, token)
    data = {"doors": f"{url_for('pages.trial', token=token)}/", "lasting": checkup.LASTING}
    return render_template("capture/trial.html", width=width, data=data)


@pages.get(f"{checkup.TRIAL}/<token>/checkup")
def hour(token: str) -> dict[str, int]:
    """Tell the server's hour to a phone that scanned a sample."""
    checkup.unsign(settings().secret_key, token)
    return {"now": journal.now()}


@pages.get(f"{checkup.TRIAL}/<token>/checkup/stream")
def beat(token: str) -> Response:
    """Send a few events regularly to a phone that scanned a sample."""
    checkup.unsign(settings().secret_key, token)
    return beating()


@pages.get("/<slug>/ateliers")
def workshops(slug: str) -> str:
    """Let a rapporteur of several workshops choose."""
    by = holder(slug, "rapporteur")
    rows = [seats.access_workshop(by, key) for key in by.sessions]
    return render_template("capture/workshops.html", rows=rows, slug=slug)


@pages.get("/<slug>/ateliers/<key>")
def workshop(slug: str, key: str) -> Response:
    """Show the page a rapporteur writes on, with everything it needs to go on without a network."""
    return _writing_page(holder(slug, "rapporteur", workshop=key), key)


def _writing_page(by: Holder, key: str) -> Response:
    """Present the page that a rapporteur writes on."""
    slug, snapshot = by.slug, workshop_snapshot(by, key)
    again = seats.sign_again(settings().secret_key, by)
    held = {"slug": slug, "workshop": key, "seat": by.seat_id, "again": again, "api": _doors(slug)}
    data = {**held, "snapshot": snapshot}
    return kept(render_template("capture/workshop.html", data=data, **snapshot))


def _doors(slug: str) -> str:
    """Return the address that a gathering's JSON doors begin with."""
    return url_for("api.snapshot", slug=slug).removesuffix("snapshot")
