"""The one order of the themes: on the first page, in the chapters, behind each door."""

from collections.abc import Callable
from dataclasses import replace

from synthesis.corpus import Corpus, Note
from synthesis.report import compose, proof
from synthesis.report.blocks import (
    Items,
    KindHeading,
    Paragraph,
    Status,
)
from synthesis.report.edited import Edited, arranged
from synthesis.report.spread import by_spread, spread
from synthesis.report.words_fr import FRENCH
from synthesis.results import Edition
from tests.synthesis.report.trees import part


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
