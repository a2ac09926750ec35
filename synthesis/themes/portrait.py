"""Describes a theme from its notes: how many, of which kinds and workshops, how close, in which words.

Pure: the same notes give the same portrait, whoever put them together.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.corpus import KINDS, Corpus, Note
from synthesis.french import Reading
from synthesis.results import Theme
from synthesis.themes.labels import Naming
from synthesis.themes.quotes import centrality, choose
from synthesis.themes.vectors import Matrix

FEWEST_SOLID = 5
"""Notes under which a theme is shown as fragile."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """What every portrait is painted from: the notes in the corpus's order, their readings, their vectors."""

    corpus: Corpus
    readings: Sequence[Reading]
    space: Matrix
    """One row of length 1 (or zero) per note."""

    def rows(self) -> dict[str, int]:
        """Return the row of each note."""
        return {note.id: row for row, note in enumerate(self.corpus.notes)}

    def by_centrality(self, rows: Sequence[int]) -> list[int]:
        """Sort rows by how near they are to their common centre, nearest first, ties by note id."""
        if not rows:
            return []
        near = centrality(self.space[list(rows)])
        order = sorted(range(len(rows)), key=lambda index: (-near[index], self.corpus.notes[rows[index]].id))
        return [rows[index] for index in order]

    def source(self, rows: Sequence[int], confidence: Mapping[str, float]) -> str:
        """Return a digest of all that a portrait says of notes: as long as it is the same, so is the portrait."""
        notes = sorted((self.corpus.notes[row] for row in rows), key=lambda note: note.id)
        told = [(note.id, note.text, note.kind, note.workshop, note.author, confidence[note.id]) for note in notes]
        body = json.dumps([len(self.corpus.workshops) > 1, told], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def paint(
    theme_id: str,
    rows: Sequence[int],
    gallery: Gallery,
    *,
    naming: Naming,
    confidence: Mapping[str, float],
) -> Theme:
    """Describe one theme, under the name that the machine gives it.

    Args:
        theme_id: its stable id.
        rows: its notes' rows, most central first; at least one.
        gallery: the notes.
        naming: what the machine calls it, and the words that set it apart.
        confidence: of each note's membership.
    """
    notes = [gallery.corpus.notes[row] for row in rows]
    vectors = gallery.space[list(rows)]
    workshops = Counter(note.workshop for note in notes if note.workshop)
    alone = len(workshops) <= 1 and len(gallery.corpus.workshops) > 1
    return Theme(
        id=theme_id,
        label=naming.label,
        proposed_label=naming.label,
        subtitle=naming.subtitle,
        keywords=naming.keywords,
        note_ids=tuple(note.id for note in notes),
        kinds=count_kinds(notes),
        workshops=tuple(sorted(workshops.items(), key=lambda pair: (-pair[1], pair[0]))),
        rapporteurs=len({note.author for note in notes if note.author}),
        quotes=choose(notes, vectors, words=frozenset(word.lower() for word in naming.keywords)),
        cohesion=round(float(np.clip(centrality(vectors).mean(), -1.0, 1.0)), 4),
        confidence=round(sum(confidence[note.id] for note in notes) / len(notes), 4),
        fragile=len(notes) < FEWEST_SOLID or alone,
    )


def count_kinds(notes: Sequence[Note]) -> tuple[tuple[str, int], ...]:
    """Count notes by kind: the kinds every gathering has first, then its own by name, then the unsaid."""
    counts = Counter(note.kind for note in notes)
    own = sorted(kind for kind in counts if kind and kind not in KINDS)
    return tuple((kind, counts[kind]) for kind in (*KINDS, *own, "") if counts[kind])
