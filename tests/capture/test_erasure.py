"""An organiser finds the note that somebody asks to erase, reads what erasing does, and erases it."""

from __future__ import annotations

from flask import Flask

from capture import check, erasure, journal
from capture.models import Gathering
from capture.performing import Asked, perform
from tests.capture.visits import page, send, sit
from tests.factories import make_gathering, make_holder, make_note, new_id


def test_notes_are_found_whatever_their_accents_and_the_last_come_first(app: Flask) -> None:
    gathering = make_gathering()
    organiser = make_holder(gathering, "organiser")
    assert erasure.look_for("", by=organiser).total == 0
    first = make_note(make_holder(gathering), "L’été, la salle est fermée.")
    second = make_note(make_holder(gathering), "Une salle ouverte l'été.")
    found = erasure.look_for("SALLE l'ete", by=organiser)
    assert [note.id for note in found.notes] == [second, first]
    assert [note.id for note in erasure.look_for("fermée", by=organiser).notes] == [first]
    assert erasure.look_for("salle hiver", by=organiser).notes == ()


def test_an_erased_note_leaves_no_word_and_a_removed_one_can_still_be_erased(app: Flask) -> None:
    gathering = make_gathering()
    rapporteur = make_holder(gathering)
    note_id = make_note(rapporteur, "Une phrase à ne pas garder.")
    removed = Asked(id=new_id(), name="note.removed", payload={"note_id": note_id})
    perform(removed, by=rapporteur, note_max=5_000)
    screen, head = sit(app, rapporteur), journal.head(gathering.id)
    client = sit(app, make_holder(gathering, "organiser"))
    assert "supprimée par son rapporteur" in page(client, "/notes?q=garder")
    assert "Rien ne la fera revenir." in page(client, f"/notes/{note_id}/effacer")
    assert send(client, f"/notes/{note_id}/effacer").status_code == 303
    assert "Aucune note ne contient tous ces mots." in page(client, "/notes?q=garder")
    heard = screen.get(f"/api/v1/rencontre/changes?workshop=gouvernance&after={head}").get_json()["operations"]
    assert [(one["name"], one["payload"]) for one in heard] == [("note.erased", {"note_id": note_id, "reason": ""})]
    assert all("garder" not in str(entry.payload) for entry in journal.read(gathering.id))
    assert check.stored(gathering.id) == check.replayed(gathering.id)
    page(client, f"/notes/{note_id}/effacer", status=404)
    assert send(client, f"/notes/{note_id}/effacer").status_code == 404


def test_only_an_organiser_looks_for_notes_or_erases_one(app: Flask) -> None:
    gathering: Gathering = make_gathering()
    note_id = make_note(make_holder(gathering), "Une phrase.")
    for role in ("rapporteur", "temoin", "participant"):
        client = sit(app, make_holder(gathering, role))
        page(client, "/notes", status=403)
        assert send(client, f"/notes/{note_id}/effacer").status_code == 403
