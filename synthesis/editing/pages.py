"""The page where the report is written together: organisers write its parts, each grand témoin a signed text."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from capture.doors import holder, kept
from synthesis import screens
from synthesis.editing import drafts
from synthesis.pages import frame

pages = Blueprint("editing", __name__)


@pages.get("/<slug>/synthese/rapport/textes")
def texts(slug: str) -> Response:
    """Show every part of the report that a person may write, with what stands of it."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    page = drafts.page(by, screen.edition)
    return kept(render_template("synthesis/report_texts.html", page=page, **frame(by, screen)))
