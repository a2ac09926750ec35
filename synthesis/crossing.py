"""Lays themes out by family and by workshop: how often each is said where, and what one workshop says more.

Pure. Every number is a count of the notes that are there now; what stands out was tested when the edition was made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synthesis.arrange import Shelf, by_family, shape
from synthesis.present import EditionShown, ThemeShown
from synthesis.results import Edition, SecondOpinion

LARGELY, PARTLY = 0.5, 0.25
"""Adjusted mutual information from which Reinert's classes are said to agree largely, or in part, with the themes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One workshop that has notes: the short mark its column wears, and what the mark stands for."""

    key: str
    mark: str
    title: str
    notes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One theme in one workshop."""

    notes: int
    louder: bool
    """True when it is said there more than elsewhere, beyond what chance would do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One theme."""

    theme: ThemeShown
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """The themes of one family; no label for those of none."""

    id: str
    label: str
    rows: tuple[Row, ...]
    notes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One thing that one workshop says more than the others."""

    theme: ThemeShown
    workshop: str
    notes: int
    expected: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """Every theme at two levels, beside every workshop that has notes."""

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    louder: tuple[Said, ...]
    second: SecondOpinion | None
    agreement: str
    """"largely", "partly" or "little"; "" when there is nothing to compare."""
    classified: int
    """Notes that Reinert's method could class."""
    shape: str


def lay_out(shown: EditionShown, edition: Edition) -> Overview:
    """Lay out an edition; nothing to cross while notes are grouped by workshop and kind."""
    columns = _columns(shown)
    stand_out = {(one.theme_id, one.workshop) for one in edition.louder}
    rows = {theme.id: _row(theme, columns, stand_out) for theme in shown.themes}
    bands = () if shown.grouped else tuple(_band(shelf, rows) for shelf in by_family(shown.themes, shown))
    second = None if shown.grouped else edition.second
    return Overview(
        columns=columns,
        bands=bands,
        louder=tuple(_said(shown, edition, {row.theme.id: row.theme for band in bands for row in band.rows})),
        second=second,
        agreement=agreement(second),
        classified=round(second.classified * len(edition.memberships)) if second else 0,
        shape=shape([*(f"{band.id}:{row.theme.id}" for band in bands for row in band.rows)]),
    )


def agreement(second: SecondOpinion | None) -> str:
    """Say in a word how far the second opinion finds the same groups."""
    if second is None:
        return ""
    return "largely" if second.ami >= LARGELY else "partly" if second.ami >= PARTLY else "little"


def _columns(shown: EditionShown) -> tuple[Column, ...]:
    heard = [(key, title, notes) for key, title, notes in shown.workshops if notes]
    return tuple(
        Column(key=key, mark=f"A{number}", title=title, notes=notes)
        for number, (key, title, notes) in enumerate(heard, 1)
    )


def _row(theme: ThemeShown, columns: Sequence[Column], stand_out: set[tuple[str, str]]) -> Row:
    counts = dict(theme.workshops)
    return Row(
        theme=theme,
        cells=tuple(
            Cell(notes=counts.get(one.key, 0), louder=(theme.id, one.key) in stand_out and one.key in counts)
            for one in columns
        ),
    )


def _band(shelf: Shelf, rows: Mapping[str, Row]) -> Band:
    mine = tuple(rows[theme.id] for theme in shelf.themes)
    return Band(id=shelf.id, label=shelf.label, rows=mine, notes=sum(row.theme.size for row in mine))


def _said(shown: EditionShown, edition: Edition, themes: Mapping[str, ThemeShown]) -> list[Said]:
    """Say what stands out, the furthest from what was to be expected first."""
    found = [
        Said(
            theme=themes[one.theme_id],
            workshop=shown.titles.get(one.workshop, one.workshop),
            notes=dict(themes[one.theme_id].workshops)[one.workshop],
            expected=one.expected,
        )
        for one in edition.louder
        if one.theme_id in themes and one.workshop in dict(themes[one.theme_id].workshops)
    ]
    return sorted(found, key=lambda one: (-(one.notes - one.expected), one.theme.id, one.workshop))
