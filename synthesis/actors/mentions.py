"""Finds who the notes name: organisations and families of people, each mention a span of a note as written.

Pure. Sources, surest first: the organiser's list, what rapporteurs marked with « @ », public bodies, how French names
an organisation, and the tagger's entities as a hint. Persons are never made actors.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synthesis.actors import patterns, people, tables
from synthesis.actors.aliases import Entry, Register, ids_of
from synthesis.actors.gazetteer import Gazetteer, Hit, words_of
from synthesis.actors.names import LINKS, content, fold
from synthesis.results import Actor, Mention
from synthesis.themes.normalise import Normalised, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.corpus import Corpus, ListedActor, Note
    from synthesis.french import Reading, Token


_ARTICLE = re.compile(r"\s(?:L[ea]s?\s|L')")
_MORE = re.compile(r"\s(?:de\s|d'|en\s)[^\W\d_A-Z]{3,}(?![\w'])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The actors of a corpus and where its notes name them."""

    actors: tuple[Actor, ...] = ()
    """By id."""
    mentions: tuple[Mention, ...] = ()
    """By note id, then by place in the note; marks outside the text come first."""
    ignored: tuple[Actor, ...] = ()
    """What people said is no actor, by id: kept, so that it can come back."""


@dataclass(frozen=True, slots=True)
class _Text:
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


def find(corpus: Corpus, readings: Mapping[str, Reading], listed: Sequence[ListedActor]) -> Found:
    """Find the actors that the notes name.

    Args:
        corpus: the notes.
        readings: what the tagger read, by note id; a note without one is searched all the same.
        listed: the organiser's list; a listed actor that no note names is not an actor of the corpus.

    Returns:
        Each actor with its notes, and each mention with `surface == note.text[start:end]`. The same corpus, readings
        and list give the same result, whatever order they came in.
    """
    texts = [_Text(note, normalise(note.text), readings.get(note.id)) for note in corpus]
    register = Register(sorted(listed, key=lambda actor: (actor.name, actor.acronym, actor.family, actor.aliases)))
    marked = {text.note.id: _marked(text, register) for text in texts}
    proposed = _discover(texts, register)
    register.join_acronyms()
    gazetteer = _gazetteer(register)
    hits = {text.note.id: _hits(text, register, gazetteer, proposed[text.note.id]) for text in texts}
    return _found(texts, register, hits, marked)


def _marked(text: _Text, register: Register) -> list[int]:
    """Learn the names that a rapporteur marked, in the note's list or with « @ » in its text."""
    owners = [register.learn(name.strip().lstrip("@"), source="marked") for name in text.note.actors if content(name)]
    for start, end in patterns.marks(text.form.text):
        register.learn(_longest_known(text.form.text[start:end], register), source="marked")
    return owners


def _longest_known(name: str, register: Register) -> str:
    """Cut a mark at the longest name that is known: « @CNFPT Bretagne » may be one body and a place."""
    words = name.split()
    for count in range(len(words), 0, -1):
        if fold(words[count - 1]) not in LINKS and register.find(" ".join(words[:count])) is not None:
            return " ".join(words[:count])
    return name


def _discover(texts: Sequence[_Text], register: Register) -> dict[str, list[Hit]]:
    """Learn the names that notes define or introduce, and where: definitions first, since they join two names."""
    for text in texts:
        _learn_definitions(text.form.text, register)
    proposed: dict[str, list[Hit]] = defaultdict(list)
    for text in texts:
        for proposal in _proposals(text, register):
            name = text.form.text[proposal.start : proposal.end]
            if (patterns.is_thing(name) or patterns.is_place(name)) and register.find(name) is None:
                continue
            name = _before_another(name, register)
            owner = register.learn(name, source="found")
            register.entries[owner].seen[name] += 1
            proposed[text.note.id].append(Hit(proposal.start, proposal.start + len(name), owner))
    return proposed


