"""Which actors stand between themes that others keep to, and whether that survives another draw of the notes.

Pure. Every figure of a graph made of a few hundred notes is fragile: the notes are drawn again with replacement, the
graph is measured each time, and only an actor that stays among the first in four draws of five is called a bridge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.actors.measures import betweenness
from synthesis.standing import Bridge

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from synthesis.results import Actor, Cooperation, Link, Theme

RESAMPLES = 40
STABLE = 0.8
CANDIDATES = 120
"""The most cited actors, which alone are measured again: the others have too few notes to be stable."""
ENOUGH = 3
"""Notes under which an actor is no candidate."""
FIRST = 10
"""How many bridges are shown at most; among few actors, a quarter of them."""


def constraints(size: int, pairs: Sequence[tuple[int, int, int]]) -> NDArray[np.float64]:
    """Return Burt's constraint of each node of a weighted graph; 0 for a node alone.

    c(i) = Σ_j (p(i, j) + Σ_q p(i, q) p(q, j))², j over the neighbours of i, p(i, j) the share of i's weight that goes
    to j (Burt, 1992). Equal to `networkx.constraint(weight=…)`, by two sparse products.

    Args:
        size: number of nodes, 0 upwards.
        pairs: (node, node, weight), each pair once, no loop.

    Returns:
        Shape (size,).
    """
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed
    from scipy.sparse import csr_array  # noqa: PLC0415 - same reason

    if not pairs:
        return np.zeros(size)
    one, other, weight = np.array(pairs, dtype=np.float64).T
    ends = (np.concatenate([one, other]).astype(int), np.concatenate([other, one]).astype(int))
    graph = csr_array((np.concatenate([weight, weight]), ends), shape=(size, size))
    total = np.asarray(graph.sum(axis=1)).ravel()
    share = graph.multiply(1.0 / np.maximum(total, 1e-12)[:, None]).tocsr()
    through = (share @ share).multiply(graph > 0)
    return np.asarray((share + through).power(2).sum(axis=1)).ravel()


def communities(actors: int, themes: int, edges: Sequence[tuple[int, int, int]], *, seed: int) -> list[int]:
    """Return a community for each actor, 1 upwards from the largest; 0 for an actor of no theme.

    Louvain on the actors × themes graph weighted by notes, with Barber's bipartite modularity (Blondel et al., 2008;
    Barber, 2007).

    Args:
        actors: number of actors.
        themes: number of themes.
        edges: (actor, theme, notes).
        seed: of the order in which nodes are visited.
    """
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - same reason
    from sknetwork.clustering import Louvain  # noqa: PLC0415 - same reason

    if not edges:
        return [0] * actors
    rows, columns, notes = np.array(edges).T
    linked = sorted(set(rows.tolist()))
    place = {row: at for at, row in enumerate(linked)}
    graph = csr_matrix((notes.astype(float), ([place[row] for row in rows.tolist()], columns)), (len(linked), themes))
    labels = Louvain(random_state=seed).fit(graph, force_bipartite=True).labels_row_
    sizes = np.bincount(labels)
    firsts = {label: int(np.flatnonzero(labels == label)[0]) for label in set(labels.tolist())}
    order = {label: rank for rank, label in enumerate(sorted(firsts, key=lambda one: (-sizes[one], firsts[one])), 1)}
    return [order[int(labels[place[actor]])] if actor in place else 0 for actor in range(actors)]


def find(actors: Sequence[Actor], themes: Sequence[Theme], *, seed: int) -> tuple[Bridge, ...]:
    """Return the actors that stay between the others when the notes are drawn again, the most central first."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    theme_of = {note_id: index for index, theme in enumerate(themes) for note_id in theme.note_ids}
    cited = [(actor, [one for one in sorted(set(actor.note_ids)) if one in theme_of]) for actor in actors]
    ranked = sorted((pair for pair in cited if len(pair[1]) >= ENOUGH), key=lambda pair: (-len(pair[1]), pair[0].id))
    candidates = ranked[:CANDIDATES]
    if len(candidates) < ENOUGH or len(themes) < 2:  # noqa: PLR2004 - nothing to stand between
        return ()
    notes = sorted({note_id for _, ids in candidates for note_id in ids})
    row = {note_id: at for at, note_id in enumerate(notes)}
    names = np.zeros((len(notes), len(candidates)))
    for column, (_, ids) in enumerate(candidates):
        names[[row[one] for one in ids], column] = 1.0
    inside = np.zeros((len(notes), len(themes)))
    inside[np.arange(len(notes)), [theme_of[one] for one in notes]] = 1.0
    measured = _measure(names, inside, np.ones(len(notes)))
    chance = np.random.default_rng(seed)
    draws = [
        _measure(
            names,
            inside,
            np.bincount(chance.integers(0, len(notes), len(notes)), minlength=len(notes)).astype(np.float64),
        )
        for _ in range(RESAMPLES)
    ]
    return _stable([actor.id for actor, _ in candidates], measured, np.array(draws))


