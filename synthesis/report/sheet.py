"""One workshop's return sheet: what its participants noted, whole, and where it joins what others said.

Pure. The same tree as the report's, so that each format renders it without a choice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from capture.errors import ReportUnproved
from synthesis.report import opening
from synthesis.report.annexes import lines
from synthesis.report.blocks import Column, Grid, NoteList, Paragraph, Section
from synthesis.report.compose import LANGUAGES, framed
from synthesis.report.material import Material, kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.corpus import Corpus, Note
    from synthesis.report.blocks import Report, Status
    from synthesis.results import Edition


def sheet(edition: Edition, corpus: Corpus, workshop: str, *, status: Status, language: str = "fr") -> Report:
    """Compose a workshop's return sheet, and prove it.

    Raises:
        ReportUnproved: a note of the workshop is missing, twice there, or not as it was written.

    """
    material = Material(edition, corpus, status, LANGUAGES[language])
    words, notes = material.words, material.by_room.get(workshop, ())
    title = corpus.workshop_titles().get(workshop, workshop)
    whole = opening.cover(material)
    facts = (*whole.facts[: 2 if status.on else 1], (words.facts["notes"], words.number(len(notes))))
    cover = replace(
        whole, title=title, subtitle=words.sheet_subtitle, facts=facts, statement=words.sheet_statement, warnings=()
    )
    sections = (_noted(material, notes), *_themes(material, workshop, notes))
    made = framed(material, title=f"{title} – {words.sheet_subtitle}", cover=cover, parts=sections)
    _check(made, notes)
    return made


def _noted(material: Material, notes: Sequence[Note]) -> Section:
    """Give each note of the workshop once, whole, by kind."""
    words = material.words
    sections = tuple(
        Section(
            id=f"atelier-{rank}",
            title=words.plural(kind),
            blocks=(NoteList(lines=lines(material, [note for note in notes if note.kind == kind])),),
        )
        for rank, kind in enumerate(kinds_of(note.kind for note in notes), 1)
    )
    blocks = () if notes else (Paragraph(text=words.sheet_none),)
    return Section(id="notes", title=words.sheet_noted, blocks=blocks, sections=sections)


def _themes(material: Material, workshop: str, notes: Sequence[Note]) -> Iterator[Section]:
    """Say which themes these notes joined, and in how many other workshops they were heard."""
    words = material.words
    here = {note.id for note in notes}
    rows = []
    for theme in material.edition.themes:
        own = [note_id for note_id in theme.note_ids if note_id in here]
        rooms = Counter(note.workshop for note in material.of(theme) if note.workshop not in {"", workshop})
        if own:
            rows.append((theme.label, str(len(own)), str(len(theme.note_ids)), str(len(rooms))))
    if rows:
        columns = (
            Column(title=words.columns["theme"], people=True),
            *(Column(title=title, numeric=True) for title in words.sheet_columns),
        )
        grid = Grid(caption=words.sheet_caption, columns=columns, rows=tuple(rows))
        yield Section(id="themes", title=words.titles["themes"], blocks=(grid,))


def _check(made: Report, notes: Sequence[Note]) -> None:
    """Compare what the sheet holds with the workshop's notes, one for one."""
    held = [
        (line.note_id, line.text) for block in made.blocks() if isinstance(block, NoteList) for line in block.lines
    ]
    if sorted(held) != sorted((note.id, note.text) for note in notes):
        said = "la feuille ne reprend pas les notes de l’atelier, une fois chacune et à la lettre"
        raise ReportUnproved(failures=(said,), summary=f"{said}.")
