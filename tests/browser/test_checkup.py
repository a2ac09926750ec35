"""« Contrôle avant ouverture » in a real browser: what it finds on a good network, on a slow one, and without any."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from capture import checkup as checkup_codes
from tests.browser.conftest import Devices, violations
from tests.serving import Installation

pytestmark = pytest.mark.browser

WHOLE = 30_000
ADDRESS = "/journees-2018/organisation/controle"
Open = Callable[..., Page]


@pytest.fixture
def checkup(devices: Devices, installation: Installation) -> Open:
    def open_page(prepare: Callable[[Page], object] = lambda page: page, **options: object) -> Page:
        page = devices.open(installation.link("organiser"), **options)  # type: ignore[arg-type]
        prepare(page)
        page.goto(installation.url + ADDRESS)
        expect(page.locator("#summary")).to_have_text(re.compile(r"\d"), timeout=WHOLE)
        return page

    return open_page


def verdict(page: Page, key: str) -> str:
    return page.locator(f"#check-{key}").get_attribute("data-verdict") or ""


def test_a_good_network_is_told_so(checkup: Open) -> None:
    page = checkup()
    assert [verdict(page, key) for key in ("latency", "stream", "reopening", "clock")] == ["good"] * 4
    assert verdict(page, "storage") in {"good", "look"}
    expect(page.locator("#check-latency .found")).to_contain_text("médiane de 10 essais")
    expect(page.locator("#check-stream .found")).to_have_text("Les nouveautés arrivent une par une, aussitôt.")


def test_a_stream_that_something_keeps_on_the_way_is_recognised(checkup: Open) -> None:
    # The answer is fetched whole, then handed over: what a proxy that buffers does.
    page = checkup(
        lambda page: page.route("**/checkup/stream*", lambda route: route.fulfill(response=route.fetch(timeout=WHOLE)))
    )
    expect(page.locator("#check-stream .found")).to_contain_text("toutes ensemble")
    expect(page.locator("#check-stream .advice")).to_contain_text("text/event-stream")


def test_a_server_that_is_away_is_said_with_what_to_do(checkup: Open) -> None:
    page = checkup(lambda page: page.route("**/api/v1/**", lambda route: route.abort()))
    assert verdict(page, "latency") == "mend"
    expect(page.locator("#check-latency .advice")).to_contain_text("bon réseau")
    page.unroute("**/api/v1/**")
    page.locator("#again").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#check-latency")).to_have_attribute("data-verdict", "good", timeout=WHOLE)
    expect(page.locator("#again")).to_be_focused()


def test_a_wrong_clock_and_a_browser_that_keeps_nothing_are_seen(checkup: Open) -> None:
    def spoil(page: Page) -> None:
        page.add_init_script("const real = Date.now; Date.now = () => real() - 2 * 3600 * 1000;")
        page.add_init_script(
            "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new Error('no'); }}})"
        )

    page = checkup(spoil)
    expect(page.locator("#check-clock .found")).to_contain_text("retarde de 120 min")
    assert verdict(page, "storage") == "mend"
    expect(page.locator("#check-storage .advice")).to_contain_text("fenêtre ordinaire")


def test_the_codes_to_scan_have_their_size_and_their_distance(checkup: Open) -> None:
    page = checkup(width=1280, height=900)
    expect(page.locator(".samples li")).to_have_count(3)
    expect(page.locator(".samples li").first).to_contain_text("jusqu’à 30 cm")
    widths = page.locator(".sample svg").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert [round(width / 96 * 2.54) for width in widths] == [3, 5, 8]


def test_a_phone_that_scans_a_sample_says_so_and_checks_itself(devices: Devices, installation: Installation) -> None:
    token = checkup_codes.sign((installation.folder / "secret_key").read_text("utf-8").strip(), 5)
    phone = devices.open(f"{installation.url}/controler/{token}", width=320)
    expect(phone.locator("h1")).to_have_text("Code de 5 cm lu")
    expect(phone.locator("#summary")).to_have_text(re.compile(r"\d"), timeout=WHOLE)
    assert [verdict(phone, key) for key in ("latency", "stream", "reopening", "clock")] == ["good"] * 4
    assert violations(phone) == []
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 320
    # It holds no seat, and leaves no mark.
    assert phone.context.cookies() == []


@pytest.mark.parametrize(("width", "dark"), [(320, False), (390, True), (1280, False)])
def test_the_checkup_is_accessible_and_fits(checkup: Open, width: int, dark: bool) -> None:
    page = checkup(width=width, height=800, dark=dark)
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_checkup_is_for_organisers(devices: Devices, installation: Installation) -> None:
    page = devices.open(installation.link("rapporteur", "reunion"))
    answer = page.goto(installation.url + ADDRESS)
    assert answer is not None
    assert answer.status == 403
