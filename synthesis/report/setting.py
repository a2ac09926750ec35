"""The setting: the sessions of the programme, when they were held, and what came from each.

Pure. A session that takes no notes is listed too: a report tells where words were kept, and where they were not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from synthesis.corpus import KINDS
from synthesis.report.blocks import Column, Grid, Held, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.corpus import Note
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material

COUNTED = ("notes", *KINDS, "other")
"""The columns of counts; the first is checked against the notes before anything leaves."""


def setting(material: Material) -> Section:
    """List the sessions in programme order, with what came from each; the silent workshops included."""
    words, status = material.words, material.status
    dated = any(one.day for one in status.programme)
    columns = (
        Column(title=words.columns["number"]),
        Column(title=words.columns["workshop"], people=True),
        *((Column(title=words.columns["held"]),) if dated else ()),
        *(Column(title=words.columns[key], numeric=True) for key in COUNTED),
    )
    rows = []
    for held in _sessions(material):
        number = material.numbers.get(held.key, "–")
        tally = _tally(material.by_room.get(held.key, ())) if held.key in material.numbers else ("–",) * len(COUNTED)
        rows.append((number, held.title, *((moment(material, held),) if dated else ()), *tally))
    if astray := material.by_room.get("", ()):
        rows.append(("–", words.nowhere, *(("–",) if dated else ()), *_tally(astray)))
    lead = [words.setting_lead, *([words.reading.place.format(place=status.place)] if status.place else [])]
    blocks: tuple[Block, ...] = (Paragraph(text=" ".join(lead)),)
    if rows:
        blocks = (*blocks, Grid(caption=words.setting_caption, columns=columns, rows=tuple(rows)))
    return Section(id="cadre", title=words.titles["cadre"], blocks=blocks)


def _sessions(material: Material) -> Iterator[Held]:
    """Give the programme, then the workshops that it does not name."""
    yield from material.status.programme
    known = {one.key for one in material.status.programme}
    for key, _, title in material.rooms:
        if key not in known:
            yield Held(key=key, title=title, kind="workshop")


def moment(material: Material, held: Held) -> str:
    """Say when a session was held: « 26 novembre, 13 h 45 – 15 h 15 »."""
    words = material.words
    if not held.day:
        return "–"
    on = dt.date.fromisoformat(held.day)
    first = "1er" if words.language == "fr" and on.day == 1 else str(on.day)
    day = f"{first} {words.months[on.month - 1]}"
    if not (held.start and held.end):
        return day
    hours = {"start": hour(material, held.start), "end": hour(material, held.end)}
    # The line may end after the day, never inside the hours.
    return words.reading.hours.format(day=day, **hours).replace(" – ", "\u00a0–\u00a0")


def hour(material: Material, clock: str) -> str:
    """Say an hour as the frame's language does: « 13 h 45 », « 14 h »."""
    hour, minutes = clock.split(":")[:2]
    said = material.words.reading.hour.format(hour=int(hour), minutes=minutes)
    # French writes « 14 h » for the full hour.
    return said.removesuffix(" 00").replace(" ", "\u00a0")


def _tally(notes: Sequence[Note]) -> tuple[str, ...]:
    found = Counter(note.kind for note in notes)
    known = [found[kind] for kind in KINDS]
    return tuple(str(count) for count in (len(notes), *known, len(notes) - sum(known)))
