"""What the tests around the speech share: an edition of one theme, a frozen version, a seat taken."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from capture import journal, seats
from capture.models import Gathering
from capture.seats import Holder, Role
from synthesis import editions, window
from synthesis.restitution import speakers, versions
from synthesis.restitution.acts import (
    ReadingFrozen,
)
from synthesis.results import Edition, Membership, Quote, Theme
from tests.factories import new_id


def publish(gathering: Gathering, theme_id: str, label: str, *note_ids: str, formed: bool = True) -> int:
    """An edition of the notes as they are, with one theme."""
    corpus = window.look(gathering.id).corpus
    quotes = tuple(Quote(note_id=note_id, start=0, end=8, role="central") for note_id in note_ids[:1])
    theme = Theme(id=theme_id, label=label, proposed_label=label, note_ids=note_ids, quotes=quotes)
    memberships = tuple(Membership(note_id=one, theme_id=theme_id, confidence=1.0) for one in note_ids)
    edition = Edition(position=corpus.position, method="consensus", themes=(theme,), memberships=memberships)
    return editions.publish(gathering.id, edition, formed=formed, seconds=0.1).number


def freeze(by: Holder, number: int) -> None:
    act = ReadingFrozen(edition=number, position=journal.head(by.gathering_id))
    speakers.read(act, by=by, operation_id=new_id())


def keep(act: Any, by: Holder, operation_id: str = "") -> journal.Receipt:
    return speakers.keep(act, by=by, operation_id=operation_id or new_id())


def sit(app: Flask, gathering: Gathering, role: Role) -> FlaskClient:
    seat_id = seats.open_seat(gathering_id=gathering.id, role=role)
    client = app.test_client()
    assert client.get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], seat_id)}").status_code == 302
    return client


def texts(reading: versions.Reading) -> list[str]:
    return [note.text for note in reading.screen.shown.notes]
