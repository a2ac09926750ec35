"""The overview: themes by family and workshop, what one workshop says more, and how far a second opinion agrees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from synthesis.crossing import Overview, agreement, lay_out
from synthesis.results import Edition, Family, SecondOpinion
from synthesis.standing import Louder
from tests.synthesis.shown import make_edition, make_note, make_theme, present

NOTES = [make_note(f"n{number}", workshop="ab"[number % 2]) for number in range(6)]
FAMILY = Family(id="f1", label="Se déplacer", theme_ids=("t1", "t2"))


def laid_out(**parts: object) -> Overview:
    themes = [make_theme("t1", "n0", "n2", "n4"), make_theme("t2", "n1"), make_theme("t3", "n3", "n5")]
    edition = make_edition(*themes, **{"families": (FAMILY,), **parts})
    return lay_out(present(edition, *NOTES), edition)


def test_each_theme_is_counted_in_each_workshop_that_has_notes() -> None:
    page = laid_out()
    assert [(one.mark, one.title, one.notes) for one in page.columns] == [
        ("A1", "Gouvernance", 3),
        ("A2", "Mobilités", 3),
    ]
    assert [(band.label, band.notes, [row.theme.id for row in band.rows]) for band in page.bands] == [
        ("Se déplacer", 4, ["t1", "t2"]),
        ("", 2, ["t3"]),
    ]
    assert [[cell.notes for cell in row.cells] for band in page.bands for row in band.rows] == [[3, 0], [0, 1], [0, 2]]


def test_what_one_workshop_says_more_is_marked_and_said_and_gone_with_its_notes() -> None:
    marked = (
        Louder(theme_id="t1", workshop="a", notes=3, expected=1.5, p_value=0.05),
        Louder(theme_id="t2", workshop="c", notes=3, expected=0.1, p_value=0.01),
        Louder(theme_id="gone", workshop="a", notes=9, expected=1.0, p_value=0.01),
    )
    page = laid_out(louder=marked)
    assert [(one.theme.id, one.workshop, one.notes, one.expected) for one in page.louder] == [
        ("t1", "Gouvernance", 3, 1.5)
    ]
    assert [cell.louder for cell in page.bands[0].rows[0].cells] == [True, False]


def test_nothing_is_crossed_on_the_empty_morning_or_while_notes_are_few() -> None:
    empty = lay_out(present(Edition()), Edition())
    assert (empty.columns, empty.bands, empty.louder, empty.second) == ((), (), (), None)
    assert laid_out(method="grouped").bands == ()


@pytest.mark.parametrize(("ami", "word"), [(0.5, "largely"), (0.3, "partly"), (0.1, "little")])
def test_a_second_opinion_is_said_in_a_word_with_the_notes_it_could_class(ami: float, word: str) -> None:
    second = SecondOpinion(classes=4, classified=0.5, ami=ami, ari=0.1)
    page = laid_out(second=second)
    assert (page.agreement, page.classified) == (word, 3)
    assert agreement(None) == ""


def test_a_theme_that_leaves_or_comes_changes_the_shape_and_a_count_does_not() -> None:
    assert laid_out().shape == laid_out(louder=()).shape
    assert laid_out().shape != laid_out(families=(replace(FAMILY, theme_ids=("t1",)),)).shape
