"""Looks at notes in many ways and counts how often each two are put together.

Each look is a mixture of likeness, its graph of nearest neighbours, the slow modes of a walk on that graph, and
k-means on them. Pure: same notes, same seed, same looks.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.sparse import csr_matrix, diags
from scipy.sparse.linalg import eigsh
from scipy.spatial.distance import squareform
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from synthesis.themes.vectors import Matrix, unit

Labels: TypeAlias = NDArray[np.int64]

NEIGHBOURS = (6, 10)
"""Small neighbourhoods find the subjects of short notes; large ones find the vocabulary that all share."""

MODES = 50
STEPS = 4
"""Slow modes of the walk that are kept, and the power their eigenvalues are raised to: steps of the walk."""

FINENESSES = (0.45, 0.65, 0.85, 1.0, 1.3)
"""How finely each graph is cut, beside the number of subjects expected: what holds at several is a subject."""

ASKED = (1, 1, 2)
"""The same when people said how many themes they want."""

AT_300, GROWTH = 25.0, 0.4
"""A careful reader sorts 300 notes into some 25 subjects, and more notes into more, ever more slowly."""

MOST = 60
"""Themes that a person can still find their way in."""

UNDECIDED = 0.02
"""Weight of plain likeness beside agreement: it only decides between groups that no look ever put together."""

DENSE = 200
"""Up to this many notes the modes come from a full decomposition."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What many looks at the same notes say of each two of them."""

    together: Matrix
    """Share of the looks that put the two notes together; 1 on the diagonal."""
    links: csr_matrix
    """How strongly neighbours are linked, all mixtures together; symmetric."""
    likeness: Matrix
    """Sum of the mixtures."""
    plain: csr_matrix
    """The links that words alone would make; the same as `links` when nobody said the workshops."""

    def tree(self, together: Matrix | None = None) -> Matrix:
        """Join the notes that are most often together first (average linkage); plain likeness decides ties."""
        agreed = self.together if together is None else together
        apart = 1.0 - agreed + UNDECIDED * (1.0 - _scaled(self.likeness))
        np.fill_diagonal(apart, 0.0)
        return np.asarray(linkage(squareform(np.round(apart, 9), checks=False), method="average"), dtype=np.float64)


def look(
    mixtures: Iterable[Matrix], *, groups: int | None = None, seed: int = 0, plain: Iterable[Matrix] | None = None
) -> Looks:
    """Look at the notes through every mixture.

    Args:
        mixtures: matrices of likeness, each (notes, notes) and symmetric; at least one.
        groups: how many groups are wanted; None: each look searches about as many as a careful reader would make.
        seed: of the starts of k-means.
        plain: the mixtures as the words alone make them; None when `mixtures` are.
    """
    runs: list[Labels] = []
    links, likeness = csr_matrix((0, 0)), np.zeros((1, 1))
    for number, mixture in enumerate(mixtures):
        sizes = _sizes(len(mixture), groups)
        graphs = neighbour_graphs(mixture, NEIGHBOURS)
        runs += _looks(graphs, sizes, seed + len(sizes) * len(NEIGHBOURS) * number)
        links = graphs[-1] if number == 0 else links + graphs[-1]
        likeness = likeness + mixture
    bare = links if plain is None else sum(neighbour_graphs(mixture, NEIGHBOURS[-1:])[0] for mixture in plain)
    return Looks(co_association(runs), links, likeness, bare)


def _sizes(notes: int, groups: int | None) -> tuple[int, ...]:
    """Return how many groups the looks at one graph search, each in turn."""
    if groups:
        return tuple(factor * groups for factor in ASKED)
    return tuple(max(round(factor * expected(notes)), 2) for factor in FINENESSES)


def _scaled(matrix: Matrix) -> Matrix:
    """Stretch a matrix to the range 0 to 1."""
    low, high = float(matrix.min()), float(matrix.max())
    scaled: Matrix = (matrix - low) / (high - low or 1.0)
    return (scaled + scaled.T) / 2.0


