"""How well actors are found: spans and actors of annotated notes, aliases of written variants, and the time taken.

Run with `python bench/actors.py [DATA]`, DATA being the folder of `workshops-dinan.csv`. One table per question.
The annotations hold offsets and ids only; without the data, only what needs none of it is measured.
"""

from __future__ import annotations

import csv
import itertools
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from synthesis.actors import tables
from synthesis.actors.graph import Drawn, draw
from synthesis.actors.mentions import find
from synthesis.corpus import KINDS, Corpus, Note
from synthesis.french import French
from synthesis.results import Edition, Theme

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
    """Print spans and actors found on the annotated notes, all of them and the half whose errors were not read."""
    with (data / "workshops-dinan.csv").open(encoding="utf-8", newline="") as file:
        notes = [Note(id=row["id"], text=row["text"], workshop=row["workshop"]) for row in csv.DictReader(file)]
    corpus = Corpus.of(notes)
    readings = dict(zip((n.id for n in notes), french.read([n.text for n in notes]), strict=True))
    read, expected = gold()
    ours = [(m.note_id, m.start, m.end, m.actor_id) for m in find(corpus, readings, ()).mentions]
    arms = {"ours": ours, "tagger's entities": by_tagger(notes, readings), "exact list": by_list(notes)}
    for title, kept in (("300 notes", set(read)), ("the 150 whose errors were not read", set(read[1::2]))):
        right = [row for row in expected if row[0] in kept]
        print(f"{title}: {len(right)} mentions, {len({row[3] for row in right})} actors")
        for arm, rows in arms.items():
            mine = [row for row in rows if row[0] in kept]
            print(f"  {arm:<18} spans  {spans(mine, right)}   actors  {actors(mine, right)}")
    real_variants(corpus, ours, expected)


def real_variants(corpus: Corpus, ours: Sequence[Named], expected: Sequence[Named]) -> None:
    """Print pairwise precision and recall over the spellings of organisations in the annotated notes, once each.

    A spelling that is not found is alone; the second line leaves out those that are not found.
    """
    notes = corpus.by_id()
    found = {row[:3]: row[3] for row in ours}
    truth: dict[str, str] = {}
    groups: dict[str, str] = {}
    for note, start, end, actor in expected:
        if not actor.startswith("@"):
            spelling = f"{notes[note].text[start:end]} {actor}"
            truth[spelling] = actor
            groups.setdefault(spelling, found.get((note, start, end), f"none-{spelling}"))
    seen = {spelling: group for spelling, group in groups.items() if not group.startswith("none-")}
    print(f"aliases: {len(truth)} real spellings of {len(set(truth.values()))} bodies, {len(seen)} of them found")
    print(f"  all                pairs  {_pairs(groups, truth)}")
    print(f"  found              pairs  {_pairs(seen, {spelling: truth[spelling] for spelling in seen})}")


PLACES = "Valbrune Montreval Lysande Corbeny Tressac Ambrelle Vaudoré Quercelles Noirval Saint-Elme".split()  # noqa: SIM905 - a list of invented places
NAMED = (
    "mairie de {}", "conseil départemental de {}", "conseil régional de {}", "communauté de communes de {}",
    "association Les Semeurs de {}", "lycée agricole de {}", "chambre d'agriculture de {}", "office de tourisme de {}",
    "parc naturel régional de {}", "mission locale de {}",
)  # fmt: skip
OTHERWISE = {
    "mairie de": ("ville de", "Mairie de"),
    "conseil départemental de": ("département de", "conseil général de"),
    "conseil régional de": ("région", "Conseil régional de"),
    "communauté de communes de": ("CC", "com com de", "Communauté de communes de"),
    "association Les Semeurs de": ("asso Les Semeurs de", "Association les semeurs de"),
    "chambre d'agriculture de": ("Chambre d’agriculture de", "chambre de l'agriculture de"),
    "office de tourisme de": ("Office du tourisme de",),
    "parc naturel régional de": ("PNR de", "Parc Naturel Régional de"),
}


def variants() -> list[tuple[str, str]]:
    """Return ways to write known bodies and invented homonyms: (who, as written)."""
    chance = random.Random(5)  # noqa: S311 - the same variants at each run
    found: list[tuple[str, str]] = []
    for body in tables.bodies():
        names = [body.name, body.name.upper(), body.name.replace("'", "’"), body.acronym, *body.aliases]
        names += [_slip(body.name, chance)] if len(body.name) > 24 else []
        names += [body.acronym.title(), f"{body.name} ({body.acronym})"] if len(body.acronym) > 3 else []
        found += [(body.name, name) for name in names if name]
    for pattern, place in itertools.product(NAMED, PLACES):
        name = pattern.format(place)
        head = pattern.removesuffix(" {}")
        written = [name, name[0].upper() + name[1:], *(f"{other} {place}" for other in OTHERWISE.get(head, ()))]
        found += [(name, form) for form in written]
    return found


