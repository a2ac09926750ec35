"""Workbooks, calendars and documents: real files made by the programs' own libraries, and files meant to harm."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest

from capture.errors import ProgrammeUnreadable
from capture.programme import Programme, read

ROW = ["26/11/2018", "13h45", "15h15", "atelier", "Faire récit", "Salle bleue"]
HEADER = ["jour", "début", "fin", "type", "titre", "salle"]


def workbook_of(*rows: list[Any], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def calendar_of(*events: str, about: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//essai//FR\n{about}{body}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def faults_of(data: bytes, name: str) -> list[dict[str, Any]]:
    with pytest.raises(ProgrammeUnreadable) as refusal:
        read(data, name=name)
    lines: list[dict[str, Any]] = refusal.value.data["lines"]
    return lines


def only(programme: Programme) -> tuple[str, str, str, str]:
    (session,) = programme.sessions
    return session.day, session.start, session.end, session.title


# Workbooks


def test_a_workbook_with_real_dates_and_times_is_read() -> None:
    row = [dt.date(2018, 11, 26), dt.time(13, 45), dt.time(15, 15), "atelier", "Faire récit", "Salle bleue"]
    assert only(read(workbook_of(HEADER, row), name="p.xlsx")) == ("2018-11-26", "13:45", "15:15", "Faire récit")


def test_a_workbook_of_texts_says_the_same_as_one_of_dates() -> None:
    typed = [dt.datetime(2018, 11, 26), dt.timedelta(hours=13, minutes=45), "15:15", *ROW[3:]]  # noqa: DTZ001 - workbooks hold no zone
    assert read(workbook_of(HEADER, ROW), name="p.xlsx") == read(workbook_of(HEADER, typed), name="p.xlsx")


def test_a_day_merged_over_several_lines_counts_for_each() -> None:
    second = ["", "16h", "17h", "atelier", "Décider", ""]
    programme = read(workbook_of(HEADER, ROW, second, merged="A2:A3"), name="p.xlsx")
    assert [one.day for one in programme.sessions] == ["2018-11-26", "2018-11-26"]


def test_a_formula_that_nobody_computed_is_refused_at_its_cell() -> None:
    faults = faults_of(workbook_of(HEADER, [*ROW[:4], '=CONCATENATE("Faire", " récit")', ""]), "p.xlsx")
    assert (faults[0]["line"], faults[0]["column"]) == (2, "E2")


def test_a_computed_formula_is_read_as_it_was_shown_with_a_word() -> None:
    plain = workbook_of(HEADER, [*ROW[:4], "=A1", "Salle bleue"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb'<c r="E2">.*?</c>', b'<c r="E2" t="str"><f>A1</f><v>Calcul</v></c>', part)
            after.writestr(name, part)
    programme = read(out.getvalue(), name="p.xlsx")
    assert programme.sessions[0].title == "Calcul"
    assert any("formule" in remark for remark in programme.remarks)


def test_the_sheet_with_a_header_is_chosen_and_a_second_one_is_mentioned() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Notes de l’équipe"])
    for name in ("Programme", "Ancien"):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append([*ROW[:4], name, ""])
    out = io.BytesIO()
    book.save(out)
    programme = read(out.getvalue(), name="p.xlsx")
    assert only(programme)[3] == "Programme"
    assert any("« Ancien »" in remark for remark in programme.remarks)


def test_a_workbook_is_known_by_its_content_whatever_its_name() -> None:
    assert only(read(workbook_of(HEADER, ROW), name="programme.csv"))[3] == "Faire récit"
    assert "malgré son nom" in faults_of(b"jour,titre\n", "programme.xlsx")[0]["reason"]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(**{"xl__workbook.xml": b"<workbook/>", "xl__sheet.xml": b" " * 70_000_000})
    assert len(bomb) < 100_000
    assert "démesuré" in faults_of(bomb, "p.xlsx")[0]["reason"]


def test_a_workbook_that_declares_entities_is_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><workbook>&a;</workbook>'
    assert "interdite" in faults_of(zipped(**{"xl__workbook.xml": laughs}), "p.xlsx")[0]["reason"]


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_a_workbook_cut_short_is_refused(cut: int) -> None:
    assert "abîmé" in faults_of(workbook_of(HEADER, ROW)[:cut], "p.xlsx")[0]["reason"]


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    assert "XLSX" in faults_of(zipped(**{"content.xml": b"<office/>"}), "p.ods")[0]["reason"]


# Calendars

EVENT = """
UID:recit
SUMMARY:Faire récit
DTSTART;TZID=Europe/Paris:20181126T134500
DTEND;TZID=Europe/Paris:20181126T151500
LOCATION:Salle bleue
CATEGORIES:Interne,Atelier
DESCRIPTION:Venez nombreux.\\nQui raconte ?\\nPour qui ?
"""


def test_an_event_is_read_as_a_session() -> None:
    programme = read(calendar_of(EVENT, about="X-WR-CALNAME:Deux jours\n"), name="p.ics")
    (session,) = programme.sessions
    assert programme.title == "Deux jours"
    assert only(programme) == ("2018-11-26", "13:45", "15:15", "Faire récit")
    assert (session.key, session.kind, session.room) == ("recit", "workshop", "Salle bleue")
    assert session.questions == ("Qui raconte ?", "Pour qui ?")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20181126T124500Z", "DTEND:20181126T141500Z"),
        ("DTSTART:20181126T134500", "DTEND:20181126T151500"),
        ("DTSTART;TZID=America/Montreal:20181126T074500", "DURATION:PT1H30M"),
        ("DTSTART;TZID=Romance Standard Time:20181126T134500", "DTEND;TZID=Romance Standard Time:20181126T151500"),
    ],
)
def test_every_time_zone_ends_at_the_gatherings_own_clock(start: str, end: str) -> None:
    programme = read(calendar_of(f"SUMMARY:Atelier A\n{start}\n{end}"), name="p.ics")
    assert only(programme)[:3] == ("2018-11-26", "13:45", "15:15")


def test_summer_time_is_the_zones_own() -> None:
    programme = read(calendar_of("SUMMARY:Atelier A\nDTSTART:20190626T120000Z\nDTEND:20190626T130000Z"), name="p.ics")
    assert only(programme)[1] == "14:00"


def test_the_calendars_own_zone_is_kept() -> None:
    programme = read(calendar_of(EVENT, about="X-WR-TIMEZONE:Indian/Reunion\n"), name="p.ics")
    assert programme.timezone == "Indian/Reunion"
    assert programme.sessions[0].start == "16:45"


def test_folded_lines_are_unfolded() -> None:
    folded = EVENT.replace("SUMMARY:Faire récit", "SUMMARY:Faire \n récit")
    assert only(read(calendar_of(folded), name="p.ics"))[3] == "Faire récit"


@pytest.mark.parametrize(
    ("event", "column", "reason"),
    [
        ("DTSTART;VALUE=DATE:20181126\nDTEND;VALUE=DATE:20181127", "DTSTART", "toute la journée"),
        ("DTSTART:20181126T090000\nDTEND:20181126T100000\nRRULE:FREQ=DAILY;COUNT=2", "RRULE", "se répète"),
        ("DTSTART:20181126T210000\nDTEND:20181127T010000", "DTEND", "un autre jour"),
        ("DTSTART;TZID=Nulle/Part:20181126T090000\nDTEND:20181126T100000", "DTSTART", "Nulle/Part"),
        ("DTEND:20181126T100000", "DTSTART", "manque"),
        ("DTSTART:20181126T090000", "DTEND", "manque"),
    ],
)
def test_an_event_that_cannot_be_a_session_is_refused_by_its_line(event: str, column: str, reason: str) -> None:
    (fault,) = faults_of(calendar_of(EVENT, f"SUMMARY:Atelier B\n{event}"), "p.ics")
    assert (fault["line"], fault["column"]) == (13, column)
    assert reason in fault["reason"]


def test_a_cancelled_event_is_left_aside_with_a_word() -> None:
    programme = read(calendar_of(EVENT, "SUMMARY:Atelier B\nSTATUS:CANCELLED\nDTSTART:20181126T090000"), name="p.ics")
    assert len(programme.sessions) == 1
    assert "annulée" in programme.remarks[0]


def test_a_long_uid_becomes_a_key_that_fits_an_address() -> None:
    uid = "040000008200E00074C5B7101A82E00800000000@agenda.example" * 3
    (first,) = read(calendar_of(EVENT.replace("UID:recit", f"UID:{uid}")), name="p.ics").sessions
    assert len(first.key) <= 80
    assert "@" not in first.key


@pytest.mark.parametrize("text", ["BEGIN:VCALENDAR\r\n", "BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "n’importe quoi"])
def test_a_calendar_that_is_none_is_refused(text: str) -> None:
    assert faults_of(text.encode(), "p.ics")


def test_a_calendar_without_events_is_refused() -> None:
    assert "aucune séance" in faults_of(calendar_of(), "p.ics")[0]["reason"]


# Documents

DOCUMENT = """\
titre: Deux jours
lieu: La Halle
types:
  - Constat
  - {clé: recit, libellé: Récit}
