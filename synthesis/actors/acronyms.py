"""Words in capitals that no table calls something else: which of them are somebody.

Pure. An acronym is an organisation when the sentence makes it act, gives it members, counts it by a département or
lists it among organisations; it is none when a note says in full what it stands for and that is a thing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from synthesis.actors import tables
from synthesis.actors.heads import ACRONYM, ASSOCIATIVE, CAPITAL
from synthesis.actors.names import LINKS, fold
from synthesis.actors.patterns import Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator


ROLE = (
    r"pr[ée]sidente?s?|vice-pr[ée]sidente?s?|directeurs?|directrices?|salari[ée]e?s?|b[ée]n[ée]voles?|adh[ée]rente?s?|membres?"
    r"|animateurs?|animatrices?|coordinateurs?|coordinatrices?|administrateurs?|administratrices?|tr[ée]sori(?:er|[èe]re)s?"
    r"|secr[ée]taires?|fondateurs?|fondatrices?|g[ée]rante?s?|charg[ée]e?s?\s+de\s+(?:mission|projet|d[ée]veloppement)"
    r"|repr[ée]sentante?s?|technicien(?:ne)?s?|conseill(?:er|[èe]re)s?|agente?s?|b[ée]n[ée]ficiaires?|juristes?|stagiaires?"
)
"""What somebody is in an organisation."""
IN = r"(?:\s+(?:de\s+la|de\s+l'|de|du|des|d'|chez|à\s+la|à\s+l'|à|au|aux|dans\s+(?:la|le|l'|un|une)))"
_AGENT_BEFORE = re.compile(
    r"(?:\b(?:avec|par|chez|selon|via|aupr[èe]s d[eu]|partenariat|soutien|appui|accompagnement|rencontrer?|contacter"
    r"|adh[ée]rer|solliciter|interpeller|inviter|association|asso|collectif|r[ée]seau|agence|syndicat|f[ée]d[ée]ration"
    r"|entreprise|soci[ée]t[ée])(?:\s+(?:avec|de|du|des|à|au|aux|la|le|les|l'))*\s*|@)(?:l'|la\s|le\s|les\s)?$"
    rf"|\b(?:{ROLE}){IN}\s*$",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\s+(?:(?:ne|n'|se|s'|nous|les|l'|a|ont|va|vont|doit|peut|veut|souhaite)[\s']*){0,3}(?:organis|anim|financ|accompagn"
    r"|recrut|embauch|form|accueill?|emploi|g[èe]re|g[ée]rer|pilot|coordonn|subventionn|re[çc]oi|invit|refus|r[ée]pon"
    r"|travaill|interv|adh[èe]re|milit|f[ée]d[èe]r|rassembl|regroup|r[ée]uni[ts]|conseill|propos|d[ée]cid|soutien|port[ea]\b)"
)
"""What only somebody does."""
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


@lru_cache(maxsize=20_000)
def acronyms(text: str) -> tuple[Proposal, ...]:
    """Return words in capitals that no table calls something else; rule "agent" when the sentence makes them act.

    A text that shouts has no acronym in it.
    """
    return tuple(_acronyms(text))


def _acronyms(text: str) -> Iterator[Proposal]:
    letters = [char for char in text if char.isalpha()]
    if sum(map(str.isupper, letters)) > 0.6 * len(letters) and len(letters) > 12:  # noqa: PLR2004 - shouted text
        return
    for found in ACRONYM.finditer(text):
        if fold(found[0]) in tables.not_actors() | LINKS or found[0].isdigit() or _shouts(text, found):
            continue
        before = text[max(0, found.start() - 60) : found.start()]
        if _THING_BEFORE.search(before):
            continue
        acts = _AGENT_BEFORE.search(before) or (len(found[0]) > _SHORT and _ACTS.match(text, found.end()))
        yield Proposal(found.start(), found.end(), "agent" if acts else "acronym")


_SHORT = 2
"""Letters that prove nothing by themselves."""


_BESIDE = re.compile(r"([^\W_]{2,})\s*(?:/|,|et|&)\s*$")
_BESIDE_AFTER = re.compile(r"\s*(?:/|,|et|&)\s*([^\W_]{2,})")


def beside(text: str, proposal: Proposal) -> Iterator[str]:
    """Yield the words in capitals listed just before and after: an acronym between bodies is a body."""
    for found in (_BESIDE.search(text[: proposal.start]), _BESIDE_AFTER.match(text, proposal.end)):
        if found and found[1].isupper():
            yield found[1]


_IN_IT = re.compile(rf"\b(?i:{ROLE})(?i:{IN})\s*((?:L[ea]s?\s|L')?{ASSOCIATIVE})")
_AFTER_PERSON = re.compile(rf"\s*(?:\s[-–—]\s|\()\s*(?:(?:la|le|les)\s+|l')?((?:L[ea]s?\s|L')?{ASSOCIATIVE})")
_SEVERAL = re.compile(rf"{CAPITAL}[^\W_]+.*[\s'-]{CAPITAL}")


@lru_cache(maxsize=20_000)
def introduced(text: str, persons: tuple[tuple[int, int], ...]) -> tuple[Proposal, ...]:
    """Return names of several words that somebody is of: « salariée de Terre Neuve », « Anne Roux - Chant des Prés ».

    `persons` are the spans that the tagger calls persons.
    """
    found = [match.span(1) for match in _IN_IT.finditer(text)]
    found += [match.span(1) for _, end in persons if (match := _AFTER_PERSON.match(text, end))]
    return tuple(
        Proposal(start, end, "introduced")
        for start, end in found
        if not text[start:end].isupper()
        and _SEVERAL.match(text[start:end])
        and all(end <= first or last <= start for first, last in persons)
    )
