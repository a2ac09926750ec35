"""French as a machine reads it, with the way back to French as it was written.

Pure. People write « citoyen⋅nes », « élu.e.s », « l’Etat » with whatever apostrophe, space and point their keyboard
has; lemmas, entities and names need one form of each. Every character of that form knows where it came from, so
that a span found in it is shown in the words of the note.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from synthesis.themes import inclusive
from synthesis.themes.inclusive import DASHES, DOTS, STARS

if TYPE_CHECKING:
    from collections.abc import Iterator

_APOSTROPHES = "’‘ʼʹ′＇`´"
_SPACES = "\u00a0\u202f\u2007\u2009\u200a\u2008\u2002\u2003\u2004\u2005\u2006\u3000\u205f"
_UNSEEN = "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_REPLACED = {ord(c): "'" for c in _APOSTROPHES} | {ord(c): " " for c in _SPACES} | {ord(c): "" for c in _UNSEEN}

# What is copied as it stands: addresses, domains and file names are not French.
_VERBATIM = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|org|com|net|eu|io|info|bzh|gouv)\b"
    r"|\b[\w.()-]+\.(?:pdf|docx?|xlsx?|od[tsp]|pptx?|csv|txt|jpe?g|png|svg|html?|zip|json|xml|ics|ya?ml)\b",
    re.IGNORECASE,
)
_LETTER = r"[^\W\d_]"
_DASH = re.escape(DASHES)
_SEPARATED = re.compile(
    rf"(?<![\w.])({_LETTER}{{2,}})"
    rf"((?:[{DOTS}{STARS}.{_DASH}]{_LETTER}+|\s?/\s?{_LETTER}+|\({_LETTER}+\)|\[{_LETTER}+\])+)({_LETTER}?)(?!\w)"
)
_PART = re.compile(rf"(\s?/\s?|[^\w\s]|_){_LETTER}+[)\]]?")
_CAPITALS = re.compile(r"(?<![^\W\d_])([^\W\d_]?[a-zà-öø-ÿœ]{2,})((?:[NTLSFR]|RIC|TRIC|EUS|V|IV|ÈR)?E)([sS]?)(?!\w)")
_ACRONYM = 3
"""Capital letters up to which a word before a point or a dash is taken for an acronym."""
_SHORT_IN_CAPITALS = frozenset({"ÉLU", "ELU", "UN", "TOU"})
_MERGED = re.compile(
    rf"(?<!\w)(?:({'|'.join(sorted(inclusive.MERGED, key=len, reverse=True))})"
    r"|(\w{2,}teur)(ice)(?:[·⋅.\-]?(s))?|((?:travaill|cherch|chôm|entrepren|port)eur)(euse)(?:[·⋅.\-]?(s))?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text and, for each of its characters and for its end, the index in the original it came from.

    `len(origins) == len(text) + 1`, and origins never decrease.
    """

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the normalised text into the span of the original that it stands for.

        What was dropped after a character belongs to it: « élu » read in « élu·e » gives back « élu·e ».

        Raises:
            ValueError: the span is not inside the text.
        """
        if not 0 <= start <= end <= len(self.text):
            message = f"the span {start}..{end} is not inside a text of {len(self.text)} characters"
            raise ValueError(message)
        return (self.origins[start], self.origins[end] if end > start else self.origins[start])


@dataclass(frozen=True, slots=True)
class _Rewrite:
    """A stretch that is replaced: `text[start:end]` by `word`, whose characters came from `sources`."""

    start: int
    end: int
    word: str
    sources: tuple[int, ...]


@lru_cache(maxsize=20_000)
def normalise(text: str) -> Normalised:
    """Return the text with one spelling of each thing.

    Composed characters (NFC), straight apostrophes, plain spaces, no invisible mark, and each inclusive form as the
    masculine or epicene word of the right number. E-mail and web addresses and file names keep their letters.
    """
    plain, origins = _plain(text)
    rewrites = sorted(_rewrites(plain), key=lambda rewrite: rewrite.start)
    out: list[str] = []
    back: list[int] = []
    at = 0
    for rewrite in rewrites:
        if rewrite.start < at:
            continue
        out.append(plain[at : rewrite.start])
        back.extend(origins[at : rewrite.start])
        out.append(rewrite.word)
        back.extend(origins[source] for source in rewrite.sources)
        at = rewrite.end
    out.append(plain[at:])
    back.extend(origins[at:])
    return Normalised("".join(out), tuple(back))


def _plain(text: str) -> tuple[str, list[int]]:
    """Characters one by one: replaced, dropped, or composed with the marks that follow them."""
    shown = text.translate(_REPLACED)
    if len(shown) == len(text) and unicodedata.is_normalized("NFC", shown):
        return shown, list(range(len(text) + 1))
    kept = [(plain, at) for at, char in enumerate(text) if (plain := char.translate(_REPLACED))]
    if unicodedata.is_normalized("NFC", "".join(char for char, _ in kept)):
        return "".join(char for char, _ in kept), [at for _, at in kept] + [len(text)]
    out: list[str] = []
    back: list[int] = []
    for cluster, at in _clusters(kept):
        composed = unicodedata.normalize("NFC", cluster)
        out.append(composed)
        back.extend([at] * len(composed))
    return "".join(out), [*back, len(text)]


def _clusters(kept: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Group the characters that compose with one another."""
    cluster, start = "", 0
    for char, at in kept:
        apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", char)
        if cluster and (unicodedata.combining(char) or unicodedata.normalize("NFC", cluster + char) != apart):
            cluster += char
            continue
        if cluster:
            yield cluster, start
        cluster, start = char, at
    if cluster:
        yield cluster, start


