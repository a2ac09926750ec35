"""Decisions on themes: refused when they mean nothing, once each, and never lost to a second look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from capture import journal
from capture.errors import NotFound, NotYourSeat
from capture.models import Gathering
from synthesis import curators
from synthesis.errors import DecidedMeanwhile, LabelEmpty, MergeAlone, NothingChosen
from synthesis.follower import Follower
from synthesis.theme_decisions import (
    FormingChosen,
    NoteMoved,
    NotePinned,
    NotesKeptApart,
    ProposalPostponed,
    ProposalRefused,
    ReviewAsked,
    ThemeDecisionWithdrawn,
    ThemeFounded,
    ThemeHidden,
    ThemeRenamed,
    ThemesHeld,
    ThemesKeptApart,
    ThemesMerged,
    ThemesOrdered,
    ThemeSplit,
    ThemeUnhidden,
    ThemeValidated,
)
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.following import displayed, fill
from tests.synthesis.sentences import SENTENCES


def test_a_decision_that_means_nothing_is_refused(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, 35)
    follower.step(gathering.id)
    curator, rapporteur = make_holder(gathering, "temoin"), make_holder(gathering)
    theme = displayed(gathering).themes[0]
    with pytest.raises(LabelEmpty):
        curators.rename(ThemeRenamed(theme_id=theme.id, label="  "), by=curator, operation_id=new_id())
    with pytest.raises(MergeAlone):
        curators.merge(ThemesMerged(into=theme.id, theme_ids=(theme.id,)), by=curator, operation_id=new_id())
    with pytest.raises(NotFound):
        curators.rename(ThemeRenamed(theme_id="t-inconnu", label="Un nom"), by=curator, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        curators.rename(ThemeRenamed(theme_id=theme.id, label="Un nom"), by=rapporteur, operation_id=new_id())


def test_once_somebody_decided_a_second_look_only_proposes_and_what_is_refused_stays_away(
    gathering: Gathering, follower: Follower
) -> None:
    fill(gathering, 60)
    follower.step(gathering.id)
    curator, organiser = make_holder(gathering, "temoin"), make_holder(gathering, "organiser")
    first, second, *_ = displayed(gathering).themes
    never = FormingChosen(mode="never")
    curators.choose_forming(never, by=organiser, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        curators.choose_forming(never, by=curator, operation_id=new_id())
    # Two subjects in one theme: a second look has something to say.
    for note_id in second.note_ids:
        curators.place(NoteMoved(note_id=note_id, theme_id=first.id), by=curator, operation_id=new_id())
    for text in SENTENCES[60:90]:
        make_note(make_holder(gathering), text)
    follower.step(gathering.id)
    before = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    curators.answer(ReviewAsked(), by=curator, operation_id=new_id())
    follower.step(gathering.id)
    follower.step(gathering.id)
    assert journal.read(gathering.id)[-1].payload["reviewed"] is True
    after = {one.note_id: one.theme_id for one in displayed(gathering).memberships}
    assert all(after[note_id] == theme_id for note_id, theme_id in before.items() if theme_id)
    offered = displayed(gathering).proposals
    assert offered
    one = offered[0]
    themes = tuple(sorted({*one.origins, one.target} - {""}))
    no = ProposalRefused(proposal=one.id, what=one.what, note_ids=one.note_ids, theme_ids=themes)
    receipt = curators.answer(no, by=curator, operation_id=(refusing := new_id()))
    assert curators.answer(no, by=curator, operation_id=refusing).position == receipt.position
    curators.answer(ReviewAsked(), by=curator, operation_id=new_id())
    follower.step(gathering.id)
    follower.step(gathering.id)
    assert one.id not in {other.id for other in displayed(gathering).proposals}


def test_a_decision_over_another_s_that_was_not_read_is_refused_with_both(
    gathering: Gathering, follower: Follower
) -> None:
    fill(gathering, 40)
    follower.step(gathering.id)
    one, other = make_holder(gathering, "temoin"), make_holder(gathering, "temoin", device="d2")
    shown = displayed(gathering)
    theme = shown.themes[0].id
    first = ThemeRenamed(theme_id=theme, label="Le nom de l’une", read=shown.position)
    position = curators.rename(first, by=one, operation_id=new_id()).position
    late = ThemeRenamed(theme_id=theme, label="Le nom de l’autre", read=shown.position)
    with pytest.raises(DecidedMeanwhile) as refused:
        curators.rename(late, by=other, operation_id=new_id())
    assert (refused.value.data["label"], refused.value.data["position"]) == ("Le nom de l’une", position)
    curators.rename(replace(late, read=position), by=other, operation_id=new_id())
    curators.withdraw(ThemeDecisionWithdrawn(position=position + 1), by=one, operation_id=new_id())
    follower.step(gathering.id)
    assert next(one.label for one in displayed(gathering).themes if one.id == theme) == "Le nom de l’une"


def test_each_decision_has_its_refusal_and_its_replay_the_same_receipt(
    gathering: Gathering, follower: Follower
) -> None:
    ids = fill(gathering, 40)
    follower.step(gathering.id)
    by = make_holder(gathering, "temoin")
    first, second, *_ = (theme.id for theme in displayed(gathering).themes)
    some = displayed(gathering).themes[0].note_ids[:2]
    for verb, act in (
        (curators.place, ThemeSplit(theme_id=first, note_ids=some, label="À part")),
        (curators.place, ThemeFounded(note_ids=tuple(ids[:2]))),
        (curators.place, NoteMoved(note_id=ids[3], theme_id="")),
        (curators.place, NotePinned(note_id=ids[4], theme_id=second)),
        (curators.place, NotesKeptApart(note_ids=tuple(ids[5:7]))),
        (curators.merge, ThemesKeptApart(theme_ids=(first, second))),
        (curators.rename, ThemeValidated(theme_id=second, label="Un nom juste")),
        (curators.arrange, ThemeHidden(theme_id=second)),
        (curators.arrange, ThemesOrdered(theme_ids=(second, first))),
        (curators.arrange, ThemesHeld(theme_ids=(first,))),
        (curators.answer, ProposalPostponed(proposal="p1")),
    ):
        operation_id = new_id()
        done = verb(act, by=by, operation_id=operation_id)  # type: ignore[operator]
        assert verb(act, by=by, operation_id=operation_id) == replace(done, outcome="replayed")  # type: ignore[operator]
    follower.step(gathering.id)
    hidden = next(theme for theme in displayed(gathering).themes if theme.id == second)
    assert (hidden.hidden, hidden.rank, hidden.label, hidden.named_by) == (True, 1, "Un nom juste", "temoin")
    assert "À part" in {theme.label for theme in displayed(gathering).themes}
    assert ids[3] in displayed(gathering).tray
    curators.arrange(ThemeUnhidden(theme_id=second), by=by, operation_id=new_id())
    for verb, act in (
        (curators.place, ThemeSplit(theme_id=first, note_ids=())),
        (curators.place, NotesKeptApart(note_ids=(ids[0], ids[0]))),
        (curators.arrange, ThemesOrdered(theme_ids=())),
    ):
        with pytest.raises(NothingChosen):
            verb(act, by=by, operation_id=new_id())  # type: ignore[operator]
    with pytest.raises(NotFound):
        curators.place(NoteMoved(note_id="inconnue", theme_id=first), by=by, operation_id=new_id())
    with pytest.raises(NotFound):
        curators.withdraw(ThemeDecisionWithdrawn(position=1), by=by, operation_id=new_id())
