"""Families of people: élu·es, habitant·es, associations… in any spelling, and not the adjectives that look like them.

Pure. « Les jeunes » are people, « une jeune entreprise » is not; « les citoyens » are, « une initiative citoyenne » is
not. The tagger's part of speech is a hint that the word before confirms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from synthesis.actors.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_NOUN_BEFORE = re.compile(r"[^\W\d_]{3,}\s*«\s*$")
_PLACES = frozenset({"commune", "agglo", "agglomeration", "metropole", "interco", "intercommunalite"})
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
        professionnel industriel agent parent technicien technicienne
        """
    )
    for end in ("", "s")
)
"""Words that are adjectives or verbs as well: their place in the sentence decides."""


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
    if fold(written) == "etat":
        return not _NOT_THE_STATE.match(after)
    if _something_else(fold(written), before, after) or (
        fold(written) in _OTHER_WORDS and written.lower() == fold(written)
    ):
        return False
    if " " in written or "-" in written:
        return True
    token = tokens.get(at)
    if token is None or token.pos in ("NOUN", "PROPN") or fold(written) not in _QUALIFYING:
        return True
    if token.pos not in ("VERB", "AUX") and _followed(tokens, token):
        return False
    if _DETERMINERS.search(before):
        return token.pos not in ("VERB", "AUX") or not re.search(r"\b(?:de|pour|et|ou)\s+$", before)
    return not _qualifies(written, tokens, at, verb=token.pos in ("VERB", "AUX"))


def _something_else(word: str, before: str, after: str) -> bool:
    """Whether what stands around a folded word makes it another thing: a place, a company, a title, a manner."""
    if word.removesuffix("s") in _PLACES and _PLACE_BEFORE.search(before):
        return True
    if word.startswith(("asso", "cooperative", "entreprise")) and _NAME_IN_QUOTES.match(after):
        return True
    if word.startswith("syndicat"):
        return bool(_NO_UNION.match(after))
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
