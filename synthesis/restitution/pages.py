"""The pages around the speech: what changed, the three doors, landmarks, questions, the screens one speaks from."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from pydantic import TypeAdapter
from werkzeug.wrappers import Response as Answer

from capture import journal, seats
from capture.doors import holder, kept, settings, sit
from capture.language import choose
from capture.seats import Holder, Role
from synthesis import reports
from synthesis.pages import attached, frame
from synthesis.restitution import deck, invitation, paper, questions, record, versions
from synthesis.restitution.acts import Scene
from synthesis.restitution.deck import Deck
from synthesis.restitution.openings import openings
from synthesis.restitution.sheets import Sheet
from synthesis.restitution.versions import Reading

pages = Blueprint("restitution", __name__)

_DECK = TypeAdapter(Deck)
_SCENE = TypeAdapter(Scene)
_SHEETS: TypeAdapter[tuple[Sheet, ...]] = TypeAdapter(tuple[Sheet, ...])

ROOM: tuple[Role, ...] = ("participant", "temoin", "rapporteur")


@pages.get("/<slug>/synthese/depuis")
def since(slug: str) -> Response:
    """Show what changed since the version that this device froze last, and nothing else."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    told = frame(by, reading.newest, reading)
    return kept(render_template("restitution/since.html", since=versions.since(by), **told))


@pages.get("/<slug>/synthese/partout", defaults={"door": "everywhere"})
@pages.get("/<slug>/synthese/debat", defaults={"door": "debated"})
@pages.get("/<slug>/synthese/une-fois", defaults={"door": "once"})
def opening(slug: str, door: str) -> Response:
    """Open one of the three doors into the themes."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    behind = openings(reading.screen.shown)
    told = frame(by, reading.screen, reading)
    return kept(render_template("restitution/opening.html", door=door, behind=behind, **told))


@pages.get("/<slug>/synthese/questions")
def open_questions(slug: str) -> Response:
    """Show what the notes leave open, for the round table."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    themes = questions.open_questions(reading.screen.shown)
    return kept(render_template("restitution/questions.html", themes=themes, **frame(by, reading.screen, reading)))


@pages.get("/<slug>/synthese/versions/<int:version_id>/rapport.<suffix>")
def frozen_report(slug: str, version_id: int, suffix: str) -> Response:
    """Hand over the report of a version that was frozen, so that what was said from it can be proved."""
    by = holder(slug, "temoin")
    one = versions.one_kept(by, version_id)
    kept_at = reports.Kept(number=one.number, position=one.position, at=one.at)
    return attached(reports.frozen_report(by.gathering_id, kept_at, suffix, language=choose()))


@pages.get("/<slug>/synthese/reperes")
def landmarks(slug: str) -> Response:
    """Show a witness's sheet, large: what to say, in which order, in how long."""
    by = holder(slug, "temoin")
    return kept(render_template("restitution/landmarks.html", **_speech(by, request.args.get("feuille", ""))))


@pages.get("/<slug>/synthese/reperes.pdf")
def landmarks_on_paper(slug: str) -> Response:
    """Hand over a sheet as a small PDF in large print."""
    by = holder(slug, "temoin")
    told = _speech(by, request.args.get("feuille", ""))
    return paper.answer(told["sheet"], told["shown"], title=told["gathering"].title)


@pages.get("/<slug>/pupitre")
def lectern(slug: str) -> Response:
    """Show the speaker their landmarks, their time, and what drives the screen."""
    by = holder(slug, "temoin")
    return kept(render_template("restitution/lectern.html", **_speech(by, request.args.get("feuille", ""))))


@pages.get("/<slug>/scene")
def stage(slug: str) -> Response:
    """Show the room what the speaker shows: the page of the projector."""
    by = holder(slug, "temoin")
    return kept(render_template("restitution/stage.html", **_on_stage(by, whole=True)))


@pages.get("/<slug>/suivre")
def audience(slug: str) -> Response:
    """Let a person of the room read along on their own phone."""
    by = holder(slug, *ROOM)
    return kept(render_template("restitution/audience.html", **_on_stage(by, whole=False)))


@pages.get("/suivre/<token>")
def follow(token: str) -> Answer:
    """Sit down by the code on the screen, and read along."""
    slug, seat_id = seats.unsign(settings().secret_key, token)
    return redirect(url_for("restitution.audience", slug=sit(slug, seat_id).slug))


def _speech(by: Holder, wanted: str) -> dict[str, Any]:
    """Return a sheet, those that one may look at, and the deck of the version that its reader has."""
    reading: Reading = versions.reading(by)
    sheets = record.sheets_for(by)
    sheet = next((one for one in sheets if one.id == wanted), sheets[0])
    told = frame(by, reading.screen, reading)
    prepared, driven = record.driven(by.gathering_id)
    told["data"] |= {
        "sheets": _SHEETS.dump_python(sheets, mode="json"),
        "sheet": sheet.id,
        "own": sheets[0].id,
        "prepared": prepared,
        "driven": driven,
        "scene": _SCENE.dump_python(record.on_stage(by.gathering_id), mode="json"),
    }
    return {**told, "sheets": sheets, "sheet": sheet, "deck": _sent(versions.deck_of(by))}


def _on_stage(by: Holder, *, whole: bool) -> dict[str, Any]:
    """Return what the screen was prepared with: whole for the projector, without the unshown notes for the room."""
    found = versions.stage(by.gathering_id)
    room = invitation.code_of(by.gathering_id, settings()) if whole else None
    return {
        "slug": by.slug,
        "role": by.role,
        "title": found.deck.title,
        "room": room,
        "deck": _sent(found.deck if whole else deck.for_the_room(found.deck)),
        "data": {
            "doors": f"/api/v1/{by.slug}/",
            "head": found.head,
            "prepared": found.prepared,
            "read_at": journal.now(),
            "scene": _SCENE.dump_python(found.scene, mode="json"),
            "echoes": record.echoes(by.gathering_id),
        },
    }


def _sent(found: Deck) -> Any:
    return _DECK.dump_python(found, mode="json")
