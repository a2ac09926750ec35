"""The short chaos runs of every test run; `make chaos` plays the long ones with the same code.

What breaks is listed in faults.py; a run in which one of its faults never struck fails.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from capture import journal, notes
from capture.db import db
from capture.models import Entry, Gathering
from capture.operations import NoteEdited
from tests.chaos import faults, plan
from tests.chaos.outbox import Outbox
from tests.chaos.run import Asked, play
from tests.chaos.screen import Screen, after, shown
from tests.conftest import make_app
from tests.factories import LIMIT, make_gathering, make_holder, make_note, new_id


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("engine", "seed", "follower"), [("sqlite", 11, True), ("postgresql", 12, False)])
def test_no_note_is_lost_or_doubled_whatever_breaks(engine: str, seed: int, follower: bool) -> None:
    played = play(Asked(seed=seed, notes=120, engine=engine, follower=follower))
    assert played.broken == [], str(played)
    assert played.counted["replayed"] > 0


def test_a_seed_draws_the_same_plan_every_time() -> None:
    first, second = (plan.draw(5, notes=200, postgresql=True, follower=True) for _ in range(2))
    assert first == second
    assert first != plan.draw(6, notes=200, postgresql=True, follower=True)
    ways = [list(itertools.islice(plan.fates(5, "phone 1", 1), 50)) for _ in range(2)]
    assert ways[0] == ways[1]
    walks = [list(itertools.islice(plan.walk(5, 1), 50)) for _ in range(2)]
    assert walks[0] == walks[1]


def test_a_plan_draws_every_fault_at_least_once() -> None:
    steps = {step.what for step in plan.draw(5, notes=100, postgresql=True, follower=True).steps}
    ways = {fate.kind for number in range(10) for fate in itertools.islice(plan.fates(5, "phone", number), 2)}
    walks = {f"browser_{act}" for act in itertools.islice(plan.walk(5, 0), len(plan.ACTS))}
    always = {"clock_wrong", "browser_clock_wrong", "browser_worker_updated"}
    assert {fault.name for fault in faults.FAULTS} - steps - ways - walks == always


def test_a_fault_that_never_struck_fails_its_run() -> None:
    planned = faults.planned(postgresql=False, follower=False, browsers=False)
    counted = {fault.proof or fault.name: 1 for fault in planned}
    assert faults.missing(planned, counted) == []
    assert faults.missing(planned, {**counted, "web_killed": 0}) == ["the fault web_killed never struck"]
    assert "database_restarted" not in faults.strikes(planned, counted)


def test_a_plan_of_no_note_or_one_is_a_plan() -> None:
    assert plan.draw(1, notes=0).steps == ()
    assert [step.what for step in plan.draw(1, notes=1).steps if step.what == "write"] == ["write"]


def test_every_text_of_a_plan_is_different_so_that_a_double_cannot_hide() -> None:
    texts = [step.text for step in plan.draw(5, notes=500).steps if step.what in {"write", "edit", "edit_seen"}]
    assert len(texts) == len(set(texts))


def screen_of(gathering_id: int) -> Screen:
    screen = Screen(None, "rencontre", None, str)  # type: ignore[arg-type]  # it asks nothing here
    for entry in journal.read(gathering_id):
        after(screen.board, {"position": entry.position, "name": entry.name, "payload": entry.payload})
    return screen


def test_a_screen_folds_the_journal_as_the_server_does(tmp_path: Path) -> None:
    with make_app(tmp_path).app_context():
        gathering_id = make_gathering().id
        by = make_holder(db.session.get_one(Gathering, gathering_id))
        note_id = make_note(by, "Avant.")
        for words in ("Après.", "À part."):
            act = NoteEdited(note_id=note_id, base=3, text=words, kind="lever")
            notes.edit(act, by=by, operation_id=new_id(), limit=LIMIT)
        board = screen_of(gathering_id).board
        assert shown(board[note_id])["text"] == "Après."
        assert shown(board[note_id])["rivals"] == [(5, "lever", "À part.")]
        assert db.session.query(Entry).count() == 5
        db.session.remove()
        db.engine.dispose()


def test_an_outbox_is_read_back_as_it_was_left(tmp_path: Path) -> None:
    file = tmp_path / "phone.jsonl"
    outbox = Outbox(file)
    first = outbox.add("a", "note.written", {"note_id": "n", "text": "Un\u00a0mot."}, 1)
    outbox.add("b", "note.edited", {"note_id": "n", "text": "Deux mots.", "kind": "lever", "base": 0}, 2, after="a")
    assert [row.id for row in outbox.next_batch(50)] == ["a"]
    outbox.receive(first, 7)
    # The tab is killed here: nothing is closed.
    again = Outbox(file)
    assert [(row.id, row.after, row.payload["base"]) for row in again.waiting()] == [("b", None, 7)]
    again.refuse(again.waiting()[0], "note.removed")
    last = Outbox(file)
    assert [(row.id, row.refusal) for row in last.refused()] == [("b", "note.removed")]
    for one in (outbox, again, last):
        one.close()


def test_a_late_answer_to_an_act_that_was_worded_again_leaves_the_new_wording(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "phone.jsonl")
    old = outbox.add("a", "note.written", {"note_id": "n", "text": "Avant."}, 1)
    kept, _ = outbox.refuse(old, "workshop.closed")
    assert kept is not None
    outbox.replace(kept, "b", "note.written", {"note_id": "n", "text": "Après."})
    outbox.receive(old, 7)
    assert outbox.refuse(old, "workshop.closed") == (None, [])
    assert [(row.id, row.payload["text"]) for row in outbox.waiting()] == [("b", "Après.")]
    outbox.close()


def test_a_refusal_heard_twice_keeps_the_words_that_the_first_folded_in(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "phone.jsonl")
    old = outbox.add("a", "note.written", {"note_id": "n", "session": "s", "kind": "lever", "text": "Avant."}, 1)
    outbox.add("b", "note.edited", {"note_id": "n", "text": "Après.", "kind": "lever", "base": 0}, 2, after="a")
    for _ in range(2):
        kept, _gone = outbox.refuse(old, "workshop.closed")
        assert kept is not None
        assert kept.payload["text"] == "Après."
    # And if its first copy was stored after all, what it became goes as an edit of its own.
    renamed = outbox.renamed(old, "c")
    assert renamed is not None
    assert (renamed.name, renamed.payload["text"], renamed.payload["base"]) == ("note.edited", "Après.", 0)
    assert outbox.renamed(old, "d") is None
    outbox.close()


def test_words_typed_after_a_refusal_outlive_a_late_receipt_for_those_before(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "phone.jsonl")
    old = outbox.add("a", "note.written", {"note_id": "n", "session": "s", "text": "Avant."}, 1)
    outbox.add("b", "note.edited", {"note_id": "n", "text": "Après.", "kind": "lever", "base": 0}, 2, after="a")
    outbox.refuse(old, "workshop.closed")
    later = outbox.receive(old, 7, lambda: "c")
    assert later is not None
    words = {"note_id": "n", "text": "Après.", "kind": "lever", "base": 7}
    assert (later.id, later.name, later.payload, later.refusal) == ("c", "note.edited", words, "workshop.closed")
    outbox.again(later)
    assert [row.id for row in outbox.waiting()] == ["c"]
    outbox.close()
