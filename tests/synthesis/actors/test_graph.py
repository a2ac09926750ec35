import math
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.actors.graph import Drawn, draw
from synthesis.actors.layout import DRIFT
from synthesis.actors.links import draw_cooperations, draw_links, exceedance, kind_counts
from synthesis.actors.measures import betweenness
from synthesis.actors.mentions import Found
from synthesis.actors.profiles import draw_affinities, draw_leads, log_odds, profile
from synthesis.corpus import Corpus, Note
from synthesis.results import Actor, Edition, Theme


def corpus_of(count: int, *, kinds: tuple[str, ...] = ("lever", "obstacle", "condition", "")) -> Corpus:
    return Corpus.of(
        Note(id=f"n{number:04}", text="Ils se parlent.", kind=kinds[number % len(kinds)]) for number in range(count)
    )


def actor(name: str, *numbers: int) -> Actor:
    return Actor(id=f"a-{name}", name=name, note_ids=tuple(f"n{number:04}" for number in numbers))


def theme(name: str, *numbers: int) -> Theme:
    return Theme(
        id=f"t-{name}", label=name, proposed_label=name, note_ids=tuple(f"n{number:04}" for number in numbers)
    )


def draw_all(corpus: Corpus, actors: list[Actor], themes: list[Theme], previous: Edition | None = None) -> Drawn:
    return draw(corpus, Found(actors=tuple(actors)), themes, previous=previous, seed=0)


def edition(drawn: Drawn) -> Edition:
    return Edition(measures=drawn.measures, places=drawn.places, links=drawn.links)


def points(drawn: Drawn) -> dict[str, tuple[float, float]]:
    return {place.id: (place.x, place.y) for place in drawn.places} | {m.actor_id: (m.x, m.y) for m in drawn.measures}


def crowd(actors: int, notes: int, themes: int, seed: int = 1) -> tuple[Corpus, list[Actor], list[Theme]]:
    chance = random.Random(seed)  # noqa: S311 - a fixed crowd, not a secret
    corpus = corpus_of(notes)
    cited: list[set[int]] = [set() for _ in range(actors)]
    for note in range(notes):
        for who in chance.sample(range(actors), min(actors, chance.randint(0, 4))):
            cited[who].add(note)
    named = [actor(f"{who:04}", *sorted(numbers)) for who, numbers in enumerate(cited) if numbers]
    return corpus, named, [theme(f"{t:02}", *range(t, notes, themes)) for t in range(themes)]


def test_an_empty_morning_draws_nothing() -> None:
    assert draw_all(corpus_of(0), [], []) == Drawn()


def test_themes_without_actors_still_have_a_place() -> None:
    drawn = draw_all(corpus_of(2), [], [theme("un", 0), theme("deux", 1)])
    assert (drawn.links, drawn.cooperations, drawn.measures) == ((), (), ())
    assert len(set(points(drawn).values())) == 2


def test_actors_without_themes_still_have_a_place() -> None:
    drawn = draw_all(corpus_of(2), [actor("un", 0), actor("deux", 0, 1)], [])
    assert drawn.links == ()
    assert [(m.actor_id, m.notes, m.themes, m.degree) for m in drawn.measures] == [
        ("a-un", 1, 0, 0),
        ("a-deux", 2, 0, 0),
    ]
    assert len(set(points(drawn).values())) == 2


def test_a_link_is_made_of_the_notes_that_actor_and_theme_share() -> None:
    corpus = corpus_of(4)
    links = draw_links(corpus, [actor("un", 0, 1, 3)], [theme("eau", 0, 1), theme("sol", 2, 3)])
    assert [(link.theme_id, link.note_ids, link.kinds) for link in links] == [
        ("t-eau", ("n0000", "n0001"), (("lever", 1), ("obstacle", 1))),
        ("t-sol", ("n0003",), (("", 1),)),
    ]


def test_a_note_that_was_removed_makes_no_link() -> None:
    assert draw_links(corpus_of(1), [actor("un", 0, 7)], [theme("eau", 0, 7)])[0].note_ids == ("n0000",)