def _measure(
    names: NDArray[np.float64], inside: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return betweenness, participation and constraint of each candidate, shape (3, candidates)."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    weighted = names * weights[:, None]
    counts = weighted.T @ inside
    size, themes = counts.shape
    rows, columns = np.nonzero(counts)
    between = betweenness(size + themes, list(zip(rows.tolist(), (columns + size).tolist(), strict=True)))[:size]
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    spread = np.where(counts.sum(axis=1) > 0, 1.0 - (share**2).sum(axis=1), 0.0)
    together = np.triu(names.T @ weighted, 1)
    first, second = np.nonzero(together)
    pairs = zip(first.tolist(), second.tolist(), together[first, second].tolist(), strict=True)
    return np.array([between, spread, constraints(size, list(pairs))])


def _stable(names: Sequence[str], measured: NDArray[np.float64], draws: NDArray[np.float64]) -> tuple[Bridge, ...]:
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    shown = min(FIRST, max(1, len(names) // 4))
    order = np.argsort(-draws[:, 0], axis=1, kind="stable")[:, :shown]
    chosen = np.zeros(draws[:, 0].shape)
    np.put_along_axis(chosen, order, 1.0, axis=1)
    # An actor that stands between nobody is first of nothing.
    stability = (chosen * (draws[:, 0] > 0)).mean(axis=0)
    low, high = np.quantile(draws, [0.05, 0.95], axis=0)
    found = []
    for at in sorted(range(len(names)), key=lambda one: (-measured[0, one], names[one])):
        if stability[at] >= STABLE and measured[0, at] > 0:
            spans = [tuple(round(float(part[kind, at]), 6) for part in (measured, low, high)) for kind in range(3)]
            found.append(_bridge(names[at], float(stability[at]), spans))
    return tuple(found)


def _bridge(actor_id: str, stability: float, spans: Sequence[tuple[float, ...]]) -> Bridge:
    between, spread, constraint = ((one[0], one[1], one[2]) for one in spans)
    return Bridge(
        actor_id=actor_id,
        stability=round(stability, 4),
        betweenness=between,
        participation=spread,
        constraint=constraint,
    )


def closure(actor_ids: Sequence[str], cooperations: Sequence[Cooperation]) -> dict[str, float]:
    """Return Burt's constraint of every actor, from the notes that cite two."""
    place = {actor: at for at, actor in enumerate(actor_ids)}
    pairs = [(place[one.actor_ids[0]], place[one.actor_ids[1]], len(one.note_ids)) for one in cooperations]
    values = constraints(len(place), pairs)
    return {actor: round(float(values[at]), 6) for actor, at in place.items()}


def grouped(
    actor_ids: Sequence[str], theme_ids: Sequence[str], links: Sequence[Link], *, seed: int
) -> Mapping[str, int]:
    """Return every actor's community."""
    rows = {actor: at for at, actor in enumerate(actor_ids)}
    columns = {theme: at for at, theme in enumerate(theme_ids)}
    edges = [(rows[link.actor_id], columns[link.theme_id], len(link.note_ids)) for link in links]
    return dict(zip(actor_ids, communities(len(rows), len(columns), edges, seed=seed), strict=True))
