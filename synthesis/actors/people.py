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

_DETERMINERS = re.compile(
    r"(?:\b(?:les|des|aux|ces|nos|vos|leurs|mes|tes|ses|la|le|un|une|du|au|ce|cet|cette|chaque|tous|toutes|plusieurs"
    r"|certains|certaines|quelques|aucun|aucune|deux|trois|notre|votre|leur|entre|par|avec|pour|chez|de|et|ou)\s+"
    r"|[dlDL]'|[/,;:(+«]\s*|^\s*)$",
    re.IGNORECASE,
)
_NOT_THE_STATE = re.compile(
    r"\s+(?:des\s+lieux|de\s+(?:lieux|fait|l'art|sant[ée]|conservation)|d'(?:esprit|urgence|avancement)|initial)"
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
    if fold(written) == "etat":
        return not _NOT_THE_STATE.match(after)
    if " " in written or "-" in written:
        return True
    token = tokens.get(at)
    if token is None or token.pos in ("NOUN", "PROPN"):
        return True
    if token.pos in ("VERB", "AUX"):
        return bool(_DETERMINERS.search(before)) and not re.search(r"\b(?:de|pour|et|ou)\s+$", before)
    return not _qualifies(before, tokens, at) and not _followed(tokens, token)


def _qualifies(before: str, tokens: Mapping[int, Token], at: int) -> bool:
    """Whether the word only qualifies what is just before it: « agriculture paysanne », « il est jeune »."""
    if _DETERMINERS.search(before):
        return False
    previous = max((start for start in tokens if start < at), default=None)
    return previous is not None and tokens[previous].pos in ("NOUN", "PROPN", "ADJ", "AUX", "ADV", "VERB")


def _followed(tokens: Mapping[int, Token], token: Token) -> bool:
    """Whether a noun follows at once: « jeunes agriculteurs », « jeune public »."""
    following = tokens.get(token.end + 1)
    return following is not None and following.pos in ("NOUN", "PROPN")
