"""What a witness and a room do around the speech: each act once, on both engines; private, or nobody's."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from capture import journal, seats, sending
from capture.db import db
from capture.errors import NotFound, NotYourSeat, TextUnreadable
from capture.models import Entry, Gathering
from capture.seats import Holder, Role
from synthesis import screens
from synthesis.restitution import record, speakers, versions
from synthesis.restitution.acts import (
    EchoGiven,
    LandmarkDropped,
    LandmarkPlaced,
    LandmarksOrdered,
    LandmarksShared,
    LandmarkWorded,
    Scene,
    StagePrepared,
    StageShown,
)
from synthesis.restitution.refusals import (
    LandmarkGone,
    LineTooLong,
    SceneUnknown,
    SheetFull,
    SheetNotShared,
    StageMoved,
)
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.speech import keep, publish, sit

"""What a witness and a room do around the speech: each act once, on both engines; private, or nobody's."""


def test_landmarks_are_placed_worded_ordered_and_dropped(gathering: Gathering, witness: Holder) -> None:
    keep(LandmarkPlaced(landmark_id="a", theme_id="t1"), witness)
    keep(LandmarkPlaced(landmark_id="b", note_id="n1", seconds=60), witness)
    keep(LandmarkPlaced(landmark_id="c", line="Remercier la halle"), witness)
    keep(LandmarkWorded(landmark_id="a", line="Commencer ici", seconds=90), witness)
    keep(LandmarksOrdered(landmark_ids=("c", "a")), witness)
    sheet = record.sheets_for(witness)[0]
    assert [one.id for one in sheet.landmarks] == ["c", "a", "b"]
    assert (sheet.landmarks[1].line, sheet.seconds) == ("Commencer ici", 150)
    keep(LandmarkDropped(landmark_id="a"), witness)
    assert [one.id for one in record.sheets_for(witness)[0].landmarks] == ["c", "b"]


def test_a_landmark_sent_twice_has_one_receipt_and_one_place(gathering: Gathering, witness: Holder) -> None:
    act, operation_id = LandmarkPlaced(landmark_id="a", theme_id="t1"), new_id()
    first, again = keep(act, witness, operation_id), keep(act, witness, operation_id)
    assert (first.position, again.position, again.outcome) == (first.position, first.position, "replayed")
    keep(LandmarkPlaced(landmark_id="twin", theme_id="t1"), witness)
    assert [one.id for one in record.sheets_for(witness)[0].landmarks] == ["a"]


def test_a_sheet_is_another_witness_s_only_when_it_is_shared(gathering: Gathering, witness: Holder) -> None:
    other = seats.take(gathering.slug, witness.seat_id, device="d2")
    keep(LandmarkPlaced(landmark_id="a", theme_id="t1"), witness)
    own = record.own_sheet(witness)
    with pytest.raises(SheetNotShared):
        keep(LandmarkPlaced(landmark_id="b", theme_id="t2", sheet=own), other)
    assert [sheet.id for sheet in record.sheets_for(other)] == [record.own_sheet(other)]
    keep(LandmarksShared(shared=True, name="À deux voix"), witness)
    keep(LandmarkPlaced(landmark_id="b", theme_id="t2", sheet=own), other)
    assert [one.id for one in record.sheets_for(other)[1].landmarks] == ["a", "b"]
    keep(LandmarksShared(shared=False), witness)
    with pytest.raises(SheetNotShared):
        keep(LandmarkDropped(landmark_id="a", sheet=own), other)


def test_what_a_sheet_cannot_keep_is_refused(gathering: Gathering, witness: Holder) -> None:
    refused: list[tuple[Any, type[Exception]]] = [
        (LandmarkPlaced(landmark_id="a", line="x" * 301), LineTooLong),
        (LandmarkPlaced(landmark_id="a", line="a\x00b"), TextUnreadable),
        (LandmarkWorded(landmark_id="gone", line="Oui"), LandmarkGone),
    ]
    for act, why in refused:
        with pytest.raises(why):
            keep(act, witness)
    for place in range(speakers.SHEET_MAX):
        keep(LandmarkPlaced(landmark_id=f"l{place}", line="Une ligne"), witness)
    with pytest.raises(SheetFull):
        keep(LandmarkPlaced(landmark_id="more", line="Une de trop"), witness)


