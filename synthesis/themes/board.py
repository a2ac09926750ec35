"""Chooses the few changes that bring what is displayed nearest to what the looks say, for the notes that they move.

Pure. What is displayed is a table of rows in themes. A table is the better, the more often the looks put together what
it puts together: the sum, over the pairs inside its themes, of how often they are together less `HALF` of what is
usual inside a theme (correlation clustering; Bansal, Blum and Chawla, 2004). Each step is the one that adds most for
each displayed note it moves (a birth counts `BORN` times), until as many are moved as a person can read at once. Notes
of the tray cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.themes.identity import continue_themes
from synthesis.themes.looks import Labels
from synthesis.themes.rows import LEAST, View
from synthesis.themes.vectors import Matrix

MOVE, MERGE, BIRTH = "move", "merge", "birth"

HALF = 0.5
"""Share of what is usual inside a theme over which two notes are rather together than apart."""

SURE = 0.6
"""Share of what is usual inside a theme from which a note of the tray joins one by itself."""

BORN = 2.0
"""What making a theme counts for against moving a note: those that are yet to come will find their own in it."""

FEWEST_TOGETHER = 3
"""Notes under which no theme is proposed: fewer are a pair, and forming anew would not keep them apart either."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the table: these rows go to that theme."""

    what: str
    rows: tuple[int, ...]
    target: int
    """Number of the theme they join; that of a theme not yet there when one is born."""
    cost: int
    """Displayed notes that it moves."""
    worth: float
    """What it adds, for each displayed note that it moves; more for a theme that is born (`BORN`)."""


Allowed = Callable[[Step], bool]


