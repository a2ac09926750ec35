"""Says what is said more in one workshop than elsewhere: the table of themes and workshops, tested cell by cell.

Pure. A cell is « surreprésenté » when chance alone, drawing the workshop's notes among all, would rarely put so many
of the theme's notes there, once the number of cells looked at is allowed for. It never says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import hypergeom

from synthesis.corpus import Corpus
from synthesis.results import Theme
from synthesis.standing import Louder

FALSE_DISCOVERIES = 0.05
"""Share of wrong claims that is accepted among the cells said to stand out (Benjamini and Hochberg, 1995)."""

FEWEST = 3
"""Notes in a cell under which nothing is claimed: two notes of a workshop are two notes."""

DECIMALS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One theme in one workshop."""

    theme_id: str
    workshop: str
    notes: int
    expected: float
    """Notes that would be there if every workshop spoke of every theme alike."""
    p_value: float
    """Probability, by chance, of as many notes or more (hypergeometric)."""
    over: bool
    """« surreprésenté »: what stays after allowing for the number of cells."""


def table(themes: Sequence[Theme], corpus: Corpus) -> tuple[Cell, ...]:
    """Count every theme in every workshop, and say which cells stand out.

    Notes without a workshop and those of the tray are left out. P(X ≥ k), X hypergeometric: the theme's notes drawn
    among all, those of the workshop being the lucky ones.

    Args:
        themes: in the order to show.
        corpus: the notes, with the workshops in programme order.

    Returns:
        One cell per theme and workshop that has notes, theme by theme, empty cells included.
    """
    place = {note.id: note.workshop for note in corpus if note.workshop}
    rows = [[place[note] for note in theme.note_ids if note in place] for theme in themes]
    workshops = [key for key, _ in corpus.workshops if any(key in row for row in rows)]
    if not rows or not workshops:
        return ()
    counts = np.array([[row.count(key) for key in workshops] for row in rows], dtype=np.int64)
    total, by_theme, by_workshop = int(counts.sum()), counts.sum(axis=1), counts.sum(axis=0)
    chance = hypergeom.sf(counts - 1, total, by_theme[:, None], by_workshop[None, :])
    expected = by_theme[:, None] * by_workshop[None, :] / total
    stand_out = _discoveries(chance, counts >= FEWEST)
    return tuple(
        Cell(
            theme_id=theme.id,
            workshop=key,
            notes=int(counts[row, column]),
            expected=round(float(expected[row, column]), 2),
            p_value=round(float(chance[row, column]), DECIMALS),
            over=bool(stand_out[row, column]),
        )
        for row, theme in enumerate(themes)
        for column, key in enumerate(workshops)
    )


def louder(themes: Sequence[Theme], corpus: Corpus) -> tuple[Louder, ...]:
    """Return the cells that stand out, theme by theme as given, the least likely by chance first."""
    found = [cell for cell in table(themes, corpus) if cell.over]
    place = {theme.id: index for index, theme in enumerate(themes)}
    return tuple(
        Louder(
            theme_id=cell.theme_id,
            workshop=cell.workshop,
            notes=cell.notes,
            expected=cell.expected,
            p_value=cell.p_value,
        )
        for cell in sorted(found, key=lambda one: (place[one.theme_id], one.p_value, one.workshop))
    )


def _discoveries(chance: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Keep the smallest p-values up to the last one under its own share of the accepted rate."""
    tested = np.sort(chance[allowed])
    kept = np.zeros(chance.shape, dtype=np.bool_)
    if tested.size:
        under = np.flatnonzero(tested <= FALSE_DISCOVERIES * np.arange(1, tested.size + 1) / tested.size)
        if under.size:
            kept = allowed & (chance <= tested[under[-1]])
    return kept
