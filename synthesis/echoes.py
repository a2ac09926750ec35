"""Which notes speak of one thing in the same words: what sets an obstacle and a lever face to face.

Pure. No interpretation: two notes echo each other when they share telling words, and the words are shown.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.corpus import Note


class Said(Protocol):
    """What a note says, as a value of the corpus or as a screen shows it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def kind(self) -> str:
        """Its kind."""


N = TypeVar("N", bound=Said)

STEM = 6
"""Letters by which two words are taken for one: « former », « formation », « formés »."""

SHORT = 5
"""Words shorter than this tell nothing of a subject."""

COMMON = 0.3
"""A word that stands in more than this share of some notes says their theme, not what is answered."""

SHARED = 2
"""Telling words that an obstacle and a lever must share to be set face to face."""

_EMPTY = re.compile(
    "alors|aussi|autres?|avant|avec|avoir|besoin|certains|chaque|comment?|contre|dans|depuis|devant|dire|donc|elles|"
    "encore|entre|et(aient|ait|ant|re)|faire|faut|ferait|fois|jamais|jusque|lorsque|leurs|mais|memes?|moins|notre|nous|"
    "parce|parfois|parle|pendant|peut|peuvent|plusieurs|pour|pourquoi|pouvoir|puisque|quand|quelles?|quels|quelques?|"
    "question|quoi|rien|sans|sera|serait|souvent|sont|sous|toujours|tous|toutes?|trop|vers|voire|votre|vous"
)
"""Words that say nothing of a subject, without accents."""

_NUMBERS = re.compile(
    "trois|quatre|cinq|douze|treize|quator.*|quinze|seize|vingt.*|trente|quaran.*|cinqua.*|soixan.*|premi.*|second.*|"
    "annee.*|jours?|journ.*|semain.*|heures?|minute.*|depart|derni.*|beauco.*|vient|viennent|petit.*|grand.*|projets?"
)
"""Words that two notes share without speaking of one thing: counts, dates, sizes, and the word of every note."""

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_ACCENTS = re.compile("[\u0300-\u036f]+")

REMEMBERED = 20_000
"""How many texts and words one process keeps what it found of: a large gathering twice over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facing:
    """An obstacle and a lever of two workshops that share telling words."""

    obstacle: Note
    lever: Note
    words: tuple[str, ...]
    """The shared words, as the obstacle writes them, in its order."""


@lru_cache(maxsize=REMEMBERED)
def stems(text: str) -> frozenset[str]:
    """Return what the telling words of a text begin with, without accents."""
    return frozenset(stem for word in _WORD.findall(text) if (stem := _stem(word)))


def telling(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems that tell these texts apart: those that do not stand in most of them."""
    found = [stems(text) for text in texts]
    counts = Counter(stem for one in found for stem in one)
    return frozenset(stem for stem, number in counts.items() if number <= max(2.0, COMMON * len(found)))


def questions_in(text: str) -> tuple[str, ...]:
    """Cut the questions out of a text, as written.

    >>> questions_in("On attend. Qui décide ? Et quand ? Personne ne sait.")
    ('Qui décide ?', 'Et quand ?')
    """
    found = (piece.strip() for piece in re.findall(r"[^.!?…؟？\n]*[?؟？]+", text))
    return tuple(piece for piece in found if any(letter.isalpha() for letter in piece))


def unanswered(notes: Sequence[N]) -> tuple[N, ...]:
    """Return the obstacles with which no lever and no condition among these notes shares a telling word."""
    told = telling(note.text for note in notes)
    own = {note.id: stems(note.text) & told for note in notes}
    answers = [own[note.id] for note in notes if note.kind in ("lever", "condition")]
    return tuple(
        note
        for note in notes
        if note.kind == "obstacle"
        and not questions_in(note.text)
        and not any(own[note.id] & answer for answer in answers)
    )


def facing(notes: Sequence[Note], rarity: Mapping[str, float]) -> Facing | None:
    """Return the obstacle and the lever, of two workshops, that share the rarest words; None when no two share enough.

    Args:
        notes: a theme's notes, most central first, which decides between equals.
        rarity: how rare each stem is in the whole corpus, from `rarities`.

    """
    told = telling(note.text for note in notes)
    own = {note.id: frozenset(one for one in stems(note.text) & told if not _NUMBERS.fullmatch(one)) for note in notes}
    best: tuple[float, Note, Note] | None = None
    for obstacle in (note for note in notes if note.kind == "obstacle"):
        for lever in (note for note in notes if note.kind == "lever" and note.workshop != obstacle.workshop):
            shared = own[obstacle.id] & own[lever.id]
            score = sum(rarity.get(stem, 0.0) for stem in sorted(shared))
            if len(shared) >= SHARED and (best is None or score > best[0]):
                best = score, obstacle, lever
    if best is None:
        return None
    _, obstacle, lever = best
    return Facing(obstacle=obstacle, lever=lever, words=_as_written(obstacle.text, own[obstacle.id] & own[lever.id]))


def rarities(texts: Iterable[str]) -> dict[str, float]:
    """Return how rare each stem is: log(n / df), with n texts of which df hold it (Spärck Jones, 1972)."""
    found = [stems(text) for text in texts]
    counts = Counter(stem for one in found for stem in one)
    return {stem: math.log(len(found) / number) for stem, number in counts.items()}


def _as_written(text: str, shared: frozenset[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for word in _WORD.findall(text):
        if (stem := _stem(word)) in shared:
            first.setdefault(stem, word.lower())
    return tuple(first.values())


@lru_cache(maxsize=REMEMBERED)
def _stem(word: str) -> str:
    """Return what a telling word begins with, without accents; "" for a word that tells nothing."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", word.casefold()))
    return plain[:STEM] if len(plain) >= SHORT and not _EMPTY.fullmatch(plain) else ""
