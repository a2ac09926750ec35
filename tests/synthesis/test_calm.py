"""Themes that nobody decided about do not move under a reader's eyes, and get better while nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

from capture import journal, schedule
from capture.models import Gathering
from capture.operations import SessionClosed
from synthesis import curators, editions, readers
from synthesis.follower import Follower
from synthesis.french import French, Progress, Reading
from synthesis.restitution.acts import LandmarkDropped, LandmarkPlaced
from synthesis.theme_decisions import ReviewAsked
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.following import displayed, fill
from tests.synthesis.published import sit
from tests.synthesis.sentences import SENTENCES
from tests.synthesis.speech import keep

MANY = 120


def arrive(gathering: Gathering, follower: Follower, start: int, count: int = 12) -> dict[str, Any]:
    """Let notes come and rest; return what the journal says of the last edition."""
    by = make_holder(gathering)
    for text in SENTENCES[start : start + count]:
        make_note(by, text)
    return settle(gathering, follower)


def settle(gathering: Gathering, follower: Follower) -> dict[str, Any]:
    while follower.step(gathering.id):
        pass
    follower.step(gathering.id)
    return [entry.payload for entry in journal.read(gathering.id) if entry.name == "edition.published"][-1]


def homes(gathering: Gathering) -> dict[str, str]:
    """The theme of each displayed note that has one."""
    return {one.note_id: one.theme_id for one in displayed(gathering).memberships if one.theme_id}


class Interrupted(French):
    """A reader of French that lets something happen the next time it reads."""

    meanwhile: Callable[[], object] | None = None

    def read(self, texts: Sequence[str], *, progress: Progress | None = None) -> tuple[Reading, ...]:
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        return super().read(texts, progress=progress)


def test_themes_that_nobody_reads_form_again_with_what_comes(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, MANY)
    settle(gathering, follower)
    assert arrive(gathering, follower, MANY)["formed"]


def test_themes_that_somebody_reads_stay_where_they_are_until_nobody_does(
    app: Flask, gathering: Gathering, follower: Follower
) -> None:
    fill(gathering, MANY)
    settle(gathering, follower)
    page = sit(app, gathering, "temoin").get("/rencontre/synthese").text
    assert "Tant que cette page est ouverte, rien ne bouge." in page
    before = homes(gathering)
    assert not arrive(gathering, follower, MANY)["formed"]
    assert {note_id: homes(gathering)[note_id] for note_id in before} == before
    readers.leave(gathering.id, journal.now() - readers.LATELY - 1)
    assert arrive(gathering, follower, MANY + 12)["formed"]


def test_a_page_opened_while_the_themes_form_keeps_those_it_shows(
    app: Flask, gathering: Gathering, french: French
) -> None:
    opening = Interrupted(french._tagger, french._sentence_encoder)
    follower = Follower(app, opening, quiet_seconds=0.0)
    fill(gathering, MANY)
    settle(gathering, follower)
    client, before = sit(app, gathering, "temoin"), homes(gathering)
    for text in SENTENCES[MANY : MANY + 12]:
        make_note(make_holder(gathering), text)
    assert follower.step(gathering.id)
    opening.meanwhile = lambda: client.get("/rencontre/synthese")
    assert not settle(gathering, follower)["formed"]
    assert opening.meanwhile is None
    assert {note_id: homes(gathering)[note_id] for note_id in before} == before


def test_whoever_asks_for_another_look_is_reading(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, MANY)
    settle(gathering, follower)
    before = homes(gathering)
    curators.answer(ReviewAsked(), by=make_holder(gathering, "temoin"), operation_id=new_id())
    published = settle(gathering, follower)
    assert (published["formed"], published["reviewed"]) == (False, True)
    assert {note_id: homes(gathering)[note_id] for note_id in before} == before


def test_at_the_end_of_a_workshop_pages_that_are_open_have_time_to_say_so(
    app: Flask, gathering: Gathering, french: French
) -> None:
    fill(gathering, MANY)
    follower = Follower(app, french, quiet_seconds=0)
    settle(gathering, follower)
    follower.quiet_seconds = 3_600
    number = editions.last_number(gathering.id)
    close = SessionClosed(key="gouvernance")
    schedule.turn(close, by=make_holder(gathering, "organiser"), operation_id=new_id())
    settle(gathering, follower)
    assert editions.last_number(gathering.id) == number + 1
    follower.quiet_seconds = 0
    assert settle(gathering, follower)["formed"]
    assert editions.last_number(gathering.id) == number + 2


def test_a_landmark_on_a_theme_keeps_the_themes_until_it_is_dropped(gathering: Gathering, follower: Follower) -> None:
    fill(gathering, MANY)
    settle(gathering, follower)
    witness, theme = make_holder(gathering, "temoin"), displayed(gathering).themes[0].id
    keep(LandmarkPlaced(landmark_id="a", theme_id=theme), witness)
    assert not arrive(gathering, follower, MANY)["formed"]
    keep(LandmarkDropped(landmark_id="a"), witness)
    assert arrive(gathering, follower, MANY + 12)["formed"]
