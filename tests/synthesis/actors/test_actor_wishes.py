from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.actor_decisions import (
    ActorAct,
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
from synthesis.actors.mentions import Found, find
from synthesis.actors.wishes import wish
from synthesis.corpus import Corpus, ListedActor, Note
from synthesis.decisions import Decided
from synthesis.results import Actor

LISTED = (
    ListedActor(name="Atelier Valbrune", acronym="AVB", family="association"),
    ListedActor(name="Fabrique Montreval", family="association"),
    ListedActor(name="Chambre Lysande", family="institution", aliases=("Comptoir Lysande",)),
    ListedActor(name="Réseau Corbeny", family="reseau"),
)
NAMES = ("Atelier Valbrune", "AVB", "Fabrique Montreval", "Chambre Lysande", "Comptoir Lysande", "Réseau Corbeny")


def notes(names: Sequence[str]) -> Corpus:
    return Corpus.of(Note(id=f"n{i:03}", text=f"On a travaillé avec {name} hier.") for i, name in enumerate(names))


def found(names: Sequence[str] = NAMES) -> Found:
    return _found(tuple(names))


@cache
def _found(names: tuple[str, ...]) -> Found:
    return find(notes(names), {}, LISTED)


def decided(*acts: ActorAct) -> list[Decided]:
    return [Decided(position=at, by="temoin", act=act) for at, act in enumerate(acts, start=1)]


def seen(actor: Actor) -> ActorSeen:
    return ActorSeen(id=actor.id, names=tuple(mark_of(alias) for alias in actor.aliases))


def named(result: Found, name: str) -> Actor:
    return next(actor for actor in result.actors if actor.name == name)


def holder_of(result: Found, surface: str) -> str:
    """Which actor the mentions of a spelling go to; "" when it is set aside."""
    owners = {mention.actor_id for mention in result.mentions if mention.surface == surface}
    return owners.pop() if len(owners) == 1 else ""


def test_without_decisions_nothing_changes() -> None:
    assert obey(found(), ()) == found()
    assert obey(Found(), decided(ActorIgnored(actor=ActorSeen(id="a-x")))) == Found()


def test_a_rename_holds_when_a_late_note_changes_the_machines_own_name() -> None:
    before = find(notes(["mairie de Corbeny"]), {}, ())
    rename = decided(ActorRenamed(actor=seen(before.actors[0]), name="Ville de Corbeny"))
    after = find(notes(["mairie de Corbeny", "Ville de Corbeny", "Ville de Corbeny"]), {}, ())
    assert after.actors[0].id != before.actors[0].id
    (actor,) = obey(after, rename).actors
    assert (actor.name, actor.named_by, len(actor.note_ids)) == ("Ville de Corbeny", "temoin", 3)


def test_merged_actors_are_one_with_every_note_and_spelling_of_both() -> None:
    result = found()
    into, other = named(result, "Atelier Valbrune"), named(result, "Réseau Corbeny")
    merged = obey(result, decided(ActorsMerged(into=seen(into), actors=(seen(other),))))
    actor = named(merged, "Atelier Valbrune")
    assert actor.id == into.id
    assert set(actor.note_ids) == set(into.note_ids) | set(other.note_ids)
    assert set(actor.aliases) == set(into.aliases) | set(other.aliases)
    assert other.id not in {one.id for one in merged.actors}


def test_a_split_gives_spellings_to_an_actor_of_their_own_and_late_notes_follow() -> None:
    result = found()
    actor = named(result, "Chambre Lysande")
    out = ActorSplit(actor=seen(actor), spellings=("Comptoir Lysande",), name="Le Comptoir")
    late = obey(found([*NAMES, "comptoir Lysande"]), decided(out))
    assert set(named(late, "Le Comptoir").note_ids) == {"n004", "n006"}
    assert set(named(late, "Chambre Lysande").note_ids) == {"n003"}
    assert named(late, "Le Comptoir").family == "institution"


def test_what_is_no_actor_is_set_aside_and_comes_back_when_the_decision_is_withdrawn() -> None:
    result = found()
    actor = named(result, "Fabrique Montreval")
    aside = decided(ActorIgnored(actor=ActorSeen(id="", names=seen(actor).names), reason="person"))
    gone = obey(result, aside)
    assert [one.name for one in gone.ignored] == ["Fabrique Montreval"]
    assert actor.id not in {mention.actor_id for mention in gone.mentions}
    back = decided(aside[0].act, ActorDecisionWithdrawn(position=1))  # type: ignore[arg-type]
    assert obey(result, back) == result
    again = [*back, Decided(position=3, by="temoin", act=ActorDecisionWithdrawn(position=2))]
    assert obey(result, again).ignored == gone.ignored


def test_a_family_is_given_and_an_empty_one_gives_the_machines_own_back() -> None:
    result = found()
    actor = seen(named(result, "Réseau Corbeny"))
    given = decided(ActorClassified(actor=actor, family="recherche"))
    assert named(obey(result, given), "Réseau Corbeny").family == "recherche"
    reset = decided(given[0].act, ActorClassified(actor=actor, family=""))  # type: ignore[arg-type]
    assert named(obey(result, reset), "Réseau Corbeny").family == "reseau"


def test_a_listed_actor_that_nobody_names_is_not_made_up_by_a_decision() -> None:
    act = ActorRenamed(actor=ActorSeen(id="a-nulle-part", names=("Nulle part",)), name="Quelque part")
    assert obey(found(), decided(act)).actors == found().actors


def test_actors_kept_apart_are_known_to_be_two_until_they_are_merged() -> None:
    result = found()
    one, other = named(result, "Atelier Valbrune"), named(result, "Réseau Corbeny")
    apart = ActorsKeptApart(actors=(seen(one), seen(other)))
    wishes = wish(decided(apart))
    assert wishes.are_apart(one.id, other.id)
    assert not wishes.are_apart(one.id, "a-autre")


def test_a_second_split_of_the_same_name_after_a_merge_stands_on_its_own() -> None:
    result = found()
    actor = named(result, "Chambre Lysande")
    split = ActorSplit(actor=seen(actor), spellings=("Comptoir Lysande",), name="Le Comptoir")
    part = named(obey(result, decided(split)), "Le Comptoir")
    merge = ActorsMerged(into=ActorSeen(id=actor.id), actors=(ActorSeen(id=part.id),))
    again = obey(result, decided(split, merge, split))
    assert set(named(again, "Le Comptoir").note_ids) == {"n004"}


def test_a_name_without_letters_and_one_from_right_to_left_have_their_own_marks() -> None:
    assert mark_of("★") != mark_of("☆")
    assert mark_of("\u200fجمعية\u200f").startswith("#")
    assert mark_of(mark_of("Cerdd")) == mark_of("Cerdd")


def act_of(chance: random.Random, result: Found) -> ActorAct:
    """Any decision a person could take on what is before their eyes."""
    actor = seen(chance.choice(result.actors))
    others = tuple(seen(one) for one in chance.sample(result.actors, min(2, len(result.actors))))
    kinds: list[ActorAct] = [
        ActorRenamed(actor=actor, name=f"Nom {chance.randrange(9)}"),
        ActorClassified(actor=actor, family=chance.choice(("elus", "etat", "recherche"))),
        ActorIgnored(actor=actor),
        ActorsMerged(into=actor, actors=others),
        ActorSplit(actor=actor, spellings=actor.names[:1], name=f"Part {chance.randrange(3)}"),
        ActorsKeptApart(actors=(actor, *others)),
        ActorDecisionWithdrawn(position=chance.randint(1, 6)),
    ]
    return chance.choice(kinds)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_decided_and_arrives_nothing_is_lost_and_the_last_word_holds(chance: random.Random) -> None:
    written = list(NAMES)
    acts: list[Decided] = []
    for position in range(1, 9):
        result = obey(found(written), acts)
        if chance.random() < 0.4:
            written.append(NAMES[len(written) % len(NAMES)])
        elif result.actors:
            acts.append(Decided(position=position, by="temoin", act=act_of(chance, result)))
            check_last(obey(found(written), acts), acts[-1].act)
    plain, result = found(written), obey(found(written), acts)
    kept = sorted((m.note_id, m.start, m.end) for m in result.mentions)
    cited = {note for actor in (*result.actors, *result.ignored) for note in actor.note_ids}
    assert set(kept) <= {(m.note_id, m.start, m.end) for m in plain.mentions}
    assert cited == {mention.note_id for mention in plain.mentions}
    assert len({actor.id for actor in (*result.actors, *result.ignored)}) == len(result.actors) + len(result.ignored)
    assert {m.actor_id for m in result.mentions} == {actor.id for actor in result.actors}
    # Two sittings, in whatever order the journal is handed over, are one.
    assert obey(found(written), acts[::-1]) == result


def check_last(result: Found, act: ActorAct | object) -> None:
    """What was just decided holds of every actor that carries the spellings it was decided of."""
    wishes = result
    match act:
        case ActorRenamed(actor=actor, name=name):
            assert {one.name for one in wishes.actors if one.id in owners(result, actor)} <= {name}
        case ActorClassified(actor=actor, family=family):
            assert {one.family for one in wishes.actors if one.id in owners(result, actor)} <= {family}
        case ActorIgnored(actor=actor):
            assert owners(result, actor) == set()
        case ActorsMerged(into=into, actors=actors):
            assert len(set().union(owners(result, into), *(owners(result, one) for one in actors))) <= 1
        case ActorSplit(actor=actor, spellings=spellings):
            parts = owners(result, ActorSeen(id="", names=spellings))
            rest = owners(result, ActorSeen(id="", names=actor.names[1:]))
            assert not parts & rest


def owners(result: Found, actor: ActorSeen) -> set[str]:
    marks = {mark_of(name) for name in actor.names}
    return {mention.actor_id for mention in result.mentions if mark_of(mention.surface) in marks}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_an_empty_morning_obeys_what_was_decided_the_day_before(count: int) -> None:
    act = ActorIgnored(actor=ActorSeen(id="a-atelier-valbrune", names=("Atelier Valbrune", "AVB")))
    result = obey(found(NAMES[:count]), decided(act))
    assert (len(result.actors), len(result.ignored)) == (0, min(count, 1))
