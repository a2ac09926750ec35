"""What a witness and a room see in a real Chromium: pages that stay alive and never move what is being read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Devices, violations
from tests.browser.house import eventually
from tests.serving import Installation

pytestmark = pytest.mark.browser

BASE = "/journees-2018"
WAIT = 60_000
FIRST_THEMES = 280_000


@pytest.fixture
def witness(installation: Installation, devices: Devices) -> Callable[..., Page]:
    """Opens a page of the synthesis on a witness's own device, once there are themes."""

    def open_page(path: str = "/synthese", *, width: int = 1280, height: int = 800, dark: bool = False) -> Page:
        page = devices.open(installation.link("temoin"), width=width, height=height, dark=dark)
        expect(page.locator("#themes article").nth(3)).to_be_visible(timeout=FIRST_THEMES)
        if path != "/synthese":
            page.goto(f"{installation.url}{BASE}{path}")
        expect(page.locator("#fresh")).to_have_text(re.compile("à jour"), timeout=WAIT)
        return page

    return open_page


@pytest.fixture
def write(installation: Installation, devices: Devices) -> Callable[[str], None]:
    page = devices.open(installation.link("rapporteur", "gouvernance"))
    expect(page.locator("html.ready")).to_be_attached()

    def one(text: str) -> None:
        page.locator("#field").fill(text)
        page.locator("#field").press("Enter")
        expect(page.locator("#field")).to_have_value("")

    return one


def counted(page: Page) -> int:
    return int(page.locator('[data-quiet="notes"]').inner_text().split()[0])


def test_a_note_is_counted_where_one_reads_and_moves_nothing(
    witness: Callable[..., Page], write: Callable[[str], None]
) -> None:
    page = witness()
    card = page.locator("#themes article").nth(2)
    card.scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(400)
    before, top = counted(page), card.bounding_box()
    write("On a ouvert le conseil aux questions de la salle, et les séances durent moins longtemps.")
    expect(page.locator('[data-quiet="notes"]')).to_have_text(f"{before + 1} notes", timeout=WAIT)
    assert card.bounding_box() == top


def test_a_theme_that_changed_offers_itself_and_waits(
    witness: Callable[..., Page], write: Callable[[str], None], devices: Devices, installation: Installation
) -> None:
    reader, other = witness(), witness()
    address = reader.locator("#themes article .name a").first.get_attribute("href") or ""
    joined = reader.locator("#themes article").nth(5).locator(".name").inner_text()
    reader.goto(installation.url + address)
    shown = reader.locator(".note").count()
    reader.locator("#notes-name").click()
    merge(other, other.locator("#themes article").first, joined)
    offer = reader.get_by_role("button", name="Ce thème a changé")
    expect(offer).to_be_visible(timeout=WAIT)
    assert reader.locator(".note").count() == shown
    offer.click()
    expect(offer).to_have_count(0)
    expect(reader.locator(".note")).not_to_have_count(shown)


def merge(page: Page, theme: Locator, with_label: str) -> None:
    """Join a theme with another, as a person does."""
    theme.get_by_role("button", name="Réunir avec…").click()
    dialog = page.get_by_role("dialog")
    assert violations(page) == []
    dialog.get_by_label("Chercher un thème").fill(with_label[:12])
    dialog.get_by_role("radio", name=with_label).first.check()
    dialog.get_by_role("button", name="Réunir", exact=True).click()
    expect(page.get_by_text("Les deux thèmes sont réunis.")).to_be_visible(timeout=WAIT)


def test_two_themes_become_one_for_everybody_and_the_old_address_still_leads_there(
    witness: Callable[..., Page], installation: Installation
) -> None:
    one, other = witness(), witness()
    themes = one.locator("#themes article")
    first, second = themes.nth(3), themes.nth(4)
    into, gone = first.get_attribute("data-theme"), second.get_attribute("data-theme")
    merge(one, first, second.locator(".name").inner_text())
    expect(one.locator(f"#theme-{gone}")).to_have_count(0, timeout=WAIT)
    other.goto(f"{installation.url}{BASE}/synthese/themes/{gone}")
    assert other.url.endswith(f"/synthese/themes/{into}")


