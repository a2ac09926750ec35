"""The actors' desk: every actor with its spellings, which may be one, what was decided, and what was set aside.

Pure. Each line carries the marks that a decision needs, so that the page only repeats what it was given.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.actor_decisions import (
    ActorClassified,
    ActorIgnored,
    ActorRenamed,
    ActorSeen,
    ActorsKeptApart,
    ActorsMerged,
    ActorSplit,
    mark_of,
)
from synthesis.actors.suggestions import suggest
from synthesis.actors.wishes import standing, wish
from synthesis.groups import Group, group_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from synthesis.actors.suggestions import Suggestion
    from synthesis.actors.wishes import ActorWishes
    from synthesis.decisions import Decided
    from synthesis.present import EditionShown
    from synthesis.results import Actor, Edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Spelling:
    """One way the notes write an actor."""

    text: str
    mark: str
    notes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorLine:
    """One actor on the desk."""

    id: str
    name: str
    named_by: str
    group: Group
    notes: int
    spellings: tuple[Spelling, ...]
    """The most written first; spellings of one mark are one line."""
    example: str
    """A note that names it, to know what one decides about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Two actors that may be one, with what speaks for and against it."""

    into: ActorLine
    other: ActorLine
    reason: str
    evidence: tuple[str, str]
    together: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionLine:
    """A decision that stands."""

    position: int
    kind: str
    """"renamed", "merged", "split", "ignored", "person", "classified" or "apart"."""
    subject: str
    """What the actor is called now; "" for a person."""
    value: str
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorsDesk:
    """Everything the desk shows."""

    lines: tuple[ActorLine, ...]
    alike: tuple[Alike, ...]
    decided: tuple[DecisionLine, ...]
    """The last one first."""
    aside: tuple[ActorLine, ...]
    shape: str


def arrange(edition: Edition, shown: EditionShown, decisions: Sequence[Decided]) -> ActorsDesk:
    """Arrange the desk over the notes as they stand."""
    notes = {note.id: note.text for note in shown.notes}
    surfaces = _surfaces(edition, notes)
    wishes = wish(decisions)
    lines = tuple(sorted(_lines(edition.actors, surfaces, notes), key=lambda line: (-line.notes, line.name, line.id)))
    aside = tuple(sorted(_lines(edition.ignored, surfaces, notes), key=lambda line: (line.name, line.id)))
    known = {line.id: line for line in lines}
    alike = tuple(
        _alike(one, known) for one in suggest(edition.actors, wishes) if one.into in known and one.other in known
    )
    names = {line.id: line.name for line in (*lines, *aside)}
    told = tuple(_decisions(decisions, wishes, names))
    marks = [
        *sorted(known),
        "|",
        *(f"{one.into.id}{one.other.id}" for one in alike),
        *(str(one.position) for one in told),
    ]
    return ActorsDesk(
        lines=lines,
        alike=alike,
        decided=told[::-1],
        aside=aside,
        shape=hashlib.sha256(
            "\n".join([*marks, *(line.name + line.group.key for line in lines)]).encode()
        ).hexdigest()[:12],
    )


def _surfaces(edition: Edition, notes: Collection[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in edition.mentions:
        if mention.surface and mention.note_id in notes:
            found[mention.actor_id][mention.surface] += 1
    return found


def _lines(
    actors: Sequence[Actor], surfaces: Mapping[str, Counter[str]], notes: Mapping[str, str]
) -> Iterator[ActorLine]:
    for actor in actors:
        cited = [note_id for note_id in actor.note_ids if note_id in notes]
        if cited:
            yield ActorLine(
                id=actor.id,
                name=actor.name,
                named_by=actor.named_by,
                group=group_of(actor.family),
                notes=len(cited),
                spellings=_spellings(actor, surfaces.get(actor.id, Counter())),
                example=notes[cited[0]],
            )


def _spellings(actor: Actor, counts: Counter[str]) -> tuple[Spelling, ...]:
    """Gather what one decision takes together: « Mairie de X » and « la mairie de X » have one mark."""
    by_mark: dict[str, list[str]] = defaultdict(list)
    for alias in sorted({*actor.aliases, *counts}, key=lambda alias: (-counts[alias], alias)):
        by_mark[mark_of(alias)].append(alias)
    found = [
        Spelling(text=names[0], mark=mark, notes=sum(counts[name] for name in names))
        for mark, names in by_mark.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.notes, one.text)))


def _alike(one: Suggestion, known: Mapping[str, ActorLine]) -> Alike:
    return Alike(
        into=known[one.into],
        other=known[one.other],
        reason=one.reason,
        evidence=one.evidence,
        together=one.together,
    )


def _decisions(decisions: Sequence[Decided], wishes: ActorWishes, names: Mapping[str, str]) -> Iterator[DecisionLine]:
    for decided in standing(decisions):
        kind, subject, value = _told(decided.act, wishes, names)
        yield DecisionLine(position=decided.position, kind=kind, subject=subject, value=value, by=decided.by)


def _told(act: object, wishes: ActorWishes, names: Mapping[str, str]) -> tuple[str, str, str]:
    """Return what kind of decision it is, of whom, and what was said."""

    def called(seen: ActorSeen) -> str:
        return names.get(wishes.root.get(seen.id, seen.id), seen.id)

    match act:
        case ActorRenamed(actor=actor, name=name):
            return "renamed", called(actor), name
        case ActorClassified(actor=actor, family=family):
            return "classified", called(actor), group_of(family).label
        case ActorIgnored(actor=actor, reason=reason):
            return (reason or "ignored"), called(actor) if actor.id else "", ""
        case ActorsMerged(into=into, actors=actors):
            return "merged", called(into), ", ".join(sorted(actor.id.removeprefix("a-") for actor in actors))
        case ActorSplit(actor=actor, name=name):
            return "split", called(actor), name
        case ActorsKeptApart(actors=actors):
            return "apart", " · ".join(called(actor) for actor in actors), ""
        case _:
            return "", "", ""
