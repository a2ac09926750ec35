"""A note is read aloud in its own language, told by its letters."""

from __future__ import annotations

import pytest
from flask import Flask

from capture import seats
from synthesis.tongue import tongue_of
from tests.factories import make_gathering, make_holder, make_note


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("", "fr"),
        ("👩‍🌾 17", "fr"),
        ("Les élu·es écoutent les habitant⋅es.", "fr"),
        ("المشاركة تبدأ عندما يستمع المنتخبون", "ar"),
        ("居民参与决策，才是真正的合作。", "zh"),
        ("住民の参加が大切です", "ja"),
        ("Μας ακούνε", "el"),
        ("Le mot « participation » se dit المشاركة", "fr"),
    ],
)
def test_the_letters_say_in_which_language_a_note_is_read_aloud(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue


def test_a_note_names_its_language_when_the_page_has_another(app: Flask) -> None:
    gathering = make_gathering()
    writer = make_holder(gathering, "rapporteur", "gouvernance")
    make_note(writer, "居民参与决策")
    make_note(writer, "Un élu écoute.")
    client = app.test_client()
    seat_id = seats.open_seat(gathering_id=gathering.id, role="temoin")
    client.get(f"/rejoindre/{seats.sign(app.config['SECRET_KEY'], seat_id)}")
    page = client.get("/rencontre/synthese").get_data(as_text=True)
    assert '<p class="words" dir="auto" lang="zh">居民参与决策</p>' in page
    assert '<p class="words" dir="auto">Un élu écoute.</p>' in page
    page = client.get("/rencontre/synthese?langue=en").get_data(as_text=True)
    assert '<p class="words" dir="auto" lang="fr">Un élu écoute.</p>' in page
