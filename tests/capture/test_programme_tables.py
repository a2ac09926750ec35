"""CSV programmes: encodings, separators, headers, and every line at fault at once."""

from __future__ import annotations

from typing import Any

import pytest

from capture.errors import ProgrammeUnreadable
from capture.programme import Programme, read

HEADER = "jour,début,fin,type,titre,salle\n"
ONE = "26/11/2018,13h45,15h15,atelier,Faire récit,Salle bleue\n"


def read_text(text: str, name: str = "programme.csv") -> Programme:
    return read(text.encode(), name=name)


def faults_of(data: bytes | str, name: str = "programme.csv") -> list[dict[str, Any]]:
    with pytest.raises(ProgrammeUnreadable) as refusal:
        read(data.encode() if isinstance(data, str) else data, name=name)
    lines: list[dict[str, Any]] = refusal.value.data["lines"]
    return lines


def test_a_french_table_is_read_field_by_field() -> None:
    text = (
        "id;Jour;Début;Fin;Type;Titre;Salle;Thème de la journée;Prise de notes;Questions;Rapporteurs\n"
        "recit;lundi 26 novembre 2018;10 h 30;11h30;Récit de territoire;Se raconter;Grande halle;Se rencontrer;oui;"
        "Qui parle ? | Qui écoute ?;2\n"
    )
    (session,) = read_text(text).sessions
    assert (session.key, session.key_given) == ("recit", True)
    assert (session.day, session.start, session.end) == ("2018-11-26", "10:30", "11:30")
    assert (session.kind, session.title, session.room) == ("story_table", "Se raconter", "Grande halle")
    assert (session.theme_of_day, session.takes_notes, session.expected_rapporteurs) == ("Se rencontrer", True, 2)
    assert session.questions == ("Qui parle ?", "Qui écoute ?")


