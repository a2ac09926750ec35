"""What people make of themes beside deciding: each keeps them where they are while it stands."""

from __future__ import annotations

from typing import Any

import pytest

from capture.operations import ReportFinalised, ReportReopened
from capture.state import Written
from synthesis.editing.acts import ReportOrdered, ReportWorded
from synthesis.relying import relied_on
from synthesis.restitution.acts import (
    EchoGiven,
    LandmarkDropped,
    LandmarkPlaced,
    ReadingFrozen,
    ReadingReleased,
    StagePrepared,
    StageShown,
)


def after(*acts: Any, authors: str = "aaaa") -> bool:
    return relied_on(
        Written(position=at, operation_id=str(at), act=act, author=author, at=at)
        for at, (act, author) in enumerate(zip(acts, authors, strict=False), 1)
    )


def test_nothing_relies_on_themes_before_anybody_did_anything() -> None:
    assert not after()


@pytest.mark.parametrize(
    ("made", "taken_back"),
    [
        (ReadingFrozen(edition=1, position=9), ReadingReleased()),
        (LandmarkPlaced(landmark_id="a", theme_id="t1"), LandmarkDropped(landmark_id="a")),
        (LandmarkPlaced(landmark_id="a", note_id="n1"), LandmarkDropped(landmark_id="a")),
        (ReportFinalised(position=9, validated_by="Le Carrefour"), ReportReopened()),
        (ReportWorded(part="theme.t1", text="Un chapitre."), ReportWorded(part="theme.t1", text="", base=1)),
        (ReportOrdered(theme_ids=("t2", "t1")), ReportOrdered(theme_ids=(), base=1)),
    ],
)
def test_what_is_kept_relies_on_themes_until_it_is_taken_back(made: Any, taken_back: Any) -> None:
    assert after(made)
    assert not after(made, taken_back)


@pytest.mark.parametrize(
    "act", [StagePrepared(edition=1, position=9), StageShown(view="theme", theme_id="t1"), EchoGiven(theme_id="t1")]
)
def test_what_the_room_saw_or_answered_is_not_taken_back(act: Any) -> None:
    assert after(act, ReadingReleased())


def test_a_version_kept_by_one_device_outlives_another_s_that_was_released() -> None:
    frozen = ReadingFrozen(edition=1, position=9)
    assert after(frozen, frozen, ReadingReleased(), authors="abb")
    assert not after(frozen, frozen, ReadingReleased(), ReadingReleased(), authors="abba")


def test_a_screen_that_is_tried_and_words_on_no_theme_rely_on_none() -> None:
    assert not after(StageShown(view="title"), StageShown(view="black"))
    assert not after(LandmarkPlaced(landmark_id="a", line="Remercier la halle"))
    assert not after(ReportWorded(part="introduction", text="Deux journées."))
