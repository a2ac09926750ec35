"""Which characters the PDF's fonts draw, and how a text is cut into what is drawn and what is framed.

Pure: the fonts are those of packages, so that the answer is the same on every machine.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import typst

from synthesis.report import fonts
from synthesis.report.characters import storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from synthesis.report.blocks import Report

Json = dict[str, Any]
Runs = list[Json]

UNBROKEN = 38
"""The longest word that fits a narrow column; a longer one gets invisible places to break."""

WIDEST = 4
"""How many characters wide a frame is at most."""

EPOCH = date(2000, 1, 1)
"""The date of a probe, which nobody sees."""

_SURE = re.compile(
    r"[\t\n\r -~\u00a0-\u017f\u0300-\u0304\u0306-\u030c\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u202f\u2039\u203a"
    r"€→←↔≥≤·⋅▲■◆●]*"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")
_LONG = re.compile(f"[^ ]{{{UNBROKEN + 1},}}")
_PIECES = re.compile(r"(\r\n|\r|\n)")


_PROBE = """#let fonts = json(bytes(sys.inputs.fonts)).map(one => {
  if type(one) == str { one } else { (name: one.name, covers: regex(one.covers)) }
})
#set document(title: "?")
#set text(font: fonts)
#for one in json(bytes(sys.inputs.characters)) { one; linebreak() }
"""


class Setter:
    """Turns people's words into runs: what is drawn, where lines end, what must be framed."""

    def __init__(self, undrawable: frozenset[str]) -> None:
        self.undrawable = undrawable

    def runs(self, text: str) -> Runs:
        """Cut a text into runs; joined, they say the text again."""
        found: Runs = []
        for piece in _PIECES.split(storable(text)):
            if _PIECES.fullmatch(piece):
                found.append({"end": True})
            elif piece:
                found += self._line(piece)
        return found

    def _line(self, piece: str) -> Runs:
        if not self.undrawable:
            return [{"text": _breakable(piece)}]
        found: Runs = []
        kept = ""
        framed = ""
        for character in piece:
            if character in self.undrawable:
                if kept:
                    found.append({"text": _breakable(kept)})
                    kept = ""
                framed += character
            else:
                if framed:
                    found.append(_framed(framed))
                    framed = ""
                kept += character
        if kept:
            found.append({"text": _breakable(kept)})
        if framed:
            found.append(_framed(framed))
        return found


def _framed(characters: str) -> Json:
    return {"frame": characters, "width": min(len(characters), WIDEST)}


def _breakable(text: str) -> str:
    """Put invisible places to break in a word longer than a column."""
    return _LONG.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    half = UNBROKEN // 2
    return "\u200b".join(word[0][at : at + half] for at in range(0, len(word[0]), half))


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawing:
    """What it takes to draw a document."""

    more: bool
    """True when Typst's own fonts do not suffice."""
    undrawable: frozenset[str]
    """The characters that no font at hand draws."""


def drawing(report: Report) -> Drawing:
    """Return what it takes to draw a report."""
    return drawing_of(_texts(report))


def drawing_of(texts: Iterable[str]) -> Drawing:
    """Return what it takes to draw these texts."""
    rare = tuple(sorted({character for text in texts for character in _SURE.sub("", storable(text))}))
    if not rare or (not _ARABIC.search("".join(rare)) and not _missing(rare, more=False)):
        return Drawing(more=False, undrawable=frozenset())
    return Drawing(more=True, undrawable=_missing(rare, more=True))


@cache
def _missing(characters: tuple[str, ...], *, more: bool) -> frozenset[str]:
    """Ask Typst itself, halving what it refuses: under PDF/UA it draws no empty box for a character."""
    if _drawn(characters, more=more):
        return frozenset()
    if len(characters) == 1:
        return frozenset(characters)
    half = len(characters) // 2
    return _missing(characters[:half], more=more) | _missing(characters[half:], more=more)


def _drawn(characters: tuple[str, ...], *, more: bool) -> bool:
    inputs = {"fonts": fonts.families(more=more), "characters": json.dumps(characters)}
    try:
        fonts.compiler(more=more).compile(
            _PROBE.encode(), sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=midnight(EPOCH)
        )
    except typst.TypstError:
        return False
    return True


def _texts(report: Report) -> Iterable[str]:
    """Give every text of the tree, wherever it stands."""
    stack: list[Any] = [report.cover, report.sections, report.title]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            stack.extend(value)
        elif hasattr(value, "__slots__"):
            stack.extend(getattr(value, name) for name in value.__slots__)


def midnight(on: date) -> datetime:
    """Return the start of a day, in universal time: the only clock a document has."""
    return datetime(on.year, on.month, on.day, tzinfo=UTC)
