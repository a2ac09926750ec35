"""The OpenAPI description of the JSON doors, made from the vocabulary itself so that it cannot lag behind it.

Pure.
"""

from __future__ import annotations

from typing import Any

from capture import operations

_SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
_WORKSHOP = {"name": "workshop", "in": "query", "schema": {"type": "string"}, "description": "A session's key."}
_AFTER = {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0}}
_KNOWN = {
    "name": "known",
    "in": "query",
    "schema": {"type": "string"},
    "description": "The act last seen, by its id or a snapshot's `last`: 409 `journal.restored` if it is not there.",
}
_NUMBER = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}
_NOTE = {"name": "note_id", "in": "path", "required": True, "schema": {"type": "string"}}
_BEGINNING = {
    "name": "q",
    "in": "query",
    "schema": {"type": "string", "maxLength": 60},
    "description": "The first letters of the name.",
}
_SEAT = {
    "name": "seat",
    "in": "query",
    "schema": {"type": "string"},
    "description": "Which of this browser's seats is asking, when it holds several.",
}

_REFUSAL: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "status", "sentence", "data"],
            "properties": {
                "code": {"type": "string"},
                "status": {"type": "integer"},
                "sentence": {"type": "string"},
                "data": {"type": "object"},
            },
        }
    },
}

_PRESENCE: dict[str, Any] = {
    "type": "object",
    "required": ["held", "leaving"],
    "properties": {"held": {"type": "integer", "minimum": 0}, "leaving": {"type": "boolean"}},
}


_AGAIN: dict[str, Any] = {
    "type": "object",
    "required": ["again"],
    "properties": {"again": {"type": "string", "description": "The mark that the server put in the device's page."}},
}


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Restitution", "version": "1"},
        "paths": _paths(),
        "components": {
            "securitySchemes": {"seat": {"type": "apiKey", "in": "cookie", "name": "session"}},
            "schemas": {"Refusal": _REFUSAL, "Operation": _operation()},
        },
        "security": [{"seat": []}],
    }


def _paths() -> dict[str, Any]:
    return {**_capture_paths("/api/v1/{slug}"), **_synthesis_paths("/api/v1/{slug}")}


def _capture_paths(base: str) -> dict[str, Any]:
    batch = {
        "type": "object",
        "required": ["operations"],
        "additionalProperties": False,
        "properties": {
            "operations": {
                "type": "array",
                "minItems": 1,
                "maxItems": 100,
                "items": {"$ref": "#/components/schemas/Operation"},
            }
        },
    }
    return {
        f"{base}/seat": {
            "get": _door("Who this browser is here; renews its CSRF token.", [_WORKSHOP, _SEAT]),
            "post": _asking(
                _AGAIN, "A device whose cookie is gone sits where it sat, by its page's mark.", [_WORKSHOP]
            ),
        },
        f"{base}/operations": {
            "post": _asking(
                batch, "Perform operations in order; each has its own receipt or refusal.", [_WORKSHOP, _SEAT]
            )
        },
        f"{base}/presence": {
            "post": _asking(
                _PRESENCE, "A device is there, and holds so many notes that nobody else has.", [_WORKSHOP, _SEAT]
            )
        },
        f"{base}/snapshot": {"get": _door("A workshop, or the gathering, at one position.", [_WORKSHOP, _SEAT])},
        f"{base}/changes": {"get": _door("The operations after a position.", [_AFTER, _KNOWN, _WORKSHOP, _SEAT])},
        f"{base}/stream": {
            "get": _door("The same as Server-Sent Events; `Last-Event-ID` wins.", [_AFTER, _KNOWN, _WORKSHOP, _SEAT])
        },
        f"{base}/checkup": {"get": _door("The server's hour, in milliseconds.", [_SEAT])},
        f"{base}/checkup/stream": {"get": _door("A few events sent regularly: does something keep them?", [_SEAT])},
    }


def _synthesis_paths(base: str) -> dict[str, Any]:
    return {
        f"{base}/editions/latest": {"get": _door("The last edition; its ETag spares an unchanged one.", [_SEAT])},
        f"{base}/editions/latest/graph": {"get": _door("The last edition's actor–theme graph.", [_SEAT])},
        f"{base}/editions/{{number}}": {"get": _door("One edition by its number.", [_NUMBER, _SEAT])},
        f"{base}/territories": {"get": _door("Territories whose name begins so.", [_BEGINNING, _SEAT])},
        f"{base}/landmarks": {
            "get": _door("The asker's own landmarks, then those that other witnesses share.", [_SEAT])
        },
        f"{base}/stage": {"get": _door("The prepared deck and the scene that is shown.", [_SEAT])},
        f"{base}/stage/notes/{{note_id}}": {"get": _door("One note, for the stage.", [_NOTE, _SEAT])},
        f"{base}/echoes": {"get": _door("How many devices found each theme like what they lived.", [_SEAT])},
    }


def _asking(schema: dict[str, Any], summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe a door that must be given a body."""
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {**_door(summary, parameters), "requestBody": body}


def _door(summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    refused = {"description": "Refused.", "content": {"application/json": {"schema": _ref("Refusal")}}}
    return {
        "summary": summary,
        "parameters": [_SLUG, *parameters],
        "responses": {"200": {"description": "Done."}, "4XX": refused, "5XX": refused},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _operation() -> dict[str, Any]:
    """Describe every act as one alternative: its name fixed, its payload strict."""
    return {
        "oneOf": [
            {
                "type": "object",
                "title": name,
                "required": ["id", "name", "payload"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "format": "uuid", "description": "UUIDv7 made by the device."},
                    "name": {"const": name},
                    "payload": operations.schema(name),
                    "device_at": {"type": ["integer", "null"], "description": "The device's clock, milliseconds."},
                },
            }
            for name in sorted(operations.VOCABULARY)
        ]
    }
