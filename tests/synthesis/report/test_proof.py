from collections.abc import Callable
from dataclasses import replace

import pytest

from capture.errors import ReportUnproved
from synthesis.corpus import Corpus, Note
from synthesis.report import compose, proof
from synthesis.report.blocks import (
    Block,
    Column,
    Grid,
    KindHeading,
    NoteList,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Section,
    Status,
)
from synthesis.report.cited import Cited, References
from synthesis.results import Edition


@pytest.fixture
def report(edition: Edition, corpus: Corpus, status: Status) -> Report:
    return compose.compose(edition, corpus, status=status)


def failures(report: Report, corpus: Corpus, edition: Edition) -> tuple[str, ...]:
    with pytest.raises(ReportUnproved) as caught:
        proof.check(report, corpus, edition)
    assert caught.value.data["failures"][0] in str(caught.value)
    found: tuple[str, ...] = caught.value.data["failures"]
    return found


def changed(report: Report, change: Callable[[Block], Block | None]) -> Report:
    def again(section: Section) -> Section:
        blocks = tuple(new for block in section.blocks if (new := change(block)) is not None)
        return replace(section, blocks=blocks, sections=tuple(again(inner) for inner in section.sections))

    return replace(report, sections=tuple(again(section) for section in report.sections))


def test_a_true_report_passes(report: Report, corpus: Corpus, edition: Edition) -> None:
    proof.check(report, corpus, edition)


def test_a_quotation_bent_by_one_character_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    bent = changed(
        report, lambda one: replace(one, text=one.text.replace("é", "e", 1)) if isinstance(one, Quotation) else one
    )
    assert "la citation de la note a1 n’est pas dans la note" in failures(bent, corpus, edition)


def test_a_quotation_given_to_another_workshop_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    moved = changed(report, lambda one: replace(one, workshop="Ailleurs") if isinstance(one, Quotation) else one)
    assert "le type ou l’atelier de la note a1 n’est pas le sien" in failures(moved, corpus, edition)


def test_a_note_left_out_of_the_annexes_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    short = changed(report, lambda one: replace(one, lines=one.lines[1:]) if isinstance(one, NoteList) else one)
    assert "la note a1 figure 0 fois dans « annexe-notes » au lieu de 1" in failures(short, corpus, edition)


def test_a_note_altered_in_the_annexes_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    def shout(block: Block) -> Block:
        if not isinstance(block, NoteList):
            return block
        return replace(block, lines=tuple(replace(line, text=line.text.upper()) for line in block.lines))

    assert "la note a1 n’est pas reprise à la lettre" in failures(changed(report, shout), corpus, edition)


def test_a_theme_without_a_quotation_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    mute = changed(report, lambda one: None if isinstance(one, Quotation) else one)
    assert "le thème « place des élus » n’a aucune citation" in failures(mute, corpus, edition)


def test_a_wrong_count_in_the_edition_stops_it(corpus: Corpus, edition: Edition, status: Status) -> None:
    first, *rest = edition.themes
    wrong = replace(edition, themes=(replace(first, kinds=(("lever", 9),)), *rest))
    report = compose.compose(wrong, corpus, status=status)
    assert "les nombres du thème « place des élus » ne sont pas ceux de ses notes" in failures(report, corpus, wrong)


def test_a_wrong_table_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    def add(block: Block) -> Block:
        if not isinstance(block, Grid) or "Thèmes et ateliers" not in block.caption:
            return block
        return replace(block, rows=tuple((row[0], "8", *row[2:]) for row in block.rows))

    said = failures(changed(report, add), corpus, edition)
    assert "le tableau des thèmes et des ateliers est faux pour « place des élus »" in said


def test_a_note_with_two_places_or_none_stops_it(corpus: Corpus, edition: Edition, status: Status) -> None:
    lost = replace(edition, tray=())
    twice = replace(edition, tray=("a1", "c1"))
    assert "la note c1 n’est ni dans un thème ni à classer" in failures(
        compose.compose(lost, corpus, status=status), corpus, lost
    )
    assert "la note a1 a deux places" in failures(compose.compose(twice, corpus, status=status), corpus, twice)


