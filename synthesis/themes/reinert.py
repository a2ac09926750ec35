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
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
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

MOST_NOTES = 3_000
"""Notes beyond which no second opinion is asked: each class is looked at note by note."""

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
    cuts = range(SMALLEST, len(order) - SMALLEST + 1)
    sums = np.cumsum(table[order].toarray(), axis=0)
    squares, ones = (sums**2 / sums[-1]).sum(axis=1), sums.sum(axis=1)
    scores = [round(_chi_square(float(squares[cut - 1]), float(ones[cut - 1]), float(ones[-1])), 9) for cut in cuts]
    if not scores or max(scores) <= 0:
        return None
    second = np.ones(len(order), dtype=np.bool_)
    second[order[: cuts[int(np.argmax(scores))]]] = False
    return _exchanged(table, second)


def _exchanged(table: csr_matrix, second: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Move notes to the other side, one at a time in their order, while the chi-square grows.

    Only the words of the note that moves change: the chi-square is followed through Σ f² / w, f the words of the first
    half and w those of both, which costs as much as the note is long rather than as the vocabulary is.
    """
    whole = np.asarray(table.sum(axis=0)).ravel()
    first = np.asarray(table[~second].sum(axis=0)).ravel()
    lines = [table.indices[start:end] for start, end in pairwise(table.indptr)]
    weights = [float((1.0 / whole[line]).sum()) for line in lines]
    total, one, squares = float(whole.sum()), float(first.sum()), float((first**2 / whole).sum())
    best, sizes = _chi_square(squares, one, total), [int((~second).sum()), int(second.sum())]
    for _ in range(ROUNDS):
        moved = False
        for index, line in enumerate(lines):
            side = int(second[index])
            if sizes[side] <= SMALLEST:
                continue
            sign = 1.0 if side else -1.0
            grown = squares + 2.0 * sign * float((first[line] / whole[line]).sum()) + weights[index]
            score = _chi_square(grown, one + sign * len(line), total)
            if score > best + 1e-9:
                first[line] += sign
                squares, one, best, moved = grown, one + sign * len(line), score, True
                second[index] = not second[index]
                sizes[side], sizes[1 - side] = sizes[side] - 1, sizes[1 - side] + 1
        if not moved:
            break
    return second


def _chi_square(squares: float, one: float, total: float) -> float:
    """Return the chi-square of a table of two rows, from Σ f² / w, the words of the first half and those of both."""
    if one <= 0 or one >= total:
        return 0.0
    return (squares - one * one / total) * total * total / (one * (total - one))


ROUNDS = 10


def _first_axis(table: csr_matrix) -> NDArray[np.float64] | None:
    """Return each note's coordinate on the first axis that is not the trivial one (Benzécri, 1973)."""
    rows, columns = np.asarray(table.sum(axis=1)).ravel(), np.asarray(table.sum(axis=0)).ravel()
    if min(table.shape) < 2:  # noqa: PLR2004 - one row or one column has no axis
        return None
    scaled = diags(1.0 / np.sqrt(rows)) @ table @ diags(1.0 / np.sqrt(columns))
    if min(table.shape) <= DENSE:
        left, values, _ = np.linalg.svd(scaled.toarray(), full_matrices=False)
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
