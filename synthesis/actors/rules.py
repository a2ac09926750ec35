"""The rules by which French introduces an organisation, each a name and a pattern over the normalised text.

Pure. `patterns` says where a rule's finding stands; the vocabulary is that of `heads` and of the tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from synthesis.actors import tables
from synthesis.actors.heads import APPOSED, ASSOCIATIVE, LEVEL, LINK, NAME, NAMED, OF, PLACED, PROPER
from synthesis.actors.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = r"[^\W\d_]+"
_SIDE = r"(?:occidentale?|orientale?|centrale?|m[ée]ridionale?|septentrionale?|maritime|atlantique)"
"""What ends the name of a region in small letters."""
_THEIRS = (
    r"association|amicale|f[ée]d[ée]ration|union|club|syndicat|comit[ée]|groupement|collectif|r[ée]seau|conseil"
    r"|conf[ée]d[ée]ration|ligue|coordination"
)
"""What people found and name after themselves: « l’union des commerçants »."""
Rule: TypeAlias = tuple[str, re.Pattern[str]]
_RULES: tuple[Rule, ...] = (
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
            r"(?<!\w)(?:Maison|P[ôo]le|Centre|Agence|Office|Espace|Conservatoire|Observatoire|Institut|Amis|F[ée]d[ée]ration"
            r"|Union|R[ée]seau|Collectif|Comit[ée]|Conf[ée]d[ée]ration|Ligue|Syndicat|Association)(?:\s+(?i:"
            rf"{LEVEL}))?\s+{OF}{_WORD}(?:(?:\s+et)?\s+{OF}{_WORD}){{0,2}}(?:\s+(?:{OF})?{PROPER})*"
        ),
    ),
    (
        "capital",
        re.compile(
            rf"(?<!\w)(?:R[ée]seau|Conseil|Comit[ée]|Office|Centre|Institut|F[ée]d[ée]ration|Union|Commission|Agence)\s+(?i:{LEVEL})"
            rf"\s+(?i:{LEVEL})(?!\w)"
        ),
    ),
    (
        "high",
        re.compile(
            rf"(?<!\w)Haute?\s+(?:[Cc]onseil|[Aa]utorit[ée])\s+(?:{OF}|(?:à|pour)\s+(?:la\s+|le\s+|l'))?{_WORD}"
        ),
    ),
    ("grand", re.compile(rf"(?<!\w)(?:Le\s+)?Grand[\s-]{NAME}")),
    (
        "theirs",
        re.compile(
            rf"(?<!\w)(?i:{_THEIRS})"
            rf"(?:\s+(?i:{LEVEL}))?\s+des\s+({_WORD})(?!\w)(?:\s+d'{_WORD}(?!\w))?(?:\s+et\s+(?:des\s+|d'|de\s+)?({_WORD}s)(?!\w))?(?!\s+(?:à|aux?)\b)(?:\s+{OF}{NAME})?"
        ),
    ),
    ("acting", re.compile(r"(?<!\w)(?:r[ée]gion|d[ée]partement)(?!\w)")),
    (
        "article",
        re.compile(rf"(?<=[a-zéèêàç,] )(?:(?:La|Les)\s|L'){PROPER}(?:(?:\s+|-)(?:{LINK}){{0,3}}{PROPER}(?!'))*"),
    ),
)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, those made of the tables included: a body that has one for each place, and which place."""
    names = {
        name for body in tables.bodies() if body.local for name in (body.name, body.acronym, *body.aliases) if name
    }
    short = "|".join(sorted((name for name in names if name.isupper()), key=len, reverse=True))
    return (
        *_RULES,
        ("local", re.compile(rf"(?<!\w)(?:{_either(names)})\s+(?:{OF})?({NAME})")),
        ("place", re.compile(rf"(?<!\w)(?:{short}|DDTM?)\s(?:\d\d|2[AB])(?!\w)")),
    )


def _either(names: Iterable[str]) -> str:
    """Return the pattern of names in any case, the longest first, by first letters: fewer are tried at each word."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_letter[fold(name[0])].append(_free(name[1:]))
    return "|".join(
        f"[{letter}{letter.upper()}{'éÉ' if letter == 'e' else ''}](?i:{'|'.join(rests)})"
        for letter, rests in sorted(by_letter.items())
    )


def _free(name: str) -> str:
    """Return the pattern of a name, accents and doubled spaces free."""
    plain = re.sub(r"[éèêe]", "[éèêe]", re.escape(name)).replace("\\ ", r"\s+")
    return re.sub(r"[’']", "'", plain)


QUOTED = re.compile(
    r"(?<!\w)(?i:associations?|assos?|collectif|r[ée]seau|coop[ée]rative|f[ée]d[ée]ration|fondation|caf[ée]|tiers-?lieux?"
    r"|entreprise|soci[ée]t[ée]|compagnie|groupe|groupement|[ée]picerie|ferme|ressourcerie|recyclerie|mouvement|club"
    r"|SC[IO][CP]|CUMA|GAEC|AMAP|MJC|ONG|foyer|librairie|fablab|bistrot|atelier\s+(?:v[ée]lo|partag[ée]|citoyen))"
    r"(?:\s+(?:[a-zéè-]{3,}|d'[a-zé-]+)){0,2}(?:\s+(?:de|des|du))?\s*[«\"“]\s*([^«»\"“”\n]{2,60}?)\s*[»\"”]"
)
