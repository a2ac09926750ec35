"""What remains of an edition when the notes it was made of are not the same any more: the report says that alone.

Pure. An erasure does not wait for the next edition, and neither does whoever needs the report: the counts are made
again from the notes that are there, what has no note left is left out, and the cover says how many were erased. A
version that somebody froze is read as the desk shows it: an edition over the notes as they stood a little later.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.corpus import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from synthesis.corpus import Corpus, Note
    from synthesis.results import Edition, Link, Quote, Theme
    from synthesis.standing import Complement

Counts = tuple[tuple[str, int], ...]


def remaining(edition: Edition, corpus: Corpus) -> Edition:
    """Return the edition over the notes that remain.

    Args:
        edition: a synthesis, from which the erased notes' ids are gone or not.
        corpus: the notes it was made of, without the erased ones.

    """
    notes = corpus.by_id()
    themes = tuple(theme for one in edition.themes if (theme := _recounted(one, notes)).note_ids)
    kept = {theme.id for theme in themes}
    actors = tuple(replace(one, note_ids=_left(one.note_ids, notes)) for one in edition.actors)
    actors = tuple(one for one in actors if one.note_ids or one.source == "listed")
    known = {one.id for one in actors}
    links = (_relinked(one, notes) for one in edition.links)
    pairs = (replace(one, note_ids=_left(one.note_ids, notes)) for one in edition.cooperations)
    families = (replace(one, theme_ids=tuple(key for key in one.theme_ids if key in kept)) for one in edition.families)
    counted = {(theme.id, room): count for theme in themes for room, count in theme.workshops}
    return replace(
        edition,
        # The notes are others than those that were digested; the report digests these.
        input_hash="",
        themes=themes,
        families=tuple(one for one in families if one.theme_ids),
        memberships=tuple(one for one in edition.memberships if one.note_id in notes),
        tray=_left(edition.tray, notes),
        actors=actors,
        mentions=tuple(one for one in edition.mentions if one.note_id in notes),
        links=tuple(one for one in links if one.note_ids and one.theme_id in kept and one.actor_id in known),
        cooperations=tuple(one for one in pairs if one.note_ids and set(one.actor_ids) <= known),
        measures=tuple(one for one in edition.measures if one.actor_id in known),
        bridges=tuple(one for one in edition.bridges if one.actor_id in known),
        complements=tuple(_complements(edition, notes, known, kept)),
        louder=tuple(one for one in edition.louder if counted.get((one.theme_id, one.workshop)) == one.notes),
    )


def stood(edition: Edition, read: Corpus, corpus: Corpus) -> Edition:
    """Return the edition over the notes as they stood when somebody froze it, as the desk shows it.

    A note reworded since is quoted whole, never at stale offsets; one that came since waits to be placed.

    Args:
        edition: a synthesis.
        read: the notes that it was made of.
        corpus: the notes as they stood at the later moment.

    """
    if edition.input_hash == corpus.digest():
        return edition
    before, notes = read.by_id(), corpus.by_id()
    same = {key for key, note in notes.items() if key in before and before[key].text == note.text}
    left = remaining(edition, corpus)
    placed = {note_id for theme in left.themes for note_id in theme.note_ids} | set(left.tray)
    return replace(
        left,
        themes=tuple(
            replace(theme, quotes=tuple(_whole(quote, notes, same) for quote in theme.quotes)) for theme in left.themes
        ),
        mentions=tuple(one for one in left.mentions if one.note_id in same),
        tray=(*left.tray, *(note.id for note in corpus if note.id not in placed)),
    )


def _whole(quote: Quote, notes: Mapping[str, Note], same: set[str]) -> Quote:
    """Quote a reworded note from end to end."""
    return quote if quote.note_id in same else replace(quote, start=0, end=len(notes[quote.note_id].text))


def _complements(
    edition: Edition, notes: Mapping[str, Note], actors: set[str], themes: set[str]
) -> Iterator[Complement]:
    """Give the leads that still have notes on both sides."""
    for one in edition.complements:
        left = replace(one, levers=_left(one.levers, notes), obstacles=_left(one.obstacles, notes))
        if left.levers and left.obstacles and {one.giver_id, one.seeker_id} <= actors and one.theme_id in themes:
            yield left


def _left(note_ids: Iterable[str], notes: Mapping[str, Note]) -> tuple[str, ...]:
    return tuple(one for one in note_ids if one in notes)


def _recounted(theme: Theme, notes: Mapping[str, Note]) -> Theme:
    own = [notes[one] for one in theme.note_ids if one in notes]
    rooms = Counter(note.workshop for note in own)
    return replace(
        theme,
        note_ids=tuple(note.id for note in own),
        kinds=kinds_of(own),
        workshops=tuple(sorted(rooms.items(), key=lambda one: (-one[1], one[0]))),
        rapporteurs=len({note.author for note in own if note.author}),
        quotes=tuple(quote for quote in theme.quotes if quote.note_id in notes),
    )


def _relinked(link: Link, notes: Mapping[str, Note]) -> Link:
    own = [notes[one] for one in link.note_ids if one in notes]
    return replace(link, note_ids=tuple(note.id for note in own), kinds=kinds_of(own))


def kinds_of(notes: Sequence[Note]) -> Counts:
    """Count notes by kind, in the order of the corpus's kinds, the gathering's own after, "" last."""
    found = Counter(note.kind for note in notes)
    own = sorted(set(found) - {*KINDS, ""})
    return tuple((kind, found[kind]) for kind in (*KINDS, *own, "") if found[kind])
