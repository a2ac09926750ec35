"""What the tests of mentions share: notes read as the follower reads them, and what they name."""

from collections.abc import Mapping, Sequence

from synthesis.actors.mentions import Found, find
from synthesis.corpus import Corpus, ListedActor, Note
from synthesis.french import French, Reading


def corpus_of(*texts: str) -> Corpus:
    return Corpus.of(Note(id=f"n{number:03}", text=text) for number, text in enumerate(texts))


def read(corpus: Corpus) -> Mapping[str, Reading]:
    readings = French.load().read([note.text for note in corpus])
    return dict(zip((note.id for note in corpus), readings, strict=True))


def named(*texts: str, listed: Sequence[ListedActor] = ()) -> list[list[tuple[str, str]]]:
    """The (surface, actor name) of each text's mentions, with the tagger's readings."""
    corpus = corpus_of(*texts)
    found = find(corpus, read(corpus), listed)
    names = {actor.id: actor.name for actor in found.actors}
    return [[(m.surface, names[m.actor_id]) for m in found.mentions if m.note_id == note.id] for note in corpus]


def surfaces(text: str) -> list[str]:
    return [surface for surface, _ in named(text)[0]]


def check(corpus: Corpus, found: Found) -> None:
    notes, actors = corpus.by_id(), {actor.id: actor for actor in found.actors}
    assert [actor.id for actor in found.actors] == sorted(actors)
    for mention in found.mentions:
        assert notes[mention.note_id].text[mention.start : mention.end] == mention.surface
        assert mention.note_id in actors[mention.actor_id].note_ids
        assert not mention.surface or mention.surface in actors[mention.actor_id].aliases
    assert {m.actor_id for m in found.mentions} == set(actors)
