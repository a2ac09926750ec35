import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.errors import TableUnreadable
from synthesis import table

FIRST = "Les élu·es qui laissent la main aux habitants."
SECOND = "Le calendrier des appels à projets, trop court."


def read(text: str) -> table.Table:
    return table.read(text.encode(), name="notes.csv")


def refused(data: bytes) -> TableUnreadable:
    with pytest.raises(TableUnreadable) as caught:
        table.read(data, name="notes.csv")
    return caught.value


def test_a_full_row_is_read_as_it_was_written() -> None:
    found = read(
        "id,text,workshop,kind,actors,territories,at\n"
        f'a1,"{FIRST}",Gouvernance,Levier,CNFPT; La Ruche,Loos ;Lens,2018-11-26T14:02\n'
    )
    (note,) = found.corpus.notes
    assert (note.id, note.text, note.workshop, note.kind) == ("a1", FIRST, "Gouvernance", "lever")
    assert (note.actors, note.territories, note.at) == (("CNFPT", "La Ruche"), ("Loos", "Lens"), "2018-11-26T14:02")
    assert found.remarks == ()


def test_text_keeps_its_spaces_lines_and_marks() -> None:
    written = "  Une note,\n sur « deux » lignes ; \u200favec une marque\u200e "
    (note,) = read(f'text\n"{written}"\n').corpus.notes
    assert note.text == written


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_separator_is_found_and_a_bom_accepted(separator: str, bom: str) -> None:
    rows = [["id", "text", "kind"], ["a", "Oui, c’est possible".replace(",", " "), "frein"]]
    found = read(bom + "\n".join(separator.join(row) for row in rows))
    assert [(note.id, note.kind) for note in found.corpus] == [("a", "obstacle")]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Levier", "lever"),
        ("LEVIERS", "lever"),
        ("lever", "lever"),
        (" frein ", "obstacle"),
        ("Obstacles", "obstacle"),
        ("condition", "condition"),
        ("Condition de réussite", "condition"),
        ("CONDITIONS DE RÉUSSITE", "condition"),
        ("", ""),
        ("constat", None),
    ],
)
def test_kind_is_read_in_both_languages_whatever_its_spelling(word: str, kind: str | None) -> None:
    assert table.kind_of(word) == kind


def test_unknown_columns_are_named_and_set_aside_with_their_cells() -> None:
    found = read(f"id,source,text\na,carnet,{SECOND.replace(',', '')}\n")
    assert [remark.code for remark in found.remarks] == ["columns_aside"]
    assert "« source »" in found.remarks[0].sentence
    assert found.columns == ("id", "source", "text")
    assert found.rows[0][1][1] == "carnet"


def test_rows_without_id_take_one_from_their_content_whatever_their_order() -> None:
    rows = [f'"{FIRST}",levier', f'"{SECOND}",frein', f'"{FIRST}",levier', f'"{FIRST}",frein']
    straight = read("text,kind\n" + "\n".join(rows))
    turned = read("text,kind\n" + "\n".join(reversed(rows)))
    assert straight.corpus == turned.corpus
    assert straight.rows == turned.rows
    assert len({note.id for note in straight.corpus}) == 4
    assert sum(note.id.endswith("-2") for note in straight.corpus) == 1


def test_alike_rows_told_apart_by_an_unknown_column_do_not_depend_on_order() -> None:
    rows = [f'"{FIRST}",cahier', f'"{FIRST}",affiche']
    assert read("text,source\n" + "\n".join(rows)) == read("text,source\n" + "\n".join(reversed(rows)))


def test_a_derived_id_never_takes_one_that_was_given() -> None:
    (derived,) = read(f'text\n"{FIRST}"\n').corpus.notes
    both = read(f'id,text\n{derived.id},Autre chose\n,"{FIRST}"\n')
    assert sorted(note.id for note in both.corpus) == [derived.id, f"{derived.id}-2"]


def test_header_alone_is_an_empty_morning() -> None:
    assert len(read("text\n").corpus) == 0


def test_blank_rows_and_trailing_empty_cells_are_nothing() -> None:
    assert len(read("id;text;;\n\n;;;\na;Une seule note;;\n").corpus) == 1


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", 1, "vide"),
        (b"id,kind\na,levier\n", 1, "aucune colonne"),
        (b"id,Texte\na,b\n", 1, "renommez la colonne « Texte »"),
        (b"text,text\na,b\n", 1, "nommée deux fois"),
        ("id,text\na,Une note\nb,Élève\n".encode("latin-1"), 3, "Windows-1252"),
        ("text\nÉlève\n".encode("utf-16"), 1, "UTF-16"),
        (b"text\nune\nde\x00ux\n", 3, "NUL"),
        (b'id,text\na,une\nb,"deux\nc,trois\n', 3, "guillemet"),
        (b'id,text\na,"une" note\n', 2, "guillemet"),
        (b"id,text\na,une, puis deux\n", 2, "3 cellules pour 2 colonnes"),
        ("id,text\na,une\nb,\u200b \n".encode(), 3, "vide"),
        (b"id,text\na,une\nb,deux\na,trois\n", 4, "déjà servi ligne 2"),
        (b"text,kind\nune,levier\ndeux,constat\n", 3, "constat"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_reason(data: bytes, line: int, said: str) -> None:
    refusal = refused(data)
    assert refusal.data["line"] == line
    assert said in refusal.data["reason"]
    assert f"Ligne {line}" in str(refusal)


def test_every_fault_is_kept_and_the_first_five_are_said() -> None:
    refusal = refused(b"text,kind\n" + b"note,bof\n" * 8)
    assert len(refusal.data["faults"]) == 8
    assert "Et 3 autres" in str(refusal)


def test_line_numbers_count_the_lines_inside_quoted_cells() -> None:
    assert refused(b'text,kind\n"une\nnote\nlongue",levier\nautre,bof\n').data["line"] == 5


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1), max_size=6))
def test_any_text_is_given_back_or_refused_as_empty(texts: list[str]) -> None:
    body = "text,end\n" + "".join('"' + text.replace('"', '""') + '",x\n' for text in texts)
    try:
        found = read(body)
    except TableUnreadable as refusal:
        assert {reason for _, reason in refusal.data["faults"]} == {"le texte est vide"}  # noqa: PT017 - one of two outcomes
    else:
        assert sorted(note.text for note in found.corpus) == sorted(texts)
