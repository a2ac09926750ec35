"""An hour of a rapporteur's phone weighs less than a megabyte, by streams and by polling; counted, not timed.

Every byte of HTTP is counted, headers included, as a phone's browser sends them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bench.load.people import statement
from bench.load.scenes import Weight
from bench.load.wire import request
from capture import journal, sending
from capture.db import db
from capture.models import Gathering
from tests.capture.test_api import sit, written
from tests.factories import make_gathering, make_holder

MEGABYTE = 1_000_000

NOTES, COLLEAGUES = 60, 3
"""Notes an hour of each, and phones in the room: three times what the demonstration's rooms wrote."""

POLLS = 3_600 / 4
"""Where the network keeps streams, a page asks every four seconds."""

FRAMING = 12


class Phone:
    """A browser whose bytes are counted, both ways."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client
        cookie = client.get_cookie("session")
        assert cookie is not None
        self._cookie = cookie.value
        self.csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]

    def weigh(self, method: str, path: str, body: Any = None) -> int:
        """Return the bytes of a request and its answer."""
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        address = f"/api/v1/rencontre/{path}"
        asked = request(method, address, cookie=self._cookie, csrf=self.csrf if data else "", body=data)
        headers = {"X-CSRFToken": self.csrf, "Accept-Encoding": "gzip"}
        answer = self._client.open(address, method=method, headers=headers, json=body)
        assert answer.status_code == 200
        return len(asked) + len(str(answer.headers)) + len("HTTP/1.1 200 OK\r\n") + len(answer.data)


@pytest.fixture
def phone(app: Flask) -> Phone:
    gathering = make_gathering()
    return Phone(sit(app, make_holder(db.session.get_one(Gathering, gathering.id))))


def test_an_hour_of_a_phone_that_follows_weighs_less_than_a_megabyte(phone: Phone) -> None:
    note = phone.weigh("POST", "operations?workshop=gouvernance", {"operations": [written(statement(1))]})
    told = phone.weigh("POST", "presence?workshop=gouvernance", {"held": 0, "leaving": False})
    db.session.rollback()
    (event,) = sending.read(1, after=journal.head(1) - 1)
    assert event.name == "note.written"
    beat = len('event: presence\ndata: {"here":12}\n\n') + FRAMING
    hour = Weight(note=note, told=told, heard=len(event.staff) + FRAMING, beat=beat)
    assert hour.hour(own=NOTES, heard=NOTES * COLLEAGUES) < MEGABYTE / 2


def test_an_hour_of_a_phone_that_only_polls_weighs_less_than_a_megabyte(phone: Phone) -> None:
    note = phone.weigh("POST", "operations?workshop=gouvernance", {"operations": [written(statement(1))]})
    told = phone.weigh("POST", "presence?workshop=gouvernance", {"held": 0, "leaving": False})
    db.session.rollback()
    head = journal.head(1)
    nothing = phone.weigh("GET", f"changes?after={head}&workshop=gouvernance")
    heard = phone.weigh("GET", f"changes?after={head - 1}&workshop=gouvernance") - nothing
    assert heard > len(statement(1))
    hour = NOTES * note + 120 * told + NOTES * COLLEAGUES * heard + POLLS * nothing
    assert hour < MEGABYTE
