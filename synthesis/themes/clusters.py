"""Finds groups that many looks at the notes agree on: a consensus over mixtures of likeness and neighbour graphs.

Each look is a mixture of likeness, its graph of nearest neighbours, the slow modes of a walk on that graph, and
k-means on them. What is kept is how often two notes are put together; that makes a tree by average linkage, cut where
the links between notes say that the groups are themes. Pure: same notes, same seed, same groups.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
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

RUNS = 2
"""k-means runs per graph, from different starts."""

AT_300, GROWTH = 25.0, 0.4
"""A careful reader sorts 300 notes into some 25 subjects, and more notes into more, ever more slowly."""

APART, MIXED = 0.95, 0.75
"""Share of links inside the coarse groups: from `APART` on they stand apart and are themes; under `MIXED` subjects
shade into one another, and a reader draws finer lines."""

COARSE, FINE = 1.0, 2.75
"""Resolutions of modularity for the one and for the other."""

SMALLEST = 3
"""A smaller group joins its nearest: two notes are a pair, not a theme."""

FEWEST, MOST = 4, 60
ENOUGH_FOR_FEWEST = 100

MEMORY = 0.5
"""Weight of what was displayed together against the looks of a new run (measured, see method)."""

UNDECIDED = 0.02
"""Weight of plain likeness beside agreement: it only decides between groups that no look ever put together."""

DENSE = 200
"""Up to this many notes the modes come from a full decomposition."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One group per note, numbered by decreasing size, with how sure each place is."""

    labels: Labels
    confidence: NDArray[np.float64]
    """Share of the looks that agree on the place, against the next best group: 0 to 1."""


def consensus(
    mixtures: Iterable[Matrix], *, themes: int | None = None, seed: int = 0, before: Labels | None = None
) -> Partition:
    """Group notes by what many looks agree on.

    Args:
        mixtures: matrices of likeness, each (notes, notes) and symmetric.
        themes: how many groups to make; None lets the looks decide.
        seed: of the starts of k-means.
        before: the group each note was shown in, negative for none; what was read together weighs as `MEMORY` of the
            looks, so that the looks move a note only when they insist.

    Returns:
        One group per note. Exactly `themes` groups when asked and when there are that many notes that differ.
    """
    runs: list[Labels] = []
    links, likeness = csr_matrix((0, 0)), np.zeros((1, 1))
    for number, mixture in enumerate(mixtures):
        graphs = [neighbour_graph(mixture, k) for k in NEIGHBOURS]
        runs += _looks(graphs, themes or expected(len(mixture)), seed + RUNS * len(NEIGHBOURS) * number)
        links = graphs[-1] if number == 0 else links + graphs[-1]
        likeness = likeness + mixture
    together = _remembered(co_association(runs), before)
    apart = 1.0 - together + UNDECIDED * (1.0 - _scaled(likeness))
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(np.round(apart, 9), checks=False), method="average")
    labels = _numbered(tree, themes) if themes else granular(tree, links, together)
    labels = by_size(labels)
    return Partition(labels, _confidence(together, labels))


def _remembered(together: Matrix, before: Labels | None) -> Matrix:
    if before is None:
        return together
    shown = before >= 0
    same = (before[:, None] == before[None, :]).astype(np.float64)
    mixed: Matrix = np.where(shown[:, None] & shown[None, :], (1.0 - MEMORY) * together + MEMORY * same, together)
    return mixed


def _scaled(matrix: Matrix) -> Matrix:
    """Stretch a matrix to the range 0 to 1."""
    low, high = float(matrix.min()), float(matrix.max())
    scaled: Matrix = (matrix - low) / (high - low or 1.0)
    return (scaled + scaled.T) / 2.0


def expected(notes: int) -> int:
    """Return how many subjects each look searches: 25 · (notes / 300)^0.4, between 2 and 60."""
    return int(min(max(round(AT_300 * (notes / 300.0) ** GROWTH), 2), MOST))


def _looks(graphs: Sequence[csr_matrix], groups: int, seed: int) -> list[Labels]:
    runs: list[Labels] = []
    for graph in graphs:
        modes = slow_modes(graph)
        for _ in range(RUNS):
            runs.append(_k_means(modes, groups, seed + len(runs)))
    return runs


