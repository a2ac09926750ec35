"""A report asked for after an erasure: what remains, counted again, and the erasure said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from synthesis.corpus import Corpus, Note
from synthesis.report import compose, proof
from synthesis.report.blocks import Frozen, Status
from synthesis.report.remaining import remaining, stood
from synthesis.results import Edition
from synthesis.standing import Complement, Louder


def without(corpus: Corpus, *note_ids: str) -> Corpus:
    kept = [note for note in corpus if note.id not in note_ids]
    return Corpus.of(kept, workshops=corpus.workshops, title=corpus.title, position=corpus.position)


@pytest.mark.parametrize("note_id", ["a1", "a5", "b2", "c1"])
def test_what_remains_of_an_edition_is_proved_whichever_note_is_erased(
    edition: Edition, corpus: Corpus, status: Status, note_id: str
) -> None:
    left = without(corpus, note_id)
    settled = remaining(edition, left)
    report = compose.compose(settled, left, status=replace(status, erased=1))
    proof.check(report, left, settled)
    assert note_id not in {one for theme in settled.themes for one in (*theme.note_ids, *settled.tray)}
    assert any("Une note a été effacée" in warning for warning in report.cover.warnings)


def test_a_theme_an_actor_and_a_link_without_a_note_left_are_gone(
    make: Callable[..., Edition], corpus: Corpus, status: Status
) -> None:
    edition = make(
        corpus,
        ("t1", "élus", ("a1", "a2")),
        ("t2", "argent", ("b2",)),
        actors=[("fab", "Fabrique", ("b2",), "associations"), ("aca", "Académie", (), "etat")],
    )
    left = without(corpus, "b2")
    settled = remaining(edition, left)
    proof.check(compose.compose(settled, left, status=status), left, settled)
    assert [theme.id for theme in settled.themes] == ["t1"]
    assert [actor.id for actor in settled.actors] == ["aca"]
    assert settled.links == settled.cooperations == ()


def test_nothing_erased_changes_no_count(edition: Edition, corpus: Corpus) -> None:
    assert remaining(edition, corpus) == replace(edition, input_hash="")


def test_every_note_erased_leaves_the_empty_mornings_report(edition: Edition, corpus: Corpus, status: Status) -> None:
    left = without(corpus, *(note.id for note in corpus))
    settled = remaining(edition, left)
    proof.check(compose.compose(settled, left, status=replace(status, erased=9)), left, settled)
    assert settled.themes == ()


def test_leads_and_bridges_keep_only_what_remains(edition: Edition, corpus: Corpus) -> None:
    lead = Complement(giver_id="fab", seeker_id="dep", theme_id="t1", levers=("a1", "a4"), obstacles=("a2",))
    said = replace(
        edition,
        complements=(lead, replace(lead, levers=("a4",))),
        louder=(
            Louder(theme_id="t1", workshop="w1", notes=3, expected=1.0, p_value=0.01),
            Louder(theme_id="t2", workshop="w2", notes=2, expected=1.0, p_value=0.01),
        ),
    )
    settled = remaining(said, without(corpus, "a4"))
    assert settled.complements == (replace(lead, levers=("a1",)),)
    assert remaining(said, without(corpus, "a5")).louder == said.louder[1:]


def test_an_edition_frozen_over_its_own_notes_is_itself(edition: Edition, corpus: Corpus) -> None:
    assert stood(edition, corpus, corpus) is edition


def test_a_frozen_version_quotes_reworded_notes_whole_and_lets_those_that_came_since_wait(
    edition: Edition, corpus: Corpus, status: Status
) -> None:
    reworded = [replace(note, text="Non.") if note.id == "a2" else note for note in corpus if note.id != "a3"]
    later = Corpus.of(
        [*reworded, Note(id="z9", text="Une note de dernière minute.", workshop="w1", kind="lever")],
        workshops=corpus.workshops,
        title=corpus.title,
        position=50,
    )
    settled = stood(edition, corpus, later)
    report = compose.compose(settled, later, status=status)
    proof.check(report, later, settled)
    assert settled.tray == ("c1", "z9")
    assert [(one.start, one.end) for one in settled.themes[0].quotes if one.note_id == "a2"] == [(0, 4)]
    assert "a3" not in settled.themes[0].note_ids
    assert stood(edition, corpus, later) == settled


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Version figée n° 7, le 1er décembre 2026 à 15\u00a0h\u00a002"),
        ("en", "Version 7, frozen on 1 December 2026 at 15:02"),
    ],
)
def test_the_first_page_says_that_the_version_is_frozen_and_since_when(
    edition: Edition, corpus: Corpus, status: Status, language: str, said: str
) -> None:
    frozen = replace(status, on=date(2026, 12, 1), frozen=Frozen(on=date(2026, 12, 1), at="15:02"))
    report = compose.compose(edition, corpus, status=frozen, language=language)
    proof.check(report, corpus, edition)
    assert report.cover.badge == said
    assert len(report.cover.warnings) == 2