def _rewrites(text: str) -> Iterator[_Rewrite]:
    verbatim = [found.span() for found in _VERBATIM.finditer(text)]

    def french(start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in verbatim)

    for rewrite in (*_merged(text), *_separated(text), *_capitals(text)):
        if french(rewrite.start, rewrite.end):
            yield rewrite


def _separated(text: str) -> Iterator[_Rewrite]:
    at = 0
    while found := _SEPARATED.search(text, at):
        rewrite = _longest(text, found)
        if rewrite is None:
            at = found.end(1)
            continue
        yield rewrite
        at = rewrite.end


def _longest(text: str, found: re.Match[str]) -> _Rewrite | None:
    """Read as many parts as make a form: in « élu·es/technicien·nes », the first two."""
    ends = [part.end() for part in _PART.finditer(text, found.end(1), found.end(2))]
    for count in range(min(len(ends), 3), 0, -1):
        end = ends[count - 1]
        after = text[end : end + 1]
        closed = text[end - 1] in ")]"
        tail = after if closed and after in ("s", "S", "x", "X") and after else ""
        end += len(tail)
        if _runs_on(text, end) or (closed and text[end : end + 1].isalpha()):
            continue
        words = tuple(re.findall(_LETTER + "+", text[found.start() : end - len(tail)]))
        parts = tuple(word.lower() for word in words) + ((tail.lower(),) if tail else ())
        if not _plausible(text[found.end(1)], words):
            continue
        reading = inclusive.read(parts)
        if reading is not None:
            return _replace(text, found.start(), end, inclusive.masculine(reading))
    return None


def _runs_on(text: str, end: int) -> bool:
    """Whether the word goes on after what was read: « élu.e.pdf », « site.es.com », « val-le-duc »."""
    after, then = text[end : end + 1], text[end + 1 : end + 2]
    if after in (".", "@") and after:
        return then.islower() or then.isdigit()
    return after == "-" and len(then) == 1 and then.isupper() and text[end - 1].islower()


def _plausible(separator: str, words: tuple[str, ...]) -> bool:
    """Refuse what points, dashes and slashes also do between words: « fin.Les », « PLU-E », « m/s »."""
    stem, rest = words[0], words[1:]
    loud = stem.isupper() and all(word.isupper() for word in rest)
    if not loud and any(word[0].isupper() for word in rest) and separator in "." + DASHES:
        return False
    if separator not in "." + DASHES + "/":
        return True
    if rest[0].lower() in {"s", "x"}:
        return len(stem) > _ACRONYM and not stem.isupper()
    return not stem.isupper() or len(stem) > _ACRONYM or stem in _SHORT_IN_CAPITALS


def _replace(text: str, start: int, end: int, word: str) -> _Rewrite:
    """Map a word onto the stretch it replaces: common letters to themselves, the last letter to the last one."""
    written = text[start:end]
    letters = [at for at in range(start, end) if text[at].isalpha()]
    upper = all(text[at].isupper() for at in letters[:2])
    cased = word.upper() if upper else (word[0].upper() + word[1:] if written[0].isupper() else word)
    sources: list[int] = []
    for index in range(len(cased)):
        last = index == len(cased) - 1
        same = start + index < end and text[start + index].lower() == cased[index].lower()
        if same and (not last or sources == [] or sources[-1] == start + index - 1):
            sources.append(start + index)
        else:
            floor = sources[-1] if sources else start
            sources.append(max(floor, letters[-1] if last else min(start + index, letters[-1])))
    return _Rewrite(start, end, cased, tuple(sources))


def _capitals(text: str) -> Iterator[_Rewrite]:
    """« habitantEs », « citoyenNEs »: the feminine raised in capitals."""
    for found in _CAPITALS.finditer(text):
        parts = (found[1].lower(), found[2].lower(), *((found[3].lower(),) if found[3] else ()))
        reading = inclusive.read(parts)
        if reading is not None:
            yield _replace(text, found.start(), found.end(), inclusive.masculine(reading))


def _merged(text: str) -> Iterator[_Rewrite]:
    """« toustes », « acteurices »: both genders run together."""
    for found in _MERGED.finditer(text):
        if found[1]:
            word = inclusive.MERGED[found[1].lower()]
        else:
            word = (found[2] or found[5]).lower() + ("s" if found[4] or found[7] else "")
        yield _replace(text, found.start(), found.end(), word)
