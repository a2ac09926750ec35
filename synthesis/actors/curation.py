"""Lets what people decided hold over the actors that a run found: nothing is lost, what is set aside is counted.

Pure. Each mention goes, spelling by spelling, to the actor that a person said it is; what nobody decided about stays
exactly as it was found.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import TYPE_CHECKING

from synthesis.actor_decisions import mark_of
from synthesis.actors.mentions import Found
from synthesis.actors.wishes import wish
from synthesis.results import Actor, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.actors.wishes import ActorWishes
    from synthesis.decisions import Decided

_SOURCES = ("listed", "marked", "found")


def obey(found: Found, decisions: Iterable[Decided]) -> Found:
    """Return what was found as people decided it is.

    Args:
        found: the actors and mentions of a run.
        decisions: what people decided, in any order; those about themes are left aside.

    Returns:
        The same mentions, each of an actor or, in `ignored`, of something that a person said is none.
    """
    wishes = wish(decisions)
    if not wishes.root:
        return found
    known = {actor.id: actor for actor in found.actors}
    default = {actor.id: _resting(actor, wishes) for actor in found.actors}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in found.mentions:
        groups[_whose(mention, wishes, default)].append(mention)
    actors = {root: _actor(root, mentions, known, wishes) for root, mentions in groups.items()}
    kept = [
        dataclasses.replace(mention, actor_id=root)
        for root, mentions in groups.items()
        if root not in wishes.ignored
        for mention in mentions
    ]
    return Found(
        actors=tuple(actors[root] for root in sorted(actors) if root not in wishes.ignored),
        mentions=tuple(sorted(kept, key=lambda m: (m.note_id, m.start, m.end, m.actor_id))),
        ignored=tuple(actors[root] for root in sorted(actors) if root in wishes.ignored),
    )


def _resting(actor: Actor, wishes: ActorWishes) -> str:
    """Return where what no spelling decides goes: the actor's own anchor, else the one that holds its name."""
    if actor.id in wishes.root:
        return wishes.root[actor.id]
    names = [actor.name, actor.acronym, *actor.aliases]
    held = [wishes.claims[mark] for name in names if name and (mark := mark_of(name)) in wishes.claims]
    return wishes.root[held[0]] if held else actor.id


def _whose(mention: Mention, wishes: ActorWishes, default: Mapping[str, str]) -> str:
    anchor = wishes.claims.get(mark_of(mention.surface)) if mention.surface else None
    return default[mention.actor_id] if anchor is None else wishes.root[anchor]


def _actor(root: str, mentions: Sequence[Mention], known: Mapping[str, Actor], wishes: ActorWishes) -> Actor:
    """Make one actor of its mentions: named by a person, else as the machine named the one it stands under."""
    mine = sorted({mention.actor_id for mention in mentions})
    base = known[root] if root in mine else max((known[one] for one in mine), key=lambda a: (len(a.note_ids), a.id))
    name, family = wishes.names.get(root), wishes.families.get(root)
    surfaces = {mention.surface for mention in mentions if mention.surface}
    whole = {alias for one in mine for alias in known[one].aliases if _stays(alias, known[one], root, wishes)}
    return Actor(
        id=root,
        name=name.value if name else base.name,
        acronym="" if "~" in root else base.acronym,
        family=family.value if family else base.family,
        people=base.people,
        aliases=tuple(sorted(surfaces | whole)),
        note_ids=tuple(sorted({mention.note_id for mention in mentions})),
        source=min((known[one].source for one in mine), key=_SOURCES.index),
        named_by=name.by or "file" if name else "",
    )


def _stays(alias: str, actor: Actor, root: str, wishes: ActorWishes) -> bool:
    """Whether a spelling of an actor, perhaps only listed, is one of the actor that stands under this root."""
    anchor = wishes.claims.get(mark_of(alias))
    return (_resting(actor, wishes) if anchor is None else wishes.root[anchor]) == root
