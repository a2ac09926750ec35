"""Names a theme with words that are in its notes: a noun phrase a person would say, and the words that set it apart.

Pure. The machine writes nothing: a label is a stretch of a note with its first letter raised and real apostrophes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.french import Reading
from synthesis.themes.candidates import FEWEST_WORDS, Candidate, Lexicon
from synthesis.themes.phrases import MOST_WORDS, phrases
from synthesis.themes.vectors import WEIGHT, Encoders, Matrix, unit

CENTRAL = 80
"""Most central notes of a theme that its name and its meaning are looked for in: enough, however large it is."""

FINALISTS = 5
"""Phrases per theme whose sentence vector is computed: eight give the same names, and take longer (measured)."""

MARGIN = 2.0
"""What each view of meaning counts against words when the best phrase is chosen."""

MEANING = 60
"""Most central notes whose mean says what a theme is about."""


APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")

WORDLESS = "Notes sans mots"
"""What a theme is called whose notes say nothing readable."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a theme is called, and the words that set it apart, each as it occurs in its notes."""

    label: str
    keywords: tuple[str, ...] = ()

    @property
    def subtitle(self) -> str:
        """The distinguishing words as one line."""
        return ", ".join(self.keywords)


def name_all(
    groups: Sequence[Sequence[int]],
    readings: Sequence[Reading],
    encoders: Encoders,
    *,
    reserved: Collection[str] = (),
    skip: Collection[int] = (),
) -> tuple[Naming, ...]:
    """Name every group, each differently.

    Args:
        groups: indices into `readings`, most central note first.
        readings: one per note.
        encoders: to prefer the phrase whose meaning is nearest to its own theme and far from the others.
        reserved: labels already given, by a person or by an earlier run; none is given again.
        skip: groups that have a name already; they count as the others' rivals and get an empty one here.
    """
    if len(skip) == len(groups):
        return tuple(Naming("") for _ in groups)
    central = [group[:CENTRAL] for group in groups]
    lexicon = Lexicon.of(central, readings)
    views = _views(central, readings, encoders)
    taken = {_folded(label) for label in reserved}
    named: dict[int, Naming] = {}
    for index in sorted(range(len(groups)), key=lambda index: (-len(groups[index]), index)):
        if index in skip:
            named[index] = Naming("")
            continue
        offered = [one for one in lexicon.candidates(index) if _folded(one.text) not in taken]
        label = _best(offered, index, views, encoders) or _fallback(groups[index], readings, taken)
        taken.add(_folded(label))
        named[index] = Naming(label, lexicon.keywords(index))
    return tuple(named[index] for index in range(len(groups)))


@dataclass(frozen=True, slots=True)
class _View:
    """The themes in one space of meaning, without what they all share."""

    shared: Matrix
    centres: Matrix

    @classmethod
    def of(cls, centres: Matrix) -> _View:
        whole = unit(centres)
        shared = whole.mean(axis=0) if len(whole) > 1 else np.zeros(whole.shape[1])
        return cls(shared, unit(whole - shared))

    def margins(self, vectors: Matrix, own: int) -> Matrix:
        """Return how much nearer each vector is to its own theme than to the next best: cosines, -1 to 1."""
        nearness = unit(unit(vectors) - self.shared) @ self.centres.T
        others = np.delete(nearness, own, axis=1)
        margin: Matrix = nearness[:, own] - (others.max(axis=1) if others.shape[1] else 0.0)
        return np.clip(margin, -1.0, 1.0)


def _views(groups: Sequence[Sequence[int]], readings: Sequence[Reading], encoders: Encoders) -> list[_View]:
    """Say what each theme is about, in words and, when there is an encoder, in sentences."""
    near = [[readings[row] for row in group[:MEANING]] for group in groups]
    if not near:
        return []
    words = [[(t.lemma, WEIGHT[t.pos]) for one in group for t in one.tokens if t.content] for group in near]
    views = [_View.of(np.array([_word_mean(weighted, encoders) for weighted in words]))]
    if encoders.has_sentences:
        views.append(_View.of(np.array([_sentences([one.text for one in group], encoders).mean(0) for group in near])))
    return views


