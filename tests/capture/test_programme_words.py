"""Dates, times, kinds and columns as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.programme import KIND_LABELS, SESSION_KINDS, words
from capture.programme.plan import derived_key, slug


@pytest.mark.parametrize(
    "text",
    [
        "2018-11-26",
        "26/11/2018",
        "26-11-2018",
        "26.11.2018",
        "26/11/18",
        "26 novembre 2018",
        "lundi 26 novembre 2018",
        "Lundi 26 Novembre 2018",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert words.day_of(text) == "2018-11-26"


def test_the_first_of_a_month_and_accented_months_are_read() -> None:
    assert words.day_of("1er août 2019") == "2019-08-01"
    assert words.day_of("dimanche 10 février 2019") == "2019-02-10"


@pytest.mark.parametrize("text", ["11/26/2018", "30/02/2018", "26/11", "demain", "mardi 26 novembre 2018", "43430"])
def test_a_wrong_date_is_refused_with_a_way_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"écrivez|corrigez"):
        words.day_of(text)


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_date_is_read_back_from_its_french_and_its_iso_form(date: dt.date) -> None:
    spelt = f"{words.WEEKDAYS[date.weekday()]} {date.day} {words.MONTHS[date.month - 1]} {date.year}"
    for text in (date.isoformat(), f"{date:%d/%m/%Y}", f"{date:%d.%m.%y}", spelt):
        assert words.day_of(text) == date.isoformat()


@pytest.mark.parametrize("text", ["13:45", "13h45", "13 h 45", "13H45", "13.45", "13:45:00", "13h45min"])
def test_a_time_is_read_however_it_is_written(text: str) -> None:
    assert words.time_of(text) == "13:45"


@given(st.times())
def test_every_time_is_read_back_from_its_french_form(time: dt.time) -> None:
    assert words.time_of(f"{time.hour}h{time.minute:02d}") == f"{time:%H:%M}"


@pytest.mark.parametrize("text", ["24:00", "13h60", "midi", "13", "9h5", "-1:00"])
def test_a_wrong_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="écrivez"):
        words.time_of(text)


def test_a_whole_hour_needs_no_minutes() -> None:
    assert words.time_of("9h") == "09:00"


@pytest.mark.parametrize("kind", SESSION_KINDS)
def test_each_kind_is_read_back_from_its_key_and_from_its_french_word(kind: str) -> None:
    assert words.kind_of(kind) == kind
    assert words.kind_of(KIND_LABELS[kind]) == kind
    assert words.kind_of(KIND_LABELS[kind].upper()) == kind


def test_no_word_names_two_columns_or_two_kinds() -> None:
    for table in (words.COLUMNS, words.KIND_WORDS):
        every = [word for spelt in table.values() for word in spelt]
        assert len(every) == len(set(every))
        assert all(slug(word) == word for word in every)


@given(st.text())
def test_a_cell_of_any_text_is_a_value_or_a_reason(text: str) -> None:
    for reader in (words.day_of, words.time_of, words.hours_of, words.kind_of, words.yes_or_no, words.count_of):
        try:
            reader(text)
        except ValueError as error:
            assert str(error).endswith(".")  # noqa: PT017 - every kind of reason is checked, not one


@given(st.text())
def test_a_slug_is_plain_and_stays_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)
    assert all(mark.isascii() and (mark.isalnum() or mark == "-") for mark in slug(text))


def test_a_derived_key_is_cut_between_two_words() -> None:
    title = "Participation et initiatives citoyennes : comment favoriser la coproduction des politiques publiques ?"
    key = derived_key("2018-11-27", title)
    assert key == "2018-11-27-participation-et-initiatives-citoyennes-comment-favoriser-la"
    assert len(key) <= 80
