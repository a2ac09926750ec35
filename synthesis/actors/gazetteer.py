"""Finds known names in a text: any case, any article, plural or not, one typing slip in a long word.

Pure. Names are matched word by word on folded text, so that « chambres de l’agriculture » and « Chambre
d'Agriculture » meet; a full word missing or added is another name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from synthesis.actors.names import LINKS, WORD, close, content, fold, stem

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINTS = frozenset(" '’-–&\"«»“”")
_FUZZY_LETTERS = 12
"""Letters that a name of several words must have before a slip is forgiven in it."""

_ARTICLE = re.compile(r"^(?:la |le |les |l'|l’)")
_KEPT = 20_000
_TITLED = 4
"""Letters an acronym must have to be recognised with one capital only."""
_SMALL = 5
"""Letters an acronym must have to be recognised without a capital."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, with its folded form."""

    start: int
    end: int
    folded: str
    written: str


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name, and whose name it is."""

    owner: int
    words: tuple[str, ...]
    case: str
    """"any"; "capital" when a capital must start one of its words; "exact" when written as the acronym is."""
    written: str
    loose: bool
    """Whether one slip is forgiven: in a long name of several words, never in a common noun."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text that is a known name."""

    start: int
    end: int
    owner: int
    slips: int = 0


@lru_cache(maxsize=16_384)
def words_of(text: str) -> tuple[Word, ...]:
    """Cut a text into words."""
    return tuple(Word(found.start(), found.end(), fold(found[0]), found[0]) for found in WORD.finditer(text))


@dataclass(slots=True)
class Gazetteer:
    """Known names, ready to be found. Add every name first, then search."""

    _by_first: dict[str, list[Form]] = field(default_factory=lambda: defaultdict(list))
    _near: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _seen: set[tuple[int, str]] = field(default_factory=set)
    _found_near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words met in texts with the first words that they may be a slip of: the same words come back all day."""
    _found: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    """Texts searched, the last `_KEPT`: a note that arrives makes no other be searched again."""

    def add(self, name: str, owner: int, *, case: str, noun: bool = False) -> None:
        """Make a name known; one without letters or figures is ignored."""
        if (owner, name) in self._seen:
            return
        self._seen.add((owner, name))
        # An article in small letters is the sentence's; one with its capital is the name's (« La Poste »).
        name = _ARTICLE.sub("", name)
        words = content(name.lower())
        if not words:
            return
        if len(words) == 1:
            words = tuple(stem(word) for word in WORD.findall(fold(name)))
        loose = not noun and len(content(name)) > 1 and sum(map(len, words)) >= _FUZZY_LETTERS
        self._by_first[words[0]].append(Form(owner, words, case, name, loose))
        if loose:
            for variant in _shorter(words[0]):
                self._near[variant].add(words[0])

    def search(self, text: str) -> tuple[Hit, ...]:
        """Return what `find` yields in a text, remembered. Nothing may be added any more."""
        if text not in self._found:
            if len(self._found) >= _KEPT:
                del self._found[next(iter(self._found))]
            self._found[text] = tuple(self.find(text, words_of(text)))
        return self._found[text]

    def find(self, text: str, words: tuple[Word, ...]) -> Iterator[Hit]:
        """Yield every stretch that is a known name, overlaps included, in reading order."""
        for index, word in enumerate(words):
            first = stem(word.folded)
            for form in self._by_first.get(first, ()):
                if hit := _match(text, words, index, form):
                    yield hit
            for near in self._slips_of(first):
                for form in self._by_first[near]:
                    if form.loose and (hit := _match(text, words, index, form)):
                        yield hit

    def _slips_of(self, word: str) -> tuple[str, ...]:
        if word not in self._found_near:
            self._found_near[word] = tuple(sorted(self._neighbours(word) - {word}))
        return self._found_near[word]

    def _neighbours(self, word: str) -> set[str]:
        if len(word) < 5 or not self._near:  # noqa: PLR2004 - a short word is never taken for another
            return set()
        return {near for variant in _shorter(word) for near in self._near.get(variant, ()) if close(word, near)}


def _shorter(word: str) -> set[str]:
    """Return the word, and the word less one letter: two words one slip apart share one of these (Garbe, 2012)."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def _match(text: str, words: tuple[Word, ...], index: int, form: Form) -> Hit | None:
    """Try to read a form from the word at `index` on."""
    at, slips, last = index, 0, index
    for wanted in form.words:
        while index < at < len(words) and stem(words[at].folded) != wanted and words[at].folded in LINKS:
            at += 1
        if at >= len(words) or (at > index and not _joined(text[words[last].end : words[at].start], form)):
            return None
        found = stem(words[at].folded)
        if found != wanted:
            if not form.loose or not close(found, wanted):
                return None
            slips += 1
        last, at = at, at + 1
    if slips > 1 or not _cased(words[index : last + 1], form):
        return None
    return Hit(_with_article(words, index, form), words[last].end, form.owner, slips)


def _with_article(words: tuple[Word, ...], index: int, form: Form) -> int:
    """Take in the article that belongs to a name: « La Fabrique », when it is written with its capital."""
    first = WORD.findall(form.written)[0]
    before = words[index - 1] if index else None
    if before and fold(first) in LINKS and before.written == first and words[index].start - before.end == 1:
        return before.start
    return words[index].start


def _joined(gap: str, form: Form) -> bool:
    """Whether only spaces, apostrophes, dashes and links stand between two words, or the commas that the name has."""
    return all(char.isalpha() or char in _JOINTS or char in form.written for char in gap)


def _cased(words: tuple[Word, ...], form: Form) -> bool:
    if form.case == "any":
        return True
    if form.case == "capital":
        # « La poste du village » opens a sentence: an article's capital is no name's.
        said = [word for word in words if word.folded not in LINKS] or words
        return any(char.isupper() or char.isdigit() for word in said for char in word.written)
    written = words[0].written
    if written == form.written or not form.written.isupper():
        return written == form.written
    # « Ademe » and « ademe » are « ADEME »; short acronyms look too much like words to be read in small letters.
    return (written.istitle() and len(written) >= _TITLED) or (written.islower() and len(written) >= _SMALL)
