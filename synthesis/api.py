"""The JSON doors of synthesis: an edition over the notes as they stand, and its graph; unchanged costs nothing."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import TypeAdapter

from capture.doors import holder
from synthesis import (
    actor_curators,  # noqa: F401 - its verbs are performed through the operations door, which does not know them
    curators,  # noqa: F401 - the same
    picture,
    readers,
    screens,
)
from synthesis.actors import places
from synthesis.picture import Picture
from synthesis.present import EditionShown
from synthesis.screens import Screen

api = Blueprint("synthesis_api", __name__, url_prefix="/api/v1")

_EDITION = TypeAdapter(EditionShown)
_PICTURE = TypeAdapter(Picture)


@api.get("/<slug>/editions/latest")
def latest(slug: str) -> Response:
    """Return the last edition; number 0, with every note waiting to be placed, before there is any."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    return _sent(by.gathering_id, _EDITION, screen.shown, screen)


@api.get("/<slug>/editions/<int:number>")
def edition(slug: str, number: int) -> Response:
    """Return an edition by its number."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id, number)
    return _sent(by.gathering_id, _EDITION, screen.shown, screen)


@api.get("/<slug>/editions/latest/graph")
def graph(slug: str) -> Response:
    """Return the actor–theme graph of the last edition."""
    by = holder(slug, "temoin")
    screen = screens.read(by.gathering_id)
    return _sent(by.gathering_id, _PICTURE, picture.draw(screen.edition, screen.shown), screen)


@api.get("/<slug>/territories")
def territories(slug: str) -> dict[str, tuple[str, ...]]:
    """Return the territories that start so: a phone carries regions and départements, not 36,000 names."""
    holder(slug, "rapporteur", "temoin")
    return {"names": places.starting(request.args.get("q", "")[:60])}


def _sent(gathering_id: int, adapter: TypeAdapter[Any], value: object, screen: Screen) -> Response:
    """Send a value, or 304 to a browser that has this very screen already: both are read by somebody."""
    readers.shown(gathering_id)
    response = current_app.response_class(adapter.dump_json(value), mimetype="application/json")
    response.set_etag(screen.version)
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
