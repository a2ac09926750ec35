from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from capture import check, journal, notes, schedule, seats
from capture.db import db
from capture.errors import NotFound, OperationReused, UnknownKind
from capture.operations import (
    ActorPlan,
    ActorsListed,
    NoteEdited,
    NoteErased,
    NoteRemovedByHand,
    NoteRestored,
    NoteSettled,
    NoteWritten,
    ReportFinalised,
    SeatRevokedByOrganiser,
    SessionClosed,
    SessionOpened,
)
from capture.together import together
from tests.factories import LIMIT, make_gathering, make_holder, make_note, new_id, write


def assert_replays(gathering_id: int) -> None:
    """Fetched fresh must equal the fold of the journal."""
    assert check.stored(gathering_id) == check.replayed(gathering_id)


def test_positions_are_gapless_and_start_at_one(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    for _ in range(3):
        make_note(by)
    positions = [entry.position for entry in journal.read(gathering.id)]
    assert positions == [1, 2, 3, 4, 5]
    assert journal.head(gathering.id) == 5


def test_an_operation_sent_twice_is_stored_once_and_answered_alike(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    act = NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text="Une phrase.")
    operation_id = new_id()
    first = write(act, by, operation_id)
    second = write(act, by, operation_id)
    assert (first.outcome, second.outcome) == ("done", "replayed")
    assert first.position == second.position == journal.head(gathering.id)
    assert len(notes.every_note(gathering.id)) == 1


def test_an_id_used_for_another_note_is_refused_and_nothing_is_stored(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    operation_id = new_id()
    write(NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text="Une."), by, operation_id)
    head = journal.head(gathering.id)
    with pytest.raises(OperationReused):
        write(NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text="Deux."), by, operation_id)
    assert journal.head(gathering.id) == head


def test_a_refused_act_takes_no_position(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    head = journal.head(gathering.id)
    with pytest.raises(NotFound):
        notes.turn(NoteRemovedByHand(note_id=new_id()), by=by, operation_id=new_id())
    assert journal.head(gathering.id) == head


def test_a_gathering_that_does_not_exist_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        journal.append(SessionOpened(key="x"), gathering_id=99, operation_id=new_id())


def test_many_writers_at_once_leave_no_gap_and_lose_nothing(app: Flask) -> None:
    gathering = make_gathering()
    by = make_holder(gathering)
    gathering_id, before = gathering.id, journal.head(gathering.id)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        with app.app_context():
            try:
                for index in range(5):
                    make_note(by, f"Note {number}-{index}")
            except BaseException as failure:  # noqa: BLE001 - reported below, in the test's own thread
                failures.append(failure)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    db.session.rollback()
    positions = [entry.position for entry in journal.read(gathering_id)]
    assert positions == list(range(1, before + 81))
    assert len({note.wording.text for note in notes.every_note(gathering_id)}) == 80


def test_every_act_leaves_the_tables_equal_to_the_journal(app: Flask) -> None:
    gathering = make_gathering()
    organiser = make_holder(gathering, "organiser")
    by, other = make_holder(gathering), make_holder(gathering, device="d2")
    note_id = make_note(by)
    base = notes.every_note(gathering.id)[0].wording.revision

    def edit(who: seats.Holder, text: str) -> journal.Receipt:
        act = NoteEdited(note_id=note_id, base=base, text=text, kind="obstacle", actors=("CNFPT",))
        return notes.edit(act, by=who, operation_id=new_id(), limit=LIMIT)

    steps = [
        lambda: edit(by, "Une autre version."),
        lambda: edit(other, "Une version écrite à part."),
        lambda: notes.turn(
            NoteSettled(note_id=note_id, revision=journal.head(gathering.id)), by=by, operation_id=new_id()
        ),
        lambda: notes.turn(NoteRemovedByHand(note_id=note_id), by=by, operation_id=new_id()),
        lambda: notes.turn(NoteRestored(note_id=note_id), by=by, operation_id=new_id()),
        lambda: schedule.turn(SessionClosed(key="gouvernance"), by=organiser, operation_id=new_id()),
        lambda: schedule.turn(SessionOpened(key="gouvernance"), by=organiser, operation_id=new_id()),
        lambda: schedule.list_actors(
            ActorsListed(actors=(ActorPlan(name="Centre social", aliases=("CS",)),)),
            by=organiser,
            operation_id=new_id(),
        ),
        lambda: schedule.sign_report(
            ReportFinalised(position=3, validated_by="Le Carrefour"), by=organiser, operation_id=new_id()
        ),
        lambda: seats.revoke(SeatRevokedByOrganiser(seat_id=other.seat_id), by=organiser, operation_id=new_id()),
        lambda: notes.erase(NoteErased(note_id=note_id), by=organiser, operation_id=new_id()),
    ]
    for step in steps:
        step()
        assert_replays(gathering.id)


def test_an_erased_note_leaves_no_word_in_the_journal_and_its_position_stays(app: Flask) -> None:
    gathering = make_gathering()
    organiser, by = make_holder(gathering, "organiser"), make_holder(gathering)
    note_id = make_note(by, "Un secret dit trop vite.")
    head = journal.head(gathering.id)
    notes.erase(NoteErased(note_id=note_id, reason="à la demande"), by=organiser, operation_id=new_id())
    entries = journal.read(gathering.id)
    assert [entry.position for entry in entries] == list(range(1, head + 2))
    assert "secret" not in repr([entry.payload for entry in entries])
    assert notes.every_note(gathering.id) == []


@pytest.mark.parametrize("changed", [{"kind": "obstacle"}, {"actors": ("Région",)}, {"territories": ("Loos",)}])
def test_a_note_sent_again_with_another_kind_or_mark_is_not_said_to_be_received(app: Flask, changed: Any) -> None:
    by = make_holder(make_gathering())
    act = NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text="Une phrase.")
    operation_id = new_id()
    write(act, by, operation_id)
    with pytest.raises(OperationReused):
        write(replace(act, **changed), by, operation_id)


