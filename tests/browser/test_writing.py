"""What a rapporteur types, on a phone and at a keyboard, in a real Chromium against the real server."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.house import eventually, texts
from tests.browser.writing import Open, Writer

pytestmark = pytest.mark.browser


def test_a_note_is_received_and_appears_on_the_other_screen(writer: Open) -> None:
    one, other = writer(), writer(width=1280, height=800)
    one.write("+ Tourner le rôle d’animateur⋅rice à chaque séance")
    one.wait("Tourner le rôle d’animateur⋅rice à chaque séance")
    note = other.page.locator(".note", has_text="Tourner le rôle").last
    expect(note).to_be_visible()
    assert note.get_attribute("data-kind") == "lever"
    assert one.page.evaluate("() => document.activeElement.id") == "field"
    one.says(re.compile(r"^(1 note, reçue|\d+ notes, toutes reçues)$"))


def test_the_prefix_shows_its_kind_at_once_and_the_last_kind_stays(writer: Open) -> None:
    one = writer()
    one.page.locator("#field").click()
    one.page.keyboard.type("f:")
    assert one.kind() == "obstacle"
    one.page.keyboard.type(" la salle est trop petite")
    one.page.keyboard.press("Enter")
    one.wait("la salle est trop petite")
    assert one.kind() == "obstacle"
    one.page.keyboard.press("Alt+3")
    assert one.kind() == "condition"
    one.page.locator("#kinds [data-kind=lever]").click()
    assert one.kind() == "lever"
    assert one.page.evaluate("() => document.activeElement.id") == "field"


def test_shift_enter_makes_a_line_and_the_text_arrives_to_the_byte(writer: Open) -> None:
    one = writer()
    one.page.locator("#field").click()
    one.page.keyboard.type("Première ligne : l’élu·e dit « oui »")
    one.page.keyboard.press("Shift+Enter")
    one.page.keyboard.type("e\u0301te\u0301 <b>🙂</b>")
    one.page.keyboard.press("Enter")
    one.wait("Première ligne")
    text = one.page.locator(".note .text").last.evaluate("node => node.textContent")
    assert text == "Première ligne : l’élu·e dit « oui »\ne\u0301te\u0301 <b>🙂</b>"


def test_an_enter_that_ends_a_composition_saves_nothing(writer: Open) -> None:
    one = writer()
    one.page.locator("#field").click()
    session = one.page.context.new_cdp_session(one.page)
    session.send("Input.imeSetComposition", {"text": "ê", "selectionStart": 1, "selectionEnd": 1})
    before = one.page.locator(".note").count()
    one.page.evaluate(
        """() => document.querySelector("#field").dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )
    session.send("Input.insertText", {"text": "être là"})
    expect(one.page.locator("#field")).to_have_value("être là")
    assert one.page.locator(".note").count() == before
    one.page.keyboard.press("Enter")
    one.wait("être là")


def test_what_is_typed_while_a_note_is_saved_stays_in_the_field(writer: Open) -> None:
    one = writer()
    one.page.evaluate(
        """async () => {
            const field = document.querySelector("#field");
            field.value = "une première idée";
            field.dispatchEvent(new InputEvent("input", {bubbles: true}));
            field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
            // The next task: a disk is slower than that.
            await new Promise(resolve => queueMicrotask(() => queueMicrotask(resolve)));
            field.value += "et la suite";
            field.dispatchEvent(new InputEvent("input", {bubbles: true}));
        }"""
    )
    one.wait("une première idée")
    expect(one.page.locator("#field")).to_have_value("et la suite")


def test_the_last_note_is_corrected_by_arrow_and_by_substitution(writer: Open) -> None:
    one = writer()
    one.write("Un calendier partagé")
    one.write("s/calendier/calendrier/")
    one.wait("Un calendrier partagé")
    one.page.keyboard.press("ArrowUp")
    expect(one.page.locator("#editing")).to_be_visible()
    expect(one.page.locator("#field")).to_have_value("Un calendrier partagé")
    one.page.keyboard.press("End")
    one.page.keyboard.type(" par tous")
    one.page.keyboard.press("Enter")
    one.wait("Un calendrier partagé par tous")
    one.page.keyboard.press("Control+z")
    expect(one.page.locator(".note .text").last).to_have_text("Un calendrier partagé")


