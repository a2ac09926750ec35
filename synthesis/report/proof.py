"""Proves a report before it leaves: what it quotes was written, what it counts is so, what was written is all there.

Pure. The report is read as its readers will, from the finished tree, and compared with the notes themselves by another
road than the one that composed it. One failure and nothing is exported.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from capture.errors import ReportUnproved
from synthesis.report import proof_stories
from synthesis.report.annexes import EVERY_NOTE
from synthesis.report.blocks import Grid, Items, KindHeading, NoteList, Paragraph, Picture, Quotation
from synthesis.report.cited import References
from synthesis.report.marks import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.corpus import Corpus
    from synthesis.report.blocks import Block, Report, Section
    from synthesis.results import Edition

SHOWN = 5
"""How many failures the refusal says; all are in its data."""

LEAST = 20
"""Under this many notes, a percentage says nothing and is refused."""

FIRST = 7
"""How many themes the first page may show."""

PARTS = (
    *("essentiel", "cadre", "vue", "themes", "croisee", "acteurs", "metiers", "territoires", "a-classer", "regard"),
    *(
        "suites",
        "methode",
        "limites",
        "annexes",
        "annexe-notes",
        "annexe-decisions",
        "annexe-donnees",
        "annexe-personnes",
    ),
)
"""What every report owes its readers, were it to say that there is nothing."""

_PERCENT = re.compile(r"\d\s*%")
_FRENCH = re.compile(r"\S[;:!?»](?=\s|$)|[ \u00a0][;:!?»]|«[^\u202f]|'")
_TIME = re.compile(r"\d:\d")


def check(report: Report, corpus: Corpus, edition: Edition) -> None:
    """Refuse a report that says something its notes do not.

    Checked: the notes are those of the edition; every part is there; each quotation is a stretch of the note it names,
    to the character; each reference leads to its note; the numbers of the cover, of the chapters and of the tables;
    each note once and once only in the annexes; each story session whole, each of its notes once; each territory with
    its notes; each theme with a quotation; no percentage under twenty notes; French typography of the frame; a title,
    a caption and an alternative text everywhere; anchors that are unique.

    Raises:
        ReportUnproved: with every failure in `failures`.

    """
    checks = (
        *(_same_notes, _parts, _quotations, _references, _every_note, _themes, _cover, _counts),
        *(proof_stories.told, proof_stories.named, _percentages, _typography, _structure),
    )
    failures = tuple(failure for one in checks for failure in one(report, corpus, edition))
    if failures:
        said = " ; ".join(failures[:SHOWN])
        more = f" ; et {len(failures) - SHOWN} autres" if len(failures) > SHOWN else ""
        raise ReportUnproved(failures=failures, summary=f"{said}{more}.")


def _same_notes(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    del report
    if edition.input_hash and edition.input_hash != corpus.digest():
        yield "les notes ne sont pas celles de l’édition"


def _parts(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Every part that a report owes its readers is there, and the first pages stay short."""
    del corpus, edition
    there = {section.id: section for section in report.walk()}
    for part in PARTS:
        if part not in there:
            yield f"la partie « {part} » manque"
        elif not (there[part].blocks or there[part].sections):
            yield f"la partie « {part} » est vide"
    glances = there["essentiel"].blocks if "essentiel" in there else ()
    if sum(isinstance(block, KindHeading) for block in glances) > FIRST:
        yield f"l’essentiel montre plus de {FIRST} thèmes"