def test_a_rename_by_the_keys_alone_and_escape_leaves_everything(witness: Callable[..., Page]) -> None:
    page = witness()
    theme = page.locator("#themes article").nth(6)
    name = theme.locator(".name a")
    before = name.inner_text()
    name.focus()
    page.keyboard.press("r")
    expect(page.get_by_label("Nouveau nom du thème")).to_be_focused()
    assert violations(page) == []
    page.keyboard.type("Un essai")
    page.keyboard.press("Escape")
    expect(name).to_have_text(before)
    name.focus()
    page.keyboard.press("r")
    page.keyboard.type("Prendre le temps de décider")
    page.keyboard.press("Enter")
    expect(name).to_have_text("Prendre le temps de décider", timeout=WAIT)
    expect(theme.locator(".origin")).to_contain_text("validé", timeout=WAIT)


def test_an_empty_name_is_refused_beside_the_field(witness: Callable[..., Page]) -> None:
    page = witness()
    page.locator("#themes article").nth(6).get_by_role("button", name="Renommer").click()
    page.get_by_label("Nouveau nom du thème").fill("   ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Le nom du thème est vide", timeout=WAIT)


def test_the_keys_are_shown_on_demand(witness: Callable[..., Page]) -> None:
    page = witness()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Touches du clavier")).to_be_visible()
    assert violations(page) == []


