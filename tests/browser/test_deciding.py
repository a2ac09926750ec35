"""What a witness decides about themes in a real Chromium: in two taps, taken back in one, and never over another's."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices, violations
from tests.serving import Installation

pytestmark = pytest.mark.browser

WAIT = 60_000
FIRST_THEMES = 280_000


def desk(devices: Devices, installation: Installation, *, width: int = 390) -> Page:
    page = devices.open(installation.link("temoin"), width=width)
    expect(page.locator("#themes article").nth(3)).to_be_visible(timeout=FIRST_THEMES)
    expect(page.locator("#fresh")).to_have_text(re.compile("à jour"), timeout=WAIT)
    return page


def test_a_witness_hides_sorts_names_and_takes_back_by_thumb(devices: Devices, installation: Installation) -> None:
    page, other = desk(devices, installation), desk(devices, installation, width=1280)
    card = page.locator("#themes article").nth(2)
    theme = card.get_attribute("data-theme")
    card.locator(".more > summary").click()
    card.get_by_role("button", name="Masquer").click()
    expect(page.locator(f"#theme-{theme}")).to_have_count(0, timeout=WAIT)
    expect(page.locator("#hidden-themes")).to_contain_text("Thèmes masqués")
    page.locator("#offer .undoable").get_by_role("button", name="Annuler").click()
    expect(page.locator(f"#theme-{theme}")).to_have_count(1, timeout=WAIT)
    # Two people name one theme: the second sees both names, and one tap chooses.
    field = other.get_by_label("Nouveau nom du thème")
    other.locator(f"#theme-{theme}").get_by_role("button", name="Renommer").click()
    page.locator(f"#theme-{theme}").get_by_role("button", name="Renommer").click()
    page.get_by_label("Nouveau nom du thème").fill("Le nom du premier")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nom enregistré.")).to_be_visible(timeout=WAIT)
    field.fill("Le nom du second")
    other.keyboard.press("Enter")
    both = other.get_by_role("dialog", name="Quelqu’un d’autre en a décidé autrement")
    expect(both).to_be_visible(timeout=WAIT)
    assert violations(other) == []
    both.get_by_role("button", name="Mettre « Le nom du second »").click()
    label = page.locator(f"#theme-{theme} .name a")
    expect(label).to_have_text("Le nom du second", timeout=WAIT)
    # Notes are chosen by thumb; what comes of them is a theme of its own, and it is told in its history.
    label.click()
    expect(page.get_by_role("heading", name="Histoire de ce thème")).to_be_visible()
    shown = page.locator(".kinds .note").count()
    page.get_by_role("button", name="Choisir des notes").click()
    for place in (0, 1):
        page.locator(".kinds .note-choice").nth(place).click()
    expect(page.get_by_role("status").filter(has_text="2 notes choisies")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Nouveau thème").click()
    expect(page.locator(".kinds .note")).to_have_count(shown - 2, timeout=WAIT)
    expect(page.locator("[data-quiet=history]")).to_contain_text("séparé avec 2 notes", timeout=WAIT)
    page.locator("#offer .undoable").get_by_role("button", name="Annuler").click()
    expect(page.locator(".kinds .note")).to_have_count(shown, timeout=WAIT)
    other.locator("#decisions > summary").click()
    other.locator("#proposals > summary").click()
    expect(other.locator("#decisions")).to_contain_text("nommé « Le nom du second » par vous", timeout=WAIT)
    assert violations(other) == []


def test_each_decision_on_a_theme_has_a_key(devices: Devices, installation: Installation) -> None:
    page = desk(devices, installation, width=1280)
    theme = page.locator("#themes article").nth(3)
    one = theme.get_attribute("data-theme")
    card = page.locator(f"#theme-{one}")
    card.locator(".name a").focus()
    page.keyboard.press("v")
    expect(card.locator(".origin")).to_contain_text("nom validé", timeout=WAIT)
    card.locator(".name a").focus()
    page.keyboard.press("u")
    expect(page.locator("#themes article").nth(2)).to_have_attribute("data-theme", one or "", timeout=WAIT)
    card.locator(".name a").focus()
    page.keyboard.press("p")
    apart = page.get_by_role("dialog")
    expect(apart).to_contain_text("pas ensemble")
    page.keyboard.press("Escape")
    card.locator(".name a").focus()
    page.keyboard.press("h")
    expect(card).to_have_count(0, timeout=WAIT)
    page.locator("#offer .undoable").get_by_role("button", name="Annuler").click()
    expect(card).to_have_count(1, timeout=WAIT)
    card.locator(".name a").focus()
    page.keyboard.press("n")
    expect(page.get_by_role("group", name="Notes choisies")).to_be_visible(timeout=WAIT)
