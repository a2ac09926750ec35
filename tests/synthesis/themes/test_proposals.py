"""What a second look offers: it changes nothing, goes against no decision, and what was refused stays away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from synthesis.contests import contested
from synthesis.corpus import Corpus
from synthesis.decisions import Decided
from synthesis.results import Edition, Parameters, Proposal, Theme
from synthesis.theme_decisions import (
    FormingChosen,
    NoteMoved,
    ProposalPostponed,
    ProposalRefused,
    ReviewAsked,
    ThemeAct,
    ThemeDecisionWithdrawn,
    ThemeHidden,
    ThemeRenamed,
    ThemesHeld,
    ThemesKeptApart,
)
from synthesis.themes.freedom import YOUNG, free, state
from synthesis.themes.history import chronicle
from synthesis.themes.pipeline import form
from synthesis.themes.proposals import identify, offer, review, standing
from tests.synthesis.themes.plain import Rule, corpus, edition, readings

NOTES = corpus(range(12))
IDS = tuple(note.id for note in NOTES)


def decided(*acts: ThemeAct, by: str = "s") -> list[Decided]:
    return [Decided(position=at, by=by, act=act, author=f"{by}.d") for at, act in enumerate(acts, 1)]


def theme(theme_id: str, *note_ids: str) -> Theme:
    return Theme(id=theme_id, label=theme_id, proposed_label=theme_id, note_ids=note_ids)


THEMES = (theme("t1", *IDS[:5]), theme("t2", *IDS[5:10]))


def merge() -> Proposal:
    made = identify("merge", IDS[5:10], ("t1", "t2"))
    return Proposal(id=made, what="merge", note_ids=IDS[5:10], origins=("t2",), target="t1")


def split(*note_ids: str) -> Proposal:
    return Proposal(id=identify("split", note_ids, ("t1",)), what="split", note_ids=note_ids, origins=("t1",))


def refusal(one: Proposal) -> ProposalRefused:
    themes = tuple(sorted({*one.origins, one.target} - {""}))
    return ProposalRefused(proposal=one.id, what=one.what, note_ids=one.note_ids, theme_ids=themes)


def asked(notes: Corpus, shown: Edition, decisions: Sequence[Decided] = ()) -> tuple[Proposal, ...]:
    """What a person is offered who asks for another look."""
    read = readings(notes)
    found = review(notes, read, encoders=Rule(), displayed=shown, decisions=decisions, asked=True)
    return offer(found.changes, notes, read, encoders=Rule(), displayed=shown, decisions=decisions)


def test_two_subjects_put_together_are_offered_to_be_split_and_nothing_moves() -> None:
    notes = corpus(range(120))
    themes = form(notes, readings(notes), encoders=Rule(), parameters=Parameters()).themes
    first, second = themes[:2]
    one = replace(first, note_ids=(*first.note_ids, *second.note_ids))
    shown = Edition(themes=(one, *themes[2:]), method="consensus")
    offered = asked(notes, shown)
    assert offered == asked(notes, shown)
    found = next(proposal for proposal in offered if proposal.what in {"split", "new"})
    assert set(found.note_ids) <= set(one.note_ids)
    assert found.label
    assert found.words
    assert found.then > found.now
    refused = decided(refusal(found))
    again = asked(notes, shown, refused)
    assert found.id not in {proposal.id for proposal in again}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_first_notes_are_offered_nothing(count: int) -> None:
    notes = corpus(range(count))
    assert asked(notes, Edition()) == ()


def test_a_refused_proposal_stays_away_when_a_few_notes_came_or_went() -> None:
    no = decided(refusal(split(*IDS[:3])), refusal(merge()))
    assert standing([split(*IDS[:3]), split(*IDS[:4]), merge()], NOTES, THEMES, no) == ()
    other = split(IDS[4])
    assert standing([other], NOTES, THEMES, no) == (other,)
    back = [*no, Decided(position=3, by="s", act=ThemeDecisionWithdrawn(position=2))]
    assert standing([merge()], NOTES, THEMES, back) == (merge(),)


def test_a_proposal_falls_when_what_it_was_made_of_is_gone() -> None:
    offered = [merge(), split(*IDS[:3])]
    assert standing(offered, NOTES, THEMES, ()) == tuple(offered)
    assert standing(offered, NOTES, THEMES[:1], ()) == (offered[1],)
    without = Corpus.of(note for note in NOTES if note.id != IDS[0])
    assert standing(offered, without, THEMES, ()) == (offered[0],)
    moved = (theme("t1", *IDS[1:5]), theme("t2", IDS[0], *IDS[5:10]))
    assert standing(offered, NOTES, moved, ()) == (offered[0],)


def test_not_together_is_offered_no_more_and_later_comes_last() -> None:
    apart = decided(ThemesKeptApart(theme_ids=("t1", "t2")))
    assert standing([merge()], NOTES, THEMES, apart) == ()
    later = decided(ProposalPostponed(proposal=merge().id))
    one, other = standing([merge(), split(*IDS[:3])], NOTES, THEMES, later)
    assert (one.what, other.what, other.postponed) == ("split", "merge", True)


def test_themes_are_free_while_young_then_only_while_nobody_touched_or_reads_them() -> None:
    touched = decided(ThemeRenamed(theme_id="t1", label="Un nom"))
    for read in (False, True):
        assert free((), YOUNG - 1, read=read)
        assert free(touched, YOUNG - 1, read=read)
        assert not free(touched, YOUNG, read=read)
    for decisions in ((), decided(ReviewAsked())):
        assert free(decisions, YOUNG, read=False)
        assert not free(decisions, YOUNG, read=True)


def test_whoever_asks_that_themes_be_kept_is_obeyed_however_few_the_notes() -> None:
    held = decided(ThemesHeld(theme_ids=("t1", "t2")))
    assert not free(held, 1, read=False)
    assert free([*held, Decided(position=2, by="s", act=ThemeDecisionWithdrawn(position=1))], 1, read=False)


def test_the_organiser_has_the_last_word_on_when_themes_form() -> None:
    touched = decided(ThemeRenamed(theme_id="t1", label="Un nom"))
    always = [*touched, Decided(position=2, by="o", act=FormingChosen(mode="always"))]
    assert free(always, YOUNG, read=True)
    assert not free(decided(FormingChosen(mode="never")), 1, read=False)
    found = [state(acts, notes) for acts, notes in (((), 1), ((), YOUNG), (touched, YOUNG), (always, YOUNG))]
    assert found == ["young", "unread", "held", "always"]


def test_a_decision_is_contested_by_somebody_else_s_about_the_same_thing_only() -> None:
    before = decided(ThemeRenamed(theme_id="t1", label="Le leur"), NoteMoved(note_id="a", theme_id="t2"))
    mine = ThemeRenamed(theme_id="t1", label="Le mien", read=1)
    assert contested(replace(mine, read=2), before, author="moi") is None
    late = [*before, Decided(position=3, by="x", act=ThemeRenamed(theme_id="t1", label="Encore"), author="x.d")]
    assert contested(mine, late, author="moi") == late[-1]
    assert contested(mine, late, author="x.d") is None
    assert contested(replace(mine, label="Encore"), late, author="moi") is None
    assert contested(replace(mine, read=0), late, author="moi") is None
    assert contested(ThemeHidden(theme_id="t1", read=1), late, author="moi") is None
    assert contested(NoteMoved(note_id="a", theme_id="t1", read=1), late, author="moi") == before[1]
    withdrawn = [*late, Decided(position=4, by="x", act=ThemeDecisionWithdrawn(position=3), author="x.d")]
    assert contested(mine, withdrawn, author="moi") is None


def test_births_and_ends_are_told_once_each_with_where_the_notes_came_from() -> None:
    first = chronicle(None, THEMES, 10)
    assert [(one.theme_id, one.what, one.notes) for one in first] == [("t1", "born", 5), ("t2", "born", 5)]
    shown = Edition(themes=THEMES, events=first)
    after = (theme("t1", *IDS[:5], *IDS[8:10]), theme("t3", *IDS[5:8]))
    told = chronicle(shown, after, 20)[2:]
    assert [(one.theme_id, one.what, one.others) for one in told] == [
        ("t3", "born", ("t2",)),
        ("t2", "ended", ("t3", "t1")),
    ]
    assert chronicle(replace(shown, themes=after, events=(*first, *told)), after, 30) == (*first, *told)


def test_an_id_that_was_once_a_theme_s_is_never_given_again() -> None:
    notes = corpus(range(60))
    first = form(notes, readings(notes), encoders=Rule(), parameters=Parameters())
    ids = {one.id for one in first.themes}
    gone = Edition(method="grouped", events=chronicle(None, first.themes, 1))
    again = form(notes, readings(notes), encoders=Rule(), parameters=Parameters(), previous=gone)
    assert ids.isdisjoint(one.id for one in again.themes)
    assert edition(again).themes
