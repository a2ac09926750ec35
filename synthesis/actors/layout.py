"""Where actors and themes stand on the map, so that what people have looked at stays where it was.

Pure. Themes are laid out by the actors they share, actors between their themes. A node of the previous edition
moves by at most `DRIFT`; a new one takes the free spot nearest to where it belongs, so nothing ever overlaps.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from synthesis.results import Link

Point: TypeAlias = tuple[float, float]

DRIFT = 0.02
"""How far a node may move between two editions: one hundredth of the map's width."""
INNER = 0.8
"""Themes stay inside this square, so that their actors have room around them."""
THEME_ROOM = 0.24
ACTOR_ROOM = 0.06
_GRAIN = 0.005
"""How finely spots are told apart: a quarter of the room between two actors of two thousand."""
_SQUEEZE = 0.2
_CORNER = 0.1


@dataclass(slots=True)
class _Room:
    """The map with what already stands on it, in cells as wide as the least distance."""

    cell: float
    held: dict[tuple[int, int], list[tuple[Point, float]]] = field(default_factory=lambda: defaultdict(list))

    def free(self, at: Point, radius: float) -> bool:
        """Whether a disc of this radius fits here, inside the map."""
        if max(abs(at[0]), abs(at[1])) > 1.0:
            return False
        column, row = round(at[0] / self.cell), round(at[1] / self.cell)
        for cell in product((column, column - 1, column + 1), (row, row - 1, row + 1)):
            for other, size in self.held.get(cell, ()):
                if math.hypot(at[0] - other[0], at[1] - other[1]) < radius + size - 1e-9:
                    return False
        return True

    def release(self, at: Point, radius: float) -> None:
        """Take away the disc that was put here."""
        self.held[round(at[0] / self.cell), round(at[1] / self.cell)].remove((at, radius))

    def hold(self, at: Point, radius: float) -> None:
        """Put a disc here."""
        self.held[round(at[0] / self.cell), round(at[1] / self.cell)].append((at, radius))


def place(
    actor_ids: Sequence[str],
    theme_ids: Sequence[str],
    links: Sequence[Link],
    *,
    before: Mapping[str, Point],
    seed: int,
) -> dict[str, Point]:
    """Return a point of [-1, 1]² for each theme and actor, four decimals, no two discs overlapping.

    Args:
        actor_ids: the actors to place, the most cited first: they get the better spots.
        theme_ids: the themes to place.
        links: the edges that pull them together.
        before: where nodes stood in the previous edition.
        seed: of the first layout of the themes; without effect on nodes that stood before.
    """
    themes = _themes(sorted(theme_ids), links, before=before, seed=seed)
    wide, narrow = _radius(THEME_ROOM, len(themes)), _radius(ACTOR_ROOM, len(actor_ids))
    room = _Room(cell=max(2 * wide, 2 * narrow, wide + narrow))
    # Whatever stood before is put back first, actors included: a new theme makes room for itself elsewhere.
    placed = _keep(themes, wide, room, before)
    stayed = _keep(actor_ids, narrow, room, before)
    _add({theme: point for theme, point in themes.items() if theme not in placed}, wide, room, placed)
    actors = _between(actor_ids, links, placed)
    _drift(actors, narrow, room, stayed)
    _add({actor: point for actor, point in actors.items() if actor not in stayed}, narrow, room, stayed)
    return placed | stayed


def _radius(room: float, count: int) -> float:
    """Half the least distance between two nodes of a kind: less when there are many, so that all fit."""
    return min(room, 0.9 / math.sqrt(max(count, 1))) / 2


