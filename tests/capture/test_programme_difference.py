"""What would change between two programmes, and files written that are read back the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.programme import (
    SESSION_KINDS,
    NoteKind,
    PlannedSession,
    Programme,
    as_csv,
    as_yaml,
    difference,
    read,
)
from capture.programme.plan import derived_key, in_order


def session_of(title: str, *, start: str = "09:00", room: str = "", day: str = "2018-11-26") -> PlannedSession:
    end = f"{int(start[:2]) + 1:02d}{start[2:]}"
    return PlannedSession(
        key=derived_key(day, title),
        title=title,
        kind="workshop",
        day=day,
        start=start,
        end=end,
        room=room,
        key_given=False,
    )


def programme_of(*sessions: PlannedSession, title: str = "") -> Programme:
    return Programme(title=title, sessions=in_order(sessions))


A, B, C = session_of("Habiter"), session_of("Se déplacer"), session_of("Se nourrir")


def test_a_programme_compared_with_itself_changes_nothing() -> None:
    found = difference(programme_of(A, B), programme_of(A, B))
    assert found.empty
    assert found.unchanged == in_order((A, B))


def test_a_first_import_adds_everything_and_an_empty_one_withdraws_everything() -> None:
    assert difference(Programme(), programme_of(A, B)).added == in_order((A, B))
    assert difference(programme_of(A, B), Programme()).withdrawn == in_order((A, B))


def test_a_change_is_told_field_by_field() -> None:
    moved = replace(B, room="Halle", start="14:00", end="15:00")
    (change,) = difference(programme_of(A, B), programme_of(A, moved)).changed
    assert [(one.field, one.before, one.after) for one in change.fields] == [
        ("start", "09:00", "14:00"),
        ("end", "10:00", "15:00"),
        ("room", "", "Halle"),
    ]


def test_a_corrected_title_keeps_the_session_and_its_key() -> None:
    before = session_of("Le récit de territoir comme outil")
    after = session_of("Le récit de territoire comme outil")
    (change,) = difference(programme_of(before, A), programme_of(after, A)).changed
    assert change.key == change.after.key == before.key
    assert [one.field for one in change.fields] == ["title"]


def test_a_corrected_title_imported_twice_changes_nothing_the_second_time() -> None:
    before = session_of("Le récit de territoir comme outil")
    file = programme_of(session_of("Le récit de territoire comme outil"))
    (change,) = difference(programme_of(before), file).changed
    assert difference(programme_of(change.after), file).empty


def test_a_session_moved_to_the_other_day_is_still_itself() -> None:
    after = session_of("Habiter", day="2018-11-27")
    (change,) = difference(programme_of(A), programme_of(after)).changed
    assert change.key == A.key
    assert [one.field for one in change.fields] == ["day"]


def test_a_new_title_in_the_same_room_and_slot_is_the_same_session() -> None:
    before, after = session_of("Habiter", room="Halle"), session_of("Loger tout le monde", room="halle")
    (change,) = difference(programme_of(before), programme_of(after)).changed
    assert {one.field for one in change.fields} == {"title", "room"}


def test_another_title_elsewhere_is_another_session() -> None:
    found = difference(programme_of(A), programme_of(C))
    assert (found.added, found.withdrawn) == ((C,), (A,))


def test_two_candidates_for_one_session_are_not_guessed() -> None:
    before = (session_of("Habiter", day="2018-11-25"), session_of("Habiter", day="2018-11-28"))
    found = difference(programme_of(*before), programme_of(session_of("Habiter", day="2018-12-01")))
    assert len(found.withdrawn) == 2
    assert len(found.added) == 1


def test_a_given_identifier_is_believed() -> None:
    before = replace(A, key="h1", key_given=True)
    after = replace(A, key="h2", key_given=True)
    found = difference(programme_of(before), programme_of(after))
    assert (len(found.added), len(found.withdrawn)) == (1, 1)


def test_the_gatherings_own_words_change_only_when_the_file_says_them() -> None:
    found = difference(programme_of(A, title="Deux jours"), programme_of(A, title="Deux journées"))
    assert [(one.field, one.before, one.after) for one in found.gathering] == [
        ("title", "Deux jours", "Deux journées")
    ]
    assert difference(programme_of(A, title="Deux jours"), programme_of(A)).empty


LETTERS = st.text("aeéèçœ zrtpqsdfjklmwxvbn’'-+=@&,;:?«»|#\"", min_size=0, max_size=30)
WORDS = LETTERS.map(lambda text: " ".join(f"m{text}".split()))
QUESTIONS = WORDS.map(lambda text: text.replace("|", "")).map(str.strip)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    sessions = []
    for at in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, 22 * 60))
        end = draw(st.integers(start + 1, 23 * 60 + 59))
        sessions.append(
            PlannedSession(
                key=f"s{at}",
                title=draw(WORDS),
                kind=draw(st.sampled_from(SESSION_KINDS)),
                day=draw(st.sampled_from(["2018-11-26", "2018-11-27"])),
                start=f"{start // 60:02d}:{start % 60:02d}",
                end=f"{end // 60:02d}:{end % 60:02d}",
                room=draw(st.sampled_from(["", f"Salle {at}"])),
                theme_of_day=draw(st.one_of(st.just(""), WORDS)),
                takes_notes=draw(st.booleans()),
                questions=tuple(draw(st.lists(QUESTIONS, max_size=3))),
                expected_rapporteurs=draw(st.integers(0, 9)),
            )
        )
    kinds = draw(st.sampled_from([(), (NoteKind(key="constat", label="Constat"),)]))
    return Programme(title=draw(WORDS), place=draw(WORDS), sessions=in_order(sessions), kinds=kinds)


@given(programmes())
def test_a_programme_written_as_yaml_is_read_back_the_same(programme: Programme) -> None:
    assert read(as_yaml(programme).encode(), name="p.yaml") == programme


@given(programmes())
def test_a_programme_written_as_csv_is_read_back_with_the_same_sessions(programme: Programme) -> None:
    assert read(as_csv(programme), name="p.csv").sessions == programme.sessions


@given(programmes(), programmes())
def test_a_difference_accounts_for_every_session_once(before: Programme, after: Programme) -> None:
    found = difference(before, after)
    stay = len(found.changed) + len(found.unchanged)
    assert len(found.withdrawn) + stay == len(before.sessions)
    assert len(found.added) + stay == len(after.sessions)


def test_cells_that_a_spreadsheet_would_run_are_neutralised_and_read_back() -> None:
    one = replace(A, title="=1+1", key="a", key_given=True)
    data = as_csv(programme_of(one))
    assert b"'=1+1" in data
    assert read(data, name="p.csv").sessions[0].title == "=1+1"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_small_programme_knows_its_days_and_workshops(count: int) -> None:
    programme = programme_of(*(replace(one, takes_notes=True, theme_of_day="T") for one in (A, B)[:count]))
    assert [day.theme for day in programme.days] == ["T"] * min(count, 1)
    assert len(programme.workshops) == count
