"""Pages that show themes leave a time behind them, of nobody; and are shown even when they cannot."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from sqlalchemy import create_engine, delete, insert, inspect, select
from sqlalchemy.pool import NullPool

from capture import journal
from capture.db import db
from capture.models import Gathering
from capture.seats import Role
from synthesis import readers
from synthesis.models import ThemesShown
from tests.factories import make_holder, make_note
from tests.synthesis.published import make_theme, publish, sit


def marks() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(ThemesShown.at)))


def being_read(gathering: Gathering) -> bool:
    db.session.rollback()
    return readers.lately(gathering.id)


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("temoin", "/rencontre/synthese"),
        ("temoin", "/rencontre/synthese/themes/t1"),
        ("temoin", "/rencontre/synthese/a-classer"),
        ("temoin", "/rencontre/synthese/atlas"),
        ("temoin", "/rencontre/synthese/reperes"),
        ("temoin", "/rencontre/pupitre"),
        ("organiser", "/rencontre/synthese/rapport/textes"),
        ("temoin", "/api/v1/rencontre/editions/latest"),
        ("temoin", "/api/v1/rencontre/editions/latest/graph"),
    ],
)
def test_a_page_of_themes_says_that_they_are_read(app: Flask, gathering: Gathering, role: Role, address: str) -> None:
    publish(gathering, make_theme("t1", "Porte du maire", make_note(make_holder(gathering))))
    assert not being_read(gathering)
    assert sit(app, gathering, role).get(address).status_code == 200
    assert being_read(gathering)


def test_the_wall_and_a_closed_door_say_nothing(app: Flask, gathering: Gathering) -> None:
    assert sit(app, gathering, "organiser").get("/rencontre/mur").status_code == 200
    assert sit(app, gathering, "participant").get("/rencontre/synthese").status_code == 403
    assert marks() == []


def test_a_browser_that_has_this_very_screen_reads_it_all_the_same(app: Flask, gathering: Gathering) -> None:
    client, address = sit(app, gathering, "temoin"), "/api/v1/rencontre/editions/latest"
    tag = {"If-None-Match": client.get(address).headers["ETag"]}
    readers.leave(gathering.id, 0)
    app.extensions["restitution_shown"].clear()
    assert client.get(address, headers=tag).status_code == 304
    assert being_read(gathering)


def test_a_hall_that_reads_writes_once_a_minute(app: Flask, gathering: Gathering) -> None:
    client = sit(app, gathering, "temoin")
    client.get("/rencontre/synthese")
    first = marks()
    for _ in range(3):
        client.get("/rencontre/synthese")
    assert marks() == first


def test_a_clock_that_was_set_back_keeps_no_themes_for_long(gathering: Gathering) -> None:
    day = 86_400_000
    readers.leave(gathering.id, journal.now() + day)
    assert not being_read(gathering)


def test_a_page_is_shown_when_its_mark_cannot_be_left_and_the_log_says_so(
    app: Flask, gathering: Gathering, caplog: pytest.LogCaptureFixture
) -> None:
    client = sit(app, gathering, "temoin")
    other = create_engine(db.engine.url, poolclass=NullPool)
    with other.connect() as holding:
        holding.execute(insert(ThemesShown).values(gathering_id=gathering.id, at=0))
        with caplog.at_level(logging.WARNING, "restitution.readers"):
            assert client.get("/rencontre/synthese").status_code == 200
        assert "nobody will know that the themes are being read" in caplog.text
        holding.rollback()
    assert marks() == []
    app.extensions["restitution_shown"].clear()
    client.get("/rencontre/synthese")
    assert being_read(gathering)


def test_a_page_is_shown_where_there_is_no_place_for_its_mark(app: Flask, gathering: Gathering) -> None:
    client = sit(app, gathering, "temoin")
    db.session.rollback()
    inspect(ThemesShown).local_table.drop(db.engine)
    assert client.get("/rencontre/synthese").status_code == 200


def test_a_mark_goes_with_its_gathering(app: Flask) -> None:
    gathering = Gathering(slug="autre", title="Autre", kinds=[])
    db.session.add(gathering)
    db.session.commit()
    readers.leave(gathering.id, 1)
    assert marks() == [1]
    db.session.execute(delete(Gathering).where(Gathering.slug == "autre"))
    db.session.commit()
    assert marks() == []
