"""The organiser's pages: watch over the rooms, import files, hand out links and codes, sign the report."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as Redirect

from capture import (
    actors_import,
    actors_list,
    checkup,
    erasure,
    invitations,
    journal,
    language,
    moments,
    programme,
    programme_import,
    rooms,
    seats,
)
from capture.codes import cards
from capture.db import db
from capture.doors import holder, settings
from capture.errors import FileUnreadable, ProgrammeChanged, ProgrammeUnreadable, Refusal
from capture.models import Gathering
from capture.network import is_local
from capture.operations import SeatRevokedByOrganiser
from capture.seats import Holder, Role

organiser = Blueprint("organiser", __name__, url_prefix="/<slug>/organisation")

PRINTED: tuple[Role, ...] = ("rapporteur", "temoin", "participant")
"""The roles whose codes are printed unless somebody chooses: an organiser's does not lie about on a table."""

SOURCE_MAX = 200


@organiser.record_once
def _install(state: Any) -> None:
    moments.install(state.app)


def _arrive(slug: str) -> tuple[Holder, Gathering]:
    """Let an organiser in."""
    by = holder(slug, "organiser")
    return by, db.session.get_one(Gathering, by.gathering_id)


def _page(name: str, gathering: Gathering, **context: Any) -> str:
    shared = {"slug": gathering.slug, "gathering": gathering, "now": journal.now()}
    return render_template(f"organiser/{name}.html", **shared, **context)


def _to(door: str, slug: str, **arguments: Any) -> Redirect:
    return redirect(url_for(f"organiser.{door}", slug=slug, **arguments), code=303)


@organiser.get("")
def board(slug: str) -> str:
    """Show every workshop: last note, devices, open or closed."""
    by, gathering = _arrive(slug)
    head, rows = journal.head(by.gathering_id), rooms.watched(gathering, now=journal.now())
    context = {
        "slots": rooms.slots(rows),
        "worried": rooms.by_worry(rows) if request.args.get("ordre") == "inquietude" else (),
        "totals": rooms.totals(rows),
        "readable": rooms.readable_position(by.gathering_id),
        "data": {"doors": url_for("api.snapshot", slug=slug).removesuffix("snapshot"), "after": head},
    }
    return _page("board", gathering, **context)


@organiser.post("/seances")
def turn(slug: str) -> Redirect:
    """Open or close workshops: their keys, separated by spaces."""
    by, _gathering = _arrive(slug)
    open_ = "open" in request.form
    count = rooms.turn(request.form.get("open" if open_ else "close", "").split(), open_=open_, by=by)
    if open_:
        flash(ngettext("%(num)s atelier ouvert aux notes.", "%(num)s ateliers ouverts aux notes.", count))
    else:
        flash(ngettext("%(num)s atelier fermé aux notes.", "%(num)s ateliers fermés aux notes.", count))
    return _to("board", slug, **({"ordre": "inquietude"} if request.form.get("ordre") else {}))


@organiser.post("/rapport")
def sign(slug: str) -> Redirect:
    """Sign the report, or make it provisional again."""
    by, _gathering = _arrive(slug)
    if request.form.get("act") == "reopen":
        rooms.reopen(by=by)
        flash(_("Le rapport est de nouveau provisoire."))
    else:
        position = request.form.get("position", type=int, default=0)
        rooms.sign(request.form.get("validated_by", ""), position=position, by=by)
        flash(_("Le rapport est signé."))
    return _to("board", slug)


@organiser.get("/notes")
def notes(slug: str) -> str:
    """Show the notes that hold some words, to find the one to erase."""
    by, gathering = _arrive(slug)
    words = request.args.get("q", "")
    found = erasure.look_for(words, by=by)
    return _page("notes", gathering, found=found, words=words, titles=rooms.titles(by.gathering_id))


