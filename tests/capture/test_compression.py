from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import make_app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


def test_json_leaves_compressed_for_those_who_read_it_and_plain_for_the_others(app: Flask) -> None:
    client = app.test_client()
    plain = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "identity"})
    small = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert json.loads(gzip.decompress(small.data)) == json.loads(plain.data)
    assert len(small.data) < len(plain.data) / 3
    assert small.headers["Vary"] == "Accept-Encoding"


def test_the_same_page_is_the_same_bytes(app: Flask) -> None:
    client = app.test_client()
    one, other = (client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"}).data for _ in range(2))
    assert one == other


def test_a_small_answer_is_left_alone(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/nulle-part/snapshot", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_a_built_file_leaves_in_the_best_coding_with_its_own_type(app: Flask) -> None:
    client = app.test_client()
    address = app.jinja_env.globals["asset"]
    with app.test_request_context():
        script = address("capture.js")  # type: ignore[operator]
    sent: dict[str, tuple[str | None, str | None, bytes]] = {}
    for coding in ("br", "gzip", "identity"):
        with client.get(script, headers={"Accept-Encoding": coding}) as answer:
            sent[coding] = (answer.headers.get("Content-Encoding"), answer.mimetype, answer.data)
    assert [one[0] for one in sent.values()] == ["br", "gzip", None]
    assert {one[1] for one in sent.values()} == {"text/javascript"}
    assert gzip.decompress(sent["gzip"][2]) == sent["identity"][2]
    assert len(sent["br"][2]) < len(sent["identity"][2]) / 2


def test_a_built_file_that_is_not_there_is_not_found(app: Flask) -> None:
    assert app.test_client().get("/static/../wsgi.py").status_code == 404
    assert app.test_client().get("/static/rien.js").status_code == 404
