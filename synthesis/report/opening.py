"""The report's first pages: the cover, the essential, the setting, the overview.

Pure. Written for whoever reads five minutes: what this is, how sure, what was said, where.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from synthesis.report.blocks import Column, Cover, Grid, Items, KindHeading, Paragraph, Section
from synthesis.report.material import clipped
from synthesis.report.setting import hour
from synthesis.report.spread import by_spread, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from synthesis.report.blocks import Block
    from synthesis.report.material import Material
    from synthesis.results import Theme

ESSENTIAL = 7
"""How many themes the first page shows: what a person keeps in mind."""

GLANCE = 150
"""The longest quotation of the first page, in characters."""

NAMED = 3
"""How many themes a door of the first page names; the overview and the chapters hold the others."""

ABREAST = 24
"""How many workshops stand side by side in one table."""

LOUDER = 8
"""How many workshops that say more of a theme the overview names."""

COMPARED = 3
"""From this many workshops on, a theme may be said to be everywhere, or in one of them alone."""

Room = tuple[str, str, str]
"""(workshop id, number, title)."""


def cover(material: Material) -> Cover:
    """Say what the document is, what it is not, and how sure."""
    words, status, corpus = material.words, material.status, material.corpus
    badge = words.draft
    if status.frozen:
        at = hour(material, status.frozen.at)
        badge = words.reading.frozen.format(number=status.version, on=_date(material, status.frozen.on), at=at)
    elif status.final:
        badge = words.final_by.format(by=status.validated_by) if status.validated_by else words.final
    return Cover(
        title=material.edited.title or corpus.title or words.title,
        subtitle=words.subtitle,
        badge=badge,
        facts=tuple((words.facts[key], value) for key, value in _facts(material)),
        statement=words.statement,
        warnings=tuple(_warnings(material)),
    )


def _facts(material: Material) -> Iterator[tuple[str, str]]:
    words, status, corpus = material.words, material.status, material.corpus
    yield "version", status.version
    if status.on:
        yield "date", _date(material, status.on)
    yield "notes", words.number(len(corpus))
    heard = sum(1 for key, _, _ in material.rooms if material.by_room.get(key))
    yield "workshops", words.workshops_of.format(speaking=heard, all=len(material.rooms))
    rapporteurs = {note.author for note in corpus if note.author}
    if rapporteurs:
        yield "rapporteurs", words.number(len(rapporteurs))
    yield "themes", words.number(len(material.edition.themes))
    yield "unplaced", words.number(len(material.edition.tray))


def _date(material: Material, on: date) -> str:
    words = material.words
    day = "1er" if words.language == "fr" and on.day == 1 else str(on.day)
    return words.date.format(day=day, month=words.months[on.month - 1], year=on.year)


def _warnings(material: Material) -> Iterator[str]:
    words, edition = material.words, material.edition
    if material.status.frozen:
        yield words.reading.frozen_means
    if not len(material.corpus):
        yield words.empty
    elif edition.method == "grouped":
        yield words.grouped
    silent = [title for key, _, title in material.rooms if not material.by_room.get(key)]
    if silent and len(material.corpus):
        yield words.count(len(silent), words.silent, titles=", ".join(silent))
    if material.status.erased:
        yield words.count(material.status.erased, words.erased)
    if hidden := sum(1 for theme in edition.themes if theme.hidden):
        yield words.count(hidden, words.hidden)
    if material.edited.unsettled:
        yield words.count(material.edited.unsettled, words.unsettled)
    for code in edition.remarks:
        if not (code == "few_notes" and edition.method == "grouped"):
            yield words.remarks.get(code) or words.remark_other.format(code=code)


def essential(material: Material) -> Section:
    """Give at most seven themes, the report's first, each with its counts and one quotation.

    A theme that a person hid is not among them; the status page says how many there are.
    """
    words = material.words
    themes = [theme for theme in material.edition.themes if not theme.hidden]
    blocks: list[Block] = []
    if not themes:
        blocks.append(Paragraph(text=words.essential_none, tone="lead"))
    else:
        blocks.append(Paragraph(text=f"{words.essential_lead} {ordered(material)}", tone="aside"))
        first = themes if material.edited.order else by_spread(themes)
        for theme in first[:ESSENTIAL]:
            blocks += _glance(material, theme)
        blocks.append(Items(items=tuple(_doors(material))))
    return Section(id="essentiel", title=words.titles["essentiel"], brief=True, blocks=tuple(blocks))


def ordered(material: Material) -> str:
    """Say who put the themes in this order."""
    words = material.words
    if material.edited.order:
        return words.orders["report"]
    return words.orders["desk" if any(theme.rank for theme in material.edition.themes) else "spread"]


def _glance(material: Material, theme: Theme) -> Iterator[Block]:
    notes = material.of(theme)
    yield KindHeading(kind="theme", text=theme.label)
    yield Paragraph(text=size(material, theme), tone="aside")
    central = next((quote for quote in theme.quotes if quote.role != "lone"), None)
    if central:
        yield material.quotation(*material.stretch(central, GLANCE))
    elif notes:
        yield material.quotation(notes[0], 0, clipped(notes[0].text, GLANCE))


def size(material: Material, theme: Theme) -> str:
    """Say how many notes, from how many workshops, of which kinds."""
    words, notes = material.words, material.of(theme)
    said = words.count(len(notes), words.notes)
    rooms = len({note.workshop for note in notes if note.workshop})
    if not rooms:
        return words.size_plain.format(notes=said, kinds=material.counts(notes))
    return words.size.format(notes=said, workshops=words.count(rooms, words.workshops), kinds=material.counts(notes))


def _doors(material: Material) -> Iterator[str]:
    """Say what comes back everywhere, what is debated, what is heard only once."""
    words, themes = material.words, [theme for theme in material.edition.themes if not theme.hidden]
    everywhere = [theme for theme in transversal(material) if not theme.hidden]
    if everywhere:
        yield words.doors["everywhere"].format(themes=_first(material, everywhere))
    if debated := _debated(material, themes):
        yield words.doors["debated"].format(themes=_first(material, debated))
    lone = sum(1 for theme in themes if any(quote.role == "lone" for quote in theme.quotes))
    if lone:
        yield words.doors["once"].format(n=words.count(lone, words.lone_count))


def _debated(material: Material, themes: Sequence[Theme]) -> list[Theme]:
    """Return the themes with levers and obstacles, those first whose smaller side is the largest, as the desk does."""
    found = {theme.id: Counter(note.kind for note in material.of(theme)) for theme in themes}
    sides = {key: min(kinds["lever"], kinds["obstacle"]) for key, kinds in found.items()}
    return sorted((theme for theme in themes if sides[theme.id] > 1), key=lambda theme: (-sides[theme.id], theme.id))


def _first(material: Material, themes: Sequence[Theme]) -> str:
    """Name the first themes, and say how many follow."""
    more = len(themes) - NAMED
    said = [theme.label for theme in themes[:NAMED]]
    if more > 0:
        said.append(material.words.count(more, material.words.reading.more_themes))
    return " · ".join(said)


def transversal(material: Material) -> list[Theme]:
    """Return the themes really heard in half of the workshops that spoke, three at least, as the desk does."""
    heard = sum(1 for key, _, _ in material.rooms if material.by_room.get(key))
    found = [theme for theme in material.edition.themes if spread(theme)[0] >= max(COMPARED, heard / 2)]
    return sorted(found, key=lambda theme: (-spread(theme)[0], -len(theme.note_ids), theme.id))


def _louder(material: Material) -> Iterator[str]:
    """Name the workshops that say more of a theme, those first that hold most of its notes beyond their share."""
    ranked = sorted(material.edition.louder, key=lambda one: (one.expected - one.notes, one.theme_id, one.workshop))
    for one in ranked[:LOUDER]:
        number = material.numbers.get(one.workshop)
        if number and one.theme_id in material.labels:
            said = material.words.count(one.notes, material.words.notes)
            yield f"{material.labels[one.theme_id]}, {number} ({said})"


def _named(themes: Sequence[Theme]) -> str:
    return " · ".join(theme.label for theme in themes)


def overview(material: Material) -> Section:
    """Cross themes and workshops, then say which themes are everywhere and which in one room only."""
    words = material.words
    themes = material.edition.themes
    blocks: list[Block] = []
    if not themes:
        blocks.append(Paragraph(text=words.essential_none))
    else:
        blocks.append(Paragraph(text=words.overview_lead))
        rooms = [room for room in material.rooms if material.by_room.get(room[0])]
        blocks += [_crossing(material, part) for part in _shared_out(rooms)]
        if everywhere := transversal(material):
            blocks.append(Paragraph(text=words.transversal.format(themes=_named(everywhere))))
        alone = [theme for theme in themes if spread(theme)[1] == 1]
        if alone and len(rooms) >= COMPARED:
            blocks.append(Paragraph(text=words.specific.format(themes=_named(alone))))
        if louder := list(_louder(material)):
            blocks.append(Paragraph(text=words.reading.louder_overview.format(pairs=" · ".join(louder))))
    return Section(id="vue", title=words.titles["vue"], blocks=tuple(blocks))


def _shared_out(rooms: Sequence[Room]) -> Iterator[Sequence[Room]]:
    """Cut the workshops into tables of one size, as few as hold them."""
    tables = max(math.ceil(len(rooms) / ABREAST), 1)
    width = max(math.ceil(len(rooms) / tables), 1)
    for at in range(0, max(len(rooms), 1), width):
        yield rooms[at : at + width]


def _crossing(material: Material, rooms: Sequence[Room]) -> Grid:
    words = material.words
    columns = (
        Column(title=words.columns["theme"], people=True),
        *(Column(title=number, numeric=True, hint=title) for _, number, title in rooms),
        Column(title=words.columns["total"], numeric=True, total=True),
    )
    rows = []
    for theme in material.edition.themes:
        found = Counter(note.workshop for note in material.of(theme))
        cells = (str(found[key]) if found[key] else "·" for key, _, _ in rooms)
        rows.append((theme.label, *cells, str(len(theme.note_ids))))
    first, last = (rooms[0][1], rooms[-1][1]) if rooms else ("", "")
    part = f" ({first}–{last})" if len(rooms) < len(material.rooms) and rooms else ""
    return Grid(caption=words.overview_caption + part, columns=columns, rows=tuple(rows), heat=True)
