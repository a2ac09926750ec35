"""Groups notes by workshop and kind while they are too few for any method to find their subjects.

Pure. A note's place depends on nothing but itself, so it never moves while others arrive.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from synthesis.corpus import KINDS, Corpus
from synthesis.themes.identity import derive

KIND_TITLES = {"lever": "leviers", "obstacle": "freins", "condition": "conditions de réussite", "": "notes"}


@dataclass(frozen=True, slots=True)
class Group:
    """The notes of one kind in one workshop."""

    id: str
    label: str
    note_ids: tuple[str, ...]


def by_workshop_and_kind(corpus: Corpus) -> tuple[Group, ...]:
    """Return the groups in the programme's order, then lever, obstacle, condition, the gathering's own, unsaid."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for note in corpus:
        found[note.workshop, note.kind].append(note.id)
    order = {key: rank for rank, (key, _) in enumerate(corpus.workshops)}
    titles = corpus.workshop_titles()
    groups: list[Group] = []
    taken: set[str] = set()
    for workshop, kind in sorted(found, key=lambda key: (order.get(key[0], len(order)), _kind_rank(key[1]), key)):
        label = base = _label(titles.get(workshop, workshop), kind)
        number = 2
        while label in taken:
            label, number = f"{base} ({number})", number + 1
        taken.add(label)
        groups.append(Group(derive("t", f"{workshop}\n{kind}"), label, tuple(found[workshop, kind])))
    return tuple(groups)


def _label(title: str, kind: str) -> str:
    said = KIND_TITLES.get(kind, kind)
    return f"{title} : {said}" if title else said[:1].upper() + said[1:]


def _kind_rank(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS) + (kind == "")