def test_kinds_are_counted_in_a_fixed_order() -> None:
    notes = [
        Note(id=str(n), text="", kind=k) for n, k in enumerate(["", "récit", "condition", "lever", "constat", ""])
    ]
    assert kind_counts(notes) == (("lever", 1), ("condition", 1), ("constat", 1), ("récit", 1), ("", 2))


def test_exceedance_is_the_hypergeometric_tail_by_hand() -> None:
    # Of 4 notes, 2 in the theme, 2 drawn: both in the theme once in C(4, 2) = 6.
    assert exceedance(2, 4, 2, 2) == pytest.approx(1 / 6)
    assert exceedance(1, 4, 2, 2) == pytest.approx(5 / 6)
    assert exceedance(0, 4, 2, 2) == 1.0


def test_an_actor_of_one_theme_is_established_there_and_one_of_every_note_nowhere() -> None:
    corpus = corpus_of(60)
    everywhere, only = actor("partout", *range(60)), actor("eau", *range(12))
    links = draw_links(corpus, [everywhere, only], [theme("eau", *range(15)), theme("sol", *range(15, 60))])
    assert {(link.actor_id, link.theme_id): link.strength for link in links} == {
        ("a-eau", "t-eau"): "established",
        ("a-partout", "t-eau"): "check",
        ("a-partout", "t-sol"): "check",
    }


def test_one_note_is_only_to_be_checked() -> None:
    corpus = corpus_of(100)
    links = draw_links(corpus, [actor("un", 0)], [theme("rare", 0), theme("reste", *range(1, 100))])
    assert [(link.strength, link.p_value) for link in links] == [("check", 0.01)]


def test_cooperations_hold_the_notes_that_cite_both() -> None:
    pairs = draw_cooperations([actor("b", 0, 1, 2), actor("a", 1, 2), actor("c", 2)])
    assert [(pair.actor_ids, pair.note_ids) for pair in pairs] == [
        (("a-a", "a-b"), ("n0001", "n0002")),
        (("a-a", "a-c"), ("n0002",)),
        (("a-b", "a-c"), ("n0002",)),
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(0, 6), st.randoms(use_true_random=False))
def test_betweenness_is_that_of_networkx(actors: int, themes: int, chance: random.Random) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(actors + themes))
    edges = [(a, actors + t) for a in range(actors) for t in range(themes) if chance.random() < 0.4]
    graph.add_edges_from(edges)
    reference = nx.betweenness_centrality(graph)
    assert betweenness(actors + themes, edges) == pytest.approx([reference[node] for node in graph])


def test_the_only_bridge_between_two_themes_is_between_everyone() -> None:
    themes = [theme("eau", 0, 1, 2), theme("sol", 3, 4, 5)]
    drawn = draw_all(corpus_of(6), [actor("eau", 0, 1), actor("pont", 2, 3), actor("sol", 4, 5)], themes)
    measures = {m.actor_id: m for m in drawn.measures}
    # Five nodes in a row; the middle one is on 4 of the 6 pairs of the others.
    assert [measures[key].betweenness for key in ("a-eau", "a-pont", "a-sol")] == [0, round(4 / 6, 6), 0]
    assert [measures[key].degree for key in ("a-eau", "a-pont", "a-sol")] == [0.5, 1.0, 0.5]
    assert [measures[key].participation for key in ("a-eau", "a-pont", "a-sol")] == [0, 0.5, 0]


def test_log_odds_shrink_towards_everyone_by_hand() -> None:
    # 2 notes of 2 in a theme that holds half of them, prior 10: log(7 / 5) − log(1).
    profiles = log_odds(np.array([[2.0, 0.0], [0.0, 0.0]]), np.array([8.0, 8.0]))
    assert profiles[0] == pytest.approx([math.log(7 / 5), -math.log(7 / 5)])
    assert profiles[1] == pytest.approx([0, 0])


