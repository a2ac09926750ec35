"""A browser whose disk is full, lost or forgetful: no word is, and the page says where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.writing import Act, Open, Writer
from tests.serving import Installation

pytestmark = pytest.mark.browser


def test_a_browser_that_keeps_nothing_is_told_before_writing(chromium: Browser, installation: Installation) -> None:
    context = chromium.new_context(locale="fr-FR", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: {open() { throw new Error('no'); }}})")
    page.goto(installation.link("rapporteur", "organisations"))
    expect(page.locator("#no-storage")).to_contain_text("ne garde rien")
    one = Writer(page)
    one.write("envoyée sans être gardée")
    one.wait("envoyée sans être gardée")
    context.close()


def test_a_full_disk_loses_no_word(chromium: Browser, installation: Installation) -> None:
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(installation.link("rapporteur", "animation"))
    expect(page.locator("html.ready")).to_be_attached()
    page.evaluate(
        """() => {
            IDBObjectStore.prototype.add = () => { throw new DOMException("plein", "QuotaExceededError"); };
        }"""
    )
    one = Writer(page)
    one.write("écrite sur un disque plein")
    expect(page.locator("#no-storage")).to_be_visible()
    one.wait("écrite sur un disque plein")
    context.close()


def test_a_disk_that_takes_words_again_is_given_those_of_the_page(writer: Open) -> None:
    one = writer("decisions")
    one.page.route("**/operations*", lambda route: route.abort())
    one.page.evaluate(
        """() => {
            const real = IDBObjectStore.prototype.add;
            IDBObjectStore.prototype.add = () => { throw new DOMException("plein", "QuotaExceededError"); };
            window.free = () => { IDBObjectStore.prototype.add = real; dispatchEvent(new Event("online")); };
        }"""
    )
    one.write("écrite quand le disque était plein")
    expect(one.page.locator("#no-storage")).to_contain_text("ne garde rien")
    expect(one.page.locator("#state-words")).to_contain_text("1 en attente, dans cette page seulement")
    one.page.evaluate("() => window.free()")
    expect(one.page.locator("#state-words")).to_contain_text("1 en attente, gardée sur cet appareil")
    expect(one.page.locator("#no-storage")).to_be_hidden()
    one.page.goto(one.page.url)
    expect(one.page.locator("html.ready")).to_be_attached()
    one.wait("écrite quand le disque était plein", "here")
    one.page.unroute("**/operations*")
    one.page.evaluate("() => dispatchEvent(new Event('online'))")
    one.wait("écrite quand le disque était plein", timeout=20_000)


def test_a_disk_whose_connection_was_lost_is_opened_again(writer: Open) -> None:
    one = writer("postures")
    one.page.evaluate(
        """() => {
            const real = IDBDatabase.prototype.transaction;
            let lost = 2;
            IDBDatabase.prototype.transaction = function (...given) {
                if ((lost -= 1) >= 0) throw new DOMException("Connection lost.", "UnknownError");
                return real.apply(this, given);
            };
        }"""
    )
    one.write("écrite au réveil du téléphone")
    one.wait("écrite au réveil du téléphone")
    expect(one.page.locator("#no-storage")).to_be_hidden()
    expect(one.page.locator(".note", has_text="écrite au réveil du téléphone")).to_have_count(1)


def test_words_that_the_disk_refuses_stay_in_the_field_which_goes_on_working(writer: Open, organise: Act) -> None:
    one = writer("se-former")
    organise("session.closed", {"key": "se-former"})
    one.write("refusée")
    one.wait("refusée", "review")
    one.page.evaluate(
        """() => {
            const real = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException("plein", "QuotaExceededError"); };
            window.free = () => { IDBObjectStore.prototype.put = real; };
        }"""
    )
    one.page.get_by_role("button", name="Corriger", exact=True).click()
    one.page.locator("#field").fill("reprise")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#complaint")).to_contain_text("toujours dans le champ")
    expect(one.page.locator("#field")).to_have_value("reprise")
    one.page.evaluate("() => window.free()")
    organise("session.opened", {"key": "se-former"})
    one.page.keyboard.press("Enter")
    one.wait("reprise")


def test_a_window_that_seems_private_says_that_it_forgets(writer: Open) -> None:
    one = writer("postures")
    one.page.add_init_script(
        "StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('no', 'SecurityError'));"
    )
    one.page.reload()
    expect(one.page.locator("#no-storage")).to_contain_text("semble privée")
    one.write("écrite dans une fenêtre privée")
    one.wait("écrite dans une fenêtre privée")


ENTER_THEN_UP = """text => {
    const field = document.querySelector("#field");
    const seen = {bubbles: true, cancelable: true};
    const press = (key) => !field.dispatchEvent(new KeyboardEvent("keydown", {key, ...seen}));
    field.value = text;
    field.dispatchEvent(new InputEvent("input", {bubbles: true}));
    press("Enter");
    return press("ArrowUp") && field.value;
}"""
"""Both keys in one instant, before any disk can answer; gives what stands in the field meanwhile, when ↑ was taken."""


def test_up_pressed_before_the_disk_has_the_note_corrects_it_once_it_has(writer: Open) -> None:
    one = writer("apprenantes")
    one.write("Celle d’avant")
    one.wait("Celle d’avant")
    assert one.page.evaluate(ENTER_THEN_UP, "Celle qui part") == "Celle qui part"
    expect(one.page.locator("#editing")).to_be_visible()
    expect(one.page.locator("#field")).to_have_value("Celle qui part")
    one.wait("Celle qui part")
    one.page.locator("#field").press("End")
    one.page.keyboard.type(", corrigée")
    one.page.keyboard.press("Enter")
    one.wait("Celle qui part, corrigée")
    expect(one.page.locator(".note", has_text="Celle qui part")).to_have_count(1)
    expect(one.page.locator(".note", has_text="Celle d’avant")).to_have_count(1)


def test_up_pressed_on_words_that_were_not_taken_moves_nothing_of_them(writer: Open) -> None:
    one = writer("apprenantes")
    one.write("Une note là")
    words = "s/nulle part/ailleurs/"
    one.page.evaluate(ENTER_THEN_UP, words)
    expect(one.page.locator("#complaint")).to_contain_text("nulle part")
    expect(one.page.locator("#field")).to_have_value(words)
    expect(one.page.locator("#editing")).to_be_hidden()
    # From then on, the key is the field's own again.
    assert one.page.evaluate(
        """() => document.querySelector("#field").dispatchEvent(
            new KeyboardEvent("keydown", {key: "ArrowUp", bubbles: true, cancelable: true}))"""
    )
    one.page.locator("#field").fill("")
