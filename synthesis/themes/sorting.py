"""Sorts a whole corpus: what is said twice is read once, what is too much is sampled, what says nothing waits.

Pure. Between the notes as they come and `clusters`, which wants a few thousand that differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.corpus import Note
from synthesis.french import Reading
from synthesis.themes.affinity import Parts
from synthesis.themes.clusters import Partition, agree, of_few
from synthesis.themes.looks import Labels, Looks, look
from synthesis.themes.vectors import Encoders, Matrix, content

ENOUGH = 2_000
"""Notes compared two by two; beyond, themes are found on this many and the others join their nearest."""

FEW_DISTINCT = 12
"""Distinct notes under which there is no graph worth the name: each is its own group, unless fewer are asked for."""

VOTERS = 10
"""Nearest sorted notes that say where another goes."""

BLOCK = 1_000
"""Notes sent to their groups at once."""

UNSORTED = -1


@dataclass(frozen=True, slots=True)
class Grouped:
    """Notes made of the same words: they are sorted as one."""

    first: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Notes that were compared two by two, and what the looks say of them."""

    units: tuple[Grouped, ...]
    chosen: tuple[int, ...]
    """Indices of the units that were compared, in the order of the looks' rows."""
    looks: Looks | None
    """None when too few notes differ for a graph."""

    @property
    def first(self) -> list[int]:
        """The row of the note that stands for each compared unit."""
        return [self.units[index].first for index in self.chosen]


def compare(
    notes: Sequence[Note],
    readings: Sequence[Reading],
    encoders: Encoders,
    *,
    themes: int | None = None,
    seed: int = 0,
) -> Compared:
    """Look at the notes that differ, or at a sample of them when they are too many."""
    units = _units(notes, readings)
    chosen = _sample(units, notes)
    first = [units[index].first for index in chosen]
    if len(first) < FEW_DISTINCT:
        return Compared(tuple(units), tuple(chosen), None)
    parts = Parts.of([readings[row] for row in first], encoders, [notes[row].workshop for row in first])
    groups = min(themes, len(first)) if themes else None
    plain = parts.plain().mixtures() if parts.lift else None
    return Compared(tuple(units), tuple(chosen), look(parts.mixtures(), groups=groups, seed=seed, plain=plain))


def sort(
    notes: Sequence[Note],
    compared: Compared,
    space: Matrix,
    *,
    themes: int | None = None,
    before: Mapping[str, str] | None = None,
) -> Partition:
    """Group notes by subject.

    Args:
        notes: in the corpus's order.
        compared: what `compare` said of them, with the same `themes`.
        space: one steady vector per note, to place those that are not compared two by two.
        themes: how many groups; None lets the notes decide.
        before: the theme each note was displayed in, by note id.

    Returns:
        One label per note, numbered by decreasing size; -1 for a note with no readable word.
    """
    shown = _shown([notes[row].id for row in compared.first], before) if before else None
    return spread(compared, space, themes=themes, before=shown)


def spread(compared: Compared, space: Matrix, *, themes: int | None = None, before: Labels | None = None) -> Partition:
    """Cut what was compared into groups, and send every other note to one of them."""
    labels = np.full(len(space), UNSORTED, dtype=np.int64)
    confidence = np.zeros(len(space))
    if not compared.units:
        return Partition(labels, confidence)
    chosen = compared.chosen
    if compared.looks is None:
        found = of_few(space[compared.first], themes)
    else:
        found = agree(compared.looks, themes=min(themes, len(chosen)) if themes else None, before=before)
    placed = dict(zip(chosen, zip(found.labels, found.confidence, strict=True), strict=True))
    placed |= _follow(compared.units, chosen, found.labels, space)
    for index, unit in enumerate(compared.units):
        labels[list(unit.rows)], confidence[list(unit.rows)] = placed[index]
    return Partition(_renumber(labels), confidence)


def _units(notes: Sequence[Note], readings: Sequence[Reading]) -> list[Grouped]:
    """Gather the notes made of the same content words in the same workshop, in the order of their first note."""
    rows: dict[tuple[str, ...], list[int]] = {}
    for row, (note, reading) in enumerate(zip(notes, readings, strict=True)):
        if words := content(reading):
            rows.setdefault((note.workshop, *words), []).append(row)
    return [Grouped(found[0], tuple(found)) for found in rows.values()]


def _sample(units: Sequence[Grouped], notes: Sequence[Note]) -> list[int]:
    """Choose at most `ENOUGH` units by the digest of their first note's id: chance, and the same on every machine."""
    if len(units) <= ENOUGH:
        return list(range(len(units)))

    def lot(index: int) -> tuple[str, int]:
        return hashlib.sha256(notes[units[index].first].id.encode("utf-8", "surrogatepass")).hexdigest(), index

    return sorted(sorted(range(len(units)), key=lot)[:ENOUGH])


def _shown(note_ids: Sequence[str], before: Mapping[str, str]) -> Labels:
    """Return the number of the theme each note was displayed in; -1 for a note that was in none."""
    number = {theme_id: index for index, theme_id in enumerate(sorted(set(before.values())))}
    return np.array([number[before[one]] if one in before else UNSORTED for one in note_ids], dtype=np.int64)


def _follow(
    units: Sequence[Grouped], chosen: Sequence[int], labels: Labels, space: Matrix
) -> dict[int, tuple[int, float]]:
    """Send each unit that was not sampled where most of its nearest sampled units are, weighted by likeness."""
    left = np.array(sorted(set(range(len(units))) - set(chosen)), dtype=np.int64)
    known = np.ascontiguousarray(space[[units[index].first for index in chosen]].T)
    names, voters = int(labels.max()) + 1, min(VOTERS, len(chosen))
    placed: dict[int, tuple[int, float]] = {}
    for start in range(0, len(left), BLOCK):
        block = left[start : start + BLOCK]
        near = np.round(space[[units[index].first for index in block]] @ known, 9)
        best = np.argpartition(-near, voters - 1, axis=1)[:, :voters]
        weights = np.maximum(np.take_along_axis(near, best, axis=1), 0.0)
        votes = np.zeros((len(block), names))
        np.add.at(votes, (np.arange(len(block))[:, None], labels[best]), weights)
        winners, total = np.argmax(np.round(votes, 9), axis=1), votes.sum(axis=1)
        sure = votes[np.arange(len(block)), winners] / np.where(total > 0, total, 1.0)
        placed |= dict(zip(block.tolist(), zip(winners.tolist(), sure.tolist(), strict=True), strict=True))
    return placed


def _renumber(labels: Labels) -> Labels:
    """Renumber the groups by decreasing size, then by their first note; what is unsorted stays so."""
    names, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted((-int(size), int(start), int(name)) for name, start, size in zip(names, first, sizes, strict=True))
    rank = {name: index for index, (_, _, name) in enumerate(o for o in order if o[2] != UNSORTED)}
    return np.array([rank.get(int(label), UNSORTED) for label in labels], dtype=np.int64)
