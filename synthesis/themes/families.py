"""Gathers themes into five to nine families: the level a grand témoin speaks from.

Pure. Under ten themes there is no need of a second level.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from synthesis.results import Family, Theme
from synthesis.themes.identity import continue_themes, derive
from synthesis.themes.labels import name_all
from synthesis.themes.portrait import Gallery
from synthesis.themes.vectors import Encoders, Matrix, unit

FEWEST_THEMES = 10
FEWEST, MOST = 5, 9
THEMES_EACH = 4
"""Themes a family holds on average, before the bounds."""


def gather(
    themes: Sequence[Theme], gallery: Gallery, encoders: Encoders, *, previous: Sequence[Family] = ()
) -> tuple[Family, ...]:
    """Group themes by the nearness of their centres (Ward, 1963); each theme in exactly one family."""
    if len(themes) < FEWEST_THEMES:
        return ()
    row = gallery.rows()
    members = [[row[note_id] for note_id in theme.note_ids] for theme in themes]
    centres = unit(np.array([gallery.space[rows].mean(axis=0) for rows in members]))
    wanted = min(max(round(len(themes) / THEMES_EACH), FEWEST), MOST)
    groups = _cut(centres, wanted)
    ids = _ids([[themes[index].id for index in group] for group in groups], previous)
    notes = [gallery.by_centrality([row for index in group for row in members[index]]) for group in groups]
    names = name_all(notes, gallery.readings, encoders, reserved=[theme.label for theme in themes])
    return tuple(
        Family(id=ids[number], label=names[number].label, theme_ids=tuple(themes[index].id for index in group))
        for number, group in enumerate(groups)
    )


def _cut(centres: Matrix, wanted: int) -> list[list[int]]:
    tree = linkage(np.round(centres, 9), method="ward")
    labels = fcluster(tree, wanted, criterion="maxclust")
    groups = [[int(index) for index in np.flatnonzero(labels == label)] for label in np.unique(labels)]
    return sorted(groups)


def _ids(groups: Sequence[Sequence[str]], previous: Sequence[Family]) -> list[str]:
    """Continue the families people know; the others are named after their first theme."""
    known = {family.id: family.theme_ids for family in previous}
    continued = continue_themes(groups, known)
    taken: set[str] = set(known)
    ids: list[str] = []
    for index, group in enumerate(groups):
        found = continued.get(index) or derive("f", group[0], taken)
        taken.add(found)
        ids.append(found)
    return ids


def keep(families: Sequence[Family], present: Collection[str]) -> tuple[Family, ...]:
    """Return the families of an edition with the themes that are still there."""
    kept = (
        Family(id=family.id, label=family.label, theme_ids=tuple(t for t in family.theme_ids if t in present))
        for family in families
    )
    return tuple(family for family in kept if family.theme_ids)
