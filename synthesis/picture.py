"""The actor–theme graph as a reader meets it: the picture's data, the table that says the same, and one actor lit.

Pure. Nothing here decides where a node stands: places come from the edition, so that the picture never jumps.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synthesis.groups import GROUPS, group_of
from synthesis.present import Counts, EditionShown, NoteShown, count_kinds
from synthesis.results import Actor, Edition

CLOSE = 6
"""How many actors close by their themes are named, the closest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupShown:
    """A line of the legend."""

    key: str
    label: str
    sign: str
    actors: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeNode:
    """A theme on the map."""

    id: str
    label: str
    notes: int
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorNode:
    """An actor on the map."""

    id: str
    name: str
    acronym: str
    group: str
    people: bool
    notes: int
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkShown:
    """Notes of one theme that cite one actor."""

    actor_id: str
    theme_id: str
    theme: str
    notes: int
    kinds: Counts
    strength: str
    cited: tuple[tuple[str, str], ...] = ()
    """The kind and the workshop of each of its notes: what a filter counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorRow:
    """One line of the table: everything the picture says of an actor."""

    actor: ActorNode
    group: GroupShown
    kinds: Counts
    links: tuple[LinkShown, ...]
    """The most notes first."""
    together: tuple[tuple[str, str, int], ...]
    """(id, name, notes) of the actors cited in the same notes."""
    close: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(id, name, themes of both) of the actors close by their themes: another projection, never mixed in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The graph and its table."""

    groups: tuple[GroupShown, ...]
    themes: tuple[ThemeNode, ...]
    actors: tuple[ActorNode, ...]
    links: tuple[LinkShown, ...]
    rows: tuple[ActorRow, ...]
    """The most cited first."""

    @property
    def shape(self) -> str:
        """A mark of who and what is on the map, whatever the numbers."""
        names = "\n".join([*(actor.id for actor in self.actors), *(theme.id for theme in self.themes)])
        return hashlib.sha256(names.encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lit:
    """One actor in the light: its row, what it is most often cited as, and its notes."""

    row: ActorRow
    theme: LinkShown | None
    """The theme where it is cited most."""
    kind: tuple[str, int] | None
    """The kind most frequent in that theme, when one is."""
    notes: tuple[NoteShown, ...]
    link: LinkShown | None = None
    """The link whose notes these are, when one was chosen; else they are all the actor's."""


def draw(edition: Edition, shown: EditionShown) -> Picture:
    """Present the graph of an edition over the notes as they stand: what no note supports any more is left out."""
    notes = shown.by_id()
    places = {place.id: (place.x, place.y) for place in edition.places}
    spots = {measure.actor_id: (measure.x, measure.y) for measure in edition.measures}
    actors = tuple(
        node for actor in edition.actors if (node := _actor(actor, notes, spots.get(actor.id, (0.0, 0.0)))).notes
    )
    themes = tuple(
        ThemeNode(id=theme.id, label=theme.label, notes=theme.size, x=x, y=y)
        for theme in sorted(shown.themes, key=lambda theme: theme.id)
        for x, y in (places.get(theme.id, (0.0, 0.0)),)
    )
    links = _links(edition, shown, notes, {actor.id for actor in actors})
    groups = _groups(actors)
    return Picture(
        groups=groups,
        themes=themes,
        actors=actors,
        links=links,
        rows=_rows(edition, shown, notes, actors, links, groups),
    )


def light(picture: Picture, edition: Edition, shown: EditionShown, actor_id: str, theme_id: str = "") -> Lit | None:
    """Put one actor in the light, or its link to a theme; None when it is not there."""
    row = next((row for row in picture.rows if row.actor.id == actor_id), None)
    if row is None:
        return None
    notes = shown.by_id()
    link = next((link for link in row.links if link.theme_id == theme_id), None)
    cited = next(actor.note_ids for actor in edition.actors if actor.id == actor_id)
    if link:
        cited = next(one.note_ids for one in edition.links if (one.actor_id, one.theme_id) == (actor_id, theme_id))
    theme = row.links[0] if row.links else None
    counts = sorted(theme.kinds if theme else (), key=lambda item: -item[1])
    clear = counts and counts[0][1] and counts[0][0] and (len(counts) == 1 or counts[0][1] > counts[1][1])
    order = {note.id: place for place, note in enumerate(shown.notes)}
    return Lit(
        row=row,
        theme=theme,
        kind=counts[0] if clear else None,
        link=link,
        notes=tuple(notes[note_id] for note_id in sorted(set(cited) & set(notes), key=lambda one: order[one])),
    )


def _actor(actor: Actor, notes: Mapping[str, NoteShown], spot: tuple[float, float]) -> ActorNode:
    return ActorNode(
        id=actor.id,
        name=actor.name,
        acronym=actor.acronym,
        group=group_of(actor.family).key,
        people=actor.people,
        notes=sum(1 for note_id in actor.note_ids if note_id in notes),
        x=spot[0],
        y=spot[1],
    )


def _links(
    edition: Edition, shown: EditionShown, notes: Mapping[str, NoteShown], actors: set[str]
) -> tuple[LinkShown, ...]:
    labels = {theme.id: theme.label for theme in shown.themes}
    keys = [kind.key for kind in shown.kinds]
    found = []
    for link in edition.links:
        there = [notes[note_id] for note_id in link.note_ids if note_id in notes]
        if there and link.actor_id in actors and link.theme_id in labels:
            found.append(
                LinkShown(
                    actor_id=link.actor_id,
                    theme_id=link.theme_id,
                    theme=labels[link.theme_id],
                    notes=len(there),
                    kinds=count_kinds((note.kind for note in there), keys),
                    strength=link.strength,
                    cited=tuple((note.kind, note.workshop) for note in there),
                )
            )
    return tuple(found)


def _groups(actors: Sequence[ActorNode]) -> tuple[GroupShown, ...]:
    counts = Counter(actor.group for actor in actors)
    return tuple(
        GroupShown(key=group.key, label=group.label, sign=group.sign, actors=counts[group.key])
        for group in GROUPS
        if counts[group.key]
    )


def _rows(
    edition: Edition,
    shown: EditionShown,
    notes: Mapping[str, NoteShown],
    actors: Sequence[ActorNode],
    links: Sequence[LinkShown],
    groups: Sequence[GroupShown],
) -> tuple[ActorRow, ...]:
    cited = {actor.id: actor.note_ids for actor in edition.actors}
    keys = [kind.key for kind in shown.kinds]
    linked: dict[str, list[LinkShown]] = {}
    for link in links:
        linked.setdefault(link.actor_id, []).append(link)
    together = _together(edition, notes, {actor.id: actor.name for actor in actors})
    close = _close(edition, shown, {actor.id: actor.name for actor in actors})
    named = {group.key: group for group in groups}
    rows = [
        ActorRow(
            actor=actor,
            group=named[actor.group],
            kinds=count_kinds((notes[one].kind for one in cited[actor.id] if one in notes), keys),
            links=tuple(sorted(linked.get(actor.id, ()), key=lambda link: (-link.notes, link.theme))),
            together=together.get(actor.id, ()),
            close=close.get(actor.id, ()),
        )
        for actor in actors
    ]
    return tuple(sorted(rows, key=lambda row: (-row.actor.notes, row.actor.name, row.actor.id)))


def _together(
    edition: Edition, notes: Mapping[str, NoteShown], names: Mapping[str, str]
) -> dict[str, tuple[tuple[str, str, int], ...]]:
    found: dict[str, list[tuple[str, str, int]]] = {}
    for pair in edition.cooperations:
        count = sum(1 for note_id in pair.note_ids if note_id in notes)
        first, second = pair.actor_ids
        if count and first in names and second in names:
            found.setdefault(first, []).append((second, names[second], count))
            found.setdefault(second, []).append((first, names[first], count))
    return {actor_id: tuple(sorted(pairs, key=lambda pair: (-pair[2], pair[1]))) for actor_id, pairs in found.items()}


def _close(
    edition: Edition, shown: EditionShown, names: Mapping[str, str]
) -> dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
    labels = {theme.id: theme.label for theme in shown.themes}
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for pair in edition.affinities:
        themes = tuple(labels[theme_id] for theme_id in pair.theme_ids if theme_id in labels)
        first, second = pair.actor_ids
        if themes and first in names and second in names:
            found.setdefault(first, []).append((second, names[second], themes))
            found.setdefault(second, []).append((first, names[first], themes))
    return {actor_id: tuple(pairs[:CLOSE]) for actor_id, pairs in found.items()}