def _themes(
    theme_ids: Sequence[str], links: Sequence[Link], *, before: Mapping[str, Point], seed: int
) -> dict[str, Point]:
    """Where each theme belongs: near the themes that cite the same actors."""
    import networkx as nx  # noqa: PLC0415 - the package stays light until something is computed

    kept = {theme: before[theme] for theme in theme_ids if theme in before}
    if len(theme_ids) < 2:  # noqa: PLR2004 - one theme stands in the middle
        return {theme: kept.get(theme, (0.0, 0.0)) for theme in theme_ids}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(theme_ids)
    profile: dict[str, dict[str, int]] = {theme: {} for theme in theme_ids}
    for link in links:
        profile[link.theme_id][link.actor_id] = len(link.note_ids)
    for index, first in enumerate(theme_ids):
        for second in theme_ids[index + 1 :]:
            weight = _cosine(profile[first], profile[second])
            graph.add_edge(first, second, weight=0.1 + weight)
    start = {theme: kept.get(theme, _on_circle(index, len(theme_ids))) for index, theme in enumerate(theme_ids)}
    fixed = sorted(kept) or None
    found = nx.spring_layout(
        graph, pos=start, fixed=fixed, seed=seed, iterations=80, k=1.2 / math.sqrt(len(theme_ids))
    )
    points = {theme: (float(found[theme][0]), float(found[theme][1])) for theme in theme_ids}
    return {theme: _inside(point, INNER) for theme, point in points.items()} if kept else _fill(points)


