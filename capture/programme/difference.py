"""What would change from one programme to the next, so that a person reads it before it is done.

Pure. A session whose title was corrected in the file keeps its place, its links and its notes: when the key came from
day and title, sessions are also recognised by their title on another day, or by their slot and room.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from capture.programme.plan import PlannedSession, Programme, in_order, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

COMPARED = tuple(one.name for one in fields(PlannedSession) if one.name not in {"key", "key_given"})
ALIKE = 0.75
"""Two titles of one day that share this much (difflib's ratio, 0 to 1) are one title, corrected."""

Value = str | bool | int | tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldChange:
    """One field of a session, as it was and as it would be."""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """One session that stays and changes: `after` keeps the key of `before`."""

    before: PlannedSession
    after: PlannedSession
    fields: tuple[FieldChange, ...]
    """In the order of `PlannedSession`'s fields."""

    @property
    def key(self) -> str:
        """The session's key, which does not change."""
        return self.before.key


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What an import would do; each list in programme order."""

    added: tuple[PlannedSession, ...] = ()
    changed: tuple[Changed, ...] = ()
    withdrawn: tuple[PlannedSession, ...] = ()
    unchanged: tuple[PlannedSession, ...] = ()
    gathering: tuple[FieldChange, ...] = ()
    """Title, place, time zone and language, where they change; what the new file leaves unsaid stays."""

    @property
    def empty(self) -> bool:
        """Whether the import would change nothing."""
        return not (self.added or self.changed or self.withdrawn or self.gathering)


def difference(before: Programme, after: Programme) -> Difference:
    """Compare two programmes: what is added, what changes field by field, what is withdrawn, what stays."""
    pairs = _paired(before, after)
    known_after = {new.key for _, new in pairs}
    known_before = {old.key for old, _ in pairs}
    kept = [(old, replace(new, key=old.key)) for old, new in pairs]
    changed = [Changed(before=old, after=new, fields=changes) for old, new in kept if (changes := _changes(old, new))]
    moved = {one.key for one in changed}
    return Difference(
        added=in_order(one for one in after.sessions if one.key not in known_after),
        changed=tuple(sorted(changed, key=lambda one: (one.after.day, one.after.start, one.after.room, one.key))),
        withdrawn=in_order(one for one in before.sessions if one.key not in known_before),
        unchanged=in_order(old for old, _ in kept if old.key not in moved),
        gathering=_gathering(before, after),
    )


def _changes(before: PlannedSession, after: PlannedSession) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=name, before=getattr(before, name), after=getattr(after, name))
        for name in COMPARED
        if getattr(before, name) != getattr(after, name)
    )


def _gathering(before: Programme, after: Programme) -> tuple[FieldChange, ...]:
    names = ("title", "place", "timezone", "language")
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(FieldChange(field=name, before=old, after=new) for name, old, new in pairs if new and new != old)


def _paired(before: Programme, after: Programme) -> list[tuple[PlannedSession, PlannedSession]]:
    """Pair the sessions of two programmes: by key, then, where the key was derived, by what has not changed."""
    old_by_key, new_by_key = before.by_key(), after.by_key()
    pairs = [(old_by_key[key], new_by_key[key]) for key in sorted(old_by_key.keys() & new_by_key.keys())]
    old = [one for key, one in old_by_key.items() if key not in new_by_key]
    new = [one for key, one in new_by_key.items() if key not in old_by_key and not one.key_given]
    for trait in (_by_title, _by_place):
        found = _alone(old, new, trait)
        pairs += found
        old = [one for one in old if one not in [first for first, _ in found]]
        new = [one for one in new if one not in [second for _, second in found]]
    return pairs + _retitled(old, new)


def _by_title(session: PlannedSession) -> Hashable:
    return slug(session.title)


def _by_place(session: PlannedSession) -> Hashable:
    return (session.day, session.start, slug(session.room)) if session.room else None


def _alone(
    old: Iterable[PlannedSession], new: Iterable[PlannedSession], trait: Callable[[PlannedSession], Hashable]
) -> list[tuple[PlannedSession, PlannedSession]]:
    """Pair the sessions that share a trait with exactly one session of the other programme, and no other of theirs."""
    left: dict[Hashable, list[PlannedSession]] = {}
    right: dict[Hashable, list[PlannedSession]] = {}
    for side, sessions in ((left, old), (right, new)):
        for session in sessions:
            if (shared := trait(session)) is not None:
                side.setdefault(shared, []).append(session)
    shared_by_one = [shared for shared, held in left.items() if len(held) == 1 == len(right.get(shared, ()))]
    return [(left[shared][0], right[shared][0]) for shared in shared_by_one]


def _retitled(
    old: Iterable[PlannedSession], new: Iterable[PlannedSession]
) -> list[tuple[PlannedSession, PlannedSession]]:
    """Pair what remains by likeness of titles on one day, the most alike first."""
    close = [
        (-ratio, one.key, other.key, one, other)
        for one in old
        for other in new
        if one.day == other.day
        and (ratio := SequenceMatcher(None, slug(one.title), slug(other.title), autojunk=False).ratio()) >= ALIKE
    ]
    pairs: list[tuple[PlannedSession, PlannedSession]] = []
    taken: set[tuple[str, str]] = set()
    for _, first, second, one, other in sorted(close, key=lambda found: found[:3]):
        if ("old", first) not in taken and ("new", second) not in taken:
            taken |= {("old", first), ("new", second)}
            pairs.append((one, other))
    return pairs
