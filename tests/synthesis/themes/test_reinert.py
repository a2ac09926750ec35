from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from synthesis.themes.reinert import descend, halves, second_opinion
from tests.synthesis.themes.plain import SUBJECTS, reading

LINES = [" ".join(words) for name in ("eau", "route") for words in list(combinations(SUBJECTS[name], 3))[::6]]
READ = [reading(line) for line in LINES]
TRUTH = np.repeat([0, 1], len(LINES) // 2)


def test_two_vocabularies_are_two_classes() -> None:
    assert descend(READ, 2).tolist() == TRUTH.tolist()


def test_the_second_opinion_agrees_with_themes_that_are_the_same_and_not_with_chance() -> None:
    found = second_opinion(READ, TRUTH)
    assert found is not None
    assert (found.classes, found.classified, found.ami, found.ari) == (2, 1.0, 1.0, 1.0)
    mixed = second_opinion(READ, np.arange(len(READ)) % 2)
    assert mixed is not None
    assert abs(mixed.ari) < 0.1


def test_a_table_of_two_blocks_is_cut_between_them() -> None:
    block = np.kron(np.eye(2), np.ones((6, 4)))
    found = halves(csr_matrix(block))
    assert found is not None
    assert len(set(found[:6].tolist())) == len(set(found[6:].tolist())) == 1
    assert found[0] != found[6]


def test_the_same_words_everywhere_are_never_cut() -> None:
    assert set(descend([reading("rivière captage nappe")] * 12, 3).tolist()) == {0}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_few_notes_have_no_second_opinion(count: int) -> None:
    few = second_opinion(READ[:count], np.zeros(count, dtype=np.int64))
    assert few is not None
    assert (few.ami, few.ari) == (0.0, 0.0)


def test_a_note_of_words_nobody_else_uses_is_not_classed() -> None:
    assert descend([*READ, reading("tournevis")], 2)[-1] == -1


def test_no_second_opinion_is_asked_of_too_many_notes() -> None:
    assert second_opinion([reading("rivière")] * 3_001, np.zeros(3_001, dtype=np.int64)) is None
