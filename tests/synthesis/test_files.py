"""The files of an edition: made once, thrown away with the words they were made of, refused with the reason."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from capture import notes
from capture.errors import NoEdition, UnknownFormat
from capture.models import Gathering
from capture.operations import NoteErased
from capture.seats import Holder
from synthesis import editions, reports, window
from synthesis.results import Edition, Quote, Theme
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.published import make_theme, publish


@pytest.fixture
def noted(gathering: Gathering) -> tuple[Gathering, Holder, list[str]]:
    """A gathering with an edition of two notes."""
    by = make_holder(gathering)
    written = [make_note(by, "Le maire ouvre la porte."), make_note(by, "Personne ne relit le compte rendu.")]
    publish(gathering, make_theme("t1", "Porte du maire", *written))
    return gathering, by, written


Noted = tuple[Gathering, Holder, list[str]]


def test_a_report_is_made_once_and_then_read_from_the_disk(noted: Noted, tmp_path: Path) -> None:
    gathering, _, _ = noted
    made = reports.report(gathering.id, "html", language="fr")
    assert made.name == "rapport-rencontre-1-provisoire.html"
    assert "Le maire ouvre la porte." in made.body.decode()
    [kept] = (tmp_path / "made").rglob("rapport.fr.html")
    kept.write_bytes(b"from the disk")
    assert reports.report(gathering.id, "html", language="fr").body == b"from the disk"


def test_the_data_come_as_single_files_and_as_one_archive(noted: Noted) -> None:
    gathering, _, written = noted
    archive = reports.data(gathering.id, "donnees.zip")
    with zipfile.ZipFile(io.BytesIO(archive.body)) as files:
        names = set(files.namelist())
        assert names == {one.name for one in reports.DATA} - {"donnees.zip"}
        notes_csv = files.read("notes.csv")
    assert reports.data(gathering.id, "notes.csv").body == notes_csv
    assert all(note_id in notes_csv.decode() for note_id in written)
    assert json.loads(reports.data(gathering.id, "edition.json").body)["themes"][0]["label"] == "Porte du maire"


def test_erased_words_leave_the_files_that_were_made_of_them(noted: Noted, tmp_path: Path) -> None:
    gathering, _, written = noted
    reports.data(gathering.id, "notes.csv")
    organiser = make_holder(gathering, "organiser")
    notes.erase(NoteErased(note_id=written[0], reason="demande"), by=organiser, operation_id=new_id())
    assert list((tmp_path / "made").rglob("notes.csv")) == []
    publish(gathering)
    assert "Le maire ouvre la porte." not in reports.data(gathering.id, "notes.csv").body.decode()


def test_an_unknown_format_and_a_morning_without_edition_are_refused(gathering: Gathering) -> None:
    with pytest.raises(UnknownFormat):
        reports.report(gathering.id, "exe", language="fr")
    with pytest.raises(UnknownFormat):
        reports.data(gathering.id, "../secret_key")
    with pytest.raises(NoEdition):
        reports.report(gathering.id, "pdf", language="fr")


def test_a_report_that_its_notes_do_not_bear_out_is_refused_with_the_reason(noted: Noted) -> None:
    gathering, _, written = noted
    quote = Quote(note_id=written[0], start=0, end=400, role="central")
    theme = Theme(id="t1", label="Porte", proposed_label="Porte", note_ids=tuple(written), quotes=(quote,))
    corpus = window.look(gathering.id).corpus
    edition = Edition(input_hash="of other notes", position=corpus.position, method="consensus", themes=(theme,))
    editions.publish(gathering.id, edition, formed=True, seconds=0.1)
    with pytest.raises(reports.ReportUnproved) as refused:
        reports.report(gathering.id, "md", language="fr")
    assert refused.value.data["failures"]
