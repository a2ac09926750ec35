"""Pages made of long lists and wide tables, as they are read and touched on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices, violations
from tests.browser.house import eventually
from tests.serving import Installation

pytestmark = pytest.mark.browser

WAIT = 60_000
FIRST_THEMES = 280_000
BASE = "/journees-2018/synthese"
THUMB = 44


@pytest.fixture
def phone(installation: Installation, devices: Devices) -> Page:
    page = devices.open(installation.link("temoin"), width=390)
    expect(page.locator("#themes article").nth(3)).to_be_visible(timeout=FIRST_THEMES)
    return page


def test_a_frozen_version_says_its_name_then_offers_formats_as_large_as_a_thumb(
    phone: Page, installation: Installation
) -> None:
    phone.get_by_role("button", name="Figer ma version").click()
    expect(phone.get_by_role("button", name="Lire la plus récente")).to_be_visible(timeout=WAIT)
    phone.goto(f"{installation.url}{BASE}/rapport")
    version = phone.get_by_role("region", name="Les versions figées").get_by_role("listitem").first
    name = version.locator(".name")
    expect(name).to_have_text(re.compile(r"^Version \d+, figée le "))
    below = (name.bounding_box() or {})["y"]
    links = version.get_by_role("link").all()
    assert len(links) == 6
    for link in links:
        box = link.bounding_box() or {}
        assert box["y"] > below
        assert box["x"] + box["width"] <= 390
        assert min(box["width"], box["height"]) >= THUMB
    expect(version.get_by_role("link", name=re.compile(r"^EPUB : Version \d+, figée le "))).to_be_visible()
    assert violations(phone) == []


def test_what_a_file_holds_is_said_in_the_readers_language(phone: Page, installation: Installation) -> None:
    phone.goto(f"{installation.url}{BASE}/rapport?langue=en")
    data = phone.get_by_role("region", name="The data")
    expect(data.get_by_role("link", name=re.compile("^Everything"))).to_be_visible()
    expect(data.get_by_role("link", name=re.compile("^Themes, CSV"))).to_be_visible()


@pytest.mark.parametrize(
    ("path", "table"), [("acteurs", "#actors"), ("acteurs", ".bridges"), ("ensemble", ".crossing")]
)
def test_a_wide_table_keeps_its_names_and_what_it_says_of_itself_in_sight(
    phone: Page, installation: Installation, path: str, table: str
) -> None:
    phone.goto(f"{installation.url}{BASE}/{path}")
    found = phone.locator(table)
    frame = phone.locator(".scroll-x", has=found)
    kept = (found.locator("caption"), found.locator("tbody th[scope=row]").first)
    for end in (False, True):
        frame.evaluate("(one, end) => { one.scrollLeft = end ? one.scrollWidth : 0; }", end)
        for one in kept:
            eventually(lambda one=one: in_sight(one.bounding_box() or {}), expected=True)  # type: ignore[misc]
    assert frame.evaluate("one => one.scrollLeft") > 0


def in_sight(box: dict[str, float]) -> bool:
    """Whether the whole width of it stands on a screen of 390 points."""
    return box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_witness_reads_in_the_other_language_the_same_page_which_is_kept_once(
    phone: Page, installation: Installation
) -> None:
    for door, name in (("", "Themes"), ("/reperes?feuille=ailleurs", "My landmarks"), ("/rapport", "Report")):
        phone.goto(f"{installation.url}{BASE}{door}")
        other = phone.get_by_role("contentinfo").get_by_role("link", name="English")
        assert (other.bounding_box() or {})["height"] >= THUMB
        other.click()
        expect(phone.locator("html[lang=en]")).to_be_attached(timeout=WAIT)
        expect(phone).to_have_title(re.compile(name))
        assert ("feuille=ailleurs" in phone.url) == ("feuille" in door)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.get_by_role("contentinfo").get_by_role("link", name="Français").click()
        expect(phone.locator("html[lang=fr]")).to_be_attached(timeout=WAIT)
    assert not phone.evaluate(
        "async () => (await (await caches.open('restitution-shell')).keys()).some(({ url }) => url.includes('langue'))"
    )