def test_the_note_just_written_is_the_last_one_before_it_is_drawn(writer: Open) -> None:
    one = writer("apprenantes")
    one.write("L’avant-dernière")
    one.wait("L’avant-dernière")
    found = one.page.evaluate(
        """() => new Promise(resolve => {
            const field = document.querySelector("#field");
            const seen = {bubbles: true, cancelable: true};
            const press = (key) => field.dispatchEvent(new KeyboardEvent("keydown", {key, ...seen}));
            const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
            field.value = "La toute dernière";
            field.dispatchEvent(new InputEvent("input", {bubbles: true}));
            // The very instant when the field clears: nothing has been drawn yet.
            Object.defineProperty(field, "value", {configurable: true, get, set(words) {
                set.call(field, words);
                delete field.value;
                queueMicrotask(() => (press("ArrowUp"), resolve(field.value)));
            }});
            press("Enter");
        })"""
    )
    assert found == "La toute dernière"
    one.page.keyboard.press("Escape")


def test_a_substitution_that_finds_nothing_says_so_and_changes_nothing(writer: Open) -> None:
    one = writer()
    one.write("Un vrai budget")
    one.page.keyboard.type("s/absent/présent/")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#complaint")).to_contain_text("absent")
    expect(one.page.locator("#field")).to_have_value("s/absent/présent/")


def test_deleting_is_undone_by_button_and_by_key(writer: Open) -> None:
    one, other = writer(), writer()
    one.write("À supprimer puis à garder")
    one.wait("À supprimer puis à garder")
    for undo in (press_restore, press_undo):
        one.page.locator(".note").last.locator(".more").click()
        one.page.get_by_role("button", name="Supprimer", exact=True).click()
        expect(other.page.locator(".note").last).to_have_attribute("data-state", "removed")
        undo(one)
        one.wait("À supprimer puis à garder")
        expect(other.page.locator(".note .text").last).to_have_text("À supprimer puis à garder")


def test_a_note_just_written_is_taken_back_with_its_words_and_its_kind(writer: Open) -> None:
    one, other = writer("postures"), writer("postures")
    one.write("- envoyée trop vite")
    one.wait("envoyée trop vite")
    one.page.locator("#kinds [data-kind=lever]").click()
    one.page.keyboard.press("Control+z")
    expect(one.page.locator("#field")).to_have_value("- envoyée trop vite")
    assert one.kind() == "obstacle"
    expect(other.page.locator(".note").last).to_have_attribute("data-state", "removed")
    one.page.locator("#field").fill("")


def test_a_correction_is_undone_by_thumb_too(writer: Open) -> None:
    one = writer("habitants")
    one.write("Avant correction")
    one.write("s/Avant/Après/")
    one.wait("Après correction")
    more = one.page.locator(".note", has_text="Après correction").locator(".more")
    more.click()
    one.page.get_by_role("button", name="Annuler ma correction").click()
    one.wait("Avant correction")
    one.page.locator(".note", has_text="Avant correction").locator(".more").click()
    expect(one.page.get_by_role("button", name="Annuler ma correction")).to_have_count(0)


def press_restore(one: Writer) -> None:
    one.page.get_by_role("button", name="Rétablir").last.click()


def press_undo(one: Writer) -> None:
    one.page.locator("#field").click()
    one.page.keyboard.press("Control+z")


def test_an_actor_is_completed_from_its_first_letters(writer: Open) -> None:
    one = writer()
    one.page.locator("#field").click()
    one.page.keyboard.type("Former avec les @habitan")
    option = one.page.locator("#suggestions [role=option]").first
    expect(option).to_contain_text("abitant·es")
    assert one.page.locator("#field").get_attribute("aria-activedescendant") == option.get_attribute("id")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#field")).to_have_value("Former avec les habitant·es ")
    one.page.keyboard.type("concernés")
    one.page.keyboard.press("Enter")
    one.wait("Former avec les habitant·es concernés")
    expect(one.page.locator(".note .chips").last).to_contain_text("@Habitant·es")


