"""Renders the report as a PDF that a machine can read aloud: tagged, titled, in its language (PDF/UA-1), by Typst.

Pure: fonts are those of packages, never the machine's, so the same report is the same bytes everywhere. What none of
them draws is shown as a small frame that still says itself to a screen reader.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import typst

from synthesis.report import fonts, glyphs, marks
from synthesis.report.blocks import (
    ROOM,
    Grid,
    Items,
    KindHeading,
    NoteLine,
    NoteList,
    Paragraph,
    Picture,
    Quotation,
    SignedText,
)
from synthesis.report.characters import storable
from synthesis.report.cited import References

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from synthesis.report.blocks import Block, Column, Report, Section
    from synthesis.report.cited import Cited

Json = dict[str, Any]

LONG = 900
"""From this many characters on, a quotation may be cut by the end of a page."""


HEAD = 64
"""How many characters of a title stand at the head of a page."""

DENSE = 12
"""From more columns than this on, a table is set small, its columns of numbers all as wide as each other."""

LINE = 32
"""Cells of at most this many characters should hold on one line."""

SHORT = 6
"""A column whose cells all hold in this many characters is as wide as they are."""


_CLUSTER = re.compile(r'the text `"(.+?)"` could not be displayed')

TRIES = 20
"""How many clusters Typst may name before it is let fail."""


class Setting(glyphs.Setter):
    """Sets people's words, and knows where each note is at home in the annexes."""

    def __init__(self, undrawable: frozenset[str], homes: Mapping[str, str]) -> None:
        super().__init__(undrawable)
        self.homes = homes


def render(report: Report) -> bytes:
    """Render the report as PDF/UA-1.

    Raises:
        typst.TypstError: the template itself is at fault; people's words cannot be.

    """
    drawing = glyphs.drawing(report)
    framed = drawing.undrawable
    for _ in range(TRIES):
        try:
            return _compile(report, framed, more=drawing.more)
        except typst.TypstError as error:
            # Characters that are drawn alone may make a cluster that is not; Typst names it, and it is framed too.
            named = _CLUSTER.search(error.message)
            if not named:
                raise
            framed |= frozenset(named[1])
    return _compile(report, framed, more=drawing.more)


def _compile(report: Report, undrawable: frozenset[str], *, more: bool) -> bytes:
    pdf = fonts.compiler(more=more).compile(
        _template(),
        sys_inputs={
            "report": json.dumps(_body(report, undrawable), ensure_ascii=False, sort_keys=True),
            "fonts": fonts.families(more=more),
        },
        pdf_standards=["ua-1"],
        timestamp=glyphs.midnight(report.status.clock()),
    )
    if not isinstance(pdf, bytes):
        raise TypeError(type(pdf))  # Typst gives a list for pictures of pages, bytes for a PDF.
    return pdf


@cache
def _template() -> bytes:
    return files("synthesis.report").joinpath("report.typ").read_bytes()


def _body(report: Report, undrawable: frozenset[str]) -> Json:
    """Turn the tree into what the template reads."""
    setter = Setting(undrawable, report.homes())
    on = report.status.clock()
    return {
        "language": report.language,
        "plain_title": storable(report.title),
        "plain_statement": storable(report.cover.statement),
        "date": {"year": on.year, "month": on.month, "day": on.day},
        "frame": {name: getattr(report.frame, name) for name in report.frame.__slots__},
        "cover": _cover(report, setter),
        "sections": [_section(section, setter) for section in report.sections],
    }


def _cover(report: Report, setter: Setting) -> Json:
    cover = report.cover
    warnings = [*cover.warnings, *([report.frame.framed] if setter.undrawable else [])]
    return {
        "title": setter.runs(cover.title),
        "running": setter.runs(running(cover.title)),
        "subtitle": setter.runs(cover.subtitle),
        "badge": setter.runs(cover.badge),
        "facts": [[setter.runs(name), setter.runs(value)] for name, value in cover.facts],
        "statement": setter.runs(cover.statement),
        "warnings": [setter.runs(warning) for warning in warnings],
    }


def running(title: str) -> str:
    """Return what the head of each page says: the title on one line, cut between two words when it is longer.

    >>> running("Une rencontre")
    'Une rencontre'
    >>> running("mot " * 40)[-8:]
    'mot mot…'
    """
    line = " ".join(title.split())
    return line if len(line) <= HEAD else f"{line[:HEAD].rsplit(' ', 1)[0]}…"


