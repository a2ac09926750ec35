"""What must be true of the real browsers after a run. Pure: texts in, broken promises out; none means all held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one browser, and what its user remembers."""

    name: str
    typed: tuple[str, ...]
    """Every text that left the field: the page said that it was kept."""
    begun: frozenset[str] = frozenset()
    """Every text that was in the field; the page may have been killed before it left."""
    received: frozenset[str] = frozenset()
    """Every text that the page ever showed as « reçue »."""
    kept: tuple[str, ...] = ()
    """Texts that wait on the device, or that were refused."""
    shown: tuple[str, ...] = ()
    """The notes on the page at the end."""


def broken(stored: Sequence[str], standing: Sequence[str], browsers: Sequence[Seen]) -> list[str]:
    """Return every promise that does not hold: `stored` is the journal's notes, `standing` what a new page shows."""
    return [sentence for seen in browsers for sentence in _one(Counter(stored), standing, seen)]


def _one(stored: Counter[str], standing: Sequence[str], seen: Seen) -> Iterator[str]:
    for text in seen.typed:
        if not stored[text] and text not in seen.kept:
            yield f"LOST by {seen.name}: {text!r}"
    for text in sorted(seen.begun | set(seen.typed)):
        if stored[text] > 1:
            yield f"DOUBLED by {seen.name}: {text!r}"
    for text in sorted(seen.received):
        if not stored[text]:
            yield f"{seen.name} showed as received what is not stored: {text!r}"
    if seen.kept:
        yield f"{len(seen.kept)} notes still wait in {seen.name}, whose network is back"
    missed, extra = Counter(standing) - Counter(seen.shown), Counter(seen.shown) - Counter(standing)
    if missed or extra:
        yield f"{seen.name} misses {sorted(missed)} and shows {sorted(extra)} too many"
