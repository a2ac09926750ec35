from __future__ import annotations

from synthesis.decisions import Decided, ThemeRenamed, ThemesMerged
from synthesis.themes.curation import Name, unite, wish


def renamed(position: int, theme_id: str, label: str) -> Decided:
    return Decided(position=position, by=f"s{position}", act=ThemeRenamed(theme_id=theme_id, label=label))


def merged(position: int, into: str, *theme_ids: str) -> Decided:
    return Decided(position=position, by=f"s{position}", act=ThemesMerged(into=into, theme_ids=theme_ids))


def test_the_last_rename_wins_in_the_journals_order() -> None:
    wishes = wish([renamed(2, "t1", "Après"), renamed(1, "t1", "Avant")])
    assert wishes.name("t1") == Name("Après", "s2", 2)


def test_an_empty_rename_gives_the_label_back_to_the_machine() -> None:
    assert wish([renamed(1, "t1", "L’eau"), renamed(2, "t1", "  ")]).name("t1") is None


def test_a_merge_keeps_the_receivers_label_and_forgets_the_others() -> None:
    wishes = wish([renamed(1, "t1", "L’eau"), renamed(2, "t2", "La pluie"), merged(3, "t1", "t2")])
    assert wishes.name("t2") == Name("L’eau", "s1", 1)


def test_merges_follow_one_another() -> None:
    wishes = wish([merged(1, "t2", "t3"), merged(2, "t1", "t2")])
    assert unite({"t1": ("a",), "t2": ("b",), "t3": ("c",)}, wishes) == {"t1": ("a", "b", "c")}


def test_a_merge_in_a_circle_changes_nothing_more() -> None:
    wishes = wish([merged(1, "t1", "t2"), merged(2, "t2", "t1")])
    assert unite({"t1": ("a",), "t2": ("b",)}, wishes) == {"t1": ("a", "b")}


def test_themes_merged_into_one_that_is_gone_stay_one() -> None:
    assert unite({"t2": ("b",), "t3": ("c",)}, wish([merged(1, "t1", "t2", "t3")])) == {"t2": ("b", "c")}


def test_a_decision_about_nothing_changes_nothing() -> None:
    wishes = wish([renamed(1, "tzzz", "Rien"), merged(2, "tyyy", "txxx")])
    assert unite({"t1": ("a",)}, wishes) == {"t1": ("a",)}
    assert unite({}, wishes) == {}


def test_a_merge_into_a_theme_people_see_keeps_its_id_when_its_own_notes_are_gone() -> None:
    assert unite({"t2": ("b",)}, wish([merged(1, "t1", "t2")]), ["t1"]) == {"t1": ("b",)}


def test_a_theme_is_touched_by_a_name_or_by_a_merge() -> None:
    wishes = wish([renamed(1, "t1", "L’eau"), merged(2, "t2", "t3")])
    assert wishes.touched("t1")
    assert wishes.touched("t2")
    assert not wishes.touched("t9")
