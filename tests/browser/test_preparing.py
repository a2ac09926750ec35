"""From « Préparer l’écran et parler » to the lectern, while the server is slow: it opens on what was just prepared."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.house import House, Phone, eventually

pytestmark = pytest.mark.browser

WAIT = 60_000
BASE = "/journees-2018"

STALLED = 4_500
"""Longer than a page that is kept waits for a fresher one, shorter than the lectern of a preparation is waited for."""

KEPT = """async () => {
    const kept = await (await caches.match(location.href, {ignoreVary: true}))?.text() ?? "<p id=page-data>{}</p>";
    const page = new DOMParser().parseFromString(kept, "text/html");
    const { prepared, driven } = JSON.parse(page.getElementById("page-data").textContent);
    return driven > prepared;
}"""
"""Whether the lectern that this device keeps is that of a speech which was begun."""


def prepare(page: Page) -> None:
    page.get_by_role("button", name="Préparer l’écran et parler").click()


def sheet(page: Page, house: House, line: str) -> None:
    """Open the sheet, and give its first landmark these words."""
    page.goto(f"{house.url}{BASE}/synthese/reperes")
    words = page.locator("#landmarks > li input").first
    words.fill(line)
    words.press("Tab")
    expect(page.locator("#landmarks .line").first).to_have_text(line)
    expect(page.locator("#kept")).to_have_text("tout est reçu", timeout=WAIT)


def begin(page: Page) -> None:
    """Touch « Commencer », and have the first landmark on the screen and here."""
    with page.expect_response("**/operations", timeout=WAIT):
        page.get_by_role("button", name="Commencer").click(timeout=WAIT)
    expect(page.locator("#now")).to_contain_text("Repère 1 sur 2")
    page.reload()
    expect(page.get_by_role("button", name="Suivant")).to_be_visible(timeout=WAIT)


@pytest.fixture
def page(house: House, phone: Phone) -> Page:
    """A phone which keeps the lectern of a speech that was begun, and whose next one is ready."""
    house.publish()
    page = phone().new_page()
    page.goto(house.link("temoin"))
    page.locator("#themes article .about .star").first.click()
    expect(page.locator("#starred")).to_have_text("★ 1")
    page.goto(f"{house.url}{BASE}/synthese/reperes")
    page.locator("#own-line").fill("Pour finir")
    page.keyboard.press("Enter")
    sheet(page, house, "Ce que l’on disait hier")
    prepare(page)
    begin(page)
    eventually(lambda: page.evaluate(KEPT), expected=True, seconds=WAIT / 1000)
    sheet(page, house, "Ce que l’on dit aujourd’hui")
    return page


def opens_anew(page: Page) -> None:
    expect(page).to_have_url(re.compile("/pupitre"), timeout=WAIT)
    expect(page.locator("#now .line")).to_have_text("Ce que l’on dit aujourd’hui", timeout=WAIT)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible(timeout=WAIT)


def test_a_speech_begins_with_its_first_landmark_even_where_the_screen_still_shows_it(page: Page) -> None:
    prepare(page)
    opens_anew(page)
    begin(page)
    expect(page.locator("#now .line")).to_have_text("Ce que l’on dit aujourd’hui")


def test_a_landmark_that_leaves_the_screen_as_it_is_may_come_first(page: Page) -> None:
    page.get_by_role("button", name="Monter : Pour finir").click()
    expect(page.locator("#kept")).to_have_text("tout est reçu", timeout=WAIT)
    prepare(page)
    page.get_by_role("button", name="Commencer").click(timeout=WAIT)
    expect(page.locator("#forward")).to_have_text("Suivant")
    expect(page.locator("#now .line")).to_have_text("Pour finir")
    page.reload()
    expect(page.locator("#forward")).to_have_text("Suivant", timeout=WAIT)
    expect(page.locator("#now .line")).to_have_text("Pour finir")


def test_a_reload_that_cuts_the_first_touch_goes_on_where_the_speaker_stood(page: Page) -> None:
    prepare(page)
    opens_anew(page)
    with page.expect_request("**/operations", timeout=WAIT):
        page.route("**/operations", lambda _: None, times=1)
        page.get_by_role("button", name="Commencer").click()
    # However slow the server is, the page that opens is its own of now, and not that of this device.
    page.evaluate("caches.delete('restitution-shell')")
    with page.expect_response("**/operations", timeout=WAIT):
        page.reload()
    expect(page.locator("#forward")).to_have_text("Suivant")
    expect(page.locator("#now")).to_contain_text("Repère 1 sur 2")
    expect(page.locator("#link")).to_have_text("l’écran suit", timeout=WAIT)


def prepare_without_a_network(page: Page) -> None:
    page.context.set_offline(True)
    prepare(page)
    expect(page).to_have_url(re.compile("/pupitre"), timeout=WAIT)


def leaves_by_itself(page: Page) -> None:
    """Have the network back, and the preparation received without a touch."""
    with page.expect_response(lambda one: "stage.prepared" in (one.request.post_data or ""), timeout=WAIT):
        page.context.set_offline(False)


def test_a_preparation_that_found_no_network_leaves_from_the_lectern(page: Page) -> None:
    prepare_without_a_network(page)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible(timeout=WAIT)
    leaves_by_itself(page)
    eventually(lambda: page.evaluate(KEPT), expected=False, seconds=WAIT / 1000)
    page.reload()
    opens_anew(page)


def test_a_preparation_that_leaves_late_does_not_undo_the_speech_that_began_meanwhile(page: Page) -> None:
    prepare_without_a_network(page)
    page.get_by_role("button", name="Commencer").click(timeout=WAIT)
    page.get_by_role("button", name="Suivant").click()
    for network in (False, True):
        if network:
            leaves_by_itself(page)
            eventually(lambda: page.evaluate(KEPT), expected=False, seconds=WAIT / 1000)
        page.reload()
        expect(page.locator("#forward")).to_have_text("Suivant", timeout=WAIT)
        expect(page.locator("#now")).to_contain_text("Repère 2 sur 2")


def test_who_prepares_while_another_shows_a_last_scene_has_the_screen(page: Page, house: House, phone: Phone) -> None:
    for door in ("**/stream?*", "**/changes?*"):
        page.route(door, lambda route: route.abort())
    page.reload()
    screen = phone("screen").new_page()
    screen.goto(house.link("temoin"))
    screen.goto(f"{house.url}{BASE}/scene")
    expect(screen.locator("html.ready")).to_be_attached()
    with screen.expect_response("**/operations", timeout=WAIT):
        screen.keyboard.press("t")
    prepare(page)
    opens_anew(page)


def test_a_server_that_stalls_once_it_received_a_preparation_opens_no_older_lectern(page: Page, house: House) -> None:
    with ExitStack() as stall:

        def receive(route: Route) -> None:
            answer = route.fetch()
            stall.enter_context(house.stalled())
            route.fulfill(response=answer)

        with page.expect_response("**/operations", timeout=WAIT):
            page.route("**/operations", receive, times=1)
            prepare(page)
        page.wait_for_timeout(STALLED)
    opens_anew(page)


def test_a_server_that_stalls_before_it_has_a_preparation_opens_no_older_lectern(page: Page, house: House) -> None:
    with house.stalled():
        prepare(page)
        page.wait_for_timeout(STALLED)
    opens_anew(page)
