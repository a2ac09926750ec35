from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from capture import journal, notes, schedule, seats
from capture.models import Gathering
from capture.operations import SeatRevokedByOrganiser, SessionClosed
from capture.seats import Holder
from tests.factories import make_gathering, make_holder, make_note, new_id


def sit(app: Flask, holder: Holder) -> FlaskClient:
    """A browser that opened the holder's link."""
    client = app.test_client()
    token = seats.sign(app.config["SECRET_KEY"], holder.seat_id)
    assert client.get(f"/rejoindre/{token}").status_code == 302
    return client


def post(client: FlaskClient, *operations: dict[str, Any], csrf: str | None = None) -> Any:
    token = csrf or client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    return client.post(
        "/api/v1/rencontre/operations", json={"operations": list(operations)}, headers={"X-CSRFToken": token}
    )


def written(text: str = "Une phrase.", **changes: Any) -> dict[str, Any]:
    payload = {"note_id": new_id(), "session": "gouvernance", "kind": "lever", "text": text}
    return {"id": new_id(), "name": "note.written", "payload": {**payload, **changes}}


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


def test_a_batch_gives_each_operation_its_receipt_or_refusal(app: Flask, gathering: Gathering) -> None:
    client = sit(app, make_holder(gathering))
    good, empty = written(), written("  ")
    body = post(client, good, empty, good).json
    assert [one.get("outcome") for one in body["receipts"]] == ["done", None, "replayed"]
    assert body["receipts"][0]["position"] == body["receipts"][2]["position"] == body["head"]
    assert body["receipts"][1]["refusal"] == {
        "code": "note.empty",
        "status": 400,
        "sentence": "La note est vide. Écrivez une phrase, puis Entrée.",
        "data": {},
    }


def test_a_write_without_its_token_is_refused_in_the_one_shape(app: Flask, gathering: Gathering) -> None:
    client = sit(app, make_holder(gathering))
    answer = client.post("/api/v1/rencontre/operations", json={"operations": [written()]})
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["error"]["code"] == "csrf"
    assert notes.every_note(gathering.id) == []


def test_a_browser_without_a_seat_is_refused(app: Flask, gathering: Gathering) -> None:
    answer = app.test_client().get("/api/v1/rencontre/snapshot?workshop=gouvernance")
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "seat.not_yours")  # type: ignore[index]


def test_a_gathering_that_does_not_exist_is_not_found_before_anything_else(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/nulle-part/snapshot")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")  # type: ignore[index]


@pytest.mark.parametrize("token", ["", "x", "1234abcd.zzzz", "é", "a.b.c"])
def test_a_link_we_did_not_sign_is_refused(app: Flask, gathering: Gathering, token: str) -> None:
    assert app.test_client().get(f"/rejoindre/{token}").status_code in {403, 404}


def test_a_revoked_seat_stops_at_once_and_says_whom_to_see(app: Flask, gathering: Gathering) -> None:
    by, organiser = make_holder(gathering), make_holder(gathering, "organiser")
    client = sit(app, by)
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    seats.revoke(SeatRevokedByOrganiser(seat_id=by.seat_id), by=organiser, operation_id=new_id())
    answer = post(client, written(), csrf=csrf)
    assert (answer.status_code, answer.json["error"]["code"]) == (403, "seat.revoked")
    assert "voyez l’accueil" in answer.json["error"]["sentence"]


def test_an_expired_link_is_refused_with_its_date(app: Flask, gathering: Gathering) -> None:
    seat_id = seats.open_seat(gathering_id=gathering.id, role="temoin", expires_at=1)
    token = seats.sign(app.config["SECRET_KEY"], seat_id)
    answer = app.test_client().get(f"/rejoindre/{token}", headers={"Accept-Language": "fr"})
    assert answer.status_code == 403
    assert "01/01/1970" in answer.text


