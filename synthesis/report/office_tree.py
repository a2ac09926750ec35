"""Turns the report into the tree that pandoc reads, for DOCX and ODT.

Pure. People's words enter as strings of the tree, never as markup; each block takes a style of `styles`.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import typst

from synthesis.report import marks, office_parts, styles
from synthesis.report.blocks import (
    Grid,
    Items,
    KindHeading,
    NoteList,
    Paragraph,
    Picture,
    Quotation,
    SignedText,
)
from synthesis.report.characters import storable
from synthesis.report.cited import References

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.report.blocks import Block, Column, NoteLine, Report, Section
    from synthesis.report.office_parts import Entry

Node = dict[str, Any]
Nodes = list[Node]

DOTS = 200.0
"""Dots per inch of a picture in an office document."""

GLANCE = 2
"""The level at which a heading inside a part has a small form, which the contents do not take for a part."""

FEW = 3
"""Up to so many parts, as on a workshop's sheet, a document needs no contents."""

LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}

SIZES = ((12, "Dense", 140), (6, "Small", 104), (0, "", 88))
"""(more columns than this, the style of the cells, how many characters a line of the table then holds)."""

SHORT = 6
"""Cells of at most this many characters have a column as wide as they are."""

LOOSE = 45
"""The most characters for which a column of words claims room."""

_TONES = {"lead": "Lead", "aside": "Aside", "beneath": "Beneath"}
_ENDS = re.compile(r"\r\n|\r|\n")


