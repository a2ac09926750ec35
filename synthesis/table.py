"""Reads a CSV file of notes: the input of the measuring contract, refused by line and reason when it is bad.

Pure: bytes in, values out. Nothing is repaired in silence: a text is kept to the character, a column we do not
know is named and set aside so that `notes.csv` can repeat it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from synthesis import grid
from synthesis.corpus import Corpus, Kind, Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.grid import Grid, Row

COLUMNS = ("id", "text", "workshop", "kind", "actors", "territories", "at")
"""The columns that have a meaning; `text` alone is required."""

_KINDS: dict[str, Kind] = {
    "": "",
    **dict.fromkeys(("levier", "leviers", "lever", "levers", "+"), "lever"),
    **dict.fromkeys(("frein", "freins", "obstacle", "obstacles", "barrier", "barriers", "-", "−", "–"), "obstacle"),
    **dict.fromkeys(("condition", "conditions", "!"), "condition"),
    **dict.fromkeys(("condition de reussite", "conditions de reussite", "condition de succes"), "condition"),
    **dict.fromkeys(("success condition", "success conditions", "condition of success"), "condition"),
    **dict.fromkeys(("conditions of success", "condition for success", "conditions for success"), "condition"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something to tell whoever gave the file; nothing was refused for it."""

    code: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A notes file as read: the corpus, what to say about the file, and its cells as they were given."""

    corpus: Corpus
    remarks: tuple[Remark, ...] = ()
    columns: tuple[str, ...] = ()
    """The header as given, in the file's order."""
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(note id, its cells as given, one per column), sorted by note id."""


def read(data: bytes, *, name: str) -> Table:
    """Read a notes file: UTF-8 with a header that names `text`, and perhaps the other `COLUMNS`.

    A row without an id takes one made of its content, so that the order of the rows changes nothing; rows alike to
    the letter are numbered. Kinds are read in French and English, whatever the case, the accents and the plural.

    Args:
        data: the file's bytes.
        name: what the person calls the file, for the refusal.

    Raises:
        TableUnreadable: the file cannot be cut into cells (see `grid.cut`), or a text is empty, a kind unknown, an id
            used twice; with the line and the reason of each.

    """
    cells = grid.cut(data, name=name, known=COLUMNS, required="text", near=("texte", "note", "notes", "contenu"))
    identified = _identify(_notes(cells, name))
    return Table(
        corpus=Corpus.of(note for note, _ in identified),
        remarks=_remarks(cells.aside()),
        columns=cells.header,
        rows=tuple(sorted((note.id, row.cells) for note, row in identified)),
    )


def kind_of(word: str) -> Kind | None:
    """Return the kind that a word means in French or English, "" when it is empty, None when it means none.

    Case, accents and spaces around do not count: « Freins », "obstacle" and " FREIN " are one kind.
    """
    return _KINDS.get(grid.plain(word))


def _notes(cells: Grid, name: str) -> list[tuple[Note, Row]]:
    notes, faults = [], []
    lines: dict[str, int] = {}
    for row in cells.rows:
        reasons = list(_faults(cells, row, lines))
        faults += [(row.line, reason) for reason in reasons]
        if key := cells.cell(row, "id").strip():
            lines.setdefault(key, row.line)
        notes.append((_note(cells, row), row))
    if faults:
        grid.refuse(name, faults)
    return notes


def _faults(cells: Grid, row: Row, lines: dict[str, int]) -> Iterator[str]:
    key, kind = cells.cell(row, "id").strip(), cells.cell(row, "kind")
    if key in lines:
        yield f"l’identifiant « {key} » a déjà servi ligne {lines[key]}"
    if not any(unicodedata.category(letter)[0] not in "CZ" for letter in cells.cell(row, "text")):
        yield "le texte est vide"
    if kind_of(kind) is None:
        yield f"le type « {kind.strip()} » n’existe pas ; écrivez levier, frein, condition, ou laissez vide"


def _note(cells: Grid, row: Row) -> Note:
    return Note(
        id=cells.cell(row, "id").strip(),
        text=cells.cell(row, "text"),
        workshop=cells.cell(row, "workshop").strip(),
        kind=kind_of(cells.cell(row, "kind")) or "",
        actors=_parts(cells.cell(row, "actors")),
        territories=_parts(cells.cell(row, "territories")),
        at=cells.cell(row, "at").strip(),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _identify(notes: Sequence[tuple[Note, Row]]) -> list[tuple[Note, Row]]:
    """Give the notes without an id one made of their content; rows alike are told apart by a number.

    The id is "n" and the first 12 hexadecimal digits of the SHA-256 of the note's fields; notes that share them are
    ordered by their fields and cells, never by their row, and from the second on carry "-2", "-3"…
    """
    taken = {note.id for note, _ in notes if note.id}
    alike: dict[str, list[tuple[str, Note, Row]]] = defaultdict(list)
    for note, row in notes:
        if not note.id:
            body = _body(note)
            alike["n" + hashlib.sha256(body.encode()).hexdigest()[:12]].append((body, note, row))
    named = [(note, row) for note, row in notes if note.id]
    for stem in sorted(alike):
        number = 0
        for _, note, row in sorted(alike[stem], key=lambda one: (one[0], one[2].cells)):
            number += 1
            while (key := stem if number == 1 else f"{stem}-{number}") in taken:
                number += 1
            taken.add(key)
            named.append((replace(note, id=key), row))
    return named


def _body(note: Note) -> str:
    fields = [note.text, note.workshop, note.kind, note.actors, note.territories, note.at]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _remarks(aside: Sequence[str]) -> tuple[Remark, ...]:
    if not aside:
        return ()
    named = ", ".join(f"« {cell} »" for cell in aside)
    begin = (
        "Colonne inconnue, laissée de côté et répétée"
        if len(aside) == 1
        else "Colonnes inconnues, laissées de côté et répétées"
    )
    return (Remark(code="columns_aside", sentence=f"{begin} dans notes.csv : {named}."),)
