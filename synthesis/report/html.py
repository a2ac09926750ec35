"""Renders the report as one HTML file: it prints well, reads aloud well, and asks nothing of any server.

Pure. No script, no font, no picture from outside; people's words are escaped, isolated in their own direction, and
marked as French when the frame is not.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from synthesis.report import marks
from synthesis.report.blocks import (
    ROOM,
    Grid,
    Items,
    KindHeading,
    NoteList,
    Paragraph,
    Picture,
    Quotation,
    Section,
    SignedText,
)
from synthesis.report.characters import storable
from synthesis.report.cited import References

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.report.blocks import Block, Column, NoteLine, Report

DEEPEST = 6
"""HTML has six levels of headings."""


def render(report: Report) -> bytes:
    """Render the whole report as one UTF-8 file."""
    return "".join(_Page(report).parts()).encode()


@cache
def style_sheet() -> str:
    """Read the style sheet that stands in the file's head."""
    return files("synthesis.report").joinpath("report.css").read_text(encoding="utf-8")


class _Page:
    """One rendering: where each note stands in the annexes, and a number for each caption."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.foreign = ' lang="fr"' if report.language != "fr" else ""
        self.captions = 0
        self.anchors = report.homes()

    def parts(self) -> Iterator[str]:
        report = self.report
        yield f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f"<title>{_text(report.title)}</title>\n<style>\n{style_sheet()}</style>\n</head>\n<body>\n"
        yield from self._cover()
        yield from self._contents()
        yield "<main>\n"
        for section in report.sections:
            yield from self._section(section, 2)
        yield "</main>\n</body>\n</html>\n"

    def _cover(self) -> Iterator[str]:
        cover = self.report.cover
        state = "final" if self.report.status.final else "draft"
        yield f'<header class="cover">\n<p class="badge {state}">{_text(cover.badge)}</p>\n'
        yield f'<h1{self.foreign}>{_text(cover.title)}</h1>\n<p class="subtitle">{_text(cover.subtitle)}</p>\n<dl>\n'
        for name, value in cover.facts:
            yield f"<div><dt>{_text(name)}</dt><dd>{_text(value)}</dd></div>\n"
        yield f'</dl>\n<p class="statement">{_text(cover.statement)}</p>\n'
        for warning in cover.warnings:
            yield f'<p class="warning">{_text(warning)}</p>\n'
        yield "</header>\n"

    def _contents(self) -> Iterator[str]:
        yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{_text(self.report.frame.contents)}</h2>\n<ol>\n'
        for section in self.report.sections:
            yield f"<li>{self._entry(section)}"
            if section.sections:
                inner = "".join(f"<li>{self._entry(one)}</li>" for one in section.sections)
                yield f"<ol>{inner}</ol>"
            yield "</li>\n"
        yield "</ol>\n</nav>\n"

    def _entry(self, section: Section) -> str:
        lang = self.foreign if section.people else ""
        number = f'<span class="number">{section.number}</span>'
        return f'<a href="#{section.id}">{number} <span{lang}>{_text(section.title)}</span></a>'

    def _section(self, section: Section, level: int) -> Iterator[str]:
        lang = self.foreign if section.people else ""
        tag = f"h{min(level, DEEPEST)}"
        style = f"level{level} opens" if section.opens else f"level{level}"
        yield f'<section id="{section.id}" class="{style}">\n<{tag}><span class="number">{section.number}</span> '
        yield f"<span{lang}>{_text(section.title)}</span></{tag}>\n"
        for block in section.blocks:
            yield from self._block(block, section, level + 1)
        for inner in section.sections:
            yield from self._section(inner, level + 1)
        yield "</section>\n"

    def _block(self, block: Block, section: Section, level: int) -> Iterator[str]:
        match block:
            case Paragraph():
                yield f'<p class="{block.tone}">{_text(block.text)}</p>\n'
            case References():
                yield self._references(block)
            case KindHeading():
                yield self._kind_heading(block, min(level, DEEPEST))
            case Quotation():
                yield from self._quotation(block)
            case Grid():
                yield from self._grid(block)
            case Picture():
                yield self._picture(block)
            case Items():
                yield "<ul>\n" + "".join(f"<li>{_text(item)}</li>\n" for item in block.items) + "</ul>\n"
            case NoteList():
                anchored = section.id.startswith(ROOM)
                lines = "".join(self._line(line, anchored=anchored) for line in block.lines)
                yield f'<ul class="notes">\n{lines}</ul>\n'
            case SignedText():
                yield from self._testimony(block)

    def _kind_heading(self, block: KindHeading, level: int) -> str:
        lang = self.foreign if block.kind == "theme" else ""
        opened = f'<h{level} class="kind {marks.style(block.kind)}"{lang}>'
        return f"{opened}{_mark(block.kind)}{_text(block.text)}</h{level}>\n"

    def _quotation(self, block: Quotation) -> Iterator[str]:
        frame = self.report.frame
        more = f' <span class="more">{_text(frame.more)}</span>' if block.partial else ""
        reference = self._reference(block.note_id, block.reference)
        yield f'<figure class="quote {marks.style(block.kind)}">\n<p class="reference">{reference}</p>\n'
        yield "<blockquote><p>"
        yield f"{_text(frame.quote_open)}<bdi{self.foreign}>{_text(block.text)}</bdi>{more}{_text(frame.quote_close)}"
        yield f"</p></blockquote>\n<figcaption>{' · '.join(self._source(block))}</figcaption>\n</figure>\n"

    def _source(self, block: Quotation) -> Iterator[str]:
        if block.kind_word:
            kind = f"{_mark(block.kind)}{_text(block.kind_word)}"
            yield f'<span class="kind {marks.style(block.kind)}">{kind}</span>'
        if block.mark:
            yield _text(block.mark)
        if block.origin:
            yield f"{_text(block.room)} <span{self.foreign}>{_text(block.origin)}</span>"

    def _reference(self, note_id: str, reference: str) -> str:
        """Say a reference, as a link to the place of its note in the annexes where there is one."""
        anchor = self.anchors.get(note_id)
        return f'<a href="#{anchor}">{_text(reference)}</a>' if anchor else _text(reference)

    def _references(self, block: References) -> str:
        rooms = []
        for number, notes in block.rooms:
            named = ", ".join(self._reference(one.note_id, one.reference) for one in notes)
            rooms.append(f'<span class="room">{_text(number)}</span> {named}')
        rooms += [_text(block.more)] if block.more else []
        return f'<p class="references">{_text(block.lead)} {" · ".join(rooms)}</p>\n'

    def _grid(self, block: Grid) -> Iterator[str]:
        self.captions += 1
        key = f"table-{self.captions}"
        styles = [name for name, on in (("blank", block.blank), ("heat", block.heat)) if on]
        kind = f' class="{" ".join(styles)}"' if styles else ""
        highest = marks.highest(block)
        yield f'<div class="table" role="region" tabindex="0" aria-labelledby="{key}">\n<table{kind}>\n'
        yield f'<caption id="{key}">{_text(block.caption)}</caption>\n<thead><tr>'
        for column in block.columns:
            hint = f' title="{_text(column.hint)}"' if column.hint else ""
            yield f'<th scope="col"{_side(column)}{hint}>{_text(column.title)}</th>'
        yield "</tr></thead>\n<tbody>\n"
        for row in block.rows:
            yield (
                "<tr>"
                + "".join(self._cell(*one, highest) for one in zip(range(len(row)), row, block.columns, strict=True))
                + "</tr>\n"
            )
        yield "</tbody>\n</table>\n</div>\n"

    def _cell(self, place: int, cell: str, column: Column, highest: int) -> str:
        lang = self.foreign if column.people else ""
        if place == 0:
            return f'<th scope="row"{_side(column)}{lang}>{_text(cell)}</th>'
        if column.quoted:
            frame = self.report.frame
            return (
                f"<td>{_text(frame.quote_open)}<bdi{self.foreign}>{_text(cell)}</bdi>{_text(frame.quote_close)}</td>"
            )
        return f"<td{_side(column, marks.tint(cell, column, highest))}{lang}>{_text(cell)}</td>"

    def _picture(self, block: Picture) -> str:
        named = f'<svg role="img" aria-label="{_text(block.alternative)}" '
        svg = block.svg.replace("<svg ", named, 1)
        return f'<figure class="picture">\n{svg}\n<figcaption>{_text(block.caption)}</figcaption>\n</figure>\n'

    def _line(self, line: NoteLine, *, anchored: bool) -> str:
        anchor = self.anchors.get(line.note_id, "")
        theme = f"<span{self.foreign}>{_text(line.theme)}</span>" if line.theme else _text(self.report.frame.unplaced)
        kind = f'<span class="kind {marks.style(line.kind)}">{_mark(line.kind)}{_text(line.kind_word)}</span>'
        own = f' id="{anchor}"' if anchor and anchored else ""
        return (
            f'<li{own}><span class="reference">{_text(line.reference)}</span>'
            f'<p class="words"><bdi{self.foreign}>{_text(line.text)}</bdi></p>'
            f'<p class="where">{kind} · {theme}</p></li>\n'
        )

    def _testimony(self, block: SignedText) -> Iterator[str]:
        yield '<blockquote class="testimony">\n'
        for paragraph in block.text.split("\n\n"):
            yield f"<p><bdi>{_text(paragraph)}</bdi></p>\n"
        yield f"<footer>{_text(block.by)}</footer>\n</blockquote>\n"


def _side(column: Column, step: int = 0) -> str:
    """Return a cell's class: numbers stand on the right, and a count of a table with tints has its step."""
    if not column.numeric:
        return ""
    return f' class="numeric tint{step}"' if step else ' class="numeric"'


def _mark(kind: str) -> str:
    shape = marks.shape(kind)
    return f'<span class="shape" aria-hidden="true">{shape}</span> ' if shape else ""


def _text(text: str) -> str:
    return escape(storable(text), quote=True)
