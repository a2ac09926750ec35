"""How well a label alone leads back to its theme: a blind reader chooses among five, on themes of the public sets.

Run with `python bench/labels.py`. Two readers: one compares sentence vectors, the other mean vectors of words; each
sees the label and the centres of five themes of one set, its own among them, drawn twenty times. What is wrong with a
label's form (fewer than two words or more than five, a word at its edge that names nothing, a cut word, a broken
inclusive form) is counted too.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.quality import SETS, load  # noqa: E402 - the checkout is put on the path first
from synthesis.corpus import Corpus  # noqa: E402
from synthesis.french import French  # noqa: E402
from synthesis.results import Parameters, Theme  # noqa: E402
from synthesis.themes.candidates import FEWEST_WORDS  # noqa: E402
from synthesis.themes.labels import straightened  # noqa: E402
from synthesis.themes.phrases import MOST_WORDS, NAMELESS  # noqa: E402
from synthesis.themes.pipeline import form  # noqa: E402
from synthesis.themes.vectors import Matrix, unit, word_means  # noqa: E402

OFFERED = 5
DRAWS = 20
EDGES = frozenset("le la les un une des de du d l à au aux et ou en par pour sur dans ce ces son sa ses".split())  # noqa: SIM905 - read as a line


@dataclass(frozen=True)
class Read:
    """How one set's labels were read."""

    name: str
    themes: int
    sentences: float
    words: float
    faults: tuple[str, ...]


def read(name: str, french: French) -> Read | None:
    """Form the themes of a set and have its labels read."""
    given = load(name, french)
    if given is None:
        return None
    corpus = Corpus.of(given.notes)
    by_id = dict(zip((note.id for note in given.notes), given.readings, strict=True))
    readings = [by_id[note.id] for note in corpus]
    themes = form(corpus, by_id, encoders=french, parameters=Parameters()).themes
    row = {note.id: index for index, note in enumerate(corpus)}
    groups = [[row[note_id] for note_id in theme.note_ids] for theme in themes]
    labels = french.read([theme.label.lower() for theme in themes])
    sentences, said = french.sentences([one.text for one in readings]), french.sentences([t.label for t in themes])
    assert sentences is not None  # noqa: S101 - measured with the encoder
    assert said is not None  # noqa: S101 - the same
    return Read(
        name,
        len(themes),
        _right(sentences, said, groups),
        _right(word_means(readings, french), word_means(labels, french), groups),
        tuple(fault for theme in themes if (fault := _fault(theme, [by_id[one].text for one in theme.note_ids]))),
    )


def _right(notes: Matrix, labels: Matrix, groups: Sequence[Sequence[int]]) -> float:
    """Return the share of draws in which the nearest of five centres is the label's own theme."""
    shared = notes.mean(axis=0)
    centres = unit(np.array([(notes[list(group)] - shared).mean(axis=0) for group in groups]))
    near: NDArray[np.float64] = unit(labels - shared) @ centres.T
    chance, right = random.Random(0), 0  # noqa: S311 - the draws of a measure
    for own in range(len(groups)):
        others = [index for index in range(len(groups)) if index != own]
        for _ in range(DRAWS):
            offered = [own, *chance.sample(others, min(OFFERED - 1, len(others)))]
            right += int(np.argmax(near[own, offered])) == 0
    return right / (DRAWS * len(groups))


def _fault(theme: Theme, texts: Sequence[str]) -> str:
    words = theme.label.lower().replace("’", " ").replace("'", " ").split()
    if not FEWEST_WORDS <= len(theme.label.split()) <= MOST_WORDS:
        return f"{theme.label} : {len(theme.label.split())} mots"
    if words[0] in EDGES | NAMELESS or words[-1] in EDGES | NAMELESS:
        return f"{theme.label} : bord"
    label = straightened(theme.label).casefold()
    around = [(text, straightened(text).casefold().find(label)) for text in texts]
    found = [(text, at) for text, at in around if at >= 0]
    if not found:
        return f"{theme.label} : introuvable"
    end = len(theme.label)
    if all(
        text[at + end : at + end + 1].isalnum() or text[at + end : at + end + 1] in set("·⋅") for text, at in found
    ):
        return f"{theme.label} : coupé"
    return ""


def main() -> None:
    """Read every set, print each, then all."""
    french = French.load()
    with threadpool_limits(1):
        found = [one for name in SETS if name != "référentiel, fin" and (one := read(name, french))]
    print(f"{'ensemble':20s} thèmes  lecteur de phrases  lecteur de mots  fautes de forme")
    for one in found:
        print(f"{one.name:20s} {one.themes:6d}  {one.sentences:18.1%}  {one.words:15.1%}  {len(one.faults)}")
        for fault in one.faults:
            print(f"    {fault}")
    count = sum(one.themes for one in found) or 1
    sentences = sum(one.sentences * one.themes for one in found) / count
    words = sum(one.words * one.themes for one in found) / count
    print(f"{'tous':20s} {count:6d}  {sentences:18.1%}  {words:15.1%}  {sum(len(one.faults) for one in found)}")


if __name__ == "__main__":
    main()
