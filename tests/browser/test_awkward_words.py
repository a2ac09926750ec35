"""Words that no designer chose: a label without end, a note of thousands of characters, emoji, Arabic, Chinese."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices, violations
from tests.browser.house import House
from tests.browser.test_the_stage import readable
from tests.serving import ROOT

pytestmark = pytest.mark.browser

BUILD = """
import json, sys
from capture import seats
from synthesis import editions, window
from synthesis.results import Edition, Membership, Quote, Theme
from tests.factories import make_gathering, make_holder, make_note
from wsgi import create_app

TEXTS = {
    "ar": "المشاركة الحقيقية تبدأ عندما يستمع المنتخبون إلى السكان قبل اتخاذ القرار.",
    "zh": "居民参与决策，才是真正的合作。我们需要时间来建立信任。",
    "emoji": "👩‍🌾🚜 Les agricultrices partagent leurs machines 🙂🙂🙂",
    "long": "Une phrase assez longue pour occuper tout un écran. " * 90,
    "block": "x" * 400,
}
LABELS = {"long": ("Une étiquette qui ne finit pas, " * 10)[:300], "alone": "Seule", "block": "x" * 120}
THEMES = {"long": ["long"], "mixed": ["ar", "zh"], "alone": ["emoji"], "block": ["block"]}

app = create_app()
with app.app_context():
    gathering = make_gathering("seul")
    writer = make_holder(gathering, "rapporteur", "seul")
    ids = {key: make_note(writer, text, kind="lever") for key, text in TEXTS.items()}


    def quote(key):
        return Quote(note_id=ids[key], start=0, end=len(TEXTS[key].strip()), role="central")

    themes = tuple(
        Theme(id=key, label=LABELS.get(key, "العربية et 中文"), proposed_label="",
              note_ids=tuple(ids[one] for one in held), quotes=tuple(quote(one) for one in held))
        for key, held in THEMES.items()
    )
    members = tuple(
        Membership(note_id=one, theme_id=theme.id, confidence=1.0) for theme in themes for one in theme.note_ids
    )
    position = window.look(gathering.id).corpus.position
    edition = Edition(position=position, method="consensus", themes=themes, memberships=members)
    editions.publish(gathering.id, edition, formed=True, seconds=0.0)
    secret = app.config["SECRET_KEY"]
    print(json.dumps({role: "/rejoindre/" + seats.sign(secret, seats.open_seat(gathering_id=gathering.id, role=role))
                      for role in ("temoin", "participant")}))
"""


@pytest.fixture
def awkward(tmp_path: Path) -> Iterator[tuple[House, dict[str, str]]]:
    """A gathering of one workshop that holds them all, served."""
    house = House(tmp_path)
    house.run("db", "upgrade")
    made = subprocess.run(
        [sys.executable, "-c", BUILD], env=house.environment, cwd=ROOT, check=True, capture_output=True
    )
    house.start()
    yield house, json.loads(made.stdout)
    house.stop()


def whole(page: Page) -> bool:
    """Whether nothing runs over the side."""
    over: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return over <= 0


def test_awkward_words_stay_whole_on_the_desk_the_lectern_the_screen_and_the_room(
    awkward: tuple[House, dict[str, str]], devices: Devices
) -> None:
    house, links = awkward
    phone = devices.open(house.url + links["temoin"])
    expect(phone.locator("#themes article")).to_have_count(4)
    expect(phone.locator(".state")).to_contain_text("1 atelier sur 1")
    for place in ("", "/themes/long", "/themes/mixed", "/themes/alone", "/themes/block", "/une-fois", "/reperes"):
        phone.goto(f"{house.url}/rencontre/synthese{place}")
        assert whole(phone), place
    phone.goto(f"{house.url}/rencontre/synthese/themes/mixed")
    expect(phone.locator('blockquote[lang="ar"]')).to_have_css("direction", "rtl")
    assert violations(phone) == []
    for address in (f"{house.url}/rencontre/pupitre", house.url + links["participant"].replace("rejoindre", "suivre")):
        phone.goto(address)
        assert whole(phone), address

    screen = devices.open(house.url + links["temoin"], width=1920, height=1080)
    screen.goto(f"{house.url}/rencontre/scene")
    expect(screen.locator("html.ready")).to_be_attached()
    seen = ""
    for _ in range(30):
        place = screen.locator("#scene")
        assert place.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")
        assert readable(screen)
        seen += place.inner_text()
        screen.keyboard.press("PageDown")
    assert all(
        words in seen for words in ("居民参与决策", "المشاركة الحقيقية", "🙂🙂🙂", "Seule", "x" * 120, "2 sur ")
    )
