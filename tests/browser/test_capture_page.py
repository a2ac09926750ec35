"""The page that a rapporteur writes on: nothing moves, everything fits, everybody can use it."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import violations
from tests.browser.writing import Open

pytestmark = pytest.mark.browser


def test_what_arrives_is_counted_and_moves_nothing(writer: Open) -> None:
    reader, other = writer("recit-outil"), writer("recit-outil")
    scroller = reader.page.locator("#notes-scroll")
    scroller.evaluate("node => { node.scrollTop = 0; }")
    reader.page.wait_for_timeout(100)
    first = reader.page.locator(".note").first
    before = first.bounding_box()
    other.write("Une note qui arrive")
    other.write("Une autre")
    expect(reader.page.locator("#arrivals")).to_have_text("2 notes arrivées · afficher")
    assert first.bounding_box() == before
    reader.page.locator("#arrivals").click()
    expect(reader.page.locator("#arrivals")).to_be_hidden()
    expect(reader.page.locator(".note").last).to_be_in_viewport()


def test_the_field_stays_in_sight_when_a_keyboard_takes_half_the_screen(writer: Open) -> None:
    one = writer()
    one.page.set_viewport_size({"width": 390, "height": 330})
    field = one.page.locator("#field")
    field.fill("Une phrase longue. " * 40)
    box = field.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 330
    field.fill("")


def test_the_help_opens_by_key_and_gives_the_focus_back(writer: Open) -> None:
    one = writer()
    one.page.locator("#field").click()
    one.page.keyboard.press("?")
    expect(one.page.locator("#help")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#help")).to_be_hidden()
    assert one.page.evaluate("() => document.activeElement.id") == "field"


@pytest.mark.parametrize("dark", [False, True])
def test_no_accessibility_rule_is_broken(writer: Open, dark: bool) -> None:
    one = writer(dark=dark)
    assert violations(one.page) == []
    one.page.locator("#field").click()
    one.page.keyboard.type("avec @ha")
    expect(one.page.locator("#suggestions")).to_be_visible()
    assert violations(one.page) == []
    one.page.locator("#field").fill("")
    one.page.locator(".note").first.locator(".more").click()
    one.page.locator("#more").click()
    assert violations(one.page) == []


def test_targets_are_as_large_as_a_thumb(writer: Open) -> None:
    one = writer()
    small = one.page.evaluate(
        """() => [...document.querySelectorAll("button:not(.more), summary, textarea")].filter((node) => {
            const box = node.getBoundingClientRect();
            return box.width > 0 && (box.height < 43.5 || box.width < 43.5);
        }).map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert small == []


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_nothing_overflows_sideways(writer: Open, width: int) -> None:
    one = writer(width=width, height=700)
    assert one.page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert one.page.evaluate(
        "() => { const kinds = document.querySelector('#kinds'); return kinds.scrollWidth <= kinds.clientWidth + 1; }"
    )


def test_the_page_says_where_it_is_and_what_waits(writer: Open) -> None:
    one = writer("se-former")
    assert one.page.title() == "Se former autrement · Notes"
    one.page.context.set_offline(True)
    one.write("en attente dans le titre")
    expect(one.page).to_have_title(re.compile(r"^\(1 en attente, gardée sur cet appareil\)"))
    started = time.monotonic()
    one.page.context.set_offline(False)
    expect(one.page).to_have_title("Se former autrement · Notes", timeout=20_000)
    assert time.monotonic() - started < 10