def _before_another(name: str, register: Register) -> str:
    """Cut a name where another known one is added to it: « Les Semeurs et Secours populaire »."""
    first, link, other = name.rpartition(" et ")
    if link and (owner := register.find(other)) is not None and not register.entries[owner].people:
        return first
    return name


def _learn_definitions(text: str, register: Register) -> None:
    for (start, end), (first, last) in patterns.definitions(text):
        acronym, name = text[start:end], text[first:last]
        known = register.find(acronym) is not None or register.find(name) is not None
        if patterns.is_thing(name) or fold(acronym) in tables.not_actors():
            continue
        if known or patterns.is_organisation_head(name):
            owner = register.learn(name, source="found", acronym=acronym)
            register.entries[owner].acronym = register.entries[owner].acronym or acronym


def _proposals(text: _Text, register: Register) -> Iterable[patterns.Proposal]:
    plain, tokens = text.form.text, text.tokens()
    for proposal in patterns.headed(plain):
        known = register.find(plain[proposal.start : proposal.end]) is not None
        yield proposal if known else _with_adjective(text, proposal, tokens)
    entities = [(text.back(e.start), text.back(e.end), e.label) for e in text.reading.entities] if text.reading else []
    organisations = {(start, end) for start, end, label in entities if label == "ORG"}
    for proposal in patterns.acronyms(plain):
        tagged = any(start <= proposal.start and proposal.end <= end for start, end in organisations)
        beside = any(register.find(name) is not None for name in patterns.beside(plain, proposal))
        if proposal.rule == "agent" or tagged or beside:
            yield patterns.Proposal(proposal.start, patterns.numbered(plain, proposal.end), proposal.rule)
    for start, end in sorted(organisations):
        if _looks_proper(text, start, end, tokens):
            name = _longest_known(plain[start:end], register)
            yield patterns.Proposal(start, patterns.numbered(plain, start + len(name)), "entity")


def _with_adjective(text: _Text, proposal: patterns.Proposal, tokens: Mapping[int, Token]) -> patterns.Proposal:
    """Take in what ends a name in small letters: « association Hameau léger », « collectif Les Semeurs de liens »."""
    if proposal.rule != "named":
        return proposal
    more = _MORE.match(text.form.text, proposal.end)
    if more and _ARTICLE.search(text.form.text[proposal.start : proposal.end]):
        return patterns.Proposal(proposal.start, more.end(), proposal.rule)
    following = tokens.get(text.form.origins[proposal.end] + 1)
    if following is None or following.pos != "ADJ" or text.form.text[proposal.end : proposal.end + 1] != " ":
        return proposal
    return patterns.Proposal(proposal.start, text.back(following.end), proposal.rule)


def _looks_proper(text: _Text, start: int, end: int, tokens: Mapping[int, Token]) -> bool:
    """Whether an entity of the tagger is written as a name: capitals that no sentence begins, no plan, no place."""
    name = text.form.text[start:end]
    words = name.split()
    capitals = [word for word in words if word[:1].isupper()]
    if patterns.is_place(name) or any(char in "()«»[]/\n" or char.isdigit() for char in name) or " - " in name:
        return False
    if patterns.is_thing(words[0]) or not words[-1][:1].isalpha() or fold(words[-1]) in LINKS:
        return False
    if len(content(name)) == 1:
        token = tokens.get(text.form.origins[start])
        named = token is not None and token.pos == "PROPN"
        return bool(capitals) and not name.isupper() and named and not patterns.opens(text.form.text, start)
    return len(capitals) > 1 and not (patterns.opens(text.form.text, start) and len(capitals) < len(words) - 1)


def _gazetteer(register: Register) -> Gazetteer:
    gazetteer = Gazetteer()
    for owner, entry in enumerate(register.entries):
        final = register.resolve(owner)
        for name in (entry.name, entry.acronym, *entry.forms):
            if name:
                gazetteer.add(name, final, case=_case(name, entry), noun=entry.people)
    return gazetteer


