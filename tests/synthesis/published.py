"""What the tests of the screens share: editions of a few themes, and a browser with a seat."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from capture import seats
from capture.models import Gathering
from capture.seats import Role
from synthesis import editions, window
from synthesis.results import Edition, Membership, Quote, Theme


def sit(app: Flask, gathering: Gathering, role: Role) -> FlaskClient:
    """A browser that opened the link of a role."""
    sessions = ("gouvernance",) if role == "rapporteur" else ()
    seat_id = seats.open_seat(gathering_id=gathering.id, role=role, sessions=sessions)
    client = app.test_client()
    token = seats.sign(app.config["SECRET_KEY"], seat_id)
    assert client.get(f"/rejoindre/{token}").status_code == 302
    return client


def publish(gathering: Gathering, *themes: Theme) -> int:
    """An edition of the notes as they are, with these themes."""
    corpus = window.look(gathering.id).corpus
    placed = {note_id: theme.id for theme in themes for note_id in theme.note_ids}
    edition = Edition(
        input_hash=corpus.digest(),
        position=corpus.position,
        method="consensus",
        themes=themes,
        memberships=tuple(
            Membership(note_id=note.id, theme_id=placed.get(note.id, ""), confidence=1.0) for note in corpus
        ),
        tray=tuple(note.id for note in corpus if note.id not in placed),
    )
    return editions.publish(gathering.id, edition, formed=True, seconds=0.1).number


def make_theme(theme_id: str, label: str, *note_ids: str) -> Theme:
    quotes = tuple(Quote(note_id=note_id, start=0, end=4, role="central") for note_id in note_ids[:1])
    return Theme(
        id=theme_id,
        label=label,
        proposed_label=label,
        note_ids=note_ids,
        quotes=quotes,
        kinds=(("lever", len(note_ids)),),
        workshops=(("gouvernance", len(note_ids)),),
    )
