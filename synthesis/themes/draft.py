"""Themes before they are described: the machine's own, what people decided over them, and what they were called.

Pure. The machine's places and the people's are kept apart to the end, so that a decision can always be taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from synthesis.corpus import Corpus
from synthesis.results import Membership, Theme
from synthesis.themes.curation import Wishes, curate
from synthesis.themes.labels import Naming


@dataclass(frozen=True, slots=True)
class Draft:
    """Themes by their notes, how sure each place is, and what they were called before."""

    members: Mapping[str, Sequence[str]]
    """What is displayed: every decision applied."""
    confidence: Mapping[str, float]
    before: Mapping[str, Theme]
    own: Mapping[str, Sequence[str]]
    """The machine's themes, before any decision."""
    placed: frozenset[str] = frozenset()
    """Notes that a person put where they are."""
    sure: Mapping[str, float] = field(default_factory=dict)
    """How sure the machine is of its own places, before any decision."""
    names: Mapping[str, Naming] = field(default_factory=dict)
    """The name that the machine gave to each theme it knows, displayed or not."""

    def homes(self) -> dict[str, str]:
        """Return the theme that each note is displayed in."""
        return {note: theme_id for theme_id, notes in self.members.items() for note in notes}

    def memberships(self, corpus: Corpus) -> tuple[Membership, ...]:
        """Return each note's place, and the machine's with how sure it is where that is another."""
        homes = self.homes()
        proposed = {note: theme_id for theme_id, notes in self.own.items() for note in notes}
        shown = {note.id: self.confidence[note.id] if note.id in homes else 0.0 for note in corpus}
        return tuple(
            Membership(
                note_id=note.id,
                theme_id=homes.get(note.id, ""),
                confidence=shown[note.id],
                proposed=own if (own := proposed.get(note.id, "")) != homes.get(note.id, "") else None,
                placed=note.id in self.placed,
                sure=sure if (sure := self.sure.get(note.id, 0.0)) != shown[note.id] else None,
            )
            for note in corpus
        )

    def aside(self, given: Mapping[str, Naming], themes: Iterable[Theme]) -> tuple[Theme, ...]:
        """Return the themes whose name is not read: no displayed one stands for them, or its notes no longer say it.

        Args:
            given: the name that the machine gave to each theme.
            themes: those displayed.
        """
        read = {theme.id: theme.proposed_label for theme in themes}
        return tuple(
            Theme(
                id=theme_id,
                label=naming.label,
                proposed_label=naming.label,
                subtitle=naming.subtitle,
                keywords=naming.keywords,
                note_ids=tuple(sorted(self.own.get(theme_id, ()))),
            )
            for theme_id, naming in sorted(given.items())
            if read.get(theme_id) != naming.label
        )


def drafted(
    own: Mapping[str, Sequence[str]],
    corpus: Corpus,
    wishes: Wishes,
    *,
    confidence: Mapping[str, float],
    before: Mapping[str, Theme],
    names: Mapping[str, Naming] | None = None,
    shown: Collection[str] = (),
) -> Draft:
    """Apply what people decided to the machine's own themes; where a person put a note, it is sure."""
    members = curate(own, wishes, [note.id for note in corpus], shown)
    home = {note for notes in members.values() for note in notes}
    placed = frozenset(note for note in wishes.places if note in home)
    sure = {note.id: 1.0 if note.id in placed else confidence.get(note.id, 0.0) for note in corpus}
    return Draft(members, sure, before, own, placed, confidence, names or {})


def obeyed(themes: Iterable[Theme], wishes: Wishes) -> tuple[Theme, ...]:
    """Write on each theme what people said of it: since when it has its name, whether it is hidden, its rank."""
    return tuple(
        replace(
            theme,
            named_at=name.position if (name := wishes.name(theme.id)) else 0,
            hidden=wishes.hidden(theme.id),
            rank=wishes.rank(theme.id),
        )
        for theme in themes
    )
