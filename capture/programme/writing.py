"""A programme written back as a file that `read` reads again: for people to correct, and for tests to compare.

Pure. Identifiers are written out, so that a title corrected in the file stays the same session.
"""

from __future__ import annotations

import csv
import io
from itertools import groupby
from typing import TYPE_CHECKING

import yaml
from defusedcsv import csv as defused

from capture.programme.words import KIND_LABELS

if TYPE_CHECKING:
    from capture.programme.plan import PlannedSession, Programme

HEADER = (
    "id",
    "jour",
    "début",
    "fin",
    "type",
    "titre",
    "salle",
    "thème de la journée",
    "prise de notes",
    "questions",
    "rapporteurs",
)


def as_csv(programme: Programme) -> bytes:
    """Write the sessions as a CSV table that spreadsheets open as UTF-8 (with its mark) and run nothing from."""
    out = io.StringIO(newline="")
    writer = defused.writer(out, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(HEADER)
    for one in programme.sessions:
        noted = "oui" if one.takes_notes else "non"
        expected = str(one.expected_rapporteurs or "")
        place = (KIND_LABELS[one.kind], one.title, one.room, one.theme_of_day)
        writer.writerow((one.key, one.day, one.start, one.end, *place, noted, "\n".join(one.questions), expected))
    return out.getvalue().encode("utf-8-sig")


def as_yaml(programme: Programme) -> str:
    """Write the whole programme as YAML, day by day."""
    days = [
        {"date": date, "séances": [_session(one) for one in sessions]}
        for date, sessions in groupby(programme.sessions, key=lambda one: one.day)
    ]
    body: dict[str, object] = {
        "titre": programme.title,
        "lieu": programme.place,
        "fuseau": programme.timezone,
        "langue": programme.language,
    }
    if programme.kinds:
        body["types"] = [{"clé": kind.key, "libellé": kind.label} for kind in programme.kinds]
    body["journées"] = days
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=115, default_flow_style=False)


def _session(one: PlannedSession) -> dict[str, object]:
    written: dict[str, object] = {
        "id": one.key,
        "début": one.start,
        "fin": one.end,
        "type": KIND_LABELS[one.kind],
        "titre": one.title,
        "salle": one.room,
        "thème": one.theme_of_day,
        "prise de notes": "oui" if one.takes_notes else "non",
        "questions": list(one.questions),
    }
    if one.expected_rapporteurs:
        written["rapporteurs"] = one.expected_rapporteurs
    return {name: value for name, value in written.items() if value not in ("", [])}
