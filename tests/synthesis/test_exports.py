"""Files asked for while the gathering changes: two at once, after an erasure, during one."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from flask import Flask

from capture import notes, operations
from capture.models import Gathering
from capture.operations import NoteErased
from capture.seats import Holder
from synthesis import editions, reports, window
from synthesis.results import Edition, Membership, Quote, Theme
from tests.factories import make_gathering, make_holder, make_note, new_id

FIRST, SECOND = "Le maire ouvre la porte.", "Personne ne relit le compte rendu."


def publish(gathering: Gathering, *written: str) -> None:
    """Publish an edition of one theme that holds these notes."""
    corpus = window.look(gathering.id).corpus
    theme = Theme(
        id="t1",
        label="Porte",
        proposed_label="Porte",
        note_ids=written,
        quotes=(Quote(note_id=written[0], start=0, end=8, role="central"),),
        kinds=(("lever", len(written)),),
        workshops=(("gouvernance", len(written)),),
    )
    members = tuple(Membership(note_id=one, theme_id="t1", confidence=1.0) for one in written)
    edition = Edition(input_hash=corpus.digest(), position=corpus.position, themes=(theme,), memberships=members)
    editions.publish(gathering.id, edition, formed=True, seconds=0.1)


def erase(note_id: str, organiser: Holder) -> None:
    notes.erase(NoteErased(note_id=note_id, reason="demande"), by=organiser, operation_id=new_id())


def test_a_report_asked_for_after_an_erasure_is_made_of_what_remains(app: Flask) -> None:
    del app
    gathering = make_gathering()
    written = [make_note(make_holder(gathering), text) for text in (FIRST, SECOND)]
    publish(gathering, *written)
    erase(written[0], make_holder(gathering, "organiser"))
    said = reports.report(gathering.id, "md", language="fr").body.decode()
    assert "Le maire" not in said
    assert "Personne ne relit le compte rendu." in said
    assert "Une note a été effacée" in said
    assert FIRST not in reports.data(gathering.id, "edition.json").body.decode()
    sheet = reports.sheet(gathering.id, "gouvernance", "md", language="fr").body.decode()
    assert "Le maire" not in sheet


def test_a_note_erased_while_a_report_is_made_stays_in_no_file(app: Flask, tmp_path: Path) -> None:
    gathering = make_gathering()
    written = [make_note(make_holder(gathering), text) for text in (FIRST, SECOND)]
    publish(gathering, *written)
    organiser, key = make_holder(gathering, "organiser"), gathering.id
    made: list[bytes] = []

    def ask() -> None:
        with app.app_context():
            made.append(reports.report(key, "md", language="fr").body)

    # Two ask for the same file at once, and the erasure comes while it is being made.
    asking = [threading.Thread(target=ask) for _ in range(2)]
    for one in asking:
        one.start()
    time.sleep(0.3)
    erase(written[0], organiser)
    for one in asking:
        one.join()
    assert made[0] == made[1]
    assert SECOND in made[0].decode()
    kept = [path.read_bytes().decode() for path in (tmp_path / "made").rglob("*.md")]
    assert [text for text in kept if "Le maire" in text] == []
    assert "Le maire" not in reports.report(key, "md", language="fr").body.decode()


def test_the_process_that_makes_files_knows_every_operation() -> None:
    script = (
        "import json, synthesis.making; from capture.operations import VOCABULARY; print(json.dumps([*VOCABULARY]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert set(json.loads(done.stdout)) == set(operations.VOCABULARY)
