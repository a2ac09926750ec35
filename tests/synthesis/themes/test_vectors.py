from __future__ import annotations

import numpy as np
import pytest

from synthesis.themes import vectors
from synthesis.themes.vectors import Words, steady
from tests.synthesis.themes.plain import Rule, note, reading

READ = [reading(note(number).text) for number in range(12)]


def test_a_note_stands_where_its_words_and_its_sentence_say_less_what_all_share() -> None:
    space = steady(READ, Rule())
    assert space.shape == (12, 64)
    assert np.allclose(np.linalg.norm(space, axis=1), 1.0)
    assert steady(READ, Rule(has_sentences=False)).shape == (12, 32)


def test_a_note_without_a_readable_word_stands_nowhere() -> None:
    assert not steady([*READ, reading("!!!")], Rule())[-1].any()


def test_beyond_what_is_remembered_the_words_speak_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = steady(READ, Rule(has_sentences=False))
    monkeypatch.setattr(vectors, "REMEMBERED", 10)
    assert np.array_equal(steady(READ, Rule()), alone)


def test_a_rare_word_weighs_more_in_the_weighted_mean_than_one_that_every_note_says() -> None:
    rule = Rule(has_sentences=False)
    words = Words.of([reading(f"commune {rare}") for rare in ("puits", "navette", "cantine", "verger")], rule)
    common = rule.words(["commune"])[0]
    plain, weighted = words.mean() @ common, words.weighted_mean() @ common
    assert (weighted < plain - 0.05).all()
    assert np.allclose(np.linalg.norm(words.weighted_mean(), axis=1), 1.0)


def test_in_a_corpus_of_one_note_no_word_is_rarer_than_another() -> None:
    words = Words.of([reading("commune navette")], Rule(has_sentences=False))
    assert np.allclose(words.mean(), words.weighted_mean())
