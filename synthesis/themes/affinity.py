"""Says how alike two notes are, in several ways that are all defensible: the mixtures that the consensus compares.

Pure. A mixture is a weighted sum of parts; the workshop two notes were said in adds a little, as much as the words
themselves show that workshops differ in subject, so that it never makes a theme alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from synthesis.french import Reading
from synthesis.themes.vectors import Encoders, Matrix, Words, centred, characters, word_means

SENTENCES, SUBJECTS, MEANINGS, SOFT, LETTERS = "sentences", "subjects", "meanings", "soft", "letters"
WEIGHTED = "weighted"
"""The mean of the words, each counting for as much as it is rare (inverse document frequency)."""

PLAIN = "plain"
"""The mean of the words as they are, where no sentence is."""

MIXTURES: tuple[Mapping[str, float], ...] = (
    {SUBJECTS: 1.0, MEANINGS: 0.5, SOFT: 0.75, LETTERS: 0.5},
    {SUBJECTS: 1.0, SOFT: 1.0},
    {SENTENCES: 1.0},
    {SUBJECTS: 1.0, MEANINGS: 0.5},
    {SOFT: 1.0},
    {SOFT: 0.5, LETTERS: 1.0},
    {WEIGHTED: 1.0},
)
"""Different on purpose: what they agree on is worth more than the best of them (measured, see method)."""

WITHOUT_SENTENCES: tuple[Mapping[str, float], ...] = (
    {MEANINGS: 1.0, SOFT: 1.0, LETTERS: 0.5},
    {PLAIN: 1.0, SOFT: 1.0},
    {PLAIN: 1.0},
    {SOFT: 1.0},
    {MEANINGS: 1.0},
    {WEIGHTED: 1.0},
    {SOFT: 0.5, LETTERS: 1.0},
)

NEAR = 10
"""Neighbours whose workshops are looked at."""

WORKSHOP = 4.0
"""Weight of one workshop, in standard deviations of likeness per unit of lift."""

MOST_LIFT = 1 / 3
"""However different the workshops are, no more than this counts: a theme must be able to cross them."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The likeness of each pair of notes, part by part; each is (notes, notes)."""

    parts: Mapping[str, Matrix]
    workshops: tuple[str, ...]
    lift: float = 0.0
    """How much the words show that workshops differ, from 0 to `MOST_LIFT`; see `workshop_lift`."""

    @classmethod
    def of(cls, readings: Sequence[Reading], encoders: Encoders, workshops: Sequence[str]) -> Parts:
        """Compute every part that the encoders allow."""
        words = Words.of(readings, encoders)
        means, weighted = centred(words.mean()), centred(words.weighted_mean())
        parts = {MEANINGS: means @ means.T, WEIGHTED: weighted @ weighted.T}
        parts |= {SOFT: words.soft(), LETTERS: characters(readings)}
        sentences = encoders.sentences([reading.text for reading in readings]) if encoders.has_sentences else None
        if sentences is None:
            plain = centred(word_means(readings, encoders))
            parts[PLAIN] = plain @ plain.T
        else:
            whole = centred(sentences)
            parts[SENTENCES] = parts[SUBJECTS] = whole @ whole.T
            if encoders.subjects:
                told = centred(encoders.subjects.of_sentences(sentences))
                parts[SUBJECTS] = told @ told.T
        fullest = next(cls(parts, tuple(workshops)).mixtures())
        return cls(parts, tuple(workshops), min(max(workshop_lift(fullest, workshops), 0.0), MOST_LIFT))

    def plain(self) -> Parts:
        """Return the same parts as if nobody had said the workshops."""
        return replace(self, lift=0.0)

    def mixtures(self) -> Iterator[Matrix]:
        """Yield one matrix of likeness per mixture, the fullest first."""
        recipes = MIXTURES if SENTENCES in self.parts else WITHOUT_SENTENCES
        same = _same(self.workshops) if self.lift else None
        for recipe in recipes:
            mixed: Matrix = sum((weight * self.parts[name] for name, weight in recipe.items()), np.zeros(1))
            yield mixed if same is None else mixed + WORKSHOP * self.lift * _spread(mixed) * same


def workshop_lift(likeness: Matrix, workshops: Sequence[str]) -> float:
    """Return how much more often than chance a note's nearest notes were said in its own workshop.

    (p − q) / (1 − q), p the share of the nearest `NEAR` notes that share the workshop, q the share expected by chance.
    0 when the workshops speak of the same things, or when there is one workshop or none; 1 when they share nothing.
    """
    same = _same(workshops)
    named = np.array([bool(workshop) for workshop in workshops])
    count = int(named.sum())
    if count <= NEAR + 1:
        return 0.0
    chance = (float(same.sum()) - count) / (count * (count - 1.0))
    if chance >= 1.0:
        return 0.0
    others = np.where(named[None, :], likeness, -np.inf)[named]
    others[np.arange(count), np.flatnonzero(named)] = -np.inf
    near = np.argpartition(-np.round(others, 9), NEAR - 1, axis=1)[:, :NEAR]
    share = float(np.take_along_axis(same[named], near, axis=1).mean())
    return (share - chance) / (1.0 - chance)


def _same(workshops: Sequence[str]) -> Matrix:
    """Return 1 where two notes have one workshop, 0 elsewhere and where nobody said which."""
    _, number = np.unique(np.array(workshops, dtype=np.str_), return_inverse=True)
    said = np.array([bool(name) for name in workshops], dtype=np.bool_)
    same: Matrix = ((number[:, None] == number[None, :]) & said[:, None]).astype(np.float64)
    return same


def _spread(likeness: Matrix) -> float:
    """Return the standard deviation of the likeness of two different notes."""
    pairs = likeness.size - len(likeness)
    if not pairs:
        return 0.0
    own = np.diagonal(likeness)
    mean = float(likeness.sum() - own.sum()) / pairs
    squares = float(np.square(likeness).sum() - np.square(own).sum()) / pairs
    return sqrt(max(squares - mean * mean, 0.0))
