"""Which actors speak of the same themes, whether or not anyone cited them together.

Pure. Raw co-mentions say who was in the same sentence; profiles say who has the same concerns. The two are never
mixed: an `Affinity` is not a `Cooperation`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
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
LEADS = 40
"""Leads kept: more than anybody reads, enough to filter."""
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


@dataclass(frozen=True)
class Profiles:
    """The actors that have enough notes, and what their notes say of each theme."""

    actor_ids: tuple[str, ...]
    theme_ids: tuple[str, ...]
    counts: NDArray[np.float64]
    """Shape (actors, themes): notes."""
    sizes: NDArray[np.float64]
    """Shape (themes,): notes."""

    @cached_property
    def unit(self) -> NDArray[np.float64]:
        """Log-odds profiles of length 1, shape (actors, themes)."""
        import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

        profiles = log_odds(self.counts, self.sizes)
        return np.asarray(profiles / np.maximum(np.linalg.norm(profiles, axis=1, keepdims=True), 1e-12))

    @cached_property
    def cosines(self) -> NDArray[np.float64]:
        """The cosine of every two actors' profiles, four decimals, shape (actors, actors)."""
        import numpy as np  # noqa: PLC0415 - same reason

        return np.asarray(np.round(self.unit @ self.unit.T, 4))

    @cached_property
    def expected(self) -> NDArray[np.float64]:
        """The notes that chance would give every two actors, four decimals, shape (actors, actors).

        e(a, b) = Σ_t n(a, t) n(b, t) / n(t): inside a theme, each note cites each actor independently.
        """
        import numpy as np  # noqa: PLC0415 - same reason

        return np.asarray(np.round((self.counts / np.maximum(self.sizes, 1.0)) @ self.counts.T, 4))

    def affinity(self, first: int, second: int, together: int) -> Affinity:
        """Return what brings two actors close: the themes that cite both, the most telling first."""
        import numpy as np  # noqa: PLC0415 - same reason

        pull = np.round(self.unit[first] * self.unit[second], 9)
        order = np.argsort(-pull, kind="stable")
        shared = np.minimum(self.counts[first], self.counts[second]) > 0
        return Affinity(
            actor_ids=(self.actor_ids[first], self.actor_ids[second]),
            cosine=float(self.cosines[first, second]),
            theme_ids=tuple(self.theme_ids[int(t)] for t in order[shared[order]]),
            together=together,
            expected=float(self.expected[first, second]),
        )


def profile(links: Sequence[Link], sizes: Mapping[str, int], *, enough: int = ENOUGH) -> Profiles:
    """Gather the notes of each actor in each theme, for the actors with at least `enough` notes."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    weights: Counter[str] = Counter()
    for link in links:
        weights[link.actor_id] += len(link.note_ids)
    actor_ids = tuple(sorted(actor for actor, notes in weights.items() if notes >= enough))
    theme_ids = tuple(sorted(sizes))
    rows = {actor: row for row, actor in enumerate(actor_ids)}
    columns = {theme: column for column, theme in enumerate(theme_ids)}
    counts = np.zeros((len(rows), len(columns)))
    for link in links:
        if link.actor_id in rows:
            counts[rows[link.actor_id], columns[link.theme_id]] = len(link.note_ids)
    return Profiles(actor_ids, theme_ids, counts, np.array([float(sizes[theme]) for theme in theme_ids]))


def draw_affinities(profiles: Profiles, cooperations: Sequence[Cooperation]) -> tuple[Affinity, ...]:
    """Return the pairs of actors whose theme profiles are close, closest first.

    Each actor keeps its `NEIGHBOURS` closest; a pair is kept when either keeps it.
    """
    together = {pair.actor_ids: len(pair.note_ids) for pair in cooperations}
    names = profiles.actor_ids
    found = [
        profiles.affinity(first, second, together.get((names[first], names[second]), 0))
        for first, second in _nearest(profiles.cosines)
    ]
    return tuple(sorted(found, key=lambda affinity: (-affinity.cosine, -affinity.expected, affinity.actor_ids)))


def draw_leads(profiles: Profiles, cooperations: Sequence[Cooperation]) -> tuple[Affinity, ...]:
    """Return the pairs never cited together that themes would most expect to be, at most `LEADS`, likeliest first.

    Measured by hiding a fifth of the co-mentions (`bench/actors.py`): the notes that chance would give a pair find
    more of them than Adamic–Adar, resource allocation or raw counts, and than the cosine, which favours rare actors.
    """
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    rows = {actor: row for row, actor in enumerate(profiles.actor_ids)}
    unmet = np.triu(profiles.expected, 1)
    for first, second in (pair.actor_ids for pair in cooperations):
        if first in rows and second in rows:
            unmet[min(rows[first], rows[second]), max(rows[first], rows[second])] = 0.0
    firsts, seconds = np.nonzero(unmet)
    order = np.lexsort((seconds, firsts, -unmet[firsts, seconds]))[:LEADS]
    return tuple(profiles.affinity(int(firsts[at]), int(seconds[at]), 0) for at in order)


def _nearest(cosines: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs of actors that are close and among either's nearest."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    kept: set[tuple[int, int]] = set()
    for row, values in enumerate(cosines):
        nearest = [int(other) for other in np.argsort(-values, kind="stable")[: NEIGHBOURS + 1] if other != row]
        kept |= {(min(row, other), max(row, other)) for other in nearest[:NEIGHBOURS] if values[other] >= CLOSE}
    return sorted(kept)