def _section(section: Section, setter: Setting) -> Json:
    at_home = section.id.startswith(ROOM)
    return {
        "id": section.id,
        "number": section.number,
        "title": setter.runs(section.title),
        "people": section.people,
        "opens": section.opens,
        "blocks": [
            {"type": type(block).__name__} | _block(block, setter, at_home=at_home) for block in section.blocks
        ],
        "sections": [_section(inner, setter) for inner in section.sections],
    }


def _block(block: Block, setter: Setting, *, at_home: bool) -> Json:
    match block:
        case Paragraph():
            return {"text": setter.runs(block.text), "tone": block.tone}
        case References():
            return {
                "lead": setter.runs(block.lead),
                "rooms": [_room(number, own, setter) for number, own in block.rooms],
                "more": setter.runs(block.more),
            }
        case KindHeading():
            shape, people = marks.shape(block.kind), block.kind == "theme"
            return {"kind": block.kind, "shape": shape, "text": setter.runs(block.text), "people": people}
        case Quotation():
            return _quotation(block, setter)
        case Grid():
            return _grid(block, setter)
        case Picture():
            svg = "".join("?" if character in setter.undrawable else character for character in block.svg)
            return {"svg": svg, "alternative": storable(block.alternative), "caption": setter.runs(block.caption)}
        case Items():
            return {"items": [setter.runs(item) for item in block.items]}
        case NoteList():
            return {"lines": [_line(line, setter, at_home=at_home) for line in block.lines]}
        case SignedText():
            return {"text": setter.runs(block.text), "by": setter.runs(block.by)}


def _room(number: str, notes: Sequence[Cited], setter: Setting) -> Json:
    cited = [{"reference": setter.runs(one.reference), "home": setter.homes.get(one.note_id, "")} for one in notes]
    return {"number": setter.runs(number), "notes": cited}


def _quotation(block: Quotation, setter: Setting) -> Json:
    return {
        "reference": setter.runs(block.reference),
        "home": setter.homes.get(block.note_id, ""),
        "room": setter.runs(block.room),
        "text": setter.runs(block.text),
        "workshop": setter.runs(block.origin),
        "kind": block.kind,
        "shape": marks.shape(block.kind),
        "kind_word": block.kind_word,
        "mark": setter.runs(block.mark),
        "partial": block.partial,
        "long": len(block.text) > LONG,
    }


def _line(line: NoteLine, setter: Setting, *, at_home: bool) -> Json:
    return {
        "reference": setter.runs(line.reference),
        "text": setter.runs(line.text),
        "kind": line.kind,
        "shape": marks.shape(line.kind),
        "kind_word": line.kind_word,
        "theme": setter.runs(line.theme),
        "placed": bool(line.theme),
        "home": setter.homes.get(line.note_id, "") if at_home else "",
        "long": len(line.text) > LONG,
    }


def _grid(block: Grid, setter: Setting) -> Json:
    largest = marks.highest(block)
    cells = zip(*block.rows, strict=True) if block.rows else ((),) * len(block.columns)
    columns = [_column(column, own, setter) for column, own in zip(block.columns, cells, strict=True)]
    if all(column["numeric"] or not column["share"] for column in columns):
        # Without one column that takes the rest of the line, a table would float in the middle of the page.
        next(column for column in reversed(columns) if not column["numeric"])["share"] = 1
    return {
        "caption": setter.runs(block.caption),
        "columns": columns,
        "rows": [[setter.runs(cell) for cell in row] for row in block.rows],
        "tints": [
            [marks.tint(cell, column, largest) for cell, column in zip(row, block.columns, strict=True)]
            for row in block.rows
        ],
        "dense": len(block.columns) > DENSE,
        "blank": block.blank,
    }


def _share(longest: int, *, most: int) -> float:
    """Give a column the room of its words: none of its own when they are few, one line when they are short."""
    if 0 < longest <= SHORT:
        return 0
    return max(longest, 20) / 12 if longest <= LINE else min(longest, most) / 20


def _column(column: Column, cells: Sequence[str], setter: Setting) -> Json:
    longest = max((len(cell) for cell in cells), default=0)
    return {
        "title": setter.runs(column.title),
        "numeric": column.numeric,
        "quoted": column.quoted,
        "total": column.total,
        "people": column.people,
        "share": _share(longest, most=110 if column.quoted else 60),
    }