def test_other_notes_than_the_editions_stop_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    other = replace(edition, input_hash="0" * 64)
    assert "les notes ne sont pas celles de l’édition" in failures(report, corpus, other)


def test_a_percentage_under_twenty_notes_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    counted = changed(
        report, lambda one: replace(one, text="Soit 45 % des notes.") if isinstance(one, Paragraph) else one
    )
    assert any("pourcentage" in failure for failure in failures(counted, corpus, edition))


def test_a_frame_set_carelessly_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    careless = replace(report, cover=replace(report.cover, statement="Voici ; l'essentiel"))
    assert any("typographie" in failure for failure in failures(careless, corpus, edition))


def test_what_a_screen_reader_needs_is_asked_for(report: Report, corpus: Corpus, edition: Edition) -> None:
    def bare(block: Block) -> Block:
        if isinstance(block, Picture):
            return replace(block, alternative="")
        return replace(block, caption="") if isinstance(block, Grid) else block

    said = failures(changed(report, bare), corpus, edition)
    assert "une image n’a pas de texte de remplacement" in said
    assert any("légende" in failure for failure in said)


def test_two_anchors_of_one_name_stop_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    doubled = replace(report, sections=tuple(replace(one, id="x") for one in report.sections))
    assert "l’ancre x sert 14 fois" in failures(doubled, corpus, edition)


def test_notes_that_carry_percentages_are_left_alone(make: Callable[..., Edition], status: Status) -> None:
    corpus = Corpus.of([Note(id="x", text="80 % des gens ; l'avis 'des autres' !", kind="lever")])
    edition = make(corpus, ("t", "80 % du temps", ("x",)))
    proof.check(compose.compose(edition, corpus, status=status), corpus, edition)


def test_a_reference_to_another_note_stops_it(make: Callable[..., Edition], status: Status) -> None:
    notes = [Note(id=f"n{rank}", text="Une note.", workshop="w", kind="lever") for rank in range(6)]
    corpus = Corpus.of(notes)
    edition = make(corpus, ("t", "thème", [note.id for note in notes]))
    report = compose.compose(edition, corpus, status=status)
    astray = changed(
        report,
        lambda one: (
            replace(one, rooms=(("A1", (Cited(note_id="n0", reference="n5"),)),))
            if isinstance(one, References)
            else one
        ),
    )
    assert "la référence n5 ne mène pas à sa note" in failures(astray, corpus, edition)


def test_a_part_left_out_stops_it(report: Report, corpus: Corpus, edition: Edition) -> None:
    short = replace(report, sections=tuple(one for one in report.sections if one.id != "limites"))
    assert "la partie « limites » manque" in failures(short, corpus, edition)


def test_a_wrong_number_on_the_first_page_or_over_a_kind_stops_it(
    report: Report, corpus: Corpus, edition: Edition
) -> None:
    facts = tuple((name, "12" if name == "Notes" else value) for name, value in report.cover.facts)
    wrong = replace(report, cover=replace(report.cover, facts=facts))
    assert "la première page ne dit pas le nombre 9" in failures(wrong, corpus, edition)
    more = changed(
        report,
        lambda one: (
            replace(one, text="Freins (9)") if isinstance(one, KindHeading) and one.kind == "obstacle" else one
        ),
    )
    assert "le nombre de « Freins (9) » est faux pour « place des élus »" in failures(more, corpus, edition)


def test_a_quotation_in_a_table_is_held_to_the_letter(report: Report, corpus: Corpus, edition: Edition) -> None:
    cell = Grid(caption="c", columns=(Column(title="a", quoted=True),), rows=(("jamais écrit",),))
    bent = replace(report, sections=(*report.sections, Section(id="x", title="x", blocks=(cell,))))
    assert "une citation de tableau n’est pas dans les notes : jamais écrit" in failures(bent, corpus, edition)
