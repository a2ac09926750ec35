"""Arranges a presented edition on each page: what comes first, what waits one tap away, and when a page has changed.

Pure. A page's shape is a mark of what stands on it. Numbers may change under a reader's eyes; when the shape does,
the page offers it and waits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from synthesis.present import EditionShown, NoteShown, QuoteShown, ThemeShown
from synthesis.restitution.openings import voices
from synthesis.standing import Louder

FIRST = 7
"""How many themes stand on the desk before « voir les autres »: what one can say aloud in five minutes."""

CARD_QUOTES = 3
WALL_THEMES = 9
"""How many themes a projector shows; a phone scrolls through all of them."""

WALL_NOTES = 12
"""How many of the last notes the wall shows in turn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Themes under one heading; no heading when they belong to no family."""

    id: str
    label: str
    themes: tuple[ThemeShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The witness's first page."""

    first: tuple[ThemeShown, ...]
    shelves: tuple[Shelf, ...]
    """The other themes, by families when there are some."""
    others: int
    tray: tuple[NoteShown, ...]
    """The newest first: what was just said is what one looks for there."""
    largest: int
    """Notes of the largest theme: the whole width of a bar."""
    shape: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The notes of one kind, the most central first."""

    kind: str
    label: str
    notes: tuple[NoteShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemePage:
    """One theme, opened."""

    theme: ThemeShown
    columns: tuple[Column, ...]
    quotes: tuple[QuoteShown | NoteShown, ...]
    """One for each kind, from different workshops as far as there are."""
    lone: QuoteShown | None
    """The voice that says something else than the others of its theme."""
    louder: frozenset[str]
    """The workshops that say it more than the others."""
    shape: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wall:
    """What the room sees."""

    shelves: tuple[Shelf, ...]
    first: tuple[str, ...]
    """Ids of the themes that a projector has room for."""
    more: int
    largest: int
    last: tuple[NoteShown, ...]
    shape: str


def arrange_desk(shown: EditionShown) -> Desk:
    """Arrange the desk: at most seven themes first, the others by family, the tray always in sight."""
    first, others = shown.themes[:FIRST], shown.themes[FIRST:]
    notes = shown.by_id()
    marks = [f"{theme.id}:{':'.join(_mark(quote) for quote in card_quotes(theme))}" for theme in shown.themes]
    return Desk(
        first=first,
        shelves=by_family(others, shown),
        others=len(others),
        tray=tuple(notes[note_id] for note_id in reversed(shown.tray)),
        largest=max((theme.size for theme in shown.themes), default=0),
        shape=shape([*_ordered(first), "|", *sorted(marks), "|", *(theme.id for theme in shown.hidden)]),
    )


def arrange_theme(shown: EditionShown, theme: ThemeShown, louder: Iterable[Louder] = ()) -> ThemePage:
    """Arrange a theme: a column per kind, the lone voice apart."""
    notes = shown.by_id()
    labels = {kind.key: kind.label for kind in shown.kinds}
    columns = tuple(
        Column(
            kind=key,
            label=labels.get(key, key),
            notes=tuple(notes[note_id] for note_id in theme.note_ids if notes[note_id].kind == key),
        )
        for key, _ in theme.kinds
    )
    return ThemePage(
        theme=theme,
        columns=columns,
        quotes=voices(theme, shown),
        lone=next((quote for quote in theme.quotes if quote.role == "lone"), None),
        louder=frozenset(one.workshop for one in louder if one.theme_id == theme.id),
        shape=shape([theme.id, *sorted(theme.note_ids), *(_mark(quote) for quote in theme.quotes)]),
    )


def arrange_wall(shown: EditionShown) -> Wall:
    """Arrange the wall: the most shared themes by families, and the last notes, the newest first."""
    first = tuple(theme.id for theme in shown.themes[:WALL_THEMES])
    return Wall(
        shelves=by_family(shown.themes, shown),
        first=first,
        more=len(shown.themes) - len(first),
        largest=max((theme.size for theme in shown.themes), default=0),
        last=tuple(reversed(shown.notes[-WALL_NOTES:])),
        shape=shape([*sorted(first), "|", *sorted(theme.id for theme in shown.themes)]),
    )


def arrange_tray(shown: EditionShown) -> tuple[tuple[NoteShown, ...], str]:
    """Arrange the notes that wait, the newest first, with the shape of their page."""
    notes = shown.by_id()
    return tuple(notes[note_id] for note_id in reversed(shown.tray)), shape(sorted(shown.tray))


def card_quotes(theme: ThemeShown) -> tuple[QuoteShown, ...]:
    """Return the quotes that a card shows: two or three, one per kind as far as there are."""
    found: list[QuoteShown] = []
    for quote in theme.quotes:
        if quote.role != "lone" and quote.kind not in {one.kind for one in found}:
            found.append(quote)
    found += [quote for quote in theme.quotes if quote not in found and quote.role != "lone"]
    kept = found[:CARD_QUOTES] or list(theme.quotes[:1])
    return tuple(sorted(kept, key=theme.quotes.index))


def by_family(themes: Sequence[ThemeShown], shown: EditionShown) -> tuple[Shelf, ...]:
    """Group themes by family, in the order of the families' own best themes; those without one come last.

    A family of one theme bears that theme's name: it would say it twice, and its theme comes with the last.
    """
    shelves = []
    for family in (one for one in shown.families if len(one.theme_ids) > 1):
        mine = tuple(theme for theme in themes if theme.id in family.theme_ids)
        if mine:
            shelves.append(Shelf(id=family.id, label=family.label, themes=mine))
    shelves.sort(key=lambda shelf: themes.index(shelf.themes[0]))
    grouped = {theme.id for shelf in shelves for theme in shelf.themes}
    alone = tuple(theme for theme in themes if theme.id not in grouped)
    return (*shelves, Shelf(id="", label="", themes=alone)) if alone else tuple(shelves)


def _ordered(themes: Sequence[ThemeShown]) -> list[str]:
    """Return the ids in a mark of their own order where a person chose it, in none where numbers did."""
    ranked = [f"{rank}:{theme.id}" for rank, theme in enumerate(themes) if theme.rank]
    return [*ranked, *sorted(theme.id for theme in themes)]


def _mark(quote: QuoteShown) -> str:
    return f"{quote.note_id}{quote.text}"


def shape(parts: Iterable[str]) -> str:
    """Return the mark of what stands on a page."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
