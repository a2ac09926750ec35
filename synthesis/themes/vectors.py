"""Turns notes into complementary views: what the sentence says, what its words mean, which words it uses.

No single view sorts short French notes well, and their mistakes differ; `clusters` looks for what several agree on.
Pure: the encoders are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from synthesis.french import Reading

Matrix: TypeAlias = NDArray[np.float64]

TINY = 1e-12
"""Under this length a row says nothing, and stays zero."""


class Encoders(Protocol):
    """What turns words and sentences into vectors; `French` is one, a test's table is another."""

    @property
    def has_sentences(self) -> bool:
        """Whether `sentences` answers."""
        ...

    def words(self, words: Sequence[str], /) -> Matrix:
        """Return one row per word, of length 1, or zeros where the word is unknown."""
        ...

    def sentences(self, texts: Sequence[str], /) -> Matrix | None:
        """Return one row per text, of length 1, or None without an encoder."""
        ...


@dataclass(frozen=True, slots=True)
class Views:
    """The same notes seen several ways; every matrix has one row per note, of length 1 or zero."""

    sentences: Matrix | None
    """The sentence encoder's, centred; None when it is missing."""
    words: Matrix
    """Mean of the content words' vectors, centred."""
    lexical: Matrix
    """Lemma TF-IDF reduced by a singular value decomposition."""
    readable: NDArray[np.bool_]
    """False for a note with no content word: nothing can be said of its subject."""

    def fused(self, lexical: float = 0.5) -> Matrix:
        """Lay the views side by side, the lexical one at a lower weight, and give each row length 1."""
        parts = [self.words, lexical * self.lexical]
        if self.sentences is not None:
            parts.insert(0, self.sentences)
        return unit(np.hstack(parts))


def unit(matrix: Matrix) -> Matrix:
    """Scale each row to length 1; a row of zeros stays zero."""
    lengths: Matrix = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Matrix = matrix / np.where(lengths > TINY, lengths, 1.0)
    return scaled


def content(reading: Reading) -> tuple[str, ...]:
    """Return the lemmas of a note's content words, in order."""
    return tuple(token.lemma for token in reading.tokens if token.content)


def word_view(readings: Sequence[Reading], encoders: Encoders) -> Matrix:
    """Return the mean of the vectors of each note's content words.

    A word unknown under its form is looked up under its lemma, then left out.

    Returns:
        Shape (notes, 300); rows of length 1, or zero when no word is known.
    """
    vocabulary = sorted(
        {form for reading in readings for token in reading.tokens for form in (token.norm, token.lemma)}
    )
    table = encoders.words(vocabulary)
    row = {word: index for index, word in enumerate(vocabulary) if table[index].any()}
    width = table.shape[1] if table.ndim == 2 else 1  # noqa: PLR2004 - a matrix has two dimensions
    means = np.zeros((len(readings), width))
    for index, reading in enumerate(readings):
        rows = [row.get(token.norm, row.get(token.lemma)) for token in reading.tokens if token.content]
        known = [found for found in rows if found is not None]
        if known:
            means[index] = table[known].mean(axis=0)
    return unit(means)


def lexical_view(readings: Sequence[Reading], *, dimensions: int = 30, seed: int = 0) -> Matrix:
    """Return lemma TF-IDF (sublinear) reduced to at most `dimensions` by a singular value decomposition.

    Returns:
        Shape (notes, d), d ≤ dimensions; rows of length 1, or zero for a note with no word that another note has.
    """
    documents = [content(reading) for reading in readings]
    counts: dict[str, int] = {}
    for document in documents:
        for lemma in set(document):
            counts[lemma] = counts.get(lemma, 0) + 1
    vocabulary = sorted(lemma for lemma, count in counts.items() if count > 1)
    if len(vocabulary) < 3 or len(documents) < 3:  # noqa: PLR2004 - fewer have no plane to be projected on
        return np.zeros((len(readings), 1))
    weigh = TfidfVectorizer(analyzer=_as_is, vocabulary=vocabulary, sublinear_tf=True)
    weighted = weigh.fit_transform(documents)
    size = min(dimensions, len(vocabulary) - 1, len(documents) - 1)
    return unit(TruncatedSVD(size, random_state=seed).fit_transform(weighted))


def _as_is(document: Sequence[str]) -> Sequence[str]:
    return document


def centred(matrix: Matrix, rows: NDArray[np.bool_]) -> Matrix:
    """Take away what all notes share (the mean of the given rows), then give each row length 1 again."""
    if not rows.any():
        return matrix
    moved = np.where(np.abs(matrix).sum(axis=1, keepdims=True) > 0, matrix - matrix[rows].mean(axis=0), 0.0)
    return unit(moved)


def see(readings: Sequence[Reading], encoders: Encoders, *, seed: int = 0) -> Views:
    """Make every view of these notes."""
    readable = np.array([bool(content(reading)) for reading in readings], dtype=np.bool_)
    sentences = encoders.sentences([reading.text for reading in readings]) if encoders.has_sentences else None
    return Views(
        sentences=None if sentences is None else centred(sentences, readable),
        words=centred(word_view(readings, encoders), readable),
        lexical=lexical_view(readings, seed=seed),
        readable=readable,
    )


def steady(readings: Sequence[Reading], encoders: Encoders) -> Matrix:
    """Return sentence and word vectors side by side: the space where arrivals, centres and quotes are measured.

    Unlike the lexical view it learns nothing from the corpus but its mean, so it hardly moves when a note arrives.

    Returns:
        Shape (notes, d); rows of length 1, or zero for a note that says nothing readable.
    """
    readable = np.array([bool(content(reading)) for reading in readings], dtype=np.bool_)
    parts = [centred(word_view(readings, encoders), readable)]
    if (
        encoders.has_sentences
        and (sentences := encoders.sentences([reading.text for reading in readings])) is not None
    ):
        parts.append(centred(sentences, readable))
    joined = np.hstack(parts)
    joined[~readable] = 0.0
    return unit(joined)