def test_an_edit_sent_again_with_a_base_that_is_known_better_is_the_same_act(app: Flask) -> None:
    by = make_holder(make_gathering())
    note_id, operation_id = make_note(by), new_id()
    act = NoteEdited(note_id=note_id, base=0, kind="lever", text="Mieux.")
    for base in (0, 1):
        receipt = notes.edit(replace(act, base=base), by=by, operation_id=operation_id, limit=LIMIT)
    assert receipt.outcome == "replayed"


def test_a_device_that_replays_an_erased_note_gets_its_receipt_and_the_words_stay_gone(app: Flask) -> None:
    gathering = make_gathering()
    organiser, by = make_holder(gathering, "organiser"), make_holder(gathering)
    act = NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text="Un secret dit trop vite.")
    operation_id = new_id()
    write(act, by, operation_id)
    notes.erase(NoteErased(note_id=act.note_id), by=organiser, operation_id=new_id())
    assert write(act, by, operation_id).outcome == "replayed"
    assert notes.every_note(gathering.id) == []


def test_acts_done_together_are_one_run_of_positions_and_one_commit(app: Flask) -> None:
    gathering = make_gathering()
    by, commits = make_holder(gathering), []
    journal.AFTER_COMMIT.append(commits.append)
    start, ids = journal.head(gathering.id), [new_id() for _ in range(3)]
    acts = [NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text=f"Phrase {n}.") for n in range(3)]
    with together(gathering.id, ids):
        first = [write(act, by, one) for act, one in zip(acts, ids, strict=True)]
        assert commits == []
    assert commits == [gathering.id]
    journal.AFTER_COMMIT.remove(commits.append)
    with together(gathering.id, ids):
        again = [write(act, by, one) for act, one in zip(acts, ids, strict=True)]
    assert [one.position for one in first] == [start + 1, start + 2, start + 3]
    assert [(one.position, one.outcome) for one in again] == [(one.position, "replayed") for one in first]
    assert journal.head(gathering.id) == start + 3


def test_an_act_refused_among_others_stores_nothing_and_leaves_them(app: Flask) -> None:
    gathering = make_gathering()
    by, start, note_id, ids = make_holder(gathering), journal.head(gathering.id), new_id(), [new_id() for _ in "abcd"]
    wrong = NoteWritten(note_id=new_id(), session="gouvernance", kind="inconnu", text="Une phrase.")
    twice = NoteWritten(note_id=note_id, session="gouvernance", kind="lever", text="Une autre.")
    with together(gathering.id, ids):
        with pytest.raises(UnknownKind):
            write(wrong, by, ids[0])
        make_note_at = write(
            NoteWritten(note_id=note_id, session="gouvernance", kind="lever", text="Avant."), by, ids[1]
        ).position
        with pytest.raises(OperationReused):
            write(twice, by, ids[2])
        act = NoteEdited(note_id=note_id, base=make_note_at, text="Après.", kind="lever")
        notes.edit(act, by=by, operation_id=ids[3], limit=LIMIT)
    assert [entry.position for entry in journal.read(gathering.id, after=start)] == [start + 1, start + 2]
    assert [note.wording.text for note in notes.every_note(gathering.id)] == ["Après."]
    assert notes.every_note(gathering.id)[0].rivals == ()


def test_acts_done_together_are_all_lost_when_the_block_fails(app: Flask) -> None:
    gathering = make_gathering()
    by, start = make_holder(gathering), journal.head(gathering.id)
    act = NoteWritten(note_id=new_id(), session="gouvernance", kind="lever", text="Une phrase.")

    def fail() -> None:
        with together(gathering.id, ["a"]):
            write(act, by, "a")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert journal.head(gathering.id) == start
    assert notes.every_note(gathering.id) == []
    assert write(act, by, "a").position == start + 1
