from __future__ import annotations

import numpy as np

from synthesis.corpus import Note
from synthesis.themes.quotes import SHORT, choose, stretch
from synthesis.themes.vectors import unit


def notes(count: int, *, kinds: tuple[str, ...] = ("lever",), workshops: int = 1) -> list[Note]:
    return [
        Note(
            id=f"n{i}",
            text=f"Une phrase sur l’eau, la {i}e.",
            kind=kinds[i % len(kinds)],
            workshop=f"w{i % workshops}",
        )
        for i in range(count)
    ]


def fan(count: int) -> np.ndarray:
    angles = np.linspace(-0.6, 0.9, count)
    return np.column_stack([np.cos(angles), np.sin(angles)])


def test_a_theme_of_no_note_has_no_quote() -> None:
    assert choose([], np.zeros((0, 2))) == ()


def test_a_theme_of_one_note_quotes_it_whole() -> None:
    (quote,) = choose([Note(id="n", text="  L’eau manque.  ")], np.array([[1.0, 0.0]]))
    assert (quote.start, quote.end, quote.role) == (2, 15, "central")


def test_each_kind_present_is_quoted() -> None:
    found = notes(30, kinds=("lever", "lever", "lever", "obstacle", "lever", "condition"))
    by_id = {note.id: note for note in found}
    quoted = {by_id[quote.note_id].kind for quote in choose(found, fan(30))}
    assert quoted == {"lever", "obstacle", "condition"}


def test_two_workshops_are_heard_when_there_are_two() -> None:
    found = notes(8, workshops=8)
    by_id = {note.id: note for note in found}
    assert len({by_id[quote.note_id].workshop for quote in choose(found, fan(8))}) >= 2


def test_the_lone_voice_is_the_note_least_like_the_others() -> None:
    vectors = unit(np.vstack([fan(6) * [1.0, 0.1], [[-0.2, 1.0]]]))
    lone = choose(notes(7), vectors)[-1]
    assert (lone.note_id, lone.role) == ("n6", "lone")


def test_no_note_is_quoted_twice_and_no_duplicate_is_quoted_for_itself() -> None:
    quotes = choose(notes(4), np.tile([1.0, 0.0], (4, 1)))
    assert [quote.note_id for quote in quotes] == ["n0"]


def test_a_long_note_is_quoted_by_the_sentence_that_speaks_of_the_theme() -> None:
    text = "Nous avons commencé à neuf heures. " * 10 + "La rivière déborde chaque hiver."
    assert text[slice(*stretch(text, frozenset({"rivière"})))] == "La rivière déborde chaque hiver."


def test_a_note_of_ten_thousand_words_without_a_point_is_cut_at_a_space() -> None:
    text = "eau " * 10_000
    start, end = stretch(text)
    assert end - start <= SHORT
    assert text[start:end].endswith("eau")


def test_a_number_or_an_abbreviation_does_not_end_a_sentence() -> None:
    text = (
        "Voici ce que la salle a retenu de la matinée. " * 7 + "1. Rouvrir la rivière, cf. art. 3.2 du plan. Merci !"
    )
    assert text[slice(*stretch(text, frozenset({"rivière"})))] == "1. Rouvrir la rivière, cf. art. 3.2 du plan."
