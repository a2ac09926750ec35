from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from synthesis.corpus import Corpus, Note
from synthesis.report import compose, proof
from synthesis.report.blocks import (
    Grid,
    Held,
    Items,
    KindHeading,
    NoteList,
    Paragraph,
    Quotation,
    Signed,
    SignedText,
    Status,
)
from synthesis.report.cited import References
from synthesis.report.material import clipped, references
from synthesis.report.words import typeset
from synthesis.report.words_en import ENGLISH
from synthesis.report.words_fr import FRENCH
from synthesis.results import Edition
from tests.synthesis.report.trees import part


def test_the_parts_come_in_their_order(edition: Edition, corpus: Corpus, status: Status) -> None:
    report = compose.compose(edition, corpus, status=status)
    assert [(section.number, section.id) for section in report.sections] == [
        ("1", "essentiel"),
        ("2", "cadre"),
        ("3", "vue"),
        ("4", "themes"),
        ("5", "croisee"),
        ("6", "acteurs"),
        ("7", "metiers"),
        ("8", "territoires"),
        ("9", "a-classer"),
        ("10", "regard"),
        ("11", "suites"),
        ("12", "methode"),
        ("13", "limites"),
        ("14", "annexes"),
    ]


def test_the_cover_says_what_it_is_and_how_sure(edition: Edition, corpus: Corpus, status: Status) -> None:
    cover = compose.compose(edition, corpus, status=status).cover
    assert cover.badge == "Version provisoire"
    assert dict(cover.facts) == {
        "Version": "7",
        "Date": "27 novembre 2026",
        "Notes": "9",
        "Ateliers entendus": "3 sur 4",
        "Thèmes": "2",
        "Notes à classer": "1",
    }
    assert "ne mesure pas une opinion" in cover.statement
    assert cover.warnings == ("Aucune note n’est parvenue de cet atelier\u202f: Se former autrement.",)


def test_a_final_report_says_who_answers_for_it(edition: Edition, corpus: Corpus) -> None:
    status = Status(version="8", on=date(2026, 12, 1), final=True, validated_by="le Carrefour des métiers")
    cover = compose.compose(edition, corpus, status=status).cover
    assert cover.badge == "Version validée par le Carrefour des métiers"
    assert dict(cover.facts)["Date"] == "1er décembre 2026"


def test_a_report_without_a_date_shows_none(edition: Edition, corpus: Corpus) -> None:
    cover = compose.compose(edition, corpus, status=Status(version="1", on=None)).cover
    assert "Date" not in dict(cover.facts)


def test_a_chapter_follows_its_template(edition: Edition, corpus: Corpus, status: Status) -> None:
    blocks = part(compose.compose(edition, corpus, status=status), "theme-1")
    headings = [block.text for block in blocks if isinstance(block, KindHeading)]
    assert headings == [
        "Freins (2)",
        "Leviers (2)",
        "Conditions de réussite (1)",
        "Voix isolée",
        "Ce qui se rejoint",
        "Ce qui se discute",
        "Acteurs cités",
    ]
    assert [block.note_id for block in blocks if isinstance(block, Quotation)] == ["a2", "a1", "a4", "a3", "a5"]
    assert Paragraph(text="D’un atelier à l’autre\u202f: leviers (2 ateliers).") in blocks


def test_the_setting_lists_the_silent_workshop_too(edition: Edition, corpus: Corpus, status: Status) -> None:
    (grid,) = (
        block for block in part(compose.compose(edition, corpus, status=status), "cadre") if isinstance(block, Grid)
    )
    assert grid.rows == (
        ("A1", "Renouveler la gouvernance locale", "3", "1", "2", "0", "0"),
        ("A2", "Financer dans la durée", "3", "1", "1", "0", "1"),
        ("A3", "Aller vers les habitant·es", "3", "1", "0", "2", "0"),
        ("A4", "Se former autrement", "0", "0", "0", "0", "0"),
    )


def test_the_overview_crosses_themes_and_workshops(edition: Edition, corpus: Corpus, status: Status) -> None:
    (grid,) = (
        block for block in part(compose.compose(edition, corpus, status=status), "vue") if isinstance(block, Grid)
    )
    assert [column.title for column in grid.columns] == ["Thème", "A1", "A2", "A3", "Total"]
    assert grid.rows == (("place des élus", "3", "·", "2", "5"), ("temps long du financement", "·", "2", "1", "3"))


