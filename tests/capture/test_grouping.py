"""Requests that arrive in the same moment: one transaction, and nobody pays for another's fault."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from capture import check, grouping, journal, notes
from capture.db import db
from capture.grouping import Performed
from capture.journal import Receipt
from capture.models import Gathering
from capture.performing import Asked
from capture.seats import Holder
from tests.factories import LIMIT, make_gathering, make_holder, new_id

MANY = 12


def written(text: str = "Une phrase.", *, note_id: str = "", kind: str = "lever") -> Asked:
    payload = {"note_id": note_id or new_id(), "session": "gouvernance", "kind": kind, "text": text}
    return Asked(id=new_id(), name="note.written", payload=payload)


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def commits() -> Iterator[list[int]]:
    heard: list[int] = []
    journal.AFTER_COMMIT.append(heard.append)
    yield heard
    journal.AFTER_COMMIT.remove(heard.append)


def send(app: Flask, batches: list[tuple[list[Asked], Holder]]) -> list[Performed | Exception]:
    """Send each batch from a thread of its own, all in the same moment."""
    found: list[Performed | Exception] = [RuntimeError()] * len(batches)
    together = threading.Barrier(len(batches))

    def one(index: int, batch: list[Asked], by: Holder) -> None:
        with app.app_context():
            together.wait()
            try:
                found[index] = grouping.perform_batch(batch, by=by, note_max=LIMIT)
            except IntegrityError as error:
                found[index] = error

    threads = [threading.Thread(target=one, args=(index, *each)) for index, each in enumerate(batches)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    db.session.rollback()
    return found


def test_batches_that_arrive_together_are_all_stored_once_and_in_their_own_order(
    app: Flask, gathering: Gathering
) -> None:
    holders = [make_holder(gathering, device=f"d{number}") for number in range(MANY)]
    batches = [([written(f"{number} a"), written(f"{number} b")], by) for number, by in enumerate(holders)]
    start = journal.head(gathering.id)
    db.session.remove()
    results = [one.results for one in send(app, batches) if isinstance(one, Performed)]
    positions = [one.position for pair in results for one in pair if isinstance(one, Receipt)]
    assert sorted(positions) == list(range(start + 1, start + 1 + 2 * MANY))
    assert all(first < second for first, second in zip(positions[::2], positions[1::2], strict=True))
    assert check.stored(gathering.id) == check.replayed(gathering.id)
    again = [one.results for one in send(app, batches) if isinstance(one, Performed)]
    assert [[(one.position, one.outcome) for one in pair] for pair in again] == [  # type: ignore[union-attr]
        [(one.position, "replayed") for one in pair]  # type: ignore[union-attr]
        for pair in results
    ]


def test_a_queue_that_filled_while_somebody_wrote_is_emptied_by_one_commit(
    app: Flask, gathering: Gathering, commits: list[int]
) -> None:
    by, queue = make_holder(gathering), grouping.Queue()
    requests = [grouping.Request([written(f"Phrase {number}.")], by, LIMIT) for number in range(3)]
    queue._waiting, commits[:] = requests[1:], []
    queue.perform(requests[0])
    assert commits == [gathering.id]
    assert all(one.performed and one.ready.is_set() for one in requests[1:])
    assert not queue._led


def test_one_refused_act_leaves_the_others_of_its_batch_and_of_its_group(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    batch = [written("Avant."), written(kind="inconnu"), written("Après.")]
    found = grouping.perform_batch(batch, by=by, note_max=LIMIT)
    assert [type(one).__name__ for one in found.results] == ["Receipt", "UnknownKind", "Receipt"]
    assert [note.wording.text for note in notes.every_note(gathering.id)] == ["Avant.", "Après."]
    assert found.head == journal.head(gathering.id)


def test_a_batch_that_breaks_fails_alone(app: Flask, gathering: Gathering) -> None:
    by, queue = make_holder(gathering), grouping.Queue()
    other = grouping.Request([written("Gardée.")], by, LIMIT)
    broken = grouping.Request([Asked(id=new_id(), name="note.written", payload=None)], by, LIMIT)  # type: ignore[arg-type]
    queue._waiting = [other]
    with pytest.raises(AttributeError):
        queue.perform(broken)
    assert other.performed is not None
    assert [note.wording.text for note in notes.every_note(gathering.id)] == ["Gardée."]
    assert not queue._led
