"""The minute before the speech and the speech itself, rehearsed on three devices and a network that goes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Devices, violations
from tests.browser.house import House, Phone
from tests.serving import Installation

pytestmark = pytest.mark.browser

WAIT = 60_000
BASE = "/journees-2018"


KEPT = r"""async () => {
    const kept = await (await caches.match(location.href, {ignoreVary: true}))?.text();
    const { prepared } = JSON.parse(document.getElementById("page-data").textContent);
    return new RegExp(`"prepared":\\s*${prepared}\\b`).test(kept ?? "");
}"""
"""Whether this very page is on the device, and not only the one that was kept before the screen was prepared."""


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
    note = phone.locator("li.note[id^=note-]").first
    note.locator(".star").click()
    expect(note.locator(".star")).to_contain_text("★ 3")
    words = note.locator(".words").inner_text()
    phone.goto(f"{installation.url}{BASE}/synthese/reperes")
    expect(phone.locator("#landmarks > li")).to_have_count(3)
    third = phone.locator("#landmarks > li").nth(2)
    third.locator("input").fill("Partir de cette phrase")
    third.locator("input").press("Tab")
    third.locator("select").select_option("120")
    third.get_by_role("button", name="Monter").click()
    phone.keyboard.press("Alt+ArrowUp")
    first = phone.locator("#landmarks > li").first
    expect(first.locator(".line")).to_have_text("Partir de cette phrase")
    expect(first.locator("blockquote")).to_contain_text(words)
    assert violations(phone) == []
    expect(phone.locator("#kept")).to_have_text("tout est reçu", timeout=WAIT)
    with phone.expect_download(timeout=2 * WAIT) as paper:
        phone.locator("#pdf").click()
    assert "Partir de cette phrase" in text_of(paper.value.path().read_bytes())
    phone.get_by_role("button", name="Préparer l’écran et parler").click()
    expect(phone.locator("html.ready #forward")).to_be_visible(timeout=WAIT)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def cut_in_the_middle(phone: Page, screen: Page, room: Page, theme: str) -> None:
    """Cut every network, go on speaking, open every page again, and have the network back."""
    for page in (phone, screen, room):
        page.wait_for_function(KEPT, timeout=WAIT)
        page.context.set_offline(True)
    phone.get_by_role("button", name="Suivant").click()
    second = phone.locator("#now .line").inner_text()
    assert second != theme
    expect(phone.locator("#link")).to_contain_text("Réseau coupé", timeout=WAIT)
    phone.locator("#also button", has_text="Tous les thèmes").click()
    expect(phone.locator("#onscreen")).to_have_text("À l’écran\u202f: Tous les thèmes")
    screen.keyboard.press("ArrowRight")
    expect(screen.locator("#scene h1")).to_have_text(second)
    screen.keyboard.press("b")
    expect(screen.locator("#scene")).to_be_empty()
    screen.keyboard.press(".")
    expect(screen.locator("#scene h1")).to_have_text(second)
    for page in (phone, screen, room):
        page.reload()
    # Opened again in the middle of the speech, the phone and the screen go on from where they stood.
    expect(phone.locator("#now .line")).to_have_text(second, timeout=WAIT)
    expect(phone.locator("#onscreen")).to_have_text("À l’écran\u202f: Tous les thèmes")
    expect(screen.locator("#scene h1")).to_have_text(second, timeout=WAIT)
    expect(room.locator("#now .line")).to_have_text(theme, timeout=WAIT)
    expect(phone.locator("#point")).not_to_have_text("0:00", timeout=WAIT)

    for page in (phone, screen, room):
        page.context.set_offline(False)
    expect(phone.locator("#link")).to_contain_text("l’écran est resté où il était", timeout=WAIT)
    phone.get_by_role("button", name="Remettre l’écran ici").click()
    expect(screen.locator("#scene table")).to_be_visible(timeout=WAIT)
    expect(phone.locator("#link")).to_have_text("l’écran suit", timeout=WAIT)
    phone.locator("#black").click()
    expect(screen.locator("#scene")).to_be_empty(timeout=WAIT)


def read_after(phone: Page, installation: Installation, late: str) -> None:
    """What came during the speech is counted, then read, and stands in the report."""
    phone.goto(f"{installation.url}{BASE}/synthese")
    arrived = phone.locator('[data-quiet="arrived"]')
    expect(arrived).to_contain_text("note", timeout=WAIT)
    assert not phone.get_by_text(late).is_visible()
    arrived.click()
    expect(phone.get_by_text(late).first).to_be_visible(timeout=WAIT)
    phone.goto(f"{installation.url}{BASE}/synthese/rapport")
    with phone.expect_download(timeout=2 * WAIT) as report:
        phone.locator("a[href$='rapport.pdf']").first.click()
    assert late[:40] in text_of(report.value.path().read_bytes())


def test_the_whole_minute_is_rehearsed_with_the_network_cut_in_the_middle_of_the_speech(
    installation: Installation, devices: Devices, write: Callable[[str], None]
) -> None:
    phone = devices.open(installation.link("temoin"))
    expect(phone.locator("#themes article").nth(3)).to_be_visible(timeout=280_000)
    write("Une note arrive pendant que le témoin lit encore.")
    prepared(phone, installation)
    late = "Une note arrive pendant que l’on parle déjà, et rien ne bouge à l’écran."
    screen = devices.open(installation.link("temoin"), width=1920, height=1080)
    screen.goto(f"{installation.url}{BASE}/scene")
    room = devices.open(installation.link("participant"))
    room.goto(f"{installation.url}{BASE}/suivre")
    write(late)

    phone.get_by_role("button", name="Commencer").click()
    said = phone.locator("#now blockquote").inner_text()
    expect(screen.locator("#scene blockquote")).to_have_text(said, timeout=WAIT)
    expect(room.locator("#now blockquote")).to_have_text(said, timeout=WAIT)
    phone.locator("#also button", has_text="●").first.click()
    expect(screen.locator("#scene .linked li .kind").first).to_be_visible(timeout=WAIT)
    assert readable(screen)
    phone.get_by_role("button", name="Suivant").click()
    theme = phone.locator("#now .line").inner_text()
    expect(screen.locator("#scene h1")).to_have_text(theme, timeout=WAIT)
    expect(room.locator("#now .line")).to_have_text(theme, timeout=WAIT)
    room.locator("#now .echo button").click()
    expect(room.locator("#now .echo span")).to_have_text("1 personne l’a dit")
    for page in (phone, screen, room):
        assert violations(page) == []
    assert readable(screen)

    cut_in_the_middle(phone, screen, room, theme)
    read_after(phone, installation, late)


def readable(screen: Page) -> bool:
    """Whether every word on a screen of 1080 lines is at least 40 of them high."""
    sizes: list[float] = screen.evaluate(
        """() => [...document.querySelectorAll('#scene *')]
            .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
            .filter((one) => getComputedStyle(one).position !== 'absolute')
            .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
    )
    return bool(sizes) and min(sizes) >= 40


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


