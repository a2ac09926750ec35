"""Renders the report as a PDF that a machine can read aloud: tagged, titled, in its language (PDF/UA-1), by Typst.

Pure: fonts are those that Typst carries, never the machine's, so the same report is the same bytes everywhere. What
none of them draws (most emoji, Chinese…) is shown as a small frame that still says itself to a screen reader.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import typst

from synthesis.report import glyphs, marks
from synthesis.report.blocks import (
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

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synthesis.report.blocks import Block, Column, Report, Section

Json = dict[str, Any]

LONG = 900
"""From this many characters on, a quotation may be cut by the end of a page."""


SHORT = 6
"""A column whose cells all hold in this many characters is as wide as they are."""


_CLUSTER = re.compile(r'the text `"(.+?)"` could not be displayed')

TRIES = 20
"""How many clusters Typst may name before it is let fail."""


def render(report: Report) -> bytes:
    """Render the report as PDF/UA-1.

    Raises:
        typst.TypstError: the template itself is at fault; people's words cannot be.

    """
    framed = glyphs.undrawable(report)
    for _ in range(TRIES):
        try:
            return _compile(report, framed)
        except typst.TypstError as error:
            # Characters that are drawn alone may make a cluster that is not; Typst names it, and it is framed too.
            named = _CLUSTER.search(error.message)
            if not named:
                raise
            framed |= frozenset(named[1])
    return _compile(report, framed)


def _compile(report: Report, undrawable: frozenset[str]) -> bytes:
    pdf = glyphs.compiler().compile(
        _template(),
        sys_inputs={"report": json.dumps(_body(report, undrawable), ensure_ascii=False, sort_keys=True)},
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
    setter = glyphs.Setter(undrawable)
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


def _cover(report: Report, setter: glyphs.Setter) -> Json:
    cover = report.cover
    warnings = [*cover.warnings, *([report.frame.framed] if setter.undrawable else [])]
    return {
        "title": setter.runs(cover.title),
        "subtitle": setter.runs(cover.subtitle),
        "badge": setter.runs(cover.badge),
        "facts": [[setter.runs(name), setter.runs(value)] for name, value in cover.facts],
        "statement": setter.runs(cover.statement),
        "warnings": [setter.runs(warning) for warning in warnings],
    }


def _section(section: Section, setter: glyphs.Setter) -> Json:
    return {
        "number": section.number,
        "title": setter.runs(section.title),
        "people": section.people,
        "opens": section.opens,
        "blocks": [{"type": type(block).__name__} | _block(block, setter) for block in section.blocks],
        "sections": [_section(inner, setter) for inner in section.sections],
    }


def _block(block: Block, setter: glyphs.Setter) -> Json:
    match block:
        case Paragraph():
            return {"text": setter.runs(block.text), "tone": block.tone}
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
            return {"lines": [_line(line, setter) for line in block.lines]}
        case SignedText():
            return {"text": setter.runs(block.text), "by": setter.runs(block.by)}


def _quotation(block: Quotation, setter: glyphs.Setter) -> Json:
    return {
        "reference": setter.runs(block.reference),
        "text": setter.runs(block.text),
        "workshop": setter.runs(block.workshop),
        "kind": block.kind,
        "shape": marks.shape(block.kind),
        "kind_word": block.kind_word,
        "mark": block.mark,
        "partial": block.partial,
        "long": len(block.text) > LONG,
    }


def _line(line: NoteLine, setter: glyphs.Setter) -> Json:
    return {
        "reference": setter.runs(line.reference),
        "text": setter.runs(line.text),
        "kind": line.kind,
        "shape": marks.shape(line.kind),
        "kind_word": line.kind_word,
        "theme": setter.runs(line.theme),
        "placed": bool(line.theme),
        "long": len(line.text) > LONG,
    }


def _grid(block: Grid, setter: glyphs.Setter) -> Json:
    cells = zip(*block.rows, strict=True) if block.rows else ((),) * len(block.columns)
    columns = [_column(column, own, setter) for column, own in zip(block.columns, cells, strict=True)]
    if all(column["numeric"] or not column["share"] for column in columns):
        # Without one column that takes the rest of the line, a table would float in the middle of the page.
        next(column for column in reversed(columns) if not column["numeric"])["share"] = 1
    return {
        "caption": setter.runs(block.caption),
        "columns": columns,
        "rows": [[setter.runs(cell) for cell in row] for row in block.rows],
        "blank": block.blank,
    }


def _column(column: Column, cells: Sequence[str], setter: glyphs.Setter) -> Json:
    longest = max((len(cell) for cell in cells), default=0)
    return {
        "title": setter.runs(column.title),
        "numeric": column.numeric,
        "people": column.people,
        # A column takes the room of its words: none of its own when they are few, up to three shares of the rest.
        "share": 0 if 0 < longest <= SHORT else min(max(longest, 28), 60) / 20,
    }
