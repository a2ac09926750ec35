"""Looks at every note again beside what is displayed, and says what would be clearer: moves, merges, splits, births.

Pure, and changes nothing: each change is evidence for a proposal that a person accepts or refuses, and a note that
waits is told where it clearly belongs. What is displayed is where the comparison starts, so that a change is only
found when the looks clearly prefer it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from threadpoolctl import threadpool_limits

from synthesis.corpus import Corpus
from synthesis.french import Reading
from synthesis.themes.arrival import Home
from synthesis.themes.board import BIRTH, Board, Step
from synthesis.themes.board import MERGE as UNITE
from synthesis.themes.clusters import agree
from synthesis.themes.rows import DECIMALS, View
from synthesis.themes.sorting import compare
from synthesis.themes.vectors import Encoders

MOVE, MERGE, SPLIT, NEW = "move", "merge", "split", "new"

CLEAR = 0.2
"""Least gain of what is offered: two looks in ten."""

SHARE = 0.02
"""Displayed notes that one round of proposals may concern: what a person can read between two workshops."""

SHARE_ASKED = 0.25
"""The same, when a person asks for another look at everything: there is time to read what comes of it."""


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
    """How often the looks put these notes with those they are displayed with, against what is usual in a theme."""
    then: float
    """How often the looks put them with those they would be with, against what is usual in a theme; at most 1."""

    @property
    def gain(self) -> float:
        """How much more these notes would be at home: 0 for no more, 1 for strangers who find their own."""
        return round(self.then - self.now, DECIMALS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fresh:
    """What a fresh look says of what is displayed."""

    changes: tuple[Change, ...] = ()
    """Those that matter most first; no note is in two of them."""
    joins: Mapping[str, Home] = field(default_factory=dict)
    """Where each note of the tray goes that clearly belongs to a displayed theme."""
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
    allowed: Callable[[Change], bool] = lambda _change: True,
    share: float = SHARE,
    seed: int = 0,
) -> Fresh:
    """Compare a fresh consensus with what is displayed.

    Args:
        corpus: every note, those of the tray included.
        readings: the reading of each note, by note id.
        encoders: what makes vectors.
        displayed: the notes of each theme as shown, every decision applied; a note in none is in the tray.
        held: notes that a person placed; no change concerns them.
        allowed: whether a change may be offered: False for what people refused or decided otherwise.
        share: of the displayed notes that the changes may move together; never less than one note.
        seed: of the looks.

    Returns:
        The changes that bring most for the displayed notes they move. Beyond the number of notes that are compared
        two by two, only those compared are looked at: the others are no evidence.
    """
    with threadpool_limits(1):
        compared = compare(corpus.notes, [readings[note.id] for note in corpus], encoders, seed=seed)
    if compared.looks is None:
        return Fresh(support={})
    view = View.of(corpus, compared, displayed, frozenset(held))
    cold = agree(compared.looks).labels
    board = Board(view, cold)
    may = _may(board, allowed)
    joined = board.settle(may)
    start = np.where(board.home < board.shown, board.home, -1)
    shown = sum(len(notes) for notes in displayed.values()) + int(board.weight[list(joined)].sum())
    taken = board.steps(max(round(share * shown), 1), may)
    return Fresh(
        changes=_changes(board, start, taken),
        joins={
            note: Home(view.names[int(start[row])], round(sure, DECIMALS))
            for row, sure in joined.items()
            for note in view.rows[row]
        },
        support=view.support(),
        groups=tuple(view.ids(np.flatnonzero(cold == name)) for name in range(int(cold.max()) + 1)),
    )


def changed(displayed: Mapping[str, Sequence[str]], change: Change, born: str = "") -> dict[str, tuple[str, ...]]:
    """Return what would be displayed once a change is made; `born` names the theme that it makes, if it makes one."""
    going = set(change.note_ids)
    kept = {theme: tuple(note for note in notes if note not in going) for theme, notes in displayed.items()}
    target = change.target or born
    kept[target] = (*kept.get(target, ()), *change.note_ids)
    return {theme: notes for theme, notes in kept.items() if notes}


def _may(board: Board, allowed: Callable[[Change], bool]) -> Callable[[Step], bool]:
    def may(step: Step) -> bool:
        target = step.target if step.target < board.shown else -1
        what = BIRTH if target < 0 else step.what
        change = _change(board, what, step.rows, board.home, target)
        return change.gain >= CLEAR and allowed(change)

    return may


def _changes(board: Board, start: np.ndarray, taken: Sequence[Step]) -> tuple[Change, ...]:
    """Say what was taken, as changes of what is displayed: a note that followed others is told with them."""
    united = [step for step in taken if step.what == UNITE]
    told = {row for step in united for row in step.rows}
    found = [_change(board, UNITE, step.rows, start, step.target) for step in united]
    born = [np.flatnonzero(board.home == number).tolist() for number in range(board.shown, board.count)]
    found += [_change(board, BIRTH, rows, start, -1) for rows in born if rows]
    moved = np.flatnonzero((board.home != start) & (board.home >= 0) & (board.home < board.shown)).tolist()
    found += [_change(board, MOVE, [row], start, int(board.home[row])) for row in moved if row not in told]
    return tuple(sorted(found, key=lambda one: (-round(one.gain * len(one.note_ids) ** 0.5, DECIMALS), one.note_ids)))


def _change(board: Board, what: str, rows: Sequence[int], start: np.ndarray, target: int) -> Change:
    """Describe a change of rows that stood where `start` says (a number not displayed is the tray)."""
    view = board.view
    stood = [int(start[row]) if start[row] < board.shown else -1 for row in rows]
    company = [
        [other for other in np.flatnonzero(start == home).tolist() if other not in set(rows)] if home >= 0 else []
        for home in stood
    ]
    now = float(np.mean([view.between([row], others) for row, others in zip(rows, company, strict=True)]))
    then = view.inside(rows) if target < 0 else view.between(rows, np.flatnonzero(start == target).tolist())
    one = what == BIRTH and len(set(stood)) == 1 and stood[0] >= 0
    return Change(
        what={UNITE: MERGE, MOVE: MOVE}.get(what, SPLIT if one else NEW),
        note_ids=view.ids(rows),
        origins=tuple(sorted({view.name(home) for home in stood})),
        target=view.names[target] if target >= 0 else "",
        now=round(min(now / board.usual, 1.0) if what != UNITE else 1.0 - min(then / board.usual, 1.0), DECIMALS),
        then=round(min(then / board.usual, 1.0), DECIMALS),
    )
