"""What a synthesis reads: notes as values, in an order that does not depend on who handed them over.

Pure: no Flask, no database, no clock. `window` fills a corpus from the journal, `table` from a CSV file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import pairwise
from operator import attrgetter

Kind = str
"""A note's kind: "lever", "obstacle", "condition", a key of the gathering's own, or "" when nobody said."""

KINDS: tuple[Kind, ...] = ("lever", "obstacle", "condition")
"""The three kinds every gathering has, in the order they are shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One statement, exactly as it was written.

    `text` is never normalised, trimmed or corrected here: every span elsewhere is a pair of character
    offsets into it. `actors` and `territories` hold what the rapporteur marked, as marked.
    """

    id: str
    text: str
    workshop: str = ""
    kind: Kind = ""
    actors: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    at: str = ""
    author: str = ""
    """An opaque seat id, to count distinct rapporteurs; never a name, never shown."""


_told = attrgetter(*(one.name for one in fields(Note)))
"""A note's fields in order: ten times faster than copying it, for each arrival among a thousand notes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Corpus:
    """The notes of one synthesis, sorted by id, ids unique, with what their workshops are called."""

    notes: tuple[Note, ...]
    workshops: tuple[tuple[str, str], ...] = ()
    """(workshop id, title) of every workshop that takes notes, in programme order, silent ones included."""
    title: str = ""
    position: int = 0
    """The journal position the notes were read at; 0 for a file."""
    programme: tuple[str, ...] = ()
    """What the programme says of its sessions: titles and questions. Empty when there is none."""
    received: tuple[str, ...] = ()
    """The ids of the notes in the order they were received; empty for a file, whose own hours tell."""

    @classmethod
    def of(
        cls,
        notes: Iterable[Note],
        *,
        workshops: Iterable[tuple[str, str]] = (),
        title: str = "",
        position: int = 0,
    ) -> Corpus:
        """Sort the notes by id and refuse two notes with one id.

        Raises:
            ValueError: two notes carry the same id.
        """
        ordered = tuple(sorted(notes, key=lambda note: note.id))
        for before, after in pairwise(ordered):
            if before.id == after.id:
                message = f"two notes have the id {before.id!r}"
                raise ValueError(message)
        named = tuple(workshops)
        known = {key for key, _ in named}
        extra = sorted({note.workshop for note in ordered if note.workshop} - known)
        return cls(notes=ordered, workshops=named + tuple((key, key) for key in extra), title=title, position=position)

    def __len__(self) -> int:
        return len(self.notes)

    def __iter__(self) -> Iterator[Note]:
        return iter(self.notes)

    def by_id(self) -> dict[str, Note]:
        """Each note under its id."""
        return {note.id: note for note in self.notes}

    def told(self) -> list[Note]:
        """Return the notes as they came: in the order they were received, else by their hour, then by id."""
        place = {note_id: rank for rank, note_id in enumerate(self.received)}
        return sorted(self.notes, key=lambda note: (place.get(note.id, len(place)), note.at, note.id))

    def workshop_titles(self) -> dict[str, str]:
        """Each workshop's title under its id."""
        return dict(self.workshops)

    def digest(self) -> str:
        """SHA-256 (hex) of the notes' content; the same for the same notes in any order."""
        body = json.dumps([_told(note) for note in self.notes], ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedActor:
    """An organisation or family that the organiser listed: the name to show and what else it is called."""

    name: str
    acronym: str = ""
    family: str = ""
    aliases: tuple[str, ...] = field(default=())