def test_everything_can_be_read_without_a_script(chromium: Browser, installation: Installation) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}, locale="fr-FR")
    page = context.new_page()

    def reads_themes() -> bool:
        page.goto(installation.link("temoin"))
        return page.locator("#themes article .name a").count() > 0

    # Without a script the page does not look again by itself while the first themes form.
    eventually(reads_themes, expected=True, seconds=120)
    page.locator("#themes article .name a").first.click()
    expect(page.locator(".note .words")).not_to_have_count(0)
    page.goto(f"{installation.url}{BASE}/synthese/acteurs")
    page.locator("#actors tbody a").first.click()
    expect(page.locator("#light .note")).not_to_have_count(0)
    for path in ("/synthese", "/synthese/ensemble", "/synthese/acteurs", "/synthese/rapport", "/mur"):
        page.goto(f"{installation.url}{BASE}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_an_actor_in_the_light_says_its_sentence_and_shows_its_notes(witness: Callable[..., Page]) -> None:
    page = witness("/synthese/acteurs")
    expect(page.locator("#picture canvas").first).to_be_attached(timeout=WAIT)
    row = page.locator("#actors tbody tr").first
    number, name = row.locator("td.number").first.inner_text(), row.locator("th").inner_text()
    row.locator("th a").click()
    expect(page.locator("#light h2")).to_contain_text(name, timeout=WAIT)
    expect(page.locator("#light .lead")).to_contain_text(f"{number} note")
    assert "acteur=" in page.url
    assert violations(page) == []
    page.get_by_role("link", name="Revoir tous les acteurs").click()
    expect(page.locator("#light h2")).to_have_count(0)


def test_the_picture_answers_a_hand_where_the_nodes_are(witness: Callable[..., Page]) -> None:
    page = witness("/synthese/acteurs")
    expect(page.locator("#picture canvas").first).to_be_attached(timeout=WAIT)
    page.wait_for_timeout(600)
    box = page.locator("#picture").bounding_box()
    assert box is not None
    for step in range(1, 40):
        page.mouse.click(box["x"] + box["width"] * (0.15 + 0.018 * step), box["y"] + box["height"] * 0.5)
        page.wait_for_timeout(60)
        if page.locator("#light h2").count():
            break
    expect(page.locator("#light h2")).to_have_count(1, timeout=WAIT)


def test_the_table_sorts_by_its_headers_and_follows_the_filters(witness: Callable[..., Page]) -> None:
    page = witness("/synthese/acteurs")
    expect(page.locator("#picture canvas").first).to_be_attached(timeout=WAIT)
    names = page.locator("#actors tbody tr:visible th")
    page.get_by_role("button", name="Acteur", exact=True).click()
    expect(page.locator("#actors th[aria-sort=ascending]")).to_have_text("Acteur")
    shown = names.all_inner_texts()
    assert page.evaluate("all => all.every((one, i) => i === 0 || all[i - 1].localeCompare(one, 'fr') <= 0)", shown)
    families = page.locator("#groups button")
    for index in range(1, families.count()):
        families.nth(index).click()
    kept = families.first.get_attribute("data-group")
    assert set(page.locator("#actors tbody tr:visible").evaluate_all("all => all.map(r => r.dataset.group)")) == {kept}


def test_the_wall_shows_the_last_note_without_its_author_and_can_be_stopped(
    installation: Installation, devices: Devices, witness: Callable[..., Page], write: Callable[[str], None]
) -> None:
    witness()
    wall = devices.open(installation.link("participant"), width=1920, height=1080)
    text = "Un repas partagé a débloqué en une soirée ce que trois réunions n’avaient pas fait."
    write(text)
    expect(wall.locator("#turn .on .words")).to_have_text(text, timeout=WAIT)
    assert wall.evaluate("document.documentElement.scrollHeight") <= 1080
    wall.get_by_role("button", name="Arrêter le défilement").click()
    expect(wall.get_by_role("button", name="Reprendre le défilement")).to_be_visible()
    assert violations(wall) == []


def test_the_wall_keeps_still_for_those_who_ask_for_less_motion(chromium: Browser, installation: Installation) -> None:
    context = chromium.new_context(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce", locale="fr-FR")
    page = context.new_page()
    page.goto(installation.link("participant"))
    assert page.locator("#turn > li:visible").count() > 1
    assert page.locator("#pause").is_hidden()
    context.close()


@pytest.mark.parametrize(("width", "height"), [(320, 700), (390, 844), (1920, 1080)])
def test_no_page_is_wider_than_its_screen(witness: Callable[..., Page], width: int, height: int) -> None:
    page = witness(width=width, height=height, dark=True)
    theme = page.locator("#themes article .name a").first.get_attribute("href") or ""
    others = [f"{BASE}/synthese{path}" for path in ("", "/ensemble", "/acteurs", "/rapport")]
    for path in (*others, theme, f"{BASE}/mur"):
        page.goto(page.url.split(BASE)[0] + path)
        page.wait_for_timeout(500)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_overview_leads_from_a_family_to_its_themes_and_says_what_one_workshop_says_more(
    witness: Callable[..., Page],
) -> None:
    page = witness("/synthese/ensemble", width=390)
    page.locator(".families a").first.click()
    expect(page.locator("tbody:target tr.family")).to_be_in_viewport()
    marked = page.locator("table.crossing td.louder").count()
    assert marked > 0
    expect(page.locator(".louder-list li")).to_have_count(marked)
    expect(page.get_by_role("heading", name="Un second avis")).to_be_visible()
    assert violations(page) == []
    page.locator("table.crossing tbody th a").first.click()
    page.locator("a[href*='#famille-']").click()
    expect(page.locator("tbody:target tr.family")).to_be_in_viewport()


def test_no_page_asks_another_server_or_breaks_its_own_policy(witness: Callable[..., Page]) -> None:
    page = witness()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    origin = page.url.split(BASE)[0]
    for path in ("/synthese", "/synthese/acteurs", "/synthese/rapport", "/mur"):
        page.goto(origin + BASE + path)
        page.wait_for_timeout(1_500)
    assert [url for url in asked if not url.startswith((origin, "data:"))] == []
    assert complaints == []
