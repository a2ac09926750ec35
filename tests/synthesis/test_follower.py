from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from capture import journal, notes, schedule
from capture.db import db
from capture.errors import NoEdition
from capture.models import Gathering
from capture.operations import NoteErased, NoteRemovedByHand, ReportFinalised
from synthesis import curators, editions, window
from synthesis.follower import Follower
from synthesis.french import French
from synthesis.synthesise import synthesise
from synthesis.theme_decisions import (
    ThemeRenamed,
    ThemesMerged,
)
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.following import displayed, fill
from tests.synthesis.sentences import SENTENCES


def test_a_view_is_read_of_one_moment_and_holds_the_database_no_longer(gathering: Gathering) -> None:
    fill(gathering, 2)
    assert len(window.look(gathering.id).corpus) == 2
    assert not db.session().in_transaction()


def test_nothing_written_means_no_edition_and_the_refusal_says_to_wait(gathering: Gathering) -> None:
    with pytest.raises(NoEdition):
        editions.read(gathering.id)


def test_the_first_notes_are_published_at_once(gathering: Gathering, follower: Follower) -> None:
    ids = fill(gathering, 2)
    follower.step(gathering.id)
    edition = displayed(gathering)
    assert sorted(one.note_id for one in edition.memberships) == sorted(ids)
    assert edition.method == "grouped"


def test_each_edition_is_journalled_in_the_transaction_that_stores_it(
    gathering: Gathering, follower: Follower
) -> None:
    fill(gathering, 3)
    follower.step(gathering.id)
    last = journal.read(gathering.id)[-1]
    assert (last.name, last.payload["number"]) == ("edition.published", editions.last_number(gathering.id))
    assert last.payload["position"] == displayed(gathering).position == last.position - 1


def test_its_own_edition_does_not_wake_it_again(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, 3)
    follower.step(gathering.id)
    follower.step(gathering.id)
    before = editions.last_number(gathering.id)
    for _ in range(3):
        follower.step(gathering.id)
    assert editions.last_number(gathering.id) == before


def test_a_late_note_is_placed_and_no_displayed_note_moves(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, 40)
    follower.step(gathering.id)
    before = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    late = make_note(make_holder(gathering), SENTENCES[40])
    follower.step(gathering.id)
    after = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    assert late in after
    assert {note_id: after[note_id] for note_id in before} == before


def test_a_rename_and_a_merge_hold_through_late_notes_and_a_new_run(
    gathering: Gathering, follower: Follower, french: French
) -> None:
    fill(gathering, 45)
    follower.step(gathering.id)
    curator = make_holder(gathering, "temoin")
    kept, other = displayed(gathering).themes[:2]
    curators.rename(ThemeRenamed(theme_id=kept.id, label="Qui décide, au fond"), by=curator, operation_id=new_id())
    curators.merge(ThemesMerged(into=kept.id, theme_ids=(other.id,)), by=curator, operation_id=new_id())
    follower.step(gathering.id)
    together = set(kept.note_ids) | set(other.note_ids)
    for text in SENTENCES[45:60]:
        make_note(make_holder(gathering), text)
    follower.step(gathering.id)
    view = window.look(gathering.id)
    formed = synthesise(view.corpus, previous=displayed(gathering), decisions=view.decisions, french=french)
    for edition in (displayed(gathering), formed):
        theme = next(theme for theme in edition.themes if theme.id == kept.id)
        assert theme.label == "Qui décide, au fond"
        assert theme.named_by == "temoin"
        assert together <= set(theme.note_ids)
        assert other.id not in {one.id for one in edition.themes}


def test_the_same_notes_and_decisions_make_the_same_bytes_again(
    gathering: Gathering, follower: Follower, french: French
) -> None:
    fill(gathering, 40)
    follower.step(gathering.id)
    stored = displayed(gathering)
    view = window.look_at(gathering.id, stored.position)
    again = synthesise(view.corpus, decisions=view.decisions, french=french)
    assert editions.encode(again) == editions.encode(stored)


def test_a_removed_note_leaves_the_themes_and_an_erased_one_leaves_every_edition(
    gathering: Gathering, follower: Follower
) -> None:
    removed, erased, *_ = fill(gathering, 35)
    by, organiser = make_holder(gathering), make_holder(gathering, "organiser")
    follower.step(gathering.id)
    first = editions.last_number(gathering.id)
    notes.turn(NoteRemovedByHand(note_id=removed), by=by, operation_id=new_id())
    follower.step(gathering.id)
    assert removed not in {one.note_id for one in displayed(gathering).memberships}
    notes.erase(NoteErased(note_id=erased), by=organiser, operation_id=new_id())
    assert erased.encode() not in editions._EDITION.dump_json(editions.read(gathering.id, first).edition)


def test_a_follower_that_starts_again_goes_on_from_the_last_edition(
    app: Flask, gathering: Gathering, follower: Follower, french: French
) -> None:
    fill(gathering, 40)
    follower.step(gathering.id)
    before = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    make_note(make_holder(gathering), SENTENCES[41])
    Follower(app, french, quiet_seconds=60).step(gathering.id)
    after = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    assert {note_id: after[note_id] for note_id in before} == before


def test_old_editions_are_thrown_away_and_the_signed_one_is_kept(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, 32)
    follower.step(gathering.id)
    edition, organiser = displayed(gathering), make_holder(gathering, "organiser")
    kept = [editions.publish(gathering.id, replace(edition, position=n), formed=False, seconds=0.1) for n in (40, 41)]
    act = ReportFinalised(position=40, validated_by="Le Carrefour")
    schedule.sign_report(act, by=organiser, operation_id=new_id())
    for position in range(50, 50 + editions.KEPT):
        editions.publish(gathering.id, replace(edition, position=position), formed=False, seconds=0.1)
    assert editions.read(gathering.id, kept[0].number).edition.position == 40
    with pytest.raises(NoEdition):
        editions.read(gathering.id, kept[1].number)