def _word_mean(weighted: Sequence[tuple[str, float]], encoders: Encoders) -> Matrix:
    table = encoders.words([lemma for lemma, _ in weighted] or [""])
    mean: Matrix = np.array([weight for _, weight in weighted] or [0.0]) @ table
    return mean


def _sentences(texts: Sequence[str], encoders: Encoders) -> Matrix:
    vectors = encoders.sentences(texts)
    assert vectors is not None  # noqa: S101 - asked only of encoders that have sentences
    return vectors


def _best(offered: Sequence[Candidate], own: int, views: Sequence[_View], encoders: Encoders) -> str:
    """Return the offer that a reader would most surely bring back to its theme: words first, then whole meaning.

    Encoding a phrase takes as long as encoding a note: only the `FINALISTS` are.
    """
    if not offered:
        return ""
    top = max(offered[0].score, 1e-9)
    words = np.array([_word_mean([(lemma, 1.0) for lemma in one.lemmas], encoders) for one in offered])
    plain = np.array([one.score / top - one.flaw for one in offered])
    scores = plain + MARGIN * views[0].margins(words, own)
    kept = sorted(range(len(offered)), key=lambda index: (-round(float(scores[index]), 6), offered[index].text))[
        :FINALISTS
    ]
    texts = [offered[index].text for index in kept]
    final = scores[kept] + MARGIN * sum(view.margins(_sentences(texts, encoders), own) for view in views[1:])
    best = min(range(len(kept)), key=lambda place: (-round(float(final[place]), 6), texts[place]))
    return _raised(texts[best])


def _fallback(group: Sequence[int], readings: Sequence[Reading], taken: Collection[str]) -> str:
    """Return the shortest phrase of the most central notes, else their first words, numbered if nothing is left."""
    central = list(group[:FALLBACK_NOTES])
    found = [
        readings[index].text[phrase.start : phrase.end] for index in central for phrase in phrases(readings[index])
    ]
    opening = [_opening(readings[index].text) for index in central]
    offers = sorted(found, key=lambda text: (len(text.split()) < FEWEST_WORDS, len(text), text)) + opening
    for text in offers:
        if text and _folded(text) not in taken:
            return _raised(text)
    base, number = _raised(next(filter(None, offers), WORDLESS)), 2
    while _folded(f"{base} ({number})") in taken:
        number += 1
    return f"{base} ({number})" if _folded(base) in taken else base


FALLBACK_NOTES = 30
LONGEST_OPENING = 60


def _opening(text: str) -> str:
    """Return a note's first words, up to five, cut at a space."""
    words = text.split()[:MOST_WORDS]
    while len(words) > 1 and len(" ".join(words)) > LONGEST_OPENING:
        words.pop()
    return " ".join(words)[:LONGEST_OPENING].strip(' ,;:.!?…-–—"«»()[]')


def _raised(text: str) -> str:
    """Return a stretch of a note set as a title: its first letter raised, its apostrophes as they are printed."""
    return APOSTROPHE.sub("’", text[:1].upper() + text[1:])


def straightened(text: str) -> str:
    """Return a text with typewriter apostrophes, to look in it for a title whatever the sign in the note."""
    return text.replace("’", "'")


def alike(one: str, other: str) -> bool:
    """Say whether two labels are one for a reader: case, plurals and signs aside.

    >>> alike("Les congés", "les Congé !")
    False
    >>> alike("Les congés", "les Congé")
    True
    """
    return _folded(one) == _folded(other)


def _folded(label: str) -> str:
    """Return what two labels must differ in: letters and digits, without case or plural."""
    words = "".join(sign if sign.isalnum() else " " for sign in label.casefold()).split()
    return " ".join(word.rstrip("sx") or word for word in words)
