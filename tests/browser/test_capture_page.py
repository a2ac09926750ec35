"""What a rapporteur does, on a phone and at a keyboard, in a real Chromium against the real server."""

from __future__ import annotations

import gzip
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Devices, violations
from tests.serving import Installation

pytestmark = pytest.mark.browser

WEIGHT = 60_000
"""Bytes of the first load, compressed."""


@dataclass
class Writer:
    """A rapporteur's page, and what they do on it."""

    page: Page

    def write(self, text: str) -> None:
        self.page.locator("#field").click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#field")).to_have_value("")

    def note(self, text: str) -> str:
        """The state of the note that holds this text: received, here, review, removed."""
        note = self.page.locator(".note", has_text=text).last
        expect(note).to_be_visible()
        return note.get_attribute("data-state") or ""

    def wait(self, text: str, state: str = "received", timeout: float = 10_000) -> None:
        note = self.page.locator(f'.note[data-state="{state}"]', has_text=text)
        expect(note.last).to_be_visible(timeout=timeout)

    def kind(self) -> str:
        return self.page.locator("#kinds [aria-pressed=true]").get_attribute("data-kind") or ""

    def state(self) -> str:
        return self.page.locator("#state-words").inner_text()


@pytest.fixture
def writer(devices: Devices, installation: Installation) -> Callable[..., Writer]:
    def open_page(workshop: str = "reunion", **options: object) -> Writer:
        page = devices.open(installation.link("rapporteur", workshop), **options)  # type: ignore[arg-type]
        expect(page.locator("html.ready")).to_be_attached()
        return Writer(page)

    return open_page


@pytest.fixture
def organise(devices: Devices, installation: Installation) -> Callable[[str, dict[str, object]], None]:
    """Do an organiser's act through the operations door."""
    page = devices.open(installation.link("organiser"))
    doors = "/api/v1/journees-2018"
    csrf = page.evaluate(f"async () => (await (await fetch('{doors}/seat')).json()).csrf")

    def act(name: str, payload: dict[str, object]) -> None:
        operation = {"id": str(uuid.uuid4()), "name": name, "payload": payload, "device_at": 0}
        receipt = page.evaluate(
            """async ([doors, csrf, operation]) => (await (await fetch(doors + "/operations", {
                method: "POST", headers: {"Content-Type": "application/json", "X-CSRFToken": csrf},
                body: JSON.stringify({operations: [operation]}) })).json()).receipts[0]""",
            [doors, csrf, operation],
        )
        assert "position" in receipt, receipt

    return act


Open = Callable[..., Writer]
Act = Callable[[str, dict[str, object]], None]


def test_a_note_is_received_and_appears_on_the_other_screen(writer: Open) -> None:
    one, other = writer(), writer(width=1280, height=800)
    one.write("+ Tourner le rôle d’animateur⋅rice à chaque séance")
    one.wait("Tourner le rôle d’animateur⋅rice à chaque séance")
    note = other.page.locator(".note", has_text="Tourner le rôle").last
    expect(note).to_be_visible()
    assert note.get_attribute("data-kind") == "lever"
    assert one.page.evaluate("() => document.activeElement.id") == "field"
    assert re.fullmatch(r"1 note, reçue|\d+ notes, toutes reçues", one.state())


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


def test_notes_written_without_a_network_wait_and_drain_in_order(writer: Open) -> None:
    one, other = writer("decisions"), writer("decisions")
    one.page.context.set_offline(True)
    for text in ("hors ligne une", "hors ligne deux", "hors ligne trois"):
        one.write(text)
    assert one.note("hors ligne deux") == "here"
    assert one.state() == "hors ligne · 3 en attente, gardées sur cet appareil"
    one.page.context.set_offline(False)
    expect(one.page.locator("#state")).to_have_attribute("data-state", "received", timeout=20_000)
    expect(other.page.locator(".note", has_text="hors ligne trois")).to_be_visible()
    assert other.page.locator(".note .text").all_inner_texts()[-3:] == [
        "hors ligne une",
        "hors ligne deux",
        "hors ligne trois",
    ]


def test_a_waiting_note_and_a_draft_survive_a_closed_page(writer: Open) -> None:
    one = writer("postures")
    one.page.route("**/operations*", lambda route: route.abort())
    one.write("gardée sur l’appareil")
    one.page.keyboard.type("une phrase commencée")
    address = one.page.url
    one.page.wait_for_timeout(400)
    one.page.close()
    again = Writer(one.page.context.new_page())
    again.page.goto(address)
    again.wait("gardée sur l’appareil")
    expect(again.page.locator("#field")).to_have_value("une phrase commencée")
    again.page.locator("#field").fill("")