def neighbour_graph(likeness: Matrix, k: int) -> csr_matrix:
    """Link each note to its `k` most alike; a link found from both ends weighs twice.

    Returns:
        Symmetric (notes, notes), weights = likeness (what is not positive is no link), no self-link.
    """
    count = len(likeness)
    others = np.round(likeness, 9)
    np.fill_diagonal(others, -np.inf)
    best = np.argpartition(-others, min(k, count - 1) - 1, axis=1)[:, : min(k, count - 1)]
    weights = np.take_along_axis(others, best, axis=1)
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


def granular(tree: Matrix, links: csr_matrix, together: Matrix) -> Labels:
    """Cut the tree where modularity is greatest, at a resolution that depends on how far apart the groups stand.

    Modularity of a cut = share of links inside its groups − resolution · share expected by chance (Reichardt and
    Bornholdt, 2006). The resolution goes from `COARSE` to `FINE` as the share inside the coarse cut goes from `APART`
    to `MIXED`: groups that are islands are not cut again; in a continuum, a reader's finer lines are.

    Args:
        tree: scipy linkage of the notes.
        links: how strongly notes are linked, symmetric.
        together: co-association, to join what is too small.
    """
    count = links.shape[0]
    fewest = FEWEST if count >= ENOUGH_FOR_FEWEST else 1
    cuts = [absorb(_numbered(tree, size), together) for size in range(fewest, min(MOST, count) + 1)]
    shares = [_modularity_terms(cut, links) for cut in cuts]
    coarse = _best(shares, COARSE)
    mixed = float(np.clip((APART - shares[coarse][0]) / (APART - MIXED), 0.0, 1.0))
    return cuts[_best(shares, COARSE + (FINE - COARSE) * mixed)]


def _best(shares: Sequence[tuple[float, float]], resolution: float) -> int:
    return int(np.argmax([round(inside - resolution * chance, 9) for inside, chance in shares]))


def _modularity_terms(labels: Labels, links: csr_matrix) -> tuple[float, float]:
    """Return the share of links inside the groups, and the share that chance would put there."""
    _, number = np.unique(labels, return_inverse=True)
    coordinates = links.tocoo()
    total = float(links.sum()) or 1.0
    inside = float(coordinates.data[number[coordinates.row] == number[coordinates.col]].sum()) / total
    volume = np.bincount(number, weights=np.asarray(links.sum(axis=1)).ravel()) / total
    return inside, float((volume**2).sum())


def _numbered(tree: Matrix, groups: int) -> Labels:
    return np.asarray(fcluster(tree, groups, criterion="maxclust"), dtype=np.int64)


def absorb(labels: Labels, together: Matrix) -> Labels:
    """Join each group of fewer than `SMALLEST` notes, smallest first, to the group its notes are most often with."""
    labels = labels.copy()
    while True:
        names, sizes = np.unique(labels, return_counts=True)
        small = [(int(size), int(name)) for name, size in zip(names, sizes, strict=True) if size < SMALLEST]
        if not small or len(names) == 1:
            return labels
        name = min(small)[1]
        own = labels == name
        member = (labels[:, None] == names[None, :]).astype(np.float64)
        nearness = (together[own] @ member).mean(axis=0) / member.sum(axis=0)
        nearness[names == name] = -1.0
        labels[labels == name] = names[int(np.argmax(np.round(nearness, 9)))]


def _nearness(together: Matrix, labels: Labels, names: Labels) -> Matrix:
    """Return how often each note is with the notes of each group, itself left out. Shape (notes, groups)."""
    member = (labels[:, None] == names[None, :]).astype(np.float64)
    sizes = member.sum(axis=0)[None, :] - member
    near: Matrix = (together @ member - member) / np.maximum(sizes, 1.0)
    return near


def _confidence(together: Matrix, labels: Labels) -> NDArray[np.float64]:
    names = np.unique(labels)
    near = _nearness(together, labels, names)
    own = near[np.arange(len(labels)), np.searchsorted(names, labels)]
    near[np.arange(len(labels)), np.searchsorted(names, labels)] = 0.0
    rival = near.max(axis=1)
    sure: NDArray[np.float64] = own / np.where(own + rival > 0, own + rival, 1.0)
    return sure


def by_size(labels: Labels) -> Labels:
    """Renumber the groups by decreasing size, then by their first note."""
    names, first, size = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(names)), key=lambda index: (-size[index], first[index]))
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank[np.searchsorted(names, labels)]