def _slip(name: str, chance: random.Random) -> str:
    """Exchange two letters inside one long word."""
    words = name.split()
    long = [index for index, word in enumerate(words) if len(word) > 7 and word.isalpha()]
    if not long:
        return name
    index = chance.choice(long)
    at = chance.randrange(2, len(words[index]) - 2)
    word = words[index]
    words[index] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def aliases(french: French) -> None:
    """Print pairwise precision and recall: are two mentions one actor exactly when they are one body."""
    written = variants()
    notes = [
        Note(id=f"n{i:04}", text=f"On a travaillé avec {name} cette année.") for i, (_, name) in enumerate(written)
    ]
    readings = dict(zip((n.id for n in notes), french.read([n.text for n in notes]), strict=True))
    found = find(Corpus.of(notes), readings, ())
    who: dict[str, set[str]] = defaultdict(set)
    for mention in found.mentions:
        who[mention.note_id].add(mention.actor_id)
    groups = {note.id: min(who[note.id], default=f"none-{note.id}") for note in notes}
    truth = {note.id: name for note, (name, _) in zip(notes, written, strict=True)}
    print(f"aliases: {len(written)} generated variants of {len(set(truth.values()))} bodies")
    print(f"  ours               pairs  {_pairs(groups, truth)}")
    letters = dict(zip(groups, (name.casefold() for _, name in written), strict=True))
    print(f"  letter for letter  pairs  {_pairs(letters, truth)}")


def _pairs(groups: Mapping[str, str], truth: Mapping[str, str]) -> str:
    def linked(labels: Iterable[str]) -> int:
        return sum(count * (count - 1) // 2 for count in Counter(labels).values())

    both = linked(f"{groups[note]}|{truth[note]}" for note in truth)
    return scores(linked(groups.values()), linked(truth.values()), both)


def duration(data: Path, french: French) -> None:
    """Print the time from readings to graph and measures, for 5,000 notes."""
    with (data / "workshops-dinan.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    read = dict(zip(texts, french.read(texts), strict=True))
    # Each round's notes get a mark of their own, so that nothing is remembered from one to the next.
    notes = [
        Note(
            id=f"n{number:05}", text=texts[number % len(texts)] + " " * (number // len(texts)), kind=KINDS[number % 3]
        )
        for number in range(5000)
    ]
    corpus, readings = (
        Corpus.of(notes),
        {note.id: read[note.text.rstrip(" ")] for note in notes if note.text.rstrip(" ") in read},
    )
    themes = [
        Theme(id=f"t{t}", label=str(t), proposed_label=str(t), note_ids=tuple(n.id for n in notes[t::30]))
        for t in range(30)
    ]
    start = time.process_time()
    found = find(corpus, readings, ())
    middle = time.process_time()
    drawn = draw(corpus, found, themes, previous=None, seed=0)
    end = time.process_time()
    print(f"time of one processor: {len(notes)} notes, {len(found.mentions)} mentions, {len(drawn.links)} links")
    print(f"  actors {middle - start:.1f} s, graph and measures {end - middle:.1f} s")
    one_more(corpus, readings, themes, drawn)


def one_more(corpus: Corpus, readings: Mapping[str, Reading], themes: Sequence[Theme], drawn: Drawn) -> None:
    """Print the time until the graph holds one note more, as the follower does it."""
    late = Note(id="late", text="La Région et les habitants se voient chaque mois.", kind="lever")
    grown = Corpus.of([*corpus, late])
    before = Edition(measures=drawn.measures, places=drawn.places)
    start = time.process_time()
    found = find(grown, readings, ())
    middle = time.process_time()
    draw(grown, found, themes, previous=before, seed=0, bridges=drawn.bridges)
    end = time.process_time()
    print(f"  one note more: actors {middle - start:.2f} s, graph and measures {end - middle:.2f} s")


def main() -> None:
    """Measure everything that the machine at hand allows."""
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    if (data / "workshops-dinan.csv").exists():
        extraction(data, French.load())
        duration(data, French.load())
    else:
        print(f"{data / 'workshops-dinan.csv'} is not here: extraction is not measured")
    aliases(French.load())


if __name__ == "__main__":
    main()
