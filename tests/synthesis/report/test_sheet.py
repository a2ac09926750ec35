"""A workshop's return sheet: its own notes once each, as written, and where they join what others said."""

import io
from dataclasses import replace

import pypdf
import pytest

from synthesis.corpus import Corpus
from synthesis.report import formats
from synthesis.report.blocks import Grid, NoteList, Status
from synthesis.report.sheet import sheet
from synthesis.results import Edition


def test_a_sheet_holds_its_workshops_notes_once_each_and_no_other(
    edition: Edition, corpus: Corpus, status: Status
) -> None:
    made = sheet(edition, corpus, "w1", status=status)
    held = [line.note_id for block in made.blocks() if isinstance(block, NoteList) for line in block.lines]
    assert sorted(held) == ["a1", "a2", "a5"]
    assert [block.rows for block in made.blocks() if isinstance(block, Grid)] == [(("place des élus", "3", "5", "1"),)]
    assert made.cover.title == "Renouveler la gouvernance locale"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("workshop", ["w1", "w4"])
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_sheet_is_made_in_each_language_for_a_silent_workshop_too(
    edition: Edition, corpus: Corpus, status: Status, language: str, workshop: str, ending: str
) -> None:
    body = formats.render(sheet(edition, corpus, workshop, status=status, language=language), ending)
    assert body == formats.render(sheet(edition, corpus, workshop, status=status, language=language), ending)
    assert body.startswith(b"%PDF" if ending == "pdf" else b"<!doctype html>")


def test_a_sheet_on_paper_has_no_contents_and_its_head_holds_on_one_line(
    edition: Edition, corpus: Corpus, status: Status
) -> None:
    title = "Renouveler la gouvernance locale, les méthodes et les postures, de la commune à la région"
    titled = replace(corpus, workshops=(("w1", title), *corpus.workshops[1:]))
    made = sheet(edition, titled, "w1", status=status)
    second = pypdf.PdfReader(io.BytesIO(formats.render(made, "pdf"))).pages[1].extract_text()
    assert "Sommaire" not in second
    assert second.splitlines()[0].startswith("Renouveler la gouvernance locale, les méthodes et les postures,…")
