"""A screen that saw acts which this server does not have is told so, by the stream and by polling alike."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from capture import journal, lineage, seats
from capture.models import Gathering
from tests.factories import make_gathering, make_holder, make_note

DOORS = "/api/v1/rencontre"


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def client(app: Flask, gathering: Gathering) -> FlaskClient:
    """A rapporteur's browser, in a gathering with one note."""
    holder = make_holder(gathering)
    make_note(holder, "Une cuisine ouverte, et les voisins viennent.")
    client = app.test_client()
    client.get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], holder.seat_id)}")
    return client


@pytest.mark.parametrize("door", ["changes", "stream"])
def test_a_screen_that_saw_more_than_this_journal_holds_is_told(
    client: FlaskClient, gathering: Gathering, door: str
) -> None:
    head = journal.head(gathering.id)
    answer = client.get(f"{DOORS}/{door}?after={head + 1}")
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "journal.restored"
    answer = client.get(f"{DOORS}/{door}?after={head}&known=another-act")
    assert answer.status_code == 409


def test_a_screen_goes_on_from_the_act_it_saw_by_its_id_or_by_its_mark(
    client: FlaskClient, gathering: Gathering
) -> None:
    snapshot = client.get(f"{DOORS}/snapshot?workshop=gouvernance").get_json()
    head = journal.head(gathering.id)
    entry = journal.read(gathering.id, after=head - 1)[0]
    assert (snapshot["position"], snapshot["last"]) == (head, lineage.mark(gathering.id, head))
    for known in ("", snapshot["last"], entry.operation_id):
        answer = client.get(f"{DOORS}/changes?after={head}&known={known}")
        assert answer.get_json() == {"operations": [], "head": head, "last": snapshot["last"]}


def test_a_mark_does_not_say_the_id_of_an_act_and_an_empty_journal_has_none(gathering: Gathering) -> None:
    first = journal.read(gathering.id)[0]
    assert lineage.mark(gathering.id, first.position) not in first.operation_id
    assert lineage.mark(gathering.id, 0) == ""
    lineage.recognise(gathering.id, after=0, known="whatever")
