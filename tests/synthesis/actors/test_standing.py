"""Bridges, communities, constraint, who is not there, and who could complete whom."""

from __future__ import annotations

import math
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.actors import absent, bridges, complements
from synthesis.actors.links import draw_links
from synthesis.atlas import findings
from synthesis.corpus import Corpus, ListedActor, Note
from synthesis.results import Actor, ActorMeasure, Affinity, Theme
from synthesis.standing import Bridge
from tests.synthesis.shown import make_edition, make_theme, present
from tests.synthesis.shown import make_note as note_of


def actor(name: str, *numbers: int, people: bool = False, family: str = "") -> Actor:
    ids = tuple(f"n{number:03}" for number in numbers)
    return Actor(id=f"a-{name}", name=name, note_ids=ids, people=people, family=family, aliases=(name,))


def theme(name: str, *numbers: int) -> Theme:
    return Theme(id=name, label=name, proposed_label=name, note_ids=tuple(f"n{number:03}" for number in numbers))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.randoms(use_true_random=False))
def test_constraint_is_that_of_networkx(size: int, chance: random.Random) -> None:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    pairs = [(a, b, chance.randint(1, 5)) for a in range(size) for b in range(a + 1, size) if chance.random() < 0.5]
    graph.add_weighted_edges_from(pairs)
    reference = {node: value for node, value in nx.constraint(graph, weight="weight").items() if not math.isnan(value)}
    found = bridges.constraints(size, pairs)
    assert [found[node] for node in reference] == pytest.approx(list(reference.values()))
    assert all(found[node] == 0 for node in range(size) if node not in reference)


def test_two_groups_that_share_no_theme_are_two_communities_the_larger_first() -> None:
    edges = [(0, 0, 3), (1, 0, 2), (2, 0, 2), (3, 1, 4), (4, 1, 1)]
    assert bridges.communities(6, 2, edges, seed=0) == [1, 1, 1, 2, 2, 0]
    assert bridges.communities(0, 0, [], seed=0) == []
    assert bridges.communities(2, 1, [], seed=0) == [0, 0]


def test_the_actor_between_two_closed_worlds_is_a_bridge_and_its_interval_holds_it() -> None:
    left, right = range(30), range(30, 60)
    themes = [theme("eau", *left), theme("sol", *right)]
    actors = [actor(f"l{n}", *left[n::3]) for n in range(3)] + [actor(f"r{n}", *right[n::3]) for n in range(3)]
    actors.append(actor("pont", *left[:8], *right[:8]))
    (bridge,) = bridges.find(actors, themes, seed=0)
    assert bridge.actor_id == "a-pont"
    assert bridge.stability == 1.0
    for value, low, high in (bridge.betweenness, bridge.participation):
        assert low <= value <= high
    assert 0 < bridge.constraint[1] < bridge.constraint[2] < 1
    assert bridge.participation[0] == 0.5


def test_chance_alone_makes_few_bridges_and_an_empty_morning_none() -> None:
    assert bridges.find([], [], seed=0) == ()
    assert bridges.find([actor("un", 0, 1, 2)], [theme("eau", 0, 1, 2)], seed=0) == ()
    chance = np.random.default_rng(3)
    crowd = [actor(f"{n:02}", *chance.integers(0, 200, 4).tolist()) for n in range(40)]
    found = bridges.find(crowd, [theme(str(t), *range(t, 200, 8)) for t in range(8)], seed=0)
    assert len(found) <= 3
    assert bridges.find(crowd[::-1], [theme(str(t), *range(t, 200, 8)) for t in range(8)], seed=0) == found


def test_levers_here_and_obstacles_there_from_two_workshops_make_one_lead_with_its_notes() -> None:
    kinds = ["lever", "lever", "obstacle", "obstacle", "lever", "condition"]
    rooms = ["a", "a", "b", "a", "b", "b"]
    corpus = Corpus.of(
        Note(id=f"n{n:03}", text="x", kind=kind, workshop=room)
        for n, (kind, room) in enumerate(zip(kinds, rooms, strict=True))
    )
    actors = [actor("un", 0, 1, 5), actor("deux", 2, 4)]
    links = draw_links(corpus, actors, [theme("eau", 0, 1, 2, 3, 4, 5)])
    lead = Affinity(actor_ids=("a-deux", "a-un"), cosine=0.9, theme_ids=("eau",), expected=1.5)
    (found,) = complements.find(corpus, links, (lead, lead))
    assert (found.giver_id, found.seeker_id, found.theme_id) == ("a-un", "a-deux", "eau")
    assert (found.levers, found.obstacles) == (("n000", "n001"), ("n002",))
    met = Affinity(actor_ids=("a-deux", "a-un"), cosine=0.9, theme_ids=("eau",), together=1)
    assert complements.find(corpus, links, (met,)) == ()


def test_one_workshop_alone_completes_nobody() -> None:
    corpus = Corpus.of(
        Note(id=f"n{n:03}", text="x", kind=kind, workshop="a") for n, kind in enumerate(["lever", "obstacle"])
    )
    links = draw_links(corpus, [actor("un", 0), actor("deux", 1)], [theme("eau", 0, 1)])
    lead = Affinity(actor_ids=("a-deux", "a-un"), cosine=0.9, theme_ids=("eau",))
    assert complements.find(corpus, links, (lead,)) == ()
    assert complements.find(Corpus.of(()), (), ()) == ()


def test_families_that_the_programme_names_and_nobody_cites_are_absent_and_so_are_listed_actors() -> None:
    programme = ("Quelle place pour les élu·es et les chercheurs ?", "Aller vers les habitant·es")
    listed = (ListedActor(name="Atelier Valbrune", acronym="AVB"), ListedActor(name="Réseau Corbeny"))
    cited = [actor("Habitant·es", 1, people=True, family="habitants"), actor("AVB", 2)]
    found = absent.find(programme, listed, cited)
    assert [(one.name, one.source) for one in found] == [
        ("Chercheur·es", "programme"),
        ("Élu·es", "programme"),
        ("Réseau Corbeny", "listed"),
    ]
    assert absent.find((), (), ()) == ()


def test_communities_of_three_are_named_with_their_themes_and_bridges_with_three_intervals() -> None:
    actors = tuple(Actor(id=f"a{n}", name=f"Acteur {n}", note_ids=("n1", "n2")[: 1 + (n == 1)]) for n in range(4))
    measures = tuple(
        ActorMeasure(actor_id=one.id, notes=1, themes=1, degree=0.0, betweenness=0.0, community=1 + (at == 3))
        for at, one in enumerate(actors)
    )
    bridge = Bridge(
        actor_id="a1",
        stability=0.9,
        betweenness=(0.121, 0.1, 0.2),
        participation=(0.5, 0.4, 0.6),
        constraint=(0.3, 0.3, 0.4),
    )
    edition = make_edition(
        make_theme("t", "n1"), make_theme("u", "n2"), actors=actors, measures=measures, bridges=(bridge,)
    )
    found = findings.find(edition, present(edition, note_of("n1"), note_of("n2")))
    (circle,) = found.communities
    assert [name for _, name in circle.actors] == ["Acteur 1", "Acteur 0", "Acteur 2"]
    assert circle.themes == ("Thème t", "Thème u")
    (shown,) = found.bridges
    assert (shown.betweenness, shown.participation, shown.constraint) == ((12, 10, 20), (50, 40, 60), (30, 30, 40))
