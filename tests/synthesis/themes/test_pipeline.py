from __future__ import annotations

import dataclasses
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.corpus import Corpus, Note
from synthesis.decisions import Decided, ThemeRenamed, ThemesMerged
from synthesis.french import French
from synthesis.results import Edition, Parameters
from synthesis.themes.labels import straightened
from synthesis.themes.pipeline import Themes, form, place
from tests.synthesis.sentences import SENTENCES
from tests.synthesis.themes.plain import Rule, corpus, edition, note, reading, readings

ROOT = Path(__file__).parent.parent.parent.parent


def formed(notes: Corpus, *, previous: Edition | None = None, decisions: tuple[Decided, ...] = ()) -> Themes:
    return form(
        notes, readings(notes), encoders=Rule(), parameters=Parameters(), previous=previous, decisions=decisions
    )


def assert_whole(themes: Themes, notes: Corpus) -> None:
    """Each note is in exactly one theme or in the tray, and every part says the same."""
    listed = [note_id for theme in themes.themes for note_id in theme.note_ids] + list(themes.tray)
    assert sorted(listed) == [one.id for one in notes]
    assert [one.note_id for one in themes.memberships] == [one.id for one in notes]
    home = {note_id: theme.id for theme in themes.themes for note_id in theme.note_ids}
    assert {one.note_id: one.theme_id for one in themes.memberships if one.theme_id} == home
    assert len({theme.id for theme in themes.themes}) == len(themes.themes)
    texts = notes.by_id()
    for theme in themes.themes:
        assert theme.label
        assert theme.quotes
        for quote in theme.quotes:
            assert quote.note_id in theme.note_ids
            assert texts[quote.note_id].text[quote.start : quote.end].strip() or not texts[quote.note_id].text.strip()
        assert sum(count for _, count in theme.kinds) == len(theme.note_ids)


@pytest.mark.parametrize("count", [0, 1, 2, 29])
def test_few_notes_are_shown_by_workshop_and_kind(count: int) -> None:
    notes = corpus(range(count))
    themes = formed(notes)
    assert_whole(themes, notes)
    assert themes.method == "grouped"
    assert themes.remarks == (("few_notes",) if count else ())
    assert len(themes.themes) == len({(one.workshop, one.kind) for one in notes})


def test_thirty_notes_are_sorted_by_subject() -> None:
    notes = corpus(range(120))
    themes = formed(notes)
    assert_whole(themes, notes)
    assert themes.method == "consensus"
    subjects = [{int(note_id[1:]) % 4 for note_id in theme.note_ids} for theme in themes.themes]
    assert all(len(subject) == 1 for subject in subjects)


def test_the_number_of_themes_asked_for_is_made() -> None:
    notes = corpus(range(120))
    themes = form(notes, readings(notes), encoders=Rule(), parameters=Parameters(themes=7))
    assert len(themes.themes) == 7


def test_the_number_of_themes_asked_for_is_made_of_a_few_notes_that_are_said_again_and_again() -> None:
    said = [one.text for one in corpus(range(8))]
    notes = Corpus.of(note(5 * number, text=said[number % 8]) for number in range(40))
    for wanted in (1, 3, 8):
        themes = form(notes, readings(notes), encoders=Rule(), parameters=Parameters(themes=wanted))
        assert len(themes.themes) == wanted


def test_without_the_sentence_encoder_it_works_and_says_so_once() -> None:
    notes = corpus(range(60))
    themes = form(notes, readings(notes), encoders=Rule(has_sentences=False), parameters=Parameters())
    assert themes.remarks == ("encoder_missing",)
    assert_whole(themes, notes)


def test_the_order_of_the_rows_changes_nothing() -> None:
    notes = list(corpus(range(60)))
    random.Random(1).shuffle(notes)  # noqa: S311 - a test's shuffle
    assert formed(Corpus.of(notes)) == formed(corpus(range(60)))


def test_a_renamed_theme_keeps_its_name_and_its_notes() -> None:
    first = formed(corpus(range(60)))
    theme = first.themes[0]
    named = Decided(position=1, by="gt", act=ThemeRenamed(theme_id=theme.id, label="Ce qui coule"))
    second = formed(corpus(range(160)), previous=edition(first), decisions=(named,))
    (kept,) = [one for one in second.themes if one.id == theme.id]
    assert (kept.label, kept.named_by) == ("Ce qui coule", "gt")
    assert set(theme.note_ids) <= set(kept.note_ids)
    assert_whole(second, corpus(range(160)))