def test_a_closed_workshop_refuses_the_note_and_the_rest_of_the_batch_goes_on(
    app: Flask, gathering: Gathering
) -> None:
    organiser = make_holder(gathering, "organiser")
    client = sit(app, make_holder(gathering, "rapporteur", "gouvernance", "mobilites"))
    schedule.turn(SessionClosed(key="gouvernance"), by=organiser, operation_id=new_id())
    receipts = post(client, written(), written(session="mobilites")).json["receipts"]
    assert receipts[0]["refusal"]["code"] == "workshop.closed"
    assert receipts[1]["outcome"] == "done"


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ({"id": "pas-un-uuid", "name": "note.written", "payload": {}}, "operation.invalid"),
        ({"id": new_id(), "name": "note.inventee", "payload": {}}, "operation.unknown"),
        ({"id": new_id(), "name": "note.written", "payload": {"note_id": "a"}}, "operation.invalid"),
        (
            {"id": new_id(), "name": "note.written", "payload": {**written()["payload"], "color": "red"}},
            "operation.invalid",
        ),
        ({"id": new_id(), "name": "session.closed", "payload": {"key": "gouvernance"}}, "seat.not_yours"),
        (
            {"id": new_id(), "name": "seat.opened", "payload": {"seat_id": "x", "role": "organiser"}},
            "operation.unknown",
        ),
    ],
)
def test_an_operation_that_is_not_understood_or_not_theirs_is_refused_by_name(
    app: Flask, gathering: Gathering, operation: dict[str, Any], code: str
) -> None:
    client = sit(app, make_holder(gathering))
    assert post(client, operation).json["receipts"][0]["refusal"]["code"] == code


@pytest.mark.parametrize("body", [None, [], {}, {"operations": []}, {"operations": [{}] * 101}, {"operations": ["a"]}])
def test_a_body_that_is_no_batch_is_refused(app: Flask, gathering: Gathering, body: object) -> None:
    client = sit(app, make_holder(gathering))
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    answer = client.post("/api/v1/rencontre/operations", json=body, headers={"X-CSRFToken": csrf})
    assert (answer.status_code, answer.json["error"]["code"]) == (400, "operation.invalid")  # type: ignore[index]


def test_a_body_too_large_is_refused_with_its_limit(app: Flask, gathering: Gathering) -> None:
    client = sit(app, make_holder(gathering))
    app.config["MAX_CONTENT_LENGTH"] = 1000
    csrf = client.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    answer = post(client, written("é" * 2000), csrf=csrf)
    assert (answer.status_code, answer.json["error"]["code"]) == (413, "too_large")


def test_a_snapshot_shows_a_rapporteur_their_workshop_and_which_notes_are_theirs(
    app: Flask, gathering: Gathering
) -> None:
    client = sit(app, make_holder(gathering))
    post(client, written("La mienne."))
    make_note(make_holder(gathering), "Une autre.")
    make_note(make_holder(gathering, "rapporteur", "mobilites"), "Ailleurs.")
    body = client.get("/api/v1/rencontre/snapshot?workshop=gouvernance").json
    assert body is not None
    assert [(note["text"], note["mine"]) for note in body["notes"]] == [("La mienne.", True), ("Une autre.", False)]
    assert body["position"] == journal.head(gathering.id)
    assert [kind["label"] for kind in body["kinds"]] == ["Levier", "Frein", "Condition de réussite"]


def test_polling_after_a_snapshot_brings_what_came_since_and_nothing_of_other_workshops(
    app: Flask, gathering: Gathering
) -> None:
    client = sit(app, make_holder(gathering))
    position = client.get("/api/v1/rencontre/snapshot?workshop=gouvernance").json["position"]  # type: ignore[index]
    make_note(make_holder(gathering), "Ici.")
    make_note(make_holder(gathering, "rapporteur", "mobilites"), "Ailleurs.")
    body = client.get(f"/api/v1/rencontre/changes?workshop=gouvernance&after={position}").json
    assert body is not None
    assert [one["payload"]["text"] for one in body["operations"]] == ["Ici."]
    assert body["head"] == journal.head(gathering.id)


def test_a_participant_is_never_told_an_author(app: Flask, gathering: Gathering) -> None:
    make_note(make_holder(gathering), "Publique.")
    client = sit_quietly(app, make_holder(gathering, "participant"))
    body = client.get("/api/v1/rencontre/changes?after=0").json
    assert body is not None
    shown = [one for one in body["operations"] if one["name"] == "note.written"]
    assert [(one["author"], one["payload"]["text"]) for one in shown] == [("", "Publique.")]
    assert not [one for one in body["operations"] if one["name"].startswith("seat.")]


