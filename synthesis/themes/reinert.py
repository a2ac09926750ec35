"""Gives a second opinion in the manner French practitioners know: descending classification by Reinert's method.

Pure. Notes are rows, lemmas columns, present or absent. The whole is cut in two where the chi-square between the two
halves' words is greatest: along the first axis of a correspondence analysis, then note by note. The larger class left
is cut next, until there are as many as wanted. It knows nothing of meaning or of workshops: that is its use.

Source: Reinert, « Une méthode de classification descendante hiérarchique » (Les cahiers de l'analyse des données,
1983); the way of `rainette` (Barnier) was followed for the order of the steps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import svds
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from synthesis.french import Reading
from synthesis.results import SecondOpinion
from synthesis.themes.looks import Labels
from synthesis.themes.phrases import meaningful

FEWEST_NOTES = 3
"""A lemma in fewer notes says nothing of a class."""

SMALLEST = 5
"""Notes under which a class is not cut off."""

DENSE = 12
"""Under this many notes or lemmas the axis comes from a full decomposition."""

SQUARE = 200
"""Up to this many notes it comes from their products two by two, which takes half the time (the same classes)."""

MOST_NOTES = 3_000
"""Notes beyond which no second opinion is asked: each class is looked at note by note."""

Column: TypeAlias = NDArray[np.float64]

UNCLASSED = -1
DECIMALS = 4


def second_opinion(readings: Sequence[Reading], themes: Labels) -> SecondOpinion | None:
    """Class the notes anew, into as many classes as there are themes, and compare; None beyond `MOST_NOTES`.

    Args:
        readings: one per note.
        themes: the theme of each note as a number; negative for the tray.
    """
    if len(readings) > MOST_NOTES:
        return None
    classes = descend(readings, len(set(themes[themes >= 0].tolist())))
    both = (classes >= 0) & (themes >= 0)
    agreed = bool(both.any())
    return SecondOpinion(
        classes=len(set(classes.tolist()) - {UNCLASSED}),
        classified=round(float((classes >= 0).mean()), DECIMALS) if len(classes) else 0.0,
        ami=round(float(adjusted_mutual_info_score(themes[both], classes[both])), DECIMALS) if agreed else 0.0,
        ari=round(float(adjusted_rand_score(themes[both], classes[both])), DECIMALS) if agreed else 0.0,
    )


def descend(readings: Sequence[Reading], wanted: int) -> Labels:
    """Return the class of each note, numbered by decreasing size; -1 for a note without a lemma that others use."""
    table = _table(readings)
    labels = np.full(len(readings), UNCLASSED, dtype=np.int64)
    spoken = np.flatnonzero(np.asarray(table.sum(axis=1)).ravel() > 0)
    labels[spoken] = 0
    whole: set[int] = set()
    while len(set(labels.tolist()) - {UNCLASSED}) < wanted:
        sizes = Counter(label for label in labels.tolist() if label >= 0 and label not in whole)
        if not sizes:
            break
        name = min(sizes, key=lambda label: (-sizes[label], label))
        rows = np.flatnonzero(labels == name)
        apart = halves(table[rows]) if len(rows) >= 2 * SMALLEST else None
        if apart is None:
            whole.add(name)
        else:
            labels[rows[apart]] = int(labels.max()) + 1
    return _by_size(labels)


def halves(table: csr_matrix) -> NDArray[np.bool_] | None:
    """Cut a table in two where the chi-square between the halves' words is greatest; None when nothing sets apart.

    The notes are sorted along the first axis of the correspondence analysis and every cut is tried; then each note
    changes sides while that raises the chi-square.

    Returns:
        True for the notes of the second half.
    """
    kept = np.flatnonzero(np.asarray(table.sum(axis=0)).ravel() > 0)
    table = table[:, kept].tocsr()
    axis = _first_axis(table)
    if axis is None:
        return None
    order = np.lexsort((np.arange(len(axis)), np.round(axis, 9)))
    sums = np.cumsum(table[order].toarray(), axis=0)
    squares, ones = (sums**2 / sums[-1]).sum(axis=1), sums.sum(axis=1)
    tried = slice(SMALLEST - 1, len(order) - SMALLEST)
    scores = np.round(_chi_squares(squares[tried], ones[tried], float(ones[-1])), 9)
    if not len(scores) or scores.max() <= 0:
        return None
    second = np.ones(len(order), dtype=np.bool_)
    second[order[: SMALLEST + int(np.argmax(scores))]] = False
    return _exchanged(table, second)


def _exchanged(table: csr_matrix, second: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Move notes to the other side, one at a time in their order, while the chi-square grows.

    The chi-square is followed through Σ f² / w, f the words of the first half and w those of both: one product says
    what it would become by the move of each note, and is made again only once a note has moved.
    """
    whole = np.asarray(table.sum(axis=0)).ravel()
    first = np.asarray(table[~second].sum(axis=0)).ravel()
    lengths, weights = np.diff(table.indptr).astype(np.float64), table @ (1.0 / whole)
    total, one, squares = whole.sum(), first.sum(), (first**2 / whole).sum()
    best, sizes = _chi_squares(squares, one, total), np.array([(~second).sum(), second.sum()])
    for _ in range(ROUNDS):
        place = 0
        while True:
            side, sign = second.astype(np.int64), np.where(second, 1.0, -1.0)
            grown, ones = squares + 2.0 * sign * (table @ (first / whole)) + weights, one + sign * lengths
            scores = _chi_squares(grown, ones, total)
            better = np.flatnonzero((scores > best + 1e-9) & (sizes[side] > SMALLEST))
            better = better[np.searchsorted(better, place) :]
            if not len(better):
                break
            index = int(better[0])
            first[table.indices[table.indptr[index] : table.indptr[index + 1]]] += sign[index]
            squares, one, best = grown[index], ones[index], scores[index]
            sizes += np.array([1, -1]) if second[index] else np.array([-1, 1])
            second[index] = not second[index]
            place = index + 1
        if not place:
            break
    return second