DOORS = (
    "partout",
    "debat",
    "une-fois",
    "questions",
    "depuis",
    "reperes",
    "ensemble",
    "a-classer",
    "acteurs?acteur=k1",
)


def test_every_door_of_the_desk_opens_once_the_server_is_dead(house: House, phone: Phone) -> None:
    house.link("temoin")
    house.publish()
    context = phone()
    page = context.new_page()
    page.goto(house.link("temoin"))
    expect(page.locator("#kept-here")).to_have_text(re.compile("lisible sans réseau"), timeout=WAIT)
    names = page.locator("#themes article .name").all_inner_texts()
    assert len(names) == 7
    house.stop()
    page.close()

    page = context.new_page()
    page.goto(f"{house.url}{BASE}/synthese")
    expect(page.locator("#themes article .name")).to_have_text(names)
    page.locator("#themes article .name a").first.click()
    expect(page.locator(".theme.open .name")).to_have_text(names[0])
    page.locator("li.note[id^=note-] .star").first.click()
    for door in DOORS:
        page.goto(f"{house.url}{BASE}/synthese/{door}")
        expect(page.locator("main h1").first).to_be_attached()
        expect(page.get_by_text("Le réseau ne répond pas")).to_have_count(0)
    page.goto(f"{house.url}{BASE}/synthese/reperes")
    expect(page.locator("#landmarks > li")).to_have_count(1)
    page.goto(f"{house.url}{BASE}/pupitre")
    expect(page.locator("#now blockquote")).to_be_visible()
    # What was never opened says so, and leads back to what is here; a link that was scanned does too.
    for address in (f"{house.url}{BASE}/synthese/rapport", house.link("temoin"), house.url):
        page.goto(address)
        expect(page.locator("h1")).to_have_text("Le réseau ne répond pas")
        expect(page.get_by_role("link", name="Thèmes")).to_be_visible()
    page.get_by_role("link", name="Thèmes").click()
    expect(page.locator("#themes article .name").first).to_be_visible()


def test_a_shared_sheet_is_written_by_two_and_says_what_the_other_changed(house: House, phone: Phone) -> None:
    one, other = (phone(name).new_page() for name in ("one", "other"))
    for page in (one, other):
        page.goto(house.link("temoin"))
        page.goto(f"{house.url}{BASE}/synthese/reperes")
    one.locator("#own-line").fill("Commencer par les voix isolées")
    one.keyboard.press("Enter")
    one.locator("#share-name").fill("Nous deux")
    one.get_by_role("button", name="Partager").click()
    expect(one.locator("#kept")).to_have_text("tout est reçu", timeout=WAIT)
    other.reload()
    other.get_by_role("link", name="Nous deux").click()
    expect(other.locator("#landmarks .line")).to_have_text("Commencer par les voix isolées")
    other.locator("#landmarks select").select_option("120")
    expect(one.locator("#beside")).to_have_text("l’autre grand témoin vient de changer cette feuille", timeout=WAIT)
    expect(one.locator("#landmarks > li.just")).to_have_count(1)
    expect(one.locator("#total")).to_have_text("en tout 2:00")