def _quotations(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    del edition
    notes = corpus.by_id()
    titles = corpus.workshop_titles()
    for block in report.blocks():
        if isinstance(block, Quotation):
            note = notes.get(block.note_id)
            exact = note and (block.text in note.text if block.partial else block.text == note.text)
            if not note or not exact or not block.text:
                yield f"la citation de la note {block.reference} n’est pas dans la note"
            elif (block.kind, block.workshop) != (note.kind, titles.get(note.workshop, "")):
                yield f"le type ou l’atelier de la note {block.reference} n’est pas le sien"


def _references(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Each note that is named is in the annexes, under the same reference; a quoted cell holds a note's words."""
    shown = {
        line.note_id: line.reference
        for block in report.blocks()
        if isinstance(block, NoteList)
        for line in block.lines
    }
    for block in report.blocks():
        if isinstance(block, References):
            for one in (note for _, notes in block.rooms for note in notes):
                if shown.get(one.note_id) != one.reference:
                    yield f"la référence {one.reference} ne mène pas à sa note"
        if isinstance(block, Grid):
            yield from _cells(block, report.frame.more, corpus)
    known = set(corpus.by_id())
    for part in (edition.actors, edition.links, edition.cooperations):
        if not all(set(one.note_ids) <= known for one in part):
            yield "un acteur ou un lien s’appuie sur une note absente"


def _cells(grid: Grid, more: str, corpus: Corpus) -> Iterator[str]:
    for place, column in enumerate(grid.columns):
        for cell in (row[place] for row in grid.rows) if column.quoted else ():
            words = cell.removesuffix(f" {more}")
            if not any(words in note.text if words != cell else words == note.text for note in corpus):
                yield f"une citation de tableau n’est pas dans les notes : {cell[:60]}"


def _every_note(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Each note stands once in the annexes, whole; the tray stands whole in its own section."""
    notes = corpus.by_id()
    for section_id, expected in ((EVERY_NOTE, Counter(list(notes))), ("a-classer", Counter(edition.tray))):
        section = next((one for one in report.walk() if one.id == section_id), None)
        lines = list(_lines(section)) if section else []
        found = Counter(note_id for note_id, _ in lines)
        for note_id in sorted((expected - found) | (found - expected)):
            times, wanted = found[note_id], expected[note_id]
            yield f"la note {note_id} figure {times} fois dans « {section_id} » au lieu de {wanted}"
        for note_id, text in lines:
            if note_id in notes and notes[note_id].text != text:
                yield f"la note {note_id} n’est pas reprise à la lettre"


def _lines(section: Section) -> Iterator[tuple[str, str]]:
    for one in section.walk():
        for block in one.blocks:
            if isinstance(block, NoteList):
                for line in block.lines:
                    yield line.note_id, line.text


def _themes(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Each theme of the edition has its chapter, with a quotation of one of its own notes."""
    chapters = {one.id: one for one in report.walk()}
    for rank, theme in enumerate(edition.themes, 1):
        chapter = chapters.get(f"theme-{rank}")
        quoted = [block.note_id for block in chapter.blocks if isinstance(block, Quotation)] if chapter else []
        if not chapter or chapter.title != theme.label:
            yield f"le thème « {theme.label} » n’a pas son chapitre"
        elif not quoted:
            yield f"le thème « {theme.label} » n’a aucune citation"
        elif not set(quoted) <= set(theme.note_ids):
            yield f"le thème « {theme.label} » cite une note qui n’est pas la sienne"
    placed = Counter(note_id for theme in edition.themes for note_id in theme.note_ids)
    for note_id in sorted(set(corpus.by_id()) - set(placed) - set(edition.tray)):
        yield f"la note {note_id} n’est ni dans un thème ni à classer"
    for note_id, times in sorted(placed.items()):
        if times + (note_id in edition.tray) > 1:
            yield f"la note {note_id} a deux places"


def _cover(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Count again the numbers of the first page and of each heading of a chapter."""
    said = {int("".join(filter(str.isdigit, value)) or 0) for _, value in report.cover.facts}
    for counted in (len(corpus), len(edition.themes), len(edition.tray)):
        if counted not in said:
            yield f"la première page ne dit pas le nombre {counted}"
    notes = corpus.by_id()
    chapters = {one.id: one for one in report.walk()}
    for rank, theme in enumerate(edition.themes, 1):
        kinds = Counter(notes[one].kind for one in theme.note_ids if one in notes)
        headings = [
            block
            for block in (chapters[f"theme-{rank}"].blocks if f"theme-{rank}" in chapters else ())
            if isinstance(block, KindHeading) and block.kind not in HEADINGS
        ]
        for block in headings:
            if not block.text.endswith(f"({kinds[block.kind]:,})".replace(",", _thousands(report))):
                yield f"le nombre de « {block.text} » est faux pour « {theme.label} »"


def _thousands(report: Report) -> str:
    return "\u202f" if report.language == "fr" else ","


def _counts(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Count again what the edition counted, and the tables' numbers from the notes."""
    notes = corpus.by_id()
    for theme in edition.themes:
        own = [notes[note_id] for note_id in theme.note_ids if note_id in notes]
        kinds = Counter(note.kind for note in own)
        rooms = Counter(note.workshop for note in own if note.workshop)
        said = Counter({key: count for key, count in theme.workshops if key})
        if len(own) != len(theme.note_ids) or kinds != Counter(dict(theme.kinds)) or rooms != said:
            yield f"les nombres du thème « {theme.label} » ne sont pas ceux de ses notes"
    setting = next((part for part in report.sections if part.id == "cadre"), None)
    for grid in (block for block in (setting.blocks if setting else ()) if isinstance(block, Grid)):
        counted = next(rank for rank, column in enumerate(grid.columns) if column.numeric)
        if sum(int(row[counted]) for row in grid.rows if row[counted].isdigit()) != len(corpus):
            yield "le tableau des ateliers ne compte pas toutes les notes"
    crossing = [row for section in report.sections if section.id == "vue" for row in _rows(section)]
    totals = {rank: len(theme.note_ids) for rank, theme in enumerate(edition.themes)}
    for rank, theme in enumerate(edition.themes):
        own_rows = crossing[rank :: len(totals)]
        inside = sum(1 for note_id in theme.note_ids if note_id in notes and notes[note_id].workshop)
        seen = sum(int(cell) for row in own_rows for cell in row[1:-1] if cell.isdigit())
        if any(row[0] != theme.label or int(row[-1]) != totals[rank] for row in own_rows) or seen != inside:
            yield f"le tableau des thèmes et des ateliers est faux pour « {theme.label} »"


def _rows(section: Section) -> Iterator[tuple[str, ...]]:
    for block in section.blocks:
        if isinstance(block, Grid):
            yield from block.rows


def _percentages(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    del edition
    if len(corpus) < LEAST:
        people = {section.title for section in report.walk() if section.people}
        for text in _frame(report):
            if _PERCENT.search(text) and not any(title in text for title in people):
                yield f"un pourcentage est donné sous {LEAST} notes : {text[:60]}"


def _typography(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Check the frame's own sentences; those that carry people's words are theirs and are left alone."""
    del corpus, edition
    if report.language != "fr":
        return
    for text in (report.cover.statement, report.cover.badge, *_items(report)):
        if _FRENCH.search(text) and not _TIME.search(text):
            yield f"typographie à reprendre : {text[:60]}"


def _items(report: Report) -> Iterator[str]:
    for section in report.walk():
        if section.id in ("methode", "limites", "annexe-personnes"):
            for block in section.blocks:
                if isinstance(block, Items):
                    yield from block.items


def _frame(report: Report) -> Iterator[str]:
    yield report.cover.statement
    for block in report.blocks():
        if isinstance(block, Paragraph | KindHeading):
            yield block.text
        elif isinstance(block, Items):
            yield from block.items


def _structure(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Check what a screen reader needs: titles, captions, headers, alternative texts, anchors of one place each."""
    del corpus, edition
    anchors = Counter(section.id for section in report.walk())
    for anchor, times in sorted(anchors.items()):
        if times > 1:
            yield f"l’ancre {anchor} sert {times} fois"
    for section in report.walk():
        if not section.title.strip():
            yield f"la partie {section.number} n’a pas de titre"
    for block in report.blocks():
        yield from _readable(block)


def _readable(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        if not block.caption or not all(column.title for column in block.columns):
            yield f"un tableau n’a pas de légende ou d’en-tête : {block.caption[:60]}"
        if any(len(row) != len(block.columns) for row in block.rows):
            yield f"un tableau n’est pas rectangulaire : {block.caption[:60]}"
    if isinstance(block, Picture) and not (block.alternative and block.caption):
        yield "une image n’a pas de texte de remplacement"
