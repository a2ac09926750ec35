"""The words that announce an organisation in French, and how a proper name is written after them.

Pure. Only vocabulary: `patterns` says what the words mean together.
"""

from __future__ import annotations

import re

CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
PROPER = rf"(?:{CAPITAL}[^\W_]+(?:[-'](?:[^\W_]+))*|\d+[A-Z][^\W_]*)"
LINK = r"(?:(?:de|du|des|la|le|les|en|sur|sous|aux|au|à|lès|lez)[\s-]+|[dlDL]')"
NAME = rf"{PROPER}(?:(?:\s+|-)(?:{LINK}){{0,3}}{PROPER}(?!'))*"
INNER = r"(?:(?:de|du|des|la|le|les|en|sur|sous|pour)[\s-]+|[dlDL]')"
ASSOCIATIVE = (
    rf"(?:L')?{PROPER}(?:(?:\s+|-)(?:{INNER}){{0,3}}(?:\d{{1,2}}\s+)?{PROPER}(?!')"
    rf"|\s+(?:et|&)\s+(?:d'|de\s+|des\s+)?(?![A-Z]{{2,}}\b){PROPER}(?!'))*"
)
OF = r"(?i:de\s+la\s+|de\s+l'|des\s+|du\s+|de\s+|d')"

PLACED = (
    r"mairie|ville|commune|municipalit[ée]|communaut[ée]\s+de\s+communes|communaut[ée]\s+d'agglom[ée]ration"
    r"|communaut[ée]\s+urbaine|com[\s'-]?com|codecom|CC|CA|CU|CCAS|CIAS|agglo(?:m[ée]ration)?|m[ée]tropole"
    r"|conseil\s+(?:d[ée]partemental|r[ée]gional|g[ée]n[ée]ral|municipal|communautaire|de\s+d[ée]veloppement)"
    r"|d[ée]partement|r[ée]gion|PETR|pays|parc\s+naturel\s+(?:r[ée]gional|national)|parc\s+national|PNR"
    r"|(?:sous-)?pr[ée]fecture|h[ôo]pital(?:\s+(?:local|de\s+proximit[ée]))?|clinique|CHRU|EHPAD|MFR|DDTM?|universit[ée]|ENSAP?|IEP|INSPE|IFSI|IAE|campus(?:\s+(?:des\s+[a-zé]+|connect[ée]))?|eurom[ée]tropole"
    r"|[ée]picerie(?:\s+(?:associative|solidaire|sociale|participative))?|ressourcerie|recyclerie|fablab|cr[èe]che"
    r"|caf[ée]\s+(?:associatif|citoyen)|r[ée]gie\s+de\s+quartiers?|m[ée]diath[èe]que|police\s+municipale|gendarmerie"
    r"|tribunal|collectivit[ée]\s+(?:europ[ée]enne|territoriale|unique)|acad[ée]mie|rectorat|CHU|lyc[ée]e(?:\s+(?:agricole|professionnel))?"
    r"|coll[èe]ge|[ée]cole|office\s+(?:de|du)\s+tourisme|mission\s+locale|centre\s+(?:social|hospitalier|culturel)|MJC"
    r"|foyer\s+rural|[ée]tablissement\s+public\s+foncier|agence\s+d'urbanisme|agence\s+de\s+l'eau|conseil\s+citoyen"
    r"|chambre\s+(?:(?:r[ée]gionale|d[ée]partementale|interd[ée]partementale)\s+)?(?:d'agriculture|de\s+commerce(?:\s+et\s+d'industrie)?|de\s+m[ée]tiers(?:\s+et\s+de\s+l'artisanat)?)"
    r"|SIVOM|SIVU|SDIS|SDE|EPTB|EPAGE|UDAF|ADMR|CIVAM|CIDFF|CDOS|SMICTOM|SICTOM|SIAEP"
    r"|CCI|CMA|CAUE|CPIE|CAF|MSA|SAFER|EPF|ADIL|GAL|maison\s+(?:de\s+la\s+culture|des\s+associations)"
    r"|syndicat\s+(?:mixte|intercommunal|d[ée]partemental)(?:\s+(?:d'[a-zé]+|de\s+l'[a-zé]+|de\s+la\s+[a-zé]+|des\s+[a-zé]+))?|syndicat\s+(?:d'[a-zé]+|des\s+eaux)"
)
"""Heads of institutions told apart by a place."""
APPOSED = (
    r"SIVOM|SIVU|SMICTOM|SICTOM|SIAEP|r[ée]gion|CC|CA|CU|m[ée]tropole|PETR|PNR|agence\s+de\s+l'eau|CCAS|office\s+de\s+tourisme|lyc[ée]e|coll[èe]ge"
    r"|communaut[ée]\s+(?:de\s+communes|d'agglom[ée]ration|urbaine)|parc\s+naturel\s+r[ée]gional|campus|eurom[ée]tropole"
    r"|[ée]cole|universit[ée]|MJC|mission\s+locale|CPIE|centre\s+social|agence\s+d'urbanisme|pays"
)
"""Of those, the ones that the place may follow without « de »."""
NAMED = (
    r"association|asso|collectif|r[ée]seau|f[ée]d[ée]ration|union|conf[ée]d[ée]ration|fondation|coop[ée]rative|SCIC"
    r"|SCOP|Scop|Scic|CUMA|GAEC|GFA|SCI|GIP|GIE|GEIQ|EARL|AMAP|ferme|groupement(?:\s+d'employeurs)?|soci[ée]t[ée]|entreprise|start-up|cabinet|banque|agence"
    r"|syndicat|tiers-?lieu|caf[ée](?:\s+(?:associatif|citoyen|culturel))?|r[ée]gie|p[ôo]le|plate-?forme|laboratoire|ligue|mouvement|club|cercle|amicale"
    r"|comit[ée]|institut|centre|maison|compagnie|th[ée][âa]tre|[ée]picerie|brasserie|ONG|fonds|mutuelle|coordination"
    r"|observatoire|groupe|jardins?|minist[èe]re|bureau\s+d'[ée]tudes?|foyer|fablab|ressourcerie|recyclerie|lieu"
    r"|conservatoire|radio|journal|m[ée]dia|festival|direction|service|EHPAD|MFR|ESAT|IME|ITEP|CHRS|cr[èe]che|fabrique"
)
"""Heads that a proper name follows."""
NEEDS_OF = frozenset(
    (
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
        "fonds",
        "fabrique",
    )
)
LEVEL = (
    r"national|nationale|r[ée]gional|r[ée]gionale|d[ée]partemental|d[ée]partementale|d[ée]partementales|local|locale"
    r"|communal|communale|intercommunal|intercommunale|fran[çc]aise?|europ[ée]en(?:ne)?|territorial|territoriale"
    r"|m[ée]tropolitain|m[ée]tropolitaine|rural|rurale|permanent|mixte|interminist[ée]rielle?|technique|citoyen(?:ne)?|r[ée]gionaux|d[ée]partementaux"
)
ACRONYM = re.compile(
    r"(?<![\w.&])(?:[A-Z]{1,2}(?:&[A-Z])|[A-ZÀ-Þ][A-ZÀ-Þ0-9]+(?:-[A-Z0-9]{2,})?[a-z]?)(?![\w&]|\.[A-Za-z])"
)
