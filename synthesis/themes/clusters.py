"""Finds groups that many looks at the notes agree on.

How often two notes are put together makes a tree by average linkage, cut where the links between notes say that the
groups are themes. Pure: same notes, same seed, same groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.spatial.distance import squareform

from synthesis.themes.looks import MOST, Labels, Looks, look
from synthesis.themes.vectors import Matrix

APART, MIXED = 0.70, 0.62
"""Share of links inside the coarse groups, as the words alone make them: from `APART` on the groups stand apart and
are themes; under `MIXED` subjects shade into one another, and a reader draws finer lines (measured, see method)."""

COARSE = 1.0
"""Resolution of modularity for groups that stand apart."""

NOTES = (130, 300, 600)
FINE = (2.25, 2.75, 2.0)
"""Resolution where subjects shade into one another, at so many notes: a careful reader makes some 25 themes of 300
notes; of 2,000, nobody could say them all aloud. Coarser lines for the first hundred notes would sort them no better,
and what they mix is never sorted out once people have read it (measured, see method)."""

SMALLEST = 3
"""A smaller group joins its nearest: two notes are a pair, not a theme."""

FEWEST = 4
ENOUGH_FOR_FEWEST = 100

MOST_ROUNDS = 20
"""Rounds in which notes go where they are more at home: two may change places for ever."""

DECIMALS = 9
"""Of a share of looks, so that no rounding of a processor shows."""

MEMORY = 0.5
"""Weight of what was displayed together against the looks of a new run (measured, see method)."""


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
    return agree(look(mixtures, groups=themes, seed=seed), themes=themes, before=before)


def agree(looks: Looks, *, themes: int | None = None, before: Labels | None = None) -> Partition:
    """Cut what the looks say into groups; see `consensus`."""
    together = _remembered(looks.together, before)
    tree = looks.tree(together)
    cut = exactly(tree, themes) if themes else granular(tree, looks, together)
    settled = at_home(cut, together)
    kept = cut if themes and len(np.unique(settled)) != len(np.unique(cut)) else settled
    labels = by_size(kept)
    return Partition(labels, _confidence(together, labels))


def _remembered(together: Matrix, before: Labels | None) -> Matrix:
    if before is None:
        return together
    shown = before >= 0
    same = (before[:, None] == before[None, :]).astype(np.float64)
    mixed: Matrix = np.where(shown[:, None] & shown[None, :], (1.0 - MEMORY) * together + MEMORY * same, together)
    return mixed


def granular(tree: Matrix, looks: Looks, together: Matrix) -> Labels:
    """Cut the tree where modularity is greatest, at a resolution that depends on how far apart the groups stand.

    Modularity of a cut = share of links inside its groups − resolution · share expected by chance (Reichardt and
    Bornholdt, 2006). The resolution goes from `COARSE` to `fine` as the share inside the coarse cut goes from `APART`
    to `MIXED`: groups that are islands are not cut again; in a continuum, a reader's finer lines are. That share is
    taken on the words alone: notes of one workshop are linked for another reason.

    Args:
        tree: scipy linkage of the notes.
        looks: how strongly notes are linked.
        together: co-association, to join what is too small.
    """
    count = looks.links.shape[0]
    fewest = FEWEST if count >= ENOUGH_FOR_FEWEST else 1
    cuts = [absorb(_numbered(tree, size), together) for size in range(fewest, min(MOST, count) + 1)]
    shares = [_modularity_terms(cut, looks.links) for cut in cuts]
    inside, _ = _modularity_terms(cuts[_best(shares, COARSE)], looks.plain)
    mixed = float(np.clip((APART - inside) / (APART - MIXED), 0.0, 1.0))
    return cuts[_best(shares, COARSE + (fine(count) - COARSE) * mixed)]


def fine(notes: int) -> float:
    """Return the resolution of a continuum of so many notes, between those of `NOTES` by logarithm.

    >>> [fine(100), fine(300), round(fine(424), 2), fine(600), fine(5_000)]
    [2.25, 2.75, 2.38, 2.0, 2.0]
    """
    return float(np.interp(np.log(max(notes, 1)), np.log(NOTES), FINE))


def at_home(labels: Labels, together: Matrix) -> Labels:
    """Move each note to the group whose notes it is most often with, until none wants to move.

    A tree never takes back a join: what joined early may end among strangers. No group is born; a group that is left
    too small is absorbed, and nothing is moved where that would leave fewer than `FEWEST` groups of many notes.
    """
    settled = labels
    for _ in range(MOST_ROUNDS):
        names = np.unique(settled)
        near = np.round(_nearness(together, settled, names), DECIMALS)
        own = near[np.arange(len(settled)), np.searchsorted(names, settled)]
        moved = np.where(near.max(axis=1) > own, names[np.argmax(near, axis=1)], settled)
        if (moved == settled).all():
            break
        settled = moved
    settled = absorb(settled, together)
    fewest = min(FEWEST, len(np.unique(labels)))
    return settled if len(np.unique(settled)) >= fewest else labels


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


def exactly(tree: Matrix, groups: int) -> Labels:
    """Cut the tree into that many groups, or into its leaves where they are fewer.

    Where joins are equally good `fcluster` makes them all, and leaves fewer groups than people asked for: the joins
    are then made one after the other, in the tree's order.
    """
    count = len(tree) + 1
    cut, wanted = _numbered(tree, groups), min(groups, count)
    if len(np.unique(cut)) == wanted:
        return cut
    labels = np.arange(count, dtype=np.int64)
    for join, (left, right) in enumerate(tree[: count - wanted, :2]):
        labels[(labels == left) | (labels == right)] = count + join
    return labels


def of_few(vectors: Matrix, groups: int | None) -> Partition:
    """Group notes too few for a graph: each is alone, unless people asked for fewer groups than there are notes.

    Args:
        vectors: one per note, of length 1 or zero.
        groups: how many groups people asked for.
    """
    labels, sure = np.arange(len(vectors), dtype=np.int64), np.ones(len(vectors))
    if not groups or groups >= len(vectors):
        return Partition(labels, sure)
    apart = np.maximum(np.round(1.0 - vectors @ vectors.T, DECIMALS), 0.0)
    np.fill_diagonal(apart, 0.0)
    tree = np.asarray(linkage(squareform(apart, checks=False), method="average"), dtype=np.float64)
    return Partition(by_size(exactly(tree, groups)), sure)


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
