"""Applications on disks that fail, and what must hold whatever they do."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from capture import check, journal, notes
from capture.db import db
from tests.capture.test_api import post, sit, written
from tests.conftest import make_app
from tests.factories import make_gathering, make_holder

ONLY_ROOT_MOUNTS = pytest.mark.skipif(os.geteuid() != 0, reason="a small real disk is mounted by root only")


def assert_refused(answer: Any, code: str) -> None:
    assert (answer.status_code, answer.json["error"]["code"]) == (503, code)
    assert int(answer.headers["Retry-After"]) > 0
    assert "reçue" in answer.json["error"]["sentence"]


def assert_whole(gathering_id: int, expected: set[str]) -> None:
    """What was acknowledged is there, nothing else is, and the record holds together."""
    db.session.rollback()
    assert {note.wording.text for note in notes.every_note(gathering_id)} == expected
    assert [entry.position for entry in journal.read(gathering_id)] == list(range(1, journal.head(gathering_id) + 1))
    assert check.stored(gathering_id) == check.replayed(gathering_id)


def assert_shown(client: FlaskClient, expected: list[str]) -> None:
    """Reading goes on: the room still sees its notes."""
    snapshot = client.get("/api/v1/rencontre/snapshot?workshop=gouvernance").json
    assert snapshot is not None
    assert {note["text"] for note in snapshot["notes"]} == set(expected)


def write_until_refused(client: FlaskClient, csrf: str, words: str) -> tuple[list[str], Any]:
    """Write notes until one is refused; return those that were received, and the refusal."""
    received: list[str] = []
    for number in range(200):
        text = f"Note {number} : {words}"
        answer = post(client, written(text), csrf=csrf)
        if answer.status_code != 200:
            return received, answer
        received.append(text)
    raise AssertionError("the disk took everything")


@contextlib.contextmanager
def patience(statement: str) -> Iterator[None]:
    """Wait less for a lock than a server would, so that a test does not."""

    def set_it(connection: Any, _record: Any) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", set_it)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", set_it)
        db.session.remove()
        db.engine.dispose()


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of its own, of this size."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(ballast: Path) -> None:
    """Write until the disk takes no more."""
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096) == 4096:
            pass


@contextlib.contextmanager
def on_disk(folder: Path, database_url: str = "") -> Iterator[tuple[Flask, FlaskClient, int, str]]:
    """An application whose database is in a folder, with a rapporteur's browser and its token."""
    app = make_app(folder, database_url)
    with app.app_context():
        gathering = make_gathering()
        client = sit(app, make_holder(gathering))
        yield app, client, gathering.id, client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
        db.session.remove()
        db.engine.dispose()
