"""The tables of an edition, cell by cell: what the CSV files and the workbook both hold.

Pure. A cell that a spreadsheet would run as a formula (it begins with =, +, -, @, |, %, a tab or a line end, and is
no number) is written with an apostrophe before it, the convention of `defusedcsv`: a program that reads these files
back takes one leading apostrophe off. Offsets always count in the note's own text, without that apostrophe.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from defusedcsv import csv

from synthesis.corpus import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from synthesis.corpus import Corpus, Note
    from synthesis.results import Edition
    from synthesis.table import Table

Cell = str | int | float | bool

NOTE_COLUMNS = ("id", "theme_id", "theme_label", "confidence")
"""What `notes.csv` always begins with; the columns of the input follow."""

_KIND_COLUMNS = ("levers", "obstacles", "conditions", "others")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of cells with its name and its header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_bytes(sheet: Sheet) -> bytes:
    """Write a sheet as CSV: UTF-8, commas, CRLF, every dangerous cell neutralised."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(sheet.header)
    for row in sheet.rows:
        writer.writerow(tuple(_written(cell) for cell in row))
    return target.getvalue().encode()


def _written(cell: Cell) -> str | int:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int):
        return cell
    if isinstance(cell, float):
        return number(cell)
    # `defusedcsv` looks at the first character only for the signs; a tab or a line end hides one from it.
    return "'" + cell if cell.startswith(("\t", "\r", "\n")) else cell


def number(value: float) -> str:
    """Write a float with at most six decimals and no exponent, the same on every machine."""
    text = f"{value + 0.0:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def notes(edition: Edition, corpus: Corpus, table: Table | None = None) -> Sheet:
    """Each note with its theme, then the columns of the file it came from (or the note's own fields)."""
    labels = {theme.id: theme.label for theme in edition.themes}
    place = {membership.note_id: membership for membership in edition.memberships}
    columns, given = _given(corpus, table)
    rows = []
    for note in corpus:
        member = place.get(note.id)
        theme, confidence = (member.theme_id, member.confidence) if member else ("", 0.0)
        rows.append((note.id, theme, labels.get(theme, ""), confidence, *given[note.id]))
    return Sheet("notes", (*NOTE_COLUMNS, *columns), tuple(rows))


def _given(corpus: Corpus, table: Table | None) -> tuple[tuple[str, ...], Mapping[str, tuple[Cell, ...]]]:
    """Return the input's columns without those that ours replace, and each note's cells in them."""
    if table is None:
        columns = ("text", "workshop", "kind", "actors", "territories", "at")
        titles = corpus.workshop_titles()
        return columns, {note.id: _fields(note, titles) for note in corpus}
    kept = [place for place, column in enumerate(table.columns) if column and column.casefold() not in NOTE_COLUMNS]
    cells = {key: tuple(row[place] for place in kept) for key, row in table.rows}
    return tuple(table.columns[place] for place in kept), cells


def _fields(note: Note, titles: Mapping[str, str]) -> tuple[Cell, ...]:
    workshop = titles.get(note.workshop, note.workshop)
    return (note.text, workshop, note.kind, _joined(note.actors), _joined(note.territories), note.at)


def themes(edition: Edition) -> Sheet:
    """Each theme with its label, its counts and its indicators."""
    families = {family.id: family.label for family in edition.families}
    header = (
        *("theme_id", "label", "proposed_label", "decided", "subtitle", "keywords", "notes"),
        *_KIND_COLUMNS,
        *("workshops", "rapporteurs", "cohesion", "confidence", "fragile", "family_id", "family", "quoted_note_ids"),
    )
    rows = [
        (
            *(theme.id, theme.label, theme.proposed_label, bool(theme.named_by), theme.subtitle),
            *(_joined(theme.keywords), len(theme.note_ids)),
            *by_kind(theme.kinds),
            *(sum(1 for key, _ in theme.workshops if key), theme.rapporteurs, theme.cohesion, theme.confidence),
            *(theme.fragile, theme.family, families.get(theme.family, "")),
            _joined(dict.fromkeys(quote.note_id for quote in theme.quotes)),
        )
        for theme in edition.themes
    ]
    return Sheet("themes", header, tuple(rows))


def by_kind(kinds: Iterable[tuple[str, int]]) -> tuple[int, int, int, int]:
    """Return how many levers, obstacles, conditions and other notes."""
    counts = dict(kinds)
    levers, obstacles, conditions = (counts.get(kind, 0) for kind in KINDS)
    return levers, obstacles, conditions, sum(counts.values()) - levers - obstacles - conditions


def actors(edition: Edition) -> Sheet:
    """Each actor with what it is called, how often it is cited, and its place in the graph."""
    measures = {measure.actor_id: measure for measure in edition.measures}
    header = (
        *("actor_id", "name", "acronym", "family", "people", "source", "aliases", "notes", "themes"),
        *("degree", "betweenness", "note_ids"),
    )
    rows = []
    for actor in edition.actors:
        measure = measures.get(actor.id)
        placed = (measure.themes, measure.degree, measure.betweenness) if measure else (0, 0.0, 0.0)
        named = (actor.id, actor.name, actor.acronym, actor.family, actor.people, actor.source, _joined(actor.aliases))
        rows.append((*named, len(actor.note_ids), *placed, _joined(actor.note_ids)))
    return Sheet("actors", header, tuple(rows))


def mentions(edition: Edition) -> Sheet:
    """Where each note names an actor: character offsets into its text as given."""
    rows = [(one.note_id, one.start, one.end, one.surface, one.actor_id) for one in edition.mentions]
    return Sheet("mentions", ("note_id", "start", "end", "surface", "actor_id"), tuple(rows))


def links(edition: Edition) -> Sheet:
    """Each edge of the actor–theme graph, with the notes that make it."""
    names = {actor.id: actor.name for actor in edition.actors}
    labels = {theme.id: theme.label for theme in edition.themes}
    header = (
        *("actor_id", "theme_id", "actor", "theme_label", "notes"),
        *_KIND_COLUMNS,
        *("strength", "p_value", "note_ids"),
    )
    rows = [
        (
            *(link.actor_id, link.theme_id, names.get(link.actor_id, ""), labels.get(link.theme_id, "")),
            len(link.note_ids),
            *by_kind(link.kinds),
            *(link.strength, link.p_value, _joined(link.note_ids)),
        )
        for link in edition.links
    ]
    return Sheet("links", header, tuple(rows))


def cooperations(edition: Edition) -> Sheet:
    """Each pair of actors cited in the same notes."""
    names = {actor.id: actor.name for actor in edition.actors}
    rows: list[tuple[Cell, ...]] = []
    for pair in edition.cooperations:
        first, second = pair.actor_ids
        both = (names.get(first, ""), names.get(second, ""))
        rows.append((first, second, *both, len(pair.note_ids), _joined(pair.note_ids)))
    return Sheet("cooperations", ("actor_id_1", "actor_id_2", "actor_1", "actor_2", "notes", "note_ids"), tuple(rows))


def _joined(parts: Iterable[str]) -> str:
    return ";".join(parts)
