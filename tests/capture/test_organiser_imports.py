"""The files an organiser brings in: compared before anything changes, confirmed once, refused with every line."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from capture import check, journal, programme, schedule
from capture.db import db
from capture.models import Gathering
from capture.programme_import import as_act, planned
from tests.capture.visits import BASE, drop, page, sealed, send, sit, words
from tests.factories import make_gathering, make_holder, make_note, new_id

FOLLOWING = (
    b"id,jour,debut,fin,type,titre,salle\ngouvernance,2026-11-26,14:00,15:15,atelier,Atelier gouvernance,Halle\n"
)
"""The second version of the programme: one workshop moves to another room and hour, the other is withdrawn."""


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def organiser(app: Flask, gathering: Gathering) -> FlaskClient:
    return sit(app, make_holder(gathering, "organiser"))


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


def test_the_gathering_takes_its_title_and_place_and_the_programme_stays(app: Flask, gathering: Gathering) -> None:
    organiser = sit(app, make_holder(gathering, "organiser"))
    before = [row.title for row in schedule.every_session(gathering.id)]
    answer = send(organiser, "/rencontre", title="  Deux   jours en Ombrine ", place="Cravelle")
    assert answer.status_code == 303
    db.session.refresh(gathering)
    assert (gathering.title, gathering.place) == ("Deux jours en Ombrine", "Cravelle")
    assert [row.title for row in schedule.every_session(gathering.id)] == before
    assert check.stored(gathering.id) == check.replayed(gathering.id)
    assert "Deux jours en Ombrine" in page(organiser, "/programme")


@pytest.mark.parametrize(("title", "said"), [("   ", "il est vide"), ("m" * 301, "301 caractères, au lieu de 300")])
def test_a_title_that_cannot_be_one_is_refused_with_its_reason(
    app: Flask, gathering: Gathering, title: str, said: str
) -> None:
    organiser = sit(app, make_holder(gathering, "organiser"))
    answer = send(organiser, "/rencontre", title=title, place="")
    assert answer.status_code == 400
    assert said in words(answer.text)
    assert gathering.title != title
