"""Levers here, obstacles there: leads worth a conversation, each with the notes of both sides.

Pure. A lead says what notes say of two actors in one theme, never that they should, could or did work together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from synthesis.standing import Complement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from synthesis.corpus import Corpus, Note
    from synthesis.results import Affinity, Link

MOST = 40


def find(corpus: Corpus, links: Sequence[Link], leads: Iterable[Affinity]) -> tuple[Complement, ...]:
    """Return the pairs never cited together of which one side brings levers where the other meets obstacles.

    Each pair stands once, in the theme and the direction with the most notes on its weaker side; the two sides' notes
    come from different workshops.

    Args:
        corpus: the notes.
        links: the actor–theme graph.
        leads: pairs close by their themes, in the order they are to be read.
    """
    notes = corpus.by_id()
    linked = {(link.actor_id, link.theme_id): [notes[one] for one in link.note_ids if one in notes] for link in links}
    found: dict[tuple[str, str], Complement] = {}
    for lead in leads:
        pair = (min(lead.actor_ids), max(lead.actor_ids))
        if lead.together or pair in found or len(found) == MOST:
            continue
        best = min(_both(lead, linked), key=_rank, default=None)
        if best is not None:
            found[pair] = best
    return tuple(found.values())


def _rank(one: Complement) -> tuple[int, int, str, str]:
    sides = (len(one.levers), len(one.obstacles))
    return -min(sides), -max(sides), one.theme_id, one.giver_id


def _both(lead: Affinity, linked: Mapping[tuple[str, str], Sequence[Note]]) -> Iterator[Complement]:
    for theme_id in lead.theme_ids:
        for giver, seeker in (lead.actor_ids, lead.actor_ids[::-1]):
            levers = _of_kind(linked.get((giver, theme_id), ()), "lever")
            obstacles = _of_kind(linked.get((seeker, theme_id), ()), "obstacle")
            given = [one for room, notes in levers.items() for one in notes if set(obstacles) - {room}]
            met = [one for room, notes in obstacles.items() for one in notes if set(levers) - {room}]
            if given and met:
                yield Complement(
                    giver_id=giver,
                    seeker_id=seeker,
                    theme_id=theme_id,
                    levers=tuple(sorted(given)),
                    obstacles=tuple(sorted(met)),
                    expected=lead.expected,
                )


def _of_kind(notes: Iterable[Note], kind: str) -> dict[str, list[str]]:
    """Return the ids of the notes of a kind, by workshop."""
    rooms: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        if note.kind == kind:
            rooms[note.workshop].append(note.id)
    return rooms
