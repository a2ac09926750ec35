"""Says what the machine calls each theme: the name it was given once, as long as the notes that are shown say it.

Pure. A theme is named over the machine's own themes, and one that people made over the notes they made it of: which
other decisions came before changes no name, and two sittings end with the names of one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from synthesis.results import Edition, Theme
from synthesis.themes.curation import Wishes
from synthesis.themes.draft import Draft
from synthesis.themes.identity import overlap
from synthesis.themes.labels import WORDLESS, Naming, alike, name_all, straightened
from synthesis.themes.portrait import Gallery
from synthesis.themes.vectors import Encoders

ALIKE = 0.5
"""Overlap with the machine's own theme from which a displayed one keeps its name and its distinguishing words."""


NUMBERED = re.compile(r" \(\d+\)$")


@dataclass(frozen=True, slots=True)
class Titles:
    """What the machine calls themes."""

    shown: Mapping[str, Naming]
    """Each displayed theme."""
    given: Mapping[str, Naming]
    """Each theme the machine ever named, by the name it gave: it comes back with the notes that say it."""


class _Namer:
    """Names groups of notes among the machine's own themes, and says which names still hold."""

    def __init__(
        self, draft: Draft, gallery: Gallery, encoders: Encoders, wishes: Wishes, same: Collection[str]
    ) -> None:
        self.draft, self.gallery, self.encoders, self.wishes = draft, gallery, encoders, wishes
        self.same = {key: draft.before[key] for key in same}
        self.row = gallery.rows()

    @cached_property
    def everything(self) -> str:
        return text_of(self.gallery, range(len(self.row)))

    def shown_as(self, theme_id: str, naming: Naming) -> bool:
        """Say whether the notes that a theme shows say this name."""
        if theme_id in self.same and self.same[theme_id].proposed_label == naming.label:
            return True
        rows = [self.row[note] for note in self.draft.members.get(theme_id, ())]
        return says(text_of(self.gallery, rows), naming)

    def holds(self, theme_id: str, naming: Naming) -> bool:
        """Say whether a displayed theme is still what its name was given to, and its notes still say it."""
        own = self.draft.own.get(theme_id)
        if own is not None and not self.wishes.touched(theme_id):
            return overlap(own, self.draft.members[theme_id]) >= ALIKE and self.shown_as(theme_id, naming)
        return self.shown_as(theme_id, naming)

    def groups(self, without: Collection[str] = ()) -> dict[str, list[int]]:
        """Return the rows of the machine's own themes, largest first, some notes left out."""
        out = frozenset(without)
        kept = {key: [self.row[note] for note in notes if note not in out] for key, notes in self.draft.own.items()}
        order = sorted((key for key in kept if kept[key]), key=lambda key: (-len(kept[key]), key))
        return {key: self.gallery.by_centrality(kept[key]) for key in order}

    def name(self, note_ids: Sequence[str], reserved: Collection[str]) -> Naming:
        """Name one group that is not the machine's own, as if its notes had been taken out of those."""
        others = list(self.groups(without=note_ids).values())
        group = self.gallery.by_centrality([self.row[note] for note in note_ids])
        skip = range(len(others))
        return name_all([*others, group], self.gallery.readings, self.encoders, reserved=reserved, skip=skip)[-1]


def naming_of(theme: Theme) -> Naming:
    """Return what the machine called a theme."""
    return Naming(theme.proposed_label, theme.keywords)


def given_names(edition: Edition | None) -> dict[str, Naming]:
    """Return the name that the machine gave to each theme of an edition, which may not be the one that is read."""
    return {theme.id: naming_of(theme) for theme in (*edition.themes, *edition.aside)} if edition else {}


def text_of(gallery: Gallery, rows: Iterable[int]) -> str:
    """Return what some notes say, one after the other."""
    return "\n".join(gallery.readings[row].text for row in rows)


def says(text: str, naming: Naming) -> bool:
    """Say whether a name, but for a number that sets it apart, and its distinguishing words all occur in a text."""
    label = NUMBERED.sub("", naming.label)
    if label != WORDLESS and straightened(label).casefold() not in straightened(text).casefold():
        return False
    return all(word in text for word in naming.keywords)


def entitle(draft: Draft, gallery: Gallery, encoders: Encoders, wishes: Wishes, same: Collection[str]) -> Titles:
    """Name every theme.

    Args:
        draft: the themes by their notes, and the names they had.
        gallery: the notes.
        encoders: to prefer the phrase whose meaning is nearest.
        wishes: what people decided.
        same: displayed themes whose notes have not changed since they were described.
    """
    namer = _Namer(draft, gallery, encoders, wishes, same)
    people = {theme_id: name.label for theme_id in draft.members if (name := wishes.name(theme_id))}
    given = _given(namer, list(people.values()))
    shown = {
        theme_id: naming
        for theme_id in draft.members
        if (naming := given.get(theme_id))
        and not any(alike(naming.label, label) for other, label in people.items() if other != theme_id)
        and namer.holds(theme_id, naming)
    }
    reserved = [*(naming.label for naming in given.values()), *people.values()]
    for theme_id in sorted(set(draft.members) - set(shown), key=lambda one: (-len(draft.members[one]), one)):
        before = namer.same.get(theme_id)
        if before is None or any(alike(before.proposed_label, label) for label in reserved):
            shown[theme_id] = namer.name(draft.members[theme_id], reserved)
        else:
            shown[theme_id] = naming_of(before)
        reserved.append(shown[theme_id].label)
    return Titles(shown, given)


def _given(namer: _Namer, people: Sequence[str]) -> dict[str, Naming]:
    """Return the name given to each theme of the machine, then of people in the order in which they made them.

    What no note says any more is forgotten.
    """
    founded = namer.wishes.founded
    known = {*namer.draft.own, *namer.draft.members, *founded}
    given = {
        theme_id: naming
        for theme_id, naming in namer.draft.names.items()
        if theme_id in known and (namer.shown_as(theme_id, naming) or says(namer.everything, naming))
    }
    if any(key not in given and key not in founded for key in namer.draft.own):
        groups = namer.groups()
        named = [index for index, key in enumerate(groups) if key in given or key in founded]
        taken = [*(naming.label for naming in given.values()), *people]
        fresh = name_all(list(groups.values()), namer.gallery.readings, namer.encoders, reserved=taken, skip=named)
        given |= {key: fresh[index] for index, key in enumerate(groups) if index not in named}
    for theme_id, notes in founded.items():
        here = [note for note in notes if note in namer.row]
        if here and theme_id not in given:
            given[theme_id] = namer.name(here, [naming.label for naming in given.values()])
    return given
