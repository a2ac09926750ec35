"""Where French names somebody: each sentence with organisations in [ ] and families of people in < >, exactly.

Written for this project in the manner of workshop notes, of contributions to a consultation, of programmes. They are
read together, as the notes of a gathering are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from synthesis.actors.mentions import find
from synthesis.corpus import Corpus, Note
from synthesis.french import French

SENTENCES = (Path(__file__).parent / "spans.txt").read_text("utf-8").splitlines()
"""Sentences as a careful reader marks them: [organisations], <people>."""

_MARK = re.compile(r"[\[\]<>]")


@pytest.fixture(scope="module")
def read() -> dict[str, str]:
    """Return each plain sentence as it was read, with the same marks."""
    corpus = Corpus.of(Note(id=f"n{rank:03}", text=_MARK.sub("", text)) for rank, text in enumerate(SENTENCES))
    readings = French.load().read([note.text for note in corpus])
    found = find(corpus, dict(zip((note.id for note in corpus), readings, strict=True)), ())
    people = {actor.id for actor in found.actors if actor.people}
    marks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for mention in found.mentions:
        marks[mention.note_id] += zip(
            (mention.start, mention.end), "<>" if mention.actor_id in people else "[]", strict=True
        )
    marked = {}
    for note in corpus:
        text = note.text
        for at, mark in sorted(marks[note.id], reverse=True):
            text = text[:at] + mark + text[at:]
        marked[note.text] = text
    return marked


@pytest.mark.parametrize("sentence", SENTENCES, ids=[text[:50] for text in SENTENCES])
def test_a_sentence_names_somebody_exactly_there(sentence: str, read: dict[str, str]) -> None:
    assert read[_MARK.sub("", sentence)] == sentence
