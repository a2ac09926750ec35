"""The JSON doors of the speech: what is on the stage, and how many in the room say that it joins what they lived."""

from __future__ import annotations

import dataclasses
from typing import Any

from flask import Blueprint
from pydantic import TypeAdapter

from capture.doors import holder
from synthesis.restitution import (
    deck,
    record,
    speakers,  # noqa: F401 - its verbs are performed through the operations door, which does not know them
    versions,
)
from synthesis.restitution.versions import Stage

api = Blueprint("restitution_api", __name__, url_prefix="/api/v1")

_STAGE = TypeAdapter(Stage)


@api.get("/<slug>/stage")
def stage(slug: str) -> dict[str, Any]:
    """Return the prepared deck and the scene that is shown; the room's phones are sent no more than the room sees."""
    by = holder(slug, "participant", "temoin", "rapporteur")
    found = versions.stage(by.gathering_id)
    body: dict[str, Any] = _STAGE.dump_python(found, mode="json")
    if by.role not in ("temoin", "organiser"):
        body["deck"] = TypeAdapter(deck.Deck).dump_python(deck.for_the_room(found.deck), mode="json")
    return body


@api.get("/<slug>/stage/notes/<note_id>")
def note(slug: str, note_id: str) -> dict[str, Any]:
    """Return the note that the screen shows now, for a phone that did not bring it along."""
    by = holder(slug, "participant", "temoin", "rapporteur")
    found = versions.note_on_stage(by.gathering_id, note_id)
    return dataclasses.asdict(found)


@api.get("/<slug>/echoes")
def echoes(slug: str) -> dict[str, Any]:
    """Return how many devices gave their echo to each theme: counts, never shares."""
    by = holder(slug, "participant", "temoin", "rapporteur")
    return {"echoes": record.echoes(by.gathering_id)}


@api.get("/<slug>/landmarks")
def landmarks(slug: str) -> dict[str, Any]:
    """Return the asker's own sheet of landmarks, then those that other witnesses share."""
    by = holder(slug, "temoin")
    return {"sheets": [dataclasses.asdict(sheet) for sheet in record.sheets_for(by)]}
