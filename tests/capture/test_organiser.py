"""The organiser's pages through their own doors: what is shown, what is refused, what changes and what does not."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from capture import check, invitations, journal, rooms, schedule, seats
from capture.db import db
from capture.errors import LastOrganiser, NoEdition
from capture.models import Gathering
from capture.operations import SeatRevokedByOrganiser, SessionClosed
from capture.presence import Devices
from tests.capture.visits import BASE, page, send, sit, words
from tests.factories import make_gathering, make_holder, make_note, new_id


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def organiser(app: Flask, gathering: Gathering) -> FlaskClient:
    return sit(app, make_holder(gathering, "organiser"))


@pytest.mark.parametrize("path", ["", "/programme", "/programme.csv", "/acteurs", "/liens", "/codes", "/avis"])
def test_the_pages_open_to_an_organiser_and_to_nobody_else(app: Flask, gathering: Gathering, path: str) -> None:
    for role in ("rapporteur", "temoin", "participant"):
        assert sit(app, make_holder(gathering, role)).get(BASE + path).status_code == 403
    assert app.test_client().get(BASE + path).status_code == 403
    assert sit(app, make_holder(gathering, "organiser")).get(BASE + path).status_code == 200


def test_the_board_counts_the_notes_that_stand(organiser: FlaskClient, gathering: Gathering) -> None:
    assert "0 note · 0 atelier sur 2 a écrit · 0 appareil en ligne" in page(organiser)
    make_note(make_holder(gathering), "Un lieu commun, un café, et l’on se parle.")
    make_note(make_holder(gathering), "La salle ferme à dix-huit heures.")
    assert "2 notes · 1 atelier sur 2 a écrit · 0 appareil en ligne" in page(organiser)


def test_the_board_of_an_empty_programme_leads_to_the_import(app: Flask) -> None:
    empty = schedule.create(slug="rencontre", title="Rencontre")
    assert "Importer un programme" in page(sit(app, make_holder(empty, "organiser")))


def test_a_workshop_is_closed_and_opened_again(organiser: FlaskClient, gathering: Gathering) -> None:
    assert send(organiser, "/seances", close="gouvernance mobilites").status_code == 303
    assert [row.open for row in schedule.every_workshop(gathering.id)] == [False, False]
    assert "2 ateliers fermés aux notes." in page(organiser)
    send(organiser, "/seances", open="mobilites")
    assert [row.open for row in schedule.every_workshop(gathering.id)] == [False, True]
    assert send(organiser, "/seances", close="ailleurs").status_code == 404
    assert check.stored(gathering.id) == check.replayed(gathering.id)


def test_closing_what_is_closed_writes_nothing(organiser: FlaskClient, gathering: Gathering) -> None:
    send(organiser, "/seances", close="gouvernance")
    head = journal.head(gathering.id)
    send(organiser, "/seances", close="gouvernance")
    assert journal.head(gathering.id) == head


def test_a_form_without_its_token_changes_nothing(organiser: FlaskClient, gathering: Gathering) -> None:
    answer = organiser.post(f"{BASE}/seances", data={"close": "gouvernance"})
    assert answer.status_code == 400
    assert all(row.open for row in schedule.every_workshop(gathering.id))


def test_rooms_sort_by_worry_and_then_as_the_programme(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering, "organiser")
    schedule.turn(SessionClosed(key="mobilites"), by=by, operation_id=new_id())
    start = 1795697100000  # 2026-11-26 13:45 in Paris
    found = rooms.rows(
        db.session.get_one(Gathering, gathering.id), now=start + 600_000, devices=lambda _key: Devices(online=1)
    )
    assert [(row.session.key, row.worry.reason) for row in found] == [
        ("gouvernance", "nothing_yet"),
        ("mobilites", "closed_running"),
    ]
    assert [row.session.key for row in rooms.by_worry(found)] == ["mobilites", "gouvernance"]
    (slot,) = rooms.slots(found)
    assert (slot.start, slot.end, slot.open, slot.shut) == ("13:45", "15:15", ("gouvernance",), ("mobilites",))


def test_missing_links_are_opened_once(organiser: FlaskClient, gathering: Gathering) -> None:
    assert send(organiser, "/liens").status_code == 303
    opened = len(seats.every_seat(gathering.id))
    assert opened == 1 + 2 + 2  # the organiser's own, two shared roles, two workshops
    send(organiser, "/liens")
    assert len(seats.every_seat(gathering.id)) == opened
    assert page(organiser, "/liens").count("valable jusqu’au") == opened - 1


def test_a_closed_link_stays_closed_until_somebody_opens_another(
    app: Flask, organiser: FlaskClient, gathering: Gathering
) -> None:
    expires_at = invitations.expiry(gathering.id, days=60)
    invitations.ensure_seats(gathering.id, expires_at=expires_at)
    place = next(one for one in invitations.places(gathering.id) if one.session and one.session.key == "mobilites")
    seat_id = place.seats[0].id
    assert "sur tous les appareils" in page(organiser, f"/liens/{seat_id}/fermer")
    assert send(organiser, f"/liens/{seat_id}/fermer").status_code == 303
    page(organiser, f"/liens/{seat_id}/fermer", status=404)
    assert app.test_client().get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], seat_id)}").status_code == 403
    assert seat_id not in {one.id for one in invitations.ensure_seats(gathering.id, expires_at=expires_at)}
    assert "Fermé : ce lien n’ouvre plus rien." in page(organiser, "/liens")
    send(organiser, "/liens", role="rapporteur", key="mobilites")
    assert send(organiser, "/liens", role="rapporteur", key="ailleurs").status_code == 404
    assert "Fermé : ce lien" not in page(organiser, "/liens")
    assert check.stored(gathering.id) == check.replayed(gathering.id)


def test_the_last_organiser_cannot_close_the_door_behind_them(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering, "organiser")
    with pytest.raises(LastOrganiser):
        seats.revoke(SeatRevokedByOrganiser(seat_id=by.seat_id), by=by, operation_id=new_id())
    invitations.reopen("organiser", "", by=by, expires_at=0)
    seats.revoke(SeatRevokedByOrganiser(seat_id=by.seat_id), by=by, operation_id=new_id())
    assert [len(one.seats) for one in invitations.places(gathering.id) if one.role == "organiser"] == [1]


def test_an_expired_link_is_opened_again_by_itself(app: Flask, gathering: Gathering) -> None:
    old = seats.open_seat(gathering_id=gathering.id, role="temoin", expires_at=1)
    found = invitations.ensure_seats(gathering.id, expires_at=invitations.expiry(gathering.id, days=1))
    assert old not in {seat.id for seat in found}
    assert [seat.role for seat in found] == ["organiser", "temoin", "participant", "rapporteur", "rapporteur"]


def test_the_sheet_has_one_code_per_workshop_and_role(organiser: FlaskClient, gathering: Gathering) -> None:
    assert "Aucune carte à montrer." in page(organiser, "/codes")
    send(organiser, "/liens")
    assert organiser.get(f"{BASE}/codes").text.count('class="qr"') == 4
    assert organiser.get(f"{BASE}/codes?role=organiser&role=rapporteur&format=petit").text.count('class="qr"') == 3
    assert organiser.get(f"{BASE}/codes?role=ailleurs").text.count('class="qr"') == 4
    assert "style=" not in organiser.get(f"{BASE}/codes").text


def test_the_report_is_signed_only_once_something_can_be_read(organiser: FlaskClient, gathering: Gathering) -> None:
    assert "Il pourra être signé dès la première synthèse." in page(organiser)
    assert send(organiser, "/rapport", act="sign", validated_by="Le comité", position="1").status_code == 404
    by = make_holder(gathering, "organiser")
    with pytest.raises(NoEdition):
        rooms.sign("Le comité", position=1, by=by)
    assert send(organiser, "/rapport", act="sign", validated_by=" ", position="1").status_code == 400
    assert db.session.get_one(Gathering, gathering.id).final_position == 0


def test_words_typed_in_a_programme_are_shown_as_words(app: Flask) -> None:
    gathering = make_gathering("<script>", slug="rencontre")
    text = sit(app, make_holder(gathering, "organiser")).get(BASE).text
    assert "Atelier &lt;script&gt;" in text
    assert "Atelier <script>" not in text


def test_the_front_door_shows_the_places_of_this_browser_only(app: Flask, gathering: Gathering) -> None:
    assert "Ce navigateur n’a encore aucune place." in words(app.test_client().get("/").text)
    client = sit(app, make_holder(gathering))
    assert "Rapporteur · Atelier gouvernance" in words(client.get("/").text)
    assert "Rencontre d’essai" not in app.test_client().get("/").text


def test_a_refusal_says_what_happened_where_the_words_are_and_what_to_do(app: Flask, gathering: Gathering) -> None:
    missing = words(app.test_client().get("/nulle-part/ailleurs").text)
    assert "Il n’y a rien à cette adresse" in missing
    assert "Où sont les notes" in missing
    assert "Que faire" in missing
    foreign = app.test_client().get("/rejoindre/abc")
    assert foreign.status_code == 403
    assert "Scannez de nouveau le code" in words(foreign.text)
