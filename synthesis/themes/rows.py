"""The compared notes as rows, beside what is displayed: where each is, and how often each two are together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.corpus import Corpus
from synthesis.themes.looks import Labels
from synthesis.themes.sorting import Compared
from synthesis.themes.vectors import Matrix

LEAST = 0.05
"""Under this share, notes of one theme are together no more than by chance; it is what is usual at least."""

DECIMALS = 4
"""Of a share of looks, so that no rounding of a processor shows."""


@dataclass(frozen=True, slots=True)
class View:
    """The compared notes as rows: where each is displayed, and how often each two are together."""

    rows: tuple[tuple[str, ...], ...]
    """The note ids of each row: one, or several made of the same words."""
    names: tuple[str, ...]
    home: Labels
    """Index in `names` of the theme of each row; -1 for the tray."""
    free: np.ndarray
    """False for a row that a person placed."""
    together: Matrix
    near: Matrix
    """How often each row is with the rows of each theme, itself left out, against how often these are with one
    another; at most 1. Shape (rows, themes)."""

    @classmethod
    def of(
        cls, corpus: Corpus, compared: Compared, displayed: Mapping[str, Sequence[str]], held: frozenset[str]
    ) -> View:
        """Lay out the compared notes; `held` are those that a person placed."""
        assert compared.looks is not None  # noqa: S101 - said to the type checker
        names = tuple(sorted(displayed))
        number = {note: index for index, name in enumerate(names) for note in displayed[name]}
        rows = tuple(tuple(corpus.notes[row].id for row in compared.units[index].rows) for index in compared.chosen)
        home = np.array([number.get(row[0], -1) for row in rows], dtype=np.int64)
        free = np.array([not held.intersection(row) for row in rows], dtype=np.bool_)
        together = compared.looks.together
        member = (home[:, None] == np.arange(len(names))[None, :]).astype(np.float64)
        sizes = member.sum(axis=0)[None, :] - member
        near = (together @ member - member) / np.maximum(sizes, 1.0)
        usual = (near * member).sum(axis=0) / np.maximum(member.sum(axis=0), 1.0)
        return cls(rows, names, home, free, together, np.minimum(near / np.maximum(usual, LEAST), 1.0))

    def ids(self, rows: Iterable[int] | Labels) -> tuple[str, ...]:
        """Return the note ids of some rows, sorted."""
        return tuple(sorted(note for row in rows for note in self.rows[int(row)]))

    def name(self, index: int) -> str:
        """Return the theme of that number; "" for the tray."""
        return self.names[index] if index >= 0 else ""

    def own(self, row: int) -> float:
        """How often a row is with the notes of its own theme; 0 in the tray."""
        return float(self.near[row, self.home[row]]) if self.home[row] >= 0 else 0.0

    def support(self) -> dict[str, float]:
        """Return, for each displayed note, how often the looks put it with its theme, against what is usual there."""
        return {
            note: round(self.own(row), DECIMALS)
            for row, notes in enumerate(self.rows)
            if self.home[row] >= 0
            for note in notes
        }

    def inside(self, rows: Sequence[int]) -> float:
        """How often the rows of a group are together, each without itself."""
        if len(rows) < 2:  # noqa: PLR2004 - a pair needs two
            return 0.0
        block = self.together[np.ix_(rows, rows)]
        return float((block.sum() - np.trace(block)) / (len(rows) * (len(rows) - 1)))

    def between(self, rows: Sequence[int], others: Sequence[int]) -> float:
        """Return how often rows of one group are with those of another, on average."""
        return float(self.together[np.ix_(rows, others)].mean()) if len(rows) and len(others) else 0.0
