"""Where one note may name an organisation: what the rules of French propose, and what the tagger says beside them.

Pure. `mentions` gathers the proposals of all the notes and says who is who.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.actors import acronyms, patterns
from synthesis.actors.heads import NAME, OF, PROPER
from synthesis.actors.names import LINKS, content, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from synthesis.actors.aliases import Register
    from synthesis.corpus import Note
    from synthesis.french import Reading, Token
    from synthesis.themes.normalise import Normalised

_SHORTEST, _LONGEST = 2, 7
"""Letters of an acronym too short or too long for the tagger's word to prove anything: « IMPORTANT » is said loud."""
_ARTICLE = re.compile(r"\s(?:L[ea]s?\s|L')")
_COMMON = frozenset({"NOUN", "ADJ", "ADV", "PRON", "ADP"})
_FOR_ALL = re.compile(r"\s(?:pour|avec)\s(?:tous|toutes|nous)(?![\w'])")
_TITLE = re.compile(
    r"\s(?:pour|sans|contre|en|[àa]|du|des|de|d')(?:\s?(?:la\s|le\s|les\s|l'|nos\s))?\s?([^\W\d_A-Z][\w-]{2,})(?![\w'])"
    rf"(?:\s(?:de|du|d')\s?{PROPER})?"
)
_CUT = re.compile(r"(?:-[^\W\d_]+)+")
_INSIDE = re.compile(r"\b(?:au|aux|en|dans|vers|sur|depuis|pr[èe]s\s+d[eu])\s+(?:la\s|le\s|les\s|l')?$", re.IGNORECASE)
_OF_PLACE = re.compile(rf"\s+{OF}{NAME}")
_MORE = re.compile(r"\s(?:de\s|d'|en\s)[^\W\d_A-Z]{3,}(?![\w'])")


@dataclass(frozen=True, slots=True)
class Text:
    """A note made ready: normalised, cut into words, with what the tagger said of it."""

    note: Note
    form: Normalised
    reading: Reading | None

    def back(self, at: int) -> int:
        """Return the index in the normalised text of an offset in the note as written."""
        return bisect_left(self.form.origins, at)

    def tokens(self) -> dict[int, Token]:
        """Return the tagger's tokens by where they start in the note as written."""
        return {token.start: token for token in self.reading.tokens} if self.reading else {}


def longest_known(name: str, register: Register) -> str:
    """Cut a mark at the longest name that is known: « @CNFPT Bretagne » may be one body and a place."""
    words = name.split()
    for count in range(len(words), 0, -1):
        if fold(words[count - 1]) not in LINKS and register.find(" ".join(words[:count])) is not None:
            return " ".join(words[:count])
    return name


def proposals(text: Text, register: Register) -> Iterable[patterns.Proposal]:
    """Yield what a note may name: by a rule, by who is in it, by an acronym in its place, by the tagger's word."""
    plain, tokens = text.form.text, text.tokens()
    for proposal in patterns.headed(plain):
        if patterns.is_thing(plain[proposal.start : proposal.end]):
            continue
        known = register.find(plain[proposal.start : proposal.end]) is not None
        yield proposal if known else _with_adjective(text, proposal, tokens)
    entities = [(text.back(e.start), text.back(e.end), e.label) for e in text.reading.entities] if text.reading else []
    organisations = {(start, _whole(plain, end)) for start, end, label in entities if label == "ORG"}
    persons = tuple((start, end) for start, end, label in entities if label == "PER")
    for proposal in acronyms.introduced(plain, persons):
        if not patterns.is_abstract(plain[proposal.start : proposal.end].split()[0]):
            yield _with_adjective(text, proposal, tokens)
    for proposal in acronyms.acronyms(plain):
        written = plain[proposal.start : proposal.end]
        if fold(written) in register.things:
            continue
        tagged = _SHORTEST < len(written) < _LONGEST and any(
            start <= proposal.start and proposal.end <= end for start, end in organisations
        )
        beside = any(register.find(name) is not None for name in acronyms.beside(plain, proposal))
        if proposal.rule == "agent" or tagged or beside:
            yield patterns.Proposal(proposal.start, patterns.numbered(plain, proposal.end), proposal.rule)
    for start, end in sorted(organisations):
        if _looks_proper(text, start, end, tokens):
            name = longest_known(plain[start:end], register)
            yield patterns.Proposal(start, patterns.numbered(plain, start + len(name)), "entity")


