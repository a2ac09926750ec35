"""An edition made by hand over any notes: what benches, document checks and browser tests show without a follower."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from synthesis.corpus import Corpus, Note
from synthesis.report.remaining import kinds_of
from synthesis.results import Actor, Edition, Link, Membership, Parameters, Quote, Theme


def edition_by_hand(
    corpus: Corpus, *, themes: int = 30, actors: int = 40, label: str = "mots du thème de mesure "
) -> Edition:
    """Deal the notes out: nine in ten to the themes, one in ten to the tray, an actor in one placed note of four."""
    notes = list(corpus)
    placed = notes[: len(notes) * 9 // 10]
    dealt = [placed[number::themes] for number in range(themes)]
    made = tuple(_theme(number, own, label) for number, own in enumerate(dealt) if own)
    home = {note_id: theme.id for theme in made for note_id in theme.note_ids}
    cited = tuple(
        Actor(
            id=f"k{number}",
            name=f"Association de mesure {number}",
            family="associations",
            note_ids=tuple(note.id for note in placed[number :: 4 * actors]),
        )
        for number in range(actors)
        if placed[number :: 4 * actors]
    )
    return Edition(
        input_hash=corpus.digest(),
        position=corpus.position,
        parameters=Parameters(),
        method="consensus",
        themes=made,
        memberships=tuple(
            Membership(note_id=note.id, theme_id=home.get(note.id, ""), confidence=0.8) for note in corpus
        ),
        tray=tuple(note.id for note in corpus if note.id not in home),
        actors=cited,
        links=tuple(link for actor in cited for link in _links(actor, home, corpus)),
    )


def _theme(number: int, notes: Sequence[Note], label: str) -> Theme:
    rooms = Counter(note.workshop for note in notes)
    central, last = notes[:8], notes[8:][-1:]
    quotes = [Quote(note_id=note.id, start=0, end=len(note.text), role="central") for note in central]
    quotes += [Quote(note_id=note.id, start=0, end=len(note.text), role="lone") for note in last]
    return Theme(
        id=f"t{number}",
        label=f"{label}{number}",
        proposed_label="",
        note_ids=tuple(note.id for note in notes),
        kinds=kinds_of(notes),
        workshops=tuple(sorted(rooms.items(), key=lambda one: (-one[1], one[0]))),
        quotes=tuple(quotes),
        confidence=0.8,
    )


def _links(actor: Actor, home: dict[str, str], corpus: Corpus) -> list[Link]:
    notes = corpus.by_id()
    found: dict[str, list[str]] = {}
    for note_id in actor.note_ids:
        found.setdefault(home[note_id], []).append(note_id)
    return [
        Link(actor_id=actor.id, theme_id=theme, note_ids=tuple(ids), kinds=kinds_of([notes[one] for one in ids]))
        for theme, ids in sorted(found.items())
    ]