def sit_quietly(app: Flask, holder: Holder) -> FlaskClient:
    """A browser that holds the seat, without following where its link leads."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["seats"] = {holder.slug: [holder.seat_id]}
        session["device"] = holder.device
    return client


def test_a_device_that_writes_too_fast_is_asked_to_wait_and_the_others_are_not(
    app: Flask, gathering: Gathering
) -> None:
    first, second = sit(app, make_holder(gathering)), sit(app, make_holder(gathering))
    csrf = first.get("/api/v1/rencontre/seat").json["csrf"]  # type: ignore[index]
    answers = [post(first, written(), csrf=csrf) for _ in range(app.config["SETTINGS"].writes_per_minute + 1)]
    assert (answers[-1].status_code, answers[-1].json["error"]["code"]) == (429, "too_many")
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert post(second, written()).status_code == 200


@pytest.mark.parametrize("address", ["/", "/api/v1/openapi.json"])
def test_every_answer_carries_the_strict_headers(app: Flask, gathering: Gathering, address: str) -> None:
    answer = app.test_client().get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # What no reader opens loads nothing, and says no more than that: phones on a bad network pay for each byte.
    assert ("script-src" in policy, "Referrer-Policy" in answer.headers) == (address == "/", address == "/")


def test_openapi_describes_every_act_and_every_json_door(app: Flask) -> None:
    body = app.test_client().get("/api/v1/openapi.json").json
    assert body is not None
    described = {one["title"] for one in body["components"]["schemas"]["Operation"]["oneOf"]}
    assert {"note.written", "theme.renamed", "themes.merged", "session.closed"} <= described
    doors = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(rule))
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/api/v1/<slug>")
    }
    assert doors <= set(body["paths"])


def mark_of(client: FlaskClient) -> str:
    """The mark that a device's page keeps."""
    page = client.get("/rencontre/ateliers/gouvernance").get_data(as_text=True)
    found = re.search(r'"again": ?"([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_a_device_whose_cookie_is_gone_sits_where_it_sat_and_its_notes_are_still_its_own(
    app: Flask, gathering: Gathering
) -> None:
    client = sit(app, make_holder(gathering))
    post(client, written())
    mark, bare = mark_of(client), app.test_client()
    assert bare.get("/api/v1/rencontre/seat").status_code == 403
    answer = bare.post("/api/v1/rencontre/seat?workshop=gouvernance", json={"again": mark}).json
    assert answer is not None
    assert answer["seat"]["workshops"] == ["gouvernance"]
    assert post(bare, written("Une autre."), csrf=answer["csrf"]).json["receipts"][0]["outcome"] == "done"
    (*notes_,) = bare.get("/api/v1/rencontre/snapshot?workshop=gouvernance").json["notes"]  # type: ignore[index]
    assert [note["mine"] for note in notes_] == [True, True]


def test_a_mark_opens_no_closed_seat_and_one_that_is_not_ours_opens_nothing(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    client = sit(app, by)
    mark, bare = mark_of(client), app.test_client()
    for wrong in (mark[:-1], mark.replace(" ", "  "), "", 3):
        assert bare.post("/api/v1/rencontre/seat", json={"again": wrong}).status_code in {400, 403}
    assert bare.post("/api/v1/rencontre/seat", data={"again": mark}).status_code == 400
    organiser = make_holder(gathering, role="organiser")
    act = SeatRevokedByOrganiser(seat_id=by.seat_id)
    seats.revoke(act, by=organiser, operation_id=new_id())
    refused = bare.post("/api/v1/rencontre/seat", json={"again": mark}).json
    assert refused is not None
    assert refused["error"]["code"] == "seat.revoked"


def test_a_browser_that_sits_here_keeps_its_own_seat_whatever_mark_it_is_given(
    app: Flask, gathering: Gathering
) -> None:
    mark = mark_of(sit(app, make_holder(gathering)))
    other = sit(app, make_holder(gathering))
    before = other.get("/api/v1/rencontre/seat").json["seat"]  # type: ignore[index]
    assert other.post("/api/v1/rencontre/seat", json={"again": mark}).json["seat"] == before  # type: ignore[index]
