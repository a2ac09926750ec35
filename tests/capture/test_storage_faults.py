"""The database fails for real: full, read-only, locked, gone, damaged; and the clock goes back.

Each time the same promise: a clear refusal with a time to come back, nothing acknowledged that is not stored, and the
same application goes on once the fault is mended, without a restart.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from capture import notes, storage
from capture.db import db
from capture.errors import StorageUnavailable
from capture.models import Gathering, Note
from tests.capture.disks import assert_refused, assert_whole, on_disk, patience
from tests.capture.test_api import post, sit, written
from tests.factories import make_gathering, make_holder, make_note


def test_a_postgresql_turned_read_only_refuses_writes_and_still_reads(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    gathering_id = make_gathering().id
    client = sit(app, make_holder(db.session.get_one(Gathering, gathering_id)))
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    with patience("SET default_transaction_read_only = on"):
        assert_refused(post(client, written("Pendant."), csrf=csrf), "storage.read_only")
        assert client.get("/api/v1/rencontre/snapshot?workshop=gouvernance").status_code == 200
    assert post(client, written("Après."), csrf=csrf).status_code == 200
    assert_whole(gathering_id, {"Après."})


def test_a_database_that_somebody_else_holds_is_busy_and_then_is_not(app: Flask) -> None:
    gathering_id = make_gathering().id
    client = sit(app, make_holder(db.session.get_one(Gathering, gathering_id)))
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    sqlite = db.engine.dialect.name == "sqlite"
    other = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with patience("PRAGMA busy_timeout=200" if sqlite else "SET lock_timeout='200ms'"):
        with other.connect() as holding:
            holding.exec_driver_sql("ROLLBACK" if sqlite else "BEGIN")
            holding.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else "SELECT * FROM gathering FOR UPDATE")
            assert_refused(post(client, written("Pendant."), csrf=csrf), "storage.busy")
            holding.exec_driver_sql("ROLLBACK")
            if sqlite:
                holding.exec_driver_sql("BEGIN")
        assert post(client, written("Après."), csrf=csrf).status_code == 200
    other.dispose()
    assert_whole(gathering_id, {"Après."})


def test_a_database_that_never_lets_go_is_waited_for_ten_seconds_not_for_ever(app: Flask) -> None:
    question = "PRAGMA busy_timeout" if db.engine.dialect.name == "sqlite" else "SHOW lock_timeout"
    assert db.session.execute(text(question)).scalar_one() in {10_000, "10s"}


def test_a_connection_that_postgresql_cut_is_replaced_and_nothing_is_said_twice(app: Flask) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    gathering_id = make_gathering().id
    client = sit(app, make_holder(db.session.get_one(Gathering, gathering_id)))
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    operation = written("Dite une fois.")
    assert post(client, operation, csrf=csrf).status_code == 200
    db.session.rollback()
    admin = create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    admin.dispose()
    answer = post(client, operation, csrf=csrf)
    assert answer.json["receipts"][0]["outcome"] == "replayed"
    assert_whole(gathering_id, {"Dite une fois."})


def test_a_page_says_the_same_refusal_in_words(tmp_path: Path) -> None:
    with on_disk(tmp_path) as (_app, client, _gathering_id, _csrf):
        db.session.remove()
        db.engine.dispose()
        (tmp_path / "restitution.db").write_bytes(b"ceci n'est pas une base" * 400)
        answer = client.get("/rencontre/ateliers/gouvernance")
        assert answer.status_code == 503
        assert "abîmée" in answer.text


def test_a_mistake_of_ours_is_not_blamed_on_the_disk(app: Flask) -> None:
    gathering = make_gathering()
    note_id = make_note(make_holder(gathering))
    row = db.session.get_one(Note, (gathering.id, note_id))
    values = {column.name: getattr(row, column.name) for column in Note.__table__.columns}
    with pytest.raises(IntegrityError) as caught:
        db.session.execute(Note.__table__.insert().values(values))
    db.session.rollback()
    assert storage.refusal_of(caught.value) is None
    assert storage.refusal_of(SQLAlchemyError("?")) is None


def test_a_database_that_cannot_be_reached_is_away_and_an_exhausted_pool_is_busy(tmp_path: Path) -> None:
    nowhere = create_engine(f"postgresql+psycopg://nobody@/nothing?host={tmp_path}")
    with pytest.raises(OperationalError) as caught:
        nowhere.connect()
    refusal = storage.refusal_of(caught.value)
    assert type(refusal) is StorageUnavailable
    busy = storage.refusal_of(NoConnectionLeft())
    assert busy is not None
    assert busy.code == "storage.busy"
    closed = OperationalError("SELECT 1", {}, sqlite3.OperationalError("?"))
    assert type(storage.refusal_of(closed)) is StorageUnavailable


def test_a_clock_set_back_orders_nothing_and_forgets_no_seat(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    gathering_id = make_gathering().id
    client = sit(app, make_holder(db.session.get_one(Gathering, gathering_id)))
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    assert post(client, written("Avant."), csrf=csrf).status_code == 200
    # Three days, as a laptop that lost its battery does.
    real, real_ns, back = time.time, time.time_ns, 3 * 86_400
    monkeypatch.setattr(time, "time", lambda: real() - back)
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() - back * 10**9)
    assert post(client, written("Après."), csrf=csrf).json["receipts"][0]["outcome"] == "done"
    db.session.rollback()
    first, second = notes.every_note(gathering_id)
    assert (first.wording.text, second.wording.text) == ("Avant.", "Après.")
    assert first.at > second.at
    assert_whole(gathering_id, {"Avant.", "Après."})


def test_a_cookie_older_than_its_life_still_expires(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = sit(app, make_holder(make_gathering()))
    real = time.time
    life = app.permanent_session_lifetime.total_seconds()
    monkeypatch.setattr(time, "time", lambda: real() + life + 60)
    assert client.get("/api/v1/rencontre/seat").status_code == 403