class Board:
    """The displayed themes as a table whose rows are moved one step at a time."""

    def __init__(self, view: View, cold: Labels) -> None:
        self.view = view
        self.home = view.home.copy()
        self.shown = len(view.names)
        """Themes numbered under this are displayed; the others were born here."""
        self.count = self.shown
        self.groups = [np.flatnonzero(cold == name) for name in range(int(cold.max(initial=-1)) + 1)]
        sizes = [len(group) for group in self.groups if len(group) > 1]
        inside = [view.inside(group.tolist()) for group in self.groups if len(group) > 1]
        self.usual = max(float(np.average(inside, weights=sizes)) if sizes else 0.0, LEAST)
        self.weight = np.array([len(row) for row in view.rows], dtype=np.int64)
        self.agreement = view.together - HALF * self.usual
        np.fill_diagonal(self.agreement, 0.0)
        self.sums = self.agreement @ self._members()
        """What each row adds to each theme. Shape (rows, themes)."""
        self.locked: set[int] = set()
        """Themes that were united in this round: nothing else is proposed about them."""

    def _members(self) -> Matrix:
        members: Matrix = (self.home[:, None] == np.arange(self.count)[None, :]).astype(np.float64)
        return members

    def put(self, rows: Sequence[int], target: int) -> None:
        """Move rows to a theme; the next number makes a new one."""
        if target == self.count:
            self.count += 1
            self.sums = np.hstack([self.sums, np.zeros((len(self.home), 1))])
        for row in rows:
            if self.home[row] >= 0:
                self.sums[:, self.home[row]] -= self.agreement[:, row]
            self.sums[:, target] += self.agreement[:, row]
            self.home[row] = target

    def own(self) -> Matrix:
        """Return what each row adds to its own theme; 0 in the tray."""
        if not self.count:
            return np.zeros(len(self.home))
        at: Matrix = self.sums[np.arange(len(self.home)), np.maximum(self.home, 0)]
        return np.where(self.home >= 0, at, 0.0)

    def nearness(self) -> Matrix:
        """Return how often each row is with those of each theme, itself left out. Shape (rows, themes)."""
        members = self._members()
        others = members.sum(axis=0)[None, :] - members
        near: Matrix = self.sums / np.maximum(others, 1.0) + HALF * self.usual
        return np.where(others > 0, near, 0.0)

    def settle(self, allowed: Allowed) -> dict[int, float]:
        """Empty the tray of what is clear: groups of it become themes to propose, other notes join their company.

        Returns:
            How sure its place is, 0 to 1, for each row that joins a displayed theme.
        """
        for group in self._unknown():
            waiting = tuple(int(row) for row in group if self.home[row] < 0 and self.view.free[row])
            step = Step(BIRTH, waiting, self.count, 0, 0.0)
            if self._enough(waiting) and self._together(waiting) > 0 and allowed(step):
                self.put(waiting, self.count)
        if not self.count:
            return {}
        near, sums = self.nearness(), np.round(self.sums, 9)
        joined: dict[int, float] = {}
        for row in np.flatnonzero((self.home < 0) & self.view.free):
            best = int(np.argmax(sums[row]))
            if near[row, best] > SURE * self.usual:
                rival = max(np.delete(near[row], best), default=0.0)
                if best < self.shown:
                    joined[int(row)] = float(near[row, best] / (near[row, best] + max(rival, 0.0)))
                self.put([int(row)], best)
        return joined

    def steps(self, budget: int, allowed: Allowed) -> list[Step]:
        """Take the best step again and again while displayed notes may still be moved, and return those taken."""
        taken: list[Step] = []
        start, unknown = self.home.copy(), self._unknown()
        while True:
            offered = [*self._births(unknown, budget), *self._moves(start, budget), *self._merges(start, budget)]
            ranked = sorted(offered, key=lambda one: (-round(one.worth, 9), one.what, one.rows))
            step = next((one for one in ranked if allowed(one)), None)
            if step is None:
                return taken
            if step.what == MERGE:
                self.locked |= {step.target, int(self.home[step.rows[0]])}
            self.put(step.rows, step.target)
            # One note that moves does not make a group known or unknown.
            unknown = unknown if step.what == MOVE else self._unknown()
            budget -= step.cost
            taken.append(step)

    def _unknown(self) -> list[Labels]:
        """Return the groups of a cold run that no theme of the table continues."""
        names = [str(number) for number in range(self.count)]
        shown = {name: np.flatnonzero(self.home == number).tolist() for number, name in enumerate(names)}
        groups = [[str(row) for row in group] for group in self.groups]
        known = {name: [str(row) for row in rows] for name, rows in shown.items() if rows}
        continued = continue_themes(groups, known)
        return [group for index, group in enumerate(self.groups) if index not in continued]

    def _enough(self, rows: Sequence[int]) -> bool:
        return int(self.weight[list(rows)].sum()) >= FEWEST_TOGETHER

    def _together(self, rows: Sequence[int]) -> float:
        at = np.array(rows, dtype=np.int64)
        return float(self.agreement[np.ix_(at, at)].sum()) / 2.0

    def _births(self, unknown: Sequence[Labels], budget: int) -> list[Step]:
        """Offer each group that no theme continues, with those of its displayed rows that gain most."""
        own = self.own()
        found: list[Step] = []
        for group in unknown:
            rows = [int(row) for row in group if self.view.free[row]]
            chosen = [row for row in rows if self.home[row] < 0]
            left = [row for row in rows if 0 <= self.home[row] < self.shown and self.home[row] not in self.locked]
            cost = 0
            while left:
                gains = self.agreement[np.ix_(np.array(left), np.array(chosen or rows))].sum(axis=1) - own[left]
                best = int(np.argmax(np.round(gains, 9)))
                if gains[best] <= 0 or cost + self.weight[left[best]] > budget:
                    break
                cost += int(self.weight[left[best]])
                chosen.append(left.pop(best))
            added = self._together(chosen) - float(own[[row for row in chosen if self.home[row] >= 0]].sum())
            if self._enough(chosen) and added > 0:
                found.append(Step(BIRTH, tuple(sorted(chosen)), self.count, cost, BORN * added / (cost + 1.0)))
        return found

    def _moves(self, start: Labels, budget: int) -> list[Step]:
        """Offer the notes that would be more at home in another theme; those already moved stay where they went."""
        found: list[Step] = []
        if self.count < 2:  # noqa: PLR2004 - there is nowhere to go
            return found
        sums, near, own = np.round(self.sums, 9), self.nearness(), self.own()
        sums[:, sorted(self.locked)] = -np.inf
        displayed = (self.home >= 0) & (self.home < self.shown) & (self.home == start)
        for row in np.flatnonzero(self.view.free & displayed):
            here = int(self.home[row])
            sums[row, here] = -np.inf
            best = int(np.argmax(sums[row]))
            gain, cost = float(self.sums[row, best] - own[row]), int(self.weight[row])
            if here in self.locked or gain <= 0 or cost > budget or near[row, best] <= near[row, here]:
                continue
            found.append(Step(MOVE, (int(row),), best, cost, gain / cost))
        return found

    def _merges(self, start: Labels, budget: int) -> list[Step]:
        """Offer to unite two displayed themes whose notes are rather together; the smaller goes into the larger."""
        members = self._members()[:, : self.shown]
        sizes, between = members.sum(axis=0), members.T @ self.sums[:, : self.shown]
        touched = self.locked | {int(theme) for theme in self.home[self.home != start]}
        touched |= {int(theme) for theme in start[self.home != start]}
        free = [number for number in range(self.shown) if sizes[number] and number not in touched]
        found: list[Step] = []
        for place, one in enumerate(free):
            for other in free[:place]:
                if between[one, other] <= 0:
                    continue
                small, large = sorted((one, other), key=lambda number: (sizes[number], -number))
                rows = np.flatnonzero(self.home == small)
                cost = int(self.weight[rows].sum())
                if cost <= budget and self.view.free[rows].all():
                    worth = float(between[one, other]) / cost
                    found.append(Step(MERGE, tuple(rows.tolist()), large, cost, worth))
        return found
