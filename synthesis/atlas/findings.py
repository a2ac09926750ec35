"""What the graph says beyond its picture: leads to explore, who joins others, who is not there; each with its notes.

Pure. Nothing is concluded: a lead is phrased as a question, an absence as a fact about the notes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from synthesis.present import EditionShown, NoteShown
    from synthesis.results import Actor, Edition
    from synthesis.standing import Absent

LEADS = 12
CIRCLE = 3
"""Actors under which a community is only a pair."""
THEMES = 3
"""Themes named beside a community."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeadShown:
    """Two actors never cited together: levers of one, obstacles of the other, in one theme."""

    giver_id: str
    giver: str
    seeker_id: str
    seeker: str
    theme_id: str
    theme: str
    levers: tuple[NoteShown, ...]
    obstacles: tuple[NoteShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BridgeShown:
    """An actor between themes that others keep to."""

    id: str
    name: str
    themes: int
    notes: int
    stability: int
    """In how many resamples of a hundred it stays among the first."""
    betweenness: tuple[int, int, int]
    """In hundredths: as measured, low, high; so are the two below."""
    participation: tuple[int, int, int]
    constraint: tuple[int, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class CommunityShown:
    """Actors that share their themes more than chance would have it."""

    number: int
    actors: tuple[tuple[str, str], ...]
    """(id, name), the most cited first."""
    themes: tuple[str, ...]
    """The themes that cite them most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """Everything that stands under the picture."""

    leads: tuple[LeadShown, ...]
    bridges: tuple[BridgeShown, ...]
    communities: tuple[CommunityShown, ...]
    """Those of three actors and more, the largest first."""
    families: tuple[Absent, ...]
    """Families that the programme names and no note does."""
    listed: tuple[Absent, ...]


def find(edition: Edition, shown: EditionShown) -> Findings:
    """Present what an edition found over the notes as they stand."""
    names = {actor.id: actor.name for actor in edition.actors}
    notes = shown.by_id()
    return Findings(
        leads=tuple(_leads(edition, shown, notes, names))[:LEADS],
        bridges=tuple(_bridges(edition, names)),
        communities=tuple(_communities(edition, shown, notes)),
        families=tuple(one for one in edition.absent if one.source == "programme"),
        listed=tuple(one for one in edition.absent if one.source == "listed"),
    )


def _leads(
    edition: Edition, shown: EditionShown, notes: Mapping[str, NoteShown], names: Mapping[str, str]
) -> Iterator[LeadShown]:
    labels = {theme.id: theme.label for theme in shown.themes}
    for one in edition.complements:
        levers, obstacles = _there(one.levers, notes), _there(one.obstacles, notes)
        if levers and obstacles and one.theme_id in labels and {one.giver_id, one.seeker_id} <= set(names):
            yield LeadShown(
                giver_id=one.giver_id,
                giver=names[one.giver_id],
                seeker_id=one.seeker_id,
                seeker=names[one.seeker_id],
                theme_id=one.theme_id,
                theme=labels[one.theme_id],
                levers=levers,
                obstacles=obstacles,
            )


def _there(note_ids: Sequence[str], notes: Mapping[str, NoteShown]) -> tuple[NoteShown, ...]:
    return tuple(notes[note_id] for note_id in note_ids if note_id in notes)


def _bridges(edition: Edition, names: Mapping[str, str]) -> Iterator[BridgeShown]:
    measures = {measure.actor_id: measure for measure in edition.measures}
    for bridge in edition.bridges:
        if bridge.actor_id in names and bridge.actor_id in measures:
            yield BridgeShown(
                id=bridge.actor_id,
                name=names[bridge.actor_id],
                themes=measures[bridge.actor_id].themes,
                notes=measures[bridge.actor_id].notes,
                stability=round(100 * bridge.stability),
                betweenness=_hundredths(bridge.betweenness),
                participation=_hundredths(bridge.participation),
                constraint=_hundredths(bridge.constraint),
            )


def _hundredths(parts: tuple[float, float, float]) -> tuple[int, int, int]:
    value, low, high = parts
    return round(100 * value), round(100 * low), round(100 * high)


def _communities(edition: Edition, shown: EditionShown, notes: Mapping[str, NoteShown]) -> Iterator[CommunityShown]:
    numbers = {measure.actor_id: measure.community for measure in edition.measures}
    labels = {theme.id: theme.label for theme in shown.themes}
    circles: dict[int, list[Actor]] = defaultdict(list)
    for actor in edition.actors:
        if numbers.get(actor.id) and any(note_id in notes for note_id in actor.note_ids):
            circles[numbers[actor.id]].append(actor)
    for number, actors in sorted(circles.items()):
        if len(actors) < CIRCLE:
            continue
        themes = Counter(
            labels[notes[note_id].theme_id]
            for actor in actors
            for note_id in actor.note_ids
            if note_id in notes and notes[note_id].theme_id in labels
        )
        ranked = sorted(actors, key=lambda actor: (-len(actor.note_ids), actor.name, actor.id))
        most = sorted(themes.items(), key=lambda item: (-item[1], item[0]))[:THEMES]
        yield CommunityShown(
            number=number,
            actors=tuple((actor.id, actor.name) for actor in ranked),
            themes=tuple(label for label, _ in most),
        )
