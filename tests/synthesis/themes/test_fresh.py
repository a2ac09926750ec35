from __future__ import annotations

from itertools import combinations

from synthesis.corpus import Corpus
from synthesis.results import Parameters
from synthesis.themes.fresh import SHARE_ASKED, Change, Fresh, changed, look_again
from synthesis.themes.pipeline import form
from tests.synthesis.themes.plain import SUBJECTS, Rule, corpus, note, readings

NAMES = sorted(SUBJECTS)
NOTES = Corpus.of(
    note(100 * at + number, text=" ".join(words))
    for at, name in enumerate(NAMES)
    for number, words in enumerate(list(combinations(SUBJECTS[name], 3))[::8])
)
"""Fifteen notes of each subject, no two of the same words."""


def by_subject() -> dict[str, list[str]]:
    """Return the subjects that the notes were made of."""
    return {name: [one.id for one in NOTES if int(one.id[1:]) // 100 == at] for at, name in enumerate(NAMES)}


def again(displayed: dict[str, list[str]], held: tuple[str, ...] = ()) -> Fresh:
    return look_again(NOTES, readings(NOTES), Rule(), displayed=displayed, held=held, share=SHARE_ASKED)


def test_what_is_displayed_as_the_looks_see_it_is_left_alone() -> None:
    formed = form(NOTES, readings(NOTES), encoders=Rule(), parameters=Parameters())
    assert again({theme.id: list(theme.note_ids) for theme in formed.themes}).changes == ()


def test_a_note_among_strangers_is_proposed_to_move_unless_a_person_put_it_there() -> None:
    shown = by_subject()
    lost = shown[NAMES[0]].pop()
    shown[NAMES[1]].append(lost)
    (move,) = [one for one in again(shown).changes if lost in one.note_ids]
    assert (move.what, move.origins, move.target) == ("move", (NAMES[1],), NAMES[0])
    assert move.gain == round(move.then - move.now, 4) >= 0.5
    assert not [one for one in again(shown, held=(lost,)).changes if lost in one.note_ids]


def test_two_subjects_under_one_name_are_proposed_to_part() -> None:
    shown = by_subject()
    shown[NAMES[0]] += shown.pop(NAMES[1])
    found = again(shown).changes
    assert {one.what for one in found} == {"split"}
    assert all(one.origins == (NAMES[0],) and not one.target for one in found)


def test_notes_of_the_tray_that_speak_alike_are_proposed_as_a_new_theme() -> None:
    shown = by_subject()
    waiting = shown.pop(NAMES[3])
    found = again(shown).changes
    assert {one.what for one in found} == {"new"}
    assert {one for change in found for one in change.note_ids} <= set(waiting)


def test_a_subject_under_two_names_is_proposed_to_become_one() -> None:
    formed = form(NOTES, readings(NOTES), encoders=Rule(), parameters=Parameters(themes=4))
    shown = {theme.id: list(theme.note_ids) for theme in formed.themes}
    first = next(iter(shown))
    shown["half"], shown[first] = shown[first][::2], shown[first][1::2]
    assert [{*one.origins, one.target} for one in again(shown).changes if one.what == "merge"] == [{"half", first}]


def test_no_note_is_in_two_changes_and_what_matters_most_is_first() -> None:
    found = again({"a": [one.id for one in NOTES][::2]}).changes
    listed = [one for change in found for one in change.note_ids]
    assert len(listed) == len(set(listed))
    weights = [round(one.gain * len(one.note_ids) ** 0.5, 4) for one in found]
    assert weights == sorted(weights, reverse=True)


def test_one_round_concerns_few_of_the_displayed_notes_and_more_when_a_person_asks() -> None:
    shown = by_subject()
    shown[NAMES[0]] += shown.pop(NAMES[1])
    assert moved(look_again(NOTES, readings(NOTES), Rule(), displayed=shown, share=0.0), shown) <= 1
    for share in (0.1, 0.25):
        offered = look_again(NOTES, readings(NOTES), Rule(), displayed=shown, share=share)
        assert 1 < moved(offered, shown) <= share * len(NOTES)


def moved(fresh: Fresh, shown: dict[str, list[str]]) -> int:
    """Count the displayed notes that the changes would move."""
    displayed = {note for notes in shown.values() for note in notes}
    return sum(len(displayed.intersection(change.note_ids)) for change in fresh.changes)


def test_a_note_that_waits_joins_its_company_by_itself_unless_a_person_put_it_there() -> None:
    shown = by_subject()
    waiting = shown[NAMES[2]].pop()
    found = again(shown)
    assert found.joins[waiting].theme_id == NAMES[2]
    assert 0.5 < found.joins[waiting].confidence <= 1.0
    assert found.changes == ()
    assert waiting not in again(shown, held=(waiting,)).joins


def test_what_may_not_be_offered_leaves_its_place_to_the_next_best() -> None:
    shown = by_subject()
    lost = [shown[NAMES[0]].pop(), shown[NAMES[2]].pop()]
    shown[NAMES[1]] += lost
    first = again(shown).changes[0].note_ids
    other = look_again(
        NOTES, readings(NOTES), Rule(), displayed=shown, allowed=lambda change: change.note_ids != first
    )
    assert [one.note_ids for one in other.changes] == [(one,) for one in lost if (one,) != first]


def test_a_change_moves_its_notes_and_no_other() -> None:
    shown = {"a": ["1", "2"], "b": ["3"]}
    move = Change(what="move", note_ids=("2",), origins=("a",), target="b", now=0.0, then=1.0)
    assert changed(shown, move) == {"a": ("1",), "b": ("3", "2")}
    birth = Change(what="new", note_ids=("2", "3"), origins=("a", "b"), now=0.0, then=1.0)
    assert changed(shown, birth, "c") == {"a": ("1",), "c": ("2", "3")}


def test_with_too_few_notes_there_is_nothing_to_say() -> None:
    for count in (0, 1, 2):
        few = corpus(range(count))
        assert look_again(few, readings(few), Rule(), displayed={}) == Fresh(support={})
