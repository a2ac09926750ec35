"""What a reader is shown of an edition: counts of the notes that are there, words as they stand, nobody's name."""

from __future__ import annotations

from dataclasses import fields, replace

from synthesis.arrange import FIRST, WALL_NOTES, WALL_THEMES, arrange_desk, arrange_theme, arrange_wall, card_quotes
from synthesis.present import EditionShown, NoteShown
from synthesis.results import (
    Edition,
    Family,
    Membership,
)
from tests.synthesis.shown import make_edition, make_note, make_theme, present, quoting

"""What a reader is shown of an edition: counts of the notes that are there, words as they stand, nobody's name."""


def test_an_empty_morning_is_shown_with_every_workshop_silent() -> None:
    shown = present(Edition())
    assert (shown.themes, shown.tray, shown.notes) == ((), (), ())
    assert (shown.spoken, shown.silent) == (0, ("Gouvernance", "Mobilités", "Récits"))
    assert arrange_desk(shown).first == ()
    assert arrange_wall(shown).last == ()


def test_the_first_notes_wait_to_be_placed_before_there_is_any_edition() -> None:
    for count in (1, 2):
        notes = [make_note(f"n{index}") for index in range(count)]
        shown = present(Edition(), *notes)
        assert shown.tray == tuple(note.id for note in notes)
        assert shown.spoken == 1
        assert [note.id for note in arrange_desk(shown).tray] == [note.id for note in reversed(notes)]


def test_numbers_count_the_notes_that_are_there_and_not_those_of_the_edition() -> None:
    edition = make_edition(make_theme("t", "n1", "n2", "gone"))
    shown = present(edition, make_note("n1", kind="obstacle", workshop="b"), make_note("n2"), make_note("late"))
    theme = shown.themes[0]
    assert theme.size == 2
    assert theme.kinds == (("lever", 1), ("obstacle", 1), ("condition", 0))
    assert theme.workshops == (("a", 1), ("b", 1))
    assert shown.tray == ("late",)
    assert shown.workshops == (("a", "Gouvernance", 2), ("b", "Mobilités", 1), ("c", "Récits", 0))


def test_a_theme_that_holds_no_note_any_more_is_not_shown() -> None:
    edition = make_edition(
        make_theme("t", "gone", family="f"), families=(Family(id="f", label="Famille", theme_ids=("t",)),)
    )
    shown = present(edition, make_note("n1"))
    assert shown.themes == ()
    assert shown.families == ()


def test_a_quote_is_the_note_s_own_stretch() -> None:
    text = "Les élu⋅es laissent la main. Et on avance."
    edition = make_edition(make_theme("t", "n1", quotes=(quoting("n1", 0, 28),)))
    assert present(edition, make_note("n1", text=text)).themes[0].quotes[0].text == "Les élu⋅es laissent la main."


def test_a_note_reworded_since_the_edition_is_quoted_whole() -> None:
    edition = make_edition(make_theme("t", "n1", quotes=(quoting("n1", 0, 4),)))
    shown = present(edition, make_note("n1", text="Autre chose.", revision=6))
    assert shown.themes[0].quotes[0].text == "Autre chose."


def test_a_quote_of_a_removed_note_is_gone() -> None:
    edition = make_edition(make_theme("t", "n1", "n2", quotes=(quoting("n1", 0, 4), quoting("n2", 0, 4))))
    assert [quote.note_id for quote in present(edition, make_note("n2")).themes[0].quotes] == ["n2"]


def test_themes_come_by_workshops_first_then_by_notes() -> None:
    edition = make_edition(make_theme("big", "n1", "n2", "n3"), make_theme("wide", "n4", "n5"))
    notes = [make_note(f"n{index}") for index in (1, 2, 3, 4)]
    shown = present(edition, *notes, make_note("n5", workshop="b"))
    assert [theme.id for theme in shown.themes] == ["wide", "big"]


def test_a_note_little_agreed_upon_is_said_to_be_unsure() -> None:
    edition = make_edition(
        make_theme("t", "n1"), memberships=(Membership(note_id="n1", theme_id="t", confidence=0.2),)
    )
    assert [note.sure for note in present(edition, make_note("n1")).notes] == [False]


def test_no_screen_is_told_an_author() -> None:
    shown = present(make_edition(make_theme("t", "n1")), make_note("n1", author="place-secrete.telephone"))
    assert "author" not in {field.name for field in fields(NoteShown)}
    assert "place-secrete" not in repr(shown)


def test_a_kind_the_gathering_does_not_know_is_still_counted_and_nobody_s_kind_is_last() -> None:
    notes = [make_note("n1", kind="recit"), make_note("n2", kind=""), make_note("n3")]
    theme = present(make_edition(make_theme("t", "n1", "n2", "n3")), *notes).themes[0]
    assert theme.kinds == (("lever", 1), ("obstacle", 0), ("condition", 0), ("recit", 1), ("", 1))