def expected(notes: int) -> int:
    """Return how many subjects a careful reader would find: 25 · (notes / 300)^0.4, between 2 and 60."""
    return int(min(max(round(AT_300 * (notes / 300.0) ** GROWTH), 2), MOST))


def _looks(graphs: Sequence[csr_matrix], sizes: Sequence[int], seed: int) -> list[Labels]:
    runs: list[Labels] = []
    for graph in graphs:
        modes = slow_modes(graph)
        for groups in sizes:
            runs.append(_k_means(modes, groups, seed + len(runs)))
    return runs


def neighbour_graphs(likeness: Matrix, sizes: Sequence[int]) -> list[csr_matrix]:
    """Link each note to its most alike, once per number of neighbours; a link found from both ends weighs twice.

    Returns:
        One per size, symmetric (notes, notes), weights = likeness (what is not positive is no link), no self-link.
    """
    count = len(likeness)
    most = min(max(sizes), count - 1)
    others = -np.round(likeness, 9)
    np.fill_diagonal(others, np.inf)
    best = np.argpartition(others, most - 1, axis=1)[:, :most]
    weights = -np.take_along_axis(others, best, axis=1)
    order = np.lexsort((best, -weights), axis=1)
    best, weights = np.take_along_axis(best, order, axis=1), np.take_along_axis(weights, order, axis=1)
    return [_linked(best[:, :size], weights[:, :size], count) for size in sizes]


def _linked(best: Labels, weights: Matrix, count: int) -> csr_matrix:
    kept = weights > 0
    rows = np.broadcast_to(np.arange(count)[:, None], best.shape)
    found = csr_matrix((weights[kept], (rows[kept], best[kept])), shape=(count, count))
    return (found + found.T).tocsr()


def slow_modes(graph: csr_matrix) -> Matrix:
    """Return each note's place in the slow modes of a random walk on the graph (diffusion map, Coifman et al., 2006).

    Eigenvectors of D^-½ W D^-½, each times its eigenvalue (negative ones dropped) to the power `STEPS`.

    Returns:
        Shape (notes, modes), rows of length 1 or zero.
    """
    count = graph.shape[0]
    degree = np.asarray(graph.sum(axis=1), dtype=np.float64).ravel()
    scale = diags(1.0 / np.sqrt(np.where(degree > 0, degree, 1.0)))
    walk = (scale @ graph @ scale).tocsr()
    if count <= DENSE:
        values, vectors = np.linalg.eigh(walk.toarray())
        values, vectors = values[-MODES:], vectors[:, -MODES:]
    else:
        values, vectors = eigsh(walk, k=MODES, which="LA", v0=np.ones(count))
    return unit(np.round(vectors * np.maximum(values, 0.0) ** STEPS, 12))


def _k_means(points: Matrix, groups: int, seed: int) -> Labels:
    run = KMeans(min(groups, len(points)), n_init=1, random_state=seed)
    with warnings.catch_warnings():
        # Notes that say the same thing make fewer distinct points than groups: fewer groups are right then.
        warnings.simplefilter("ignore", ConvergenceWarning)
        return np.asarray(run.fit_predict(points), dtype=np.int64)


def co_association(runs: Sequence[Labels]) -> Matrix:
    """Return the share of runs that put each two notes together (Fred and Jain, 2005); 1 on the diagonal.

    >>> co_association([np.array([0, 0, 1]), np.array([0, 1, 1])]).tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    count = len(runs[0])
    columns = np.concatenate([labels + offset for labels, offset in zip(runs, _offsets(runs), strict=True)])
    rows = np.tile(np.arange(count), len(runs))
    belongs = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(count, int(columns.max()) + 1))
    return np.asarray((belongs @ belongs.T).toarray(), dtype=np.float64) / len(runs)


def _offsets(runs: Sequence[Labels]) -> list[int]:
    sizes = [int(labels.max()) + 1 for labels in runs]
    return [sum(sizes[:index]) for index in range(len(runs))]
