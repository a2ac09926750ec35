"""What the doors, the questions and the deck say of an edition: by hand-counted cases, and on the empty morning."""

from __future__ import annotations

import dataclasses

import pytest

from synthesis.picture import draw
from synthesis.reach import reach
from synthesis.restitution import deck
from synthesis.restitution.acts import LandmarkPlaced, LandmarksOrdered, Scene
from synthesis.restitution.differences import differences
from synthesis.restitution.openings import openings, sides, tension, voices
from synthesis.restitution.questions import open_questions, questions_in
from synthesis.restitution.sheets import fold
from synthesis.results import Edition, Quote
from tests.synthesis.shown import make_edition, make_note, make_theme, present, quoting


@pytest.mark.parametrize(
    ("workshops", "expected"),
    [((), 0.0), ((("a", 1),), 1.0), ((("a", 9), ("b", 9)), 2.0), ((("a", 30), ("b", 1)), 1.0666), ((("a", 0),), 0.0)],
)
def test_reach_counts_workshops_at_comparable_shares(workshops: tuple[tuple[str, int], ...], expected: float) -> None:
    assert reach(workshops) == expected


def test_a_large_theme_of_one_workshop_comes_after_a_small_one_of_three() -> None:
    many = [make_note(f"m{index}") for index in range(9)] + [make_note("m9", workshop="b")]
    few = [make_note(f"f{key}", workshop=key) for key in "abc"]
    edition = make_edition(make_theme("large", *(note.id for note in many)), make_theme("wide", "fa", "fb", "fc"))
    assert [theme.id for theme in present(edition, *many, *few).themes] == ["wide", "large"]


def test_the_three_doors_of_the_empty_morning_are_open_and_empty() -> None:
    found = openings(present(Edition()))
    assert (found.everywhere, found.debated, found.once) == ((), (), ())
    assert open_questions(present(Edition())) == ()


def test_each_door_holds_what_it_says() -> None:
    notes = [make_note(f"w{key}", workshop=key) for key in "abc"]
    notes += [make_note("l", kind="lever"), make_note("k", kind="lever", workshop="b")]
    notes += [make_note("o", kind="obstacle"), make_note("p", kind="obstacle", workshop="c"), make_note("alone")]
    edition = make_edition(
        make_theme("wide", "wa", "wb", "wc"),
        make_theme("split", "l", "k", "o", "p", quotes=(quoting("p", 0, 3, "lone"),)),
    )
    found = openings(present(edition, *notes))
    assert [theme.id for theme in found.everywhere] == ["wide"]
    assert [one.theme.id for one in found.debated] == ["split"]
    assert [note.id for note in found.debated[0].obstacles] == ["o", "p"]
    assert [(one.note.id, one.theme.id if one.theme else "") for one in found.once] == [("p", "split"), ("alone", "")]


def test_one_side_that_is_more_than_twice_the_other_is_no_debate() -> None:
    levers = [make_note(f"l{number}", kind="lever") for number in range(5)]
    obstacles = [make_note(f"o{number}", kind="obstacle") for number in range(3)]
    notes = [*levers, *obstacles]
    for counted, expected in ((notes, ["t"]), (notes[:-1], [])):
        shown = present(make_edition(make_theme("t", *(note.id for note in counted))), *counted)
        assert [one.theme.id for one in openings(shown).debated] == expected


def test_a_theme_s_sides_come_from_different_workshops() -> None:
    notes = [make_note("a1"), make_note("a2"), make_note("b1", workshop="b"), make_note("o", kind="obstacle")]
    shown = present(make_edition(make_theme("t", "a1", "a2", "b1", "o")), *notes)
    assert [[note.id for note in side.notes] for side in sides(shown.themes[0], shown)] == [["a1", "b1"], ["o"]]
    one_sided = present(make_edition(make_theme("t", "a1", "a2")), *notes[:2])
    assert tension(one_sided.themes[0], one_sided) is None


