"""Finds the theme of a note that has just arrived, or says that the evidence is weak.

Pure, and fast: one product with the notes already displayed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.themes.portrait import Gallery
from synthesis.themes.vectors import TINY, Matrix, unit

NEAREST = 3
"""Notes of a theme that an arrival is compared with, besides the theme's centre."""

WEAK = 0.05
"""An arrival less at home than this share of a theme's own notes, each seen without itself, waits in the tray."""

ENOUGH = 5
"""Notes under which a theme has no strangers yet."""

SURE = 0.9
"""Share that the nearest theme must have of an arrival against all the others: less is weak evidence, and it waits for
the next look, which compares it with each note (measured, see method)."""

MANY = 2_000
"""Displayed notes from which no look compares them all (see `sorting.ENOUGH`): the nearest theme is all there is."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where an arrival goes: a theme, or "" for the tray, and how sure that is."""

    theme_id: str
    confidence: float


def arrive(arrivals: Sequence[int], themes: Mapping[str, Sequence[int]], gallery: Gallery) -> tuple[Home, ...]:
    """Place each arrival by its mean nearness to a theme's centre and to the theme's nearest notes.

    Args:
        arrivals: rows of the new notes.
        themes: rows of each theme's notes.
        gallery: the notes and their vectors.

    Returns:
        One home per arrival, "" where the evidence is weak. Confidence = softmax share of the best theme against the
        second.
    """
    names = sorted(themes)
    if not names or not arrivals:
        return tuple(Home("", 0.0) for _ in arrivals)
    centres = unit(np.array([gallery.space[list(themes[name])].mean(axis=0) for name in names]))
    rows = [list(themes[name]) for name in names]
    floors = [_floor(gallery.space[own]) for own in rows]
    least = SURE if sum(map(len, rows)) < MANY else 0.0
    return tuple(_home(gallery.space[row], names, rows, centres, floors, gallery.space, least) for row in arrivals)


def _floor(vectors: Matrix) -> float:
    """Return the nearness under which a note is a stranger: the `WEAK` quantile of each note to the others' centre."""
    if len(vectors) < ENOUGH:
        return 0.0
    whole = vectors.sum(axis=0)
    # Cosine of x with s - x, for rows of length 1 (or 0): (x·s - x·x) / |s - x|.
    products, own = vectors @ whole, np.einsum("ij,ij->i", vectors, vectors)
    lengths = np.sqrt(np.maximum(float(whole @ whole) - 2 * products + own, TINY))
    near = np.sort((products - own) / lengths)
    at = WEAK * (len(near) - 1)
    low = int(at)
    return max(float(near[low] + (at - low) * (near[min(low + 1, len(near) - 1)] - near[low])), 0.0)


def _home(
    vector: np.ndarray,
    names: Sequence[str],
    rows: Sequence[Sequence[int]],
    centres: Matrix,
    floors: Sequence[float],
    space: Matrix,
    least: float,
) -> Home:
    near = space @ vector
    to_centre = centres @ vector
    to_notes = np.array([np.sort(near[list(own)])[-NEAREST:].mean() for own in rows])
    scores = np.round((to_centre + to_notes) / 2, 9)
    best = int(np.argmax(scores))
    shares = np.exp((scores - scores[best]) / TEMPERATURE)
    if not vector.any() or to_centre[best] < floors[best] or np.round(1.0 / shares.sum(), 9) < least:
        return Home("", 0.0)
    return Home(names[best], float(np.round(1.0 / np.sum(np.sort(shares)[-2:]), 4)))


TEMPERATURE = 0.05
