"""Names a theme with words that are in its notes: a noun phrase a person would say, and the words that set it apart.

Pure. The machine writes nothing: a label is a stretch of a note with its first letter raised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
from numpy.typing import NDArray

from synthesis.french import Reading
from synthesis.themes.phrases import MOST_WORDS, meaningful, phrases
from synthesis.themes.vectors import Encoders, Matrix, unit

FEWEST_WORDS = 2
KEYWORDS = 5
COMPARED = 60
NESTED = 0.6
"""A phrase found inside one longer phrase in this share of its notes is not offered beside it."""

TRIED = 12
"""Phrases per theme that are compared by their vectors: enough for the best to be among them."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a theme is called, and the words that set it apart, each as it occurs in its notes."""

    label: str
    keywords: tuple[str, ...] = ()

    @property
    def subtitle(self) -> str:
        """The distinguishing words as one line."""
        return ", ".join(self.keywords)


@dataclass
class _Seen:
    """A phrase in one theme: the notes it is in, and how it was written."""

    notes: set[int] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)


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
    weights = _word_weights(groups, readings)
    centres = unit(np.array([_meaning(group, readings, encoders) for group in groups])) if groups else np.zeros((0, 1))
    taken = {_folded(label) for label in reserved}
    named: dict[int, Naming] = {}
    for index in sorted(range(len(groups)), key=lambda index: (-len(groups[index]), index)):
        if index in skip:
            named[index] = Naming("")
            continue
        keywords = _keywords(groups[index], readings, weights[index])
        offered = _offers(groups[index], readings, weights[index])
        label = _best(offered, index, centres, encoders, taken) or _fallback(groups[index], readings, taken)
        taken.add(_folded(label))
        named[index] = Naming(label, keywords)
    return tuple(named[index] for index in range(len(groups)))


def _word_weights(groups: Sequence[Sequence[int]], readings: Sequence[Reading]) -> list[dict[str, float]]:
    """Weigh each lemma in each group by its share there times its log-odds against the rest (class-based TF-IDF).

    The unit counted is the note, not the word: who repeats a word in one note does not name the theme.
    """
    counts = [
        Counter(lemma for index in group for lemma in {t.lemma for t in readings[index].tokens if meaningful(t)})
        for group in groups
    ]
    everywhere: Counter[str] = sum(counts, Counter())
    total = sum(len(group) for group in groups)
    return [
        {
            lemma: (count / len(group)) * log((count / len(group)) / (everywhere[lemma] / total) + 1.0)
            for lemma, count in found.items()
        }
        for group, found in zip(groups, counts, strict=True)
    ]


def _keywords(group: Sequence[int], readings: Sequence[Reading], weights: Mapping[str, float]) -> tuple[str, ...]:
    surfaces: dict[str, Counter[str]] = defaultdict(Counter)
    for index in group:
        reading = readings[index]
        for token in reading.tokens:
            if meaningful(token) and token.pos in {"NOUN", "PROPN", "ADJ"}:
                surfaces[token.lemma][reading.text[token.start : token.end]] += 1
    best = sorted(surfaces, key=lambda lemma: (-round(weights[lemma], 9), lemma))[:KEYWORDS]
    return tuple(_surface(surfaces[lemma]) for lemma in best)


def _surface(surfaces: Counter[str]) -> str:
    """Return the most frequent way it was written; in a tie the one with fewest capitals."""
    return min(surfaces, key=lambda text: (-surfaces[text], sum(map(str.isupper, text)), len(text), text))


