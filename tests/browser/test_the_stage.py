"""The minute before the speech and the speech itself, rehearsed on three devices and a network that goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Devices, violations
from tests.serving import Installation

pytestmark = pytest.mark.browser

WAIT = 60_000
BASE = "/journees-2018"


@pytest.fixture
def write(installation: Installation, devices: Devices) -> Callable[[str], None]:
    """A rapporteur who still writes."""
    page = devices.open(installation.link("rapporteur", "gouvernance"))
    expect(page.locator("html.ready")).to_be_attached()

    def one(text: str) -> None:
        page.locator("#field").fill(text)
        page.locator("#field").press("Enter")
        expect(page.locator("#field")).to_have_value("")

    return one


def prepared(phone: Page, installation: Installation) -> None:
    """Freeze a version, star two themes and a note, put the note first, and go to the lectern."""
    phone.get_by_role("button", name="Figer ma version").click()
    expect(phone.get_by_role("button", name="Lire la plus récente")).to_be_visible(timeout=WAIT)
    stars = phone.locator("#themes article .about .star")
    stars.nth(0).click()
    stars.nth(1).click()
    expect(stars.nth(1)).to_contain_text("★ 2")
    assert violations(phone) == []
    phone.locator("#themes article .name a").first.click()
    note = phone.locator("li.note[id^=note-] .star").first
    note.click()
    expect(note).to_contain_text("★ 3")
    phone.goto(f"{installation.url}{BASE}/synthese/reperes")
    expect(phone.locator("#landmarks > li")).to_have_count(3)
    third = phone.locator("#landmarks > li").nth(2)
    third.locator("input").fill("Partir de cette phrase")
    third.locator("input").press("Tab")
    third.locator("select").select_option("120")
    third.get_by_role("button", name="Monter").click()
    phone.keyboard.press("Alt+ArrowUp")
    expect(phone.locator("#landmarks > li").first.locator(".line")).to_have_text("Partir de cette phrase")
    assert violations(phone) == []
    expect(phone.locator("#kept")).to_have_text("tout est reçu", timeout=WAIT)
    phone.get_by_role("button", name="Préparer l’écran et parler").click()
    expect(phone.locator("html.ready #forward")).to_be_visible(timeout=WAIT)


def test_the_whole_minute_is_rehearsed_with_the_network_cut_in_the_middle_of_the_speech(
    installation: Installation, devices: Devices, write: Callable[[str], None]
) -> None:
    phone = devices.open(installation.link("temoin"))
    expect(phone.locator("#themes article").nth(3)).to_be_visible(timeout=280_000)
    prepared(phone, installation)
    screen = devices.open(installation.link("temoin"), width=1920, height=1080)
    screen.goto(f"{installation.url}{BASE}/scene")
    room = devices.open(installation.link("participant"))
    room.goto(f"{installation.url}{BASE}/suivre")
    write("Une note arrive pendant que l’on parle déjà, et rien ne bouge à l’écran.")

    phone.get_by_role("button", name="Démarrer").click()
    phone.locator("#back").wait_for()
    phone.locator("#also button").first.click()
    phone.get_by_role("button", name="Suivant").click()
    theme = phone.locator("#now .line").inner_text()
    expect(screen.locator("#scene h1")).to_have_text(theme, timeout=WAIT)
    expect(room.locator("#now .line")).to_have_text(theme, timeout=WAIT)
    room.locator("#now .echo button").click()
    expect(room.locator("#now .echo span")).to_have_text("1 personne l’a dit")
    for page in (phone, screen, room):
        assert violations(page) == []
    assert readable(screen)

    for page in (phone, screen, room):
        page.wait_for_function(
            "async () => Boolean(await caches.match(location.href, {ignoreVary: true}))", timeout=WAIT
        )
        page.context.set_offline(True)
    phone.get_by_role("button", name="Suivant").click()
    second = phone.locator("#now .line").inner_text()
    assert second != theme
    expect(phone.locator("#link")).to_contain_text("Réseau coupé", timeout=WAIT)
    screen.keyboard.press("ArrowRight")
    expect(screen.locator("#scene h1")).to_have_text(second)
    screen.keyboard.press("b")
    expect(screen.locator("#scene")).to_be_empty()
    screen.keyboard.press(".")
    expect(screen.locator("#scene h1")).to_have_text(second)
    for page, place in ((phone, "#now .line"), (room, "#now .line")):
        page.reload()
        expect(page.locator(place)).to_be_visible(timeout=WAIT)
    expect(phone.locator("#point")).not_to_have_text("0:00", timeout=WAIT)

    for page in (phone, screen, room):
        page.context.set_offline(False)
    phone.locator("#black").click()
    expect(screen.locator("#scene")).to_be_empty(timeout=WAIT)
    phone.goto(f"{installation.url}{BASE}/synthese")
    arrived = phone.locator('[data-quiet="arrived"]')
    expect(arrived).to_contain_text("note", timeout=WAIT)
    arrived.click()
    expect(phone.get_by_text("Une note arrive pendant que l’on parle déjà").first).to_be_visible(timeout=WAIT)
    assert phone.request.get(f"{installation.url}{BASE}/rapport.md").ok


def readable(screen: Page) -> bool:
    """Whether every word on the screen is at least a thirtieth of its height."""
    sizes: list[float] = screen.evaluate(
        """() => [...document.querySelectorAll('#scene *')]
            .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
            .filter((one) => getComputedStyle(one).position !== 'absolute')
            .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
    )
    return bool(sizes) and min(sizes) >= 1080 / 30


def test_every_scene_stays_whole_on_the_screen_and_the_desk_opens_without_a_network(
    installation: Installation, devices: Devices
) -> None:
    screen = devices.open(installation.link("temoin"), width=1920, height=1080)
    expect(screen.locator("#themes article").nth(3)).to_be_visible(timeout=280_000)
    screen.goto(f"{installation.url}{BASE}/scene")
    expect(screen.locator("html.ready")).to_be_attached()
    screen.keyboard.press("Home")
    for _ in range(12):
        place = screen.locator("#scene")
        assert place.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")
        assert readable(screen)
        screen.keyboard.press("PageDown")
    screen.keyboard.press("t")
    assert readable(screen)
    assert violations(screen) == []
    screen.goto(f"{installation.url}{BASE}/synthese")
    screen.wait_for_function(
        "async () => Boolean(await caches.match(location.href, {ignoreVary: true}))", timeout=WAIT
    )
    screen.context.set_offline(True)
    screen.reload()
    expect(screen.locator("#themes article").nth(3)).to_be_visible(timeout=WAIT)
    expect(screen.locator("#fresh")).to_contain_text("réseau coupé", timeout=WAIT)