def test_an_english_table_says_the_same_as_a_french_one() -> None:
    english = read_text("date,start,end,kind,title,room\n2018-11-26,13:45,15:15,workshop,Faire récit,Salle bleue\n")
    assert english == read_text(HEADER + ONE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-marked", "utf-16-be-marked"])
def test_an_encoding_that_says_its_name_is_read_without_a_word(encoding: str) -> None:
    text = HEADER + ONE
    marked = {"utf-16-le-marked": ("\ufeff" + text, "utf-16-le"), "utf-16-be-marked": ("\ufeff" + text, "utf-16-be")}
    body, codec = marked.get(encoding, (text, encoding))
    programme = read(body.encode(codec), name="programme.csv")
    assert programme.sessions[0].title == "Faire récit"
    assert programme.remarks == ()


def test_a_latin_1_table_is_read_as_windows_1252_with_a_word_about_it() -> None:
    programme = read((HEADER + ONE.replace("récit", "récit – œuvre")).encode("cp1252"), name="programme.csv")
    assert programme.sessions[0].title == "Faire récit – œuvre"
    assert any("Windows-1252" in remark for remark in programme.remarks)


def test_bytes_that_are_in_no_known_encoding_are_refused_by_their_line() -> None:
    (fault,) = faults_of((HEADER + ONE).encode() + b"26/11/2018,16h,17h,pause,Caf\xe9 \x81,\n")
    assert fault["line"] == 3
    assert "UTF-8" in fault["reason"]


@pytest.mark.parametrize("empty", [b"", b"  \n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\ufeff".encode("utf-16-le")])
def test_an_empty_file_is_refused_as_empty(empty: bytes) -> None:
    (fault,) = faults_of(empty)
    assert fault["line"] == 0
    assert "vide" in fault["reason"]


def test_a_header_without_sessions_is_refused() -> None:
    (fault,) = faults_of(HEADER)
    assert "aucune séance" in fault["reason"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_the_one_the_header_uses(separator: str) -> None:
    text = (HEADER + ONE).replace(",", separator)
    assert read_text(text) == read_text(HEADER + ONE)


def test_a_title_above_the_table_does_not_hide_the_header() -> None:
    programme = read_text("Programme provisoire du 12 octobre\n\n" + HEADER + ONE)
    assert len(programme.sessions) == 1


def test_unknown_columns_are_ignored_with_a_word_about_each() -> None:
    programme = read_text("jour,début,fin,titre,Couleur,titre\n26/11/2018,9h,10h,Accueil,bleu,Autre\n")
    assert programme.sessions[0].title == "Accueil"
    assert programme.remarks == (
        "La colonne « Couleur » a été ignorée : elle n’est pas d’un programme.",
        "La colonne « titre » a été ignorée : elle fait double emploi.",
    )


def test_numbered_question_columns_add_up_in_their_order() -> None:
    text = "jour,début,fin,titre,question 1,question 2\n26/11/2018,9h,10h,Atelier A,Qui ?,Comment ?\n"
    assert read_text(text).sessions[0].questions == ("Qui ?", "Comment ?")


def test_one_column_of_hours_gives_start_and_end() -> None:
    programme = read_text(
        "jour,horaires,titre\n26/11/2018,de 13h45 à 15h15,Atelier A\n27/11/2018,9:15–11:15,Atelier B\n"
    )
    assert [(one.start, one.end) for one in programme.sessions] == [("13:45", "15:15"), ("09:15", "11:15")]


def test_a_missing_column_is_named_with_what_it_is_called() -> None:
    faults = faults_of("jour,titre,salle\n26/11/2018,Accueil,Hall\n")
    assert [(fault["line"], fault["column"]) for fault in faults] == [(1, "début"), (1, "fin")]


def test_a_table_without_header_is_refused_with_an_example_of_one() -> None:
    (fault,) = faults_of("bonjour,à,tous\nrien,de,rien\n")
    assert "jour, début, fin, type, titre, salle" in fault["reason"]


def test_every_line_at_fault_is_listed_in_the_order_of_the_file() -> None:
    text = HEADER + (
        "26/11/2018,13h45,15h15,atelier,Premier,Salle bleue\n"
        "26/11/2018,15h00,16h00,atelier,Second,salle Bleue\n"
        "30/02/2018,9h,10h,atelier,Troisième,\n"
        "26/11/2018,12h,11h,causerie,,\n"
        "11/26/2018,25h,26h,atelier,Cinquième,\n"
    )
    faults = faults_of(text)
    assert [(fault["line"], fault["column"]) for fault in faults] == [
        (3, "salle"),
        (4, "jour"),
        (5, "fin"),
        (5, "titre"),
        (5, "type"),
        (6, "début"),
        (6, "fin"),
        (6, "jour"),
    ]
    assert "« Premier » (ligne 2)" in faults[0]["reason"]


def test_the_summary_counts_the_faults_and_names_the_lines() -> None:
    with pytest.raises(ProgrammeUnreadable) as refusal:
        read_text(HEADER + "32/11/2018,9h,10h,atelier,A,\n26/11/2018,9h,8h,atelier,B,\n")
    assert str(refusal.value) == (
        "Le programme n’a pas pu être lu. Rien n’a été changé. 2 points à corriger, aux lignes 2 et 3."
    )


def test_rooms_overlap_only_when_the_hours_do() -> None:
    touching = HEADER + "26/11/2018,9h,10h,atelier,A,Halle\n26/11/2018,10h,11h,atelier,B,Halle\n"
    assert len(read_text(touching).sessions) == 2
    other_day = HEADER + "26/11/2018,9h,10h,atelier,A,Halle\n27/11/2018,9h,10h,atelier,B,Halle\n"
    assert len(read_text(other_day).sessions) == 2
    no_room = HEADER + "26/11/2018,9h,10h,atelier,A,\n26/11/2018,9h,10h,atelier,B,\n"
    assert len(read_text(no_room).sessions) == 2


def test_two_sessions_with_one_identifier_are_refused() -> None:
    text = "id,jour,début,fin,titre\na,26/11/2018,9h,10h,Atelier A\na,26/11/2018,11h,12h,Atelier B\n"
    (fault,) = faults_of(text)
    assert (fault["line"], fault["column"]) == (3, "id")
    assert "ligne 2" in fault["reason"]


def test_the_same_title_twice_at_one_hour_is_refused_and_at_another_hour_gets_it() -> None:
    again = "26/11/2018,13h45,15h15,atelier,Faire récit,Salle rouge\n"
    (fault,) = faults_of(HEADER + ONE + again + again.replace("rouge", "verte"))[:1]
    assert fault["column"] == "titre"
    programme = read_text(HEADER + "26/11/2018,10h,10h15,pause,Pause,\n26/11/2018,16h,16h15,pause,Pause,\n")
    assert [one.key for one in programme.sessions] == ["2018-11-26-pause", "2018-11-26-pause-1600"]


def test_a_line_longer_than_its_header_is_refused_with_the_way_out() -> None:
    (fault,) = faults_of("jour,début,fin,titre\n26/11/2018,9h,10h,Atelier A, suite du titre\n")
    assert fault["line"] == 2
    assert "guillemets" in fault["reason"]


def test_an_open_quote_is_refused_by_the_line_where_it_opens() -> None:
    (fault,) = faults_of(HEADER + ONE + '26/11/2018,16h,17h,atelier,"Jamais fermé,\n27/11/2018,9h,10h,atelier,B,\n')
    assert fault["line"] == 3
    assert "guillemet" in fault["reason"]


def test_lines_are_counted_as_an_editor_counts_them_through_multiline_cells() -> None:
    text = (
        "jour,début,fin,titre,questions\n"
        '26/11/2018,9h,10h,Atelier A,"- Qui ?\n- Comment ?"\n'
        "\n"
        "26/11/2018,11h,10h,Atelier B,\n"
    )
    (fault,) = faults_of(text)
    assert fault["line"] == 5


def test_a_session_without_kind_is_guessed_from_its_title_or_read_as_a_workshop_with_a_word() -> None:
    text = "jour,début,fin,titre\n26/11/2018,9h,10h,Table ronde : qui décide ?\n26/11/2018,11h,12h,Qui décide ?\n"
    programme = read_text(text)
    assert [one.kind for one in programme.sessions] == ["round_table", "workshop"]
    assert [one.takes_notes for one in programme.sessions] == [True, True]
    assert programme.remarks == ("Ligne 3 : « Qui décide ? » n’a pas de type ; lue comme un atelier.",)


def test_breaks_take_no_notes_unless_the_table_says_so() -> None:
    text = "jour,début,fin,type,titre,notes\n26/11/2018,12h,13h,repas,Repas,\n26/11/2018,13h,14h,pleniere,Mot,oui\n"
    assert [one.takes_notes for one in read_text(text).sessions] == [False, True]


def test_invisible_characters_in_a_cell_are_named() -> None:
    (fault,) = faults_of(HEADER + "26/11/2018,9h,10h,atelier,Faire\x07 récit,\n")
    assert "U+0007" in fault["reason"]


def test_a_file_over_five_megabytes_is_refused_before_it_is_read() -> None:
    (fault,) = faults_of(HEADER + ONE * 100_000)
    assert "Mo" in fault["reason"]


def test_more_sessions_than_a_programme_has_are_refused_once() -> None:
    (fault,) = faults_of(HEADER + ONE * 1001)
    assert "1001 séances" in fault["reason"]


@pytest.mark.parametrize(
    ("data", "what"), [(b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls"), (b"\x89PNG\r\n", "image")]
)
def test_a_file_of_another_nature_is_named_for_what_it_is(data: bytes, what: str) -> None:
    (fault,) = faults_of(data, name="programme.csv")
    assert what in fault["reason"]


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ProgrammeUnreadable) as refusal:
        read((HEADER + ONE).encode(), name="p.csv", timezone="Europe/Loos")
    assert refusal.value.data["lines"][0]["column"] == "fuseau"
