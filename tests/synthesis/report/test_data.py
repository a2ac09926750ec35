import csv
import io
import json
from collections.abc import Callable

import networkx as nx
import pytest
from openpyxl import load_workbook

from capture.errors import FileUnreadable, TableUnreadable
from synthesis import table
from synthesis.corpus import Corpus, ListedActor, Note
from synthesis.decisions import Decided, ThemeRenamed, ThemesMerged
from synthesis.report import data
from synthesis.results import Edition


def given(edition: Edition, corpus: Corpus, source: table.Table | None = None) -> dict[str, bytes]:
    return {one.name: one.data for one in data.files(edition, corpus, source)}


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def test_every_file_of_the_contract_is_there(edition: Edition, corpus: Corpus) -> None:
    assert set(given(edition, corpus)) == {
        "edition.json",
        "notes.csv",
        "themes.csv",
        "actors.csv",
        "mentions.csv",
        "links.csv",
        "cooperations.csv",
        "graph.gexf",
        "graph.graphml",
        "graph.json",
        "workbook.xlsx",
    }


def test_the_same_edition_is_the_same_bytes(edition: Edition, corpus: Corpus) -> None:
    turned = Corpus.of(reversed(corpus.notes), workshops=corpus.workshops, title=corpus.title, position=42)
    assert given(edition, corpus) == given(edition, turned)


def test_edition_is_read_back_as_it_was_written(edition: Edition, corpus: Corpus) -> None:
    body = data.write_edition(edition, corpus)
    again = data.read_edition(body)
    assert data.write_edition(again, corpus) == body
    assert again.themes == edition.themes
    assert again.memberships == edition.memberships
    assert again.parameters == edition.parameters


def test_edition_repeats_the_exact_words_of_each_quote(edition: Edition, corpus: Corpus) -> None:
    body = json.loads(data.write_edition(edition, corpus))
    notes = corpus.by_id()
    for theme in body["themes"]:
        for quote in theme["quotes"]:
            assert quote["text"] == notes[quote["note_id"]].text[quote["start"] : quote["end"]]
    assert set(body["graph"]) == {"links", "cooperations", "places"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\xff", "JSON"),
        (b"[]", "schema"),
        (b'{"schema": 99}', "format 99"),
        (b'{"schema": 1, "themes": [{"id": 3}]}', "themes.0"),
    ],
)
def test_an_edition_that_is_none_is_refused_with_its_reason(body: bytes, said: str) -> None:
    with pytest.raises(FileUnreadable) as caught:
        data.read_edition(body)
    assert said in str(caught.value)


def test_fields_added_by_a_later_version_are_left_aside() -> None:
    assert data.read_edition(b'{"schema": 1, "later": 1}') == Edition()


def test_notes_begin_with_their_theme_then_repeat_the_input(make: Callable[..., Edition]) -> None:
    source = table.read(b"source;kind;text;id\ncarnet;Frein;Trop court;z\n", name="n.csv")
    edition = make(source.corpus, ("t1", "durée", ("z",)))
    (row,) = rows(given(edition, source.corpus, source)["notes.csv"])
    assert list(row.items()) == [
        ("id", "z"),
        ("theme_id", "t1"),
        ("theme_label", "durée"),
        ("confidence", "0.75"),
        ("source", "carnet"),
        ("kind", "Frein"),
        ("text", "Trop court"),
    ]


def test_no_cell_for_people_begins_a_formula(edition: Edition, corpus: Corpus) -> None:
    texts = {row["id"]: row["text"] for row in rows(given(edition, corpus)["notes.csv"])}
    assert texts["c1"] == "'=SOMME(A1:A9) <script>alert(1)</script> *pas* #gras"
    assert texts["b3"] == "'+ de conventions pluriannuelles"


@pytest.mark.parametrize("first", ["\t=1", "\r=1", "\n=1", "@a", "-a", "|a", "%a"])
def test_hidden_formulas_are_neutralised_too(make: Callable[..., Edition], first: str) -> None:
    corpus = Corpus.of([Note(id="x", text=first)])
    (row,) = rows(given(make(corpus), corpus)["notes.csv"])
    assert row["text"].startswith("'")


def test_workbook_holds_texts_as_texts(edition: Edition, corpus: Corpus) -> None:
    book = load_workbook(io.BytesIO(given(edition, corpus)["workbook.xlsx"]))
    assert book.sheetnames == ["Notes", "Thèmes", "Acteurs", "Mentions", "Liens", "Cités ensemble"]
    page = book["Notes"]
    cell = next(page.cell(line, 5) for line in range(2, 12) if page.cell(line, 1).value == "c1")
    assert cell.data_type == "s"
    assert cell.value == "=SOMME(A1:A9) <script>alert(1)</script> *pas* #gras"
    assert cell.quotePrefix