@organiser.get("/notes/<note_id>/effacer")
def ask_erase(slug: str, note_id: str) -> str:
    """Say what erasing a note does, and ask."""
    by, gathering = _arrive(slug)
    note = erasure.access_note(note_id, by=by)
    return _page("note_erase", gathering, note=note, titles=rooms.titles(by.gathering_id))


@organiser.post("/notes/<note_id>/effacer")
def erase(slug: str, note_id: str) -> Redirect:
    """Erase a note for good."""
    by, _gathering = _arrive(slug)
    erasure.erase(note_id, by=by)
    flash(_("La note est effacée : ses mots ne sont plus ici."))
    return _to("notes", slug)


@organiser.get("/programme")
def schedule(slug: str) -> str:
    """Show the programme, and where to drop a new one."""
    by, gathering = _arrive(slug)
    return _page("programme", gathering, programme=programme_import.planned(by.gathering_id), refusal=None)


@organiser.get("/programme.csv")
def schedule_file(slug: str) -> Response:
    """Hand over the programme as a file to correct and import again."""
    by, _gathering = _arrive(slug)
    body = programme.as_csv(programme_import.planned(by.gathering_id))
    named = {"Content-Disposition": f'attachment; filename="programme-{slug}.csv"'}
    return Response(body, mimetype="text/csv", headers=named)


def _dropped() -> tuple[bytes, str]:
    """Return the bytes of the file that was dropped, and its name."""
    file = request.files.get("file")
    if file is None:
        return b"", ""
    return file.read(), (file.filename or "")[-SOURCE_MAX:]


@organiser.post("/programme")
def compare_schedule(slug: str) -> str | tuple[str, int]:
    """Show what a file would change; change nothing."""
    by, gathering = _arrive(slug)
    data, name = _dropped()
    try:
        read = programme.read(data, name=name, timezone=gathering.timezone)
    except ProgrammeUnreadable as refusal:
        planned = programme_import.planned(by.gathering_id)
        return _page("programme", gathering, programme=planned, **_said(refusal, name)), refusal.status
    return _preview(gathering, read, name)


def _said(refusal: Refusal, name: str) -> dict[str, Any]:
    return {"refusal": refusal, "sentence": language.sentence(refusal), "source": name}


def _preview(gathering: Gathering, read: programme.Programme, name: str, **said: Any) -> str:
    shown = programme_import.preview(gathering.id, read, source=name)
    sealed = programme_import.sealed(settings().secret_key, shown, slug=gathering.slug)
    return _page("programme_preview", gathering, preview=shown, sealed=sealed, **said)


@organiser.post("/programme/confirmer")
def import_schedule(slug: str) -> Redirect | tuple[str, int]:
    """Bring in what was previewed, or show it again against what changed meanwhile."""
    by, gathering = _arrive(slug)
    asked = programme_import.unsealed(settings().secret_key, request.form.get("preview", ""), slug=slug)
    try:
        programme_import.confirm(asked, by=by)
    except ProgrammeChanged as refusal:
        return _preview(gathering, asked.read, asked.source, **_said(refusal, asked.source)), refusal.status
    flash(_("Le programme est importé."))
    return _to("schedule", slug)


@organiser.post("/rencontre")
def name_gathering(slug: str) -> Redirect:
    """Give the gathering its title and its place."""
    by, _gathering = _arrive(slug)
    title, place = request.form.get("title", ""), request.form.get("place", "")
    programme_import.name_gathering(title, place, by=by, operation_id=str(uuid.uuid4()))
    flash(_("Le titre et le lieu sont enregistrés."))
    return _to("schedule", slug)


@organiser.get("/acteurs")
def actors(slug: str) -> str:
    """Show the list of organisations, and where to drop a new one."""
    _by, gathering = _arrive(slug)
    return _page("actors", gathering, actors=actors_import.listed(gathering), refusal=None)