def test_merged_themes_stay_one_in_every_later_run() -> None:
    first = formed(corpus(range(120)))
    into, given_ = first.themes[1].id, first.themes[0].id
    merged = Decided(position=1, by="gt", act=ThemesMerged(into=into, theme_ids=(given_,)))
    together = {*first.themes[0].note_ids, *first.themes[1].note_ids}
    previous = edition(first)
    for size in (121, 150, 200):
        themes = formed(corpus(range(size)), previous=previous, decisions=(merged,))
        (one,) = [theme for theme in themes.themes if theme.id == into]
        assert together <= set(one.note_ids)
        previous = edition(themes)


def test_a_decision_on_the_same_notes_holds_without_a_previous_edition() -> None:
    first = formed(corpus(range(60)))
    named = Decided(position=1, by="", act=ThemeRenamed(theme_id=first.themes[0].id, label="Un nom"))
    second = formed(corpus(range(60)), decisions=(named,))
    assert [theme.label for theme in second.themes if theme.id == first.themes[0].id] == ["Un nom"]


def test_a_decision_about_a_theme_that_is_not_there_never_crashes() -> None:
    gone = (
        Decided(position=1, by="", act=ThemeRenamed(theme_id="t00000000", label="Rien")),
        Decided(position=2, by="", act=ThemesMerged(into="t00000000", theme_ids=("t11111111",))),
    )
    notes = corpus(range(40))
    assert formed(notes, decisions=gone) == formed(notes)


def test_placing_moves_no_displayed_note() -> None:
    shown = edition(formed(corpus(range(100))))
    notes = corpus(range(130))
    placed = place(notes, readings(notes), encoders=Rule(), displayed=shown)
    assert_whole(placed, notes)
    now = {one.note_id: one.theme_id for one in placed.memberships}
    assert all(now[one.note_id] == one.theme_id for one in shown.memberships)
    homes = {theme.id: {int(n[1:]) % 4 for n in theme.note_ids} for theme in placed.themes}
    assert all(len(subjects) == 1 for subjects in homes.values())


def test_a_note_that_says_nothing_readable_waits_in_the_tray() -> None:
    shown = edition(formed(corpus(range(60))))
    notes = Corpus.of([*corpus(range(60)), Note(id="z", text="🙂🙂 !!")])
    placed = place(notes, readings(notes), encoders=Rule(), displayed=shown)
    assert placed.tray == ("z",)
    assert formed(notes).tray == ("z",)


def test_a_removed_note_vanishes_and_an_emptied_theme_with_it() -> None:
    shown = edition(formed(corpus(range(60))))
    gone = set(shown.themes[0].note_ids)
    notes = Corpus.of(one for one in corpus(range(60)) if one.id not in gone)
    placed = place(notes, readings(notes), encoders=Rule(), displayed=shown)
    assert_whole(placed, notes)
    assert shown.themes[0].id not in {theme.id for theme in placed.themes}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("arrive"), st.integers(1, 12)),
        st.tuples(st.just("remove"), st.integers(0, 200)),
        st.tuples(st.just("rename"), st.integers(0, 20)),
        st.tuples(st.just("merge"), st.integers(0, 20)),
        st.tuples(st.just("form"), st.just(0)),
    ),
    max_size=7,
)


