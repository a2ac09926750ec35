"""Finds groups that many looks at the notes agree on: a consensus of communities over neighbour graphs.

Pure: same views, same seed, same groups. See `docs/method.md` for what was tried and measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sknetwork.clustering import Leiden

from synthesis.themes.vectors import Matrix, Views, unit

Labels: TypeAlias = NDArray[np.int64]

NEIGHBOURS = (5, 7, 10)
"""Small neighbourhoods find the subjects of short notes; large ones find the vocabulary that all share."""

BLOCK = 1_024


@dataclass(frozen=True, slots=True)
class Partition:
    """One group per note, numbered by decreasing size, with how sure each place is."""

    labels: Labels
    confidence: NDArray[np.float64]
    """Mean agreement of the runs on the note's links inside its group, 0 to 1."""


def neighbour_graph(vectors: Matrix, k: int) -> csr_matrix:
    """Link each note to its `k` nearest by cosine; a link found from both ends weighs twice.

    Returns:
        Symmetric (notes, notes), weights = cosine (negative ones dropped), no self-link.
    """
    count = len(vectors)
    k = min(k, count - 1)
    rows, columns, weights = [], [], []
    for start in range(0, count, BLOCK):
        near = vectors[start : start + BLOCK] @ vectors.T
        own = np.arange(len(near))
        near[own, start + own] = -np.inf
        best = np.argsort(-near, axis=1, kind="stable")[:, :k]
        rows.append(np.repeat(start + own, k))
        columns.append(best.ravel())
        weights.append(np.take_along_axis(near, best, axis=1).ravel())
    weight = np.round(np.concatenate(weights), 6)
    kept = weight > 0
    found = coo_matrix(
        (weight[kept], (np.concatenate(rows)[kept], np.concatenate(columns)[kept])), shape=(count, count)
    ).tocsr()
    return (found + found.T).tocsr()


def communities(graph: csr_matrix, resolution: float, seed: int) -> Labels:
    """Run Leiden once (Traag, Waltman and van Eck, 2019) on a weighted graph."""
    if graph.nnz == 0:
        return np.arange(graph.shape[0], dtype=np.int64)
    run = Leiden(resolution=resolution, random_state=seed, shuffle_nodes=True, return_probs=False)
    return np.asarray(run.fit_predict(graph), dtype=np.int64)


def agreement(graphs: Sequence[csr_matrix], runs: Sequence[Labels]) -> csr_matrix:
    """Weigh each link that some graph has by the share of runs that put its two ends together."""
    union = sum(graphs[1:], graphs[0]).tocoo()
    together = np.zeros(len(union.data))
    for labels in runs:
        together += labels[union.row] == labels[union.col]
    return coo_matrix((together / len(runs), (union.row, union.col)), shape=union.shape).tocsr()


def cluster(views: Views, *, themes: int | None = None, seed: int = 0) -> Partition:
    """Group the notes; `themes` fixes how many groups when it can be reached, else the notes decide."""
    spaces = [unit(views.fused(weight)) for weight in (0.0, 0.5, 1.0)]
    if views.sentences is not None:
        spaces.append(views.sentences)
    count = len(views.readable)
    if count < 2:  # noqa: PLR2004 - one note is one group
        return Partition(np.zeros(count, dtype=np.int64), np.ones(count))
    graphs = [neighbour_graph(space, k) for space in spaces for k in NEIGHBOURS]
    runs = [communities(graph, 2.0, seed + number) for number, graph in enumerate(graphs)]
    agreed = agreement(graphs, runs)
    labels = communities(agreed, 2.0, seed)
    if themes is not None:
        labels = _to_count(unit(views.fused()), labels, themes)
    return Partition(_by_size(labels), _confidence(agreed, labels))


def _to_count(space: Matrix, labels: Labels, themes: int) -> Labels:
    """Merge the two nearest groups until there are `themes` of them."""
    labels = labels.copy()
    while len(names := np.unique(labels)) > max(themes, 1):
        centres = unit(np.array([space[labels == name].mean(axis=0) for name in names]))
        near = np.triu(centres @ centres.T, 1) - np.tril(np.full((len(names), len(names)), 9.0))
        keep, drop = np.unravel_index(int(np.argmax(near)), near.shape)
        labels[labels == names[drop]] = names[keep]
    return labels


def _by_size(labels: Labels) -> Labels:
    """Renumber the groups by decreasing size, then by their first note."""
    names, first, size = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(names)), key=lambda index: (-size[index], first[index]))
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank[np.searchsorted(names, labels)]


def _confidence(agreed: csr_matrix, labels: Labels) -> NDArray[np.float64]:
    links = agreed.tocoo()
    inside = labels[links.row] == labels[links.col]
    total = np.bincount(links.row, weights=links.data, minlength=len(labels))
    own = np.bincount(links.row[inside], weights=links.data[inside], minlength=len(labels))
    confidence: NDArray[np.float64] = own / np.where(total > 0, total, 1.0)
    return confidence
