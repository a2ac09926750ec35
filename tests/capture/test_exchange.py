"""Two real web processes on one PostgreSQL: what one hears of devices and screens, the other shows."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask

from capture import seats
from capture.db import db
from capture.processes import web_command
from capture.settings import Settings
from tests.conftest import make_app
from tests.factories import make_gathering, make_holder
from tests.serving import ROOT, free_port, wait_until_up

LOOKS = 12
PATIENCE = 20
SAID = "3 notes annoncées, pas encore reçues"


@dataclass
class Person:
    """Somebody with a cookie, whose every request is a connection of its own."""

    port: int
    cookie: str = ""

    def ask(self, method: str, path: str, body: str = "", csrf: str = "") -> tuple[int, str]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": self.cookie, "X-CSRFToken": csrf, "Content-Type": "application/json"}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        for given in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = given.split(";")[0]
        text = answer.read().decode()
        line.close()
        return answer.status, text


@pytest.fixture
def app(postgres_address: str, tmp_path: Path) -> Iterator[Flask]:
    app = make_app(tmp_path, postgres_address)
    with app.app_context():
        yield app
        db.session.remove()
        db.drop_all()
        db.engine.dispose()


def test_every_web_process_shows_what_devices_and_screens_said_to_another(
    app: Flask, postgres_address: str, tmp_path: Path
) -> None:
    gathering = make_gathering()
    tokens = [
        seats.sign(app.config["SECRET_KEY"], make_holder(gathering, role).seat_id)
        for role in ("rapporteur", "organiser")
    ]
    db.session.remove()
    port = free_port()
    command = web_command(Settings(bind=f"127.0.0.1:{port}", web_workers=2))
    environment = {
        "RESTITUTION_FOLDER": str(tmp_path),
        "RESTITUTION_SECRET_KEY": app.config["SECRET_KEY"],
        "RESTITUTION_DATABASE_URL": postgres_address,
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_until_up(f"http://127.0.0.1:{port}", process, tmp_path / "log")
            boards = look(port, tokens)
        finally:
            process.terminate()
            process.wait(20)
    assert [board for board in boards if SAID not in board] == []


def look(port: int, tokens: list[str]) -> list[str]:
    """Let a phone announce three notes, and look at the board until each process had its turn."""
    phone, organiser = Person(port), Person(port)
    phone.ask("GET", f"/rejoindre/{tokens[0]}")
    organiser.ask("GET", f"/rejoindre/{tokens[1]}")
    csrf = re.search(r'"csrf":"([^"]+)"', phone.ask("GET", "/api/v1/rencontre/seat")[1].replace(" ", ""))
    assert csrf is not None
    until = time.monotonic() + PATIENCE
    while True:
        told = phone.ask(
            "POST", "/api/v1/rencontre/presence?workshop=gouvernance", '{"held": 3, "leaving": false}', csrf[1]
        )
        assert told[0] == 200
        boards = [organiser.ask("GET", "/rencontre/organisation")[1] for _ in range(LOOKS)]
        # Each process listens from its first request on; a phone says it again, as this one does.
        if all(SAID in board for board in boards) or time.monotonic() > until:
            return boards
