"""What the head of a name says: which family it is of, and which body « ARS Bretagne » is.

Pure.
"""

from __future__ import annotations

from functools import lru_cache

from synthesis.actors import tables
from synthesis.actors.names import key_of

_FAMILY_OF_HEAD = {
    **dict.fromkeys(("mairie", "ville", "commune", "communaute", "agglomeration", "metropole"), "collectivite"),
    **dict.fromkeys(("departement", "region", "petr", "pays", "parc", "syndicat", "intercommunalite"), "collectivite"),
    **dict.fromkeys(("association", "collectif", "federation", "foyer", "mjc", "amap", "ligue"), "association"),
    **dict.fromkeys(("entreprise", "societe", "cooperative", "scop", "scic", "gaec", "sci"), "entreprise"),
    **dict.fromkeys(("direction", "prefecture", "ministere", "rectorat", "academie"), "etat"),
    **dict.fromkeys(("ecole", "lycee", "college", "institut"), "formation"),
    **dict.fromkeys(("universite", "laboratoire", "observatoire"), "recherche"),
    **dict.fromkeys(("chambre", "caisse", "agence", "office", "mission", "conseil", "ccas"), "institution"),
    "reseau": "reseau",
    # What `key_of` makes of « mairie de … » and « ville de … ».
    "municipalite": "collectivite",
}


def family_of(name: str) -> str:
    """Return the family that the head of a name says, "" when it says none.

    >>> family_of("mairie de Bourg")
    'collectivite'
    """
    words = key_of(name).split()
    return next((_FAMILY_OF_HEAD[word] for word in (*words[:1], *words[-1:]) if word in _FAMILY_OF_HEAD), "")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return the key of a name, the acronym of a body that has one for each place written out.

    >>> name_key("ARS de Bretagne") == name_key("Agence régionale de santé Bretagne")
    True
    """
    key = key_of(name)
    for head, full in tables.local_keys().items():
        if key.startswith(f"{head} "):
            return full + key[len(head) :]
    return key
