"""The atlas: what ties two themes is notes, boxes never overlap, each note stands at the stage its writer gave it."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from flask import Flask

from synthesis.atlas import boxes, stages, ties
from synthesis.atlas.drafting import ScenarioShown
from synthesis.present import EditionShown, KindShown, NoteShown, Rows, show
from synthesis.results import Actor, Edition
from tests.factories import make_gathering, make_holder, make_note
from tests.synthesis.shown import KINDS, WORKSHOPS, make_edition, make_theme, present
from tests.synthesis.shown import make_note as note_of
from tests.synthesis.test_screens import make_theme as theme_of
from tests.synthesis.test_screens import publish, sit


def four_themes(**cited: tuple[str, ...]) -> tuple[Edition, EditionShown]:
    """Four themes of two notes each, and who is cited by which."""
    themes = [make_theme(f"t{n}", f"n{n}a", f"n{n}b") for n in range(1, 5)]
    actors = tuple(Actor(id=name, name=name.title(), note_ids=notes) for name, notes in sorted(cited.items()))
    edition = make_edition(*themes, actors=actors)
    return edition, present(edition, *(note_of(one) for theme in themes for one in theme.note_ids))


def test_two_themes_are_tied_by_the_notes_that_cite_one_actor_on_both_sides() -> None:
    edition, shown = four_themes(caf=("n1a", "n2b"), ecole=("n1a", "n1b"))
    (tie,) = ties.find(edition, shown)
    assert (tie.one.id, tie.other.id, [one.name for one in tie.shared]) == ("t1", "t2", ["Caf"])
    assert ([note.id for note in tie.here], [note.id for note in tie.there]) == (["n1a"], ["n2b"])
    assert tie.notes == 2
    assert tie.weight == pytest.approx(0.693147)


def test_an_actor_cited_in_more_than_half_of_the_themes_ties_none() -> None:
    edition, shown = four_themes(habitants=("n1a", "n2a", "n3a"))
    assert ties.find(edition, shown) == ()


@pytest.mark.parametrize("cited", [{}, {"seul": ("n1a",)}, {"partout": ("n1a", "n2a", "n3a", "n4a")}])
def test_without_a_shared_actor_the_map_has_boxes_and_no_tie(cited: dict[str, tuple[str, ...]]) -> None:
    laid_out = ties.lay_out(*four_themes(**cited))
    assert (len(laid_out.boxes), laid_out.ties) == (4, ())


def test_an_empty_morning_has_an_empty_map_and_empty_stages() -> None:
    shown = present(Edition())
    assert ties.lay_out(Edition(), shown).boxes == ()
    timeline = stages.lay_out(shown, (), ())
    assert [(stage, cells) for stage, cells in timeline.rows] == [(stage, ()) for stage in stages.STAGES]


def test_boxes_never_overlap_and_stay_on_the_map_wherever_they_are_asked_to_stand() -> None:
    chance = random.Random(3)  # noqa: S311 - the same places at each run
    for size in (1, 2, 12, 30):
        asked = [
            (f"t{n}", "Le temps long contre l’appel à projets"[: 4 + n], (chance.uniform(-1, 1), 0.1 * (n % 3)))
            for n in range(size)
        ]
        placed, width, height = boxes.spread(asked)
        assert boxes.spread(asked) == (placed, width, height)
        for box in placed:
            assert box.width / 2 <= box.x <= width - box.width / 2
            assert box.height / 2 <= box.y <= height - box.height / 2
        for one, other in combinations(placed, 2):
            apart = abs(one.x - other.x) >= (one.width + other.width) / 2
            assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2


@pytest.mark.parametrize("label", ["", "x" * 300, "mot " * 80, "\u200fجمعية الحي\u200f"])
def test_a_label_of_any_length_takes_three_lines_at_most(label: str) -> None:
    lines = boxes.wrap(label)
    assert 1 <= len(lines) <= boxes.LINES
    assert max(map(len, lines)) <= boxes.LONGEST


def said(kind: str, text: str = "Une note.") -> NoteShown:
    return NoteShown(id="n", text=text, kind=kind, workshop="a", at=1, theme_id="t", sure=True)


@pytest.mark.parametrize(
    ("note", "word", "stage"),
    [
        (said("obstacle"), "Frein", "constat"),
        (said("condition"), "Condition de réussite", "enjeu"),
        (said("lever"), "Levier", "scenario"),
        (said("obstacle", "Qui garde la clé ?"), "Frein", "questionnement"),
        (said("lever", "« Qui garde la clé\u202f? »"), "Levier", "questionnement"),
        (said("k1"), "Constats partagés", "constat"),
        (said("k2"), "Questionnement", "questionnement"),
        (said("k3"), "Scénario", "scenario"),
        (said("k4"), "Récit", ""),
        (said(""), "", ""),
    ],
)
def test_a_note_stands_at_the_stage_that_its_type_says(note: NoteShown, word: str, stage: str) -> None:
    assert stages.stage_of(note, word) == stage


SLOTS = stages.slots_of(
    [
        ("b", "2026-11-27", "09:00", "10:00"),
        ("a", "2026-11-26", "13:45", "15:15"),
        ("c", "2026-11-26", "13:45", "15:15"),
    ]
)


def test_workshops_held_at_once_are_one_slot_and_slots_follow_the_clock() -> None:
    assert [(slot.day, sorted(slot.workshops)) for slot in SLOTS] == [
        ("2026-11-26", ["a", "c"]),
        ("2026-11-27", ["b"]),
    ]


def test_each_note_stands_once_in_its_slot_and_one_theme_can_be_followed() -> None:
    kinds = (*KINDS, KindShown(key="recit", label="Récit", sign="●"))
    notes = (
        note_of("n1", kind="obstacle"),
        note_of("n2", kind="obstacle", workshop="b"),
        note_of("n3", workshop="c"),
        note_of("n4", kind="recit"),
    )
    edition = make_edition(make_theme("t1", "n1", "n3"), make_theme("t2", "n2", "n4"))
    shown = show(edition, Rows(position=9, notes=notes, workshops=WORKSHOPS, kinds=kinds), number=1, made_at=1)
    whole = stages.lay_out(shown, SLOTS, ())
    found = {(stage, cell.slot.key): [note.id for note in cell.notes] for stage, cells in whole.rows for cell in cells}
    assert {key: ids for key, ids in found.items() if ids} == {
        ("constat", "1"): ["n1"],
        ("constat", "2"): ["n2"],
        ("scenario", "1"): ["n3"],
    }
    assert whole.apart == 1
    followed = stages.lay_out(shown, SLOTS, (), theme_id="t2")
    cell = followed.cell("constat", "2")
    assert cell is not None
    assert [note.id for note in cell.notes] == ["n2"]
    assert followed.cell("constat", "9") is None


def test_a_scenario_stands_at_the_last_slot_whose_notes_it_rests_on() -> None:
    shown = present(make_edition(make_theme("t1", "n1", "n2")), note_of("n1"), note_of("n2", workshop="b"))
    notes = shown.by_id()

    def scenario(key: str, *cited: NoteShown) -> ScenarioShown:
        parts = {"steps": (), "actors": (), "obstacles": (), "conditions": (), "notes": ()}
        return ScenarioShown(id=key, revision=1, title=key, levers=cited, **parts)  # type: ignore[arg-type]

    built = [scenario("early", notes["n1"]), scenario("late", notes["n1"], notes["n2"]), scenario("free")]
    first, second = dict(stages.lay_out(shown, SLOTS, built).rows)["scenario"]
    assert [one.id for one in first.scenarios] == ["early"]
    assert [one.id for one in second.scenarios] == ["late", "free"]


def test_the_page_opens_a_cell_and_offers_to_build_on_its_notes(app: Flask) -> None:
    gathering = make_gathering()
    client = sit(app, gathering, "temoin")
    assert "Aucun thème" in client.get("/rencontre/synthese/atlas").text
    by = make_holder(gathering)
    note_id = make_note(by, "Le car part trop tôt.", kind="obstacle")
    publish(gathering, theme_of("t1", "Les cars", note_id))
    page = client.get("/rencontre/synthese/atlas?etape=constat&creneau=1&theme=t1").text
    assert "Le car part trop tôt." in page
    assert f"/rencontre/synthese/scenarios/ecrire?note={note_id}" in page
    assert sit(app, gathering, "rapporteur").get("/rencontre/synthese/atlas").status_code in (403, 404)
