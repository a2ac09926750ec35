"""The grammar of inclusive French: whether « citoyen⋅nes » is one word written for everyone, and which word it is.

Pure. One idea carries every spelling: a stem and a suffix are an inclusive form exactly when the suffix finishes
a feminine of the stem (« citoyen » + « ne » → « citoyenne », « acteur » + « rice » → « actrice »). What is not a
feminine of what precedes it is left alone: « rendez-vous », « et/ou », « Loos-en-Gohelle ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

DOTS = "·⋅•‧∙・᛫⸱\u0387"
"""The points that people type between the parts of an inclusive form; none has another use inside a word."""
DASHES = "‐‑–-"
STARS = "*_"
"""What people type for want of a point."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHORTEST = 2
"""Letters of the shortest word that has a feminine (« un »)."""

PAIRS: dict[str, str] = {
    "il": "elle",
    "ils": "elles",
    "eux": "elles",
    "celui": "celle",
    "ceux": "celles",
    "le": "la",
    "un": "une",
    "ce": "cette",
    "tou": "toute",
    "tout": "toute",
    "tous": "toutes",
    "lequel": "laquelle",
    "lesquels": "lesquelles",
    "fou": "folle",
    "vieux": "vieille",
    "copain": "copine",
    "doux": "douce",
    "faux": "fausse",
    "roux": "rousse",
    "favori": "favorite",
    "héros": "héroïne",
    "long": "longue",
    "frais": "fraîche",
    "sec": "sèche",
    "blanc": "blanche",
    "franc": "franche",
    "malin": "maligne",
    "bénin": "bénigne",
}
"""Words whose feminine follows no rule."""

MERGED: dict[str, str] = {
    "iel": "il",
    "iels": "ils",
    "celleux": "ceux",
    "ceulles": "ceux",
    "elleux": "eux",
    "toustes": "tous",
    "touxtes": "tous",
}
"""Words made of a masculine and a feminine run together, and the masculine that stands for them."""

# Nouns without a feminine that a full stop typed without its space would otherwise turn into one:
# « c’est un moyen.ne pas oublier ».
_NEVER = _words(
    """
    tu qui où besoin bien rien combien lien non son ton mon on en an plan bilan selon maison raison saison
    façon leçon soutien maintien entretien quotidien examen moyen sens appel rappel hôtel logiciel ciel sel
    miel label noël conseil secteur valeur cœur coeur leur ailleurs fleur couleur longueur largeur hauteur
    erreur plusieurs enjeux lieux jeux milieux feux vœux voeux cheveux deux mieux et est sans dans pas plus
    cf etc ex art km pour par mais donc avec bas
    """
)
_E_TO_ESSE = _words("maire maître hôte poète prince traître contremaître ministre")
_S_DOUBLED = _words("gros gras las épais métis")
_C_TO_QUE = _words("public laïc grec turc caduc syndic")
_L_DOUBLED = re.compile(r"(?:el|ul|gentil|pareil|vermeil)$")
_N_DOUBLED = re.compile(r"(?:en|[^i]on|an|champion|espion|lion)$")
_ALS = _words("fatal banal naval final natal bancal fractal glacial tonal austral")
_US = _words("bleu pneu émeu")

_MASCULINE_ENDINGS = _words(
    """
    eur eurs teur teurs r rs en ens n ns ien iens ier iers er ers f fs if ifs eux x ant ants ent ents al aux
    ux el els l s t ts é és eau eaux u us i is d ds
    """
)


def _ending_rules(stem: str) -> set[str]:
    """Feminines that a masculine ending allows."""
    found: set[str] = set()
    if stem.endswith("eur"):
        found |= {stem[:-3] + "euse", stem[:-3] + "rice", stem[:-3] + "eresse", stem + "ice"}
        if stem.endswith("teur"):
            found |= {stem[:-3] + "ice"}
    if stem.endswith("er"):
        found.add(stem[:-2] + "ère")
    if stem.endswith("et"):
        found |= {stem[:-2] + "ète", stem + "te"}
    if stem.endswith("f"):
        found |= {stem[:-1] + "ve", stem + "fe"}
    if stem.endswith(("eux", "oux")):
        found.add(stem[:-1] + "se")
    if stem.endswith("eau"):
        found.add(stem[:-2] + "lle")
    if _L_DOUBLED.search(stem):
        found.add(stem + "le")
    if _N_DOUBLED.search(stem):
        found.add(stem + "ne")
    return found