def _chi_squares(squares: Column, ones: Column, total: float) -> Column:
    """Return the chi-square of tables of two rows, from Σ f² / w, the words of the first half and those of both."""
    inside = (ones > 0) & (ones < total)
    among = np.where(inside, ones * (total - ones), 1.0)
    found: Column = np.where(inside, (squares - ones * ones / total) * total * total / among, 0.0)
    return found


ROUNDS = 10


def _first_axis(table: csr_matrix) -> NDArray[np.float64] | None:
    """Return each note's coordinate on the first axis that is not the trivial one (Benzécri, 1973)."""
    rows, columns = np.asarray(table.sum(axis=1)).ravel(), np.asarray(table.sum(axis=0)).ravel()
    if min(table.shape) < 2:  # noqa: PLR2004 - one row or one column has no axis
        return None
    scaled = diags(1.0 / np.sqrt(rows)) @ table @ diags(1.0 / np.sqrt(columns))
    if min(table.shape) <= DENSE:
        left, values, _ = np.linalg.svd(scaled.toarray(), full_matrices=False)
    elif (count := table.shape[0]) <= SQUARE:
        squares, left = eigh((scaled @ scaled.T).toarray(), subset_by_index=(count - 2, count - 1))
        left, values = left[:, ::-1], np.sqrt(np.maximum(squares[::-1], 0.0))
    else:
        left, values, _ = svds(scaled, k=2, v0=np.ones(min(table.shape)))
        left, values = left[:, ::-1], values[::-1]
    if values[1] < TRIVIAL:
        return None
    # Where the words of two groups never meet, the two first axes have one value and may come mixed: the trivial one,
    # which says only how long the notes are, is taken out of both.
    trivial = np.sqrt(rows / rows.sum())
    rest = left[:, :2] - np.outer(trivial, trivial @ left[:, :2])
    strength = np.round((rest**2).sum(axis=0) * values[:2], 6)
    axis = rest[:, 0 if strength[0] > strength[1] else 1] / np.sqrt(rows)
    # The sign of an axis is free: the note that stands out most is on the positive side.
    return np.asarray(axis * np.sign(axis[int(np.argmax(np.round(np.abs(axis), 9)))]), dtype=np.float64)


TRIVIAL = 1e-9


def _table(readings: Sequence[Reading]) -> csr_matrix:
    """Return which note holds which lemma, for lemmas of at least `FEWEST_NOTES` notes."""
    lines = [sorted({token.lemma for token in reading.tokens if meaningful(token)}) for reading in readings]
    frequency = Counter(lemma for line in lines for lemma in line)
    column = {lemma: index for index, lemma in enumerate(sorted(w for w in frequency if frequency[w] >= FEWEST_NOTES))}
    cells = [(row, column[lemma]) for row, line in enumerate(lines) for lemma in line if lemma in column]
    rows, columns = (list(part) for part in zip(*cells, strict=True)) if cells else ([], [])
    return csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(lines), max(len(column), 1)))


def _by_size(labels: Labels) -> Labels:
    first = {name: index for index, name in reversed(list(enumerate(labels.tolist())))}
    found = sorted(set(labels.tolist()) - {UNCLASSED}, key=lambda name: (-int((labels == name).sum()), first[name]))
    rank = {name: index for index, name in enumerate(found)}
    return np.array([rank.get(label, UNCLASSED) for label in labels.tolist()], dtype=np.int64)
