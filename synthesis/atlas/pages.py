"""The pages of the atlas: the desk where people decide what actors are."""

from __future__ import annotations

from flask import Blueprint, render_template

from capture.doors import holder
from synthesis import screens, window
from synthesis.atlas import naming
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
