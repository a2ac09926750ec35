from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capture.actors_list import difference, read
from capture.errors import FileUnreadable
from capture.operations import ActorPlan


def reasons(data: str | bytes) -> list[tuple[int, str]]:
    """The lines at fault and what is said of them."""
    with pytest.raises(FileUnreadable) as caught:
        read(data if isinstance(data, bytes) else data.encode(), name="acteurs.csv")
    return [(one["line"], one["reason"]) for one in caught.value.data["lines"]]


def test_a_list_is_read_in_its_own_order_with_its_aliases() -> None:
    found = read(
        "nom,sigle,famille,autres noms\nUnion des pays,UDP,association,Les pays; UP\nRégion,,,\n".encode(),
        name="a.csv",
    )
    assert found.actors == (
        ActorPlan(name="Union des pays", acronym="UDP", family="association", aliases=("Les pays", "UP")),
        ActorPlan(name="Région"),
    )
    assert found.remarks == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_however_a_spreadsheet_saved_it(separator: str, encoding: str) -> None:
    text = f"Nom{separator}Sigle\r\nFédération des élus{separator}FDE\r\n"
    assert read(text.encode(encoding), name="a.csv").actors == (ActorPlan(name="Fédération des élus", acronym="FDE"),)


def test_an_unknown_column_is_left_aside_with_a_word() -> None:
    found = read(b"nom;couleur\nPays;bleu\n", name="a.csv")
    assert found.actors == (ActorPlan(name="Pays"),)
    assert found.remarks == ("La colonne « couleur » a été ignorée : elle n’est pas d’une liste d’acteurs.",)


def test_every_line_at_fault_is_named_and_nothing_is_read() -> None:
    assert reasons("nom;sigle\n;X\nPays;A\npays;B\nRégion;C;D\n") == [
        (2, "le nom manque ; écrivez-le, ou retirez la ligne."),
        (4, "« pays » est déjà à la ligne 3 ; gardez-en une seule."),
        (5, "cette ligne a plus de cases que l’en-tête ; mettez entre guillemets les noms séparés par « ; »."),
    ]


def test_a_file_without_a_name_column_or_without_a_row_is_refused() -> None:
    assert reasons("sigle;famille\nX;Y\n")[0][0] == 1
    assert reasons("nom\n") == [
        (0, "Il n’y a aucune organisation : ajoutez une ligne d’en-tête, puis une ligne par acteur.")
    ]
    assert reasons(b"")[0][0] == 0
    assert "guillemet" in reasons('nom\n"Pays\n')[0][1]


def test_a_cell_that_a_spreadsheet_protected_is_read_as_it_was_written() -> None:
    assert read(b"nom\n'=SOMME(A1)\n", name="a.csv").actors == (ActorPlan(name="=SOMME(A1)"),)


@given(st.binary(max_size=200))
def test_whatever_the_bytes_a_list_is_read_or_refused(data: bytes) -> None:
    found: object = ()
    try:
        found = read(data, name="a.csv").actors
    except FileUnreadable as refusal:
        found = refusal.data["lines"]
    assert found


def test_a_list_is_compared_actor_by_actor() -> None:
    before = (ActorPlan(name="A"), ActorPlan(name="B"), ActorPlan(name="C"))
    after = (ActorPlan(name="D"), ActorPlan(name="B", acronym="X"), ActorPlan(name="A"))
    found = difference(before, after)
    assert (found.added, found.changed, found.removed) == ((after[0],), (after[1],), (before[2],))
    assert found.unchanged == 1
    assert difference(before, before).empty
    assert difference((), ()).empty
