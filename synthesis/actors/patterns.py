"""How French names an organisation that no list knows: a head and its name, a definition, an acronym in its place.

Pure. Each rule proposes spans of the normalised text; `mentions` decides what they are called and whether they stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from synthesis.actors import tables
from synthesis.actors.heads import ACRONYM, ASSOCIATIVE, NAME, NAMED, NEEDS_OF, OF
from synthesis.actors.names import LINKS, abbreviates, content, fold, key_of
from synthesis.actors.rules import QUOTED, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AT = re.compile(r"\b(?:en|dans|sur|[àa]|vers|depuis|hors)\s+(?:l[ea]s?\s+|l'|cette\s+|ce\s+)?$", re.IGNORECASE)
_OFFICIAL = re.compile(
    r"\b(?:nation|r[ée]gion|d[ée]partement|fran[çc]ais|europ[ée]en|interminist|territorial|m[ée]tropol)"
)
"""« Réseau local d’achats » is said of any; « office national des forêts » of one."""
_THE_ONE = re.compile(r"(?:^|\bl'|\b(?:la|le|une?|notre|au|du)\s)$", re.IGNORECASE)
"""« Des associations des maires » name none; « l’association des maires » does."""
_THE = re.compile(r"\b(?:la|le|notre|cette)\s$", re.IGNORECASE)
_WITH_THE = re.compile(
    r"\b(?:avec|par|aupr[èe]s\s+de|chez|(?:soutien|aide|appui|accord|argent)\s+de)\s+(?:la|le)\s$", re.IGNORECASE
)
_GOVERNS = re.compile(
    r"\s(?:(?:ne|n'|nous|en|y|les|l'|a|va|peut|doit|pourrait|devrait|souhaite|veut|pas|plus)[\s']*){0,3}(?:financ|subventionn"
    r"|vot[eé]|soutien|soutenu|aide[rnt]?\b|accompagn|pilot|impos|d[ée]cid|refus|r[ée]pon|recrut|particip|investi[tr]|pai|paye)"
)
"""What a région or a département does as who governs it, and not as a place: « la région finance »."""
_PLACE_HEADS = ("pays", "ville", "commune", "region", "departement")
_CAMPUS = re.compile(r" (?:1[0-3]|[1-9])(?![\w%,.]\w|\w|\s*(?:km|h\b|%|€|ans|fois))")
"""« Université Rennes 2 »."""
_UNIVERSITY = re.compile(rf"(?i:universit[ée])\s+(?:{OF})?{NAME}$")
_TITLE_BEFORE = re.compile(
    r"\b(?:rue|place|avenue|boulevard|salle|film|livre|journal|revue|jeu|[ée]mission|spectacle|chanson|roman|article|projet"
    r"|programme|dispositif|op[ée]ration|campagne|quartier|lieu-dit|hameau|village|bourg|parc|r[ée]sidence|square|pi[èe]ce"
    r"|[ée]cole|lyc[ée]e|coll[èe]ge|commune|ville|communes?\s+de|ville\s+de|[àa]|en|dans|sur|vers|pr[èe]s\s+de|entre|depuis"
    r"|de|:)\s+$",
    re.IGNORECASE,
)
"""What is called so is a work, a street or a place, and no organisation."""
_NUMBERED = re.compile(r" (?:0[1-9]|[1-9]\d|2[AB])(?=\s*(?:$|[,;.:)\]»\n]|- ))")
_MARK = re.compile(rf"(?<![\w@.])@(?:«\s*([^»\n]{{2,80}}?)\s*»|\"([^\"\n]{{2,80}})\"|({ASSOCIATIVE}|[^\W_][\w'-]*))")
_DEFINED = re.compile(r"\(\s*([^()]{2,90}?)\s*\)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch that may name an organisation, and by which rule."""

    start: int
    end: int
    rule: str


@lru_cache(maxsize=20_000)
def headed(text: str) -> tuple[Proposal, ...]:
    """Return names introduced by what they are: « mairie de Bourg », « collectif Les Semeurs », « Bourg Agglo »."""
    return tuple(_headed(text))