def document(report: Report, target: str) -> Node:
    """Return the whole report as pandoc's document, for "docx" or "odt"."""
    tree = _Tree(report, target)
    language = LANGUAGES[report.language]
    meta = {
        "title": {"t": "MetaInlines", "c": text(report.cover.title)},
        "subtitle": {"t": "MetaInlines", "c": text(report.cover.subtitle)},
        "lang": {"t": "MetaString", "c": language},
    }
    return {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": list(tree.blocks())}


def text(words: str) -> Nodes:
    """Turn a text into inlines: one string per line, line ends kept."""
    found: Nodes = []
    for rank, line in enumerate(_ENDS.split(storable(words))):
        if rank:
            found.append({"t": "LineBreak"})
        if line:
            found.append({"t": "Str", "c": line})
    return found


def styled(style: str, inlines: Nodes) -> Node:
    """Return a paragraph in a style."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": inlines}]]}


class _Tree:
    """One document: which format it is for, and how many tables and figures it has so far."""

    def __init__(self, report: Report, target: str) -> None:
        self.report = report
        self.target = target
        self.tables = 0
        self.figures = 0
        self.brief = ""

    def blocks(self) -> Iterator[Node]:
        cover = self.report.cover
        yield styled("Badge", text(cover.badge))
        for name, value in cover.facts:
            yield styled("Fact", text(self.report.frame.fact.format(name=name, value=value)))
        yield styled("Statement", text(cover.statement))
        for warning in cover.warnings:
            yield styled("Warning", text(warning))
        yield self._raw(office_parts.page_break(self.target))
        if len(self.report.sections) > FEW:
            yield self._raw(office_parts.contents(self.target, self.report.frame, list(self._entries())))
        for section in self.report.sections:
            yield from self._section(section, 1)

    def _entries(self) -> Iterator[Entry]:
        for section in self.report.sections:
            for level, one in ((1, section), *((2, inner) for inner in section.sections)):
                yield level, office_parts.bookmark(self.target, one.id), storable(f"{one.number} {one.title}")

    def _raw(self, xml: str) -> Node:
        return {"t": "RawBlock", "c": ["openxml" if self.target == "docx" else "opendocument", xml]}

    def _people(self, words: str) -> Nodes:
        """Mark people's words as French where the frame is not."""
        if self.report.language == "fr":
            return text(words)
        return [{"t": "Span", "c": [["", [], [["lang", "fr-FR"]]], text(words)]}]

    def _section(self, section: Section, level: int) -> Iterator[Node]:
        if section.opens:
            yield self._raw(office_parts.page_break(self.target))
        title = self._people(section.title) if section.people else text(section.title)
        place = office_parts.bookmark(self.target, section.id)
        yield {"t": "Header", "c": [level, [place, [], []], [*text(f"{section.number} "), *title]]}
        self.brief = styles.BRIEF if section.brief else ""
        for block in section.blocks:
            yield from self._block(block, level + 1)
        for inner in section.sections:
            yield from self._section(inner, level + 1)

    def _block(self, block: Block, level: int) -> Iterator[Node]:
        match block:
            case Paragraph() | References():
                yield self._paragraph(block)
            case KindHeading():
                yield self._kind_heading(block, level)
            case Quotation():
                yield from self._quotation(block)
            case Grid():
                yield self._grid(block)
            case Picture():
                yield self._picture(block)
            case Items():
                yield {"t": "BulletList", "c": [[{"t": "Plain", "c": text(item)}] for item in block.items]}
            case NoteList():
                for line in block.lines:
                    yield from self._line(line)
            case SignedText():
                yield styled("Testimony", text(block.text))
                yield styled("Source", text(block.by))

    def _paragraph(self, block: Paragraph | References) -> Node:
        if isinstance(block, References):
            return styled("Aside", text(block.plain()))
        style = _TONES.get(block.tone)
        if style == "Aside":
            style += self.brief
        return styled(style, text(block.text)) if style else {"t": "Para", "c": text(block.text)}

    def _kind_heading(self, block: KindHeading, level: int) -> Node:
        if level == GLANCE:
            shape = f"{marks.shape(block.kind)} ".lstrip()
            language = "fr-FR" if block.kind == "theme" else LANGUAGES[self.report.language]
            said = " ".join(storable(block.text).split())
            return self._raw(office_parts.glance(self.target, shape + said, language))
        words = self._people(block.text) if block.kind == "theme" else text(block.text)
        return {"t": "Header", "c": [level, ["", [], []], [*_mark(block.kind), *words]]}

    def _quotation(self, block: Quotation) -> Iterator[Node]:
        frame = self.report.frame
        more = f" {frame.more}" if block.partial else ""
        words = [*text(frame.quote_open), *self._people(block.text), *text(more + frame.quote_close)]
        kind = marks.style(block.kind)
        yield styled(f"Quotation{kind.capitalize()}{self.brief}", words)
        said = [*([f"{marks.shape(block.kind)} {block.kind_word}"] if block.kind_word else []), block.reference]
        said += [block.mark] if block.mark else []
        source = text(" · ".join(said))
        if block.origin:
            source += [*text(f" · {block.room} "), *self._people(block.origin)]
        yield styled(f"Source{self.brief}", source)

    def _line(self, line: NoteLine) -> Iterator[Node]:
        yield styled("NoteText", self._people(line.text))
        said = text(f"{line.reference} · {marks.shape(line.kind)} {line.kind_word} · ")
        theme = self._people(line.theme) if line.theme else text(self.report.frame.unplaced)
        yield styled("NoteSource", [*said, *theme])

    def _grid(self, block: Grid) -> Node:
        self.tables += 1
        caption = text(self.report.frame.table.format(n=self.tables, caption=block.caption))
        shares = widths(block)
        columns = [
            [{"t": "AlignRight" if column.numeric else "AlignLeft"}, {"t": "ColWidth", "c": width}]
            for column, width in zip(block.columns, shares, strict=True)
        ]
        style, _ = _size(block)
        styles = [f"{style}End" if style and column.numeric else style for column in block.columns]
        head = _row([_cell(text(column.title), own) for column, own in zip(block.columns, styles, strict=True)])
        rows = (self._cells(row, block.columns) for row in block.rows)
        body = [_row([_cell(*one) for one in zip(cells, styles, strict=True)]) for cells in rows]
        plain: list[Any] = ["", [], []]
        return {
            "t": "Table",
            "c": [
                plain,
                [None, [{"t": "Plain", "c": caption}]],
                columns,
                [plain, [head]],
                [[plain, 1, [], body]],
                [plain, []],
            ],
        }

    def _cells(self, row: Sequence[str], columns: Sequence[Column]) -> Iterator[Nodes]:
        for cell, column in zip(row, columns, strict=True):
            if column.quoted:
                yield [*text(self.report.frame.quote_open), *self._people(cell), *text(self.report.frame.quote_close)]
            else:
                yield self._people(cell) if column.people else text(cell)

    def _picture(self, block: Picture) -> Node:
        self.figures += 1
        caption = text(self.report.frame.figure.format(n=self.figures, caption=block.caption))
        address = "data:image/png;base64," + base64.b64encode(_png(block.svg)).decode()
        attributes = ["", [], [["width", "16cm"]]]
        image = {"t": "Image", "c": [attributes, text(block.alternative), [address, ""]]}
        return {
            "t": "Figure",
            "c": [["", [], []], [None, [{"t": "Plain", "c": caption}]], [{"t": "Plain", "c": [image]}]],
        }


def _mark(kind: str) -> Nodes:
    shape = marks.shape(kind)
    return text(f"{shape} ") if shape else []


def _row(cells: Nodes | list[Any]) -> list[Any]:
    return [["", [], []], cells]


def _cell(inlines: Nodes, style: str) -> list[Any]:
    content = styled(style, inlines) if style else {"t": "Plain", "c": inlines}
    return [["", [], []], {"t": "AlignDefault"}, 1, 1, [content]]


def _size(block: Grid) -> tuple[str, int]:
    """Return the style of a table's cells and how many characters its line holds: many columns are set small."""
    return next((style, line) for more, style, line in SIZES if len(block.columns) > more or not more)


def widths(block: Grid) -> list[float]:
    """Share the line: numbers and short words take what they and their titles need, the others the rest."""
    style, line = _size(block)
    # Letters as large as the text's need more room about them than small ones.
    around = 2 if style == "Dense" else 3
    longest = [
        max([len(column.title) + 1, *(len(row[place]) for row in block.rows)])
        for place, column in enumerate(block.columns)
    ]
    fixed = [
        (column.numeric or length <= SHORT) and not block.blank
        for column, length in zip(block.columns, longest, strict=True)
    ]
    taken = sum(length + around for length, alone in zip(longest, fixed, strict=True) if alone)
    loose = sum(min(length, LOOSE) for length, alone in zip(longest, fixed, strict=True) if not alone)
    left = max(line - taken, line // 4)
    needs = [
        length + around if alone else left * (1 if block.blank else min(length, LOOSE)) / (1 if block.blank else loose)
        for length, alone in zip(longest, fixed, strict=True)
    ]
    total = sum(needs)
    return [round(need / total, 4) for need in needs]


def _png(svg: str) -> bytes:
    """Draw a picture as pixels, for programs that do not draw SVG."""
    page = (
        '#set page(width: auto, height: auto, margin: 2pt)\n#set text(font: "Libertinus Serif")\n'
        '#image(bytes(sys.inputs.svg), format: "svg")'
    )
    drawn = typst.compile(page.encode(), ignore_system_fonts=True, format="png", ppi=DOTS, sys_inputs={"svg": svg})
    if not isinstance(drawn, bytes):
        raise TypeError(type(drawn))  # Typst gives a list for several pages; a picture has one.
    return drawn
