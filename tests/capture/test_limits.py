"""The count of what a device writes, and what it forgets."""

from __future__ import annotations

from flask import Flask

from capture.limits import Allowance
from tests.capture.visits import sit
from tests.factories import make_gathering, make_holder


def test_a_device_waits_for_the_end_of_its_own_minute() -> None:
    now = 10.0
    allowance = Allowance(lambda: now)
    assert [allowance.wait("phone", 2) for _ in range(3)] == [0, 0, 61]
    assert allowance.wait("other", 2) == 0
    now = 55.5
    assert allowance.wait("phone", 2) == 15
    now = 70.0
    assert [allowance.wait("phone", 2) for _ in range(3)] == [0, 0, 61]


def test_devices_that_went_quiet_are_forgotten() -> None:
    now = 0.0
    allowance = Allowance(lambda: now)
    for number in range(500):
        allowance.wait(f"phone {number}", 10)
    now = 60.0
    allowance.wait("late", 10)
    assert len(allowance) == 1


def test_the_cookie_is_given_again_once_a_day_and_not_at_each_answer(app: Flask) -> None:
    client = sit(app, make_holder(make_gathering()))
    seat = "/api/v1/rencontre/seat"
    client.get(seat)
    assert "Set-Cookie" not in client.get(seat).headers
    with client.session_transaction() as session:
        session["day"] -= 1
    assert "Set-Cookie" in client.get(seat).headers
    assert "Set-Cookie" not in client.get(seat).headers


def test_an_answer_to_a_browser_without_a_seat_cannot_take_the_place_of_the_seat_it_takes(app: Flask) -> None:
    make_gathering()
    client = app.test_client()
    doors = "/api/v1/rencontre/"
    asked = [client.get(where) for where in (f"{doors}seat", f"{doors}stream", "/rencontre/ateliers/gouvernance", "/")]
    sent = client.post(f"{doors}operations", json={"operations": []})
    assert [answer.status_code for answer in (*asked, sent)] == [403, 403, 403, 200, 400]
    assert ["Set-Cookie" in answer.headers for answer in (*asked, sent)] == [False] * 5
    assert asked[0].headers["Vary"] == "Cookie"


def test_a_language_is_remembered_before_any_seat_is_taken(app: Flask) -> None:
    client = app.test_client()
    assert "Set-Cookie" in client.get("/?langue=en").headers
    assert '<html lang="en' in client.get("/").text
