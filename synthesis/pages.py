"""The pages of synthesis: the witness's desk, a theme, the actors, the report, and the wall that the room sees."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import format_decimal, get_locale
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from capture import journal
from capture.doors import holder, kept
from capture.errors import NotFound
from capture.language import choose
from capture.seats import Holder
from synthesis import arrange, crossing, curating, picture, readers, reports, screens
from synthesis.atlas import findings
from synthesis.curating import Curating
from synthesis.making import make_file
from synthesis.restitution import openings, versions
from synthesis.restitution.versions import Reading
from synthesis.screens import Screen
from synthesis.tongue import tongue_of

pages = Blueprint("synthesis", __name__, cli_group=None)
pages.cli.add_command(make_file)
pages.add_app_template_filter(arrange.card_quotes, "card_quotes")


@pages.app_template_filter("clock")
def clock(moment: int, timezone: str) -> str:
    """Say a moment in milliseconds as the gathering's clocks show it: « 15:02 »."""
    return f"{dt.datetime.fromtimestamp(moment / 1000, ZoneInfo(timezone)):%H:%M}"


@pages.app_template_filter("figure")
def figure(value: float) -> str:
    """Write a number between 0 and 1 as the page's language does: « 0,31 »."""
    return str(format_decimal(value, format="0.00"))


@pages.app_template_filter("said_in")
def said_in(text: str) -> Markup:
    """Name the language of somebody's words where it is not the page's, for those who listen."""
    tongue = tongue_of(text)
    return Markup("") if tongue == str(get_locale()) else Markup(' lang="{}"').format(tongue)


@pages.get("/<slug>/synthese")
def desk(slug: str) -> Response:
    """Show what a witness can say aloud: the themes, the most transversal first."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    desk = arrange.arrange_desk(reading.screen.shown)
    behind = openings.openings(reading.screen.shown)
    told = frame(by, reading.screen, reading)
    return kept(render_template("synthesis/desk.html", desk=desk, behind=behind, **told))


@pages.get("/<slug>/synthese/themes/<theme_id>")
def theme(slug: str, theme_id: str) -> Answer:
    """Open one theme; an address of a theme merged since leads to the one it went into."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    found = reading.screen.shown.theme(theme_id)
    if found is None:
        return _elsewhere(by, theme_id)
    page = arrange.arrange_theme(reading.screen.shown, found, reading.screen.edition.louder)
    facing = openings.tension(found, reading.screen.shown)
    shown = frame(by, reading.screen, reading)
    told = curating.history(found.id, reading.screen, shown["curating"])
    return kept(render_template("synthesis/theme.html", page=page, tension=facing, history=told, **shown))


@pages.get("/<slug>/synthese/a-classer")
def tray(slug: str) -> Response:
    """Show every note that waits for a theme, and let a person say where it belongs."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    notes, shape = arrange.arrange_tray(reading.screen.shown)
    told = frame(by, reading.screen, reading)
    return kept(render_template("synthesis/tray.html", tray=notes, shape=shape, **told))


@pages.get("/<slug>/synthese/ensemble")
def overview(slug: str) -> Response:
    """Show every theme by family and by workshop, what one workshop says more, and a second opinion."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    laid_out = crossing.lay_out(reading.screen.shown, reading.screen.edition)
    told = frame(by, reading.screen, reading)
    return kept(render_template("synthesis/overview.html", overview=laid_out, **told))


def _elsewhere(by: Holder, theme_id: str) -> Answer:
    into = screens.survivor(by.gathering_id, theme_id)
    if into is None:
        raise NotFound
    return redirect(url_for("synthesis.theme", slug=by.slug, theme_id=into))


@pages.get("/<slug>/synthese/acteurs")
def actors(slug: str) -> Response:
    """Show who is cited with what, as a picture and as a table; `?acteur=` puts one in the light."""
    by = holder(slug, "temoin")
    reading = versions.reading(by)
    screen = reading.screen
    drawn = picture.draw(screen.edition, screen.shown)
    asked = request.args
    lit = picture.light(drawn, screen.edition, screen.shown, asked.get("acteur", ""), asked.get("theme", ""))
    found = findings.find(screen.edition, screen.shown)
    told = frame(by, screen, reading)
    return kept(render_template("synthesis/actors.html", picture=drawn, lit=lit, findings=found, **told))


@pages.get("/<slug>/synthese/rapport")
def report(slug: str) -> str:
    """Say what the report is worth at this moment, and hand it over in every format."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    told = {"reports": reports.REPORTS, "files": reports.DATA, "versions": versions.kept(by)}
    return render_template("synthesis/report.html", **told, **frame(by, screen))


@pages.get("/<slug>/rapport.<suffix>")
def download(slug: str, suffix: str) -> Response:
    """Hand over the report in one format."""
    by = holder(slug, "temoin")
    return attached(reports.report(by.gathering_id, suffix, language=choose()))


@pages.get("/<slug>/donnees/<name>")
def data(slug: str, name: str) -> Response:
    """Hand over one file of data."""
    by = holder(slug, "temoin")
    return attached(reports.data(by.gathering_id, name))


@pages.get("/<slug>/mur")
def wall(slug: str) -> str:
    """Show the room what is being said; never an author."""
    by = holder(slug, "participant", "temoin", "rapporteur")
    screen = screens.read(by.gathering_id)
    return render_template("synthesis/wall.html", wall=arrange.arrange_wall(screen.shown), **_frame(by, screen))


def frame(by: Holder, screen: Screen, reading: Reading | None = None) -> dict[str, Any]:
    """Return what a page of synthesis that somebody reads is told: meanwhile, its themes do not form again."""
    readers.shown(by.gathering_id)
    return _frame(by, screen, reading)


def _frame(by: Holder, screen: Screen, reading: Reading | None = None) -> dict[str, Any]:
    """Return what every page of synthesis is told, and what its script needs to keep it alive.

    The wall is told no more: lit all day before an empty hall, it is no reader, and its themes follow the notes.
    """
    return {
        "slug": by.slug,
        "role": by.role,
        "gathering": screen.gathering,
        "shown": screen.shown,
        "reading": reading,
        # A hall of phones follows the wall: what only curators read is read for them alone.
        "curating": _curating(by, screen, reading) if reading else None,
        "data": {
            "doors": f"/api/v1/{by.slug}/",
            "head": reading.head if reading else screen.head,
            "edition": screen.shown.number,
            "position": screen.shown.position,
            "made_at": screen.shown.made_at,
            "read_at": journal.now(),
            "frozen": bool(reading and reading.frozen),
            "version": screen.head,
            "themes": [{"id": one.id, "label": one.label, "notes": one.size} for one in screen.shown.themes],
        },
    }


def _curating(by: Holder, screen: Screen, reading: Reading) -> Curating:
    return curating.read(by.gathering_id, screen, author=by.author, notes=len(reading.newest.shown.notes))


def attached(made: reports.Made) -> Response:
    """Hand over a file under its name."""
    response = Response(made.body, mimetype=made.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=made.name)
    return response
