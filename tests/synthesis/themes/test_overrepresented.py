from __future__ import annotations

from math import comb

from synthesis.corpus import Corpus, Note
from synthesis.results import Theme
from synthesis.themes.overrepresented import louder, table


def theme(name: str, *note_ids: str) -> Theme:
    return Theme(id=name, label=name, proposed_label=name, note_ids=note_ids)


def notes(*workshops: str) -> Corpus:
    return Corpus.of(Note(id=f"n{index:03d}", text="x", workshop=key) for index, key in enumerate(workshops))


def test_a_theme_said_in_one_workshop_only_is_overrepresented_there() -> None:
    corpus = notes(*["a"] * 10, *["b"] * 30)
    ids = [note.id for note in corpus]
    cells = table([theme("t", *ids[:10]), theme("u", *ids[10:])], corpus)
    first = cells[0]
    assert (first.theme_id, first.workshop, first.notes, first.expected, first.over) == ("t", "a", 10, 2.5, True)
    assert first.p_value == round(1 / comb(40, 10), 6)
    found = louder([theme("t", *ids[:10]), theme("u", *ids[10:])], corpus)
    assert [(one.theme_id, one.workshop, one.notes, one.expected) for one in found] == [
        ("t", "a", 10, 2.5),
        ("u", "b", 30, 22.5),
    ]


def test_a_theme_spread_evenly_is_overrepresented_nowhere() -> None:
    corpus = notes(*["a", "b"] * 20)
    ids = [note.id for note in corpus]
    assert louder([theme("t", *ids[:20]), theme("u", *ids[20:])], corpus) == ()


def test_two_notes_are_never_overrepresented() -> None:
    corpus = notes("a", "a", *["b"] * 60)
    ids = [note.id for note in corpus]
    assert [one for one in louder([theme("t", *ids[:2]), theme("u", *ids[2:])], corpus) if one.theme_id == "t"] == []


def test_nothing_is_claimed_of_no_note_of_one_or_of_one_workshop() -> None:
    assert table([], notes()) == ()
    assert table([theme("t")], notes("a")) == ()
    assert [cell.over for cell in table([theme("t", "n000")], notes("a"))] == [False]
    one = notes(*["a"] * 9)
    assert not any(cell.over for cell in table([theme("t", *[note.id for note in one])], one))


def test_notes_without_a_workshop_are_left_out() -> None:
    assert [cell.notes for cell in table([theme("t", "n000", "n001")], notes("", "a"))] == [1]