def make_many(count: int) -> EditionShown:
    themes = [
        make_theme(f"t{index:02}", f"n{index:02}", family="f" if index >= FIRST else "") for index in range(count)
    ]
    families = (Family(id="f", label="Faire ensemble", theme_ids=tuple(theme.id for theme in themes[FIRST:])),)
    return present(make_edition(*themes, families=families), *(make_note(f"n{index:02}") for index in range(count)))


def test_the_desk_shows_seven_themes_first_and_the_others_by_family() -> None:
    desk = arrange_desk(make_many(10))
    assert len(desk.first) == FIRST
    assert desk.others == 3
    assert [(shelf.label, len(shelf.themes)) for shelf in desk.shelves] == [("Faire ensemble", 3)]


def test_a_family_of_one_theme_would_say_its_name_twice_and_is_none() -> None:
    themes = [make_theme(key, f"n{key}", family=f"f{key > 'b'}") for key in "abc"]
    families = (
        Family(id="fFalse", label="a · b", theme_ids=("a", "b")),
        Family(id="fTrue", label="c", theme_ids=("c",)),
    )
    shown = present(make_edition(*themes, families=families), *(make_note(f"n{key}") for key in "abc"))
    assert [(shelf.label, len(shelf.themes)) for shelf in arrange_wall(shown).shelves] == [("a · b", 2), ("", 1)]


def test_the_wall_has_every_theme_and_a_projector_the_first_ones() -> None:
    wall = arrange_wall(make_many(20))
    assert sum(len(shelf.themes) for shelf in wall.shelves) == 20
    assert (len(wall.first), wall.more) == (WALL_THEMES, 20 - WALL_THEMES)
    assert len(wall.last) == WALL_NOTES
    assert wall.last[0].id == "n19"


def test_a_new_note_in_a_theme_leaves_the_desk_s_shape_and_a_new_theme_changes_it() -> None:
    notes = [make_note("n1"), make_note("n2")]
    one = arrange_desk(present(make_edition(make_theme("t", "n1")), *notes))
    grown = arrange_desk(present(make_edition(make_theme("t", "n1", "n2")), *notes))
    split = arrange_desk(present(make_edition(make_theme("t", "n1"), make_theme("u", "n2")), *notes))
    assert one.shape == grown.shape
    assert one.shape != split.shape


def test_a_theme_page_has_a_column_per_kind_and_the_lone_voice_apart() -> None:
    quotes = (quoting("n1", 0, 3), quoting("n2", 0, 3, "lone"))
    edition = make_edition(make_theme("t", "n1", "n2", quotes=quotes))
    shown = present(edition, make_note("n1"), make_note("n2", kind="obstacle"))
    page = arrange_theme(shown, shown.themes[0])
    assert [(column.kind, len(column.notes)) for column in page.columns] == [
        ("lever", 1),
        ("obstacle", 1),
        ("condition", 0),
    ]
    assert [quote.note_id for quote in page.quotes] == ["n1"]
    assert page.lone is not None
    assert page.lone.note_id == "n2"


def test_a_card_quotes_one_note_of_each_kind_before_a_second_of_one() -> None:
    ids = ("n1", "n2", "n3", "n4")
    edition = make_edition(make_theme("t", *ids, quotes=tuple(quoting(one, 0, 3) for one in ids)))
    kinds = ("lever", "lever", "obstacle", "condition")
    shown = present(edition, *(make_note(one, kind=kind) for one, kind in zip(ids, kinds, strict=True)))
    assert [quote.note_id for quote in card_quotes(shown.themes[0])] == ["n1", "n3", "n4"]


def test_a_hidden_theme_is_in_no_list_and_its_notes_are_still_counted() -> None:
    themes = (make_theme("t1", "n1"), replace(make_theme("t2", "n2"), hidden=True))
    edition = make_edition(*themes, families=(Family(id="f", label="Famille", theme_ids=("t1", "t2")),))
    shown = present(edition, make_note("n1"), make_note("n2"))
    assert [theme.id for theme in shown.themes] == ["t1"]
    assert [theme.id for theme in shown.hidden] == ["t2"]
    assert (shown.families[0].theme_ids, shown.tray, len(shown.notes)) == (("t1",), (), 2)
    assert shown.theme("t2") == shown.hidden[0]


def test_a_person_s_order_comes_first_and_changes_the_shape_of_the_desk() -> None:
    notes = [make_note("n1", workshop="a"), make_note("n2", workshop="b"), make_note("n3")]
    wide, narrow = make_theme("t1", "n1", "n2"), make_theme("t2", "n3")
    assert [theme.id for theme in present(make_edition(wide, narrow), *notes).themes] == ["t1", "t2"]
    ordered = present(make_edition(wide, replace(narrow, rank=1)), *notes)
    assert [theme.id for theme in ordered.themes] == ["t2", "t1"]
    assert arrange_desk(ordered).shape != arrange_desk(present(make_edition(wide, narrow), *notes)).shape
