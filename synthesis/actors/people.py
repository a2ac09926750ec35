"""Families of people: élu·es, habitant·es, associations… in any spelling, and not the adjectives that look like them.

Pure. « Les jeunes » are people, « une jeune entreprise » is not; « les citoyens » are, « une initiative citoyenne » is
not. The tagger's part of speech is a hint that the word before confirms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from synthesis.actors.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from synthesis.actors.gazetteer import Hit
    from synthesis.french import Token


def _words(text: str) -> list[str]:
    return text.split()


_DETERMINERS = re.compile(
    r"(?:\b(?:les|des|aux|ces|nos|vos|leurs|mes|tes|ses|la|le|un|une|du|au|ce|cet|cette|chaque|tous|toutes|plusieurs"
    r"|certains|certaines|quelques|aucun|aucune|deux|trois|notre|votre|leur|entre|par|avec|pour|chez|de|et|ou)\s+"
    r"|[dlDL]'|[/,;:(+«]\s*|^\s*)$",
    re.IGNORECASE,
)
_NOT_THE_STATE = re.compile(
    r"\s+(?:des\s+lieux|de\s+(?:lieux|fait|l'art|sant[ée]|conservation)|d'(?:esprit|urgence|avancement)|initial)"
)

_PLACE_BEFORE = re.compile(
    r"\b(?:dans|sur|parmi|[àa] l'[ée]chelle de|au sein de|hors de|travers)\s+"
    r"(?:l'|la\s|les\s|le\s|une?\s|sa\s|ma\s|notre\s|votre\s|leurs?\s|chaque\s|toutes?\s(?:les\s|la\s)?|d'autres\s"
    r"|plusieurs\s|certaines\s|ces\s|cette\s)?$",
    re.IGNORECASE,
)
_YOUNG_SHOOT = re.compile(r"\s+pousses?\b", re.IGNORECASE)
"""« Une jeune pousse » is a company that begins, or a plant."""
_NAME_IN_QUOTES = re.compile(r"\s*[«\"“]")
_NO_UNION = re.compile(
    r"\s+(?:d'initiatives?|des\s+eaux|d'eau|d'[ée]nergies?|mixtes?|intercommuna\w+|de\s+(?:rivi[èe]res?|bassins?|copropri\w+))",
    re.IGNORECASE,
)
"""« Un syndicat des eaux » is no union of workers."""
_THE_TOWN = re.compile(r"(?<!olitique de )(?<!ontrat de )\b(?:la|notre|cette|votre)\s$", re.IGNORECASE)
"""« La Ville » governs; « Villes en transition » and « la politique de la Ville » do not."""
_CALLED_AFTER = re.compile(
    r"\b(?:maison|salle|forum|f[êe]te|place|rue|journ[ée]e|annuaire|guide)\s+des\s+$", re.IGNORECASE
)
"""« La maison des associations » is a house."""
_NEAR = re.compile(
    r"\b(?:derri[èe]re|devant|pr[èe]s\s+de|face\s+[àa]|autour\s+de|c[ôo]t[ée]\s+de)\s+(?:la|les?)\s+$", re.IGNORECASE
)
_NONE_OF = re.compile(r"\bz[ée]ro\s$", re.IGNORECASE)
_EACH = re.compile(r"(?:\bpar\s|\w/)$", re.IGNORECASE)
"""« Trois kilos par habitant » counts, and names nobody."""
_COUNTED = frozenset(
    {"habitant", "eleve", "agent", "salarie", "usager", "enfant", "employe", "exploitant", "visiteur"}
)
_GIVEN_NAME = re.compile(r"(?:\b[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?|\bM\.|\bMme)\s$")
_NOUN_BEFORE = re.compile(r"[^\W\d_]{3,}\s*«\s*$")
_PLACES = frozenset({"media", "commune", "agglo", "agglomeration", "metropole", "interco", "intercommunalite"})
"""Institutions whose name is also that of a place: « dans la commune » names no actor."""
_OTHER_WORDS = frozenset({"retraite", "retraites", "employe", "employes", "eleve", "salarie", "salaries", "depute"})
"""Words that are people only with their accent: « la retraite » is no « retraité »."""

_QUALIFYING = frozenset(
    fold(word + end)
    for word in _words(
        """
        citoyen habitant paysan bénévole jeune scientifique universitaire professionnel industriel expert ancien élu
        employé salarié retraité étudiant enseignant exploitant résident riverain commerçant producteur consommateur
        travailleur maraîcher ouvrier réfugié migrant aidant soignant bénéficiaire élève formateur animateur médiateur
        facilitateur financeur propriétaire visiteur citoyenne paysanne professionnelle industrielle experte ancienne
        élue employée salariée étudiante enseignante maraîchère ouvrière aidante soignante productrice formatrice
        médiatrice facilitatrice partenaire entreprise commune commerçante résidente habitante riveraine apprenti
        professionnel industriel agent parent technicien technicienne éducateur éducatrice publicitaire
        policier policière juge exilé exilée développeur
        """
    )
    for end in ("", "s")
)
"""Words that are adjectives or verbs as well: their place in the sentence decides."""


def accented(written: str, forms: Collection[str]) -> bool:
    """Whether the accents of a word are those of one of its family, or are missing: « élevés » are no « élèves »."""
    lower = written.lower()
    if lower == fold(written) or lower in forms:
        return True
    plain = [_plural(word) for word in lower.split()]
    return any(
        len(words := [_plural(word) for word in form.lower().split()]) != len(plain)
        or all(_agrees(one, other) for one, other in zip(plain, words, strict=True))
        for form in forms
        if fold(_plural(form.lower())) == fold(_plural(lower)) or " " in written or "-" in written
    )


def _plural(word: str) -> str:
    return word.removesuffix("s").removesuffix("x")


def _agrees(written: str, known: str) -> bool:
    """Whether no letter written has an accent that the known word has not."""
    return len(written) != len(known) or all(
        one == other or one == fold(one) or fold(one) != fold(other) for one, other in zip(written, known, strict=True)
    )


def stands(text: str, hit: Hit, tokens: Mapping[int, Token], at: int) -> bool:
    """Whether a word of the table is used as the noun it is there for.

    Args:
        text: the normalised text.
        hit: where the word was found in it.
        tokens: the tagger's tokens, by their start in the text as written.
        at: the start of the word in the text as written.
    """
    written = text[hit.start : hit.end]
    before, after = text[: hit.start], text[hit.end :]
    if _is_surname(written, before):
        return False
    if fold(written) == "etat":
        return not _NOT_THE_STATE.match(after)
    if _something_else(fold(written), before, after) or (
        fold(written) in _OTHER_WORDS and written.lower() == fold(written)
    ):
        return False
    if " " in written or "-" in written:
        return True
    token = tokens.get(at)
    if fold(written) in _QUALIFYING and _second_adjective(tokens, at):
        return False
    if token is None or token.pos in ("NOUN", "PROPN") or fold(written) not in _QUALIFYING:
        return True
    if token.pos not in ("VERB", "AUX") and _followed(tokens, token):
        return False
    if _DETERMINERS.search(before):
        return token.pos not in ("VERB", "AUX") or not re.search(r"\b(?:de|pour|et|ou)\s+$", before)
    return not _qualifies(written, tokens, at, verb=token.pos in ("VERB", "AUX"))


def _is_surname(written: str, before: str) -> bool:
    """Whether a capital makes it somebody's name: « Claire Boulanger », « M. Maire »."""
    return written.istitle() and bool(_GIVEN_NAME.search(before))


