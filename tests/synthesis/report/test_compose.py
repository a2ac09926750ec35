from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from synthesis.actor_decisions import ActorAct, ActorIgnored, ActorSeen, ActorsMerged
from synthesis.corpus import Corpus, Note
from synthesis.decisions import Decided, ThemeRenamed, ThemesMerged
from synthesis.report import compose, proof
from synthesis.report.blocks import (
    Grid,
    Held,
    Items,
    KindHeading,
    NoteList,
    Paragraph,
    Quotation,
    Report,
    Signed,
    SignedText,
    Status,
)
from synthesis.report.cited import References
from synthesis.report.edited import Edited, arranged
from synthesis.report.material import clipped, references
from synthesis.report.spread import by_spread, spread
from synthesis.report.words import typeset
from synthesis.report.words_en import ENGLISH
from synthesis.report.words_fr import FRENCH
from synthesis.results import Edition
from synthesis.standing import Absent, Bridge, Complement
from synthesis.theme_decisions import NoteMoved, NotesKeptApart, ThemeAct, ThemeDecisionWithdrawn, ThemeSplit


def part(report: Report, key: str) -> tuple[object, ...]:
    return next(section.blocks for section in report.walk() if section.id == key)


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


def test_decisions_are_logged_in_their_order(edition: Edition, corpus: Corpus, status: Status) -> None:
    decisions = (
        Decided(position=9, by="s1", act=ThemesMerged(into="t1", theme_ids=("t7",))),
        Decided(position=4, by="s1", act=ThemeRenamed(theme_id="t1", label="place des élus")),
    )
    report = compose.compose(edition, corpus, status=status, decisions=decisions)
    (grid,) = (block for block in part(report, "annexe-decisions") if isinstance(block, Grid))
    assert [row[0] for row in grid.rows] == ["1", "2"]
    assert "renommé" in grid.rows[0][1]
    assert "réunis dans «\u202fplace des élus\u202f»" in grid.rows[1][1]


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


def test_themes_are_ordered_by_how_widely_they_were_heard(edition: Edition) -> None:
    first, second = edition.themes
    assert spread(first) == (1.9231, 2)
    assert [theme.id for theme in by_spread([second, first])] == ["t1", "t2"]
    assert spread(replace(first, workshops=())) == (0.0, 0)


def test_a_hidden_theme_leaves_the_body_keeps_its_chapter_in_the_annexes_and_is_counted(
    edition: Edition, corpus: Corpus, status: Status
) -> None:
    first = by_spread(edition.themes)[0]
    themes = tuple(replace(theme, hidden=theme.id == first.id) for theme in edition.themes)
    report = compose.compose(replace(edition, themes=themes), corpus, status=status)
    glances = [block.text for block in part(report, "essentiel") if isinstance(block, KindHeading)]
    assert first.label not in glances
    assert FRENCH.hidden[0] in report.cover.warnings
    proof.check(report, corpus, replace(edition, themes=themes))
    (body,) = (section for section in report.sections if section.id == "themes")
    (annex,) = (section for section in report.walk() if section.id == "annexe-masques")
    assert first.label not in [section.title for section in body.walk()]
    assert [section.title for section in annex.sections] == [first.label]


def test_one_order_holds_everywhere_the_organisers_then_the_desks_then_how_widely_heard(
    make: Callable[..., Edition], status: Status
) -> None:
    notes = [Note(id=f"n{rank}", text="Une note.", workshop=f"w{rank % 3}", kind="lever") for rank in range(7)]
    corpus = Corpus.of(notes)
    edition = make(
        corpus, ("one", "un", ("n0",)), ("two", "deux", ("n1", "n2")), ("three", "trois", ("n3", "n4", "n5"))
    )

    def told(edition: Edition, order: tuple[str, ...] = ()) -> tuple[list[str], list[str], str]:
        own = Edited(order=order)
        settled = arranged(edition, own)
        report = compose.compose(settled, corpus, status=status, edited=own)
        proof.check(report, corpus, settled)
        glances = [block.text for block in part(report, "essentiel") if isinstance(block, KindHeading)]
        chapters = next(section for section in report.sections if section.id == "themes")
        lead = next(block.text for block in chapters.blocks if isinstance(block, Paragraph))
        return glances, [section.title for section in chapters.sections], lead

    glances, titles, lead = told(edition)
    assert glances == titles == ["trois", "deux", "un"]
    assert "par étendue, d’abord" in lead
    ranked = replace(edition, themes=tuple(replace(one, rank=int(one.id == "one")) for one in edition.themes))
    glances, titles, lead = told(ranked)
    assert glances == titles == ["un", "trois", "deux"]
    assert "des personnes ont donné" in lead
    glances, titles, lead = told(ranked, ("two",))
    assert glances == titles == ["deux", "un", "trois"]
    assert "l’organisation a donné" in lead


def test_the_first_page_names_three_themes_behind_each_door_and_counts_the_others(
    make: Callable[..., Edition], status: Status
) -> None:
    notes = [
        Note(id=f"n{theme}{rank}", text="Une note.", workshop=f"w{rank % 3}", kind=("lever", "obstacle")[rank % 2])
        for theme in range(5)
        for rank in range(6)
    ]
    corpus = Corpus.of(notes)
    edition = make(corpus, *((f"t{one}", f"thème {one}", [f"n{one}{rank}" for rank in range(6)]) for one in range(5)))
    (doors,) = (
        block
        for block in part(compose.compose(edition, corpus, status=status), "essentiel")
        if isinstance(block, Items)
    )
    assert doors.items[0] == "Ce qui revient partout\u202f: thème 0 · thème 1 · thème 2 · et 2 autres."
    assert "thème 2 · et 2 autres" in doors.items[1]


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


