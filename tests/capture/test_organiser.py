"""The organiser's pages through their own doors: what is shown, what is refused, what changes and what does not."""

from __future__ import annotations

import html
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from capture import check, invitations, journal, programme, rooms, schedule, seats
from capture.db import db
from capture.errors import LastOrganiser, NoEdition
from capture.models import Gathering
from capture.operations import SeatRevokedByOrganiser, SessionClosed
from capture.programme_import import as_act, planned
from capture.seats import Holder
from tests.factories import make_gathering, make_holder, make_note, new_id

BASE = "/rencontre/organisation"
FOLLOWING = (
    b"id,jour,debut,fin,type,titre,salle\ngouvernance,2026-11-26,14:00,15:15,atelier,Atelier gouvernance,Halle\n"
)
"""The second version of the programme: one workshop moves to another room and hour, the other is withdrawn."""


def sit(app: Flask, holder: Holder) -> FlaskClient:
    """A browser that opened the holder's link."""
    client = app.test_client()
    token = seats.sign(app.config["SECRET_KEY"], holder.seat_id)
    assert client.get(f"/rejoindre/{token}").status_code == 302
    return client


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def organiser(app: Flask, gathering: Gathering) -> FlaskClient:
    return sit(app, make_holder(gathering, "organiser"))


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


@pytest.mark.parametrize("path", ["", "/programme", "/programme.csv", "/acteurs", "/liens", "/codes", "/avis"])
def test_the_pages_open_to_an_organiser_and_to_nobody_else(app: Flask, gathering: Gathering, path: str) -> None:
    for role in ("rapporteur", "temoin", "participant"):
        assert sit(app, make_holder(gathering, role)).get(BASE + path).status_code == 403
    assert app.test_client().get(BASE + path).status_code == 403
    assert sit(app, make_holder(gathering, "organiser")).get(BASE + path).status_code == 200


def test_the_board_counts_the_notes_that_stand(organiser: FlaskClient, gathering: Gathering) -> None:
    assert "0 note · 0 atelier sur 2 a écrit · 0 écran ouvert" in page(organiser)
    make_note(make_holder(gathering), "Un lieu commun, un café, et l’on se parle.")
    make_note(make_holder(gathering), "La salle ferme à dix-huit heures.")
    assert "2 notes · 1 atelier sur 2 a écrit · 0 écran ouvert" in page(organiser)


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
    found = rooms.rows(db.session.get_one(Gathering, gathering.id), now=start + 600_000, screens=lambda _key: 1)
    assert [(row.session.key, row.worry.reason) for row in found] == [
        ("gouvernance", "nothing_yet"),
        ("mobilites", "closed_running"),
    ]
    assert [row.session.key for row in rooms.by_worry(found)] == ["mobilites", "gouvernance"]
    (slot,) = rooms.slots(found)
    assert (slot.start, slot.end, slot.open, slot.shut) == ("13:45", "15:15", ("gouvernance",), ("mobilites",))


def test_a_programme_is_compared_before_anything_changes(organiser: FlaskClient, gathering: Gathering) -> None:
    make_note(make_holder(gathering, "rapporteur", "mobilites"), "Le vélo tient la distance.")
    head = journal.head(gathering.id)
    said = words(drop(organiser, "/programme", FOLLOWING).text)
    assert "1 séance modifiée, 1 séance retirée. Rien n’est encore fait." in said
    assert "Début 13:45 14:00" in said
    assert "Salle rien Halle" in said
    assert "1 note, qui reste dans la synthèse" in said
    assert journal.head(gathering.id) == head


def test_a_confirmed_programme_is_done_once(organiser: FlaskClient, gathering: Gathering) -> None:
    preview = sealed(drop(organiser, "/programme", FOLLOWING).text)
    assert send(organiser, "/programme/confirmer", preview=preview).status_code == 303
    head = journal.head(gathering.id)
    assert send(organiser, "/programme/confirmer", preview=preview).status_code == 303
    assert journal.head(gathering.id) == head
    assert [(row.key, row.start, row.room) for row in schedule.every_workshop(gathering.id)] == [
        ("gouvernance", "14:00", "Halle")
    ]
    assert db.session.get_one(Gathering, gathering.id).title == "Rencontre d’essai"
    assert "dit la même chose" in words(drop(organiser, "/programme", FOLLOWING).text)
    assert check.stored(gathering.id) == check.replayed(gathering.id)