def _whole(text: str, end: int) -> int:
    """Return where the word ends that the tagger may have cut at its dash: « Haut-Sarvaz »."""
    rest = _CUT.match(text, end)
    return rest.end() if rest else end


def _with_adjective(text: Text, proposal: patterns.Proposal, tokens: Mapping[int, Token]) -> patterns.Proposal:
    """Take in what ends a name in small letters: « association Hameau léger », « collectif Pas sans nous »."""
    if proposal.rule not in ("named", "official", "capital", "high", "theirs", "article"):
        return proposal
    plain = text.form.text
    more = _MORE.match(plain, proposal.end)
    if more and _ARTICLE.search(plain[proposal.start : proposal.end]):
        return patterns.Proposal(proposal.start, more.end(), proposal.rule)
    if proposal.rule == "named" and (longer := _title_end(text, proposal, tokens)):
        return patterns.Proposal(proposal.start, longer, proposal.rule)
    following = tokens.get(text.form.origins[proposal.end] + 1)
    if following is None or following.pos != "ADJ" or plain[proposal.end : proposal.end + 1] != " ":
        return proposal
    end = text.back(following.end)
    if proposal.rule != "named" and not _agree(plain[proposal.end - 1], plain[end - 1]):
        return proposal
    place = _OF_PLACE.match(plain, end) if proposal.rule != "named" else None
    return patterns.Proposal(proposal.start, place.end() if place else end, proposal.rule)


def _agree(noun: str, adjective: str) -> bool:
    """Whether the last letters of a noun and of its adjective say the same number: « des jeunes ferme » is a verb."""
    return (noun in "sxz") == (adjective in "sx")


def _title_end(text: Text, proposal: patterns.Proposal, tokens: Mapping[int, Token]) -> int:
    """Return where a name made like a title ends, 0 when it is none: its first word is a common one.

    « Citoyens en transition de Bourg » goes on after « Citoyens »; « Alternatiba en Bretagne » does not.
    """
    plain = text.form.text
    more = _FOR_ALL.match(plain, proposal.end)
    if more:
        return more.end()
    first = re.search(r"\s(?=[^a-zà-ÿ])", plain[proposal.start : proposal.end])
    token = tokens.get(text.form.origins[proposal.start + first.end()]) if first else None
    more = _TITLE.match(plain, proposal.end)
    if token is None or token.pos not in {*_COMMON, "VERB"} or more is None:
        return 0
    last = tokens.get(text.form.origins[more.start(1)])
    return more.end() if last is not None and last.pos in _COMMON and last.pos != "VERB" else 0


def _looks_proper(text: Text, start: int, end: int, tokens: Mapping[int, Token]) -> bool:
    """Whether an entity of the tagger is written as a name: capitals that no sentence begins, no plan, no place."""
    name = text.form.text[start:end]
    words = name.split()
    if patterns.is_abstract(words[0]) or (len(words) > 1 and name.isupper()):
        return False
    capitals = [word for word in words if word[:1].isupper()]
    if patterns.is_place(name) or any(char in "()«»[]/\n" or char.isdigit() for char in name) or " - " in name:
        return False
    if patterns.is_thing(words[0]) or not words[-1][:1].isalpha() or fold(words[-1]) in LINKS:
        return False
    if len(words) == 1 and _INSIDE.search(text.form.text[:start]):
        return False
    if len(content(name)) == 1:
        if re.match(r"\.\s[a-zà-ÿ]", text.form.text[end:]):
            return False
        token = tokens.get(text.form.origins[start])
        named = token is not None and token.pos == "PROPN"
        return bool(capitals) and not name.isupper() and named and not patterns.opens(text.form.text, start)
    return len(capitals) > 1 and not (patterns.opens(text.form.text, start) and len(capitals) < len(words) - 1)