def test_obstacles_and_levers_that_share_words_are_quoted_face_to_face(
    make: Callable[..., Edition], status: Status
) -> None:
    texts = {
        "o": ("obstacle", "Aucune garde d’enfants pour les personnes précaires.", "w1"),
        "l": ("lever", "Une garde d’enfants payée : les précaires restent plus longtemps.", "w2"),
        "c": ("condition", "Écrire simplement.", "w1"),
        "d": ("condition", "Prendre le temps.", "w2"),
    }
    corpus = Corpus.of(Note(id=key, kind=kind, text=text, workshop=room) for key, (kind, text, room) in texts.items())
    edition = make(corpus, ("t", "participation", tuple(texts)))
    report = compose.compose(edition, corpus, status=status)
    proof.check(report, corpus, edition)
    crossed = part(report, "croisee")
    assert [block.note_id for block in crossed if isinstance(block, Quotation)] == ["o", "l"]
    assert Paragraph(text="Mots communs\u202f: garde, enfants, précaires.", tone="aside") in crossed
    (returning,) = (block for block in crossed if isinstance(block, Grid))
    assert returning.rows == (("participation", "2", "2", "Écrire simplement."),)


def test_themes_are_joined_by_organisations_and_never_by_families_of_people(
    make: Callable[..., Edition], status: Status
) -> None:
    corpus = Corpus.of(Note(id=key, text="Une note.", workshop="w") for key in "ab")
    actors = [(key, key.upper(), ("a", "b"), "associations") for key in ("un", "deux", "gens", "foule")]
    edition = make(corpus, ("t1", "premier", ("a",)), ("t2", "second", ("b",)), actors=actors)
    some = tuple(replace(one, people=one.id in ("gens", "foule")) for one in edition.actors)
    joined = part(compose.compose(replace(edition, actors=some), corpus, status=status), "croisee")
    assert [block.rows for block in joined if isinstance(block, Grid)] == [(("premier", "second", "DEUX · UN"),)]


def test_bridges_leads_and_absences_are_said(edition: Edition, corpus: Corpus, status: Status) -> None:
    found = replace(
        edition,
        bridges=(
            Bridge(
                actor_id="fab", stability=1.0, betweenness=(0, 0, 0), participation=(0, 0, 0), constraint=(0, 0, 0)
            ),
        ),
        complements=(Complement(giver_id="fab", seeker_id="dep", theme_id="t1", levers=("a1",), obstacles=("a2",)),),
        absent=(Absent(name="Lycéens", source="programme", people=True),),
    )
    blocks = part(compose.compose(found, corpus, status=status), "acteurs")
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert any("La Fabrique de Brume (2 thèmes, 2 notes)" in text for text in texts)
    assert any(text.endswith("Académie, Lycéens.") for text in texts)
    assert [block.rows for block in blocks if isinstance(block, Grid)][-1] == (
        ("La Fabrique de Brume", "Département", "place des élus", "a1", "a2"),
    )


def test_every_decision_has_its_sentence_and_no_removed_name_is_written(
    edition: Edition, corpus: Corpus, status: Status
) -> None:
    acts: tuple[ThemeAct | ActorAct, ...] = (
        ThemeRenamed(theme_id="t1", label="les élus"),
        NoteMoved(note_id="a1", theme_id=""),
        NotesKeptApart(note_ids=("a1", "a2")),
        ThemeSplit(theme_id="t9", note_ids=("a1", "a2")),
        ThemeDecisionWithdrawn(position=2),
        ActorIgnored(actor=ActorSeen(id="fab", names=("La Fabrique de Brume",)), reason="person"),
        ActorsMerged(into=ActorSeen(id="dep"), actors=(ActorSeen(id="fab"),)),
    )
    decisions = [Decided(position=rank, by="s", act=act) for rank, act in enumerate(acts, 1)]
    (grid,) = (
        block
        for block in part(compose.compose(edition, corpus, status=status, decisions=decisions), "annexe-decisions")
        if isinstance(block, Grid)
    )
    said = [row[1].replace("\u202f", " ") for row in grid.rows]
    assert said == [
        "Thème « place des élus » renommé « les élus »",
        "Note a1 placée dans « à classer »",
        "Notes tenues à part l’une de l’autre : a1, a2",
        "2 notes détachées de « un thème qui n’est plus »",
        "Décision sur les thèmes reprise : Note a1 placée dans « à classer »",
        "Un nom retiré des acteurs",
        "Acteurs réunis dans « Département »",
    ]


def test_both_languages_have_a_sentence_for_each_decision_that_the_log_tells() -> None:
    assert set(FRENCH.reading.log) == set(ENGLISH.reading.log)
    acts = {act.__name__ for act in (*get_args(ThemeAct), *get_args(ActorAct))}
    assert set(FRENCH.reading.log) == acts - {"ProposalPostponed", "FormingChosen", "ReviewAsked"}


def test_a_crowd_of_notes_is_named_in_part_and_counted(make: Callable[..., Edition], status: Status) -> None:
    notes = [Note(id=f"n{rank:03}", text="Une note.", workshop="w", kind="lever") for rank in range(70)]
    corpus = Corpus.of(notes)
    report = compose.compose(make(corpus, ("t", "thème", [one.id for one in notes])), corpus, status=status)
    (named,) = (block for block in part(report, "theme-1") if isinstance(block, References))
    assert sum(len(those) for _, those in named.rooms) == 60
    assert named.plain().endswith(" · et 6 autres, dans les annexes")
