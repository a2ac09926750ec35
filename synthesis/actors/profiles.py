"""Which actors speak of the same themes, whether or not anyone cited them together.

Pure. Raw co-mentions say who was in the same sentence; profiles say who has the same concerns. The two are never
mixed: an `Affinity` is not a `Cooperation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.results import Affinity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from synthesis.results import Cooperation, Link

PRIOR = 10.0
"""Notes' worth of belief that an actor is like everyone: what keeps one note from making a profile."""
CLOSE = 0.5
"""Cosine from which two profiles are called close."""
NEIGHBOURS = 5
"""Closest actors kept for each actor: a list to read, not a matrix."""
ENOUGH = 3
"""Notes under which an actor has no profile."""


def log_odds(counts: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much more each actor is cited in each theme than the theme's size explains, shrunk towards 0.

    δ(a, t) = log((k + αq) / (n − k + α(1 − q))) − log(q / (1 − q)), with k notes of the actor in the theme, n in
    all, q the theme's share of the notes and α = `PRIOR` (informative Dirichlet prior; Monroe, Colaresi and Quinn,
    2008). An actor with no note has δ = 0 everywhere.

    Args:
        counts: shape (actors, themes), notes of each actor in each theme.
        sizes: shape (themes,), notes in each theme.

    Returns:
        Shape (actors, themes), in natural logarithms.
    """
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    share = np.clip(sizes / max(float(sizes.sum()), 1.0), 1e-9, 1 - 1e-9)
    total = counts.sum(axis=1, keepdims=True)
    odds = (counts + PRIOR * share) / (total - counts + PRIOR * (1 - share))
    return np.asarray(np.log(odds) - np.log(share / (1 - share)), dtype=np.float64)


def draw_affinities(
    links: Sequence[Link], sizes: Mapping[str, int], cooperations: Sequence[Cooperation]
) -> tuple[Affinity, ...]:
    """Return the pairs of actors whose theme profiles are close, closest first.

    Each actor with at least `ENOUGH` notes keeps its `NEIGHBOURS` closest; a pair is kept when either keeps it.

    Args:
        links: the actor–theme edges.
        sizes: notes in each theme, by theme id.
        cooperations: who is cited together, for the count beside the affinity.
    """
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    weights: dict[str, int] = {}
    for link in links:
        weights[link.actor_id] = weights.get(link.actor_id, 0) + len(link.note_ids)
    actor_ids = sorted(actor for actor, notes in weights.items() if notes >= ENOUGH)
    theme_ids = sorted(sizes)
    if len(actor_ids) < 2 or len(theme_ids) < 2:  # noqa: PLR2004 - a pair takes two
        return ()
    rows = {actor: row for row, actor in enumerate(actor_ids)}
    columns = {theme: column for column, theme in enumerate(theme_ids)}
    counts = np.zeros((len(rows), len(columns)))
    for link in links:
        if link.actor_id in rows:
            counts[rows[link.actor_id], columns[link.theme_id]] = len(link.note_ids)
    profiles = log_odds(counts, np.array([float(sizes[theme]) for theme in theme_ids]))
    profiles /= np.maximum(np.linalg.norm(profiles, axis=1, keepdims=True), 1e-12)
    together = {pair.actor_ids: len(pair.note_ids) for pair in cooperations}
    found = []
    for first, second, cosine in _nearest(profiles):
        pair = (actor_ids[first], actor_ids[second])
        pull = profiles[first] * profiles[second]
        shared = [t for t in np.lexsort((np.arange(len(pull)), -np.round(pull, 9))) if min(counts[[first, second], t])]
        themes = tuple(theme_ids[int(t)] for t in shared)
        found.append(Affinity(actor_ids=pair, cosine=cosine, theme_ids=themes, together=together.get(pair, 0)))
    return tuple(sorted(found, key=lambda affinity: (-affinity.cosine, affinity.actor_ids)))


def _nearest(profiles: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    """Pairs of rows that are close and among each other's nearest, with their cosine to four decimals."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    cosines = np.round(profiles @ profiles.T, 4)
    np.fill_diagonal(cosines, -1.0)
    kept: set[tuple[int, int]] = set()
    for row, values in enumerate(cosines):
        nearest = np.argsort(-values, kind="stable")[:NEIGHBOURS]
        kept |= {(min(row, int(other)), max(row, int(other))) for other in nearest if values[other] >= CLOSE}
    return [(first, second, float(cosines[first, second])) for first, second in sorted(kept)]
