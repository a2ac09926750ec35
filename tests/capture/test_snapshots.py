"""A snapshot is one moment: a screen that starts from it must be able to go on from its position."""

from __future__ import annotations

import threading

from flask import Flask

from capture import notes
from capture.db import db
from capture.models import Gathering
from capture.operations import NoteEdited
from tests.capture.test_api import sit
from tests.factories import LIMIT, make_gathering, make_holder, make_note, new_id


def test_a_snapshot_taken_while_people_write_holds_nothing_later_than_its_position(app: Flask) -> None:
    gathering_id = make_gathering().id
    by = make_holder(db.session.get_one(Gathering, gathering_id))
    note_id = make_note(by, "Première version.")
    client = sit(app, by)
    stop = threading.Event()

    def reword() -> None:
        with app.app_context():
            base = 0
            while not stop.is_set():
                act = NoteEdited(note_id=note_id, base=base, text=f"Version {base}.", kind="lever")
                base = notes.edit(act, by=by, operation_id=new_id(), limit=LIMIT).position

    writer = threading.Thread(target=reword)
    writer.start()
    try:
        torn = []
        for _ in range(60):
            body = client.get("/api/v1/rencontre/snapshot?workshop=gouvernance").json
            assert body is not None
            latest = max(
                [note["revision"] for note in body["notes"]]
                + [rival["revision"] for note in body["notes"] for rival in note["rivals"]]
            )
            if latest > body["position"]:
                torn.append((latest, body["position"]))
    finally:
        stop.set()
        writer.join()
    assert torn == []
