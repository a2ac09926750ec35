"""Finds who the notes name: organisations and families of people, each mention a span of a note as written.

Pure. Sources, surest first: the organiser's list, what rapporteurs marked with « @ », public bodies, how French names
an organisation, and the tagger's entities as a hint. Persons are never made actors.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from synthesis.actors import patterns, people, tables
from synthesis.actors.aliases import Entry, Register, ids_of
from synthesis.actors.discovery import Text, longest_known, proposals
from synthesis.actors.gazetteer import Gazetteer, Hit
from synthesis.actors.kinds import name_key
from synthesis.actors.names import content, fold
from synthesis.results import Actor, Mention
from synthesis.themes.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.corpus import Corpus, ListedActor
    from synthesis.french import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The actors of a corpus and where its notes name them."""

    actors: tuple[Actor, ...] = ()
    """By id."""
    mentions: tuple[Mention, ...] = ()
    """By note id, then by place in the note; marks outside the text come first."""
    ignored: tuple[Actor, ...] = ()
    """What people said is no actor, by id: kept, so that it can come back."""


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
    texts = [Text(note, normalise(note.text), readings.get(note.id)) for note in corpus]
    register = Register(sorted(listed, key=lambda actor: (actor.name, actor.acronym, actor.family, actor.aliases)))
    marked = {text.note.id: _marked(text, register) for text in texts}
    proposed = _discover(texts, register)
    register.join_acronyms()
    gazetteer = _gazetteer(register)
    hits = {text.note.id: _hits(text, register, gazetteer, proposed[text.note.id]) for text in texts}
    hits = _placed(texts, register, hits)
    return _found(texts, register, hits, marked)


def _marked(text: Text, register: Register) -> list[int]:
    """Learn the names that a rapporteur marked, in the note's list or with « @ » in its text."""
    owners = [register.learn(name.strip().lstrip("@"), source="marked") for name in text.note.actors if content(name)]
    for start, end in patterns.marks(text.form.text):
        register.learn(longest_known(text.form.text[start:end], register), source="marked")
    return owners


def _discover(texts: Sequence[Text], register: Register) -> dict[str, list[Hit]]:
    """Learn the names that notes define or introduce, and where: definitions first, since they join two names."""
    for text in texts:
        _learn_definitions(text.form.text, register)
    proposed: dict[str, list[Hit]] = defaultdict(list)
    for text in texts:
        for proposal in proposals(text, register):
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
        if not known and not patterns.is_organisation_head(name):
            register.things.add(fold(acronym))
        else:
            owner = register.learn(name, source="found", acronym=acronym)
            register.entries[owner].acronym = register.entries[owner].acronym or acronym


def _gazetteer(register: Register) -> Gazetteer:
    return _made_of(
        tuple(
            (name, register.resolve(owner), _case(name, entry), entry.people)
            for owner, entry in enumerate(register.entries)
            for name in (entry.name, entry.acronym, *entry.forms)
            if name
        )
    )


@lru_cache(maxsize=2)
def _made_of(names: tuple[tuple[str, int, str, bool], ...]) -> Gazetteer:
    """Make a gazetteer, or return the last one when the same names are in it: a late note seldom brings one."""
    gazetteer = Gazetteer()
    for name, owner, case, noun in names:
        gazetteer.add(name, owner, case=case, noun=noun)
    return gazetteer


def _case(name: str, entry: Entry) -> str:
    """How strictly a name must be written to be recognised."""
    if len(content(name)) > 1:
        free = entry.source in ("listed", "family") or (entry.source == "known" and not entry.capital)
        free = free or patterns.is_organisation_head(name)
        return "any" if free else "capital"
    if name.islower():
        return "any"
    return "exact" if name.isupper() else "capital"


def _hits(text: Text, register: Register, gazetteer: Gazetteer, proposed: Sequence[Hit]) -> list[Hit]:
    """Keep, where stretches overlap, the longest, then the surest."""
    tokens = text.tokens()
    plain = text.form.text
    found = [Hit(hit.start, hit.end, register.resolve(hit.owner), hit.slips) for hit in proposed]
    for hit in gazetteer.search(plain):
        entry = register.entries[hit.owner]
        if entry.people and not (
            people.accented(plain[hit.start : hit.end], entry.forms)
            and people.stands(plain, hit, tokens, text.form.origins[hit.start])
        ):
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


def _placed(texts: Sequence[Text], register: Register, hits: Mapping[str, list[Hit]]) -> dict[str, list[Hit]]:
    """Give a body called without its place to the only one of its kind that the notes name, if a workshop names both.

    « La CAF », in a workshop that names « la CAF de la Creuse », is that one while nobody names another; « le conseil
    de développement », in a workshop that names Bourg Agglo, is that of Bourg Agglo.
    """
    where: dict[int, set[str]] = defaultdict(set)
    for text in texts:
        for hit in hits[text.note.id]:
            where[hit.owner].add(text.note.workshop)
    keys = {owner: name_key(register.entries[owner].name) for owner in where}
    by_key = {key: owner for owner, key in keys.items()}
    moved: dict[int, int] = {}
    for owner, key in keys.items():
        if key not in tables.one_a_place():
            continue
        others = [other for other, longer in keys.items() if longer.startswith(f"{key} ")]
        place = by_key.get(name_key(keys[others[0]][len(key) + 1 :])) if len(others) == 1 else None
        near = {room for one in (*others, place) if one is not None for room in where[one]}
        if len(others) == 1 and (where[owner] & near) - {""}:
            moved[owner] = others[0]
    if not moved:
        return dict(hits)
    return {
        note_id: [replace(hit, owner=moved.get(hit.owner, hit.owner)) for hit in found]
        for note_id, found in hits.items()
    }


def _found(
    texts: Sequence[Text], register: Register, hits: Mapping[str, list[Hit]], marked: Mapping[str, list[int]]
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