def test_a_preview_is_shown_again_when_the_programme_moved_meanwhile(
    organiser: FlaskClient, gathering: Gathering
) -> None:
    old = sealed(drop(organiser, "/programme", FOLLOWING).text)
    send(organiser, "/programme/confirmer", preview=sealed(drop(organiser, "/programme", FOLLOWING).text))
    head = journal.head(gathering.id)
    answer = send(organiser, "/programme/confirmer", preview=old)
    assert answer.status_code == 409
    assert "Le programme a changé depuis cet aperçu." in words(answer.text)
    assert journal.head(gathering.id) == head


def test_a_preview_that_is_not_ours_is_refused(organiser: FlaskClient, gathering: Gathering) -> None:
    preview = sealed(drop(organiser, "/programme", FOLLOWING).text)
    for forged in ("", "x", preview[:-1], sealed(drop(organiser, "/acteurs", b"nom\nPays\n").text)):
        assert send(organiser, "/programme/confirmer", preview=forged).status_code == 400
    assert schedule.programme_position(gathering.id) == 1


def test_an_unreadable_programme_is_refused_with_every_line(organiser: FlaskClient, gathering: Gathering) -> None:
    bad = b"jour,debut,fin,titre\n26/11/2026,25:00,26:00,Habiter\n31/02/2026,09:00,10:00,Bouger\n"
    answer = drop(organiser, "/programme", bad, "planning.csv")
    assert answer.status_code == 400
    said = words(answer.text)
    assert "Rien n’a été changé." in said
    assert "planning.csv" in said
    assert "l’heure « 25:00 » n’existe pas" in said
    assert "31/02/2026" in said
    assert drop(organiser, "/programme", b"").status_code == 400
    assert send(organiser, "/programme").status_code == 400
    assert schedule.programme_position(gathering.id) == 1


def test_the_downloaded_programme_reads_back_as_the_same(organiser: FlaskClient, gathering: Gathering) -> None:
    answer = organiser.get(f"{BASE}/programme.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="programme-rencontre.csv"'
    assert programme.difference(planned(gathering.id), programme.read(answer.data, name="p.csv")).empty


def test_an_import_keeps_kinds_rapporteurs_and_what_the_file_leaves_unsaid(app: Flask) -> None:
    gathering = schedule.create(slug="rencontre", title="Rencontre")
    text = (
        "types:\n  - Constat\n  - Levier\njournées:\n  - date: 26/11/2026\n    séances:\n"
        "      - {titre: Habiter, début: '9:00', fin: '10:00', type: atelier, rapporteurs: 2}\n"
    )
    read = programme.read(text.encode(), name="p.yaml")
    found = programme.difference(planned(gathering.id), read)
    act = as_act(found, read, gathering=gathering, source="p.yaml")
    schedule.import_programme(act, gathering_id=gathering.id, operation_id=new_id())
    again = db.session.get_one(Gathering, gathering.id)
    assert again.title == "Rencontre"
    assert [kind["key"] for kind in again.kinds] == ["lever", "obstacle", "condition", "constat"]
    assert schedule.every_workshop(gathering.id)[0].expected_rapporteurs == 2
    assert programme.difference(planned(gathering.id), read).empty
    assert check.stored(gathering.id) == check.replayed(gathering.id)


def test_a_list_of_actors_is_compared_then_confirmed(organiser: FlaskClient, gathering: Gathering) -> None:
    shown = drop(organiser, "/acteurs", "nom;sigle\nUnion des pays;UDP\nRégion;\n".encode())
    assert "2 acteurs ajoutés. Rien n’est encore fait." in words(shown.text)
    assert send(organiser, "/acteurs/confirmer", preview=sealed(shown.text)).status_code == 303
    assert send(organiser, "/acteurs/confirmer", preview=sealed(shown.text)).status_code == 303
    assert "Union des pays UDP" in page(organiser, "/acteurs")
    assert drop(organiser, "/acteurs", b"sigle\nX\n").status_code == 400
    assert check.stored(gathering.id) == check.replayed(gathering.id)


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