def test_actors_close_by_their_themes_need_not_be_cited_together() -> None:
    corpus = corpus_of(40)
    themes = [theme("eau", *range(20)), theme("sol", *range(20, 40))]
    actors = [actor("a", 0, 1, 2), actor("b", 3, 4, 5), actor("c", 20, 21, 22)]
    drawn = draw_all(corpus, actors, themes)
    assert [(a.actor_ids, a.cosine, a.theme_ids, a.together) for a in drawn.affinities] == [
        (("a-a", "a-b"), 1.0, ("t-eau",), 0)
    ]
    assert drawn.cooperations == ()


def test_two_actors_with_one_note_have_no_profile() -> None:
    corpus = corpus_of(4)
    themes = [theme("eau", 0, 1), theme("sol", 2, 3)]
    links = draw_links(corpus, [actor("a", 0), actor("b", 1)], themes)
    assert draw_affinities(profile(links, {"t-eau": 2, "t-sol": 2}), ()) == ()


def test_a_lead_is_what_themes_expect_and_no_note_says() -> None:
    corpus = corpus_of(20)
    themes = [theme("eau", *range(10)), theme("sol", *range(10, 20))]
    actors = [actor("a", 0, 1, 2, 3), actor("b", 4, 5, 6), actor("c", 0, 7, 8), actor("d", 10, 11, 12)]
    drawn = draw_all(corpus, actors, themes)
    # a and c share a note; d has no theme in common: left are a–b (4 × 3 ÷ 10) and b–c (3 × 3 ÷ 10).
    assert [(lead.actor_ids, lead.expected, lead.together) for lead in drawn.leads] == [
        (("a-a", "a-b"), 1.2, 0),
        (("a-b", "a-c"), 0.9, 0),
    ]
    assert draw_leads(profile((), {}), ()) == ()


@pytest.mark.parametrize(
    ("actors", "notes", "themes"), [(1, 1, 1), (1, 30, 1), (12, 60, 5), (120, 400, 18), (2000, 3000, 30)]
)
def test_nothing_overlaps_and_everything_is_on_the_map(actors: int, notes: int, themes: int) -> None:
    drawn = draw_all(*crowd(actors, notes, themes))
    placed = np.array(list(points(drawn).values()))
    assert np.abs(placed).max(initial=0) <= 1
    apart = np.hypot(*(placed[:, None] - placed[None]).transpose(2, 0, 1)) + np.eye(len(placed)) * 9
    assert apart.min() >= 0.9 * min(0.06, 0.9 / math.sqrt(actors))


def test_what_was_looked_at_stays_where_it_was() -> None:
    corpus, actors, themes = crowd(80, 300, 9)
    before = draw_all(corpus, actors[:50], themes[:7])
    after = draw_all(corpus, actors, themes, previous=edition(before))
    old, new = points(before), points(after)
    assert max(math.dist(old[key], new[key]) for key in old) <= DRIFT + 1e-3
    assert set(new) - set(old) == {a.id for a in actors[50:]} | {t.id for t in themes[7:]}
    placed = np.array(list(new.values()))
    apart = np.hypot(*(placed[:, None] - placed[None]).transpose(2, 0, 1)) + np.eye(len(placed)) * 9
    assert apart.min() > 0.04


def test_what_leaves_makes_nothing_jump() -> None:
    corpus, actors, themes = crowd(300, 600, 9)
    before = draw_all(corpus, actors, themes)
    after = draw_all(corpus, actors[:20], themes[:3], previous=edition(before))
    old, new = points(before), points(after)
    assert max(math.dist(old[key], new[key]) for key in new) <= DRIFT + 1e-3


def test_the_same_graph_is_drawn_the_same_whatever_the_order() -> None:
    corpus, actors, themes = crowd(40, 120, 6)
    first = draw_all(corpus, actors, themes)
    second = draw_all(corpus, actors[::-1], themes[::-1])
    assert second.links == first.links
    assert second.cooperations == first.cooperations
    assert second.affinities == first.affinities
    assert points(second) == points(first)
