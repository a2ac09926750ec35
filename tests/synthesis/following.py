"""What the tests of the follower share: notes to follow, and the edition that is shown."""

from __future__ import annotations

from capture.models import Gathering
from synthesis import editions
from synthesis.results import Edition, Theme
from tests.factories import make_holder, make_note
from tests.synthesis.sentences import SENTENCES


def fill(gathering: Gathering, count: int) -> list[str]:
    by = make_holder(gathering)
    return [make_note(by, text) for text in SENTENCES[:count]]


def displayed(gathering: Gathering) -> Edition:
    return editions.read(gathering.id).edition


def theme_of(edition: Edition, note_id: str) -> Theme:
    return next(theme for theme in edition.themes if note_id in theme.note_ids)
