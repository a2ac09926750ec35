"""Which actors may be one: pairs that look alike but not enough to be joined without asking, with what speaks for it.

Pure. A suggestion is never applied: a person joins the two, or says that they are two and is not asked again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from synthesis.actors.names import abbreviates, content, distance, run_together
from synthesis.actors.patterns import is_organisation_head, is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from synthesis.actors.wishes import ActorWishes
    from synthesis.results import Actor

REASONS = ("acronym", "spelling", "words", "longer")
"""What speaks for it, the surest first: one abbreviates the other, a slip of the keyboard, the same words in another
order, one name inside the other."""

MOST = 40
_WIDESPREAD = 12
"""A word that more actors than this carry says nothing of any two of them."""
_LONG = 8
"""Letters under which a slip makes another name."""
_SLIPS = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """Two actors that may be one."""

    into: str
    """The more cited one: the other would join it."""
    other: str
    reason: str
    evidence: tuple[str, str]
    """The two spellings that look alike, as written."""
    together: int
    """Notes that cite both: two names in one sentence are seldom one actor."""


def suggest(actors: Sequence[Actor], wishes: ActorWishes) -> tuple[Suggestion, ...]:
    """Return the pairs to look at, at most `MOST`, the surest and most cited first.

    Families of people are left out, and so is what a person said is two.
    """
    named = [actor for actor in actors if not actor.people and actor.note_ids]
    notes = {actor.id: set(actor.note_ids) for actor in named}
    best: dict[tuple[str, str], tuple[int, tuple[str, str]]] = {}
    for reason, (one, other), evidence in _alike(named):
        into, given = sorted((one, other), key=lambda actor: (-len(actor.note_ids), actor.id))
        words = evidence if into is one else (evidence[1], evidence[0])
        found = (REASONS.index(reason), words)
        best[into.id, given.id] = min(best.get((into.id, given.id), found), found)
    suggestions = [
        Suggestion(
            into=into, other=other, reason=REASONS[rank], evidence=words, together=len(notes[into] & notes[other])
        )
        for (into, other), (rank, words) in best.items()
        if not wishes.are_apart(wishes.root.get(into, into), wishes.root.get(other, other))
    ]
    ranked = sorted(suggestions, key=lambda one: (one.together > 0, REASONS.index(one.reason), *_cited(one, notes)))
    return tuple(ranked[:MOST])


def _cited(one: Suggestion, notes: dict[str, set[str]]) -> tuple[int, str, str]:
    return -len(notes[one.into]) - len(notes[one.other]), one.into, one.other


Alike = tuple[str, "tuple[Actor, Actor]", tuple[str, str]]


def _alike(actors: Sequence[Actor]) -> Iterator[Alike]:
    yield from _by_acronym(actors)
    yield from _by_words(actors)
    yield from _by_letters(actors)


def _by_acronym(actors: Sequence[Actor]) -> Iterator[Alike]:
    longer: dict[str, list[tuple[Actor, str]]] = defaultdict(list)
    for actor in actors:
        for name in _names(actor):
            if len(content(name)) > 1:
                longer[name[0].casefold()].append((actor, name))
    for actor in actors:
        # Who has a full name of its own is not waiting for another's.
        for name in _names(actor) if len(content(actor.name)) == 1 else ():
            if not (name.isupper() and name.isalpha() and len(name) > 2):  # noqa: PLR2004 - two letters prove nothing
                continue
            for other, full in longer[name[0].casefold()]:
                if other is not actor and is_organisation_head(full) and abbreviates(name, full):
                    yield "acronym", (actor, other), (name, full)


def _by_words(actors: Sequence[Actor]) -> Iterator[Alike]:
    carriers: dict[str, list[tuple[Actor, str]]] = defaultdict(list)
    for actor in actors:
        for word in sorted({word for word in content(actor.name) if len(word) > 3}):  # noqa: PLR2004 - « sud », « bio »
            carriers[word].append((actor, actor.name))
    for word, named in sorted(carriers.items()):
        if len(named) > _WIDESPREAD or is_place(word):
            continue
        for (one, first), (other, second) in combinations(named, 2):
            less, more = sorted((set(content(first)), set(content(second))), key=len)
            if less <= more:
                yield "words" if less == more else "longer", (one, other), (first, second)


def _by_letters(actors: Sequence[Actor]) -> Iterator[Alike]:
    near: dict[str, list[tuple[Actor, str, str]]] = defaultdict(list)
    for actor in actors:
        letters = run_together(actor.name)
        if len(letters) >= _LONG and not any(char.isdigit() for char in letters):
            # Two slips leave one of the halves whole, or the ends.
            for part in {letters[:4], "…" + letters[-4:]}:
                near[part].append((actor, actor.name, letters))
    for _, named in sorted(near.items()):
        for (one, first, here), (other, second, there) in combinations(named[: 4 * _WIDESPREAD], 2):
            allowed = _SLIPS if min(len(here), len(there)) > 2 * _LONG else 1
            if abs(len(here) - len(there)) <= allowed and distance(here, there) <= allowed:
                yield "spelling", (one, other), (first, second)


def _names(actor: Actor) -> Iterable[str]:
    return sorted({name for name in (actor.name, actor.acronym, *actor.aliases) if name})
