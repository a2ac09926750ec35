"""How French names an organisation that no list knows: a head and its name, a definition, an acronym in its place.

Pure. Each rule proposes spans of the normalised text; `mentions` decides what they are called and whether they stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.actors import tables
from synthesis.actors.names import LINKS, abbreviates, content, fold, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
_PROPER = rf"(?:{_CAPITAL}[^\W_]*(?:[-'](?:[^\W_]+))*|\d+[A-Z][^\W_]*)"
_LINK = r"(?:(?:de|du|des|la|le|les|en|sur|sous|aux|au|à|lès|lez)[\s-]+|[dlDL]')"
_NAME = rf"{_PROPER}(?:(?:\s+|-)(?:{_LINK}){{0,3}}{_PROPER}(?!'))*"
_ASSOCIATIVE = rf"{_PROPER}(?:(?:\s+(?:et\s+|&\s+)?|-)(?:{_LINK}){{0,3}}{_PROPER}(?!'))*"
_OF = r"(?:de\s+la\s+|de\s+l'|des\s+|du\s+|de\s+|d')"

_PLACED = (
    r"mairie|ville|commune|municipalit[ée]|communaut[ée]\s+de\s+communes|communaut[ée]\s+d'agglom[ée]ration"
    r"|communaut[ée]\s+urbaine|com\s?com|codecom|CC|CA|CU|CCAS|CIAS|agglo(?:m[ée]ration)?|m[ée]tropole"
    r"|conseil\s+(?:d[ée]partemental|r[ée]gional|g[ée]n[ée]ral|municipal|communautaire|de\s+d[ée]veloppement)"
    r"|d[ée]partement|r[ée]gion|PETR|pays|parc\s+naturel\s+(?:r[ée]gional|national)|parc\s+national|PNR"
    r"|(?:sous-)?pr[ée]fecture|universit[ée]|acad[ée]mie|rectorat|CHU|lyc[ée]e(?:\s+(?:agricole|professionnel))?"
    r"|coll[èe]ge|[ée]cole|office\s+(?:de|du)\s+tourisme|mission\s+locale|centre\s+(?:social|hospitalier|culturel)|MJC"
    r"|foyer\s+rural|agence\s+d'urbanisme|agence\s+de\s+l'eau|conseil\s+citoyen"
    r"|chambre\s+(?:d'agriculture|de\s+commerce(?:\s+et\s+d'industrie)?|de\s+m[ée]tiers(?:\s+et\s+de\s+l'artisanat)?)"
    r"|CCI|CMA|CAUE|CPIE|CAF|MSA|SAFER|EPF|ADIL|GAL|maison\s+(?:de\s+la\s+culture|des\s+associations)"
    r"|syndicat\s+(?:mixte|intercommunal|d[ée]partemental)(?:\s+(?:d'[a-zé]+|de\s+l'[a-zé]+|de\s+la\s+[a-zé]+|des\s+[a-zé]+))?"
)
"""Heads of institutions told apart by a place."""
_APPOSED = (
    r"r[ée]gion|CC|CA|CU|m[ée]tropole|PETR|PNR|agence\s+de\s+l'eau|CCAS|office\s+de\s+tourisme|lyc[ée]e|coll[èe]ge"
    r"|[ée]cole|universit[ée]|MJC|mission\s+locale|CPIE|centre\s+social|agence\s+d'urbanisme|pays"
)
"""Of those, the ones that the place may follow without « de »."""
_NAMED = (
    r"association|asso|collectif|r[ée]seau|f[ée]d[ée]ration|union|conf[ée]d[ée]ration|fondation|coop[ée]rative|SCIC"
    r"|SCOP|Scop|Scic|CUMA|GAEC|GFA|EARL|AMAP|ferme|groupement|soci[ée]t[ée]|entreprise|start-up|cabinet|banque|agence"
    r"|syndicat|tiers-?lieu|caf[ée]|r[ée]gie|p[ôo]le|plate-?forme|laboratoire|ligue|mouvement|club|cercle|amicale"
    r"|comit[ée]|institut|centre|maison|compagnie|th[ée][âa]tre|[ée]picerie|brasserie|ONG|fonds|mutuelle|coordination"
    r"|observatoire|groupe|jardins?|minist[èe]re|bureau\s+d'[ée]tudes?|foyer|fablab|ressourcerie|recyclerie|lieu"
    r"|conservatoire|radio|journal|m[ée]dia|festival|direction|service"
)
"""Heads that a proper name follows."""
_NEEDS_OF = frozenset(
    [
        "ministere",
        "maison",
        "centre",
        "institut",
        "lieu",
        "service",
        "direction",
        "agence",
        "ferme",
        "banque",
        "groupe",
        "festival",
    ]
)
_LEVEL = (
    r"national|nationale|r[ée]gional|r[ée]gionale|d[ée]partemental|d[ée]partementale|d[ée]partementales|local|locale"
    r"|communal|communale|intercommunal|intercommunale|fran[çc]aise?|europ[ée]en(?:ne)?|territorial|territoriale"
    r"|rural|rurale|permanent|mixte|interminist[ée]rielle?|technique|citoyen(?:ne)?|r[ée]gionaux|d[ée]partementaux"
)
_ACRONYM = re.compile(
    r"(?<![\w.&'])(?:[A-Z]{1,2}(?:&[A-Z])|[A-ZÀ-Þ][A-ZÀ-Þ0-9]+(?:-[A-Z0-9]{2,})?[a-z]?)(?![\w&]|\.[A-Za-z])"
)

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("place", re.compile(rf"(?<!\w)(?i:{_PLACED})\s+{_OF}{_NAME}")),
    ("place", re.compile(rf"(?<!\w)(?i:{_APPOSED})\s+{_NAME}")),
    (
        "suffix",
        re.compile(rf"(?<!\w){_PROPER}(?:[\s-]+{_PROPER}){{0,2}}[\s-]+(?i:agglo(?:m[ée]ration)?|m[ée]tropole)(?!\w)"),
    ),
    ("suffix", re.compile(rf"(?<!\w){_PROPER}(?:[\s-]+(?:{_LINK}){{0,2}}{_PROPER}){{0,3}}\s+Communauté(?!\w)")),
    ("named", re.compile(rf"(?<!\w)(?i:{_NAMED})\s+{_ASSOCIATIVE}")),
    ("of", re.compile(rf"(?<!\w)(?i:{_NAMED})\s+{_OF}{_ASSOCIATIVE}")),
    (
        "official",
        re.compile(
            rf"(?<!\w)(?i:{_NAMED}|office|conseil|commission|mission|d[ée]l[ée]gation|[ée]tablissement|assembl[ée]e)"
            rf"\s+(?i:{_LEVEL})(?:\s+(?i:{_LEVEL}))?\s+{_OF}(?:[^\W\d_]+\s+{_OF})?(?:[^\W\d_]+)"
            rf"(?:\s+(?:{_OF})?{_PROPER})*"
        ),
    ),
)
_MARK = re.compile(rf"(?<![\w@.])@(?:«\s*([^»\n]{{2,80}}?)\s*»|\"([^\"\n]{{2,80}})\"|({_ASSOCIATIVE}|[^\W_][\w'-]*))")
_DEFINED = re.compile(r"\(\s*([^()]{2,90}?)\s*\)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch that may name an organisation, and by which rule."""

    start: int
    end: int
    rule: str