@given(start=st.sampled_from([0, 5, 29, 45]), steps=STEPS)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_after_any_sequence_every_decision_holds_and_no_note_is_lost(start: int, steps: list[tuple[str, int]]) -> None:
    """Rename and merge among arrivals, removals and slow runs; check every promise after each step."""
    numbers, arrived, decisions = set(range(start)), start, []
    shown = edition(formed(corpus(numbers)))
    names: dict[str, str] = {}
    stays: list[set[str]] = []
    for step, value in steps:
        ids = [theme.id for theme in shown.themes]
        position = len(decisions) + 1
        if step == "arrive":
            numbers |= set(range(arrived, arrived + value))
            arrived += value
        elif step == "remove" and numbers:
            numbers -= {sorted(numbers)[value % len(numbers)]}
        elif step == "rename" and ids:
            theme_id, label = ids[value % len(ids)], f"Nom {position}"
            names[theme_id] = label
            decisions.append(Decided(position=position, by="s", act=ThemeRenamed(theme_id=theme_id, label=label)))
        elif step == "merge" and len(ids) > 1:
            into, other = ids[value % len(ids)], ids[(value + 1) % len(ids)]
            names.pop(other, None)
            stays.append({n for theme in shown.themes if theme.id in {into, other} for n in theme.note_ids})
            decisions.append(Decided(position=position, by="s", act=ThemesMerged(into=into, theme_ids=(other,))))
        notes = corpus(numbers)
        before = {one.note_id: one.theme_id for one in shown.memberships if one.theme_id}
        if step == "form":
            themes = formed(notes, previous=shown, decisions=tuple(decisions))
        else:
            themes = place(notes, readings(notes), encoders=Rule(), displayed=shown, decisions=decisions)
        assert_whole(themes, notes)
        shown = edition(themes)
        home = {one.note_id: one.theme_id for one in shown.memberships if one.theme_id}
        for theme in shown.themes:
            assert names.get(theme.id, theme.label) == theme.label
        for together in stays:
            assert len({home[note_id] for note_id in together if note_id in home}) <= 1
        if step in {"arrive", "remove", "rename"}:
            assert all(home[note_id] == theme_id for note_id, theme_id in before.items() if note_id in home)


HOSTILE = {
    "ten thousand times the same": ["Le vélo manque de pistes."] * 10_000,
    "all different": [f"mot{chr(97 + n % 26)}{chr(97 + n // 26)}xyz" for n in range(300)],
    "one of ten thousand words": ["eau rivière " * 5_000, *(note(n).text for n in range(40))],
    "only emoji": ["🙂" * (n + 1) for n in range(40)],
    "only acronyms": [["PETR", "EPCI", "SCOT", "PLUI", "CCAS", "CIAS"][n % 6] + f" {n}" for n in range(60)],
    "another language": [
        *(f"the river and the bridge number {n}" for n in range(20)),
        *(note(n).text for n in range(40)),
    ],
    "empty after cleaning": [" ", "\u200b", "…", "!!!"] * 10,
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_notes_make_a_sensible_edition(texts: list[str]) -> None:
    shared = {text: reading(text) for text in set(texts)}
    notes = Corpus.of(Note(id=f"n{n:05d}", text=text) for n, text in enumerate(texts))
    themes = form(notes, {one.id: shared[one.text] for one in notes}, encoders=Rule(), parameters=Parameters())
    assert_whole(themes, notes)
    assert len(themes.themes) <= 60


def test_one_workshop_with_nearly_all_the_notes_still_has_themes() -> None:
    notes = Corpus.of(dataclasses.replace(note(n), workshop="w1" if n % 20 else "w2", kind="") for n in range(120))
    themes = formed(notes)
    assert_whole(themes, notes)
    assert len(themes.themes) >= 4


SCRIPT = """
import dataclasses, json, sys
sys.path.insert(0, ".")
from synthesis.results import Parameters
from synthesis.themes.pipeline import form
from tests.synthesis.themes.plain import Rule, corpus, readings
notes = corpus(range(250))
themes = form(notes, readings(notes), encoders=Rule(), parameters=Parameters())
print(json.dumps(dataclasses.asdict(themes), ensure_ascii=True))
"""


def test_two_processes_with_different_hash_seeds_write_the_same_bytes() -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(json.loads(said[0])["memberships"]) == 250


def test_real_sentences_make_themes_with_labels_of_two_to_five_words_that_differ(french: French) -> None:
    texts = SENTENCES[:200]
    notes = Corpus.of(Note(id=f"n{n:03d}", text=text, workshop=f"w{n % 9}") for n, text in enumerate(texts))
    read = dict(zip((one.id for one in notes), french.read([one.text for one in notes]), strict=True))
    themes = form(notes, read, encoders=french, parameters=Parameters())
    assert_whole(themes, notes)
    assert 4 <= len(themes.themes) <= 60
    labels = [theme.label for theme in themes.themes]
    assert len({label.casefold() for label in labels}) == len(labels)
    text = straightened("\n".join(one.text for one in notes)).casefold()
    assert all(straightened(label).casefold() in text for label in labels)
    assert 5 <= len(themes.families) <= 9
    assert sorted(t for family in themes.families for t in family.theme_ids) == sorted(t.id for t in themes.themes)
