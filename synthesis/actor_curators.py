"""What a person decides about actors: each verb refuses first, then journals; nothing is computed here.

The follower replays every decision over every run: that is why a decision survives late notes and new runs.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from capture import journal, seats
from capture.errors import NotFound, TextTooLong
from capture.performing import performs
from synthesis import editions, window
from synthesis.actor_decisions import (
    PERSON,
    ActorAct,
    ActorClassified,
    ActorDecisionWithdrawn,
    ActorIgnored,
    ActorRenamed,
    ActorsKeptApart,
    ActorsMerged,
    ActorSplit,
    mark_of,
)
from synthesis.actors.wishes import wish
from synthesis.errors import ActorAlone, ActorNameEmpty, SpellingsMissing

if TYPE_CHECKING:
    from capture.seats import Holder
    from synthesis.actor_decisions import ActorSeen

NAME_MAX = 300


def rename(act: ActorRenamed, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Give an actor the name a person chose.

    Raises:
        ActorNameEmpty, TextTooLong: not a name.
        NotFound: no such actor.
    """

    def refuse() -> None:
        _access(by, act.actor)
        _check_name(act.name)

    return _record(act, by, operation_id, device_at, refuse)


def split(act: ActorSplit, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Say that some spellings of an actor are another one.

    Raises:
        SpellingsMissing: no spelling goes out, or none would stay.
        ActorNameEmpty, TextTooLong: the other one has no name.
        NotFound: no such actor.
    """

    def refuse() -> None:
        _access(by, act.actor)
        _check_name(act.name)
        out = {mark_of(one) for one in act.spellings}
        if not out or not {mark_of(one) for one in act.actor.names} - out:
            raise SpellingsMissing

    return _record(act, by, operation_id, device_at, refuse)


def join(
    act: ActorsMerged | ActorsKeptApart, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Say that several actors are one, or that they are not.

    Raises:
        ActorAlone: there are not two of them.
        NotFound: one of them is not there.
    """

    def refuse() -> None:
        seen = (act.into, *act.actors) if isinstance(act, ActorsMerged) else act.actors
        if len({actor.id for actor in seen}) < 2:  # noqa: PLR2004 - one actor is one already
            raise ActorAlone
        _access(by, *seen)

    return _record(act, by, operation_id, device_at, refuse)


def sort(
    act: ActorClassified | ActorIgnored, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Say of which family an actor is, or that it is none; a person's name is not written in the journal.

    Raises:
        NotFound: no such actor.
    """
    if isinstance(act, ActorIgnored) and act.reason == PERSON:
        marks = tuple(mark_of(name) for name in act.actor.names)
        act = dataclasses.replace(act, actor=dataclasses.replace(act.actor, id="", names=marks))

    def refuse() -> None:
        if act.actor.id:
            _access(by, act.actor)
        elif not act.actor.names:
            raise NotFound

    return _record(act, by, operation_id, device_at, refuse)


def withdraw(
    act: ActorDecisionWithdrawn, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Take back a decision about actors.

    Raises:
        NotFound: there is no such decision.
    """

    def refuse() -> None:
        decisions = window.decided(by.gathering_id, journal.head(by.gathering_id))
        if act.position not in {one.position for one in decisions if isinstance(one.act, ActorAct)}:
            raise NotFound

    return _record(act, by, operation_id, device_at, refuse)


def _record(
    act: object, by: Holder, operation_id: str, device_at: int | None, refuse: journal.Refuse
) -> journal.Receipt:
    seats.access_role(by, "temoin")
    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def _access(by: Holder, *seen: ActorSeen) -> None:
    """Refuse actors that are neither in the current edition nor known to an earlier decision."""
    edition = editions.read(by.gathering_id).edition
    known = {actor.id for actor in (*edition.actors, *edition.ignored)}
    if not known.issuperset(actor.id for actor in seen):
        anchors = wish(window.decided(by.gathering_id, journal.head(by.gathering_id))).root
        if not (known | set(anchors)).issuperset(actor.id for actor in seen):
            raise NotFound


def _check_name(name: str) -> None:
    if not name.strip():
        raise ActorNameEmpty
    if len(name) > NAME_MAX:
        raise TextTooLong(length=len(name), limit=NAME_MAX)


performs(ActorRenamed, verb=rename, roles=("temoin",))
performs(ActorSplit, verb=split, roles=("temoin",))
performs(ActorsMerged, ActorsKeptApart, verb=join, roles=("temoin",))
performs(ActorClassified, ActorIgnored, verb=sort, roles=("temoin",))
performs(ActorDecisionWithdrawn, verb=withdraw, roles=("temoin",))
