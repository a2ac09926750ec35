"""The tables that actors are recognised with, read once from this package's own data.

The only module of this room that opens a file, and only files shipped with it: `data/README.md` says what each one
is and under which licence.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import combining, normalize

from synthesis.actors.names import fold, key_of, stem

_DATA = files("synthesis.actors") / "data"


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A public body or national network that notes may name."""

    name: str
    acronym: str = ""
    family: str = ""
    aliases: tuple[str, ...] = ()
    local: bool = False
    """Whether there is one for each place: « ARS Bretagne » and « ARS Occitanie » are two."""
    capital: bool = False
    """Whether its words are everyone's, so that only a capital names it: « Énergie partagée »."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleFamily:
    """A family of people or institutions, with every word that names it (inclusive forms are read as masculine)."""

    key: str
    name: str
    forms: tuple[str, ...]


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def bodies() -> tuple[Body, ...]:
    """Return the shipped public bodies, in the order of the table."""
    found = []
    for line in _lines("bodies.tsv")[1:]:
        acronym, name, family, aliases, how = line.split("\t")
        others = tuple(alias for alias in aliases.split(";") if alias)
        found.append(
            Body(
                name=name,
                acronym=acronym,
                family=family,
                aliases=others,
                local="local" in how,
                capital="capital" in how,
            )
        )
    return tuple(found)


@cache
def local_keys() -> dict[str, str]:
    """Return, for each name of a body that has one for each place, the key of its full name; the longest first."""
    keys = {
        key_of(name): key_of(body.name)
        for body in bodies()
        for name in (body.name, body.acronym, *body.aliases)
        if body.local and name
    }
    # Written small, an acronym loses its last letter as a plural does.
    keys |= {stem(key): full for key, full in keys.items() if " " not in key}
    return dict(sorted(keys.items(), key=lambda pair: -len(pair[0])))


@cache
def one_a_place() -> frozenset[str]:
    """Return the keys of the bodies that there is one of for each place, région and département included."""
    return frozenset({*local_keys().values(), "region", "departement"})


@cache
def families() -> tuple[PeopleFamily, ...]:
    """Return the families of people, in the order of the table."""
    rows = (line.split("\t") for line in _lines("families.tsv")[1:])
    return tuple(PeopleFamily(key=key, name=name, forms=tuple(forms.split(";"))) for key, name, forms in rows)


@cache
def not_actors() -> frozenset[str]:
    """Return the acronyms that are never organisations, folded."""
    return frozenset(
        fold(word) for line in _lines("not_actors.txt") if not line.startswith("= ") for word in line.split()
    )


@cache
def not_names() -> frozenset[str]:
    """Return the keys of names that are never organisations."""
    lines = (line.removeprefix("= ") for line in _lines("not_actors.txt") if line.startswith("= "))
    return frozenset(key_of(name.strip()) for line in lines for name in line.split(";"))


@cache
def territories() -> dict[str, tuple[str, ...]]:
    """Return the names of French territories by level: region, departement, epci, commune."""
    text = gzip.decompress((_DATA / "territories.txt.gz").read_bytes()).decode("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for section in text.split("# ")[1:]:
        level, *names = section.splitlines()
        found[level] = tuple(names)
    return found


@cache
def grand_names() -> frozenset[str]:
    """Return the intercommunalités that are called « Grand … », as `place_key` writes them, without « CA » or « CC ».

    Métropoles and agglomérations say what they are in their own name; « Grand Chalon » does not.
    """
    keys = (place_key(name) for name in territories()["epci"])
    bare = (key.split(" grand ", 1)[1] for key in keys if key.startswith(_GRAND))
    return frozenset(f"grand {name}" for name in bare)


_GRAND = tuple(f"{kind} {link}grand " for kind in ("ca", "cc", "cu", "metropole") for link in ("", "le ", "du "))


@cache
def place_keys() -> frozenset[str]:
    """Return regions, départements and communes as `place_key` writes them: places before they are anything else."""
    levels = territories()
    return frozenset(place_key(name) for level in ("region", "departement", "commune") for name in levels[level])


def place_key(name: str) -> str:
    """Return a territory's name without accents, capitals and dashes; « St » is « Saint ».

    >>> place_key("Saint-Malo") == place_key("St malo")
    True
    """
    plain = "".join(char for char in normalize("NFD", name.lower()) if not combining(char))
    words = plain.replace("-", " ").replace("'", " ").replace("’", " ").split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)
