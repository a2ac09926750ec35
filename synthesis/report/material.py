"""What each part of the report is made from: the edition and the corpus, with the few look-ups they all need.

Pure. Counts are taken from the notes themselves, never copied from the edition, so that `proof` compares two
independent roads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from synthesis import echoes
from synthesis.corpus import KINDS
from synthesis.report.blocks import Quotation
from synthesis.report.cited import Cited, References
from synthesis.report.edited import UNTOUCHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from synthesis.corpus import Corpus, Note
    from synthesis.report.blocks import Status
    from synthesis.report.edited import Edited
    from synthesis.report.words import Words
    from synthesis.results import Edition, Quote, Theme

SHORT = 12
"""An id of at most this many characters is shown as it is."""

NAMED = 60
"""How many notes a line names by their references: more is a wall, and the annexes hold them all."""

SCRAP = 20
"""A quote shorter than this, of a longer note, says too little to be shown alone (« 1. »)."""

KIND_ORDER = ("obstacle", "lever", "condition")
"""The order of a chapter: what holds back, what helps, what it takes; other kinds follow."""


@dataclass(frozen=True)
class Material:
    """An edition, its notes, the words of the frame, and what follows from them."""

    edition: Edition
    corpus: Corpus
    status: Status
    words: Words
    edited: Edited = UNTOUCHED

    @cached_property
    def notes(self) -> Mapping[str, Note]:
        """Each note under its id."""
        return self.corpus.by_id()

    @cached_property
    def references(self) -> Mapping[str, str]:
        """The id of each note as shown."""
        return references(self.notes)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Each theme's label under its id."""
        return {theme.id: theme.label for theme in self.edition.themes}

    @cached_property
    def theme_of(self) -> Mapping[str, str]:
        """The label of each placed note's theme."""
        return {note_id: theme.label for theme in self.edition.themes for note_id in theme.note_ids}

    @cached_property
    def rooms(self) -> tuple[tuple[str, str, str], ...]:
        """(workshop id, number, title) of each workshop, in programme order."""
        return tuple((key, f"A{rank}", title) for rank, (key, title) in enumerate(self.corpus.workshops, 1))

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """Each workshop's number under its id."""
        return {key: number for key, number, _ in self.rooms}

    @cached_property
    def pairs(self) -> Mapping[str, echoes.Facing]:
        """The obstacle and the lever that face each other in a theme, under the theme's id; no pair, no entry."""
        rarity = echoes.rarities(note.text for note in self.corpus)
        found = {theme.id: echoes.facing(self.of(theme), rarity) for theme in self.edition.themes}
        return {theme_id: pair for theme_id, pair in found.items() if pair}

    @cached_property
    def by_room(self) -> Mapping[str, tuple[Note, ...]]:
        """The notes of each workshop, in the order they came."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.corpus.told():
            found[note.workshop].append(note)
        return {key: tuple(notes) for key, notes in found.items()}

    def of(self, theme: Theme) -> tuple[Note, ...]:
        """Return a theme's notes, most central first."""
        return tuple(self.notes[note_id] for note_id in theme.note_ids)

    def counts(self, notes: Iterable[Note]) -> str:
        """Say how many notes of each kind, in a sentence's order: « 5 leviers, 7 freins »."""
        found = Counter(note.kind for note in notes)
        said = [
            self.words.count(found[kind], self.words.kind_counts.get(kind, ("{n} " + kind,) * 2))
            for kind in kinds_of(found)
        ]
        return ", ".join(said)

    def stretch(self, quote: Quote, limit: int) -> tuple[Note, int, int]:
        """Return what to show of a quote: at most `limit` characters; of a scrap, the start of its note."""
        note = self.notes[quote.note_id]
        start, end = quote.start, quote.end
        if end - start < SCRAP < len(note.text):
            start, end = 0, len(note.text)
        return note, start, start + clipped(note.text[start:end], limit)

    def quotation(
        self, note: Note, start: int, end: int, *, mark: str = "", under: bool = False, within: bool = False
    ) -> Quotation:
        """Quote a stretch of a note.

        `under` the heading of its kind, the kind is not said again; `within` its workshop's, nor is the workshop.
        """
        titles = self.corpus.workshop_titles()
        return Quotation(
            note_id=note.id,
            reference=self.references[note.id],
            text=note.text[start:end],
            workshop=titles.get(note.workshop, ""),
            room=self.numbers.get(note.workshop, ""),
            kind=note.kind,
            kind_word="" if under and titles.get(note.workshop) else self.words.singular(note.kind),
            mark=mark,
            partial=(start, end) != (0, len(note.text)),
            within=within,
        )

    def cite(self, notes: Iterable[Note]) -> str:
        """Name notes by their references."""
        return ", ".join(self.references[note.id] for note in notes)

    def named(self, lead: str, notes: Iterable[Note]) -> References:
        """Name notes by their references, workshop by workshop in the order of the programme; many are counted."""
        found: dict[str, list[Cited]] = defaultdict(list)
        listed = list(notes)
        for note in listed[:NAMED]:
            found[note.workshop].append(Cited(note_id=note.id, reference=self.references[note.id]))
        order = [key for key, _, _ in self.rooms if key in found] + [key for key in found if key not in self.numbers]
        rooms = tuple((self.numbers.get(key, ""), tuple(found[key])) for key in order)
        beyond = len(listed) - NAMED
        more = self.words.count(beyond, self.words.reading.more_notes) if beyond > 0 else ""
        return References(lead=lead, rooms=rooms, more=more)


def kinds_of(found: Iterable[str]) -> list[str]:
    """Order the kinds that were found: the three of every gathering, the gathering's own, then none."""
    present = set(found)
    own = sorted(present - {*KINDS, ""})
    return [kind for kind in (*KINDS, *own, "") if kind in present]


def references(ids: Iterable[str]) -> dict[str, str]:
    """Return how each id is shown: as it is when short, else by the shortest ending that tells the long ones apart.

    >>> references(["d12", "018f-aaaa-bbbb-00c1a7", "018f-aaaa-bbbb-00c1b8"])["018f-aaaa-bbbb-00c1b8"]
    '00c1b8'
    """
    known = list(ids)
    long = [key for key in known if len(key) > SHORT]
    taken = set(known) - set(long)
    for length in range(6, max((len(key) for key in long), default=0) + 1):
        ends = {key[-length:] for key in long}
        if len(ends) == len(long) and not ends & taken:
            return {key: key if len(key) <= SHORT else key[-length:] for key in known}
    return {key: key for key in known}


def clipped(text: str, limit: int) -> int:
    """Return where to stop a quotation of at most `limit` characters: after a sentence if one ends late enough."""
    if len(text) <= limit:
        return len(text)
    ends = [
        place + 1
        for place in range(limit // 2, limit)
        if text[place] in ".!?…" and text[place + 1 : place + 2].isspace()
    ]
    if ends:
        return ends[-1]
    spaces = [place for place in range(limit // 2, limit) if text[place].isspace()]
    return spaces[-1] if spaces else limit
