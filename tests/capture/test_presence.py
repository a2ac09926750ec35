"""What devices say of themselves, counted by hand, and through the door and the board."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from capture import presence, seats
from capture.presence import FORGOTTEN_MS, MOST, SILENCE_MS, Devices, Presence, Report
from tests.factories import make_gathering, make_holder

DOOR = "/api/v1/rencontre/presence?workshop=gouvernance"


def said(held: int, at: int, *, left: bool = False, workshop: str = "gouvernance") -> Report:
    return Report(workshop=workshop, held=held, at=at, left=left)


def test_nobody_was_heard_in_an_empty_morning() -> None:
    assert Presence().room(1, "gouvernance", now=0) == Devices()


def test_a_device_is_counted_once_by_its_last_word() -> None:
    memory = Presence()
    memory.hear(1, "a", said(4, 0))
    memory.hear(1, "a", said(1, 1_000))
    memory.hear(1, "b", said(2, 1_000))
    memory.hear(1, "c", said(9, 1_000, workshop="mobilites"))
    assert memory.room(1, "gouvernance", now=2_000) == Devices(online=2, held=3)
    assert memory.room(2, "gouvernance", now=2_000) == Devices()


def test_a_silent_device_is_off_line_and_its_notes_are_still_expected() -> None:
    memory = Presence()
    memory.hear(1, "a", said(3, 0))
    assert memory.room(1, "gouvernance", now=SILENCE_MS) == Devices(offline=1, held=3)
    assert memory.room(1, "gouvernance", now=FORGOTTEN_MS) == Devices()


def test_a_device_that_follows_is_on_line_before_it_speaks_and_one_that_fell_silent_is_not() -> None:
    assert Devices().with_streams(3) == Devices(online=3)
    # Its connection is dead and nobody has noticed yet: its stream does not make it on line.
    assert Devices(online=2, offline=1, held=4).with_streams(3) == Devices(online=2, offline=1, held=4)
    # Where the network keeps streams, pages ask now and then instead.
    assert Devices(online=2).with_streams(0) == Devices(online=2)


def test_a_page_that_closes_is_forgotten_unless_it_still_holds_notes() -> None:
    memory = Presence()
    memory.hear(1, "a", said(0, 0))
    memory.hear(1, "a", said(0, 1, left=True))
    assert memory.room(1, "gouvernance", now=2) == Devices()
    memory.hear(1, "b", said(2, 1, left=True))
    assert memory.room(1, "gouvernance", now=2) == Devices(offline=1, held=2)


def test_memory_does_not_grow_for_ever() -> None:
    memory = Presence()
    for number in range(MOST + 3):
        memory.hear(1, str(number), said(1, number))
    assert memory.room(1, "gouvernance", now=MOST) == Devices(online=MOST, held=MOST)


@pytest.fixture
def rapporteur(app: Flask) -> FlaskClient:
    gathering = make_gathering()
    return sit(app, make_holder(gathering).seat_id)


def sit(app: Flask, seat_id: str) -> FlaskClient:
    client = app.test_client()
    client.get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], seat_id)}")
    return client


def tell(client: FlaskClient, body: object) -> int:
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    return client.post(DOOR, json=body, headers={"X-CSRFToken": csrf}).status_code


def test_the_board_shows_devices_off_line_and_notes_announced(app: Flask, rapporteur: FlaskClient) -> None:
    assert tell(rapporteur, {"held": 3, "leaving": True}) == 200
    gathering = seats.access_gathering("rencontre")
    organiser = sit(app, make_holder(gathering, "organiser").seat_id)
    board = organiser.get("/rencontre/organisation").get_data(as_text=True)
    assert '3 annoncées<span class="spoken">, pas encore reçues</span>' in board
    assert "1 hors ligne" in board
    assert tell(rapporteur, {"held": 0, "leaving": False}) == 200
    board = organiser.get("/rencontre/organisation").get_data(as_text=True)
    assert "annoncée" not in board
    assert "hors ligne" not in board


@pytest.mark.parametrize(
    "body", [{}, {"held": -1, "leaving": False}, {"held": "3", "leaving": False}, [], {"held": 1}]
)
def test_what_is_no_report_is_refused(rapporteur: FlaskClient, body: object) -> None:
    assert tell(rapporteur, body) == 400


def test_a_device_reports_only_for_its_own_workshop(app: Flask, rapporteur: FlaskClient) -> None:
    csrf = rapporteur.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    door = "/api/v1/rencontre/presence?workshop=mobilites"
    answer = rapporteur.post(door, json={"held": 1, "leaving": False}, headers={"X-CSRFToken": csrf})
    assert answer.status_code == 403
    with app.app_context():
        gathering = seats.access_gathering("rencontre")
        assert presence.memory().room(gathering.id, "mobilites", now=0) == Devices()
