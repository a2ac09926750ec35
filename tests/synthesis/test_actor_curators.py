"""What people decide about actors, through its verbs, on both engines: exactly once, and over every run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from capture import journal
from capture.errors import NotFound, NotYourSeat, TextTooLong
from capture.models import Gathering
from capture.performing import Asked, perform
from capture.seats import Holder
from synthesis import actor_curators, editions, window
from synthesis.actor_decisions import (
    ActorClassified,
    ActorDecisionWithdrawn,
    ActorIgnored,
    ActorRenamed,
    ActorSeen,
    ActorsKeptApart,
    ActorsMerged,
    ActorSplit,
    mark_of,
)
from synthesis.actors.curation import obey
from synthesis.actors.mentions import find
from synthesis.errors import ActorAlone, ActorNameEmpty, SpellingsMissing
from synthesis.results import Actor, Edition
from tests.factories import make_gathering, make_holder, make_note, new_id

TEXTS = (
    "La mairie de Corbeny ouvre ses salles.",
    "L’association Les Semeurs anime le marché.",
    "Le CNFPT forme les agents et l’association Les Semeurs accueille.",
)


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    del app
    found = make_gathering()
    by = make_holder(found)
    for text in TEXTS:
        make_note(by, text)
    publish(found)
    return found


@pytest.fixture
def witness(gathering: Gathering) -> Holder:
    return make_holder(gathering, "temoin")


def publish(gathering: Gathering) -> Edition:
    """Publish the actors of the notes as they stand, as people decided they are."""
    view = window.look(gathering.id)
    found = obey(find(view.corpus, {}, ()), view.decisions)
    edition = Edition(position=view.corpus.position, actors=found.actors, ignored=found.ignored)
    return editions.publish(gathering.id, edition, formed=True, seconds=0.1).edition


def actor(gathering: Gathering, name: str) -> Actor:
    edition = editions.read(gathering.id).edition
    return next(one for one in (*edition.actors, *edition.ignored) if name in one.name)


def seen(gathering: Gathering, name: str) -> ActorSeen:
    found = actor(gathering, name)
    return ActorSeen(id=found.id, names=tuple(mark_of(alias) for alias in found.aliases))


def test_each_decision_holds_over_late_notes_and_the_same_id_again_changes_nothing(
    gathering: Gathering, witness: Holder
) -> None:
    mairie, semeurs, cnfpt = (seen(gathering, name) for name in ("Corbeny", "Semeurs", "fonction publique"))
    acts = (
        (actor_curators.rename, ActorRenamed(actor=mairie, name="Ville de Corbeny")),
        (actor_curators.sort, ActorClassified(actor=semeurs, family="entreprises")),
        (actor_curators.join, ActorsMerged(into=mairie, actors=(cnfpt,))),
        (actor_curators.join, ActorsKeptApart(actors=(mairie, semeurs))),
    )
    for verb, act in acts:
        operation_id = new_id()
        receipt = verb(act, by=witness, operation_id=operation_id)  # type: ignore[operator]
        again = verb(act, by=witness, operation_id=operation_id)  # type: ignore[operator]
        assert (again.position, again.outcome) == (receipt.position, "replayed")
    make_note(make_holder(gathering), "La ville de Corbeny et le CNFPT se parlent.")
    edition = publish(gathering)
    assert {(one.name, one.family, len(one.note_ids)) for one in edition.actors} >= {
        ("Ville de Corbeny", "collectivite", 3),
        ("Association Les Semeurs", "entreprises", 2),
    }
    assert window.look_at(gathering.id, edition.position).decisions == window.look(gathering.id).decisions


def test_a_persons_name_leaves_the_actors_and_is_not_in_the_journal(gathering: Gathering, witness: Holder) -> None:
    act = ActorIgnored(actor=seen(gathering, "Semeurs"), reason="person")
    operation_id = new_id()
    receipt = actor_curators.sort(act, by=witness, operation_id=operation_id)
    assert actor_curators.sort(act, by=witness, operation_id=operation_id).outcome == "replayed"
    entry = journal.read(gathering.id, after=receipt.position - 1)[0]
    assert "semeurs" not in str(entry.payload).lower()
    assert [one.name for one in publish(gathering).ignored] == ["Association Les Semeurs"]
    actor_curators.withdraw(ActorDecisionWithdrawn(position=receipt.position), by=witness, operation_id=new_id())
    assert publish(gathering).ignored == ()


def test_a_split_leaves_something_on_both_sides_or_is_refused(gathering: Gathering, witness: Holder) -> None:
    mairie, semeurs = seen(gathering, "Corbeny"), seen(gathering, "Semeurs")
    merged = ActorsMerged(into=mairie, actors=(semeurs,))
    actor_curators.join(merged, by=witness, operation_id=new_id())
    publish(gathering)
    both = seen(gathering, "Corbeny")
    out = ActorSplit(actor=both, spellings=semeurs.names, name="Les Semeurs")
    actor_curators.split(out, by=witness, operation_id=new_id())
    assert {one.name for one in publish(gathering).actors} >= {"Mairie de Corbeny", "Les Semeurs"}
    for nothing in ((), both.names):
        with pytest.raises(SpellingsMissing):
            actor_curators.split(replace(out, spellings=nothing), by=witness, operation_id=new_id())


def test_a_decision_that_means_nothing_is_refused(gathering: Gathering, witness: Holder) -> None:
    mairie, nobody = seen(gathering, "Corbeny"), ActorSeen(id="a-nobody")
    for verb, act, refusal in (
        (actor_curators.rename, ActorRenamed(actor=mairie, name="  "), ActorNameEmpty),
        (actor_curators.rename, ActorRenamed(actor=mairie, name="x" * 301), TextTooLong),
        (actor_curators.rename, ActorRenamed(actor=nobody, name="Nom"), NotFound),
        (actor_curators.join, ActorsMerged(into=mairie, actors=(mairie,)), ActorAlone),
        (actor_curators.join, ActorsKeptApart(actors=(mairie, nobody)), NotFound),
        (actor_curators.sort, ActorClassified(actor=nobody, family="etat"), NotFound),
        (actor_curators.sort, ActorIgnored(actor=ActorSeen(id=""), reason="person"), NotFound),
        (actor_curators.withdraw, ActorDecisionWithdrawn(position=1), NotFound),
    ):
        before = journal.head(gathering.id)
        with pytest.raises(refusal):
            verb(act, by=witness, operation_id=new_id())  # type: ignore[operator]
        assert journal.head(gathering.id) == before


def test_only_who_may_decide_decides(gathering: Gathering) -> None:
    payload = {"actor": {"id": actor(gathering, "Corbeny").id}, "name": "Nom"}
    asked = Asked(id=new_id(), name="actor.renamed", payload=payload)
    with pytest.raises(NotYourSeat):
        perform(asked, by=make_holder(gathering), note_max=5000)
    assert perform(asked, by=make_holder(gathering, "organiser"), note_max=5000).outcome == "done"
