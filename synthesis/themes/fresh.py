"""Looks at every note again beside what is displayed, and says what would be clearer: moves, merges, splits, births.

Pure, and changes nothing: each change is evidence for a proposal that a person accepts or refuses. What is displayed
is where the comparison starts, so that a change is only found when the looks clearly prefer it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from threadpoolctl import threadpool_limits

from synthesis.corpus import Corpus
from synthesis.french import Reading
from synthesis.themes.clusters import agree
from synthesis.themes.identity import continue_themes
from synthesis.themes.looks import Labels
from synthesis.themes.rows import DECIMALS, LEAST, View
from synthesis.themes.sorting import compare
from synthesis.themes.vectors import Encoders

MOVE, MERGE, SPLIT, NEW = "move", "merge", "split", "new"

CLEAR_MOVE = 0.5
"""Gain from which a note is proposed to move."""

CLEAR_JOIN = 0.4
"""Gain from which a note of the tray is proposed to join a theme: it leaves nothing that people read."""

CLEAR_MERGE = 0.15
"""Gain from which two themes are proposed to become one."""

CLEAR_BIRTH = 0.3
"""Gain from which a split or a new theme is proposed."""

FEWEST_TOGETHER = 5
"""Notes under which no new theme is proposed: it would be born fragile."""

SHARE = 0.02
"""Displayed notes that one round of proposals may concern: what a person can read between two workshops."""

STRONG = 0.7
"""Gain from which a split, a merge or a new theme is offered even when it concerns more notes than that."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that the looks prefer to what is displayed. Sorted ids; shares of looks between 0 and 1."""

    what: str
    """"move", "merge", "split" or "new"."""
    note_ids: tuple[str, ...]
    """The notes that would change place."""
    origins: tuple[str, ...]
    """The themes they would leave, sorted; "" stands for the tray."""
    target: str = ""
    """The theme they would join; "" when a theme would be born."""
    now: float
    """How often the looks put these notes with those they are displayed with, against what is usual in that theme."""
    then: float
    """How often the looks put them with those they would be with, against what is usual there; at most 1."""

    @property
    def gain(self) -> float:
        """How much more these notes would be at home: 0 for no more, 1 for strangers who find their own."""
        return round(self.then - self.now, DECIMALS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fresh:
    """What a fresh look says of what is displayed."""

    changes: tuple[Change, ...] = ()
    """Those that matter most first, by gain and number of notes; no note is in two of them."""
    support: Mapping[str, float]
    """For each displayed note, how often the looks put it with its theme's notes, against what is usual there."""
    groups: tuple[tuple[str, ...], ...] = ()
    """The partition that a cold run would make, largest first, to measure against."""


def look_again(
    corpus: Corpus,
    readings: Mapping[str, Reading],
    encoders: Encoders,
    *,
    displayed: Mapping[str, Sequence[str]],
    held: Collection[str] = (),
    seed: int = 0,
) -> Fresh:
    """Compare a fresh consensus with what is displayed.

    Args:
        corpus: every note, those of the tray included.
        readings: the reading of each note, by note id.
        encoders: what makes vectors.
        displayed: the notes of each theme as shown, every decision applied; a note in none is in the tray.
        held: notes that a person placed; no change concerns them.
        seed: of the looks.

    Returns:
        The changes whose gain is clear. Beyond the number of notes that are compared two by two, only those
        compared are looked at: the others are no evidence.
    """
    with threadpool_limits(1):
        compared = compare(corpus.notes, [readings[note.id] for note in corpus], encoders, seed=seed)
    if compared.looks is None:
        return Fresh(support={})
    view = View.of(corpus, compared, displayed, frozenset(held))
    cold = agree(compared.looks)
    found = [*_births(view, cold.labels), *_merges(view, cold.labels), *_moves(view)]
    return Fresh(
        changes=_disjoint(found),
        support=view.support(),
        groups=tuple(view.ids(np.flatnonzero(cold.labels == name)) for name in range(int(cold.labels.max()) + 1)),
    )


def clearest(changes: Iterable[Change], displayed: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """Return the first changes that together concern no more than `SHARE` of the displayed notes.

    Notes of the tray cost nothing: they leave no theme. One change of more notes is offered, alone or with those
    of the tray, when its gain is `STRONG`.
    """
    shown = {note for notes in displayed.values() for note in notes}
    left = SHARE * len(shown)
    kept: list[Change] = []
    for change in changes:
        cost = len(shown.intersection(change.note_ids))
        strong = change.what != MOVE and change.gain >= STRONG and left == SHARE * len(shown)
        if cost <= left or strong:
            kept.append(change)
            left -= cost
    return tuple(kept)


def changed(displayed: Mapping[str, Sequence[str]], change: Change, born: str = "") -> dict[str, tuple[str, ...]]:
    """Return what would be displayed once a change is made; `born` names the theme that it makes, if it makes one."""
    going = set(change.note_ids)
    kept = {theme: tuple(note for note in notes if note not in going) for theme, notes in displayed.items()}
    target = change.target or born
    kept[target] = (*kept.get(target, ()), *change.note_ids)
    return {theme: notes for theme, notes in kept.items() if notes}


def _change(view: View, what: str, rows: Sequence[int], now: float, then: float, target: str = "") -> Change:
    return Change(
        what=what,
        note_ids=view.ids(rows),
        origins=tuple(sorted({view.name(int(view.home[row])) for row in rows})),
        target=target,
        now=round(now, DECIMALS),
        then=round(then, DECIMALS),
    )


def _moves(view: View) -> list[Change]:
    """Propose a note's move where another theme's notes are clearly its company; alone, it leaves nothing behind."""
    found: list[Change] = []
    if len(view.names) < 2:  # noqa: PLR2004 - there is nowhere to go
        return found
    for row in np.flatnonzero(view.free):
        others = view.near[row].copy()
        if view.home[row] >= 0:
            others[view.home[row]] = -1.0
        best = int(np.argmax(np.round(others, 9)))
        now, then = view.own(int(row)), float(others[best])
        if then - now >= (CLEAR_MOVE if view.home[row] >= 0 else CLEAR_JOIN):
            found.append(_change(view, MOVE, [int(row)], now, then, view.names[best]))
    return found


def _merges(view: View, cold: Labels) -> list[Change]:
    """Propose to unite two themes that a cold run would not tell apart, and whose notes the looks mix."""
    found: list[Change] = []
    for one in range(len(view.names)):
        for other in range(one + 1, len(view.names)):
            pair = [np.flatnonzero(view.home == index) for index in (one, other)]
            if not all(len(rows) for rows in pair):
                continue
            small, large = sorted(pair, key=lambda rows: (len(rows), -int(view.home[rows[0]])))
            if _most(cold[small]) != _most(cold[large]) or not view.free[small].all():
                continue
            usual = max(view.inside(small.tolist()), view.inside(large.tolist()), LEAST)
            then = min(view.between(small.tolist(), large.tolist()) / usual, 1.0)
            if 2 * then - 1.0 >= CLEAR_MERGE:
                found.append(
                    _change(view, MERGE, small.tolist(), 1.0 - then, then, view.names[int(view.home[large[0]])])
                )
    return found


def _most(labels: Labels) -> int:
    return int(np.argmax(np.bincount(labels)))


def _births(view: View, cold: Labels) -> list[Change]:
    """Propose a new theme where a cold run finds a group that no displayed theme continues."""
    groups = [np.flatnonzero(cold == name).tolist() for name in range(int(cold.max()) + 1)]
    shown = {name: view.ids(np.flatnonzero(view.home == index)) for index, name in enumerate(view.names)}
    continued = continue_themes([view.ids(group) for group in groups], shown)
    found: list[Change] = []
    for index, group in enumerate(groups):
        rows = [row for row in group if view.free[row]]
        if index in continued or len(view.ids(rows)) < FEWEST_TOGETHER:
            continue
        now = min(_left(view, rows) / max(view.inside(rows), LEAST), 1.0)
        if 1.0 - now >= CLEAR_BIRTH:
            one = len({int(view.home[row]) for row in rows} - {-1}) == 1
            found.append(_change(view, SPLIT if one else NEW, rows, now, 1.0))
    return found


def _left(view: View, rows: Sequence[int]) -> float:
    """How often rows are with the notes that they would leave behind in their themes."""
    going = set(rows)
    shares = [
        view.between(
            [row], [int(other) for other in np.flatnonzero(view.home == view.home[row]) if other not in going]
        )
        for row in rows
        if view.home[row] >= 0
    ]
    return float(np.mean(shares)) if shares else 0.0


def _disjoint(found: Iterable[Change]) -> tuple[Change, ...]:
    """Sort by gain and, more gently, by number of notes; keep the first of two about one note or theme."""
    kept: list[Change] = []
    taken: set[str] = set()
    for change in sorted(
        found, key=lambda one: (-round(one.gain * sqrt(len(one.note_ids)), DECIMALS), one.what, one.note_ids)
    ):
        touched = {*change.note_ids}
        if change.what == MERGE:
            touched |= {*change.origins, change.target}
        if not touched & taken:
            kept.append(change)
            taken |= touched
    return tuple(kept)
