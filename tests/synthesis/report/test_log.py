"""What people decided, as the annexes tell it."""

from typing import get_args

from synthesis.actor_decisions import ActorAct, ActorIgnored, ActorSeen, ActorsMerged
from synthesis.corpus import Corpus
from synthesis.decisions import Decided, ThemeRenamed, ThemesMerged
from synthesis.report import compose
from synthesis.report.blocks import (
    Grid,
    Status,
)
from synthesis.report.words_en import ENGLISH
from synthesis.report.words_fr import FRENCH
from synthesis.results import Edition
from synthesis.theme_decisions import NoteMoved, NotesKeptApart, ThemeAct, ThemeDecisionWithdrawn, ThemeSplit
from tests.synthesis.report.trees import part


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
