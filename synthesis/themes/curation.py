"""Turns what people decided into what must hold of any run: which notes are together, and what themes are called.

Pure. Decisions are replayed in the journal's order over every proposal, so that neither a re-run nor a late note
undoes one. They are always replayed over the machine's own places: taking one back brings back what was there before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from synthesis.decisions import Decided
from synthesis.theme_decisions import (
    TRAY,
    NoteMoved,
    NotePinned,
    NotesKeptApart,
    ThemeDecisionWithdrawn,
    ThemeFounded,
    ThemeHidden,
    ThemeRenamed,
    ThemesHeld,
    ThemesKeptApart,
    ThemesMerged,
    ThemesOrdered,
    ThemeSplit,
    ThemeUnhidden,
    ThemeValidated,
)
from synthesis.themes.identity import derive


@dataclass(frozen=True, slots=True)
class Name:
    """A label a person gave, who, and where the journal holds it."""

    label: str
    by: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person put a note, "" for the tray, and where the journal holds it."""

    theme_id: str
    position: int


@dataclass(slots=True)
class Wishes:
    """What people want of themes, whatever the machine proposes."""

    groups: dict[str, list[str]] = field(default_factory=dict)
    """Themes that are one, under the id they are merged into, which comes first; the others in order of merging."""
    root: dict[str, str] = field(default_factory=dict)
    """For each id that some decision names, the id it is merged into (itself when it is not)."""
    names: dict[str, Name] = field(default_factory=dict)
    """The last label given to each root."""
    places: dict[str, Place] = field(default_factory=dict)
    """The last place given to each note."""
    born: set[str] = field(default_factory=set)
    """Themes that people made, those taken back included: no such id is ever given again."""
    founded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The notes that each of them was made of, in the order in which they were made."""
    out_of_sight: dict[str, str] = field(default_factory=dict)
    """Roots that are hidden, and by whom."""
    order: tuple[str, ...] = ()
    apart: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Notes that are not to be together, with the position that says so."""
    themes_apart: list[tuple[str, ...]] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    """Themes that people want as they are, or gave a place, a note, a companion to avoid."""

    @property
    def known(self) -> frozenset[str]:
        """Every id that a decision names: none of them may be given to another theme."""
        return frozenset(self.root) | self.born

    def found(self, theme_id: str) -> str:
        """Return the root of a theme, which is known from now on."""
        if theme_id not in self.root:
            self.root[theme_id] = theme_id
            self.groups[theme_id] = [theme_id]
        return self.root[theme_id]

    def standing(self, theme_id: str, present: Collection[str]) -> str:
        """Return the id under which a theme's notes stand, among the themes that are present."""
        root = self.root.get(theme_id, theme_id)
        return next((member for member in self.groups.get(root, (root,)) if member in present), theme_id)

    def name(self, theme_id: str) -> Name | None:
        """Return the label a person gave to this theme or to the group it stands in."""
        return self.names.get(self.root.get(theme_id, theme_id))

    def touched(self, theme_id: str) -> bool:
        """Say whether a person decided anything that makes this theme what it is."""
        root = self.root.get(theme_id, theme_id)
        group = self.groups.get(root, [root])
        if root in self.names or len(group) > 1 or root in self.out_of_sight:
            return True
        return any(member in self.held or member in self.born for member in group)

    def hidden(self, theme_id: str) -> bool:
        """Say whether a person took this theme out of sight."""
        return self.root.get(theme_id, theme_id) in self.out_of_sight

    def rank(self, theme_id: str) -> int:
        """Return the place a person gave this theme among the others, from 1; 0 when nobody did."""
        roots = list(dict.fromkeys(self.root.get(one, one) for one in self.order))
        root = self.root.get(theme_id, theme_id)
        return roots.index(root) + 1 if root in roots else 0

    def are_apart(self, one: str, other: str) -> bool:
        """Say whether a person said that these two themes are not one."""
        pair = {self.root.get(one, one), self.root.get(other, other)}
        return any(len(pair & {self.root.get(t, t) for t in themes}) > 1 for themes in self.themes_apart)


def standing(decisions: Iterable[Decided]) -> tuple[Decided, ...]:
    """Return the decisions that nobody took back, in the journal's order; a withdrawal may itself be withdrawn."""
    void: set[int] = set()
    kept: list[Decided] = []
    for decided in sorted(decisions, key=lambda one: -one.position):
        if decided.position in void:
            continue
        if isinstance(decided.act, ThemeDecisionWithdrawn):
            if decided.act.position < decided.position:
                void.add(decided.act.position)
        else:
            kept.append(decided)
    return tuple(reversed(kept))


def newborns(decisions: Iterable[Decided]) -> dict[int, str]:
    """Return the id of each theme that people made, under the position of the act that made it.

    It is derived from the act's own content; the same act done again makes another theme, so that no id is used twice.
    """
    ids: dict[int, str] = {}
    for decided in sorted(decisions, key=lambda one: one.position):
        act = decided.act
        if isinstance(act, ThemeSplit | ThemeFounded):
            origin = act.theme_id if isinstance(act, ThemeSplit) else TRAY
            founding = "\n".join(["people", origin, *sorted(set(act.note_ids))])
            ids[decided.position] = derive("t", founding, set(ids.values()))
    return ids


def wish(decisions: Iterable[Decided]) -> Wishes:
    """Replay decisions in their order, those that were taken back left out.

    A rename of a theme already merged names what it was merged into. A merge into a theme itself merged goes where
    that one went; the label of the theme that receives is kept. The last place given to a note is its place.
    """
    given = tuple(decisions)
    ids = newborns(given)
    founded = {ids[one.position]: one.act.note_ids for one in given if isinstance(one.act, ThemeSplit | ThemeFounded)}
    wishes = Wishes(born=set(ids.values()), founded={newborn: founded[newborn] for newborn in ids.values()})
    for decided in standing(given):
        _replay(wishes, decided, ids.get(decided.position, ""))
    return wishes


