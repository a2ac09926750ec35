"""Draws the cooperation graph of one edition: who is linked to which themes, with whom, and where they stand.

Pure. The graph is made of notes; pictures and tables elsewhere only show what is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.actors import complements
from synthesis.actors.bridges import closure, find, grouped
from synthesis.actors.layout import place
from synthesis.actors.links import draw_cooperations, draw_links
from synthesis.actors.measures import stand
from synthesis.actors.profiles import draw_affinities, draw_leads, profile
from synthesis.results import (
    Actor,
    ActorMeasure,
    Affinity,
    Cooperation,
    Edition,
    Link,
    Placed,
    Theme,
)
from synthesis.standing import Bridge, Complement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synthesis.actors.mentions import Found
    from synthesis.corpus import Corpus


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """The graph of one edition, every list in a fixed order."""

    links: tuple[Link, ...] = ()
    """By actor id, then theme id."""
    cooperations: tuple[Cooperation, ...] = ()
    """« Cités ensemble »: the most cited together first."""
    affinities: tuple[Affinity, ...] = ()
    """« Proches par leurs thèmes »: the closest first."""
    leads: tuple[Affinity, ...] = ()
    """« Coopérations à explorer »: never cited together, the likeliest first."""
    complements: tuple[Complement, ...] = ()
    """Of the leads and of those close by their themes: levers here, obstacles there."""
    bridges: tuple[Bridge, ...] = ()
    measures: tuple[ActorMeasure, ...] = ()
    """One per actor, in the order of the actors found."""
    places: tuple[Placed, ...] = ()
    """One per theme, in the order of the themes given."""


def draw(
    corpus: Corpus,
    found: Found,
    themes: Sequence[Theme],
    *,
    previous: Edition | None,
    seed: int,
    bridges: Sequence[Bridge] | None = None,
) -> Drawn:
    """Draw the graph of the actors found in a corpus over its themes.

    Args:
        corpus: the notes.
        found: the actors and where the notes name them.
        themes: the themes, whose notes make the links.
        previous: the last edition shown; its nodes barely move.
        seed: of the first layout, and of the draws that bridges must survive.
        bridges: those that stand until the themes are formed anew; None to look for them now, which takes longer.
    """
    links = draw_links(corpus, found.actors, themes)
    cooperations = draw_cooperations(found.actors)
    theme_ids = [theme.id for theme in themes]
    actor_ids = [actor.id for actor in found.actors]
    standings = stand(actor_ids, theme_ids, links)
    ranked = sorted(found.actors, key=lambda actor: (-len(actor.note_ids), actor.id))
    points = place([actor.id for actor in ranked], theme_ids, links, before=_before(previous), seed=seed)
    known = {note.id for note in corpus}
    sizes = {theme.id: sum(note_id in known for note_id in theme.note_ids) for theme in themes}
    profiles = profile(links, sizes)
    affinities, leads = draw_affinities(profiles, cooperations), draw_leads(profiles, cooperations)
    constraints = closure(actor_ids, cooperations)
    community = grouped(actor_ids, theme_ids, links, seed=seed)
    return Drawn(
        links=links,
        cooperations=cooperations,
        affinities=affinities,
        leads=leads,
        complements=complements.find(corpus, links, (*leads, *affinities)),
        bridges=_bridges(found.actors, themes, bridges, seed=seed),
        measures=tuple(
            ActorMeasure(
                actor_id=actor.id,
                notes=len(actor.note_ids),
                themes=standings[actor.id].themes,
                degree=standings[actor.id].degree,
                betweenness=standings[actor.id].betweenness,
                participation=standings[actor.id].participation,
                constraint=constraints[actor.id],
                community=community[actor.id],
                x=points[actor.id][0],
                y=points[actor.id][1],
            )
            for actor in found.actors
        ),
        places=tuple(Placed(id=theme, x=points[theme][0], y=points[theme][1]) for theme in theme_ids),
    )


def _bridges(
    actors: Sequence[Actor], themes: Sequence[Theme], settled: Sequence[Bridge] | None, *, seed: int
) -> tuple[Bridge, ...]:
    if settled is None:
        return find(actors, themes, seed=seed)
    present = {actor.id for actor in actors}
    return tuple(bridge for bridge in settled if bridge.actor_id in present)


def _before(previous: Edition | None) -> dict[str, tuple[float, float]]:
    if previous is None:
        return {}
    places = {place.id: (place.x, place.y) for place in previous.places}
    return places | {measure.actor_id: (measure.x, measure.y) for measure in previous.measures}
