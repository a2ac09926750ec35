"""The short chaos runs of every test run; `make chaos` plays the long ones with the same code.

What breaks here: the network in ten ways, the web server and one worker by `kill -9`, PostgreSQL by a crash, the
follower by `kill -9`, tabs, cookies, tokens, clocks; see plan.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from capture import journal, notes
from capture.db import db
from capture.models import Entry, Gathering
from capture.operations import NoteEdited
from capture.seats import Holder
from tests.chaos import model, plan
from tests.chaos.device import Person
from tests.chaos.outbox import Outbox
from tests.chaos.run import play
from tests.chaos.screen import Screen, after, shown
from tests.conftest import make_app
from tests.factories import LIMIT, make_gathering, make_holder, make_note, new_id


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("engine", "seed", "follower"), [("sqlite", 11, True), ("postgresql", 12, False)])
def test_no_note_is_lost_or_doubled_whatever_breaks(engine: str, seed: int, follower: bool) -> None:
    played = play(seed, notes=120, engine=engine, follower=follower)
    assert played.broken == [], str(played)
    # A run in which nothing went wrong would prove nothing.
    for what in ("web_killed", "worker_killed", "offline", "workshop_closed", "answers lost", "replayed"):
        assert played.counted.get(what, 0) > 0, what
    for kind in ("answer_lost", "answer_cut", "request_cut", "refused", "doubled", "offline"):
        assert played.counted.get(f"connection {kind}", 0) > 0, kind


def test_a_seed_draws_the_same_plan_every_time() -> None:
    first, second = (plan.draw(5, notes=200, postgresql=True, follower=True) for _ in range(2))
    assert first == second
    assert first != plan.draw(6, notes=200, postgresql=True, follower=True)
    ways = [list(itertools.islice(plan.fates(5, "phone 1"), 50)) for _ in range(2)]
    assert ways[0] == ways[1]


def test_a_plan_of_no_note_or_one_is_a_plan() -> None:
    assert plan.draw(1, notes=0).steps == ()
    assert [step.what for step in plan.draw(1, notes=1).steps if step.what == "write"] == ["write"]


def test_every_text_of_a_plan_is_different_so_that_a_double_cannot_hide() -> None:
    texts = [step.text for step in plan.draw(5, notes=500).steps if step.what in {"write", "edit", "edit_seen"}]
    assert len(texts) == len(set(texts))


class Page:
    """A phone of which only its memory is asked: what was typed, what was received, what still waits."""

    def __init__(self, file: Path) -> None:
        self.person, self.outbox = Person(), Outbox(file)


def typed(page: Page, by: Holder, words: str) -> str:
    """A note that was typed, stored and received, as its writer remembers it."""
    note_id = make_note(by, words)
    entry = journal.read(by.gathering_id)[-1]
    page.person.typed[entry.operation_id] = (note_id, words)
    page.person.received[entry.operation_id] = entry.position
    return note_id


def screen_of(gathering_id: int) -> Screen:
    screen = Screen(None, "rencontre", None, str)  # type: ignore[arg-type]  # it asks nothing here
    for entry in journal.read(gathering_id):
        after(screen.board, {"position": entry.position, "name": entry.name, "payload": entry.payload})
    return screen


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Flask, Callable[[], list[str]], Page, Holder]]:
    app = make_app(tmp_path)
    with app.app_context():
        gathering_id = make_gathering().id
        by = make_holder(db.session.get_one(Gathering, gathering_id))
        page = Page(tmp_path / "phone.jsonl")
        typed(page, by, "Une première phrase.")
        typed(page, by, "Une seconde phrase.")
        screen = screen_of(gathering_id)

    def judge() -> list[str]:
        with app.app_context():
            return model.broken(gathering_id, [page], [screen])  # type: ignore[list-item]  # see Page

    yield app, judge, page, by
    page.outbox.close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_model_finds_nothing_when_nothing_is_wrong(
    room: tuple[Flask, Callable[[], list[str]], Page, Holder],
) -> None:
    assert room[1]() == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("DELETE FROM journal WHERE position = 4", "gap"),
        ("DELETE FROM journal WHERE position = 4", "was received at 4; the journal has it at None"),
        ("DELETE FROM journal WHERE position = 4", "LOST: 'Une seconde phrase.'"),
        ("DELETE FROM note WHERE position = 4", "the table of notes"),
        ("DELETE FROM note WHERE position = 4", "the tables are not what the journal says"),
        ("DELETE FROM note WHERE position = 4", "screen 0"),
        ("UPDATE note SET text = 'Autre.' WHERE position = 4", "OVERWRITTEN: 'Une seconde phrase.'"),
        ("UPDATE note SET text = 'Autre.' WHERE position = 4", "screen 0 (all, stream) shows"),
        ("UPDATE journal SET payload = replace(payload, 'seconde', 'deuxième')", "typed was 'Une seconde phrase.'"),
        ("UPDATE journal SET operation_id = 'x' WHERE position = 4", "x was typed by nobody"),
    ],
)
def test_the_model_sees_a_harm_that_was_done(
    room: tuple[Flask, Callable[[], list[str]], Page, Holder], harm: str, said: str
) -> None:
    app, judge, _page, _by = room
    with app.app_context():
        db.session.execute(text(harm))
        db.session.commit()
    assert [one for one in judge() if said in one], judge()


def test_the_model_sees_a_note_stored_twice(room: tuple[Flask, Callable[[], list[str]], Page, Holder]) -> None:
    app, judge, page, by = room
    with app.app_context():
        typed(page, by, "Une seconde phrase.")
    assert "DOUBLED text: 'Une seconde phrase.'" in judge()


def test_the_model_sees_a_phone_that_keeps_waiting(room: tuple[Flask, Callable[[], list[str]], Page, Holder]) -> None:
    _app, judge, page, _by = room
    page.outbox.add("x", "note.written", {"note_id": "n", "text": "Reste ici."}, 0)
    assert judge() == ["1 rows still wait on a phone whose network is back"]


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
