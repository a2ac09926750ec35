from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from capture import journal, notes, schedule
from capture.db import db
from capture.errors import NoEdition, NotFound, NotYourSeat
from capture.models import Gathering
from capture.operations import NoteErased, NoteRemovedByHand, ReportFinalised
from synthesis import curators, editions, window
from synthesis.errors import DecidedMeanwhile, LabelEmpty, MergeAlone, NothingChosen
from synthesis.follower import Follower
from synthesis.french import French
from synthesis.results import Edition, Theme
from synthesis.synthesise import synthesise
from synthesis.theme_decisions import (
    FormingChosen,
    NoteMoved,
    NotePinned,
    NotesKeptApart,
    ProposalPostponed,
    ProposalRefused,
    ReviewAsked,
    ThemeDecisionWithdrawn,
    ThemeFounded,
    ThemeHidden,
    ThemeRenamed,
    ThemesHeld,
    ThemesKeptApart,
    ThemesMerged,
    ThemesOrdered,
    ThemeSplit,
    ThemeUnhidden,
    ThemeValidated,
)
from tests.factories import make_gathering, make_holder, make_note, new_id
from tests.synthesis.sentences import SENTENCES


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def follower(app: Flask, french: French) -> Follower:
    return Follower(app, french, quiet_seconds=0.0)


def fill(gathering: Gathering, count: int) -> list[str]:
    by = make_holder(gathering)
    return [make_note(by, text) for text in SENTENCES[:count]]


def test_a_view_is_read_of_one_moment_and_holds_the_database_no_longer(gathering: Gathering) -> None:
    fill(gathering, 2)
    assert len(window.look(gathering.id).corpus) == 2
    assert not db.session().in_transaction()


def displayed(gathering: Gathering) -> Edition:
    return editions.read(gathering.id).edition


def theme_of(edition: Edition, note_id: str) -> Theme:
    return next(theme for theme in edition.themes if note_id in theme.note_ids)


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


