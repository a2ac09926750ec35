"""Keeps of a vector what tells the subject, by tables learned once from texts that the State sorted by subject.

A vector says the subject of a sentence, and also how it is said: by whom, in which tone, as a wish or as a fact. The
tables weigh what differs from one practical sheet of service-public.fr to another over what differs inside a sheet;
`bench/subjects.py` learns them and says how. They belong to the encoders they were learned on. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float64]

TABLES = Path(__file__).parent / "data" / "subjects.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Subjects:
    """The tables of one pair of encoders."""

    words: Matrix
    """Shape (d, d), symmetric, for vectors of words and their means."""
    sentences: Matrix
    """Shape (e, e), symmetric, for vectors of sentences."""
    usual: Matrix
    """Shape (1, e): the mean of the sentences learned from, which every sentence shares."""

    def of_words(self, vectors: Matrix) -> Matrix:
        """Return what of these vectors of words, or means of them, tells the subject. Shape (n, d), any length."""
        return _each(vectors, self.words)

    def of_sentences(self, vectors: Matrix) -> Matrix:
        """Return what of these vectors of sentences tells the subject. Shape (n, e), any length."""
        return _each(vectors - self.usual, self.sentences)


def _each(vectors: Matrix, table: Matrix) -> Matrix:
    """Multiply row by row: in one product, the last bits of a row would depend on the rows beside it."""
    rows: Matrix = np.array([row @ table for row in vectors]).reshape(len(vectors), table.shape[1])
    return rows


@cache
def learned() -> Subjects:
    """Return the tables that come with the software, for fastText's words and the Universal Sentence Encoder."""
    with np.load(TABLES) as found:
        return Subjects(**{name: found[name].astype(np.float64) for name in ("words", "sentences", "usual")})
