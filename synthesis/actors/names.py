"""What makes two spellings one name: folding, keys, initials, typing slips.

Pure. A key forgets what people do not agree on (case, accents, articles, plural, « St » or « Saint », « mairie » or
« ville ») and keeps what tells homonyms apart (the place, the number, every full word).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from synthesis.actors.departements import BY_NUMBER
from synthesis.themes.normalise import normalise

LINKS = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "pour", "sur", "un", "une"]
)
"""Words that come and go in a name."""

WORD = re.compile(r"[^\W_]+")

_SHORTENED = {
    "st": "saint",
    "ste": "sainte",
    "asso": "association",
    "assos": "association",
    "assoc": "association",
    "agglo": "agglomeration",
    "interco": "intercommunalite",
    "univ": "universite",
    "dpt": "departement",
    "dept": "departement",
    "nat": "national",
    "comcom": "communaute commune",
    "codecom": "communaute commune",
    "cdc": "communaute commune",
    "cc": "communaute commune",
    "ca": "communaute agglomeration",
    "cu": "communaute urbaine",
    "pnr": "parc naturel regional",
    "ccas": "centre communal action sociale",
    "cci": "chambre commerce industrie",
    "ot": "office tourisme",
}
"""Shortened words inside a longer name, folded, and what they stand for."""

# Institutions that people call by several heads: the place after them is what tells one from the other.
_HEADS = (
    (("mairie",), ("ville",), ("commune",), ("municipalite",)),
    (("conseil", "departemental"), ("conseil", "general"), ("cd",), ("departement",)),
    (("conseil", "regional"), ("cr",), ("region",)),
    (("communaute", "agglomeration"), ("agglomeration",)),
)
_COUNCIL = re.compile(r"(cd)(\d\d|2[ab]|97\d)")
"""« CD35 »."""
_OF_ONE = frozenset(
    ("conseil", "office", "mission", "centre", "agence", "association", "collectif", "service", "maison", "syndicat")
)
"""Heads of what is somebody's: « conseil de développement de Bourg Agglo » is no agglomération."""
_SUFFIXES = ("agglomeration", "metropole")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the text in lower case without accents, of the same length.

    >>> fold("Éducation nationale")
    'education nationale'
    """
    return "".join(_folded(char) for char in text)


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    base = unicodedata.normalize("NFD", char.lower())[:1]
    return {"œ": "o", "æ": "a", "’": "'"}.get(base, base) or char


def stem(word: str) -> str:
    """Return a folded word without its plural mark.

    >>> stem("debrouillards")
    'debrouillard'
    """
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and not word.isdigit() else word  # noqa: PLR2004 - « bus »


@lru_cache(maxsize=65_536)
def content(text: str) -> tuple[str, ...]:
    """Return the folded words that carry a name, without articles and links, plural marks taken off.

    The last letter of an acronym is no plural mark: « RTES » is not « RTE ».
    """
    plain = normalise(text).text
    words = WORD.findall(fold(plain))
    shouted = len(words) > 1 and plain.isupper()
    written = WORD.findall(plain) if not shouted else words
    kept = tuple(
        word if one.isupper() and len(one) <= _ACRONYM else stem(word)
        for word, one in zip(words, written, strict=True)
        if word not in LINKS
    )
    return kept or tuple(words)


_ACRONYM = 5
"""Letters up to which a word in capitals is taken for an acronym."""


@lru_cache(maxsize=65_536)
def key_of(text: str) -> str:
    """Return the key that all the spellings of a name share, "" for a text without letters or figures.

    >>> key_of("la Mairie de Saint-Malo") == key_of("ville de St Malo")
    True
    >>> key_of("mairie de Dinan") == key_of("mairie de Dinard")
    False
    """
    words = content(text)
    if words[:2] == ("com", "com"):
        words = ("comcom", *words[2:])
    if len(words) == 1 and (council := _COUNCIL.fullmatch(words[0])):
        words = council.groups()
    if len(words) > 1:
        words = tuple(part for word in words for part in _SHORTENED.get(word, word).split())
        if words[-1] in _SUFFIXES and words[0] not in _OF_ONE:
            words = (words[-1], *words[:-1])
        for heads in _HEADS:
            for head in heads:
                if words[: len(head)] == head and len(words) > len(head):
                    return " ".join((*heads[-1], *_named(heads[-1], words[len(head) :])))
    return " ".join(words)


def _named(head: tuple[str, ...], place: tuple[str, ...]) -> tuple[str, ...]:
    """Return a département by its name when it is called by its number."""
    name = BY_NUMBER.get(place[0]) if head == ("departement",) and len(place) == 1 else None
    return content(name) if name else place


@lru_cache(maxsize=65_536)
def run_together(text: str) -> str:
    """Return every letter and figure of a name, folded, in one word.

    >>> run_together("Les Semeurs")
    'lessemeurs'
    """
    return "".join(WORD.findall(fold(text)))


def initials(text: str, *, links: bool = False) -> str:
    """Return the initials of the full words of a name, folded.

    >>> initials("Centre national de la fonction publique territoriale")
    'cnfpt'
    """
    words = WORD.findall(fold(text))
    return "".join(word[0] for word in words if links or word not in LINKS)


def abbreviates(acronym: str, name: str) -> bool:
    """Whether the acronym is made of the initials of the name, some of its links perhaps included.

    Each letter starts a word of the name, in order; every full word but one gives its letter.
    """
    letters, words = fold(acronym), WORD.findall(fold(name))
    letters = "".join(letter for letter in letters if letter.isalnum())
    full = [word for word in words if word not in LINKS]
    if len(letters) < 2 or len(full) < 2 or letters[0] != words[0][0]:  # noqa: PLR2004 - one letter proves nothing
        return False
    at = used = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at += 1
            used += word not in LINKS
    return at == len(letters) and used >= max(2, len(full) - 1)


_LONGEST_SLUG = 60


def slug_of(name: str) -> str:
    """Return the name in ASCII letters, digits and dashes, as an id shows it.

    >>> slug_of("Élu·es")
    'elus'
    """
    words = re.findall(r"[a-z0-9]+", fold(normalise(name).text.lower().replace("œ", "oe")))
    slug = "-".join(words)
    return slug if len(slug) <= _LONGEST_SLUG else slug[: _LONGEST_SLUG + 1].rpartition("-")[0] or slug[:_LONGEST_SLUG]


def close(one: str, other: str) -> bool:
    """Whether two folded words differ by a slip of the keyboard: one letter, two in a long word, never a figure.

    Two letters exchanged count for one (Damerau, 1964).
    """
    if one == other:
        return True
    shortest = min(len(one), len(other))
    allowed = 2 if shortest >= 10 else 1 if shortest >= 6 else 0  # noqa: PLR2004 - « maire » is no slip of « mairie »
    if not allowed or abs(len(one) - len(other)) > allowed or one[0] != other[0]:
        return False
    if any(char.isdigit() for char in one + other):
        return False
    return distance(one, other) <= allowed


def distance(one: str, other: str) -> int:
    """Return the number of slips between two words: a letter more, less, changed, or two exchanged."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        line = [row]
        for column, letter in enumerate(other, start=1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (char != letter))
            if before and column > 1 and char == other[column - 2] and one[row - 2] == letter:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