def _cosine(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    norm = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return sum(value * other.get(key, 0) for key, value in one.items()) / norm if norm else 0.0


def _on_circle(index: int, count: int) -> Point:
    angle = 2 * math.pi * index / count
    return (INNER * math.cos(angle), INNER * math.sin(angle))


def _fill(points: Mapping[str, Point]) -> dict[str, Point]:
    """Stretch a first layout to the inner square."""
    lows = [min(point[axis] for point in points.values()) for axis in (0, 1)]
    spans = [max(max(point[axis] for point in points.values()) - lows[axis], 1e-6) for axis in (0, 1)]
    return {
        name: (
            (2 * (point[0] - lows[0]) / spans[0] - 1) * INNER,
            (2 * (point[1] - lows[1]) / spans[1] - 1) * INNER,
        )
        for name, point in points.items()
    }


def _between(actor_ids: Sequence[str], links: Sequence[Link], placed: Mapping[str, Point]) -> dict[str, Point]:
    """Where each actor belongs: the centre of its themes, weighted by its notes there."""
    pulls: dict[str, list[tuple[Point, int]]] = defaultdict(list)
    for link in links:
        pulls[link.actor_id].append((placed[link.theme_id], len(link.note_ids)))
    return {actor: _centre(pulls[actor]) for actor in actor_ids}


def _centre(pulls: Sequence[tuple[Point, int]]) -> Point:
    total = sum(weight for _, weight in pulls)
    if not total:
        return (0.0, -1.0)
    return (
        sum(point[0] * weight for point, weight in pulls) / total,
        sum(point[1] * weight for point, weight in pulls) / total,
    )


def _keep(names: Iterable[str], radius: float, room: _Room, before: Mapping[str, Point]) -> dict[str, Point]:
    """Put back what stood before; what stood together may again, even where fewer nodes now have wider discs."""
    kept: dict[str, Point] = {}
    for name in names:
        if name in before and room.free(_rounded(before[name]), radius * _SQUEEZE):
            kept[name] = _rounded(before[name])
            room.hold(kept[name], radius)
    return kept


def _drift(wanted: Mapping[str, Point], radius: float, room: _Room, placed: dict[str, Point]) -> None:
    """Let what stood before take one small step towards where it now belongs, where there is room."""
    for name in [name for name in wanted if name in placed]:
        step = _rounded(_drifted(placed[name], wanted[name]))
        room.release(placed[name], radius)
        placed[name] = step if room.free(step, radius) else placed[name]
        room.hold(placed[name], radius)


def _add(wanted: Mapping[str, Point], radius: float, room: _Room, placed: dict[str, Point]) -> None:
    """Give what is new the free spots nearest to where it belongs, in the order given."""
    if not wanted:
        return
    sheet = _Sheet(radius, [held for discs in room.held.values() for held in discs])
    for name, point in wanted.items():
        placed[name] = sheet.nearest(_inside(point, 1.0 - radius))
        sheet.hold(placed[name], radius)
        room.hold(placed[name], radius)


class _Sheet:
    """The map as a fine grid that knows where a disc of one radius still fits: a crowd is seated by looking it up.

    Trying spots one by one took 8 seconds for 2,000 actors around 30 themes; this takes half a second.
    """

    def __init__(self, radius: float, held: Iterable[tuple[Point, float]]) -> None:
        import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

        self.radius = radius
        self.step = max(min(_GRAIN, radius / 2), _GRAIN / 5)
        self.half = int(1.0 / self.step)
        side = 2 * self.half + 1
        axis = np.abs(np.arange(-self.half, self.half + 1) * self.step) <= 1.0
        self.free = np.logical_and.outer(axis, axis)
        self.offsets = _by_distance(side)
        self.asked: dict[tuple[int, int], int] = {}
        for at, size in sorted(held):
            self.hold(at, size)

    def hold(self, at: Point, size: float) -> None:
        """Rule out every spot where a disc would touch the one that stands here."""
        import numpy as np  # noqa: PLC0415 - same reason

        reach = self.radius + size - 1e-9
        spans, gaps = [], []
        for centre in at:
            low = max(int((centre - reach) / self.step) + self.half - 1, 0)
            high = min(int((centre + reach) / self.step) + self.half + 2, 2 * self.half + 1)
            spans.append(slice(low, high))
            gaps.append((np.arange(low, high) - self.half) * self.step - centre)
        self.free[spans[0], spans[1]] &= np.hypot(gaps[0][:, None], gaps[1][None, :]) >= reach

    def nearest(self, around: Point) -> Point:
        """Return the free spot nearest to a point, the point itself when the map is full.

        Where neighbours already had to go far, the search starts at half their way.
        """
        centre = [round(one / self.step) + self.half for one in around]
        corner = (round(around[0] / _CORNER), round(around[1] / _CORNER))
        start, width = self.asked.get(corner, 0) // 4, 256
        while start < len(self.offsets):
            spots = self.offsets[start : start + width] + centre
            spots = spots[((spots >= 0) & (spots <= 2 * self.half)).all(axis=1)]
            found = self.free[spots[:, 0], spots[:, 1]].nonzero()[0]
            if len(found):
                self.asked[corner] = max(start, self.asked.get(corner, 0))
                column, row = (int(one) - self.half for one in spots[found[0]])
                return _rounded((column * self.step, row * self.step))
            start, width = start + width, width * 2
        return _rounded(around)


@cache
def _by_distance(side: int) -> NDArray[np.int64]:
    """Return every step across a grid, the shortest first, shape (steps, 2); ties turn around the centre."""
    import numpy as np  # noqa: PLC0415 - the package stays light until something is computed

    axis = np.arange(-side + 1, side)
    across, up = (part.ravel() for part in np.meshgrid(axis, axis, indexing="ij"))
    order = np.lexsort((np.round(np.arctan2(up, across), 9), across**2 + up**2))
    return np.stack([across[order], up[order]], axis=1).astype(np.int64)


def _inside(point: Point, limit: float) -> Point:
    return (max(-limit, min(limit, point[0])), max(-limit, min(limit, point[1])))


def _drifted(old: Point, wanted: Point) -> Point:
    """One step of at most `DRIFT` from where it stood towards where it belongs."""
    across, up = wanted[0] - old[0], wanted[1] - old[1]
    step = min(1.0, DRIFT / max(math.hypot(across, up), 1e-9))
    return (old[0] + across * step, old[1] + up * step)


def _rounded(point: Point) -> Point:
    """Four decimals: a tenth of a pixel on a projector, and the same bytes everywhere. Never minus zero."""
    return (round(point[0], 4) + 0.0, round(point[1], 4) + 0.0)
