"""The pages of the atlas: the desk where people decide what actors are."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from capture.doors import holder
from synthesis import screens, window
from synthesis.atlas import building, drafting, naming
from synthesis.groups import GROUPS
from synthesis.pages import frame

pages = Blueprint("atlas", __name__)


@pages.get("/<slug>/synthese/acteurs/bureau")
def actors_desk(slug: str) -> str:
    """Show every actor with its spellings, to rename, join, part, sort or set aside."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    decisions = window.decided(by.gathering_id, screen.head)
    desk = naming.arrange(screen.edition, screen.shown, decisions)
    return render_template("atlas/actors_desk.html", desk=desk, groups=GROUPS, **frame(by, screen))


@pages.get("/<slug>/synthese/scenarios")
def scenarios(slug: str) -> str:
    """Show the action scenarios, each with the notes it rests on."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    found = drafting.show(building.read(by.gathering_id), screen.shown)
    return render_template("atlas/scenarios.html", scenarios=found, **frame(by, screen))


@pages.get("/<slug>/synthese/scenarios/ecrire")
def write_scenario(slug: str) -> str:
    """Write a scenario from the notes of some themes, or another wording of one."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    found = drafting.show(building.read(by.gathering_id), screen.shown)
    asked = request.args
    chosen = {"theme_ids": asked.getlist("theme"), "note_ids": asked.getlist("note")}
    draft = drafting.draft(found, screen.shown, scenario_id=asked.get("scenario", ""), **chosen)
    return render_template("atlas/scenario_form.html", draft=draft, **frame(by, screen))