def test_an_opened_theme_lets_each_kind_be_heard_from_another_workshop() -> None:
    notes = [make_note("la"), make_note("oa", kind="obstacle"), make_note("ob", kind="obstacle", workshop="b")]
    notes += [make_note("ca", kind="condition"), make_note("lone", kind="condition", workshop="c")]
    quotes = (quoting("la", 0, 8), quoting("oa", 0, 8), quoting("ob", 0, 8), quoting("lone", 0, 8, "lone"))
    theme = make_theme("t", "la", "oa", "ob", "ca", "lone", quotes=quotes)
    shown = present(make_edition(theme), *notes)
    heard = voices(shown.themes[0], shown)
    # The obstacle of another workshop goes before the first one; the condition, quoted by nobody, is a whole note.
    assert [(one.kind, one.workshop) for one in heard] == [("lever", "a"), ("obstacle", "b"), ("condition", "a")]
    assert heard[2].text == "Une note sur ca."
    alone = present(make_edition(make_theme("t", "la")), notes[0])
    assert [one.text for one in voices(alone.themes[0], alone)] == ["Une note sur la."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Qui décide ? Et quand ? Personne ne sait.", ("Qui décide ?", "Et quand ?")),
        ("Rien à demander.", ()),
        ("???", ()),
        ("من يقرر؟", ("من يقرر؟",)),
    ],
)
def test_a_question_is_cut_out_as_written(text: str, found: tuple[str, ...]) -> None:
    assert questions_in(text) == found


def test_an_obstacle_is_open_when_no_lever_of_its_theme_shares_a_telling_word() -> None:
    notes = [
        make_note("o1", kind="obstacle", text="Les navettes manquent le dimanche."),
        make_note("o2", kind="obstacle", text="Les comptes rendus restent illisibles."),
        make_note("l1", text="Une navette partagée entre deux communes."),
        make_note("q", kind="obstacle", text="Pourquoi si tard ?"),
    ]
    [found] = open_questions(present(make_edition(make_theme("t", "o1", "o2", "l1", "q")), *notes))
    assert [note.id for note in found.unanswered] == ["o2"]
    assert [(one.note.id, one.words) for one in found.asked] == [("q", "Pourquoi si tard ?")]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_deck_of_few_notes_holds_them_all(count: int) -> None:
    notes = [make_note(f"n{index}", text="Long " * 2_000) for index in range(count)]
    edition = make_edition(*([make_theme("t", *(note.id for note in notes))] if notes else []))
    shown = present(edition, *notes)
    made = deck.make(shown, draw(edition, shown), place="Loos", position=9)
    assert (len(made.notes), made.spoken) == (count, min(count, 1))
    assert made.scenes[0] == Scene(view="title")
    assert deck.for_the_room(made).notes == ()


@pytest.mark.parametrize(("text", "quoted"), [("Court.", ["n1"]), ("Long " * 40, ["n0"])])
def test_a_speech_that_nobody_prepared_shows_no_quote_twice_in_a_row(text: str, quoted: list[str]) -> None:
    notes = [make_note(f"n{index}", text=text) for index in range(3)]
    quotes = tuple(Quote(note_id=note.id, start=0, end=len(text), role="central") for note in notes)
    theme = dataclasses.replace(make_theme("t", *(note.id for note in notes)), quotes=quotes)
    scenes = deck.usual(present(make_edition(theme), *notes))
    assert [scene.note_id for scene in scenes if scene.view == "quote"] == quoted


def test_nothing_changed_between_a_version_and_itself() -> None:
    shown = present(make_edition(make_theme("t", "n")), make_note("n"))
    assert not differences(shown, shown).any


def test_a_landmark_added_elsewhere_is_not_lost_by_an_order_that_did_not_know_it() -> None:
    placed = [("a", LandmarkPlaced(landmark_id=key, line=key)) for key in "xyz"]
    sheet = fold([*placed, ("a", LandmarksOrdered(landmark_ids=("z", "x", "gone")))])["a"]
    assert [one.id for one in sheet.landmarks] == ["z", "x", "y"]
