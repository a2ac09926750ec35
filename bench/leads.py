"""Whether leads find cooperations that were hidden: a fifth of the pairs cited together taken out, then looked for.

Run with `python bench/leads.py [DATA]`. For each hidden pair, one of the two actors is taken out of each note citing
both, so that no score may peep at it. Precision among the first 40 pairs never seen together, mean of 20 draws, on the
workshop notes (their themes formed by `synthesise`) and on simulated gatherings with planted families of actors.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from synthesis.actors.links import draw_cooperations, draw_links
from synthesis.actors.profiles import draw_leads, profile
from synthesis.corpus import Corpus, Note
from synthesis.french import French
from synthesis.results import Actor, Theme
from synthesis.synthesise import synthesise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIRST, DRAWS, HIDDEN = 40, 20, 0.2
Cited: TypeAlias = dict[str, set[str]]
"""The actors of each note."""
Pair: TypeAlias = tuple[str, str]


def hide(cited: Cited, chance: random.Random) -> tuple[Cited, set[Pair]]:
    """Hide a fifth of the pairs cited together."""
    pairs = sorted({pair for actors in cited.values() for pair in combinations(sorted(actors), 2)})
    hidden = set(chance.sample(pairs, max(1, int(HIDDEN * len(pairs)))))
    left = {note: set(actors) for note, actors in cited.items()}
    for note in sorted(left):
        for pair in sorted(hidden):
            if left[note].issuperset(pair):
                left[note].discard(chance.choice(pair))
    return left, hidden


def ours(left: Cited, theme_of: Mapping[str, str]) -> list[Pair]:
    """Rank by the leads that the graph draws."""
    corpus = Corpus.of(Note(id=note, text="") for note in left)
    notes: dict[str, list[str]] = defaultdict(list)
    for note in sorted(left):
        for actor in left[note]:
            notes[actor].append(note)
    actors = [Actor(id=actor, name=actor, note_ids=tuple(notes[actor])) for actor in sorted(notes)]
    members: dict[str, list[str]] = defaultdict(list)
    for note, theme in sorted(theme_of.items()):
        members[theme].append(note)
    themes = [Theme(id=t, label=t, proposed_label=t, note_ids=tuple(ids)) for t, ids in sorted(members.items())]
    links = draw_links(corpus, actors, themes)
    sizes = {theme.id: len(theme.note_ids) for theme in themes}
    return [lead.actor_ids for lead in draw_leads(profile(links, sizes), draw_cooperations(actors))]


def by_neighbours(left: Cited, weight: Callable[[int], float]) -> list[Pair]:
    """Rank unseen pairs by what their common neighbours weigh."""
    near: dict[str, set[str]] = defaultdict(set)
    for actors in left.values():
        for one, other in combinations(sorted(actors), 2):
            near[one].add(other)
            near[other].add(one)
    scored = {
        (one, other): sum(weight(len(near[shared])) for shared in near[one] & near[other])
        for one, other in combinations(sorted(near), 2)
        if other not in near[one]
    }
    return sorted(scored, key=lambda pair: (-scored[pair], pair))


def planted(seed: int, notes: int) -> tuple[Cited, dict[str, str]]:
    """Simulate 60 actors of four families, each family at home in three of twelve themes."""
    chance = random.Random(seed)  # noqa: S311 - the same gatherings at each run
    home = {family: chance.sample(range(12), 3) for family in range(4)}
    cited: Cited = {}
    theme_of: dict[str, str] = {}
    for number in range(notes):
        note, theme = f"n{number:04}", chance.randrange(12)
        families = [family for family in home if theme in home[family]] or list(home)
        theme_of[note] = f"t{theme:02}"
        cited[note] = {
            f"a{chance.choice(families) + 4 * chance.randrange(15):02}"
            if chance.random() < 0.8
            else f"a{chance.randrange(60):02}"
            for _ in range(chance.choice((1, 1, 2, 2, 3)))
        }
    return cited, theme_of


def real(data: Path) -> tuple[Cited, dict[str, str]]:
    """Who the workshop notes name, and in which themes."""
    with (data / "workshops-dinan.csv").open(encoding="utf-8", newline="") as file:
        corpus = Corpus.of(Note(id=row["id"], text=row["text"]) for row in csv.DictReader(file))
    edition = synthesise(corpus, french=French.load())
    cited: Cited = defaultdict(set)
    for mention in edition.mentions:
        cited[mention.note_id].add(mention.actor_id)
    return dict(cited), {place.note_id: place.theme_id for place in edition.memberships if place.theme_id}


def compare(title: str, cases: Sequence[tuple[Cited, dict[str, str]]]) -> None:
    """Print each ranking's precision among its first pairs."""
    right: Counter[str] = Counter()
    for seed, (cited, theme_of) in enumerate(cases):
        left, hidden = hide(cited, random.Random(seed))  # noqa: S311 - the same draws at each run
        rankings = {
            "leads": ours(left, theme_of),
            "Adamic–Adar": by_neighbours(left, lambda degree: 1 / math.log(degree) if degree > 1 else 0.0),
            "resource allocation": by_neighbours(left, lambda degree: 1 / degree),
            "common neighbours": by_neighbours(left, lambda _: 1.0),
        }
        for name, ranking in rankings.items():
            right[name] += sum(pair in hidden for pair in ranking[:FIRST])
    print(f"{title:<28}", "   ".join(f"{name} {count / FIRST / len(cases):.3f}" for name, count in right.items()))


def main() -> None:
    """Compare on what is at hand."""
    print(f"precision among the first {FIRST} pairs, {HIDDEN:.0%} of the pairs hidden, {DRAWS} draws")
    data = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    if (data / "workshops-dinan.csv").exists():
        compare("workshop notes", [real(data)] * DRAWS)
    else:
        print(f"{data / 'workshops-dinan.csv'} is not here: real notes are not measured")
    for notes in (300, 1000):
        compare(f"simulated, 60 actors, {notes}", [planted(seed, notes) for seed in range(DRAWS)])


if __name__ == "__main__":
    main()
