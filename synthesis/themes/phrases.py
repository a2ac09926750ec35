"""Finds in the notes the French noun phrases that could name a theme, as people wrote them.

Pure. A phrase starts and ends on a word that means something, crosses no punctuation, and cuts no word or inclusive
form: what is not in the notes cannot be a label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from synthesis.french import Reading, Token

MOST_WORDS = 5
MOST_TOKENS = 8
"""Five words with their elided articles (« Taxe d’enlèvement des ordures ménagères » is six tokens)."""

HEADS = frozenset({"NOUN", "PROPN"})
QUALIFIERS = frozenset({"ADJ"})
LINKS = frozenset({"de", "d'", "du", "des", "à", "au", "aux", "en", "entre", "pour", "par", "sur", "sans"})
ARTICLES = frozenset({"le", "la", "les", "l'"})


def _words(listed: str) -> list[str]:
    return listed.split()


KIND_WORDS = frozenset(
    _words(
        "levier frein obstacle condition manque absence besoin nécessité problème problématique difficulté enjeu "
        "importance atout contrainte blocage limite solution proposition constat réussite opportunité "
        "faiblesse avantage inconvénient intérêt objectif insuffisance carence"
    )
)
"""Nouns that say what kind of statement a note makes, in any note of any subject: they never name one."""

EMPTY_WORDS = frozenset(
    _words(
        "mise prise place œuvre oeuvre cadre fait chose cas point type façon manière exemple nombre part partie "
        "ensemble faveur face info infos "
        "niveau titre terme suite compte lien rapport question sujet thème travers sein fois an année jour mois temps "
        "peu plupart majorité sorte espèce mesure action démarche possibilité capacité fin but rôle aspect élément "
        "être avoir faire pouvoir devoir vouloir falloir mettre prendre donner rendre permettre aller venir dire "
        "autre même tel certain divers différent nouveau nouvelle bon bonne meilleur grand petit gros premier dernier "
        "plusieurs tout seul propre principal important nécessaire possible réel véritable actuel supplémentaire etc "
        "projet groupe personne porteur intention structure développement secteur domaine résumé poste entité "
        "résultat contexte situation gens outil moyen produit destination résolution sensibilisation propriétaire "
        "fort faible vrai simple salutation remerciement "
        "issu lié dû basé destiné relatif situé concerné adapté spécifique existant disponible alloué dédié"
    )
)
"""Words found in notes of every subject: allowed inside a phrase, never counted for it."""


NAMELESS = EMPTY_WORDS | KIND_WORDS

ROLES = frozenset(_words("président présidente maire directeur directrice monsieur madame adjoint adjointe m. mme"))
"""Who holds an office is somebody: no phrase begins with one."""

INVARIABLE = frozenset(_words("bio solo web standard"))

LOOSE = frozenset({"à", "au", "aux", "par", "pour", "sur", "entre", "sans", "en"})
"""Words that tie two nouns less closely than « de »: they often belong to a verb (« laisser les enfants au père »)."""

LOOSELY, BESIDE, PARTICIPLE, PIECE, PLACE = 0.3, 0.5, 0.4, 0.3, 0.5
"""What each flaw counts against a phrase, in margins of meaning: a loose tie, two nouns side by side (« diagnostic
économie »), a participle, the piece of a longer name, a place."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One occurrence of a noun phrase in a note: its offsets as written, and the lemmas that carry its sense."""

    start: int
    end: int
    key: tuple[str, ...]
    """Lemmas of its words that carry a subject, in order; what makes two occurrences the same phrase."""
    flaw: float = 0.0
    """How little a person would say it aloud as it stands, from 0: words side by side, a piece of a longer name."""


def phrases(reading: Reading) -> tuple[Phrase, ...]:
    """Return every noun phrase of 1 to 5 words in a reading, in reading order, the shorter first.

    A phrase that touches what the tagger takes for a person's name is left out: nobody's name becomes a theme's.
    """
    people = [(name.start, name.end) for name in reading.entities if name.label == "PER"]
    found = (
        phrase
        for start, token in enumerate(reading.tokens)
        if (_opens(token) or _precedes(reading, start)) and not _inside(reading, start)
        for phrase in _from(reading, start)
    )
    return tuple(one for one in found if not any(one.start < end and start < one.end for start, end in people))


def meaningful(token: Token) -> bool:
    """Say whether a token can name a subject: content, not a word of every subject or of the kinds."""
    return token.content and _names(token.lemma, token.norm)


@lru_cache(maxsize=50_000)
def _names(lemma: str, norm: str) -> bool:
    letters = norm.replace("-", "").replace("'", "").isalpha()
    return letters and not {lemma, norm, norm.rstrip("s")} & NAMELESS


def _opens(token: Token) -> bool:
    return token.pos in HEADS and meaningful(token) and token.lemma not in ROLES and any(map(str.isalpha, token.norm))


def _precedes(reading: Reading, start: int) -> bool:
    """Say whether an adjective stands before its noun (« jeunes agriculteurs », « plein air »)."""
    if start + 1 >= len(reading.tokens):
        return False
    token, noun = reading.tokens[start], reading.tokens[start + 1]
    if token.pos not in QUALIFIERS or not meaningful(token) or not _opens(noun):
        return False
    return _joined(reading.text, token, noun) and _agrees(token, (noun,))