def test_thirty_workshops_make_two_tables_of_one_width(make: Callable[..., Edition], status: Status) -> None:
    notes = [Note(id=f"n{rank:02}", text="Une note.", workshop=f"w{rank:02}") for rank in range(30)]
    corpus = Corpus.of(notes)
    edition = make(corpus, ("t", "tout", [note.id for note in notes]))
    grids = [
        block for block in part(compose.compose(edition, corpus, status=status), "vue") if isinstance(block, Grid)
    ]
    assert [len(grid.columns) - 2 for grid in grids] == [15, 15]


def test_every_note_stands_once_in_the_annexes(edition: Edition, corpus: Corpus, status: Status) -> None:
    report = compose.compose(edition, corpus, status=status)
    annex = next(section for section in report.walk() if section.id == "annexe-notes")
    lines = [
        line for one in annex.walk() for block in one.blocks if isinstance(block, NoteList) for line in block.lines
    ]
    assert sorted((line.note_id, line.text) for line in lines) == [(note.id, note.text) for note in corpus]


def test_notes_to_place_are_given_in_full(edition: Edition, corpus: Corpus, status: Status) -> None:
    blocks = part(compose.compose(edition, corpus, status=status), "a-classer")
    (listed,) = (block for block in blocks if isinstance(block, NoteList))
    assert [line.text for line in listed.lines] == ["=SOMME(A1:A9) <script>alert(1)</script> *pas* #gras"]


def test_the_witnesses_text_stands_apart_and_signed(edition: Edition, corpus: Corpus, status: Status) -> None:
    signed = replace(status, witnesses=(Signed(text="Ce que j’ai entendu.", by="Une grande témoin"),))
    blocks = part(compose.compose(edition, corpus, status=signed), "regard")
    assert SignedText(text="Ce que j’ai entendu.", by="Une grande témoin") in blocks


def test_the_part_on_skills_quotes_the_notes_that_use_its_words(make: Callable[..., Edition], status: Status) -> None:
    texts = ("Former les élus à l’écoute.", "Transformer l’information.", "La posture du médiateur compte.", "Rien.")
    corpus = Corpus.of(Note(id=str(rank), text=text) for rank, text in enumerate(texts))
    blocks = part(compose.compose(make(corpus), corpus, status=status), "metiers")
    assert [block.note_id for block in blocks if isinstance(block, Quotation)] == ["0", "2"]


def test_a_question_is_quoted_never_made(make: Callable[..., Edition], status: Status) -> None:
    texts = ("a", "b", "c", "Et qui paie ?", "Qui décide\u202f?")
    corpus = Corpus.of(Note(id=str(rank), text=text, kind="lever") for rank, text in enumerate(texts))
    edition = make(corpus, ("t", "thème", ("0", "1", "2", "4", "3")))
    blocks = part(compose.compose(edition, corpus, status=status), "theme-1")
    place = next(
        rank for rank, block in enumerate(blocks) if isinstance(block, KindHeading) and block.kind == "question"
    )
    quoted = blocks[place + 1]
    assert isinstance(quoted, Quotation)
    assert quoted.text == "Qui décide\u202f?"


def test_no_percentage_is_ever_written(edition: Edition, corpus: Corpus, status: Status) -> None:
    report = compose.compose(edition, corpus, status=status)
    frame = [block.text for block in report.blocks() if isinstance(block, Paragraph | KindHeading)]
    frame += [item for block in report.blocks() if isinstance(block, Items) for item in block.items]
    assert not [text for text in frame if "%" in text]


def test_the_english_frame_leaves_the_notes_in_french(edition: Edition, corpus: Corpus, status: Status) -> None:
    french = compose.compose(edition, corpus, status=status)
    english = compose.compose(edition, corpus, status=status, language="en")
    proof.check(english, corpus, edition)
    assert [section.id for section in english.walk()] == [section.id for section in french.walk()]
    assert english.sections[0].title == "The essential"
    quotes = [
        [block.text for block in report.blocks() if isinstance(block, Quotation)] for report in (french, english)
    ]
    assert quotes[0] == quotes[1]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_both_languages_count_as_their_readers_do(number: int) -> None:
    assert FRENCH.count(number, FRENCH.notes) == f"{number} note" + ("s" if number > 1 else "")
    assert ENGLISH.count(number, ENGLISH.notes) == f"{number} note" + ("" if number == 1 else "s")


def test_thousands_are_set_apart() -> None:
    assert FRENCH.number(1204) == "1\u202f204"
    assert ENGLISH.number(1204) == "1,204"


