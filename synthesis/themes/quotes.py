"""Chooses the words that speak for a theme: exact stretches of notes, central, diverse, of every kind.

Pure. A quote is a note id and two offsets, never a copy: it is byte-equal to what was written by construction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from synthesis.corpus import KINDS, Note
from synthesis.results import Quote

SHORT = 280
"""Characters up to which a note is quoted whole."""

WANTED = 3
"""Quotes before the kinds, the workshops and the lone voice ask for theirs."""

CENTRAL_WEIGHT = 0.6
"""How much being central counts against repeating what is already quoted (Carbonell and Goldstein, 1998)."""

ENOUGH_FOR_LONE = 5
SAME = 0.95
_END = re.compile(r"(?:[.!?…]+(?:[\s\u00a0\u202f]?[»”\")])*(?=\s|$)|\n)+")
_OPEN = re.compile(
    r"(?:(?:^|[\s(«])(?:cf|art|ex|etc|env|max|min|tél|vs|p|n|M|MM|Mme|Mmes|Dr|St|Ste)|^\W*\w{1,3})\.$", re.IGNORECASE
)
"""What ends in a full stop and opens what follows: « 1. », « a. », « M. », « art. », « ex. »."""


def choose(
    notes: Sequence[Note], vectors: NDArray[np.float64], *, words: frozenset[str] = frozenset()
) -> tuple[Quote, ...]:
    """Choose a theme's quotes.

    Args:
        notes: the theme's notes, in any order.
        vectors: one row of length 1 per note.
        words: lower-case words of the theme, to pick the sentence of a long note that speaks of it.

    Returns:
        The most central note first, then the diverse ones, the lone voice last; at least one of each kind present
        and two workshops when there are two. Notes with no word at all are never quoted unless there is nothing else.
    """
    if not notes:
        return ()
    central = centrality(vectors)
    lone = _lone(notes, central)
    chosen = _pick(notes, central, vectors, lone)
    roles = ["central"] + ["diverse"] * (len(chosen) - 1)
    if lone is not None and lone not in chosen:
        chosen.append(lone)
        roles.append("lone")
    return tuple(
        Quote(note_id=notes[index].id, start=start, end=end, role=role)
        for index, role in zip(chosen, roles, strict=True)
        for start, end in [stretch(notes[index].text, words)]
    )


def centrality(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each row's cosine with the mean of all rows, rounded so that ties are ties."""
    centre = vectors.mean(axis=0)
    length = float(np.linalg.norm(centre))
    scores: NDArray[np.float64] = np.round(vectors @ centre / (length or 1.0), 9)
    return scores


def _pick(
    notes: Sequence[Note], central: NDArray[np.float64], vectors: NDArray[np.float64], lone: int | None
) -> list[int]:
    speaks = [any(map(str.isalpha, note.text)) for note in notes]
    order = sorted(range(len(notes)), key=lambda index: (not speaks[index], -central[index], notes[index].id))
    chosen = [order[0]]
    pool = [index for index in order[1:] if speaks[index] and index != lone]
    said = {notes[index].kind for index in (chosen[0], lone) if index is not None}
    kinds = [kind for kind in _kinds(notes) if kind not in said]
    for kind in kinds:
        _take(chosen, [index for index in pool if notes[index].kind == kind], central, vectors, least=-2.0)
    if len({notes[index].workshop for index in chosen}) == 1:
        elsewhere = [index for index in pool if notes[index].workshop != notes[chosen[0]].workshop]
        _take(chosen, elsewhere, central, vectors, least=-2.0)
    while len(chosen) < WANTED and _take(chosen, pool, central, vectors, least=-1.0):
        pass
    return chosen


def _kinds(notes: Sequence[Note]) -> list[str]:
    present = {note.kind for note in notes if note.kind}
    return [kind for kind in KINDS if kind in present] + sorted(present - set(KINDS))


def _take(
    chosen: list[int], pool: Sequence[int], central: NDArray[np.float64], vectors: NDArray[np.float64], *, least: float
) -> bool:
    """Take the pool's best by maximal marginal relevance; False when nothing in it is new."""
    free = np.array([index for index in pool if index not in chosen], dtype=np.int64)
    if not free.size:
        return False
    # Only what was chosen is compared with all: a theme of a large corpus has tens of thousands of notes.
    repeated = (vectors @ vectors[chosen].T)[free].max(axis=1)
    scores = np.round(CENTRAL_WEIGHT * central[free] - (1 - CENTRAL_WEIGHT) * repeated, 9)
    if least > -2.0:  # noqa: PLR2004 - a near-duplicate adds nothing, unless a kind needs it
        scores[repeated > SAME] = -np.inf
    best = int(np.argmax(scores))
    if scores[best] == -np.inf:
        return False
    chosen.append(int(free[best]))
    return True


def _lone(notes: Sequence[Note], central: NDArray[np.float64]) -> int | None:
    """Return the note of the theme least like the others, when it is large enough for that to mean something."""
    if len(notes) < ENOUGH_FOR_LONE:
        return None
    if central.min() > central.max() - (1.0 - SAME):
        return None
    pool = [index for index, note in enumerate(notes) if any(map(str.isalpha, note.text))]
    return min(pool, key=lambda index: (central[index], notes[index].id), default=None)


def stretch(text: str, words: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Return the offsets to quote: the note without its outer spaces, or the sentence of it that speaks most.

    >>> stretch("  Un lieu ouvert à tous.  ")
    (2, 24)
    """
    start, end = _trim(text, 0, len(text))
    if end - start <= SHORT:
        return start, end
    best = max(_sentences(text), key=lambda span: (_spoken(text, span, words), -span[0]), default=(start, end))
    return best if best[1] - best[0] <= SHORT else _cut(text, best)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for end in [found.end() for found in _END.finditer(text)] + [len(text)]:
        start, stop = _trim(text, at, end)
        if end < len(text) and _OPEN.search(text[start:stop]):
            continue
        at = end
        if stop - start > 1:
            yield start, stop


def _spoken(text: str, span: tuple[int, int], words: frozenset[str]) -> tuple[bool, int]:
    said = re.findall(r"\w+", text[slice(*span)].lower())
    return span[1] - span[0] <= SHORT, len(words.intersection(said))


def _cut(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Shorten a sentence without end at the last space that fits."""
    start = span[0]
    space = max(text.rfind(sign, start, start + SHORT) for sign in " \t\u00a0\n")
    return _trim(text, start, space if space > start else start + SHORT)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
