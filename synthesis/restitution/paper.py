"""A sheet of landmarks on paper: large print, words exactly as noted, made by a process of its own.

The web process does not typeset: a note that is being written would wait for it.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Response
from flask_babel import gettext

from synthesis import makers
from synthesis.present import EditionShown
from synthesis.restitution.sheets import Landmark, Sheet


def answer(sheet: Sheet, shown: EditionShown, *, title: str) -> Response:
    """Return the sheet as a PDF to take away.

    Raises:
        NotMade: the other process failed or took too long.
    """
    body = json.dumps(content(sheet, shown, title=title), ensure_ascii=False).encode("utf-8", "surrogatepass")
    made = makers.finished(makers.run(["synthesis.restitution.typeset"], body=body))
    response = Response(made, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename="reperes.pdf")
    return response


def content(sheet: Sheet, shown: EditionShown, *, title: str) -> dict[str, Any]:
    """Return what the page says: each landmark with its number, its words, its source and its time."""
    return {
        "title": title,
        "name": sheet.name,
        "seconds": sheet.seconds,
        "landmarks": [_landmark(one, shown) for one in sheet.landmarks],
    }


def _landmark(one: Landmark, shown: EditionShown) -> dict[str, Any]:
    note = shown.by_id().get(one.note_id)
    theme = shown.theme(one.theme_id)
    gone = gettext("Cette note n’est plus là.") if one.note_id and note is None else ""
    source = f"{shown.kind_label(note.kind)} · {shown.titles.get(note.workshop, note.workshop)}" if note else gone
    return {
        "line": one.line,
        "seconds": one.seconds,
        "quote": note.text if note else "",
        "theme": theme.label if theme else "",
        "source": source,
    }
