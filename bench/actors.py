"""How well actors are found: spans and actors on annotated notes, aliases on written variants, and the time it takes.

Run with `python bench/actors.py [DATA]`, DATA being the folder of `workshops-dinan.csv`. Prints one table per question.
The annotations hold offsets and ids only; without the data, only what needs none of it is measured.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from synthesis.actors import tables
from synthesis.actors.mentions import find
from synthesis.corpus import Corpus, Note
from synthesis.french import French

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.french import Reading

ANNOTATIONS = Path(__file__).with_name("annotations")
Named: TypeAlias = tuple[str, int, int, str]
"""A note id, a start, an end and an actor."""


def gold() -> tuple[list[str], list[Named]]:
    """Return the notes that were read, and what was found in them."""
    notes = (ANNOTATIONS / "notes.txt").read_text(encoding="utf-8").split()
    with (ANNOTATIONS / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = [(r["note_id"], int(r["start"]), int(r["end"]), r["actor"]) for r in csv.DictReader(file)]
    return notes, rows


def scores(found: int, expected: int, right: int) -> str:
    """Precision, recall and F1 of counts."""
    precision, recall = right / max(found, 1), right / max(expected, 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def spans(found: Iterable[Named], expected: Iterable[Named]) -> str:
    """Exact spans, whoever they are."""
    mine, theirs = {row[:3] for row in found}, {row[:3] for row in expected}
    return scores(len(mine), len(theirs), len(mine & theirs))


def actors(found: Iterable[Named], expected: Iterable[Named]) -> str:
    """(note, actor) pairs, each found actor paired with the one gold actor it shares most spans with."""
    mine, theirs = list(found), list(expected)
    where: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for note, start, end, actor in theirs:
        where[note].append((start, end, actor))
    shared = Counter(
        (actor, other)
        for note, start, end, actor in mine
        for first, last, other in where[note]
        if start < last and first < end
    )
    pairing: dict[str, str] = {}
    for (actor, other), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if actor not in pairing and other not in pairing.values():
            pairing[actor] = other
    here = {(note, pairing.get(actor, f"?{actor}")) for note, _, _, actor in mine}
    there = {(note, actor) for note, _, _, actor in theirs}
    return scores(len(here), len(there), len(here & there))


def by_tagger(notes: Sequence[Note], readings: Mapping[str, Reading]) -> list[Named]:
    """Entities that the tagger calls organisations, each surface an actor."""
    return [
        (note.id, entity.start, entity.end, note.text[entity.start : entity.end].lower())
        for note in notes
        for entity in readings[note.id].entities
        if entity.label == "ORG"
    ]


def by_list(notes: Sequence[Note]) -> list[Named]:
    """Names of the tables, letter for letter, each name an actor."""
    names = {name for body in tables.bodies() for name in (body.name, body.acronym, *body.aliases) if name}
    names |= {form for family in tables.families() for form in family.forms}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?!\w)")
    return [(note.id, *hit.span(), hit[0]) for note in notes for hit in pattern.finditer(note.text)]


def extraction(data: Path, french: French) -> None:
    """Print spans and actors found on the annotated notes, all of them and the half that was never looked at."""
    with (data / "workshops-dinan.csv").open(encoding="utf-8", newline="") as file:
        notes = [Note(id=row["id"], text=row["text"]) for row in csv.DictReader(file)]
    corpus = Corpus.of(notes)
    readings = dict(zip((n.id for n in notes), french.read([n.text for n in notes]), strict=True))
    read, expected = gold()
    ours = [(m.note_id, m.start, m.end, m.actor_id) for m in find(corpus, readings, ()).mentions]
    arms = {"ours": ours, "tagger's entities": by_tagger(notes, readings), "exact list": by_list(notes)}
    for title, kept in (("300 notes", set(read)), ("the 150 never looked at", set(read[1::2]))):
        right = [row for row in expected if row[0] in kept]
        print(f"{title}: {len(right)} mentions, {len({row[3] for row in right})} actors")
        for arm, rows in arms.items():
            mine = [row for row in rows if row[0] in kept]
            print(f"  {arm:<18} spans  {spans(mine, right)}   actors  {actors(mine, right)}")


def main() -> None:
    """Measure everything that the machine at hand allows."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    if (data / "workshops-dinan.csv").exists():
        extraction(data, French.load())
    else:
        print(f"{data / 'workshops-dinan.csv'} is not here: extraction is not measured")


if __name__ == "__main__":
    main()