def _inside(reading: Reading, start: int) -> bool:
    """Say whether the noun before already holds this one: no phrase starts in the middle of another."""
    if start == 0:
        return False
    before = reading.tokens[start - 1]
    return before.pos in HEADS and _joined(reading.text, before, reading.tokens[start])


def _closes(token: Token) -> bool:
    return (token.pos in HEADS or _qualifies(token)) and meaningful(token)


def _qualifies(token: Token) -> bool:
    return token.pos in QUALIFIERS or (token.pos == "VERB" and token.norm.endswith(("é", "ée", "és", "ées")))


def _from(reading: Reading, start: int) -> Iterator[Phrase]:
    """Grow a phrase from a noun: qualifiers and nouns after it, links only between two of them."""
    tokens, text = reading.tokens, reading.text
    key: list[str] = []
    flaw = PIECE if _held(reading, start) else 0.0
    for index in range(start, min(start + MOST_TOKENS, len(tokens))):
        token = tokens[index]
        if index > start:
            if not _joined(text, tokens[index - 1], token) or not _continues(tokens, index, start):
                return
            if not _agrees(token, tokens[start:index]):
                return
            flaw += _flaw(token, tokens[index - 1])
        if meaningful(token):
            key.append(token.lemma)
        first = tokens[start].start
        if _closes(token) and whole(text, first, token.end):
            cut = PIECE if _cut_short(reading, index) else 0.0
            yield Phrase(first, token.end, tuple(key), flaw + cut + _place(reading, first, token.end))


def _flaw(token: Token, before: Token) -> float:
    """Weigh what one more word does to a phrase that is said aloud."""
    if token.norm in LOOSE:
        return LOOSELY
    if token.pos in HEADS and before.pos in HEADS:
        return BESIDE
    return PARTICIPLE if token.pos == "VERB" else 0.0


def _held(reading: Reading, start: int) -> bool:
    """Say whether the noun only completes another one (« gaz à effet de *serre* des navires »)."""
    if start < 2:  # noqa: PLR2004 - a noun and its link
        return False
    noun, link = reading.tokens[start - 2], reading.tokens[start - 1]
    return link.norm in {"de", "d'"} and noun.pos in HEADS and _joined(reading.text, noun, link)


def _cut_short(reading: Reading, index: int) -> bool:
    """Say whether the phrase would stop before an adjective that belongs to it (« ordures | ménagères »)."""
    if index + 1 >= len(reading.tokens):
        return False
    token, after = reading.tokens[index], reading.tokens[index + 1]
    return after.pos in QUALIFIERS and meaningful(after) and _joined(reading.text, token, after)


def _place(reading: Reading, start: int, end: int) -> float:
    """Weigh a place in a name: every subject has one, and it says nothing of it."""
    return (
        PLACE if any(one.label == "LOC" and start < one.end and one.start < end for one in reading.entities) else 0.0
    )


def _agrees(token: Token, before: tuple[Token, ...]) -> bool:
    """Say whether an adjective, or a noun beside a noun, has the number of a noun before it."""
    if token.pos == "PROPN" or token.norm in LINKS | ARTICLES or not (_qualifies(token) or token.pos in HEADS):
        return True
    if token.pos in HEADS and before[-1].pos not in HEADS:
        return True
    numbers = {_number(one) for one in before if one.pos in HEADS}
    return _number(token) in numbers or None in {*numbers, _number(token)}


def _number(token: Token) -> bool | None:
    """Return True for a plural, False for a singular, None where the word does not say (« temps », « bio »)."""
    marked = token.norm.endswith(("s", "x"))
    if token.lemma.endswith(("s", "x")) or token.pos == "PROPN" or token.norm in INVARIABLE:
        return None
    return marked


def _continues(tokens: tuple[Token, ...], index: int, start: int) -> bool:
    token, before = tokens[index], tokens[index - 1]
    if not any(map(str.isalpha, token.norm)):
        return False
    if token.norm in LINKS:
        return before.norm not in LINKS and before.norm not in ARTICLES
    if token.norm in ARTICLES:
        return before.norm in LINKS
    if token.pos in HEADS and index == start + 1 and before.pos in QUALIFIERS:
        return True
    if token.pos in HEADS:
        # After a noun, what the tagger takes for a second one is most often a qualifier (« pistes cyclables »).
        return before.norm in LINKS or before.norm in ARTICLES or before.pos in HEADS
    return _qualifies(token) and before.norm not in ARTICLES and before.norm not in LINKS


def _joined(text: str, before: Token, after: Token) -> bool:
    gap = text[before.end : after.start]
    return gap in {"", " ", "\u00a0", "\u202f"}


def whole(text: str, start: int, end: int) -> bool:
    """Say whether the stretch cuts no word, no inclusive form and no closing bracket."""
    before, after = text[start - 1 : start], text[end : end + 1]
    inside = text[start:end]
    loose = "·⋅•-_/@#&’'"
    return (
        not (before.isalnum() or before in set(loose[:-2]))
        and not (after.isalnum() or after in set(loose))
        and not (after == "." and text[end + 1 : end + 2].isalpha())
        and inside.count("(") == inside.count(")")
        and inside[-1:].isalnum()
    )
