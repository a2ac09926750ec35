"""Renders the report as Markdown (CommonMark with tables), readable as it stands and in any viewer.

Pure. Every sign of people's words that Markdown would read as markup is escaped; nothing they type can become a
heading, a link or a tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from synthesis.report import marks
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
    from collections.abc import Iterator

    from synthesis.report.blocks import Block, Column, NoteLine, Report, Section

_ALWAYS = re.compile(r"([\\`*_\[\]<>#|~&$^])")
_FIRST = re.compile(r"^(\s*)([-+=:!])")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])")
_ADDRESS = re.compile(r"(?<=[a-zA-Z])(://)|\b(www)\.")
_ENDS = re.compile(r"\r\n|\r|\n")


def render(report: Report) -> bytes:
    """Render the whole report as one UTF-8 file."""
    return ("\n\n".join(_parts(report)) + "\n").encode()


def escaped(text: str) -> str:
    r"""Escape what Markdown would read as markup; the words are the same once rendered.

    >>> print(escaped("*gras* <b> # titre"))
    \*gras\* \<b\> \# titre
    >>> print(escaped("- 1. tiret"), escaped("1. point"), escaped("http://exemple.fr"))
    \- 1. tiret 1\. point http\://exemple.fr
    """
    safe = _ALWAYS.sub(r"\\\1", storable(text))
    safe = _FIRST.sub(r"\1\\\2", safe)
    safe = _NUMBERED.sub(r"\1\\\2", safe)
    return _ADDRESS.sub(lambda found: r"\://" if found[1] else rf"{found[2]}\.", safe)


def _line(text: str) -> str:
    """Escape a text for one line: a heading, a cell, a caption."""
    return escaped(" ".join(_ENDS.split(text)))


def _broken(text: str, begin: str) -> str:
    """Escape a text, its line ends kept as line breaks, each line after `begin`; Markdown has no blank line there."""
    return f"\\\n{begin}".join(escaped(line) for line in _ENDS.split(text) if line.strip())


def _parts(report: Report) -> Iterator[str]:
    cover = report.cover
    yield f"# {_line(cover.title)}"
    yield f"{_line(cover.subtitle)}  \n**{_line(cover.badge)}**"
    yield "\n".join("- " + _line(report.frame.fact.format(name=name, value=value)) for name, value in cover.facts)
    yield _line(cover.statement)
    for warning in cover.warnings:
        yield f"> **{_line(warning)}**"
    yield f"## {_line(report.frame.contents)}"
    yield "\n".join(_contents(report))
    for section in report.sections:
        yield from _section(report, section, 2)


def _contents(report: Report) -> Iterator[str]:
    for section in report.sections:
        yield f"- {section.number} {_line(section.title)}"
        for inner in section.sections:
            yield f"    - {inner.number} {_line(inner.title)}"


def _section(report: Report, section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * min(level, 6)} {section.number} {_line(section.title)}"
    for block in section.blocks:
        yield from _block(report, block, level + 1)
    for inner in section.sections:
        yield from _section(report, inner, level + 1)


def _block(report: Report, block: Block, level: int) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _line(block.text)
        case References():
            yield _line(block.plain())
        case KindHeading():
            yield f"{'#' * min(level, 6)} {_mark(block.kind)}{_line(block.text)}"
        case Quotation():
            yield _quotation(report, block)
        case Grid():
            yield f"**{_line(block.caption)}**"
            yield "\n".join(_grid(report, block))
        case Picture():
            yield f"**{_line(block.caption)}**"
            yield _line(block.alternative)
        case Items():
            yield "\n".join(f"- {_line(item)}" for item in block.items)
        case NoteList():
            yield "\n".join(_note(report, line) for line in block.lines)
        case SignedText():
            yield "> " + _broken(block.text, "> ")
            yield f"— {_line(block.by)}"


def _quotation(report: Report, block: Quotation) -> str:
    frame = report.frame
    more = f" {_line(frame.more)}" if block.partial else ""
    words = f"> {frame.quote_open}{_broken(block.text, '> ')}{more}{frame.quote_close}"
    said = [f"{_mark(block.kind)}{_line(block.kind_word)}"] if block.kind_word else []
    said.append(_line(block.reference))
    origin = f"{block.room} {block.origin}".strip() if block.origin else ""
    said += [_line(part) for part in (block.mark, origin) if part]
    return f"{words}\n>\n> {' · '.join(said)}"


def _note(report: Report, line: NoteLine) -> str:
    theme = _line(line.theme) if line.theme else _line(report.frame.unplaced)
    said = f"{_mark(line.kind)}{_line(line.kind_word)} · {theme}"
    return f"- **{_line(line.reference)}** {_broken(line.text, '  ')}\\\n  {said}"


def _grid(report: Report, block: Grid) -> Iterator[str]:
    yield "| " + " | ".join(_line(column.title) for column in block.columns) + " |"
    yield "| " + " | ".join("--:" if column.numeric else "---" for column in block.columns) + " |"
    for row in block.rows:
        yield "| " + " | ".join(_cell(report, *one) for one in zip(row, block.columns, strict=True)) + " |"


def _cell(report: Report, cell: str, column: Column) -> str:
    frame = report.frame
    return f"{frame.quote_open}{_line(cell)}{frame.quote_close}" if column.quoted else _line(cell) or " "


def _mark(kind: str) -> str:
    shape = marks.shape(kind)
    return f"{shape} " if shape else ""