@lru_cache(maxsize=4096)
def feminines(stem: str) -> frozenset[str]:
    """Every feminine (in lower case) that a masculine singular may have; none for a word that never has one."""
    if stem in _NEVER or len(stem) < _SHORTEST:
        return frozenset()
    found = _ending_rules(stem)
    if stem in PAIRS:
        found.add(PAIRS[stem])
    if stem in _E_TO_ESSE:
        found.add(stem + "sse")
    if stem in _S_DOUBLED:
        found.add(stem + "se")
    if stem in _C_TO_QUE:
        found |= {stem[:-1] + "que", stem + "que"}
    if not stem.endswith("e"):
        found.add(stem + "e")
    return frozenset(found)


def singulars(word: str) -> tuple[str, ...]:
    """List the masculine singulars a word may stand for, itself first."""
    found = [word]
    if word in _NEVER:
        return tuple(found)
    if word.endswith("eaux"):
        found.append(word[:-1])
    elif word.endswith("aux"):
        found.append(word[:-3] + "al")
    elif word.endswith("s"):
        found.append(word[:-1])
    return tuple(found)


def plural(word: str) -> str:
    """Return the masculine plural of a masculine singular."""
    if word in {"tou", "tout"}:
        return "tous"
    if word in {"celui", "le", "ce"}:
        return {"celui": "ceux", "le": "les", "ce": "ces"}[word]
    if word[-1] in "sxz":
        return word
    if word.endswith("al") and word not in _ALS:
        return word[:-1] + "ux"
    if word.endswith(("eau", "eu")) and word not in _US:
        return word + "x"
    return word + "s"


def _finishes(stem: str, suffix: str) -> bool:
    """Whether the suffix, put somewhere on the stem, makes one of its feminines."""
    for feminine in feminines(stem):
        kept = len(feminine) - len(suffix)
        if kept < 0 or not feminine.endswith(suffix) or not stem.startswith(feminine[:kept]):
            continue
        # « besoin.ne » is no feminine: an added « e » is written alone, or with its whole syllable (« ante »).
        if feminine != stem + "e" or suffix == "e" or suffix[0] in "aeéiou" or kept == 0:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written form stands for: a masculine singular, and whether it is meant as a plural."""

    singular: str
    many: bool


@lru_cache(maxsize=8192)
def read(parts: tuple[str, ...]) -> Reading | None:
    """Read lower-case parts (« citoyen », « ne », « s ») as one inclusive form, or None when they are not one."""
    if len(parts) > 1 and parts[-1] in {"s", "x"}:
        inner = read(parts[:-1]) if parts[2:] else None
        if inner is not None:
            return Reading(inner.singular, many=True)
        return None if parts[2:] else _read_optional_plural(parts[0])
    match parts:
        case (stem, suffix):
            return _read_pair(stem, suffix)
        case (stem, ending, suffix) if ending in _MASCULINE_ENDINGS:
            return _read_pair(stem + ending, suffix) or _read_cut(stem, ending, suffix)
    return None


def _read_optional_plural(noun: str) -> Reading | None:
    """« commune(s) », « bénévole·s »."""
    if len(noun) <= _SHORTEST or noun[-1] in "sxz" or noun in _NEVER:
        return None
    return Reading(noun, many=True)


def _read_pair(stem: str, suffix: str) -> Reading | None:
    if stem in PAIRS and stem.endswith("s") and PAIRS[stem].endswith(suffix):
        return Reading(stem, many=False)
    for singular in singulars(stem):
        for one, many in ((suffix, False), (suffix[:-1] if suffix.endswith("s") else "", True)):
            if one and _finishes(singular, one):
                return Reading(singular, many=many or singular != stem)
    if stem != suffix and (len(suffix) > _SHORTEST or PAIRS.get(suffix) == stem):
        return _read_feminine_first(stem, suffix)
    return None


def _read_cut(root: str, ending: str, suffix: str) -> Reading | None:
    """« loca·ux·les »: both endings hang on one root."""
    for singular in singulars(root + ending):
        if root + suffix.removesuffix("s") in feminines(singular):
            return Reading(singular, many=suffix.endswith("s"))
    return None


def _read_feminine_first(feminine: str, masculine: str) -> Reading | None:
    """« citoyennes/citoyens »: both words in full, the feminine first."""
    for singular in singulars(masculine):
        many = singular != masculine
        if feminine.removesuffix("s") in feminines(singular) and many == feminine.endswith("s"):
            return Reading(singular, many=many)
    return None


def masculine(reading: Reading) -> str:
    """Return the masculine or epicene word of the right number, in lower case."""
    return plural(reading.singular) if reading.many else ("tout" if reading.singular == "tou" else reading.singular)
