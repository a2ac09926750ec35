"""Gathers the families of actors into the few that an eye can tell apart on a map: a word, a sign and a hue each.

Pure. An actor keeps its own family everywhere else; a family that nobody foresaw is shown among the others.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """Families shown alike."""

    key: str
    label: str
    sign: str
    families: frozenset[str]


def _group(key: str, label: str, sign: str, families: str) -> Group:
    return Group(key, label, sign, frozenset(families.split()))


GROUPS = (
    _group("elus", "Élus", "É", "elus elu"),
    _group(
        "collectivites",
        "Collectivités",
        "C",
        "collectivites collectivite region departement epci commune intercommunalite territoire",
    ),
    _group(
        "etat",
        "État et institutions",
        "I",
        "etat institution institutions financeurs partenaires securite justice",
    ),
    _group(
        "habitants",
        "Habitants et publics",
        "H",
        """habitants citoyens jeunes enfants parents etudiants benevoles usagers consommateurs locataires visiteurs
        aines handicap precaires femmes hommes migrants nature family""",
    ),
    _group(
        "associations",
        "Associations et réseaux",
        "A",
        "associations association reseau reseaux syndicat syndicats partis",
    ),
    _group(
        "entreprises",
        "Entreprises",
        "E",
        """entreprises entreprise commercants artisans agriculteurs agriculture cooperatives cooperative bailleurs
        salaries""",
    ),
    _group(
        "techniciens",
        "Techniciens et professionnels",
        "T",
        "techniciens animateurs sociaux soignants professionnels experts architectes medias artistes",
    ),
    _group(
        "recherche",
        "Recherche et formation",
        "R",
        "recherche chercheurs enseignants formateurs formation centre",
    ),
    _group("", "Autres acteurs", "·", ""),
)
"""In the order of the legend; what belongs nowhere is last."""

OTHERS = GROUPS[-1]


def group_of(family: str) -> Group:
    """Return the group of a family: a key of the actors' own table, or the first word an organiser wrote."""
    plain = "".join(one for one in unicodedata.normalize("NFD", family.casefold()) if not unicodedata.combining(one))
    words = plain.split()
    return next((group for group in GROUPS if words and words[0] in group.families), OTHERS)