def _headed(text: str) -> Iterator[Proposal]:
    for rule, pattern in rules():
        for found in pattern.finditer(text):
            if "\n" not in found[0] and _stands(text, found, rule):
                start = _after_article(text, *found.span()) if rule == "suffix" else found.start()
                yield Proposal(start, numbered(text, found.end()), rule)
    for found in QUOTED.finditer(text):
        if not found[1].islower() or " " in found[1]:
            yield Proposal(*found.span(1), "quoted")


def _stands(text: str, found: re.Match[str], rule: str) -> bool:
    """Whether what a rule found is a name where it stands."""
    check = _CHECKS.get(rule)
    return check is None or check(text, found)


def _governed_from(text: str, found: re.Match[str]) -> bool:
    return not (fold(found[0]).startswith(_PLACE_HEADS) and _AT.search(text[: found.start()]))


def _is_council(_: str, found: re.Match[str]) -> bool:
    return is_place(re.sub(rf"^C[DR]\s+(?:{OF})?", "", found[0]))


def _has_a_name(_: str, found: re.Match[str]) -> bool:
    """« La métropole » has none."""
    words = found[0].split()
    return fold(words[0]) not in LINKS or len(words) > 2  # noqa: PLR2004 - an article and a head


def _is_grand(text: str, found: re.Match[str]) -> bool:
    known = tables.place_key(found[0]).removeprefix("le ") in tables.grand_names()
    return known and not _AT.search(text[: found.start()])


def _is_theirs(text: str, found: re.Match[str]) -> bool:
    named = {fold(word) for word in found.groups() if word}
    return named <= _founders() and bool(_THE_ONE.search(text[: found.start()]))


