"""Visits to the organiser's pages: sit down, read what a page says, send a form as its page does."""

from __future__ import annotations

import html
import io
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from capture import seats
from capture.db import db
from capture.seats import Holder

BASE = "/rencontre/organisation"


def sit(app: Flask, holder: Holder) -> FlaskClient:
    """A browser that opened the holder's link."""
    client = app.test_client()
    token = seats.sign(app.config["SECRET_KEY"], holder.seat_id)
    assert client.get(f"/rejoindre/{token}").status_code == 302
    return client


def page(client: FlaskClient, path: str = "", status: int = 200) -> str:
    """What a page says, its tags taken away."""
    answer = client.get(BASE + path)
    assert answer.status_code == status
    return words(answer.text)


def words(markup: str) -> str:
    """The words of a page, with plain spaces."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", markup))
    return " ".join(text.replace("\u202f", " ").split())


def send(client: FlaskClient, path: str, **form: Any) -> Any:
    """Send a form as its page does, with the token of the page."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/").text)
    assert found is not None
    answer = client.post(BASE + path, data={"csrf_token": found[1], **form})
    db.session.rollback()  # the test reads what the request wrote, not what it saw before
    return answer


def drop(client: FlaskClient, path: str, data: bytes, name: str = "fichier.csv") -> Any:
    return send(client, path, file=(io.BytesIO(data), name))


def sealed(markup: str) -> str:
    found = re.search(r'name="preview" value="([^"]+)"', markup)
    assert found is not None
    return found[1]