journées:
  - date: 2018-11-26
    thème: Se rencontrer
    séances:
      - titre: Faire récit
        début: 13:45
        fin: 15h15
        type: atelier
        salle: 12
        questions:
          - Qui raconte ?
          - "Pour qui : eux, ou nous ?"
"""


def test_a_document_is_read_day_by_day() -> None:
    programme = read(DOCUMENT.encode(), name="p.yaml")
    (session,) = programme.sessions
    assert (programme.title, programme.place, programme.days[0].theme) == ("Deux jours", "La Halle", "Se rencontrer")
    assert [(kind.key, kind.label) for kind in programme.kinds] == [("constat", "Constat"), ("recit", "Récit")]
    assert (session.start, session.end, session.room) == ("13:45", "15:15", "12")
    assert session.questions == ("Qui raconte ?", "Pour qui : eux, ou nous ?")


def test_a_document_may_be_a_plain_list_of_sessions() -> None:
    text = "- {titre: Atelier A, jour: 26/11/2018, début: 9h, fin: 10h}\n"
    assert only(read(text.encode(), name="p.yml")) == ("2018-11-26", "09:00", "10:00", "Atelier A")


def test_a_document_is_known_by_its_content_when_its_name_says_nothing() -> None:
    assert read(DOCUMENT.encode(), name="programme") == read(DOCUMENT.encode(), name="p.yaml")


def test_a_fault_in_a_document_names_its_session_by_line() -> None:
    (fault,) = faults_of(DOCUMENT.replace("15h15", "12h").encode(), "p.yaml")
    assert (fault["line"], fault["column"]) == (10, "fin")


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (fault,) = faults_of(bomb.encode(), "p.yaml")
    assert fault["line"] == 1
    assert "ancres" in fault["reason"]


@pytest.mark.parametrize(
    "text", ["[" * 5000, "titre: !!python/object/apply:os.system [ls]", "a: b: c", "titre: [", "\t- a"]
)
def test_a_document_meant_to_harm_or_malformed_is_refused(text: str) -> None:
    assert faults_of(text.encode(), "p.yaml")


def test_a_key_written_twice_is_refused() -> None:
    (fault,) = faults_of(DOCUMENT.replace("        salle: 12", "        type: pause").encode(), "p.yaml")
    assert (fault["line"], fault["column"]) == (14, "type")


def test_unknown_words_of_a_document_are_ignored_with_their_line() -> None:
    programme = read((DOCUMENT + "budget: 12000\n").encode(), name="p.yaml")
    assert programme.remarks == ("Ligne 18 : « budget » a été ignoré, ce n’est pas d’un programme.",)
