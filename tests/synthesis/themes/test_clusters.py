from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.cluster.hierarchy import linkage

from synthesis.themes.affinity import workshop_lift
from synthesis.themes.clusters import absorb, at_home, by_size, consensus, exactly, fine
from synthesis.themes.looks import co_association, expected, neighbour_graphs
from synthesis.themes.vectors import unit


def islands(count: int, each: int) -> np.ndarray:
    """Likeness of notes in groups that share nothing but a little noise."""
    chance = np.random.default_rng(0)
    centres = np.eye(count).repeat(each, axis=0)
    points = unit(centres + 0.05 * chance.standard_normal(centres.shape))
    return points @ points.T


def test_co_association_is_the_share_of_runs_that_agree() -> None:
    runs = [np.array([0, 0, 1]), np.array([0, 1, 1])]
    assert co_association(runs).tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]


def test_groups_that_stand_apart_are_found_and_not_cut_again() -> None:
    found = consensus([islands(6, 25)] * 2)
    assert found.labels.tolist() == np.arange(6).repeat(25).tolist()
    assert found.confidence.min() > 0.9


def test_the_number_of_themes_asked_for_is_the_number_made() -> None:
    for wanted in (2, 5, 9):
        assert len(set(consensus([islands(6, 25)] * 2, themes=wanted).labels)) == wanted


def test_the_number_asked_for_is_made_even_where_no_join_is_better_than_another() -> None:
    for wanted in (1, 2, 7, 20, 30):
        assert len(set(consensus([np.ones((20, 20))] * 2, themes=wanted).labels)) == min(wanted, 20)


@given(points=st.lists(st.integers(0, 3), min_size=2, max_size=30), wanted=st.integers(1, 30))
def test_a_tree_full_of_ties_is_cut_into_the_number_asked_for_each_group_inside_those_of_a_coarser_cut(
    points: list[int], wanted: int
) -> None:
    tree = linkage(np.array(points, dtype=float)[:, None], "average")
    fine_cut, coarse = exactly(tree, wanted), exactly(tree, max(wanted - 1, 1))
    assert len(set(fine_cut)) == min(wanted, len(points))
    assert len(set(zip(fine_cut.tolist(), coarse.tolist(), strict=True))) == len(set(fine_cut))


def test_a_careful_reader_makes_twenty_five_themes_of_three_hundred_notes() -> None:
    assert [expected(count) for count in (30, 100, 300, 1_000, 100_000)] == [10, 16, 25, 40, 60]


def test_a_pair_joins_the_group_it_is_most_often_with() -> None:
    together = np.array([[1, 1, 1, 0, 0.0], [1, 1, 1, 0, 0], [1, 1, 1, 0.2, 0], [0, 0, 0.2, 1, 1], [0, 0, 0, 1, 1]])
    assert absorb(np.array([0, 0, 0, 1, 1]), together).tolist() == [0, 0, 0, 0, 0]


def test_a_note_among_strangers_goes_where_it_is_most_often() -> None:
    together = np.kron(np.eye(4), np.full((3, 3), 0.9)) + 0.05
    np.fill_diagonal(together, 1.0)
    strayed = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 0])
    assert at_home(strayed, together).tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert at_home(np.zeros(12, dtype=np.int64), together).tolist() == [0] * 12


def test_the_resolution_of_a_continuum_rises_to_three_hundred_notes_and_falls_to_six_hundred() -> None:
    assert [fine(0), fine(130), fine(300), fine(600), fine(100_000)] == [2.25, 2.25, 2.75, 2.0, 2.0]
    assert 1.25 < fine(200) < 2.75
    assert 2.0 < fine(450) < 2.75


def test_groups_are_numbered_by_size_then_by_first_note() -> None:
    assert by_size(np.array([7, 3, 3, 9])).tolist() == [1, 0, 0, 2]


def test_neighbour_graphs_are_symmetric_without_self_links_and_the_small_is_in_the_large() -> None:
    small, large = (graph.toarray() for graph in neighbour_graphs(islands(3, 5), (2, 4)))
    assert (small == small.T).all()
    assert (large == large.T).all()
    assert not large.diagonal().any()
    assert (large[small > 0] > 0).all()
    assert (large > 0).sum() > (small > 0).sum()


def test_workshops_that_speak_of_the_same_things_lift_nothing() -> None:
    mixed = [f"w{number % 5}" for number in range(150)]
    assert abs(workshop_lift(islands(6, 25), mixed)) < 0.1
    assert workshop_lift(islands(6, 25), ["w"] * 150) == 0.0
    assert workshop_lift(islands(6, 25), [""] * 150) == 0.0
    assert workshop_lift(islands(6, 25), [f"w{number // 25}" for number in range(150)]) == 1.0
