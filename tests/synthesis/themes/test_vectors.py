from __future__ import annotations

import numpy as np
import pytest

from synthesis.themes import vectors
from synthesis.themes.vectors import steady
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
