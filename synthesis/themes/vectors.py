"""Turns notes into complementary parts: what the sentence says, what its words mean, which words it is made of.

No single part sorts short French notes well, and their mistakes differ; `affinity` puts them together and `clusters`
looks for what several mixtures agree on. Pure: the encoders are handed in.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import TfidfVectorizer

from synthesis.french import Reading
from synthesis.themes.phrases import KIND_WORDS
from synthesis.themes.subjects import Subjects

Matrix: TypeAlias = NDArray[np.float64]

TINY = 1e-12
"""Under this length a row says nothing, and stays zero."""

WEIGHT = {"NOUN": 1.0, "PROPN": 1.0, "ADJ": 1.0, "VERB": 0.5}
"""How much a content word says of the subject: verbs of workshop notes are mostly wishes (measured, see method)."""

VOCABULARY = 3_000
"""Most frequent lemmas compared two by two; beyond, a lemma is only like itself."""


class Encoders(Protocol):
    """What turns words and sentences into vectors; `French` is one, a test's table is another."""

    @property
    def has_sentences(self) -> bool:
        """Whether `sentences` answers."""
        ...

    @property
    def subjects(self) -> Subjects | None:
        """The tables that keep of these vectors what tells the subject, when some were learned for them."""
        ...

    def words(self, words: Sequence[str], /) -> Matrix:
        """Return one row per word, of length 1, or zeros where the word is unknown."""
        ...

    def sentences(self, texts: Sequence[str], /) -> Matrix | None:
        """Return one row per text, of length 1, or None without an encoder."""
        ...


def unit(matrix: Matrix) -> Matrix:
    """Scale each row to length 1; a row of zeros stays zero."""
    lengths: Matrix = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: Matrix = matrix / np.where(lengths > TINY, lengths, 1.0)
    return scaled


def centred(matrix: Matrix, rows: NDArray[np.bool_] | None = None) -> Matrix:
    """Take away what the rows share (the mean of those given), then give each row length 1; zeros stay zero."""
    spoken = np.abs(matrix).sum(axis=1) > 0
    shared = spoken if rows is None else spoken & rows
    if not shared.any():
        return matrix
    moved: Matrix = np.where(spoken[:, None], matrix - matrix[shared].mean(axis=0), 0.0)
    return unit(moved)


def content(reading: Reading) -> tuple[str, ...]:
    """Return the lemmas of a note's content words, in order."""
    return tuple(token.lemma for token in reading.tokens if token.content)


@dataclass(frozen=True, slots=True)
class Words:
    """The corpus as a table of lemmas."""

    lemmas: tuple[str, ...]
    counts: csr_matrix
    """Shape (notes, lemmas): the damped, part-of-speech weighted count of each lemma in each note."""
    meanings: Matrix
    """Shape (lemmas, d): what of the vector of each lemma tells the subject, or zero."""

    @classmethod
    def of(cls, readings: Sequence[Reading], encoders: Encoders) -> Words:
        """Count the lemmas of each note; a lemma without a vector borrows its first form's."""
        forms: dict[str, str] = {}
        for reading in readings:
            for token in reading.tokens:
                if token.content and token.lemma not in KIND_WORDS:
                    forms[token.lemma] = min(token.norm, forms.get(token.lemma, token.norm))
        lemmas = tuple(sorted(forms))
        column = {lemma: index for index, lemma in enumerate(lemmas)}
        found = [
            (row, column[token.lemma], WEIGHT[token.pos])
            for row, reading in enumerate(readings)
            for token in reading.tokens
            if token.content and token.lemma in column
        ]
        rows, columns, weights = (list(part) for part in zip(*found, strict=True)) if found else ([], [], [])
        counts = csr_matrix((weights, (rows, columns)), shape=(len(readings), len(lemmas)), dtype=np.float64)
        counts.data = np.where(counts.data > 1, 1.0 + np.log(np.maximum(counts.data, 1.0)), counts.data)
        own = encoders.words(lemmas)
        borrowed = encoders.words([forms[lemma] for lemma in lemmas])
        known = np.where(own.any(axis=1, keepdims=True), own, borrowed)
        return cls(lemmas, counts, encoders.subjects.of_words(known) if encoders.subjects else known)

    def mean(self) -> Matrix:
        """Return the mean vector of each note's words, of length 1 or zero. Shape (notes, d)."""
        return unit(self.counts @ self.meanings)

    def weighted_mean(self) -> Matrix:
        """Return the same mean, each word weighing as much as it is rare: of length 1 or zero. Shape (notes, d)."""
        return unit(self.rare() @ self.meanings)

    def rare(self) -> csr_matrix:
        """Return the counts weighted by inverse document frequency, log((1 + n) / (1 + df)) + 1."""
        count = self.counts.shape[0]
        return csr_matrix(self.counts @ diags(np.log((1.0 + count) / (1.0 + self._frequency())) + 1.0))

    def _frequency(self) -> NDArray[np.int64]:
        """Return how many notes say each lemma."""
        return np.bincount(self.counts.indices, minlength=len(self.lemmas))

    def soft(self) -> Matrix:
        """Return the soft cosine of each pair of notes: words count as alike by the square of their cosine.

        s(x, y) = x M yᵀ / √(x M xᵀ · y M yᵀ), M = max(0, cos)² over centred word vectors (Sidorov et al., 2014).

        Returns:
            Shape (notes, notes), between 0 and 1; zero where a note has no word.
        """
        weighted, frequency = self.rare(), self._frequency()
        order = np.lexsort((np.arange(len(frequency)), -frequency))
        kept, left = np.sort(order[:VOCABULARY]), np.sort(order[VOCABULARY:])
        vectors = centred(self.meanings[kept])
        alike = vectors @ vectors.T
        np.maximum(alike, 0.0, out=alike)
        np.square(alike, out=alike)
        np.fill_diagonal(alike, 1.0)
        common, rest = weighted[:, kept], weighted[:, left]
        found = common @ (common @ alike).T + (rest @ rest.T).toarray()
        own = np.sqrt(np.maximum(np.diag(found), TINY))
        soft: Matrix = found / own[:, None] / own[None, :]
        return soft


