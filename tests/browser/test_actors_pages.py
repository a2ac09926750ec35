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


def test_two_people_build_a_scenario_from_the_atlas_and_nothing_is_overwritten(
    installation: Installation, devices: Devices
) -> None:
    one = open_page(installation, devices, "/synthese/atlas", width=390)
    assert violations(one) == []
    tie = one.locator(".tie-notes").first
    tie.focus()
    one.keyboard.press("Enter")
    expect(one.locator(".tie-line[open] .words").first).to_be_visible()
    one.locator("#etapes .count").first.click()
    expect(one.locator("#choisies .words").first).to_be_visible()
    assert one.evaluate("document.documentElement.scrollWidth") <= 390
    one.locator("#choisies").get_by_role("link", name="Construire un scénario avec ces notes").click()
    one.get_by_label("Titre").fill("Ouvrir les salles « le soir » & l’été")
    kept = one.locator("#scenario-form input:checked").count()
    # Looking for other notes loses nothing of what is being written.
    one.get_by_label("Chercher des notes par leurs mots").fill("cantine")
    one.get_by_role("button", name="Chercher", exact=True).click()
    found = one.get_by_role("group", name=re.compile("Notes qui contiennent")).get_by_role("checkbox").first
    found.check()
    assert violations(one) == []
    other = open_page(installation, devices, "/synthese/scenarios", width=1280)
    one.get_by_role("button", name="Enregistrer").click()
    expect(one.locator("article .notes .note")).to_have_count(kept + 1)
    # The other browser hears of it, then both edit the same wording.
    title = other.get_by_role("heading", name="Ouvrir les salles")
    expect(title.or_(other.get_by_text("Les scénarios ont changé"))).to_be_visible(timeout=WAIT)
    other.reload()
    for page in (one, other):
        page.get_by_role("link", name="Modifier").click()
    one.get_by_label("Étapes, une par ligne").fill("Prêter les clés")
    other.get_by_label("Étapes, une par ligne").fill("Demander aux gardiens")
    for page in (one, other):
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.locator("article .steps").first).to_be_visible()
    expect(other.locator("article .steps")).to_have_text(["Prêter les clés", "Demander aux gardiens"])
    other.get_by_role("button", name="Garder cette version").click()
    expect(other.locator("article .steps")).to_have_text(["Demander aux gardiens"], timeout=WAIT)
    other.get_by_role("button", name="Mettre de côté").click()
    expect(other.get_by_text("Aucun scénario pour l’instant.")).to_be_visible(timeout=WAIT)
