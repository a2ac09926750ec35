"""The model itself is tried: each harm, done on purpose, must be seen, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from capture import journal
from capture.db import db
from capture.models import Gathering
from capture.seats import Holder
from tests.chaos import browsed, model
from tests.chaos.browsed import Seen
from tests.chaos.outbox import Outbox
from tests.chaos.person import Person
from tests.chaos.test_short import screen_of
from tests.conftest import make_app
from tests.factories import make_gathering, make_holder, make_note


class Page:
    """A phone of which only its memory is asked: what was typed, what was received, what still waits."""

    def __init__(self, file: Path) -> None:
        self.person, self.outbox, self.last_try = Person(), Outbox(file), "none"


def typed(page: Page, by: Holder, words: str) -> str:
    """A note that was typed, stored and received, as its writer remembers it."""
    note_id = make_note(by, words)
    entry = journal.read(by.gathering_id)[-1]
    page.person.typed[entry.operation_id] = (note_id, words)
    page.person.received[entry.operation_id] = entry.position
    return note_id


Room = tuple[Flask, Callable[[], list[str]], Page, Holder]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
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
    room: Room,
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
        ("UPDATE journal SET position = 9 WHERE position = 4", "was received at 4; the journal has it at 9"),
        ("UPDATE gathering SET journal_head = 5", "gap before 5"),
    ],
)
def test_the_model_sees_a_harm_that_was_done(room: Room, harm: str, said: str) -> None:
    app, judge, _page, _by = room
    with app.app_context():
        db.session.execute(text(harm))
        db.session.commit()
    assert [one for one in judge() if said in one], judge()


def test_the_model_sees_a_note_stored_twice(room: Room) -> None:
    app, judge, page, by = room
    with app.app_context():
        typed(page, by, "Une seconde phrase.")
    assert "DOUBLED text: 'Une seconde phrase.'" in judge()


def test_the_model_sees_a_phone_that_keeps_waiting(room: Room) -> None:
    _app, judge, page, _by = room
    page.outbox.add("x", "note.written", {"note_id": "n", "text": "Reste ici."}, 0)
    assert judge() == ["1 rows still wait on a phone whose network is back (last try: none)"]


@pytest.fixture
def reworded(room: Room) -> tuple[Flask, Callable[[], list[str]], Person]:
    """A note that was refused, reworded twice by its writer, then stored under its first id with its last words."""
    app, judge, page, _by = room
    with app.app_context():
        entry = journal.read(1)[-1]
        identifier, note_id = entry.operation_id, entry.payload["note_id"]
    person = page.person
    person.typed |= {"second": (note_id, "Deuxième jet."), "third": (note_id, "Une seconde phrase.")}
    person.typed[identifier] = (note_id, "Premier jet.")
    person.folded[identifier] = (note_id, "Une seconde phrase.")
    person.heirs |= {"second": identifier, "third": identifier}
    return app, judge, person


def test_the_model_takes_the_last_words_of_a_note_that_was_refused_and_reworded(
    reworded: tuple[Flask, Callable[[], list[str]], Person],
) -> None:
    assert reworded[1]() == []


def test_the_model_does_not_take_older_words_for_the_last_ones(
    reworded: tuple[Flask, Callable[[], list[str]], Person],
) -> None:
    app, judge, _person = reworded
    with app.app_context():
        db.session.execute(text("UPDATE journal SET payload = replace(payload, 'Une seconde phrase', 'Deuxième jet')"))
        db.session.commit()
    assert [one for one in judge() if "is stored as" in one and "typed was 'Une seconde phrase.'" in one]


def test_the_model_sees_last_words_that_are_nowhere(
    reworded: tuple[Flask, Callable[[], list[str]], Person],
) -> None:
    app, judge, _person = reworded
    with app.app_context():
        db.session.execute(text("UPDATE journal SET payload = replace(payload, 'Une seconde phrase', 'Premier jet')"))
        db.session.commit()
    assert "LOST: 'Une seconde phrase.'" in judge()


def test_the_model_takes_a_note_away_only_with_its_writers_hand(room: Room) -> None:
    _app, judge, page, _by = room
    person = page.person
    for identifier, turns in (("kept", []), ("deleted", ["removed"]), ("back", ["removed", "restored"])):
        person.acted(identifier, "note.written", {"note_id": identifier, "text": identifier})
        for turn in turns:
            person.acted(f"{identifier} {turn}", f"note.{turn}", {"note_id": identifier})
        person.left(identifier, "")
    assert judge() == ["LOST: 'kept'", "LOST: 'back'"]
    # What its writer did only after it had gone excuses nothing.
    person.acted("late", "note.removed", {"note_id": "kept"})
    assert "LOST: 'kept'" in judge()


def test_the_model_sees_words_whose_place_was_taken_by_none(room: Room) -> None:
    _app, judge, page, _by = room
    page.person.typed["gone"] = ("n", "Remplacée.")
    page.person.left("gone", "nowhere")
    assert judge() == ["LOST: 'Remplacée.'"]


def test_the_model_sees_a_screen_that_misses_a_note_and_one_that_was_told_twice(room: Room) -> None:
    app, judge, _page, by = room
    with app.app_context():
        screen = screen_of(by.gathering_id)
    screen.board.popitem()
    screen.out_of_order = 1
    with app.app_context():
        found = list(model.screens_astray(by.gathering_id, [screen]))
    assert [one.split(";")[0] for one in found] == [
        "screen 0 (all, stream) shows None",
        "screen 0 (all, stream) was sent 1 operations it had",
    ]
    assert judge() == []


WHOLE = Seen("browser 0", typed=("Un.", "Deux."), received=frozenset({"Un.", "Deux."}), shown=("Un.", "Deux."))


@pytest.mark.parametrize(
    ("stored", "seen", "said"),
    [
        (["Un.", "Deux."], WHOLE, []),
        (["Un.", "Deux."], replace(WHOLE, begun=frozenset({"Tuée en tapant."})), []),
        (["Un.", "Deux.", "Deux."], WHOLE, ["DOUBLED by browser 0: 'Deux.'"]),
        (
            ["Un.", "Deux.", "Dit.", "Dit."],
            replace(WHOLE, begun=frozenset({"Dit."})),
            ["DOUBLED by browser 0: 'Dit.'"],
        ),
        (["Un."], replace(WHOLE, received=frozenset({"Un."})), ["LOST by browser 0: 'Deux.'"]),
        (["Un.", "Deux"], replace(WHOLE, received=frozenset()), ["LOST by browser 0: 'Deux.'"]),
        (
            ["Un."],
            replace(WHOLE, kept=("Deux.",)),
            [
                "browser 0 showed as received what is not stored: 'Deux.'",
                "1 notes still wait in browser 0, whose network is back",
            ],
        ),
        (["Un.", "Deux."], replace(WHOLE, shown=("Un.",)), ["browser 0 misses ['Deux.'] and shows [] too many"]),
        (
            ["Un.", "Deux."],
            replace(WHOLE, shown=("Un.", "Deux.", "Deux.")),
            ["browser 0 misses [] and shows ['Deux.'] too many"],
        ),
    ],
)
def test_the_model_of_browsers_sees_each_harm_and_nothing_else(stored: list[str], seen: Seen, said: list[str]) -> None:
    assert browsed.broken(stored, ["Un.", "Deux."], [seen]) == said