def test_a_decision_that_means_nothing_is_refused(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, 35)
    follower.step(gathering.id)
    curator, rapporteur = make_holder(gathering, "temoin"), make_holder(gathering)
    theme = displayed(gathering).themes[0]
    with pytest.raises(LabelEmpty):
        curators.rename(ThemeRenamed(theme_id=theme.id, label="  "), by=curator, operation_id=new_id())
    with pytest.raises(MergeAlone):
        curators.merge(ThemesMerged(into=theme.id, theme_ids=(theme.id,)), by=curator, operation_id=new_id())
    with pytest.raises(NotFound):
        curators.rename(ThemeRenamed(theme_id="t-inconnu", label="Un nom"), by=curator, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        curators.rename(ThemeRenamed(theme_id=theme.id, label="Un nom"), by=rapporteur, operation_id=new_id())


def test_once_somebody_decided_a_second_look_only_proposes_and_what_is_refused_stays_away(
    gathering: Gathering, follower: Follower
) -> None:
    fill(gathering, 60)
    follower.step(gathering.id)
    curator, organiser = make_holder(gathering, "temoin"), make_holder(gathering, "organiser")
    first, second, *_ = displayed(gathering).themes
    never = FormingChosen(mode="never")
    curators.choose_forming(never, by=organiser, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        curators.choose_forming(never, by=curator, operation_id=new_id())
    # Two subjects in one theme: a second look has something to say.
    for note_id in second.note_ids:
        curators.place(NoteMoved(note_id=note_id, theme_id=first.id), by=curator, operation_id=new_id())
    for text in SENTENCES[60:90]:
        make_note(make_holder(gathering), text)
    follower.step(gathering.id)
    before = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    curators.answer(ReviewAsked(), by=curator, operation_id=new_id())
    follower.step(gathering.id)
    follower.step(gathering.id)
    assert journal.read(gathering.id)[-1].payload["reviewed"] is True
    after = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    assert all(after[note_id] == theme_id for note_id, theme_id in before.items() if theme_id)
    offered = displayed(gathering).proposals
    assert offered
    one = offered[0]
    themes = tuple(sorted({*one.origins, one.target} - {""}))
    no = ProposalRefused(proposal=one.id, what=one.what, note_ids=one.note_ids, theme_ids=themes)
    receipt = curators.answer(no, by=curator, operation_id=(refusing := new_id()))
    assert curators.answer(no, by=curator, operation_id=refusing).position == receipt.position
    curators.answer(ReviewAsked(), by=curator, operation_id=new_id())
    follower.step(gathering.id)
    follower.step(gathering.id)
    assert one.id not in {other.id for other in displayed(gathering).proposals}


def test_a_decision_over_another_s_that_was_not_read_is_refused_with_both(
    gathering: Gathering, follower: Follower
) -> None:
    fill(gathering, 40)
    follower.step(gathering.id)
    one, other = make_holder(gathering, "temoin"), make_holder(gathering, "temoin", device="d2")
    shown = displayed(gathering)
    theme = shown.themes[0].id
    first = ThemeRenamed(theme_id=theme, label="Le nom de l’une", read=shown.position)
    position = curators.rename(first, by=one, operation_id=new_id()).position
    late = ThemeRenamed(theme_id=theme, label="Le nom de l’autre", read=shown.position)
    with pytest.raises(DecidedMeanwhile) as refused:
        curators.rename(late, by=other, operation_id=new_id())
    assert (refused.value.data["label"], refused.value.data["position"]) == ("Le nom de l’une", position)
    curators.rename(replace(late, read=position), by=other, operation_id=new_id())
    curators.withdraw(ThemeDecisionWithdrawn(position=position + 1), by=one, operation_id=new_id())
    follower.step(gathering.id)
    assert next(one.label for one in displayed(gathering).themes if one.id == theme) == "Le nom de l’une"


def test_each_decision_has_its_refusal_and_its_replay_the_same_receipt(
    gathering: Gathering, follower: Follower
) -> None:
    ids = fill(gathering, 40)
    follower.step(gathering.id)
    by = make_holder(gathering, "temoin")
    first, second, *_ = (theme.id for theme in displayed(gathering).themes)
    some = displayed(gathering).themes[0].note_ids[:2]
    for verb, act in (
        (curators.place, ThemeSplit(theme_id=first, note_ids=some, label="À part")),
        (curators.place, ThemeFounded(note_ids=tuple(ids[:2]))),
        (curators.place, NoteMoved(note_id=ids[3], theme_id="")),
        (curators.place, NotePinned(note_id=ids[4], theme_id=second)),
        (curators.place, NotesKeptApart(note_ids=tuple(ids[5:7]))),
        (curators.merge, ThemesKeptApart(theme_ids=(first, second))),
        (curators.rename, ThemeValidated(theme_id=second, label="Un nom juste")),
        (curators.arrange, ThemeHidden(theme_id=second)),
        (curators.arrange, ThemesOrdered(theme_ids=(second, first))),
        (curators.arrange, ThemesHeld(theme_ids=(first,))),
        (curators.answer, ProposalPostponed(proposal="p1")),
    ):
        operation_id = new_id()
        done = verb(act, by=by, operation_id=operation_id)  # type: ignore[operator]
        assert verb(act, by=by, operation_id=operation_id) == replace(done, outcome="replayed")  # type: ignore[operator]
    follower.step(gathering.id)
    hidden = next(theme for theme in displayed(gathering).themes if theme.id == second)
    assert (hidden.hidden, hidden.rank, hidden.label, hidden.named_by) == (True, 1, "Un nom juste", "temoin")
    assert "À part" in {theme.label for theme in displayed(gathering).themes}
    assert ids[3] in displayed(gathering).tray
    curators.arrange(ThemeUnhidden(theme_id=second), by=by, operation_id=new_id())
    for verb, act in (
        (curators.place, ThemeSplit(theme_id=first, note_ids=())),
        (curators.place, NotesKeptApart(note_ids=(ids[0], ids[0]))),
        (curators.arrange, ThemesOrdered(theme_ids=())),
    ):
        with pytest.raises(NothingChosen):
            verb(act, by=by, operation_id=new_id())  # type: ignore[operator]
    with pytest.raises(NotFound):
        curators.place(NoteMoved(note_id="inconnue", theme_id=first), by=by, operation_id=new_id())
    with pytest.raises(NotFound):
        curators.withdraw(ThemeDecisionWithdrawn(position=1), by=by, operation_id=new_id())
