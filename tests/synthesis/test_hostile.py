"""What no one would write on purpose goes through the same way as any file of notes, to a report that is proved."""

from __future__ import annotations

import csv
import io
from itertools import product

import pytest

from capture.errors import TableUnreadable
from synthesis import table
from synthesis.french import French
from synthesis.report import compose, data, formats, proof
from synthesis.report.blocks import Status
from synthesis.report.edited import UNTOUCHED, arranged
from synthesis.results import Edition
from synthesis.synthesise import synthesise
from tests.synthesis.sentences import SENTENCES

REAL = SENTENCES[:36]
ACRONYMS = [" ".join(pair) for pair in product(("PETR", "EPCI", "SCOT", "PLUI", "CCAS"), ("ADEME", "CAUE", "DDTM"))]
NO_WORD = ["…", "!!!", "--", "?"]
OTHERS = [
    "The river is polluted upstream",
    "Wir brauchen mehr Busse",
    "El agua es de todos",
    "ar mor zo don",
    "水の問題",
]
SYLLABLES = [
    f"{head}{tail}" for head in ("bra", "clo", "dri", "fou", "gle") for tail in ("mure", "teau", "lin", "dage")
]

HOSTILE = {
    "one note": REAL[:1],
    "a thousand times the same": [REAL[0]] * 1_000,
    "all different": [f"{one}{other}" for one, other in product(SYLLABLES, SYLLABLES[:3])],
    "one of ten thousand words among short ones": [" ".join(REAL * 20)[:50_000], *REAL],
    "no word at all": NO_WORD * 8,
    "no word in half of them": [*NO_WORD * 4, *REAL],
    "other languages mixed in": [*OTHERS * 4, *REAL],
    "only acronyms": ACRONYMS * 3,
    "only emoji": ["🚲" * (count + 1) for count in range(40)],
}


def sheet(texts: list[str], **columns: list[str]) -> bytes:
    """Write notes as a file that a person would give."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["text", *columns])
    writer.writerows(zip(texts, *columns.values(), strict=True))
    return lines.getvalue().encode()


def edition(sheet: bytes, french: French) -> Edition:
    """Synthesise a file, prove its report, and make the files of data and one report."""
    read = table.read(sheet, name="notes.csv")
    made = synthesise(read.corpus, french=french)
    told = arranged(made, UNTOUCHED)
    report = compose.compose(told, read.corpus, status=Status(version="1", on=None))
    proof.check(report, read.corpus, told)
    assert all(file.data for file in data.files(made, read.corpus, read))
    assert formats.render(report, "html")
    placed = [note for theme in made.themes for note in theme.note_ids] + list(made.tray)
    assert sorted(placed) == sorted(note.id for note in read.corpus)
    return made


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_becomes_a_proved_edition(texts: list[str], french: French) -> None:
    assert len(edition(sheet(texts), french).themes) <= 60


@pytest.mark.parametrize("empty", [" ", "\u200b", ""])
def test_a_file_with_a_text_that_is_empty_is_refused_with_its_line(empty: str) -> None:
    with pytest.raises(TableUnreadable) as refused:
        table.read(sheet([REAL[0], empty], kind=["Levier", "Frein"]), name="notes.csv")
    assert refused.value.data["faults"] == ((3, "le texte est vide"),)


def test_one_workshop_with_nearly_all_the_notes_and_no_kind_still_has_themes(french: French) -> None:
    texts = SENTENCES[:120]
    made = edition(sheet(texts, workshop=["w2" if row % 20 == 0 else "w1" for row in range(len(texts))]), french)
    assert len(made.themes) >= 4
