"""The pages of the atlas: the map of the themes, the desk where people decide what actors are, the scenarios."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from capture import schedule
from capture.doors import holder
from synthesis import screens, window
from synthesis.atlas import building, drafting, naming, stages, ties
from synthesis.groups import GROUPS
from synthesis.pages import frame

pages = Blueprint("atlas", __name__)


@pages.get("/<slug>/synthese/atlas")
def atlas(slug: str) -> str:
    """Show what ties the themes, and the way from constats to scenarios; `?etape=&creneau=` opens the notes of one."""
    by = holder(slug, "temoin")
    screen, asked = screens.read(by.gathering_id), request.args
    slots = stages.slots_of((one.key, one.day, one.start, one.end) for one in schedule.every_workshop(by.gathering_id))
    found = drafting.show(building.read(by.gathering_id), screen.shown)
    timeline = stages.lay_out(screen.shown, slots, found, theme_id=asked.get("theme", ""))
    chosen = timeline.cell(asked.get("etape", ""), asked.get("creneau", ""))
    shown = {"map": ties.lay_out(screen.edition, screen.shown), "timeline": timeline, "chosen": chosen}
    return render_template("atlas/atlas.html", followed=asked.get("theme", ""), **shown, **frame(by, screen))


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
    scenario, words = asked.get("scenario", ""), asked.get("mots", "")
    themes, notes, actors = (asked.getlist(name) for name in ("theme", "note", "acteur"))
    wanted = drafting.Wanted(scenario_id=scenario, words=words, theme_ids=themes, note_ids=notes, actors=actors)
    draft = drafting.draft(found, screen.shown, wanted)
    return render_template("atlas/scenario_form.html", draft=draft, **frame(by, screen))