def test_french_takes_narrow_spaces() -> None:
    assert typeset("Quoi ? « Ceci » ; et cela !") == "Quoi\u202f? «\u202fCeci\u202f»\u202f; et cela\u202f!"


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("method", ["consensus", "grouped"])
def test_an_empty_morning_is_a_whole_report(
    make: Callable[..., Edition], status: Status, count: int, method: str
) -> None:
    corpus = Corpus.of(Note(id=str(rank), text="Une note.", workshop="w") for rank in range(count))
    edition = replace(make(corpus), method=method)
    report = compose.compose(edition, corpus, status=status)
    proof.check(report, corpus, edition)
    assert bool(report.cover.warnings) == (count == 0 or method == "grouped")


def test_a_theme_of_one_note_quotes_it(make: Callable[..., Edition], status: Status) -> None:
    corpus = Corpus.of([Note(id="x", text="Une seule note.")])
    edition = make(corpus, ("t", "seule", ("x",)))
    report = compose.compose(edition, corpus, status=status)
    proof.check(report, corpus, edition)
    assert "fragile" in next(block.text for block in reversed(part(report, "theme-1")) if isinstance(block, Paragraph))


def test_short_ids_are_shown_and_long_ones_cut_to_what_tells_them_apart() -> None:
    long = ["0190a-aaaa-000001", "0190a-aaaa-000002", "0190a-bbbb-100001"]
    assert references(["d1", *long]) == {"d1": "d1", long[0]: "000001", long[1]: "000002", long[2]: "100001"}
    assert references(["x" * 13 + "000001", "y" * 13 + "000001"])["y" * 13 + "000001"] == "y000001"


def test_a_long_quotation_stops_after_a_sentence_else_between_words() -> None:
    text = "Une phrase assez longue pour compter. Puis une autre qui continue encore un peu"
    assert text[: clipped(text, 50)] == "Une phrase assez longue pour compter."
    assert text[: clipped(text, 60)] == "Une phrase assez longue pour compter."
    assert clipped("court", 50) == 5
    assert clipped("x" * 90, 50) == 50


def test_the_setting_holds_the_programme_when_there_is_one(edition: Edition, corpus: Corpus, status: Status) -> None:
    programme = (
        Held(key="", title="Ouverture", kind="plenary", day="2026-11-01", start="09:00", end="09:45"),
        Held(key="w2", title="Financer dans la durée", kind="workshop", day="2026-11-01", start="10:00", end="11:30"),
        Held(key="w1", title="Renouveler la gouvernance locale", kind="workshop", day="2026-11-02"),
    )
    report = compose.compose(edition, corpus, status=replace(status, programme=programme, place="Brume"))
    proof.check(report, corpus, edition)
    (lead,) = (block for block in part(report, "cadre") if isinstance(block, Paragraph))
    (grid,) = (block for block in part(report, "cadre") if isinstance(block, Grid))
    assert lead.text.endswith("Lieu\u202f: Brume.")
    assert [row[:4] for row in grid.rows] == [
        ("–", "Ouverture", "1er novembre, 9\u00a0h\u00a0–\u00a09\u00a0h\u00a045", "–"),
        ("A2", "Financer dans la durée", "1er novembre, 10\u00a0h\u00a0–\u00a011\u00a0h\u00a030", "3"),
        ("A1", "Renouveler la gouvernance locale", "2 novembre", "3"),
        ("A3", "Aller vers les habitant·es", "–", "3"),
        ("A4", "Se former autrement", "–", "0"),
    ]


def test_notes_that_are_not_quoted_are_named_by_workshop(make: Callable[..., Edition], status: Status) -> None:
    notes = [Note(id=f"n{rank}", text=f"Note {rank}.", workshop=f"w{rank % 2}", kind="lever") for rank in range(8)]
    corpus = Corpus.of(notes)
    edition = make(corpus, ("t", "thème", [note.id for note in notes]))
    blocks = part(compose.compose(edition, corpus, status=status), "theme-1")
    (named,) = (block for block in blocks if isinstance(block, References))
    assert named.plain() == "Aussi\u202f: A1 n4, n6 · A2 n3, n5"
    quoted = {block.note_id for block in blocks if isinstance(block, Quotation)}
    assert quoted | {one.note_id for _, those in named.rooms for one in those} == {note.id for note in notes}


def test_a_crowd_of_notes_is_named_in_part_and_counted(make: Callable[..., Edition], status: Status) -> None:
    notes = [Note(id=f"n{rank:03}", text="Une note.", workshop="w", kind="lever") for rank in range(70)]
    corpus = Corpus.of(notes)
    report = compose.compose(make(corpus, ("t", "thème", [one.id for one in notes])), corpus, status=status)
    (named,) = (block for block in part(report, "theme-1") if isinstance(block, References))
    assert sum(len(those) for _, those in named.rooms) == 60
    assert named.plain().endswith(" · et 6 autres, dans les annexes")
