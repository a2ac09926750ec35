"""Finds territories by how they start, for a phone that does not carry their thirty-six thousand names.

Pure. Regions and départements come first, then intercommunalités, then communes: the wider place is the likelier one.
"""

from __future__ import annotations

from functools import cache

from synthesis.actors.tables import place_key, territories

LEVELS = ("region", "departement", "epci", "commune")
MOST = 12
SHORTEST = 2
"""Letters under which too many names would do."""


def starting(query: str) -> tuple[str, ...]:
    """Return the names that start so, accents, capitals and dashes aside, at most `MOST`, each once.

    >>> starting("st malo")[0]
    'Saint-Malo'
    """
    wanted = place_key(query)
    if len(wanted) < SHORTEST:
        return ()
    found = [name for key, name in _under(wanted[0]) if key.startswith(wanted)]
    return tuple(dict.fromkeys(found))[:MOST]


@cache
def _under(letter: str) -> tuple[tuple[str, str], ...]:
    """Return the names of one letter with their keys, level by level, the shorter first: read once, when asked for."""
    levels = territories()
    rows: list[tuple[str, str]] = []
    for level in LEVELS:
        # Only the first letter is folded for all: folding every name would hold the server for half a second.
        mine = [(place_key(name), name) for name in levels[level] if place_key(name[:1]) == letter]
        rows += sorted(mine, key=lambda row: (len(row[0]), row))
    return tuple(rows)
