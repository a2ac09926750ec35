"""Gathers themes into five to nine families: the level a grand témoin speaks from.

Pure. Under ten themes there is no need of a second level. A family is called by its two largest themes, under the
names people gave them: a phrase found in its notes would say more than any note says of so many subjects.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage
from scipy.spatial.distance import squareform

from synthesis.results import Family, Theme
from synthesis.themes.identity import continue_themes, derive
from synthesis.themes.looks import UNDECIDED
from synthesis.themes.portrait import Gallery
from synthesis.themes.sorting import Compared
from synthesis.themes.vectors import Matrix, unit

FEWEST_THEMES = 10
FEWEST, MOST = 5, 9
THEMES_EACH = 4
"""Themes a family holds on average, before the bounds."""

NAMING = 2
"""How many of its themes a family is called by."""


def gather(
    themes: Sequence[Theme],
    gallery: Gallery,
    *,
    compared: Compared | None = None,
    previous: Sequence[Family] = (),
) -> tuple[Family, ...]:
    """Group themes whose notes the looks often put together; each theme in exactly one family.

    Args:
        themes: as they are displayed, every decision applied.
        gallery: the notes and their vectors.
        compared: what the looks say of the notes; without it, the nearness of the themes' centres decides alone.
        previous: the families people know, whose identity is continued.
    """
    if len(themes) < FEWEST_THEMES:
        return ()
    row = gallery.rows()
    members = [[row[note_id] for note_id in theme.note_ids] for theme in themes]
    groups = cut(kinship(members, gallery.space, compared))
    ids = _ids([[themes[index].id for index in group] for group in groups], previous)
    return tuple(_family(ids[number], [themes[index] for index in group]) for number, group in enumerate(groups))


def _family(key: str, themes: Sequence[Theme]) -> Family:
    largest = sorted(themes, key=lambda theme: (-len(theme.note_ids), theme.id))[:NAMING]
    label = " · ".join(theme.label for theme in largest if theme.label)
    return Family(id=key, label=label, theme_ids=tuple(theme.id for theme in themes))


def kinship(members: Sequence[Sequence[int]], space: Matrix, compared: Compared | None) -> Matrix:
    """Return how near each two themes are: how often the looks put their notes together, then how alike they are.

    Args:
        members: rows of each theme's notes.
        space: one steady vector per note.
        compared: the notes that were looked at, all or a sample.

    Returns:
        Shape (themes, themes), symmetric. Likeness of the centres only decides where no look ever put two together.
    """
    centres = unit(np.array([space[list(rows)].mean(axis=0) for rows in members]))
    near: Matrix = UNDECIDED * (centres @ centres.T)
    if compared is None or compared.looks is None:
        return near
    theme = {row: number for number, rows in enumerate(members) for row in rows}
    member = np.zeros((len(members), len(compared.first)))
    for column, row in enumerate(compared.first):
        if row in theme:
            member[theme[row], column] = 1.0
    shares = member / np.maximum(member.sum(axis=1, keepdims=True), 1.0)
    together: Matrix = near + shares @ compared.looks.together @ shares.T
    return together


def cut(near: Matrix) -> list[list[int]]:
    """Join the nearest themes first (average linkage) until five to nine families are left."""
    wanted = min(max(round(len(near) / THEMES_EACH), FEWEST), MOST)
    apart = np.round(near.max() - (near + near.T) / 2.0, 9)
    np.fill_diagonal(apart, 0.0)
    tree = linkage(squareform(apart, checks=False), method="average")
    # Not fcluster: where joins are equally good it would make them all, and leave fewer families than wanted.
    labels = cut_tree(tree, min(wanted, len(near))).ravel()
    return sorted([int(index) for index in np.flatnonzero(labels == label)] for label in np.unique(labels))


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


def keep(families: Sequence[Family], themes: Sequence[Theme]) -> tuple[Family, ...]:
    """Return the families of an edition with the themes that are still there, under the names these have now."""
    present = {theme.id: theme for theme in themes}
    kept = ((family.id, [present[key] for key in family.theme_ids if key in present]) for family in families)
    return tuple(_family(key, mine) for key, mine in kept if mine)