def test_the_words_of_a_sheet_are_sent_to_its_own_device_alone(gathering: Gathering, witness: Holder) -> None:
    before = journal.head(gathering.id)
    keep(LandmarkPlaced(landmark_id="a", line="Ce que je dirai de la salle"), witness)
    [sent] = sending.read(gathering.id, after=before)
    beside = seats.take(gathering.slug, witness.seat_id, device="d2")
    assert "Ce que je dirai" in str(sent.json_for(witness))
    assert "Ce que je dirai" in (sent.seen_by(witness, None) or b"").decode()
    assert "Ce que je dirai" not in (sent.seen_by(beside, None) or b"").decode() + str(sent.json_for(beside))
    roles: tuple[Role, ...] = ("organiser", "rapporteur", "participant")
    assert [sent.seen_by(make_holder(gathering, role), None) for role in roles] == [None, None, None]


def test_the_stage_is_prepared_over_one_version_and_shows_what_was_shown_last(
    gathering: Gathering, witness: Holder
) -> None:
    note_id = make_note(make_holder(gathering), "Le maire ouvre la porte.")
    number = publish(gathering, "t1", "Porte", note_id)
    assert versions.stage(gathering.id).scene == Scene(view="title")
    scenes = (Scene(view="title"), Scene(view="quote", theme_id="t1", note_id=note_id))
    act = StagePrepared(edition=number, position=journal.head(gathering.id), scenes=scenes)
    speakers.prepare(act, by=witness, operation_id=new_id())
    make_note(make_holder(gathering), "Une note trop tardive.")
    speakers.show(StageShown(view="quote", theme_id="t1", note_id=note_id), by=witness, operation_id=new_id())
    found = versions.stage(gathering.id)
    assert (found.deck.scenes, found.scene.note_id) == (scenes, note_id)
    assert [note.text for note in found.deck.notes] == ["Le maire ouvre la porte."]
    with pytest.raises(SceneUnknown):
        speakers.show(StageShown(view="video"), by=witness, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        speakers.show(StageShown(view="black"), by=make_holder(gathering, "participant"), operation_id=new_id())


def test_an_echo_counts_a_device_once_and_keeps_no_trace_of_it(gathering: Gathering) -> None:
    publish(gathering, "t1", "Porte", make_note(make_holder(gathering)))
    room = make_holder(gathering, "participant", device="telephone-bleu")
    operation_id = new_id()
    first = speakers.echo(EchoGiven(theme_id="t1"), by=room, operation_id=operation_id, device_at=1)
    again = speakers.echo(EchoGiven(theme_id="t1"), by=room, operation_id=new_id(), device_at=2)
    assert (first.operation_id, first.outcome, again.outcome) == (operation_id, "done", "replayed")
    speakers.echo(EchoGiven(theme_id="t1"), by=make_holder(gathering, "participant"), operation_id=new_id())
    assert record.echoes(gathering.id) == {"t1": 2}
    entries = db.session.scalars(select(Entry).where(Entry.name == "echo.given")).all()
    assert [(entry.author, entry.device_at) for entry in entries] == [("", None), ("", None)]
    assert not any("telephone-bleu" in f"{entry.operation_id}{entry.payload}" for entry in entries)
    with pytest.raises(NotFound):
        speakers.echo(EchoGiven(theme_id="nowhere"), by=room, operation_id=new_id())


def test_a_room_that_answers_makes_no_screen_be_read_again(gathering: Gathering, witness: Holder) -> None:
    publish(gathering, "t1", "Porte", make_note(make_holder(gathering)))
    before = screens.read(gathering.id)
    for device in ("a", "b", "c"):
        by = make_holder(gathering, "participant", device=device)
        speakers.echo(EchoGiven(theme_id="t1"), by=by, operation_id=new_id())
    speakers.show(StageShown(view="black"), by=witness, operation_id=new_id())
    assert screens.read(gathering.id) is before
    make_note(make_holder(gathering))
    assert screens.read(gathering.id) is not before


PAGES = ("", "/depuis", "/partout", "/debat", "/une-fois", "/questions", "/reperes")


@pytest.mark.parametrize("written", [0, 1, 2])
def test_every_page_of_the_speech_opens_on_the_empty_morning(app: Flask, gathering: Gathering, written: int) -> None:
    by = make_holder(gathering)
    for text in ["Qui décide ? 🙂", "لا أحد يقرأ المحضر. " + "mot " * 1_000][:written]:
        make_note(by, text, kind="obstacle")
    client = sit(app, gathering, "temoin")
    for page in [f"/rencontre/synthese{path}" for path in PAGES] + ["/rencontre/pupitre", "/rencontre/scene"]:
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Restitution-Keep"]) == (200, "page"), page
    room = sit(app, gathering, "participant")
    assert room.get("/rencontre/suivre").status_code == 200
    assert [room.get(path).status_code for path in ("/rencontre/scene", "/rencontre/pupitre")] == [403, 403]


def test_the_code_on_the_screen_leads_to_the_reading_view(app: Flask, gathering: Gathering) -> None:
    seat_id = seats.open_seat(gathering_id=gathering.id, role="participant")
    token = seats.sign(app.config["SECRET_KEY"], seat_id)
    assert "room-code" in sit(app, gathering, "temoin").get("/rencontre/scene").text
    answer = app.test_client().get(f"/suivre/{token}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rencontre/suivre")


def test_the_room_is_sent_no_note_that_nobody_means_to_show(app: Flask, gathering: Gathering, witness: Holder) -> None:
    by = make_holder(gathering)
    shown, hidden = make_note(by, "Le maire ouvre la porte."), make_note(by, "Une note restée à l’écart.")
    publish(gathering, "t1", "Porte", shown)
    room = sit(app, gathering, "participant")
    for path in ("/rencontre/suivre", "/api/v1/rencontre/stage"):
        assert "restée à l" not in json.dumps(room.get(path).text)
    assert room.get(f"/api/v1/rencontre/stage/notes/{hidden}").status_code == 404
    speakers.show(StageShown(view="quote", note_id=hidden), by=witness, operation_id=new_id())
    assert room.get(f"/api/v1/rencontre/stage/notes/{hidden}").get_json()["text"] == "Une note restée à l’écart."


def test_the_sheet_on_paper_says_the_words_as_noted(app: Flask, gathering: Gathering) -> None:
    text = "Les élu⋅es laissent la main 🙂 لا"
    note_id = make_note(make_holder(gathering), text)
    client = sit(app, gathering, "temoin")
    csrf = client.get("/api/v1/rencontre/seat").get_json()["csrf"]
    acts = (
        {"landmark_id": "a", "note_id": note_id, "seconds": 90},
        {"landmark_id": "b", "line": "Conclure", "seconds": 30},
        {"landmark_id": "c", "note_id": "gone"},
    )
    operations = [{"id": new_id(), "name": "landmark.placed", "payload": payload} for payload in acts]
    client.post("/api/v1/rencontre/operations", json={"operations": operations}, headers={"X-CSRFToken": csrf})
    answer = client.get("/rencontre/synthese/reperes.pdf")
    assert answer.mimetype == "application/pdf"
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    assert "Les élu⋅es laissent la main" in printed
    assert printed.count("«") == printed.count("Atelier gouvernance") == 1
    assert "1 min 30" in printed
    assert "2. Conclure · 30 s" in printed
    assert "3. Cette note n’est plus là." in printed


def test_a_speech_begins_when_the_screen_is_driven_after_it_was_prepared(
    gathering: Gathering, witness: Holder
) -> None:
    assert record.driven(gathering.id) == (0, 0)
    first = speakers.show(StageShown(view="table"), by=witness, operation_id=new_id())
    assert record.driven(gathering.id) == (0, first.position)
    prepared = speakers.prepare(StagePrepared(edition=0, position=0), by=witness, operation_id=new_id())
    assert record.driven(gathering.id) == (prepared.position, first.position)
    shown = speakers.show(StageShown(view="title"), by=witness, operation_id=new_id())
    assert record.driven(gathering.id) == (prepared.position, shown.position)


def test_a_preparation_that_comes_late_never_undoes_a_speech_that_has_begun(
    gathering: Gathering, witness: Holder
) -> None:
    known = journal.head(gathering.id)
    late = StagePrepared(edition=0, position=0, after=known)
    received = speakers.prepare(late, by=witness, operation_id=(sent := new_id()))
    shown = speakers.show(StageShown(view="table"), by=witness, operation_id=new_id())
    assert speakers.prepare(late, by=witness, operation_id=sent).position == received.position
    with pytest.raises(StageMoved):
        speakers.prepare(late, by=witness, operation_id=new_id())
    assert record.driven(gathering.id) == (received.position, shown.position)
    again = StagePrepared(edition=0, position=0, after=shown.position)
    assert speakers.prepare(again, by=witness, operation_id=new_id()).position == shown.position + 1
