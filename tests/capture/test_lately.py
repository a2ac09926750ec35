"""What was read a moment ago: kept for a moment, and never past a change."""

from __future__ import annotations

from itertools import count

from flask import Flask

from capture import seats
from capture.lately import MOST, SECONDS, Lately, lately
from capture.operations import SeatRevokedByOrganiser
from tests.factories import make_gathering, make_holder, make_note, new_id


def test_a_fact_is_read_once_in_a_moment_and_again_after_it() -> None:
    moment, reads = [0.0], count(1)
    memory = Lately(clock=lambda: moment[0])
    assert [memory.recall("one", lambda: next(reads)) for _ in range(3)] == [1, 1, 1]
    assert memory.recall("another", lambda: next(reads)) == 2
    moment[0] = SECONDS
    assert memory.recall("one", lambda: next(reads)) == 3


def test_what_is_read_while_it_changes_is_not_kept() -> None:
    memory = Lately()

    def read() -> str:
        memory.forget()
        return "old"

    assert memory.recall("seat", read) == "old"
    assert memory.recall("seat", lambda: "new") == "new"


def test_what_cannot_be_read_is_asked_again() -> None:
    memory = Lately()
    for _ in range(2):
        try:
            memory.recall("seat", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
    assert memory.recall("seat", lambda: 1) == 1


def test_it_does_not_grow_for_ever() -> None:
    memory = Lately(clock=lambda: 0.0)
    for number in range(MOST + 1):
        memory.recall(number, lambda: 1)
    reads = count(1)
    assert memory.recall(0, lambda: next(reads)) == 1
    assert next(reads) == 2


def test_a_closed_link_opens_nothing_from_the_commit_on(app: Flask) -> None:
    gathering = make_gathering()
    organiser, rapporteur = make_holder(gathering, "organiser"), make_holder(gathering)
    assert seats.take("rencontre", rapporteur.seat_id, device="d1") == rapporteur
    act = SeatRevokedByOrganiser(seat_id=rapporteur.seat_id)
    seats.revoke(act, by=organiser, operation_id=new_id())
    (found,) = seats.take_all("rencontre", [rapporteur.seat_id], device="d")
    assert type(found).__name__ == "SeatRevoked"


def test_a_note_is_no_reason_to_look_at_the_seats_again(app: Flask) -> None:
    rapporteur = make_holder(make_gathering())
    lately("journal").recall("place", lambda: 1)
    lately("seats").recall("seat", lambda: 1)
    make_note(rapporteur)
    assert lately("journal").recall("place", lambda: 2) == 2
    assert lately("seats").recall("seat", lambda: 2) == 1
