"""How an edition looks to a reader: the values that the pages print and the JSON doors send.

Pure. An edition holds spans and note ids; the words come from the notes as they stand now. A note removed since is
nowhere, a note written since waits « à classer », and every number is a count of the notes that are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from capture.state import NoteState
from synthesis.reach import reach
from synthesis.results import Edition, Family, Quote, Theme
from synthesis.shown import Cited, FamilyShown, KindShown, NoteShown, QuoteShown, Rows

__all__ = [
    "Cited",
    "EditionShown",
    "FamilyShown",
    "KindShown",
    "NoteShown",
    "QuoteShown",
    "Rows",
    "ThemeShown",
    "show",
]

Counts = tuple[tuple[str, int], ...]

UNSURE = 0.5
"""Below this confidence a note's place is shown as unsure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeShown:
    """A theme with what can be counted of it."""

    id: str
    label: str
    proposed_label: str
    named_by: str
    subtitle: str
    family: str
    note_ids: tuple[str, ...]
    kinds: Counts
    """Every kind of the gathering with its count, zero included; others after, "" last."""
    workshops: Counts
    """(key, count), largest first, then in programme order."""
    rapporteurs: int
    fragile: bool
    quotes: tuple[QuoteShown, ...]
    actors: tuple[Cited, ...]
    named_at: int = 0
    """The journal position at which a person named it."""
    hidden: bool = False
    rank: int = 0
    """The place a person gave it, from 1; 0 when nobody did."""
    cohesion: float = 0.0
    """How near its notes are to what they share, 0 to 1."""
    confidence: float = 0.0
    """How far the looks agree that its notes belong here, 0 to 1."""
    unsure: int = 0
    """Notes of it whose place is little agreed upon."""

    @property
    def size(self) -> int:
        """How many notes it holds."""
        return len(self.note_ids)


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionShown:
    """An edition over the notes as they stand."""

    number: int
    """0 before any edition."""
    position: int
    """The journal position whose notes the themes were read from."""
    made_at: int
    title: str
    grouped: bool
    """True when there are too few notes for themes, so that they are grouped by workshop and kind."""
    remarks: tuple[str, ...]
    kinds: tuple[KindShown, ...]
    workshops: tuple[tuple[str, str, int], ...]
    """(key, title, notes) in programme order, silent ones included."""
    themes: tuple[ThemeShown, ...]
    """Those that a person ordered, then the most transversal first: by `reach`, then by workshops, then by notes."""
    families: tuple[FamilyShown, ...]
    tray: tuple[str, ...]
    """Notes to be placed, the oldest first."""
    notes: tuple[NoteShown, ...]
    """In the order they were written."""
    hidden: tuple[ThemeShown, ...] = ()
    """Themes that a person took out of sight, in the same order: they are in no list, and are said to be there."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Each workshop's title under its key."""

    @property
    def silent(self) -> tuple[str, ...]:
        """Titles of the workshops that have no note yet."""
        return tuple(title for _, title, notes in self.workshops if not notes)

    @property
    def spoken(self) -> int:
        """How many workshops have at least one note."""
        return sum(1 for _, _, notes in self.workshops if notes)

    def kind_label(self, key: str) -> str:
        """Return the word of a kind; a kind the gathering does not know is said as it was written."""
        return next((kind.label for kind in self.kinds if kind.key == key), key)

    def by_id(self) -> dict[str, NoteShown]:
        """Each note under its id."""
        return {note.id: note for note in self.notes}

    def theme(self, theme_id: str) -> ThemeShown | None:
        """Return a theme by its id, if it is there."""
        return next((theme for theme in (*self.themes, *self.hidden) if theme.id == theme_id), None)


def show(edition: Edition, rows: Rows, *, number: int, made_at: int) -> EditionShown:
    """Present an edition over the notes as they stand."""
    states = {state.id: state for state in rows.notes}
    confidence = {one.note_id: one.confidence for one in edition.memberships}
    by_hand = {one.note_id for one in edition.memberships if one.placed}
    placed = {note_id: theme.id for theme in edition.themes for note_id in theme.note_ids}
    workshops = _workshops(rows)
    shelf = _Shelf(
        states=states,
        position=edition.position,
        kinds=tuple(kind.key for kind in rows.kinds),
        order={key: place for place, (key, _, _) in enumerate(workshops)},
        cited=_cited(edition, states),
        unsure=frozenset(note_id for note_id, sure in confidence.items() if sure < UNSURE),
    )
    themes = _sorted(shown for theme in edition.themes if (shown := _theme(theme, shelf)).size)
    return EditionShown(
        number=number,
        position=edition.position,
        made_at=made_at,
        title=rows.title,
        grouped=edition.method == "grouped",
        remarks=edition.remarks,
        kinds=rows.kinds,
        workshops=workshops,
        themes=tuple(theme for theme in themes if not theme.hidden),
        hidden=tuple(theme for theme in themes if theme.hidden),
        families=_families(edition.families, {theme.id for theme in themes if not theme.hidden}),
        tray=tuple(state.id for state in rows.notes if state.id not in placed),
        notes=tuple(
            note(
                state,
                theme_id=placed.get(state.id, ""),
                sure=confidence.get(state.id, 0.0) >= UNSURE,
                placed=state.id in by_hand,
            )
            for state in rows.notes
        ),
        titles={key: title for key, title, _ in workshops},
    )


