"""A small fictional gathering, and an edition of it made by hand: what every test of the report starts from."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from synthesis.corpus import KINDS, Corpus, Note
from synthesis.report import compose, proof
from synthesis.report.blocks import Report, Signed, Status
from synthesis.results import (
    Actor,
    ActorMeasure,
    Cooperation,
    Edition,
    Family,
    Link,
    Membership,
    Mention,
    Parameters,
    Placed,
    Quote,
    Theme,
)
from tests.synthesis.report.readers import HOSTILE, LABEL

Make = Callable[..., Edition]

WORKSHOPS = (
    ("w1", "Renouveler la gouvernance locale"),
    ("w2", "Financer dans la durée"),
    ("w3", "Aller vers les habitant·es"),
    ("w4", "Se former autrement"),
)

NOTES = (
    Note(id="a1", workshop="w1", kind="lever", text="Un élu qui accepte de ne pas tout décider : premier levier."),
    Note(id="a2", workshop="w1", kind="obstacle", text="Les habitant·es sont invité·es quand tout est déjà joué."),
    Note(id="a3", workshop="w3", kind="condition", text="Rendre compte, même quand la réponse est « non »."),
    Note(
        id="a4",
        workshop="w3",
        kind="lever",
        text="La Fabrique de Brume tient une permanence au marché.",
        territories=("Brume",),
    ),
    Note(id="a5", workshop="w1", kind="obstacle", text="Qui décide, au fond ?"),
    Note(id="b1", workshop="w2", kind="obstacle", text="L’appel à projets dure un an ; la confiance en demande cinq."),
    Note(
        id="b2",
        workshop="w2",
        kind="lever",
        text="Le Département et la Fabrique de Brume mutualisent un poste d’animation.",
    ),
    Note(id="b3", workshop="w3", kind="condition", text="+ de conventions pluriannuelles"),
    Note(id="c1", workshop="w2", kind="", text="=SOMME(A1:A9) <script>alert(1)</script> *pas* #gras"),
)


@pytest.fixture
def corpus() -> Corpus:
    return Corpus.of(NOTES, workshops=WORKSHOPS, title="Rencontre des territoires", position=42)


@pytest.fixture
def status() -> Status:
    return Status(version="7", on=date(2026, 11, 27))


@pytest.fixture
def make() -> Make:
    return edition_of


@pytest.fixture
def edition(corpus: Corpus) -> Edition:
    return edition_of(
        corpus,
        ("t1", "place des élus", ("a1", "a2", "a3", "a4", "a5")),
        ("t2", "temps long du financement", ("b1", "b2", "b3")),
        actors=(
            ("fab", "La Fabrique de Brume", ("a4", "b2"), "associations"),
            ("dep", "Département", ("b2",), "collectivites"),
            ("aca", "Académie", (), "etat"),
        ),
    )


@pytest.fixture
def report(edition: Edition, corpus: Corpus, status: Status) -> Report:
    return compose.compose(edition, corpus, status=status)


@pytest.fixture
def hostile(make: Callable[..., Edition], status: Status) -> Report:
    corpus = Corpus.of(
        [
            Note(id=f"note {rank} <&>\"' ", text=text, workshop=LABEL, kind="lever")
            for rank, text in enumerate(HOSTILE)
        ],
        title="Rencontre <b> & #t",
    )
    ids = [note.id for note in corpus]
    edition = make(corpus, ("t", LABEL, ids[:6]), ("u", "autre", ids[6:11]), actors=[("k", LABEL, ids[:2], "<x>")])
    signed = replace(status, witnesses=(Signed(text="*Mon* texte\n\n<i>suite</i>", by="# Quelqu’un"),))
    made = compose.compose(edition, corpus, status=signed)
    proof.check(made, corpus, edition)
    return made


def edition_of(
    corpus: Corpus,
    *groups: tuple[str, str, Sequence[str]],
    actors: Sequence[tuple[str, str, Sequence[str], str]] = (),
) -> Edition:
    notes = corpus.by_id()
    themes = tuple(_theme(key, label, [notes[one] for one in ids]) for key, label, ids in groups)
    place = {one: theme.id for theme in themes for one in theme.note_ids}
    return Edition(
        input_hash=corpus.digest(),
        position=corpus.position,
        parameters=Parameters(seed=3),
        versions=(("restitution", "0.1.0"),),
        method="consensus",
        themes=themes,
        families=(Family(id="f1", label="gouverner", theme_ids=tuple(theme.id for theme in themes[:1])),),
        memberships=tuple(
            Membership(note_id=one.id, theme_id=place.get(one.id, ""), confidence=0.75 if one.id in place else 0.0)
            for one in corpus
        ),
        tray=tuple(one.id for one in corpus if one.id not in place),
        actors=tuple(
            Actor(id=key, name=name, family=family, note_ids=tuple(ids), source="found" if ids else "listed")
            for key, name, ids, family in actors
        ),
        mentions=tuple(_mention(notes[one], key, name) for key, name, ids, _ in actors for one in ids),
        links=tuple(_link(key, theme, ids, notes) for key, _, ids, _ in actors for theme in themes if _in(theme, ids)),
        cooperations=_together(actors),
        measures=tuple(
            ActorMeasure(
                actor_id=key,
                notes=len(ids),
                themes=len({place[one] for one in ids}),
                degree=0.5,
                betweenness=0.1234567,
                x=0.2 * rank,
                y=-0.3,
            )
            for rank, (key, _, ids, _) in enumerate(actors)
        ),
        places=tuple(Placed(id=theme.id, x=-0.5 + rank, y=0.5) for rank, theme in enumerate(themes)),
    )


def _in(theme: Theme, ids: Sequence[str]) -> bool:
    return bool(set(theme.note_ids) & set(ids))


def _kinds(notes: Sequence[Note]) -> tuple[tuple[str, int], ...]:
    counts = Counter(note.kind for note in notes)
    return tuple((kind, counts[kind]) for kind in (*KINDS, "") if counts[kind])


def _theme(key: str, label: str, notes: Sequence[Note]) -> Theme:
    rooms = Counter(note.workshop for note in notes)
    quotes = [Quote(note_id=note.id, start=0, end=len(note.text), role="central") for note in notes[:3]]
    if len(notes) > 3:
        quotes.append(Quote(note_id=notes[-1].id, start=0, end=len(notes[-1].text), role="lone"))
    return Theme(
        id=key,
        label=label,
        proposed_label=label,
        subtitle="décider, associer, rendre compte",
        keywords=("décider", "associer"),
        note_ids=tuple(note.id for note in notes),
        kinds=_kinds(notes),
        workshops=tuple(sorted(rooms.items(), key=lambda one: (-one[1], one[0]))),
        rapporteurs=len({note.author for note in notes if note.author}),
        quotes=tuple(quotes),
        cohesion=0.61,
        confidence=0.75,
        fragile=len(notes) < 5 or len(rooms) < 2,
        family="f1" if key == "t1" else "",
    )


def _mention(note: Note, key: str, name: str) -> Mention:
    start = note.text.find(name)
    end = start + len(name) if start >= 0 else 0
    return Mention(note_id=note.id, start=max(start, 0), end=end, surface=name, actor_id=key)


def _link(key: str, theme: Theme, ids: Sequence[str], notes: dict[str, Note]) -> Link:
    shared = tuple(one for one in ids if one in theme.note_ids)
    return Link(actor_id=key, theme_id=theme.id, note_ids=shared, kinds=_kinds([notes[one] for one in shared]))


def _together(actors: Sequence[tuple[str, str, Sequence[str], str]]) -> tuple[Cooperation, ...]:
    pairs = []
    for rank, (key, _, ids, _) in enumerate(actors):
        for other, _, others, _ in actors[rank + 1 :]:
            if shared := tuple(one for one in ids if one in others):
                pairs.append(Cooperation(actor_ids=(key, other), note_ids=shared))
    return tuple(pairs)