def characters(readings: Sequence[Reading]) -> Matrix:
    """Return the cosine of each pair of notes over runs of 4 and 5 letters inside content words (TF-IDF).

    It brings together the forms and compounds that a lemmatiser misses, and the typos.

    Returns:
        Shape (notes, notes), between 0 and 1.
    """
    lines = [" ".join(token.norm for token in reading.tokens if token.content) for reading in readings]
    weigh = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 5), min_df=2, sublinear_tf=True)
    runs = Counter(run for line in lines for run in set(weigh.build_analyzer()(line)))
    if not any(count > 1 for count in runs.values()):
        return np.zeros((len(lines), len(lines)))
    weighted = weigh.fit_transform(lines)
    return np.asarray((weighted @ weighted.T).toarray(), dtype=np.float64)


REMEMBERED = 20_000
"""Notes whose own vectors are kept for one encoder, about 130 MB; a larger corpus is computed from its words."""

_known: WeakKeyDictionary[Encoders, OrderedDict[str, NDArray[np.float64]]] = WeakKeyDictionary()


def steady(readings: Sequence[Reading], encoders: Encoders) -> Matrix:
    """Return the mean vector of a note's words and its sentence's vector side by side, each without what all share.

    The space where arrivals, centres and quotes are measured. Unlike the other parts it learns nothing from the corpus
    but its mean, so it hardly moves when a note arrives; what a note says alone is computed once and remembered, which
    changes no value. Beyond `REMEMBERED` notes the words speak alone: encoding 100,000 sentences would take minutes.

    Returns:
        Shape (notes, d); rows of length 1, or zero for a note that says nothing readable.
    """
    own, width = _own(readings, encoders)
    readable = np.asarray(own.any(axis=1), dtype=np.bool_)
    for part in (own[:, :width], own[:, width:]):
        _centre(part, readable)
    _scale(own)
    return own


def word_means(readings: Sequence[Reading], encoders: Encoders) -> Matrix:
    """Return the mean vector of each note's content words, without building the table of `Words`."""
    vocabulary = sorted({token.lemma for reading in readings for token in reading.tokens if token.content})
    table = encoders.words(vocabulary)
    row = {lemma: index for index, lemma in enumerate(vocabulary)}
    means = np.zeros((len(readings), table.shape[1]))
    for index, reading in enumerate(readings):
        found = [token for token in reading.tokens if token.content]
        if found:
            weights = np.array([WEIGHT[token.pos] for token in found])
            means[index] = weights @ table[[row[token.lemma] for token in found]]
    return unit(means)


def _own(readings: Sequence[Reading], encoders: Encoders) -> tuple[Matrix, int]:
    """Return what each note says alone, zeros where it says nothing readable, and the width of the words' part."""
    if len(readings) > REMEMBERED:
        words = _subject_means(readings, encoders)
        return words, words.shape[1]
    known = _known.setdefault(encoders, OrderedDict())
    fresh = {reading.text: reading for reading in readings if reading.text not in known}
    width = 0
    if fresh or not readings:
        rows, width = _computed(list(fresh.values()), encoders)
        known.update(zip(fresh, rows, strict=True))
    width = width or encoders.words([""]).shape[1]
    size = width + (next(iter(known.values())).shape[0] - width if known else 0)
    table = np.array([known[reading.text] for reading in readings]).reshape(len(readings), size)
    while len(known) > REMEMBERED:
        known.popitem(last=False)
    return table, width


def _subject_means(readings: Sequence[Reading], encoders: Encoders) -> Matrix:
    means = word_means(readings, encoders)
    return unit(encoders.subjects.of_words(means)) if encoders.subjects else means


def _computed(readings: Sequence[Reading], encoders: Encoders) -> tuple[Matrix, int]:
    words = _subject_means(readings, encoders)
    sentences = encoders.sentences([reading.text for reading in readings]) if encoders.has_sentences else None
    if sentences is not None and encoders.subjects:
        sentences = unit(encoders.subjects.of_sentences(sentences))
    own = words if sentences is None else np.hstack([words, sentences])
    for row, reading in enumerate(readings):
        if not content(reading):
            own[row] = 0.0
    return own, words.shape[1]


def _centre(part: Matrix, readable: NDArray[np.bool_]) -> None:
    """Take away, in place, what the readable rows share; then give each row length 1. A row of zeros stays zero."""
    spoken = part.any(axis=1)
    if (readable & spoken).any():
        part -= part[readable & spoken].mean(axis=0)
        part[~spoken] = 0.0
    _scale(part)


def _scale(matrix: Matrix) -> None:
    """Give each row length 1, in place; a row of zeros stays zero."""
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    matrix *= (1.0 / np.where(lengths > TINY, lengths, 1.0))[:, None]