@organiser.post("/acteurs")
def compare_actors(slug: str) -> str | tuple[str, int]:
    """Show what a file would change; change nothing."""
    _by, gathering = _arrive(slug)
    data, name = _dropped()
    try:
        shown = actors_import.preview(gathering, actors_list.read(data, name=name), source=name)
    except FileUnreadable as refusal:
        listed = actors_import.listed(gathering)
        return _page("actors", gathering, actors=listed, **_said(refusal, name)), refusal.status
    sealed = actors_import.sealed(settings().secret_key, shown, slug=slug)
    return _page("actors_preview", gathering, preview=shown, sealed=sealed)


@organiser.post("/acteurs/confirmer")
def import_actors(slug: str) -> Redirect:
    """Bring in what was previewed."""
    by, _gathering = _arrive(slug)
    actors_import.confirm(settings().secret_key, request.form.get("preview", ""), by=by)
    flash(_("La liste des acteurs est importée."))
    return _to("actors", slug)


@organiser.get("/liens")
def links(slug: str) -> str:
    """Show every link: copy it, close it, open another."""
    by, gathering = _arrive(slug)
    found = invitations.places(by.gathering_id)
    addresses = {seat.id: invitations.link(settings(), seat) for place in found for seat in place.seats}
    return _page("links", gathering, places=found, addresses=addresses, own=by.seat_id)


@organiser.post("/liens")
def open_links(slug: str) -> Redirect:
    """Open the links that are missing, or one that was closed."""
    by, _gathering = _arrive(slug)
    expires_at = invitations.expiry(by.gathering_id, days=settings().link_days)
    if request.form.get("role"):
        invitations.reopen(request.form["role"], request.form.get("key", ""), by=by, expires_at=expires_at)
    else:
        invitations.ensure_seats(by.gathering_id, expires_at=expires_at)
    flash(_("Les liens sont ouverts."))
    return _to("links", slug)


@organiser.get("/liens/<seat_id>/fermer")
def ask_close_link(slug: str, seat_id: str) -> str:
    """Say what closing a link does, and ask."""
    by, gathering = _arrive(slug)
    place, seat = invitations.access_seat(by, seat_id)
    return _page("link_close", gathering, place=place, seat=seat, own=by.seat_id)


@organiser.post("/liens/<seat_id>/fermer")
def close_link(slug: str, seat_id: str) -> Redirect:
    """Close a link, at once, for everyone who holds it."""
    by, _gathering = _arrive(slug)
    act = SeatRevokedByOrganiser(seat_id=seat_id)
    seats.revoke(act, by=by, operation_id=str(uuid.uuid4()))
    flash(_("Le lien est fermé. Les notes écrites avec lui restent."))
    return _to("links", slug)


@organiser.get("/codes")
def codes(slug: str) -> str:
    """Show the sheet of codes to print: one card per workshop and role."""
    by, gathering = _arrive(slug)
    chosen = [role for role in seats.ROLES if role in request.args.getlist("role")] or list(PRINTED)
    large = request.args.get("format") != "petit"
    found = cards(invitations.places(by.gathering_id), lambda seat: invitations.link(settings(), seat), chosen)
    missing = [place for place in invitations.places(by.gathering_id) if not place.seats and place.role in chosen]
    shown = {"cards": found, "chosen": chosen, "large": large, "missing": missing}
    return _page("codes", gathering, **shown, local=is_local(settings().public_url))


@organiser.get("/avis")
def notice(slug: str) -> str:
    """Show what participants are told, on one sheet to print."""
    _by, gathering = _arrive(slug)
    return _page("notice", gathering)


@organiser.get("/controle", endpoint="checkup")
def check_network(slug: str) -> str:
    """Try this network and this device before people come."""
    _by, gathering = _arrive(slug)
    address = settings().public_url
    data = {"doors": url_for("api.snapshot", slug=slug).removesuffix("snapshot"), "lasting": checkup.LASTING}
    samples = checkup.samples(address, settings().secret_key)
    return _page("checkup", gathering, samples=samples, local=is_local(address), data=data)