def _replay(wishes: Wishes, decided: Decided, newborn: str) -> None:
    position = decided.position
    match decided.act:
        case ThemeRenamed(theme_id=theme_id, label=label) | ThemeValidated(theme_id=theme_id, label=label):
            _call(wishes, wishes.found(theme_id), Name(label.strip(), decided.by, position))
        case ThemesMerged(into=into, theme_ids=theme_ids):
            receiver = wishes.found(into)
            for given in map(wishes.found, theme_ids):
                if given != receiver:
                    _join(wishes, given, receiver)
        case ThemeSplit(note_ids=note_ids, label=label) | ThemeFounded(note_ids=note_ids, label=label):
            root = wishes.found(newborn)
            _put(wishes, note_ids, root, position)
            if label.strip():
                _call(wishes, root, Name(label.strip(), decided.by, position))
        case NoteMoved(note_id=note_id, theme_id=theme_id) | NotePinned(note_id=note_id, theme_id=theme_id):
            _put(wishes, (note_id,), theme_id, position)
        case NotesKeptApart(note_ids=note_ids):
            wishes.apart.append((position, tuple(dict.fromkeys(note_ids))))
        case _:
            _replay_display(wishes, decided)


def _replay_display(wishes: Wishes, decided: Decided) -> None:
    """Replay what says how themes are shown, and which are to stay as they are."""
    match decided.act:
        case ThemesKeptApart(theme_ids=theme_ids):
            wishes.themes_apart.append(theme_ids)
            wishes.held |= {wishes.found(theme_id) for theme_id in theme_ids}
        case ThemeHidden(theme_id=theme_id):
            wishes.out_of_sight[wishes.found(theme_id)] = decided.by
        case ThemeUnhidden(theme_id=theme_id):
            wishes.out_of_sight.pop(wishes.found(theme_id), None)
        case ThemesOrdered(theme_ids=theme_ids):
            wishes.order = theme_ids
            wishes.held |= {wishes.found(theme_id) for theme_id in theme_ids}
        case ThemesHeld(theme_ids=theme_ids):
            wishes.held |= {wishes.found(theme_id) for theme_id in theme_ids}
        case _:
            return


def _call(wishes: Wishes, root: str, name: Name) -> None:
    if name.label:
        wishes.names[root] = name
    else:
        wishes.names.pop(root, None)


def _put(wishes: Wishes, note_ids: Iterable[str], theme_id: str, position: int) -> None:
    if theme_id != TRAY:
        wishes.found(theme_id)
        wishes.held.add(theme_id)
    for note_id in note_ids:
        wishes.places[note_id] = Place(theme_id, position)


def _join(wishes: Wishes, given: str, receiver: str) -> None:
    for member in wishes.groups[given]:
        wishes.root[member] = receiver
    wishes.groups[receiver] += wishes.groups.pop(given)
    wishes.names.pop(given, None)
    wishes.out_of_sight.pop(given, None)


def unite(
    members: Mapping[str, Sequence[str]], wishes: Wishes, shown: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Apply the merges to themes given by their notes; every note stays, under the id its theme stands under.

    Args:
        members: the notes of each theme.
        wishes: what people decided.
        shown: themes that people see, even if their own notes are gone: a merge into one of them keeps its id.
    """
    present = {*members, *shown, *(one.theme_id for one in wishes.places.values())}
    united: dict[str, list[str]] = {}
    for theme_id in sorted(members):
        united.setdefault(wishes.standing(theme_id, present), []).extend(members[theme_id])
    return {theme_id: tuple(notes) for theme_id, notes in united.items()}


def curate(
    members: Mapping[str, Sequence[str]], wishes: Wishes, notes: Sequence[str], shown: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Apply every decision to the machine's own themes: merges, then places, then « pas ensemble ».

    Args:
        members: the machine's themes, by their notes; a note in none waits in the tray.
        wishes: what people decided.
        notes: every note there is, in order.
        shown: see `unite`.

    Returns:
        The notes of each theme that holds any; a note of `notes` that is in none waits in the tray.
    """
    here = frozenset(notes)
    placed = {note: place for note, place in wishes.places.items() if note in here}
    present = {*members, *shown, *(place.theme_id for place in wishes.places.values())}
    themes = {
        theme_id: [note for note in kept if note not in placed]
        for theme_id, kept in unite(members, wishes, shown).items()
    }
    for note in notes:
        if note in placed and placed[note].theme_id != TRAY:
            themes.setdefault(wishes.standing(placed[note].theme_id, present), []).append(note)
    _part(themes, wishes)
    return {theme_id: tuple(kept) for theme_id, kept in themes.items() if kept}


def _part(themes: dict[str, list[str]], wishes: Wishes) -> None:
    """Take out of a theme each note that is not to be with another one of it: the other stays, this one waits.

    Who was placed by hand after « pas ensemble » was said stays; two of them both do, for they were put together
    knowingly.
    """
    home = {note: theme_id for theme_id, notes in themes.items() for note in notes}
    for position, note_ids in wishes.apart:
        later = [n for n in note_ids if n in wishes.places and wishes.places[n].position > position]
        taken = {home[note]: note for note in later if note in home}
        for note in note_ids:
            theme_id = home.get(note)
            if theme_id is None or note in later:
                continue
            if theme_id in taken:
                themes[theme_id].remove(note)
                del home[note]
            else:
                taken[theme_id] = note
