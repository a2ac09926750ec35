"""The demonstration shows what it promises: enough notes, uneven, varied, and nothing that is not ours to show."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from capture.programme import PlannedSession, Programme, read

DEMO = Path(__file__).parents[1] / "demo"
KINDS = ("lever", "obstacle", "condition")
COLUMNS = ["id", "session", "kind", "text", "actors", "territories", "at", "author"]
INCLUSIVE = ("·es", "⋅es", ".e.s", "(ne)s", "(e)s", "-rice-s", "⋅euses", "/usagères", "tou·te·s", "·NE·S", "·ne·s")
SILENT = "atlas"
# The ordinary words that each name one subject of territorial development.
SUBJECTS = (
    r"\bélus?\b",
    r"appels? à projets|temps long",
    r"ingénierie",
    r"\bform(?:er|és?|ations?)\b",
    r"publics|précaires|toujours les mêmes",
    r"transport|mobilité|covoiturage|voiture",
    r"tiers-lieu",
    r"friche|foncier|vides",
    r"cantine|agricult|alimentaire|légumes",
    r"évalu|indicateur",
    r"récit",
    r"données|numérique",
    r"jeunes",
    r"bénévol|associations",
    r"jargon|sigles|mots simples|vocabulaire",
    r"confiance",
    r"réunion",
    r"budget participatif|fonds",
    r"intercommunalité|communautés? de communes",
    r"logement|locataires|habitat\b",
    r"métier|fiches? de poste|chargée? de mission",
    r"financ",
    r"\beau\b|énerg|climat|transition",
)


@cache
def programme() -> Programme:
    return read((DEMO / "programme.yaml").read_bytes(), name="programme.yaml")


@cache
def notes() -> tuple[dict[str, str], ...]:
    files = sorted((DEMO / "notes").glob("*.csv"))
    return tuple(row for file in files for row in csv.DictReader(io.StringIO(file.read_text("utf-8"))))


@cache
def organisations() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO((DEMO / "actors.csv").read_text("utf-8"))))


def noted() -> list[PlannedSession]:
    return [one for one in programme().sessions if one.takes_notes]


def told() -> Counter[str]:
    return Counter(note["session"] for note in notes())


def test_the_programme_holds_the_two_days_and_is_read_without_a_remark() -> None:
    kinds = Counter(one.kind for one in programme().sessions)
    assert programme().remarks == ()
    assert [day.date for day in programme().days] == ["2018-11-26", "2018-11-27"]
    assert (kinds["workshop"], kinds["round_table"], kinds["story_table"]) == (17, 3, 1)


def test_each_session_that_takes_notes_asks_two_to_four_questions_and_has_a_room() -> None:
    assert all(2 <= len(one.questions) <= 4 for one in noted())
    assert all(one.room and one.expected_rapporteurs for one in noted())


def test_there_are_enough_notes_each_with_its_own_id_and_its_columns() -> None:
    assert len(notes()) >= 440
    assert len({note["id"] for note in notes()}) == len(notes())
    assert all(list(note) == COLUMNS for note in notes())


def test_each_note_belongs_to_a_session_and_has_a_kind() -> None:
    assert {note["session"] for note in notes()} == {one.key for one in noted()} - {SILENT}
    assert {note["kind"] for note in notes()} == set(KINDS)


def test_each_workshop_has_every_kind() -> None:
    for session in told():
        assert {note["kind"] for note in notes() if note["session"] == session} == set(KINDS)


def test_workshops_are_uneven_and_the_last_slot_has_fewer_notes() -> None:
    assert min(told().values()) == 6
    assert 50 <= max(told().values()) <= 55
    slots: dict[tuple[str, str], list[int]] = {}
    for one in noted():
        if one.kind == "workshop":
            slots.setdefault((one.day, one.start), []).append(told()[one.key])
    means = [sum(counts) / len(counts) for _, counts in sorted(slots.items())]
    assert means == sorted(means, reverse=True)


def test_a_note_has_eight_to_forty_five_words() -> None:
    lengths = sorted(len(note["text"].split()) for note in notes())
    assert (lengths[0], lengths[-1]) >= (8, 36)
    assert lengths[-1] <= 45


def test_a_note_is_written_while_its_session_lasts() -> None:
    sessions = programme().by_key()
    for note in notes():
        one, at = sessions[note["session"]], dt.datetime.fromisoformat(note["at"])
        local = at.astimezone(ZoneInfo(programme().timezone))
        assert at.utcoffset() == local.utcoffset()
        assert local.date().isoformat() == one.day
        assert one.start <= f"{local:%H:%M}" < one.end


def test_a_rapporteur_is_one_of_those_expected() -> None:
    sessions = programme().by_key()
    for note in notes():
        assert re.fullmatch(r"r[1-9]", note["author"])
        assert int(note["author"][1:]) <= sessions[note["session"]].expected_rapporteurs


def test_marked_organisations_are_listed_and_listed_names_are_unique() -> None:
    names = [row["name"] for row in organisations()]
    assert len(names) == len(set(names))
    marked = {name for note in notes() for name in note["actors"].split(";") if name}
    assert marked <= set(names)
    assert len(marked) >= 30


def test_no_name_or_alias_is_shared_by_two_organisations() -> None:
    every: Counter[str] = Counter()
    for row in organisations():
        aliases = [part.strip() for part in row["aliases"].split(";") if part.strip()]
        every.update({surface.casefold() for surface in (row["name"], row["acronym"], *aliases) if surface})
    assert [surface for surface, count in every.items() if count > 1] == []


@pytest.mark.parametrize("form", INCLUSIVE)
def test_inclusive_writing_comes_in_each_of_its_forms(form: str) -> None:
    assert any(form in note["text"] for note in notes())


def test_both_registers_and_both_apostrophes_are_there() -> None:
    texts = [note["text"] for note in notes()]
    assert sum(text[0].islower() for text in texts) >= 80
    assert sum(text[0].isupper() and text.endswith((".", "?", "»")) for text in texts) >= 200
    assert sum("'" in text for text in texts) >= 50
    assert sum("’" in text for text in texts) >= 200


def test_quotes_digits_and_marks_are_there() -> None:
    texts = [note["text"] for note in notes()]
    assert sum("«" in text for text in texts) >= 10
    assert sum(bool(re.search(r"\d", text)) for text in texts) >= 60
    assert sum(bool(re.search(r"[@#]\w", text)) for text in texts) >= 5


def alike(one: str, other: str) -> bool:
    """Share more than half of their letters in order, by difflib's ratio and its two quicker upper bounds."""
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.real_quick_ratio() > 0.55 and match.quick_ratio() > 0.55 and match.ratio() > 0.55


def test_a_dozen_notes_say_nearly_the_same_in_two_workshops_and_none_twice_in_one() -> None:
    words = {note["id"]: set(re.findall(r"\w{4,}", note["text"].lower())) for note in notes()}
    across = within = 0
    for at, note in enumerate(notes()):
        for other in notes()[:at]:
            shared = len(words[note["id"]] & words[other["id"]])
            if shared >= 4 and alike(note["text"].replace("’", "'"), other["text"].replace("’", "'")):
                across += note["session"] != other["session"]
                within += note["session"] == other["session"]
    assert 10 <= across <= 20
    assert within == 0


@pytest.mark.parametrize("words", SUBJECTS)
def test_a_subject_comes_back_in_four_workshops_with_its_ordinary_words(words: str) -> None:
    found = [note for note in notes() if re.search(words, note["text"], re.IGNORECASE)]
    assert len(found) >= 12
    assert len({note["session"] for note in found}) >= 4
    assert {note["kind"] for note in found} == set(KINDS)


def test_no_note_holds_a_control_character_or_a_formula() -> None:
    for note in notes():
        assert note["text"] == note["text"].strip()
        assert note["text"][0] not in "=+-"
        assert all(mark.isprintable() or mark == "\u00a0" for mark in note["text"])