def headed(text: str) -> Iterator[Proposal]:
    """Yield names introduced by what they are: « mairie de Bourg », « collectif Les Semeurs », « Bourg Agglo »."""
    for rule, pattern in _RULES:
        for found in pattern.finditer(text):
            start, end = found.span()
            if rule in ("named", "of") and not _keeps(found, rule):
                continue
            if rule == "suffix":
                start = _after_article(text, start, end)
            yield Proposal(start, end, rule)


def _keeps(found: re.Match[str], rule: str) -> bool:
    """Whether a head and what follows make a name, and not a sentence that goes on with a capital."""
    head, rest = found[0].split(None, 1)
    folded = fold(head).removesuffix("s")
    if rule == "named":
        if folded in _NEEDS_OF and head.islower():
            return False
        first = rest.split()[0].strip("'")
        return fold(first) not in LINKS or len(rest.split()) > 1
    # « association de Bourg » names no association; « Maison de l’Habitat » and « ministère de la Culture » do.
    return head[0].isupper() or folded in {"ministere", "fondation", "banque", "federation", "union", "reseau"}


def _after_article(text: str, start: int, end: int) -> int:
    """Leave out an article or a preposition that a capital began the sentence with: « La Ville Métropole »."""
    words = text[start:end].split()
    first = fold(words[0])
    return start + len(words[0]) + 1 if len(words) > 2 and first in LINKS | {"avec", "dans", "par", "que"} else start  # noqa: PLR2004 - a name and its head must remain


def marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each name marked with « @ », without the sign and its quotes."""
    for found in _MARK.finditer(text):
        group = next(number for number in (1, 2, 3) if found[number])
        yield found.span(group)


def definitions(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each acronym beside its full name, in either order: (acronym span, name span)."""
    for found in _DEFINED.finditer(text):
        inside, start = found[1], found.start(1)
        if _ACRONYM.fullmatch(inside):
            name = _name_before(text, found.start(), inside)
            if name:
                yield found.span(1), name
            continue
        before = re.search(r"([^\W_]{2,12})\s*$", text[: found.start()])
        if before and _ACRONYM.fullmatch(before[1]):
            short = inside.split(",")[0].strip()
            if abbreviates(before[1], short):
                yield before.span(1), (start, start + len(inside.split(",")[0].rstrip()))


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


_AGENT_BEFORE = re.compile(
    r"(?:\b(?:avec|par|chez|selon|via|aupr[èe]s d[eu]|partenariat|soutien|appui|accompagnement|rencontrer?|contacter"
    r"|adh[ée]rer|solliciter|interpeller|inviter|association|asso|collectif|r[ée]seau|agence|syndicat|f[ée]d[ée]ration"
    r"|entreprise|soci[ée]t[ée])(?:\s+(?:avec|de|du|des|à|au|aux|la|le|les|l'))*\s*|@)(?:l'|la\s|le\s|les\s)?$",
    re.IGNORECASE,
)
_THING_BEFORE = re.compile(
    r"\b(?:un|une|des|d'une?|sch[ée]ma|plan|zone|loi|dispositif|label|contrat|projet|dipl[ôo]me|fiche|norme|proc[ée]dure"
    r"|taux|en|type|statut|logiciel|outil|m[ée]thode|march[ée]|concertation|r[èe]glement|document|budget)\s+(?:de\s+|du\s+|d')?$",
    re.IGNORECASE,
)


def acronyms(text: str) -> Iterator[Proposal]:
    """Yield words in capitals that no table calls something else; rule "agent" when the sentence makes them act.

    A text that shouts has no acronym in it.
    """
    letters = [char for char in text if char.isalpha()]
    if sum(map(str.isupper, letters)) > 0.6 * len(letters) and len(letters) > 12:  # noqa: PLR2004 - shouted text
        return
    for found in _ACRONYM.finditer(text):
        if fold(found[0]) in tables.not_actors() or found[0].isdigit():
            continue
        before = text[max(0, found.start() - 60) : found.start()]
        if _THING_BEFORE.search(before):
            continue
        yield Proposal(found.start(), found.end(), "agent" if _AGENT_BEFORE.search(before) else "acronym")


def is_thing(name: str) -> bool:
    """Whether a name is known to be no organisation: a plan, a law, a legal form, a place or a bare common noun."""
    key = key_of(name)
    return not key or key in tables.not_names() or fold(name) in tables.not_actors()


def is_place(name: str) -> bool:
    """Whether a name is only that of a commune, a département or a région."""
    return tables.place_key(name) in tables.place_keys()


def is_organisation_head(name: str) -> bool:
    """Whether the first word says that an organisation follows."""
    words = content(name)
    return bool(words) and bool(_HEAD_WORD.fullmatch(words[0]))


_HEAD_WORD = re.compile(
    fold(_NAMED.replace("[ée]", "e").replace("[èe]", "e").replace("[ôo]", "o").replace("[âa]", "a"))
    + r"|mairie|ville|commune|communaute|conseil|departement|region|chambre|universite|ecole|lycee|college|office"
    r"|mission|metropole|agglomeration|parc|caisse|assemblee|commissariat|secretariat|delegation|inter|ordre|haut"
    r"|etablissement|academie|prefecture|rectorat|organisation|comite|laboratoire|mutualite|protection|aide|securite"
    r"|assurance|carrefour|autorite"
)
