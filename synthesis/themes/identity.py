"""Keeps a theme the same theme from one run to the next: who continues whom, and what a newborn is called.

Pure. An identifier is derived from the note a theme was founded on, so that a second machine names it alike; it is
never given again while an edition or a decision still knows it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

CONTINUES = 1 / 3
"""The least Jaccard overlap under which a group continues a theme: half of each, in groups of one size."""


def derive(prefix: str, founding: str, taken: Collection[str] = ()) -> str:
    """Return a letter and 8 hexadecimal digits of SHA-256 of the founding note's id, skipping ids already taken.

    >>> derive("t", "n1") == derive("t", "n1")
    True
    >>> derive("t", "n1", taken={derive("t", "n1")}) != derive("t", "n1")
    True
    """
    attempt = 0
    while True:
        body = founding if attempt == 0 else f"{founding}\n{attempt}"
        found = prefix + hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        if found not in taken:
            return found
        attempt += 1


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """Return the Jaccard overlap of two sets of ids, 0 when both are empty."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left | right else 0.0


def continue_themes(
    groups: Sequence[Collection[str]], known: Mapping[str, Collection[str]], *, least: float = CONTINUES
) -> dict[int, str]:
    """Say which known theme each group continues: the assignment of greatest total overlap (Kuhn, 1955).

    Only notes that the known themes hold are compared: arrivals say nothing about who continues whom.

    Args:
        groups: the new groups, as note ids.
        known: the members of each known theme.
        least: no continuity under this overlap.

    Returns:
        The theme id of each group that continues one, by the group's index.
    """
    names = sorted(known)
    old = {note for members in known.values() for note in members}
    if not groups or not names:
        return {}
    # Half a second of every start: the web server and the maker of files never match themes.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - as said above

    shared = np.array([[overlap(set(group) & old, known[name]) for name in names] for group in groups])
    rows, columns = linear_sum_assignment(-np.round(shared, 9))
    return {int(row): names[column] for row, column in zip(rows, columns, strict=True) if shared[row, column] >= least}


@dataclass(frozen=True, slots=True)
class Known:
    """The themes people have read: their notes, merges applied, and those that a person touched."""

    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    touched: frozenset[str] = frozenset()
    continuing: bool = True
    """False when the known themes were only workshops and kinds: a real theme continues none of them."""
    taken: frozenset[str] = frozenset()
    """Ids that no newborn may take."""


def settle(groups: Sequence[Sequence[str]], known: Known) -> dict[str, tuple[str, ...]]:
    """Give each new group its id, once the themes that people touched have kept their notes.

    A touched theme keeps every note it had, and receives the newcomers of the groups that are mostly its own: the
    machine may add to it, never take. The other groups continue a known theme, or are born.

    Args:
        groups: the new groups as note ids, most central first; each note once.
        known: what people have read.

    Returns:
        The notes of each theme id; together, every note of `groups` and of the touched themes, once.
    """
    settled = {theme_id: list(known.members[theme_id]) for theme_id in sorted(known.touched)}
    holder = {note: theme_id for theme_id, notes in settled.items() for note in notes}
    free_groups: list[list[str]] = []
    for group in groups:
        free = [note for note in group if note not in holder]
        held = Counter(holder[note] for note in group if note in holder)
        if held and 2 * held.total() >= len(group):
            settled[min(held, key=lambda theme_id: (-held[theme_id], theme_id))] += free
        elif free:
            free_groups.append(free)
    untouched = {key: notes for key, notes in known.members.items() if key not in known.touched}
    continued = continue_themes(free_groups, untouched) if known.continuing else {}
    taken = set(known.taken) | set(settled) | set(continued.values())
    for index, group in enumerate(free_groups):
        theme_id = continued.get(index) or derive("t", group[0], taken)
        taken.add(theme_id)
        settled[theme_id] = group
    return {theme_id: tuple(notes) for theme_id, notes in settled.items()}
