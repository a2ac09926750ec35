"""The codes of « Contrôle avant ouverture »: as fine as the real ones, signed, and opening nothing of a gathering."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from capture import checkup, invitations
from capture.codes import drawing
from capture.doors import settings
from capture.errors import LinkUnreadable
from capture.seats import every_seat
from tests.factories import make_gathering, make_holder

KEY = "a key of no consequence"


def box(drawn: str) -> str:
    found = re.search(r'viewBox="([^"]+)"', drawn)
    assert found is not None
    return found[1]


def test_a_sample_is_as_fine_as_the_code_of_a_real_link(app: Flask) -> None:
    gathering = make_gathering()
    make_holder(gathering)
    (seat,) = every_seat(gathering.id)
    real = invitations.link(settings(), seat)
    for sample in checkup.samples(settings().public_url, settings().secret_key):
        assert box(sample.drawing) == box(drawing(real))
        assert sample.distance == sample.width * 10


@pytest.mark.parametrize("width", checkup.WIDTHS)
def test_a_token_says_its_width_and_nothing_else_is_taken_for_one(width: int) -> None:
    token = checkup.sign(KEY, width)
    assert checkup.unsign(KEY, token) == width
    for wrong in (token[:-1], "code-de-5cm", checkup.sign("another key", width), ""):
        with pytest.raises(LinkUnreadable):
            checkup.unsign(KEY, wrong)


def test_a_sample_opens_its_page_its_hour_and_its_beats_and_a_forged_one_nothing(app: Flask) -> None:
    client = app.test_client()
    address = f"/controler/{checkup.sign(app.config['SECRET_KEY'], 3)}"
    assert "Code de 3 cm lu" in client.get(address).text
    assert client.get(f"{address}/checkup").json is not None
    beats = client.get(f"{address}/checkup/stream").text
    assert beats.count("event: beat") == checkup.BEATS
    assert client.get(f"{address}/checkup/stream").headers["X-Accel-Buffering"] == "no"
    for door in ("", "/checkup", "/checkup/stream"):
        assert client.get(f"/controler/code-de-3cm.forged{door}").status_code == LinkUnreadable.status
    assert client.get_cookie("session") is None
