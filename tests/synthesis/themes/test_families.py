from __future__ import annotations

import numpy as np

from synthesis.results import Family, Theme
from synthesis.themes.families import cut, keep, kinship
from synthesis.themes.looks import look
from synthesis.themes.sorting import Compared, Grouped
from synthesis.themes.vectors import Matrix, unit


def pairs(count: int) -> Matrix:
    """Nearness of themes that go two by two, a little like all the others."""
    return 0.1 + np.kron(np.eye(count), np.full((2, 2), 0.5))


def test_themes_that_go_two_by_two_make_families_of_two() -> None:
    assert cut(pairs(5)) == [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]


def test_there_are_five_to_nine_families() -> None:
    assert [len(cut(pairs(count))) for count in (5, 12, 30)] == [5, 6, 9]


def test_kinship_is_how_often_the_looks_put_two_themes_together_before_any_likeness() -> None:
    points = unit(np.random.default_rng(0).standard_normal((60, 3)) + np.eye(3).repeat(20, axis=0) * 8)
    compared = Compared(tuple(Grouped(row, (row,)) for row in range(60)), tuple(range(60)), look([points @ points.T]))
    halves = [list(range(start, start + 10)) for start in range(0, 60, 10)]
    seen = kinship(halves, np.ones((60, 2)), compared)
    assert np.allclose(seen, seen.T)
    assert all(
        seen[one, one ^ 1] > seen[one, other] for one in range(6) for other in range(6) if other // 2 != one // 2
    )


def test_without_looks_the_centres_decide() -> None:
    near = kinship([[0], [1], [2]], np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), None)
    assert near[0, 1] > near[0, 2] == 0.0


def theme(key: str, label: str, size: int) -> Theme:
    return Theme(id=key, label=label, proposed_label=label, note_ids=tuple(f"{key}{n}" for n in range(size)))


def test_a_family_is_called_by_its_two_largest_themes_under_the_names_they_have_now() -> None:
    known = [
        Family(id="f", label="Avant", theme_ids=("a", "b", "c", "gone")),
        Family(id="g", label="", theme_ids=("d",)),
    ]
    now = [theme("a", "Mots simples", 3), theme("b", "Appels à projets", 9), theme("c", "Récit du territoire", 5)]
    assert keep(known, now) == (
        Family(id="f", label="Appels à projets · Récit du territoire", theme_ids=("a", "b", "c")),
    )
