"""Decisions taken back, undone by another, or left alone: themes, names and ids come back as they were."""

from __future__ import annotations

from synthesis.corpus import Corpus
from synthesis.decisions import Decided
from synthesis.results import Parameters
from synthesis.theme_decisions import (
    NotesKeptApart,
    ThemeDecisionWithdrawn,
    ThemesMerged,
    ThemeSplit,
)
from synthesis.themes.arrival import Home
from synthesis.themes.curation import newborns
from synthesis.themes.pipeline import form, place
from tests.synthesis.themes.plain import Rule, bare, corpus, edition, readings


def test_taking_back_a_merge_brings_back_the_theme_its_notes_and_its_name() -> None:
    notes = corpus(range(80))
    first = form(notes, readings(notes), encoders=Rule(), parameters=Parameters())
    kept, gone = first.themes[0], first.themes[1]
    merged = Decided(position=1, by="s", act=ThemesMerged(into=kept.id, theme_ids=(gone.id,)))
    back = Decided(position=2, by="s", act=ThemeDecisionWithdrawn(position=1))
    one = place(notes, readings(notes), encoders=Rule(), displayed=edition(first), decisions=[merged])
    assert [theme.id for theme in one.aside] == [gone.id]
    formed = form(
        notes,
        readings(notes),
        encoders=Rule(),
        parameters=Parameters(),
        previous=edition(one),
        decisions=(merged,),
    )
    for shown in (one, formed):
        again = place(notes, readings(notes), encoders=Rule(), displayed=edition(shown), decisions=[merged, back])
        found = next(theme for theme in again.themes if theme.id == gone.id)
        assert set(gone.note_ids) <= set(found.note_ids)
        assert found.label == gone.label


def test_what_people_parted_is_not_put_together_again_by_another_look() -> None:
    notes = corpus(range(45))
    first = form(notes, readings(notes), encoders=Rule(), parameters=Parameters())
    one, other = first.themes[0].note_ids[:2]
    home = first.themes[0].id
    parted = [Decided(position=1, by="s", act=NotesKeptApart(note_ids=(one, other)))]
    shown = place(notes, readings(notes), encoders=Rule(), displayed=edition(first), decisions=parted)
    assert shown.tray == (other,)
    for joined, expected in ((home, ""), (first.themes[1].id, first.themes[1].id)):
        found = place(
            notes,
            readings(notes),
            encoders=Rule(),
            displayed=edition(shown),
            decisions=parted,
            joins={other: Home(joined, 1.0)},
        )
        assert next(item.theme_id for item in found.memberships if item.note_id == other) == expected
        assert sum(other in theme.note_ids for theme in found.themes) == bool(expected)


def test_a_split_then_a_merge_give_the_same_names_in_one_sitting_as_in_three() -> None:
    notes = corpus(range(80))
    base = edition(form(notes, readings(notes), encoders=Rule(), parameters=Parameters()))
    first, second = base.themes[:2]
    split = ThemeSplit(theme_id=first.id, note_ids=first.note_ids[:4])
    born = newborns([Decided(position=1, by="s", act=split)])[1]
    acts = [split, ThemesMerged(into=born, theme_ids=(second.id,)), ThemesMerged(into=born, theme_ids=(first.id,))]
    decisions = [Decided(position=at, by="s", act=act) for at, act in enumerate(acts, 1)]
    at_once = place(notes, readings(notes), encoders=Rule(), displayed=base, decisions=decisions)
    shown = base
    for count in (1, 2, 3):
        themes = place(notes, readings(notes), encoders=Rule(), displayed=shown, decisions=decisions[:count])
        shown = edition(themes)
    assert bare(themes) == bare(at_once)
    assert len({theme.label for theme in themes.themes}) == len(themes.themes)


def test_a_name_that_no_note_says_any_more_is_forgotten() -> None:
    notes = corpus(range(80))
    base = edition(form(notes, readings(notes), encoders=Rule(), parameters=Parameters()))
    lost = base.themes[0]
    merged = [Decided(position=1, by="s", act=ThemesMerged(into=base.themes[1].id, theme_ids=(lost.id,)))]
    shown = edition(place(notes, readings(notes), encoders=Rule(), displayed=base, decisions=merged))
    assert [theme.label for theme in shown.aside] == [lost.proposed_label]
    rest = Corpus.of(one for one in notes if lost.proposed_label.casefold() not in one.text.casefold())
    after = place(rest, readings(rest), encoders=Rule(), displayed=shown, decisions=merged)
    assert lost.proposed_label not in {theme.label for theme in after.aside}


def test_what_was_read_as_a_proposed_name_stays_while_people_decide_about_other_themes() -> None:
    notes = corpus(range(80))
    first = form(notes, readings(notes), encoders=Rule(), parameters=Parameters())
    kept, other = first.themes[0], first.themes[1]
    split = Decided(position=1, by="s", act=ThemeSplit(theme_id=other.id, note_ids=other.note_ids[:3]))
    shown = place(notes, readings(notes), encoders=Rule(), displayed=edition(first), decisions=[split])
    assert next(one.label for one in shown.themes if one.id == kept.id) == kept.label


def test_a_theme_made_twice_by_the_same_act_never_has_the_same_id() -> None:
    acts = [ThemeSplit(theme_id="t1", note_ids=("a", "b")), ThemeSplit(theme_id="t1", note_ids=("b", "a"))]
    ids = newborns(Decided(position=at, by="", act=act) for at, act in enumerate(acts, 1))
    assert ids[1] != ids[2]
    assert ids == newborns(Decided(position=at, by="s", act=act) for at, act in enumerate(acts, 1))
