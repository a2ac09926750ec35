"""How French names an organisation that no list knows: a head and its name, a definition, an acronym in its place.

Pure. Each rule proposes spans of the normalised text; `mentions` decides what they are called and whether they stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from synthesis.actors import tables
from synthesis.actors.heads import (
    ACRONYM,
    APPOSED,
    ASSOCIATIVE,
    LEVEL,
    LINK,
    NAME,
    NAMED,
    NEEDS_OF,
    OF,
    PLACED,
    PROPER,
)
from synthesis.actors.names import LINKS, abbreviates, content, fold, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = r"[^\W\d_]+"
_SIDE = r"(?:occidentale?|orientale?|centrale?|m[ée]ridionale?|septentrionale?|maritime|atlantique)"
"""What ends the name of a region in small letters."""
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("place", re.compile(rf"(?<!\w)(?i:{PLACED})\s+{OF}{NAME}")),
    ("place", re.compile(rf"(?<!\w)(?i:{APPOSED})\s+{NAME}")),
    ("place", re.compile(r"(?<!\w)C[DR]\s?(?:\d\d|2[AB])(?!\w)")),
    (
        "place",
        re.compile(r"(?<!\w)(?i:conseil\s+(?:d[ée]partemental|g[ée]n[ée]ral))\s+(?:du\s+)?(?:\d\d|2[AB])(?!\w)"),
    ),
    ("council", re.compile(rf"(?<!\w)C[DR]\s+(?:{OF})?{NAME}")),
    ("place", re.compile(rf"(?<!\w)(?i:universit[ée])\s+{OF}{NAME}\s+{_SIDE}(?!\w)")),
    (
        "suffix",
        re.compile(rf"(?<!\w){PROPER}(?:[\s-]+{PROPER}){{0,2}}[\s-]+(?i:agglo(?:m[ée]ration)?|m[ée]tropole)(?!\w)"),
    ),
    ("suffix", re.compile(rf"(?<!\w){PROPER}(?:[\s-]+(?:{LINK}){{0,2}}{PROPER}){{0,3}}\s+Communauté(?!\w)")),
    ("named", re.compile(rf"(?<!\w)(?i:{NAMED})(?:\s+(?i:{LEVEL})){{0,2}}\s+{ASSOCIATIVE}")),
    ("of", re.compile(rf"(?<!\w)(?i:{NAMED})\s+{OF}{ASSOCIATIVE}")),
    (
        "official",
        re.compile(
            rf"(?<!\w)(?i:{NAMED}|office|conseil|commission|mission|d[ée]l[ée]gation|[ée]tablissement|assembl[ée]e)"
            rf"\s+(?i:{LEVEL})(?:\s+(?i:{LEVEL}))?\s+{OF}(?:{_WORD}\s+{OF})?{_WORD}(?:\s+et\s+{OF}{_WORD})?"
            rf"(?:\s+(?:{OF})?{PROPER})*"
        ),
    ),
    ("official", re.compile(rf"(?<!\w)(?i:minist[èe]re)\s+{OF}{_WORD}(?:(?:,\s+|\s+et\s+|\s+){OF}{_WORD}){{0,4}}")),
    (
        "capital",
        re.compile(
            r"(?<!\w)(?:Maison|P[ôo]le|Centre|Agence|Office|Espace|Conservatoire|Observatoire|Institut|Amis|Fonds)"
            rf"\s+{OF}{_WORD}(?:\s+{OF}{_WORD})?"
        ),
    ),
)
_QUOTED = re.compile(
    r"(?<!\w)(?i:associations?|assos?|collectif|r[ée]seau|coop[ée]rative|f[ée]d[ée]ration|fondation|caf[ée]|tiers-?lieu"
    r"|entreprise|soci[ée]t[ée]|compagnie|atelier|groupe)(?:\s+(?:de|des|du))?\s*[«\"“]\s*([^«»\"“”\n]{2,60}?)\s*[»\"”]"
)
_AT = re.compile(r"\b(?:en|dans|sur|[àa]|vers|depuis|hors)\s+(?:l[ea]s?\s+|l'|cette\s+|ce\s+)?$", re.IGNORECASE)
_PLACE_HEADS = ("pays", "ville", "commune", "region", "departement")
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
    for rule, pattern in _RULES:
        for found in pattern.finditer(text):
            start, end = found.span()
            if "\n" in found[0] or (rule in ("named", "of") and not _keeps(found, rule)):
                continue
            if rule == "place" and fold(found[0]).startswith(_PLACE_HEADS) and _AT.search(text[:start]):
                continue
            if rule == "capital" and opens(text, start):
                continue
            if rule == "council" and not is_place(re.sub(rf"^C[DR]\s+(?:{OF})?", "", found[0])):
                continue
            if rule == "suffix":
                start = _after_article(text, start, end)
            yield Proposal(start, numbered(text, end), rule)
    for found in _QUOTED.finditer(text):
        yield Proposal(*found.span(1), "quoted")


def opens(text: str, start: int) -> bool:
    """Whether a sentence or an item begins here, so that a capital proves nothing."""
    before = text[:start].rstrip()
    return not before or before[-1] in ".:!?>•" or text[:start].endswith("\n")


def numbered(text: str, end: int) -> int:
    """Return the end of a name with the number of its département, if it has one: « Paysans solidaires 35 »."""
    found = _NUMBERED.match(text, end)
    return found.end() if found else end


def _keeps(found: re.Match[str], rule: str) -> bool:
    """Whether a head and what follows make a name, and not a sentence that goes on with a capital."""
    head, rest = found[0].split(None, 1)
    folded = fold(head).removesuffix("s")
    if rule == "named":
        if folded in NEEDS_OF and head.islower():
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


def _shouts(text: str, found: re.Match[str]) -> bool:
    """Whether the word beside is in capitals too: « LES AMIS » are words said loud, not two acronyms."""
    before, after = re.search(r"(\S+) $", text[: found.start()]), re.match(r" (\S+)", text[found.end() :])
    beside = [word[1] for word in (before, after) if word]
    return any(word.isupper() and sum(map(str.isalpha, word)) > 1 for word in beside)


def acronyms(text: str) -> Iterator[Proposal]:
    """Yield words in capitals that no table calls something else; rule "agent" when the sentence makes them act.

    A text that shouts has no acronym in it.
    """
    letters = [char for char in text if char.isalpha()]
    if sum(map(str.isupper, letters)) > 0.6 * len(letters) and len(letters) > 12:  # noqa: PLR2004 - shouted text
        return
    for found in ACRONYM.finditer(text):
        if fold(found[0]) in tables.not_actors() | LINKS or found[0].isdigit() or _shouts(text, found):
            continue
        before = text[max(0, found.start() - 60) : found.start()]
        if _THING_BEFORE.search(before):
            continue
        yield Proposal(found.start(), found.end(), "agent" if _AGENT_BEFORE.search(before) else "acronym")


_BESIDE = re.compile(r"([^\W_]{2,})\s*(?:/|,|et|&)\s*$")
_BESIDE_AFTER = re.compile(r"\s*(?:/|,|et|&)\s*([^\W_]{2,})")


def beside(text: str, proposal: Proposal) -> Iterator[str]:
    """Yield the words in capitals listed just before and after: an acronym between bodies is a body."""
    for found in (_BESIDE.search(text[: proposal.start]), _BESIDE_AFTER.match(text, proposal.end)):
        if found and found[1].isupper():
            yield found[1]


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
    fold(NAMED.replace("[ée]", "e").replace("[èe]", "e").replace("[ôo]", "o").replace("[âa]", "a"))
    + r"|mairie|ville|commune|communaute|conseil|departement|region|chambre|universite|ecole|lycee|college|office"
    r"|mission|metropole|agglomeration|parc|caisse|assemblee|commissariat|secretariat|delegation|inter|ordre|haut"
    r"|etablissement|academie|prefecture|rectorat|organisation|comite|laboratoire|mutualite|protection|aide|securite"
    r"|assurance|carrefour|autorite"
)