def test_an_answer_lost_after_the_note_was_kept_doubles_nothing(writer: Open) -> None:
    one = writer("habitants")
    lost = []

    def lose(route: object) -> None:
        if lost:
            route.continue_()  # type: ignore[attr-defined]
            return
        lost.append(route.fetch().status)  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    one.page.route("**/operations*", lose)
    one.write("une seule fois, pas deux")
    one.wait("une seule fois, pas deux", timeout=15_000)
    one.page.reload()
    expect(one.page.locator(".note", has_text="une seule fois, pas deux")).to_have_count(1)
    assert lost == [200]


def test_a_stale_token_is_renewed_and_the_note_sent(writer: Open) -> None:
    one = writer("ressources")

    def stale(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        body = re.sub(r'(name="csrf-token" content=")[^"]*', r"\1perime", response.text())
        route.fulfill(response=response, body=body)  # type: ignore[attr-defined]

    one.page.route("**/ateliers/ressources", stale)
    one.page.reload()
    expect(one.page.locator("html.ready")).to_be_attached()
    one.write("écrite sur une page ouverte depuis hier")
    one.wait("écrite sur une page ouverte depuis hier")


def test_two_tabs_share_one_outbox_and_send_once(writer: Open) -> None:
    one = writer("relations")
    two = Writer(one.page.context.new_page())
    two.page.goto(one.page.url)
    expect(two.page.locator("html.ready")).to_be_attached()
    one.page.context.set_offline(True)
    one.write("depuis le premier onglet")
    two.write("depuis le second onglet")
    expect(one.page.locator("#state-words")).to_have_text("hors ligne · 2 en attente, gardées sur cet appareil")
    one.page.context.set_offline(False)
    for tab in (one, two):
        expect(tab.page.locator("#state")).to_have_attribute("data-state", "received", timeout=20_000)
        for text in ("depuis le premier onglet", "depuis le second onglet"):
            expect(tab.page.locator(".note", has_text=text)).to_have_count(1)


def test_two_wordings_of_one_note_are_both_kept_and_one_tap_chooses(writer: Open) -> None:
    one, other = writer("metiers"), writer("metiers")
    one.write("Le texte de départ")
    one.wait("Le texte de départ")
    one.page.keyboard.press("ArrowUp")
    other.page.locator(".note").last.locator(".more").click()
    other.page.get_by_role("button", name="Corriger", exact=True).click()
    other.page.locator("#field").fill("La version d’en face")
    other.page.keyboard.press("Enter")
    expect(one.page.locator(".note", has_text="La version d’en face")).to_be_visible()
    one.page.locator("#field").fill("La mienne")
    one.page.keyboard.press("Enter")
    for page in (one.page, other.page):
        expect(page.locator(".version")).to_have_count(2)
    one.page.locator(".version", has_text="La mienne").get_by_role("button").click()
    for page in (one.page, other.page):
        expect(page.locator(".version")).to_have_count(0)
        expect(page.locator(".note .text").last).to_have_text("La mienne")


def test_a_closed_workshop_keeps_the_note_here_with_its_sentence(writer: Open, organise: Act) -> None:
    one = writer("atlas")
    organise("session.closed", {"key": "atlas"})
    expect(one.page.locator("#left")).to_have_text("fermé aux notes")
    one.write("arrivée trop tard")
    one.wait("arrivée trop tard", "review")
    expect(one.page.locator(".note .notice").last).to_contain_text("est fermé aux notes")
    assert one.state() == "1 à revoir"
    organise("session.opened", {"key": "atlas"})
    one.page.get_by_role("button", name="Renvoyer").click()
    one.wait("arrivée trop tard")


def test_a_closed_link_keeps_the_notes_and_lets_one_copy_them(writer: Open, organise: Act) -> None:
    one = writer("recits")
    seat = one.page.evaluate("async () => (await (await fetch('/api/v1/journees-2018/seat')).json()).seat.id")
    organise("seat.revoked", {"seat_id": seat})
    one.write("écrite après la fermeture du lien")
    expect(one.page.locator("#trouble")).to_contain_text("fermé par l’organisation", timeout=10_000)
    assert one.note("écrite après la fermeture du lien") == "here"
    one.page.locator("#more").click()
    with one.page.expect_download() as download:
        one.page.locator("#download").click()
    assert "écrite après la fermeture du lien" in download.value.path().read_text("utf-8")


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


def test_the_first_load_is_light_and_stays_at_home(writer: Open, installation: Installation) -> None:
    one = writer()
    asked: list[str] = []
    one.page.on("request", lambda request: asked.append(request.url))
    one.page.reload()
    expect(one.page.locator("html.ready")).to_be_attached()
    assert all(address.startswith((installation.url, "data:")) for address in asked)
    files = [address for address in asked if re.search(r"/static/|/ateliers/", address)]
    weight = sum(len(gzip.compress(body_of(address, one.page), 9)) for address in files)
    assert len(files) == 3
    assert weight <= WEIGHT, f"{weight} bytes"


def body_of(address: str, page: Page) -> bytes:
    if "/static/" in address:
        with urlopen(address, timeout=10) as response:  # noqa: S310 - our own server on the loopback
            body: bytes = response.read()
            return body
    return page.content().encode()


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