def _sorted(themes: Iterable[ThemeShown]) -> list[ThemeShown]:
    """Put first what a person put first, then what is heard in the most workshops."""
    found = list(themes)
    last = len(found) + 1
    return sorted(
        found,
        key=lambda one: (one.rank or last, -reach(one.workshops), -len(one.workshops), -one.size, one.id),
    )


def note(state: NoteState, *, theme_id: str = "", sure: bool = True, placed: bool = False) -> NoteShown:
    """Present one note without its author."""
    return NoteShown(
        id=state.id,
        text=state.wording.text,
        kind=state.wording.kind,
        workshop=state.session,
        at=state.at,
        theme_id=theme_id,
        sure=sure,
        placed=placed,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shelf:
    """What presenting one theme needs of the whole."""

    states: Mapping[str, NoteState]
    position: int
    kinds: tuple[str, ...]
    order: Mapping[str, int]
    cited: Mapping[str, tuple[Cited, ...]]
    unsure: frozenset[str]


def _theme(theme: Theme, shelf: _Shelf) -> ThemeShown:
    states = [shelf.states[note_id] for note_id in theme.note_ids if note_id in shelf.states]
    workshops = Counter(state.session for state in states)
    return ThemeShown(
        id=theme.id,
        label=theme.label,
        proposed_label=theme.proposed_label,
        named_by=theme.named_by,
        subtitle=theme.subtitle,
        family=theme.family,
        note_ids=tuple(state.id for state in states),
        kinds=count_kinds((state.wording.kind for state in states), shelf.kinds),
        workshops=tuple(sorted(workshops.items(), key=lambda item: (-item[1], shelf.order.get(item[0], 0)))),
        rapporteurs=len({state.author for state in states}),
        fragile=theme.fragile,
        quotes=tuple(_quote(quote, shelf) for quote in theme.quotes if quote.note_id in shelf.states),
        actors=shelf.cited.get(theme.id, ()),
        named_at=theme.named_at,
        hidden=theme.hidden,
        rank=theme.rank,
        cohesion=theme.cohesion,
        confidence=theme.confidence,
        unsure=sum(1 for state in states if state.id in shelf.unsure),
    )


def _quote(quote: Quote, shelf: _Shelf) -> QuoteShown:
    """Cut a quote out of its note; a note reworded since the edition is quoted whole, never at stale offsets."""
    state = shelf.states[quote.note_id]
    text = state.wording.text
    if state.wording.revision <= shelf.position:
        text = text[quote.start : quote.end]
    return QuoteShown(
        note_id=quote.note_id, text=text, kind=state.wording.kind, workshop=state.session, role=quote.role
    )


def count_kinds(found: Iterable[str], known: Sequence[str]) -> Counts:
    """Count kinds: the known ones in their order, zero included, then others by name, "" last."""
    counts = Counter(found)
    others = sorted((key for key in counts if key not in known), key=lambda key: (key == "", key))
    return tuple((key, counts[key]) for key in (*known, *others))


def _workshops(rows: Rows) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(state.session for state in rows.notes)
    known = {key for key, _ in rows.workshops}
    extra = sorted((key, key) for key in counts if key not in known)
    return tuple((key, title, counts[key]) for key, title in (*rows.workshops, *extra))


def _families(families: Sequence[Family], present: set[str]) -> tuple[FamilyShown, ...]:
    kept = [
        FamilyShown(
            id=family.id,
            label=family.label,
            theme_ids=tuple(theme_id for theme_id in family.theme_ids if theme_id in present),
        )
        for family in families
    ]
    return tuple(family for family in kept if family.theme_ids)


def _cited(edition: Edition, states: Mapping[str, NoteState]) -> dict[str, tuple[Cited, ...]]:
    """Return, for each theme, the actors its notes cite, the most cited first."""
    names = {actor.id: actor.name for actor in edition.actors}
    found: dict[str, list[Cited]] = {}
    for link in edition.links:
        notes = sum(1 for note_id in link.note_ids if note_id in states)
        if notes and link.actor_id in names:
            found.setdefault(link.theme_id, []).append(Cited(id=link.actor_id, name=names[link.actor_id], notes=notes))
    return {
        theme_id: tuple(sorted(cited, key=lambda one: (-one.notes, one.name, one.id)))
        for theme_id, cited in found.items()
    }