def _offers(
    group: Sequence[int], readings: Sequence[Reading], weights: Mapping[str, float]
) -> list[tuple[float, str]]:
    """Return the theme's best phrases, best first: words that set it apart, said in several notes."""
    seen: dict[tuple[str, ...], _Seen] = defaultdict(_Seen)
    for index in group:
        text = readings[index].text
        for phrase in phrases(readings[index]):
            found = text[phrase.start : phrase.end]
            if FEWEST_WORDS <= len(found.split()) <= MOST_WORDS and len(set(phrase.key)) >= FEWEST_WORDS:
                seen[phrase.key].notes.add(index)
                seen[phrase.key].surfaces[found] += 1
    scored = sorted(
        ((round(_score(key, len(found.notes), len(group), weights), 9), key) for key, found in seen.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )[:COMPARED]
    whole = [(score, key) for score, key in scored if not any(_nested(key, other, seen) for _, other in scored)]
    return [(score, _surface(seen[key].surfaces)) for score, key in whole[:TRIED]]


def _nested(key: tuple[str, ...], other: tuple[str, ...], seen: Mapping[tuple[str, ...], _Seen]) -> bool:
    """Say whether a phrase is most often a piece of a longer one: the longer one is then the name."""
    pieces = (other[start : start + len(key)] for start in range(len(other) - len(key) + 1))
    return len(other) > len(key) and key in pieces and len(seen[other].notes) >= NESTED * len(seen[key].notes)


def _score(key: tuple[str, ...], notes: int, size: int, weights: Mapping[str, float]) -> float:
    words = [weights.get(lemma, 0.0) for lemma in key]
    carried = 0.5 * max(words) + 0.5 * sum(words) / len(words)
    shared = 1.0 if notes > 1 else 0.5
    return carried * shared * (1.0 + log(1.0 + notes) * notes / (notes + 2.0) / log(2.0 + size))


def _meaning(group: Sequence[int], readings: Sequence[Reading], encoders: Encoders) -> NDArray[np.float64]:
    texts = [readings[index].text for index in group]
    vectors = _encode(texts, [readings[index] for index in group], encoders)
    centre: NDArray[np.float64] = vectors.mean(axis=0)
    return centre


def _encode(texts: Sequence[str], readings: Sequence[Reading] | None, encoders: Encoders) -> Matrix:
    sentences = encoders.sentences(texts) if encoders.has_sentences else None
    if sentences is not None:
        return sentences
    words = [[t.norm for t in r.tokens] for r in readings] if readings else [text.lower().split() for text in texts]
    return unit(np.array([encoders.words(line).mean(axis=0) if line else encoders.words([""])[0] for line in words]))


def _best(
    offered: Sequence[tuple[float, str]], own: int, centres: Matrix, encoders: Encoders, taken: Collection[str]
) -> str:
    """Return the offer that a reader would most surely bring back to its theme: words, then meaning."""
    free = [(score, text) for score, text in offered if _folded(text) not in taken]
    if not free:
        return ""
    nearness = _encode([text for _, text in free], None, encoders) @ (centres - centres.mean(axis=0)).T
    others = np.delete(nearness, own, axis=1)
    margin = nearness[:, own] - (others.max(axis=1) if others.shape[1] else 0.0)
    top = max(free[0][0], 1e-9)
    ranked = [(round(score / top + float(np.clip(margin[i], -1, 1)), 6), text) for i, (score, text) in enumerate(free)]
    return _raised(min(ranked, key=lambda pair: (-pair[0], pair[1]))[1])


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
    base, number = _raised(next(filter(None, offers), "Notes sans mots")), 2
    while _folded(f"{base} ({number})") in taken:
        number += 1
    return f"{base} ({number})" if _folded(base) in taken else base


FALLBACK_NOTES = 5
LONGEST_OPENING = 60


def _opening(text: str) -> str:
    """Return a note's first words, up to five, cut at a space."""
    words = text.split()[:MOST_WORDS]
    while len(words) > 1 and len(" ".join(words)) > LONGEST_OPENING:
        words.pop()
    return " ".join(words)[:LONGEST_OPENING].strip(' ,;:.!?…-–—"«»()[]')


def _raised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _folded(label: str) -> str:
    """Return what two labels must differ in: letters and digits, without case or plural."""
    words = "".join(sign if sign.isalnum() else " " for sign in label.casefold()).split()
    return " ".join(word.rstrip("sx") or word for word in words)
