"""The report of a version that was frozen: what was read then, whatever came since; and who may take it away."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from capture import journal, notes, seats
from capture.models import Gathering
from capture.operations import NoteEdited, NoteErased
from capture.seats import Holder, Role
from synthesis import reports
from synthesis.restitution import speakers, versions
from synthesis.restitution.acts import ReadingFrozen, ReadingReleased, StagePrepared
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.test_exports import FIRST, SECOND, publish


def sit(app: Flask, gathering: Gathering, role: Role) -> tuple[FlaskClient, str]:
    seat_id = seats.open_seat(gathering_id=gathering.id, role=role)
    client = app.test_client()
    assert client.get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], seat_id)}").status_code == 302
    return client, seat_id


def freeze(client: FlaskClient, gathering: Gathering, number: int) -> None:
    body = {"edition": number, "position": journal.head(gathering.id)}
    csrf = client.get(f"/api/v1/{gathering.slug}/seat").get_json()["csrf"]
    operations = [{"id": new_id(), "name": "reading.frozen", "payload": body}]
    answer = client.post(
        f"/api/v1/{gathering.slug}/operations", json={"operations": operations}, headers={"X-CSRFToken": csrf}
    )
    assert answer.status_code == 200


def links(client: FlaskClient, gathering: Gathering) -> list[str]:
    page = client.get(f"/{gathering.slug}/synthese/rapport").get_data(as_text=True)
    return re.findall(r'href="([^"]*/versions/[^"]*)"', page)


def edit(by: Holder, note_id: str, text: str) -> None:
    base = next(note.wording.revision for note in notes.every_note(by.gathering_id) if note.id == note_id)
    act = NoteEdited(note_id=note_id, base=base, kind="lever", text=text)
    notes.edit(act, by=by, operation_id=new_id(), limit=1000)


def test_the_report_of_a_frozen_version_is_what_was_read_whatever_came_since(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    first = make_note(by, FIRST)
    publish(gathering, first)
    late = make_note(by, "Une note arrivée avant qu’on fige.")
    client, _ = sit(app, gathering, "temoin")
    freeze(client, gathering, 1)
    third = make_note(by, SECOND)
    edit(by, first, "Le maire a fermé la porte.")
    publish(gathering, first, late, third)
    offered = {link.rsplit(".", 1)[1]: link for link in links(client, gathering)}
    assert list(offered) == [one.name for one in reports.REPORTS]
    answers = {ending: client.get(link) for ending, link in offered.items()}
    assert {ending: one.mimetype for ending, one in answers.items()} == {
        one.name: one.mimetype for one in reports.REPORTS
    }
    answer = answers["md"]
    said = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "-1-fige.md" in answer.headers["Content-Disposition"]
    assert FIRST in said
    assert "Une note arrivée avant qu’on fige." in said
    assert "fermé la porte" not in said
    assert SECOND not in said
    assert re.search(r"Version figée n° 1, le .* à \d+\u00a0h", said)
    # The report of now is made beside it, and takes nothing from it.
    now = client.get(f"/{gathering.slug}/rapport.md").get_data(as_text=True)
    assert SECOND in now
    assert "Version figée" not in now
    assert client.get(offered["md"]).data == answer.data


def test_a_frozen_version_is_its_readers_alone_and_the_stages_everybodys(app: Flask, gathering: Gathering) -> None:
    note_id = make_note(make_holder(gathering), FIRST)
    publish(gathering, note_id)
    client, _ = sit(app, gathering, "temoin")
    beside, _ = sit(app, gathering, "temoin")
    freeze(client, gathering, 1)
    link, *_ = links(client, gathering)
    assert links(beside, gathering) == []
    assert beside.get(link).status_code == 404
    speaker = make_holder(gathering, "temoin")
    prepared = StagePrepared(edition=1, position=journal.head(gathering.id))
    speakers.prepare(prepared, by=speaker, operation_id=new_id())
    shared, *_ = links(beside, gathering)
    assert beside.get(shared).status_code == 200
    assert client.get(link).status_code == 200
    assert "préparée pour la scène" in beside.get(f"/{gathering.slug}/synthese/rapport").get_data(as_text=True)
    stranger, _ = sit(app, gathering, "participant")
    assert stranger.get(shared).status_code == 403


def test_a_version_frozen_twice_is_one_and_stays_after_it_was_let_go(gathering: Gathering) -> None:
    publish(gathering, make_note(make_holder(gathering), FIRST))
    witness = make_holder(gathering, "temoin")
    position = journal.head(gathering.id)
    for act in (
        ReadingFrozen(edition=0, position=0),
        ReadingFrozen(edition=1, position=position),
        ReadingReleased(),
        ReadingFrozen(edition=1, position=position),
    ):
        speakers.read(act, by=witness, operation_id=new_id())
    (one,) = versions.kept(witness)
    assert (one.number, one.position, one.staged) == (1, position, False)
    assert one.id == position + 2
    speakers.prepare(StagePrepared(edition=1, position=position), by=witness, operation_id=new_id())
    assert [(again.id, again.staged) for again in versions.kept(witness)] == [(one.id, True)]


def test_words_erased_since_are_in_no_report_of_a_frozen_version(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    written = [make_note(by, text) for text in (FIRST, SECOND)]
    publish(gathering, *written)
    client, _ = sit(app, gathering, "temoin")
    freeze(client, gathering, 1)
    (link,) = [link for link in links(client, gathering) if link.endswith(".md")]
    assert FIRST in client.get(link).get_data(as_text=True)
    organiser = make_holder(gathering, "organiser")
    notes.erase(NoteErased(note_id=written[0], reason="demande"), by=organiser, operation_id=new_id())
    said = client.get(link).get_data(as_text=True)
    assert FIRST not in said
    assert SECOND in said
    assert "Une note a été effacée" in said
    assert client.get(link.replace(".md", ".exe")).status_code == 404


def test_the_actors_are_those_of_the_version_under_ones_eyes(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    publish(gathering, make_note(by, FIRST))
    client, _ = sit(app, gathering, "temoin")
    freeze(client, gathering, 1)
    publish(gathering, make_note(by, SECOND))
    page = client.get(f"/{gathering.slug}/synthese/acteurs").get_data(as_text=True)
    assert re.search(r"version\s1, figée\sà", page)
    beside, _ = sit(app, gathering, "temoin")
    assert "figée" not in beside.get(f"/{gathering.slug}/synthese/acteurs").get_data(as_text=True)
