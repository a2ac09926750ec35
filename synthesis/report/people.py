"""Actors and cooperations: the picture, then the same in tables, bridges, leads, and who is not cited.

Pure. A link is made of notes and each row names them or counts them; nothing is concluded.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from synthesis.report import figures
from synthesis.report.blocks import Column, Grid, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.report.blocks import Block
    from synthesis.report.material import Material

ROWS = 20
"""The longest table of actors or links in the report; the CSV files hold all."""

LEADS = 8
"""How many leads are shown, the likeliest first."""

CITED = 3
"""How many references fit in a cell."""


def actors(material: Material) -> Section:
    """Picture the actors and the themes, then say the same in tables."""
    words, edition = material.words, material.edition
    cited = [actor for actor in edition.actors if actor.note_ids]
    blocks: list[Block] = []
    if cited:
        blocks.append(Paragraph(text=words.actors_lead))
        blocks += figures.ladder(material)
        blocks += _actor_tables(material)
        blocks += _bridges(material)
        blocks += _leads(material)
    else:
        blocks.append(Paragraph(text=words.actors_none))
    if missing := _missing(material):
        blocks.append(Paragraph(text=words.reading.absent.format(actors=", ".join(missing))))
    return Section(id="acteurs", title=words.titles["acteurs"], blocks=tuple(blocks))


def _actor_tables(material: Material) -> Iterator[Block]:
    words, edition = material.words, material.edition
    yield Grid(
        caption=words.actors_caption,
        columns=_columns(material, ("actor", "family", "notes", "themes"), people=("actor",)),
        rows=tuple(_actor_rows(material)),
    )
    yield from _more(material, sum(1 for actor in edition.actors if actor.note_ids), "actors.csv")
    names = {actor.id: actor.name for actor in edition.actors}
    links = sorted(edition.links, key=lambda link: (-len(link.note_ids), link.actor_id, link.theme_id))
    rows = tuple(
        (
            names.get(link.actor_id, ""),
            material.labels.get(link.theme_id, ""),
            str(len(link.note_ids)),
            _strength(material, link.strength),
        )
        for link in links[:ROWS]
    )
    if rows:
        columns = _columns(material, ("actor", "theme", "notes", "strength"), people=("actor", "theme"))
        yield Grid(caption=words.links_caption, columns=columns, rows=rows)
        yield from _more(material, len(links), "links.csv")
    if edition.cooperations:
        columns = _columns(material, ("actor", "other_actor", "notes", "references"), people=("actor", "other_actor"))
        yield Grid(caption=words.together_caption, columns=columns, rows=tuple(_together_rows(material, names)))
        yield from _more(material, len(edition.cooperations), "cooperations.csv")
    else:
        yield Paragraph(text=words.together_none)


def _strength(material: Material, strength: str) -> str:
    return material.words.strengths.get(strength, strength)


def _actor_rows(material: Material) -> Iterator[tuple[str, ...]]:
    linked = Counter(link.actor_id for link in material.edition.links)
    cited = [actor for actor in material.edition.actors if actor.note_ids]
    for actor in sorted(cited, key=lambda one: (-len(one.note_ids), one.name, one.id))[:ROWS]:
        named = f"{actor.name} ({actor.acronym})" if actor.acronym and actor.acronym != actor.name else actor.name
        family = material.words.families.get(actor.family, actor.family)
        family = family[:1].upper() + family[1:]
        yield named, family, str(len(actor.note_ids)), str(linked[actor.id])


def _together_rows(material: Material, names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    pairs = sorted(material.edition.cooperations, key=lambda pair: (-len(pair.note_ids), pair.actor_ids))
    for pair in pairs[:ROWS]:
        first, second = pair.actor_ids
        yield (
            names.get(first, ""),
            names.get(second, ""),
            str(len(pair.note_ids)),
            _cells(material, pair.note_ids),
        )


def _cells(material: Material, note_ids: Sequence[str]) -> str:
    """Name notes in a cell, as many as fit."""
    said = material.cite(material.notes[one] for one in note_ids[:CITED])
    return f"{said}, …" if len(note_ids) > CITED else said


def _more(material: Material, rows: int, file: str) -> Iterator[Block]:
    """Say how many rows a table leaves to the data files."""
    if rows > ROWS:
        said = material.words.count(rows - ROWS, material.words.reading.rows_more, file=file)
        yield Paragraph(text=said, tone="aside")


def _bridges(material: Material) -> Iterator[Block]:
    """Name the actors that join themes, with how many themes and notes they are in."""
    words = material.words
    names = {actor.id: actor for actor in material.edition.actors if actor.note_ids}
    linked = Counter(link.actor_id for link in material.edition.links)
    said = [
        f"{names[one.actor_id].name} ({words.count(linked[one.actor_id], words.themes)}, "
        f"{words.count(len(names[one.actor_id].note_ids), words.notes)})"
        for one in material.edition.bridges
        if one.actor_id in names
    ]
    if said:
        yield Paragraph(text=words.reading.bridges.format(actors=" · ".join(said)))


def _leads(material: Material) -> Iterator[Block]:
    """Give the cooperations to explore: levers on one side, obstacles on the other, with the notes of both."""
    words = material.words
    names = {actor.id: actor.name for actor in material.edition.actors}
    rows = tuple(
        (
            names[one.giver_id],
            names[one.seeker_id],
            material.labels[one.theme_id],
            _cells(material, one.levers),
            _cells(material, one.obstacles),
        )
        for one in material.edition.complements
        if one.theme_id in material.labels and {one.giver_id, one.seeker_id} <= set(names)
    )[:LEADS]
    if rows:
        columns = tuple(
            Column(title=words.columns[key], people=key in ("giver", "seeker", "theme"))
            for key in ("giver", "seeker", "theme", "levers", "obstacles")
        )
        yield Paragraph(text=words.reading.leads_lead)
        yield Grid(caption=words.reading.leads_caption, columns=columns, rows=rows)


def _missing(material: Material) -> list[str]:
    """Name who the programme or the organiser announces and no note cites."""
    edition = material.edition
    listed = {actor.name for actor in edition.actors if not actor.note_ids}
    return sorted(listed | {one.name for one in edition.absent})


def _columns(material: Material, keys: Sequence[str], *, people: Sequence[str] = ()) -> tuple[Column, ...]:
    numeric = ("notes", "themes", "lever", "obstacle", "condition", "other", "total")
    titles = material.words.columns
    return tuple(
        Column(title=titles[key], numeric=key in numeric and key not in people, people=key in people) for key in keys
    )
