"""The report's last pages: notes to place, the witnesses, the follow-up, method, limits, and every note once.

Pure. The annexes are the proof that nothing was left out: each note stands there whole, once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.report import chapters, log
from synthesis.report.blocks import ROOM, Column, Grid, Items, NoteLine, NoteList, Paragraph, Section, SignedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from synthesis.corpus import Note
    from synthesis.decisions import Decided
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material

EVERY_NOTE = "annexe-notes"
"""The section that holds each note exactly once; `proof` counts them there."""


def unplaced(material: Material) -> Section:
    """Give the notes of the tray in full: they count as much as the others."""
    words = material.words
    notes = [material.notes[note_id] for note_id in material.edition.tray]
    title = words.titles["a-classer"]
    if not notes:
        return Section(id="a-classer", title=title, blocks=(Paragraph(text=words.unplaced_none),))
    return Section(
        id="a-classer",
        title=title,
        blocks=(Paragraph(text=words.unplaced_lead), NoteList(lines=lines(material, notes))),
    )


def lines(material: Material, notes: Iterable[Note]) -> tuple[NoteLine, ...]:
    """Give whole notes, as written, each with the theme it joined."""
    return tuple(
        NoteLine(
            note_id=note.id,
            reference=material.references[note.id],
            text=note.text,
            kind=note.kind,
            kind_word=material.words.singular(note.kind),
            theme=material.theme_of.get(note.id, ""),
        )
        for note in notes
    )


def witnesses(material: Material) -> Section:
    """Set the grands témoins' own texts apart, signed."""
    words, texts = material.words, material.status.witnesses
    title = words.titles["regard"]
    if not texts:
        return Section(id="regard", title=title, blocks=(Paragraph(text=words.witnesses_none),))
    texts_of = (SignedText(text=one.text, by=one.by) for one in texts)
    blocks: tuple[Block, ...] = (Paragraph(text=words.witnesses_lead, tone="aside"), *texts_of)
    return Section(id="regard", title=title, blocks=blocks)


def follow_up(material: Material) -> Section:
    """Leave the table that people fill: what is decided, who, by when."""
    words = material.words
    keys = ("theme", "decided", "who", "when")
    columns = tuple(Column(title=words.columns[key], people=key == "theme") for key in keys)
    labels = [theme.label for theme in material.edition.themes] or [""] * 3
    grid = Grid(
        caption=words.follow_caption, columns=columns, rows=tuple((label, "", "", "") for label in labels), blank=True
    )
    return Section(id="suites", title=words.titles["suites"], blocks=(Paragraph(text=words.follow_lead), grid))


def method(material: Material) -> Section:
    """Say how it was made, step by step, in words that anyone reads."""
    words = material.words
    items = (*words.method, words.method_grouped) if material.edition.method == "grouped" else words.method
    return Section(id="methode", title=words.titles["methode"], blocks=(Items(items=items),))


def _files(material: Material) -> Section:
    """Name the data files, then give the settings and versions, so that anyone may make the report again."""
    words, edition = material.words, material.edition
    columns = tuple(Column(title=words.columns[key]) for key in ("setting", "value"))
    asked = edition.parameters.themes
    values = {
        "hash": edition.input_hash or material.corpus.digest(),
        "position": str(edition.position),
        "themes": words.automatic if asked is None else str(asked),
        "seed": str(edition.parameters.seed),
        "schema": str(edition.schema),
    }
    rows = (*((words.parameters[key], value) for key, value in values.items()), *edition.versions)
    grid = Grid(caption=words.parameters_caption, columns=columns, rows=rows)
    return Section(
        id="annexe-donnees",
        title=words.titles["annexe-donnees"],
        blocks=(Paragraph(text=words.files_lead), Items(items=words.files), grid),
    )


def limits(material: Material) -> Section:
    """Say what the document cannot say."""
    return Section(id="limites", title=material.words.titles["limites"], blocks=(Items(items=material.words.limits),))


def annexes(material: Material, decisions: Sequence[Decided]) -> Section:
    """Give every note once, what people decided, the data files and the personal-data notice."""
    words = material.words
    hidden = chapters.hidden(material)
    sections = (
        every_note(material),
        *((hidden,) if hidden else ()),
        log.decided(material, decisions),
        _files(material),
        Section(id="annexe-personnes", title=words.titles["annexe-personnes"], blocks=(Items(items=words.privacy),)),
    )
    lead = (Paragraph(text=words.annexes_lead),)
    return Section(id="annexes", title=words.titles["annexes"], blocks=lead, sections=sections)


def every_note(material: Material) -> Section:
    """List each note exactly once, whole, under its workshop."""
    words = material.words
    rooms = [(number, title, material.by_room.get(key, ()), True) for key, number, title in material.rooms]
    rooms.append(("–", words.nowhere, material.by_room.get("", ()), False))
    sections = tuple(
        Section(
            id=f"{ROOM}{rank}",
            title=title,
            room=number,
            people=people,
            blocks=(NoteList(lines=lines(material, notes)),),
        )
        for rank, (number, title, notes, people) in enumerate(rooms, 1)
        if notes
    )
    blocks = () if sections else (Paragraph(text=words.empty),)
    return Section(id=EVERY_NOTE, title=words.titles[EVERY_NOTE], blocks=blocks, sections=sections)
