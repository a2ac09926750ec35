"""The page where the report is written together: organisers write its parts, each grand témoin a signed text."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from capture.doors import holder, kept
from capture.language import choose
from synthesis import reports, screens
from synthesis.editing import drafts
from synthesis.pages import attached, frame

pages = Blueprint("editing", __name__)


@pages.get("/<slug>/synthese/rapport/textes")
def texts(slug: str) -> Response:
    """Show every part of the report that a person may write, with what stands of it."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    page = drafts.page(by, screen.edition)
    return kept(render_template("synthesis/report_texts.html", page=page, **frame(by, screen)))


@pages.get("/<slug>/ateliers/<workshop>/retour.<suffix>")
def sheet(slug: str, workshop: str, suffix: str) -> Response:
    """Hand over a workshop's return sheet."""
    by = holder(slug, "temoin")
    return attached(reports.sheet(by.gathering_id, workshop, suffix, language=choose()))
