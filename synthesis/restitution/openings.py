"""The three ways into the themes that a witness may always take, and what an opened theme says on both sides.

Pure. « Ce qui revient partout » is said in many workshops; « ce qui fait débat » holds levers and obstacles on one
subject; « ce qu'on n'entend qu'une fois » are the voices that a count would drown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synthesis.present import EditionShown, NoteShown, QuoteShown, ThemeShown
from synthesis.reach import reach

EVERYWHERE = 0.5
"""A theme comes back everywhere when its effective number of workshops is at least this share of those that spoke."""

AT_LEAST = 3
"""…and at least this many: two workshops are not everywhere, even when only three have spoken."""

IN_DEBATE = 2
"""Levers, and obstacles, that a subject needs to be in debate."""

BALANCE = 0.5
"""…and the smaller side is at least this share of the larger: one voice against ten is a lone voice, not a debate."""

VOICES = 2
"""Notes of each kind that show a theme's sides, each from another workshop."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tension:
    """A lever and an obstacle on one subject."""

    theme: ThemeShown
    levers: tuple[NoteShown, ...]
    obstacles: tuple[NoteShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Once:
    """Something that one voice said."""

    note: NoteShown
    theme: ThemeShown | None
    """None for a note that waits to be placed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Openings:
    """The three fixed doors."""

    everywhere: tuple[ThemeShown, ...]
    debated: tuple[Tension, ...]
    once: tuple[Once, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """What a theme says under one kind, from different workshops."""

    kind: str
    notes: tuple[NoteShown, ...]


def openings(shown: EditionShown) -> Openings:
    """Return what stands behind each door."""
    least = max(AT_LEAST, EVERYWHERE * shown.spoken)
    everywhere = [theme for theme in shown.themes if reach(theme.workshops) >= least]
    return Openings(
        everywhere=tuple(sorted(everywhere, key=lambda theme: (-reach(theme.workshops), -theme.size, theme.id))),
        debated=_debated(shown),
        once=_once(shown),
    )


def sides(theme: ThemeShown, shown: EditionShown) -> tuple[Side, ...]:
    """Return the notes that speak for each kind of a theme, the most central first, each from another workshop."""
    notes = shown.by_id()
    mine = [notes[note_id] for note_id in theme.note_ids]
    found = (Side(kind=key, notes=_apart([note for note in mine if note.kind == key])) for key, _ in theme.kinds)
    return tuple(side for side in found if side.notes)


def voices(theme: ThemeShown, shown: EditionShown) -> tuple[QuoteShown | NoteShown, ...]:
    """Return what a theme says under each of its kinds: one voice each, from different workshops as far as there are.

    A chosen quote goes first; a kind of which none was chosen is heard through its most central note.
    """
    notes = shown.by_id()
    lone = {quote.note_id for quote in theme.quotes if quote.role == "lone"}
    chosen = [quote for quote in theme.quotes if quote.role != "lone"]
    mine = [notes[note_id] for note_id in theme.note_ids if note_id not in lone]
    kept: list[QuoteShown | NoteShown] = []
    for kind, _ in theme.kinds:
        found: list[QuoteShown | NoteShown] = [one for one in chosen if one.kind == kind]
        found += [one for one in mine if one.kind == kind]
        heard = {one.workshop for one in kept}
        kept += [one for one in found if one.workshop not in heard][:1] or found[:1]
    return tuple(kept)


def tension(theme: ThemeShown, shown: EditionShown) -> Tension | None:
    """Return the levers and the obstacles of a theme face to face; None when it holds only one side."""
    by_kind = {side.kind: side.notes for side in sides(theme, shown)}
    levers, obstacles = by_kind.get("lever", ()), by_kind.get("obstacle", ())
    return Tension(theme=theme, levers=levers, obstacles=obstacles) if levers and obstacles else None


def _apart(notes: Sequence[NoteShown]) -> tuple[NoteShown, ...]:
    """Return the first notes, one per workshop; a second of one workshop only when there is no other."""
    kept: list[NoteShown] = []
    for note in notes:
        if len(kept) < VOICES and note.workshop not in {one.workshop for one in kept}:
            kept.append(note)
    kept += [note for note in notes if note not in kept][: max(0, VOICES - len(kept))]
    return tuple(kept)


def _debated(shown: EditionShown) -> tuple[Tension, ...]:
    """Return the subjects in debate, those first whose smaller side is the largest."""
    found = []
    for theme in shown.themes:
        counts = dict(theme.kinds)
        smaller, larger = sorted((counts.get("lever", 0), counts.get("obstacle", 0)))
        there = tension(theme, shown) if smaller >= max(IN_DEBATE, BALANCE * larger) else None
        if there is not None:
            found.append((-smaller, theme.id, there))
    return tuple(there for *_, there in sorted(found, key=lambda item: item[:2]))


def _once(shown: EditionShown) -> tuple[Once, ...]:
    """Return the lone voice of each theme, then what waits to be placed: nothing else was said like it."""
    notes = shown.by_id()
    lone = [
        Once(note=notes[quote.note_id], theme=theme)
        for theme in shown.themes
        for quote in theme.quotes
        if quote.role == "lone" and quote.note_id in notes
    ]
    return (*lone, *(Once(note=notes[note_id], theme=None) for note_id in shown.tray))