def _case(name: str, entry: Entry) -> str:
    """How strictly a name must be written to be recognised."""
    if len(content(name)) > 1:
        free = entry.source in ("listed", "family") or patterns.is_organisation_head(name)
        return "any" if free else "capital"
    if name.islower():
        return "any"
    return "exact" if name.isupper() else "capital"


def _hits(text: _Text, register: Register, gazetteer: Gazetteer, proposed: Sequence[Hit]) -> list[Hit]:
    """Keep, where stretches overlap, the longest, then the surest."""
    tokens = text.tokens()
    plain = text.form.text
    found = [Hit(hit.start, hit.end, register.resolve(hit.owner), hit.slips) for hit in proposed]
    for hit in gazetteer.find(plain, words_of(plain)):
        entry = register.entries[hit.owner]
        if entry.people and not people.stands(plain, hit, tokens, text.form.origins[hit.start]):
            continue
        found.append(hit)
    found.sort(
        key=lambda hit: (hit.start - hit.end, hit.slips, register.entries[hit.owner].rank, hit.start, hit.owner)
    )
    kept: list[Hit] = []
    for hit in found:
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _found(
    texts: Sequence[_Text], register: Register, hits: Mapping[str, list[Hit]], marked: Mapping[str, list[int]]
) -> Found:
    notes: dict[int, list[str]] = defaultdict(list)
    surfaces: dict[int, set[str]] = defaultdict(set)
    spans: list[tuple[str, int, int, str, int]] = []
    for text in texts:
        named = {hit.owner for hit in hits[text.note.id]}
        outside = sorted({register.resolve(owner) for owner in marked[text.note.id]} - named)
        spans += [(text.note.id, 0, 0, "", owner) for owner in outside]
        for hit in hits[text.note.id]:
            start, end = text.form.span(hit.start, hit.end)
            surface = text.note.text[start:end]
            spans.append((text.note.id, start, end, surface, hit.owner))
            surfaces[hit.owner].add(surface)
        for owner in sorted(named | set(outside)):
            notes[owner].append(text.note.id)
    for owner in notes:
        _name(register.entries[owner], spans, owner)
    ids = ids_of((owner, register.entries[owner]) for owner in notes)
    actors = [_actor(register.entries[owner], ids[owner], notes[owner], surfaces[owner]) for owner in notes]
    mentions = [
        Mention(note_id=note_id, start=start, end=end, surface=surface, actor_id=ids[owner])
        for note_id, start, end, surface, owner in spans
    ]
    return Found(
        actors=tuple(sorted(actors, key=lambda actor: actor.id)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.note_id, m.start, m.end, m.actor_id))),
    )


def _name(entry: Entry, spans: Iterable[tuple[str, int, int, str, int]], owner: int) -> None:
    """Call an actor that nobody listed by its fullest, then commonest, surface."""
    if entry.source != "found":
        return
    counts: dict[str, int] = defaultdict(int)
    for *_, surface, mine in spans:
        if mine == owner and surface:
            counts[surface] += 1
    if counts:
        entry.name = min(counts, key=lambda name: (name.isupper(), -counts[name], -len(name), name))


def _actor(entry: Entry, actor_id: str, note_ids: Sequence[str], surfaces: Iterable[str]) -> Actor:
    listed = (
        {form for form in (entry.name, entry.acronym, *entry.forms) if form} if entry.source == "listed" else set()
    )
    shown = entry.name[:1].upper() + entry.name[1:]
    return Actor(
        id=actor_id,
        name=shown,
        acronym=entry.acronym,
        family=entry.family,
        people=entry.people,
        aliases=tuple(sorted(set(surfaces) | listed)),
        note_ids=tuple(sorted(set(note_ids))),
        source="listed" if entry.source == "listed" else "marked" if entry.marked else "found",
    )
