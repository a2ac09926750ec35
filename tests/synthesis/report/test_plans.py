"""Action scenarios in the report: people's steps, the notes word for word, in every format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from synthesis.corpus import Corpus
from synthesis.report import compose, formats, proof
from synthesis.report.blocks import Quotation, Report, SignedText, Status
from synthesis.report.edited import UNTOUCHED, Planned
from synthesis.results import Edition

PLAN = Planned(
    title="Ouvrir les salles & le « soir »",
    steps=("Prêter les clés.", "Tenir un agenda commun : qui, quand ?"),
    actors=("Mairie de Brume", 'La Fabrique "du bas"'),
    levers=("a4", "b2", "gone"),
    obstacles=("a2",),
    notes=("c1",),
)


def composed(corpus: Corpus, edition: Edition, status: Status, *plans: Planned) -> Report:
    report = compose.compose(edition, corpus, status=status, edited=replace(UNTOUCHED, scenarios=plans))
    proof.check(report, corpus, edition)
    return report


def test_a_scenario_is_told_in_people_s_words_and_by_its_notes(
    corpus: Corpus, edition: Edition, status: Status
) -> None:
    report = composed(corpus, edition, status, PLAN, replace(PLAN, title="Autre", unsettled=True, actors=()))
    first, second = next(one for one in report.sections if one.id == "scenarios").sections
    assert (first.title, first.people, second.title) == (PLAN.title, True, "Autre")
    (told,) = [block for block in first.blocks if isinstance(block, SignedText)]
    assert told.text.startswith("1. Prêter les clés.\n\n2. Tenir un agenda commun : qui, quand ?\n\nAvec")
    assert [block.note_id for block in first.blocks if isinstance(block, Quotation)] == ["a4", "b2", "a2", "c1"]
    assert len(second.blocks) == len(first.blocks) + 1


def test_without_a_scenario_the_report_has_no_such_part(corpus: Corpus, edition: Edition, status: Status) -> None:
    assert "scenarios" not in {one.id for one in composed(corpus, edition, status).sections}


@pytest.mark.parametrize("suffix", ["html", "md", "docx", "odt", "epub", "pdf"])
def test_every_format_holds_the_scenario(suffix: str, corpus: Corpus, edition: Edition, status: Status) -> None:
    with_plan = formats.render(composed(corpus, edition, status, PLAN), suffix)
    assert len(with_plan) > len(formats.render(composed(corpus, edition, status), suffix))
    if suffix in ("html", "md"):
        assert "Prêter les clés." in with_plan.decode()
        assert "La Fabrique de Brume tient une permanence au marché." in with_plan.decode()
