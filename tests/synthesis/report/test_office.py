"""The office documents as another program reads them: every heading, table and quotation, and nothing it must mend."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pypandoc
import pytest

from synthesis.corpus import Corpus, Note
from synthesis.report import compose, formats, office_tree, proof
from synthesis.report.blocks import Column, Grid, Quotation, Report, Section, Status
from synthesis.results import Edition
from tests.editions import edition_by_hand

LABEL = "un thème <b>dit</b> & « redit » " * 10
TEXTS = (
    "Les élu·es laissent la main.",
    "أهلا بكم في الورشة.",
    "中文也可以写在这里。",
    "Bravo 😀🌱 !",
    "Une phrase parmi d’autres. " * 380,
)


@pytest.fixture(scope="module")
def report() -> Report:
    """One workshop alone, labels of three hundred characters, a note of ten thousand, four scripts, no picture."""
    notes = [Note(id=f"n{rank}", text=TEXTS[rank % 5].strip(), workshop="w", kind="lever") for rank in range(10)]
    corpus = Corpus.of(notes, workshops=[("w", "Le seul atelier")], title="Rencontre", position=10)
    edition = edition_by_hand(corpus, themes=2, actors=0, label=LABEL[:299])
    made = compose.compose(edition, corpus, status=Status(version="1", on=None))
    proof.check(made, corpus, edition)
    return made


def read(node: Any) -> Iterator[tuple[str, Any]]:
    """Give each node that pandoc reads in a document, in order."""
    if isinstance(node, dict):
        if "t" in node:
            yield node["t"], node.get("c")
        for inner in node.values():
            yield from read(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from read(inner)


def deep(sections: Sequence[Section], level: int) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, level
        yield from deep(section.sections, level + 1)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def said(node: Any) -> str:
    """Join what a node says, spaces left out."""
    return "".join(squeezed(body) for kind, body in read(node) if kind == "Str")


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_another_reader_finds_every_heading_table_and_quotation(report: Report, ending: str) -> None:
    tree = json.loads(pypandoc.convert_text(formats.render(report, ending), "json", format=ending))
    headings = [(body[0], said(body[2])) for kind, body in read(tree) if kind == "Header"]
    levels = {one.id: depth for one, depth in deep(report.sections, 1)}
    for section in report.walk():
        level = levels[section.id]
        assert (level, squeezed(section.number + section.title)) in headings
    assert all(after - before <= 1 for (before, _), (after, _) in pairwise(headings))
    tables = [said(body) for kind, body in read(tree) if kind == "Table"]
    grids = [block for block in report.blocks() if isinstance(block, Grid)]
    assert len(tables) == len(grids)
    for table, grid in zip(tables, grids, strict=True):
        assert all(squeezed(cell) in table for row in grid.rows for cell in row)
    words = said(tree)
    quoted = [block.text for block in report.blocks() if isinstance(block, Quotation)]
    assert [text for text in quoted if squeezed(text) not in words] == []


@pytest.mark.parametrize("ending", ["html", "pdf", "epub", "md"])
def test_one_workshop_a_long_label_a_long_note_and_four_scripts_render_in_every_format(
    report: Report, ending: str
) -> None:
    assert len(formats.render(report, ending)) > 10_000


def test_no_style_descends_from_one_that_is_not_there(edition: Edition, corpus: Corpus, status: Status) -> None:
    report = compose.compose(edition, corpus, status=status)
    with zipfile.ZipFile(io.BytesIO(formats.render(report, "docx"))) as docx:
        styles = docx.read("word/styles.xml").decode()
    assert set(re.findall(r'w:basedOn w:val="([^"]+)"', styles)) <= set(re.findall(r'w:styleId="([^"]+)"', styles))
    with zipfile.ZipFile(io.BytesIO(formats.render(report, "odt"))) as odt:
        styles, content = odt.read("styles.xml").decode(), odt.read("content.xml").decode()
        manifest = odt.read("META-INF/manifest.xml").decode()
    named = set(re.findall(r'style:name="([^"]+)"', styles + content))
    assert set(re.findall(r'style:parent-style-name="([^"]+)"', styles + content)) <= named
    for part in ("content.xml", "styles.xml", "meta.xml"):
        [entry] = [one for one in re.findall(r"<manifest:file-entry[^>]*>", manifest) if f'"{part}"' in one]
        assert 'media-type="text/xml"' in entry


def test_no_row_is_cut_by_a_page_and_dense_tables_are_set_small(report: Report) -> None:
    word = zipfile.ZipFile(io.BytesIO(formats.render(report, "docx"))).read("word/document.xml").decode()
    assert word.count("<w:cantSplit/>") == len(re.findall(r"<w:tr[ >]", word)) > 0
    writer = zipfile.ZipFile(io.BytesIO(formats.render(report, "odt"))).read("content.xml").decode()
    rows = re.findall(r"<table:table-row[^>]*>", writer)
    assert rows
    assert all('table:style-name="WholeRow"' in row for row in rows)


def test_numbers_and_their_titles_have_the_room_they_need_and_words_share_the_rest() -> None:
    columns = (Column(title="Thème"), *(Column(title=f"A{one}", numeric=True) for one in range(1, 22)))
    grid = Grid(caption="c", columns=columns, rows=(("un intitulé assez long", *("7",) * 21),))
    widths = office_tree.widths(grid)
    assert sum(widths) == pytest.approx(1, abs=0.01)
    assert widths[0] > 4 * widths[1]
    assert widths[21] > widths[1] * 0.99