def test_escape_closes_the_list_then_the_correction(writer: Open) -> None:
    one = writer()
    one.write("Une note à relire")
    one.page.keyboard.press("ArrowUp")
    one.page.keyboard.type(" @ha")
    expect(one.page.locator("#suggestions")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#suggestions")).to_be_hidden()
    expect(one.page.locator("#editing")).to_be_visible()
    one.page.keyboard.press("Escape")
    expect(one.page.locator("#editing")).to_be_hidden()
    expect(one.page.locator("#field")).to_have_value("")


def test_pasted_lines_are_offered_as_notes(writer: Open) -> None:
    one = writer()
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.evaluate("() => navigator.clipboard.writeText('+ un tour de table\\n- un micro\\n\\nun goûter')")
    one.page.locator("#field").click()
    one.page.keyboard.press("Control+v")
    expect(one.page.locator("#pasted-words")).to_have_text("Vous avez collé 3 lignes.")
    one.page.get_by_role("button", name="Une note par ligne").click()
    for text in ("un tour de table", "un micro", "un goûter"):
        one.wait(text)
    assert one.page.locator(".note").nth(-2).get_attribute("data-kind") == "obstacle"


def test_a_pasted_list_keeps_its_kind_without_its_bullets_and_two_taps_make_it_once(writer: Open) -> None:
    one = writer("relations")
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.evaluate("() => navigator.clipboard.writeText('- premier point\\n- second point')")
    one.page.locator("#kinds [data-kind=condition]").click()
    before = one.page.locator(".note").count()
    one.page.keyboard.press("Control+v")
    expect(one.page.locator("#pasted")).to_be_visible()
    one.page.evaluate("() => { const split = document.querySelector('#one-per-line'); split.click(); split.click(); }")
    for text in ("premier point", "second point"):
        one.wait(text)
    expect(one.page.locator(".note")).to_have_count(before + 2)
    eventually(lambda: texts(one.page)[-2:], ["premier point", "second point"])
    assert one.page.locator(".note").last.get_attribute("data-kind") == "condition"


def test_a_tab_killed_right_after_a_note_does_not_offer_its_words_again(writer: Open) -> None:
    one = writer("relations")
    one.page.locator("#field").fill("gardée une seule fois")
    one.page.wait_for_timeout(400)
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#field")).to_have_value("")
    draft = one.page.evaluate("() => localStorage.getItem('restitution:draft:journees-2018:relations')")
    assert json.loads(draft)["text"] == ""


def test_dictation_autocorrection_dead_keys_and_forty_lines_arrive_as_typed(writer: Open) -> None:
    one = writer("se-former")
    keyboard = one.page.context.new_cdp_session(one.page)
    one.page.locator("#field").click()
    keyboard.send("Input.insertText", {"text": "Une phrase dictée d’un trait, avec sa virgule."})
    one.page.keyboard.press("Enter")
    one.wait("Une phrase dictée d’un trait, avec sa virgule.")
    one.page.keyboard.type("Un calendirer")
    one.page.keyboard.press("Control+Shift+ArrowLeft")
    keyboard.send("Input.insertText", {"text": "calendrier"})
    one.page.keyboard.type(" commun, la for")
    keyboard.send("Input.imeSetComposition", {"text": "^", "selectionStart": 1, "selectionEnd": 1})
    keyboard.send("Input.insertText", {"text": "ê"})
    one.page.keyboard.type("t aussi")
    one.page.keyboard.press("Enter")
    one.wait("Un calendrier commun, la forêt aussi")
    before = one.page.locator(".note").count()
    lines = [f"Ligne collée numéro {number}" for number in range(1, 41)]
    one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    one.page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(lines))
    one.page.keyboard.press("Control+v")
    expect(one.page.locator("#pasted-words")).to_have_text("Vous avez collé 40 lignes.")
    one.page.get_by_role("button", name="Une note par ligne").click()
    expect(one.page.locator(".note")).to_have_count(before + 40)
    expect(one.page.locator("#state")).to_have_attribute("data-state", "received", timeout=20_000)
    eventually(lambda: texts(one.page)[-40:], lines)
    # Made forty by mistake: all are taken back at once, and the text is in the field again.
    one.page.keyboard.press("Control+z")
    expect(one.page.locator("#field")).to_have_value("\n".join(lines))
    expect(one.page.locator(".note .text")).to_have_count(before)
    one.page.locator("#field").fill("")
