"""Turns what people decided about actors into what must hold of any run: who is one, who is two, who is nobody.

Pure. Decisions are replayed in the journal's order. Each actor that a decision names gets an anchor, which holds the
marks of its spellings; anchors are joined, never forgotten, so that neither a re-run nor a late note undoes one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from synthesis.actor_decisions import (
    ActorClassified,
    ActorDecisionWithdrawn,
    ActorIgnored,
    ActorRenamed,
    ActorsKeptApart,
    ActorsMerged,
    ActorSplit,
    mark_of,
)
from synthesis.actors.names import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from synthesis.actor_decisions import ActorAct, ActorSeen
    from synthesis.decisions import Decided


@dataclass(frozen=True, slots=True)
class Given:
    """Something a person gave an actor, and who."""

    value: str
    by: str


@dataclass(slots=True)
class ActorWishes:
    """What people want of actors, whatever the machine finds."""

    root: dict[str, str] = field(default_factory=dict)
    """For each anchor, the one it was joined into (itself when it was not)."""
    claims: dict[str, str] = field(default_factory=dict)
    """For each mark of a spelling, the anchor that holds it."""
    names: dict[str, Given] = field(default_factory=dict)
    """The last name given to each root."""
    families: dict[str, Given] = field(default_factory=dict)
    ignored: dict[str, Given] = field(default_factory=dict)
    apart: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of anchors that a person said are two."""

    def anchor(self, seen: ActorSeen) -> str:
        """Return the anchor of an actor as a person saw it, making one the first time."""
        marks = [mark_of(name) for name in seen.names]
        claimed = [self.claims[mark] for mark in marks if mark in self.claims]
        found = seen.id if seen.id in self.root else claimed[0] if claimed else seen.id or _nameless(marks)
        self.root.setdefault(found, found)
        # What another anchor holds stays with it: only a split moves a spelling.
        for mark in marks:
            self.claims.setdefault(mark, found)
        return found

    def standing(self, seen: ActorSeen) -> str:
        """Return the root that an actor as seen stands under."""
        return self.root[self.anchor(seen)]

    def are_apart(self, one: str, other: str) -> bool:
        """Whether a person said that these two roots are not one actor."""
        pairs = {tuple(sorted((self.root[first], self.root[second]))) for first, second in self.apart}
        return tuple(sorted((one, other))) in pairs


def wish(decisions: Iterable[Decided]) -> ActorWishes:
    """Replay decisions in their order, those that were withdrawn left out."""
    wishes = ActorWishes()
    for decided in standing(decisions):
        _replay(wishes, decided.act, decided.by)
    return wishes


def standing(decisions: Iterable[Decided]) -> list[Decided]:
    """Return the decisions about actors that nobody took back, in order; a withdrawal may itself be withdrawn."""
    ordered = sorted(decisions, key=lambda one: one.position)
    gone: set[int] = set()
    for decided in reversed(ordered):
        act = decided.act
        # Only what was decided before can be taken back.
        if (
            isinstance(act, ActorDecisionWithdrawn)
            and act.position < decided.position
            and decided.position not in gone
        ):
            gone.add(act.position)
    return [one for one in ordered if is_about_actors(one.act) and one.position not in gone]


def is_about_actors(act: object) -> bool:
    """Say whether an act changes what actors are, a withdrawal left out."""
    return isinstance(act, ActorRenamed | ActorsMerged | ActorSplit | ActorIgnored | ActorClassified | ActorsKeptApart)


def _replay(wishes: ActorWishes, act: ActorAct | object, by: str) -> None:
    match act:
        case ActorRenamed(actor=actor, name=name):
            _give(wishes.names, wishes.standing(actor), name, by)
        case ActorClassified(actor=actor, family=family):
            _give(wishes.families, wishes.standing(actor), family, by)
        case ActorIgnored(actor=actor, reason=reason):
            wishes.ignored[wishes.standing(actor)] = Given(reason, by)
        case ActorsMerged(into=into, actors=actors):
            receiver = wishes.standing(into)
            for actor in actors:
                _join(wishes, wishes.standing(actor), receiver)
        case ActorSplit(actor=actor, spellings=spellings, name=name):
            _part(wishes, wishes.standing(actor), [mark_of(spelling) for spelling in spellings], Given(name, by))
        case ActorsKeptApart(actors=actors):
            wishes.apart |= set(combinations(sorted({wishes.anchor(actor) for actor in actors}), 2))


def _give(given: dict[str, Given], root: str, value: str, by: str) -> None:
    """Keep what was given; nothing given is the machine's own again."""
    if value.strip():
        given[root] = Given(value.strip(), by)
    else:
        given.pop(root, None)


def _join(wishes: ActorWishes, given: str, receiver: str) -> None:
    if given == receiver:
        return
    for anchor, root in wishes.root.items():
        if root == given:
            wishes.root[anchor] = receiver
    for kept in (wishes.names, wishes.ignored):
        kept.pop(given, None)
    family = wishes.families.pop(given, None)
    if family is not None:
        wishes.families.setdefault(receiver, family)


def _part(wishes: ActorWishes, source: str, marks: Sequence[str], name: Given) -> None:
    """Move spellings to an actor of their own: the same part when it still stands, a new one when it does not."""
    stem = f"{source}~{slug_of(name.value) or 'x'}"
    number, part = 1, stem
    while part in wishes.root and (wishes.root[part] != part or part in wishes.ignored):
        number += 1
        part = f"{stem}-{number}"
    wishes.root[part] = part
    wishes.names[part] = name
    wishes.claims.update(dict.fromkeys(marks, part))


def _nameless(marks: Sequence[str]) -> str:
    return f"m-{min(marks)[1:]}" if marks else "m-"