def test_workbook_takes_any_text(make: Callable[..., Edition]) -> None:
    corpus = Corpus.of([Note(id="x", text="\x07 " + "é" * 40_000)])
    book = load_workbook(io.BytesIO(given(make(corpus), corpus)["workbook.xlsx"]))
    assert len(str(book["Notes"].cell(2, 5).value)) <= 32_767


def test_graphs_are_read_back_by_networkx(edition: Edition, corpus: Corpus) -> None:
    made = given(edition, corpus)
    gexf = nx.read_gexf(io.BytesIO(made["graph.gexf"]), version="1.3")
    graphml = nx.read_graphml(io.BytesIO(made["graph.graphml"]))
    assert set(gexf) == {"actor:fab", "actor:dep", "actor:aca", "theme:t1", "theme:t2"} == set(graphml)
    for graph in (gexf, graphml):
        assert graph.edges["actor:fab", "theme:t1"]["notes"] == 1
        assert graph.edges["actor:fab", "theme:t1"]["relation"] == "cited_in"
        assert graph.edges["actor:fab", "actor:dep"]["relation"] == "cited_together"
        assert graph.nodes["actor:fab"]["label"] == "La Fabrique de Brume"
    assert gexf.nodes["theme:t1"]["viz"]["position"] == {"x": -500.0, "y": 500.0, "z": 0.0}


def test_hostile_names_leave_valid_graphs(make: Callable[..., Edition]) -> None:
    corpus = Corpus.of([Note(id="x", text="Une note")])
    names = ('<b>"&\x07\u202e', "t1", "théâtre 😀 مرحبا 中文")
    edition = make(
        corpus,
        ("t1", '& "t1" \x0b', ("x",)),
        actors=[(f"k{rank}", name, ("x",), "") for rank, name in enumerate(names)],
    )
    made = given(edition, corpus)
    assert len(nx.read_gexf(io.BytesIO(made["graph.gexf"]), version="1.3")) == 4
    assert nx.read_graphml(io.BytesIO(made["graph.graphml"])).nodes["actor:k2"]["label"] == names[2]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_an_empty_morning_gives_every_file(make: Callable[..., Edition], count: int) -> None:
    corpus = Corpus.of(Note(id=str(rank), text="Une note") for rank in range(count))
    made = given(make(corpus), corpus)
    assert len(rows(made["notes.csv"])) == count
    assert rows(made["themes.csv"]) == []
    assert len(nx.read_gexf(io.BytesIO(made["graph.gexf"]), version="1.3")) == 0


def test_decisions_are_read_in_their_order() -> None:
    body = json.dumps(
        [
            {"name": "theme.renamed", "payload": {"theme_id": "t1", "label": "La confiance"}, "by": "siège 3"},
            {"name": "themes.merged", "payload": {"into": "t1", "theme_ids": ["t2"]}},
        ]
    ).encode()
    assert data.read_decisions(body) == (
        Decided(position=1, by="siège 3", act=ThemeRenamed(theme_id="t1", label="La confiance")),
        Decided(position=2, by="", act=ThemesMerged(into="t1", theme_ids=("t2",))),
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "JSON"),
        (b"{}", "liste"),
        (b"[3]", "Décision 1"),
        (b'[{"name": "theme.lost", "payload": {}}]', "theme.lost"),
        (b'[{"name": "theme.renamed", "payload": {"theme_id": "t"}}]', "label"),
    ],
)
def test_decisions_that_are_none_are_refused_with_their_number(body: bytes, said: str) -> None:
    with pytest.raises(FileUnreadable) as caught:
        data.read_decisions(body)
    assert said in str(caught.value)


def test_actors_are_read_with_their_aliases() -> None:
    body = "name;acronym;aliases\nAtelier des Rives;ADR;Les Rives|x\n".replace("|", ";").replace(
        "Les Rives;x", '"Les Rives; Rives"'
    )
    assert data.read_actors(body.encode()) == (
        ListedActor(name="Atelier des Rives", acronym="ADR", aliases=("Les Rives", "Rives")),
    )


def test_an_actor_without_a_name_is_refused_by_its_line() -> None:
    with pytest.raises(TableUnreadable) as caught:
        data.read_actors(b"name,acronym\nx,y\n,z\n")
    assert caught.value.data["line"] == 3