def _second_adjective(tokens: Mapping[int, Token], at: int) -> bool:
    """Whether the word qualifies what an adjective qualifies already: « une monnaie locale citoyenne »."""
    before = sorted(start for start in tokens if start < at)[-2:]
    if len(before) < 2 or tokens[before[1]].end + 1 != at or tokens[before[0]].end + 1 != before[1]:  # noqa: PLR2004
        return False
    return tokens[before[1]].pos == "ADJ" and tokens[before[0]].pos == "NOUN"


def _something_else(word: str, before: str, after: str) -> bool:
    """Whether what stands around a folded word makes it another thing: a place, a company, a title, a manner."""
    if word.removesuffix("s") in _PLACES and _PLACE_BEFORE.search(before):
        return True
    if word.startswith(("asso", "cooperative", "entreprise")) and _NAME_IN_QUOTES.match(after):
        return True
    if word.startswith("syndicat"):
        return bool(_NO_UNION.match(after))
    if word == "service civique" and re.search(r"\b(?:en|du|le|de)\s+$", before):
        return True
    if word.startswith("ville") and not (word == "ville" and _THE_TOWN.search(before)):
        return True
    if _CALLED_AFTER.search(before) or (word.startswith(("mairie", "prefecture", "commune")) and _NEAR.search(before)):
        return True
    if _NONE_OF.search(before) or (word in _COUNTED and _EACH.search(before)):
        return True
    if word.startswith("jeune") and _YOUNG_SHOOT.match(after):
        return True
    # « Une commission « commune » »: a word alone in its quotes says how, not who.
    alone = before.rstrip().endswith("«") and after.lstrip().startswith("»")
    return alone and word in _QUALIFYING and not word.endswith("s") and bool(_NOUN_BEFORE.search(before))


def _qualifies(written: str, tokens: Mapping[int, Token], at: int, *, verb: bool) -> bool:
    """Whether the word only qualifies what is just before it: « agriculture paysanne », « il est jeune ».

    « Formation élus » has a singular before a plural: nothing is qualified, two nouns stand side by side.
    """
    previous = tokens.get(max((start for start in tokens if start < at), default=-1))
    if previous is None or previous.pos not in ("NOUN", "PROPN", "ADJ", "AUX", "ADV", "VERB"):
        return verb
    return previous.pos in ("AUX", "ADV", "VERB") or (previous.norm[-1] in "sx") == (written[-1] in "sx")


def _followed(tokens: Mapping[int, Token], token: Token) -> bool:
    """Whether a noun follows at once: « jeunes agriculteurs », « jeune public »."""
    following = tokens.get(token.end + 1)
    return following is not None and following.pos in ("NOUN", "PROPN")