def _governs(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    return bool(_WITH_THE.search(before)) or bool(_THE.search(before) and _GOVERNS.match(text, found.end()))


def _is_called_so(text: str, found: re.Match[str]) -> bool:
    first = re.split(r"[\s']", found[0], maxsplit=1)[1]
    return not (is_abstract(first.split()[0]) or is_place(found[0]) or _TITLE_BEFORE.search(text[: found.start()]))


_CHECKS: dict[str, Callable[[str, re.Match[str]], bool]] = {
    "named": lambda _, found: _keeps(found, "named"),
    "of": lambda _, found: _keeps(found, "of"),
    "place": _governed_from,
    "capital": lambda text, found: not opens(text, found.start()),
    "council": _is_council,
    "suffix": _has_a_name,
    "grand": _is_grand,
    "local": lambda _, found: not found[1].split()[0].isupper(),
    "theirs": _is_theirs,
    "acting": _governs,
    "official": lambda _, found: not found[0].islower() or bool(_OFFICIAL.search(found[0])),
    "article": _is_called_so,
}
"""What is asked of a rule's finding, in its sentence."""


@cache
def _founders() -> frozenset[str]:
    """Return the words that name people, and whom else a committee is of."""
    forms = (form for family in tables.families() for form in family.forms)
    return frozenset({fold(form) for form in forms if " " not in form} | {"fetes", "sages", "centres", "maisons"})


def opens(text: str, start: int) -> bool:
    """Whether a sentence or an item begins here, so that a capital proves nothing."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".:!?>•" or text[:start].endswith("\n")


def numbered(text: str, end: int) -> int:
    """Return the end of a name with the number of its département, if it has one: « Paysans solidaires 35 »."""
    found = _NUMBERED.match(text, end)
    if not found and _UNIVERSITY.search(text[:end].rpartition("\n")[2]):
        found = _CAMPUS.match(text, end)
    return found.end() if found else end


def _keeps(found: re.Match[str], rule: str) -> bool:
    """Whether a head and what follows make a name, and not a sentence that goes on with a capital."""
    head, rest = found[0].split(None, 1)
    folded = fold(head).removesuffix("s")
    if rule == "named":
        if (folded in NEEDS_OF and head.islower()) or (folded == "service" and fold(rest).startswith("public")):
            return False
        first = rest.split()[0].strip("'")
        return fold(first) not in LINKS or len(rest.split()) > 1
    # « association de Bourg » names no association; « Maison de l’Habitat » and « ministère de la Culture » do.
    return head[0].isupper() or folded in {"ministere", "fondation", "banque", "federation", "union", "reseau"}


def _after_article(text: str, start: int, end: int) -> int:
    """Leave out what a capital began before the name: « La Ville Métropole », « PCAET Bourg Agglo »."""
    while (words := text[start:end].split()) and len(words) > 2:  # noqa: PLR2004 - a name and its head must remain
        first = fold(words[0].strip("-"))
        if first not in LINKS | {"avec", "dans", "par", "que", "pour", "chez"} | tables.not_actors():
            break
        start = text.index(words[1], start + len(words[0]))
    return start


def marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each name marked with « @ », without the sign and its quotes."""
    for found in _MARK.finditer(text):
        group = next(number for number in (1, 2, 3) if found[number])
        yield found.span(group)


def definitions(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each acronym beside its full name, in either order: (acronym span, name span)."""
    for found in _DEFINED.finditer(text):
        inside, start = found[1], found.start(1)
        if ACRONYM.fullmatch(inside):
            name = _name_before(text, found.start(), inside)
            if name:
                yield found.span(1), name
            continue
        before = re.search(r"([^\W_]{2,12})\s*$", text[: found.start()])
        if before and ACRONYM.fullmatch(before[1]):
            short = inside.split(",")[0].strip()
            if abbreviates(before[1], short) or (is_organisation_head(short) and _spells(before[1], short)):
                yield before.span(1), (start, start + len(inside.split(",")[0].rstrip()))


def _spells(acronym: str, name: str) -> bool:
    """Whether the letters of a made-up acronym come in order in the name: « CORESOL »."""
    letters = iter("".join(content(name)))
    return fold(acronym)[0] == content(name)[0][0] and all(letter in letters for letter in fold(acronym))


def _name_before(text: str, end: int, acronym: str) -> tuple[int, int] | None:
    """Find the words just before an acronym that it abbreviates: the shortest such stretch."""
    words = list(re.finditer(r"[^\W_]+", text[:end]))[-16:]
    stop = words[-1].end() if words else 0
    if not words or text[stop:end].strip():
        return None
    for first in reversed(words):
        stretch = text[first.start() : stop]
        if re.search(r"[.;:!?()\n]", stretch):
            return None
        if abbreviates(acronym, stretch) and first[0].lower() not in LINKS:
            return first.start(), stop
    return None


def is_thing(name: str) -> bool:
    """Whether a name is known to be no organisation: a plan, a law, a legal form, a place or a bare common noun."""
    key = key_of(name)
    return not key or key in tables.not_names() or fold(name) in tables.not_actors()


def is_abstract(word: str) -> bool:
    """Whether a word is that of an idea, a measure or a work, whatever its capital: « Stratégie », « Biodiversité ».

    The tagger takes the capitals of administrations for names.
    """
    return bool(_ABSTRACT.fullmatch(fold(word)))


def is_place(name: str) -> bool:
    """Whether a name is only that of a commune, a département or a région."""
    return tables.place_key(name) in tables.place_keys()


def is_organisation_head(name: str) -> bool:
    """Whether the first word says that an organisation follows."""
    words = content(name)
    return bool(words) and bool(_HEAD_WORD.fullmatch(words[0]))


_ABSTRACT = re.compile(
    r"[a-z]{3,}(?:tion|sion|isme|ance|ence|ogie|omie|aire)s?|[a-z]{4,}(?:ites?|ments?|ique)|strategies?|taxes?|services?"
    r"|unites?|dechets?|energies?|territoires?|chartes?|labels?|diagnostics?|bilans?|appels?|axes?|actions?|fiches?|prix"
    r"|droits?|conges?|primes?|schemas?|etudes?|cahiers?|themes?|ateliers?|tables?|questions?|objectifs?|enjeux?|freins?"
    r"|leviers?|constats?|besoins?|idees?|projets?|mesures?|aides?|zones?|habitat|culture|sante|emploi|bio"
)
_HEAD_WORD = re.compile(
    fold(NAMED.replace("[ée]", "e").replace("[èe]", "e").replace("[ôo]", "o").replace("[âa]", "a"))
    + r"|mairie|ville|commune|communaute|conseil|departement|region|chambre|universite|ecole|lycee|college|office"
    r"|mission|metropole|agglomeration|parc|caisse|assemblee|commissariat|secretariat|delegation|inter|ordre|haut"
    r"|etablissement|academie|prefecture|rectorat|organisation|comite|laboratoire|mutualite|protection|aide|securite"
    r"|assurance|carrefour|autorite"
)
