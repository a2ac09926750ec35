"""The actors' desk and the graph's filters, as a witness uses them in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices, violations
from tests.serving import Installation

pytestmark = pytest.mark.browser

WAIT = 60_000
FIRST_ACTORS = 280_000


def open_page(installation: Installation, devices: Devices, path: str, *, width: int) -> Page:
    page = devices.open(installation.link("temoin"), width=width)
    expect(page.locator("#themes article").nth(3)).to_be_visible(timeout=FIRST_ACTORS)
    page.goto(f"{installation.url}/journees-2018{path}")
    return page


def test_a_witness_renames_parts_and_sets_aside_by_keys_and_takes_it_back(
    installation: Installation, devices: Devices
) -> None:
    page = open_page(installation, devices, "/synthese/acteurs/bureau", width=1280)
    page.get_by_label("Chercher un acteur").fill("cnfpt")
    expect(page.locator(".named-line:visible")).to_have_count(1)
    line = page.locator(".named-line:visible").first
    name = line.locator(".name a")
    name.focus()
    page.keyboard.press("r")
    field = page.get_by_label("Nom de l’acteur")
    expect(field).to_be_focused()
    assert violations(page) == []
    field.fill("Centre de formation des agents")
    page.keyboard.press("Enter")
    expect(name).to_have_text("Centre de formation des agents", timeout=WAIT)
    expect(page.locator(".decided li").first).to_contain_text("Nom donné", timeout=WAIT)
    # The newer page keeps what was searched.
    expect(page.locator(".named-line:visible")).to_have_count(1)
    page.locator(".named-line:visible").get_by_role("button", name="Pas un acteur…").click()
    page.get_by_role("radio", name=re.compile("C’est une personne")).check()
    page.get_by_role("button", name="Mettre de côté").click()
    expect(page.locator(".decided li").first).to_contain_text("Un nom de personne, mis de côté", timeout=WAIT)
    expect(page.locator(".named-line:visible")).to_have_count(0)
    page.locator("h1").click()
    for left in ("Nom donné", ""):
        page.keyboard.press("Control+z")
        if left:
            expect(page.locator(".decided li").first).to_contain_text(left, timeout=WAIT)
    expect(page.locator(".decided li")).to_have_count(0, timeout=WAIT)
    expect(page.locator(".named-line:visible .name a")).to_contain_text("fonction publique", timeout=WAIT)
    assert violations(page) == []


def test_a_workshop_and_a_strength_filter_the_picture_and_the_table(
    installation: Installation, devices: Devices
) -> None:
    page = open_page(installation, devices, "/synthese/acteurs", width=390)
    rows = page.locator("#actors tbody tr:visible")
    expect(page.locator("#graph")).to_be_visible(timeout=WAIT)
    everyone = rows.count()
    page.locator("#filters summary").click()
    page.get_by_label("Atelier", exact=True).select_option(index=3)
    some = rows.count()
    assert 0 < some < everyone
    page.get_by_role("button", name="à vérifier").click()
    assert rows.count() < some
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
