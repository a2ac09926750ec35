"""Finds in a theme's notes the phrases that could name it, and says how well each one does by its words alone.

Pure. A good name is said in several of the theme's notes, or at least made of words they share; it is rare elsewhere.
Accents, plurals and capitals are folded when counting: « Congés » and « CONGE » are one word.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf, log

from synthesis.french import Reading
from synthesis.themes.phrases import MOST_WORDS, meaningful, phrases, whole

FEWEST_WORDS = 2
KEYWORDS = 5

COMPARED = 60
"""Best phrases of a theme that are compared with one another: pieces of longer ones are left out."""

NESTED = 0.6
"""A phrase found inside one longer phrase in this share of its notes is not offered beside it."""

TRIED = 24
"""Phrases per theme that are then compared by their vectors: enough for the best to be among them."""

ONCE, ALONE = 0.6, 0.1
"""What a phrase counts for that only one note says, and what that counts against it beside its meaning."""

SHOUTED = 5
"""Letters from which a word all in capitals is no acronym: a phrase of such words is shouted, not a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that could name a theme, as it is written in one of its notes."""

    text: str
    lemmas: tuple[str, ...]
    """Of its words that carry a subject."""
    score: float
    flaw: float = 0.0
    """How little a person would say it aloud: see `phrases`."""


@dataclass
class _Seen:
    """A phrase in one theme: the notes it is in, how it was written, and its lemmas as the tagger gave them."""

    flaw: float = inf
    """The least of its occurrences'."""

    notes: set[int] = field(default_factory=set)
    surfaces: list[str] = field(default_factory=list)
    lemmas: tuple[str, ...] = ()

    def flaw_in(self, notes: int) -> float:
        """Return what is wrong with it; in a theme of several notes, that only one says it is a flaw too."""
        return self.flaw + (ALONE if len(self.notes) == 1 < notes else 0.0)


Key = tuple[str, ...]


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """Return a word without accents, capitals or plural: what two spellings of it share.

    >>> folded("Congés") == folded("CONGE")
    True
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(sign))
    return plain.rstrip("sx") or plain


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which words the notes of each theme are made of."""

    groups: Sequence[Sequence[int]]
    readings: Sequence[Reading]
    words: Mapping[int, frozenset[str]]
    """The folded lemmas of each note that can name a subject."""
    shares: Sequence[Mapping[str, float]]
    """For each theme, the share of its notes with each word."""
    everywhere: Mapping[str, float]
    """The share of all notes with each word."""

    @classmethod
    def of(cls, groups: Sequence[Sequence[int]], readings: Sequence[Reading]) -> Lexicon:
        """Count by notes, not by words: who repeats a word in one note does not name the theme."""
        words = {
            row: frozenset(folded(token.lemma) for token in readings[row].tokens if meaningful(token))
            for group in groups
            for row in group
        }
        counts = [Counter(word for row in group for word in words[row]) for group in groups]
        total = sum(len(group) for group in groups) or 1
        whole: Counter[str] = sum(counts, Counter())
        return cls(
            groups,
            readings,
            words,
            [
                {word: count / len(group) for word, count in found.items()}
                for group, found in zip(groups, counts, strict=True)
            ],
            {word: count / total for word, count in whole.items()},
        )

    def weight(self, index: int, word: str) -> float:
        """Weigh a word in a theme by its share there times its log-odds against all notes (class-based TF-IDF)."""
        share = self.shares[index].get(word, 0.0)
        return share * log(share / self.everywhere[word] + 1.0) if share else 0.0

    def keywords(self, index: int) -> tuple[str, ...]:
        """Return the words that set a theme apart, as most often written there."""
        surfaces: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.groups[index]:
            reading = self.readings[row]
            for token in reading.tokens:
                named = meaningful(token) and token.pos in {"NOUN", "PROPN", "ADJ"}
                if named and whole(reading.text, token.start, token.end):
                    surfaces[folded(token.lemma)][reading.text[token.start : token.end]] += 1
        best = sorted(surfaces, key=lambda word: (-round(self.weight(index, word), 9), word))[:KEYWORDS]
        return tuple(dict.fromkeys(as_written(surfaces[word]) for word in best))

    def candidates(self, index: int) -> tuple[Candidate, ...]:
        """Return a theme's best phrases of two to five words, best first."""
        seen = self._seen(index)
        scored = sorted(
            ((round(self._score(index, key, found), 9), key) for key, found in seen.items()),
            key=lambda pair: (-pair[0], pair[1]),
        )[:COMPARED]
        whole = [(score, key) for score, key in scored if not any(_nested(key, other, seen) for _, other in scored)]
        return tuple(
            Candidate(
                as_written(Counter(seen[key].surfaces)),
                seen[key].lemmas,
                score,
                seen[key].flaw_in(len(self.groups[index])),
            )
            for score, key in whole[:TRIED]
        )

    def _seen(self, index: int) -> dict[Key, _Seen]:
        seen: dict[Key, _Seen] = defaultdict(_Seen)
        for row in self.groups[index]:
            text = self.readings[row].text
            for phrase in phrases(self.readings[row]):
                found = text[phrase.start : phrase.end]
                key = tuple(folded(lemma) for lemma in phrase.key)
                if FEWEST_WORDS <= len(found.split()) <= MOST_WORDS and len(set(key)) >= FEWEST_WORDS:
                    if _shouted(found):
                        continue
                    one = seen[key]
                    one.notes.add(row)
                    one.flaw = min(one.flaw, phrase.flaw)
                    one.surfaces.append(found)
                    one.lemmas = one.lemmas or phrase.key
        return seen

    def _score(self, index: int, key: Key, found: _Seen) -> float:
        """Weigh a phrase: its words, how many notes have them all, and whether several say it as it stands."""
        group, parts = self.groups[index], set(key)
        share = sum(1 for row in group if parts <= self.words[row]) / len(group)
        weights = [self.weight(index, word) for word in key]
        carried = 0.5 * sum(weights) / len(weights) + 0.5 * min(weights)
        together = share * log(share / max(self._rarest(key), 1e-9) + 1.0)
        return (carried + 2.0 * together) * (1.0 if len(found.notes) > 1 else ONCE)

    def _rarest(self, key: Key) -> float:
        return min(self.everywhere.get(word, 0.0) for word in key)


def _nested(key: Key, other: Key, seen: Mapping[Key, _Seen]) -> bool:
    """Say whether a phrase is most often a piece of a longer one: the longer one is then the name."""
    if len(other) <= len(key) or len(seen[other].notes) < NESTED * len(seen[key].notes):
        return False
    return any(other[start : start + len(key)] == key for start in range(len(other) - len(key) + 1))


def _shouted(text: str) -> bool:
    words = [word for word in text.split() if len(word) >= SHOUTED]
    return bool(words) and all(word.isupper() for word in words)


def as_written(surfaces: Counter[str]) -> str:
    """Return the most frequent way it was written; in a tie the one with fewest capitals."""
    return min(surfaces, key=lambda text: (-surfaces[text], sum(map(str.isupper, text)), len(text), text))
