"""Where the words are when the network, the server, the seat or the disk fails, in a real Chromium."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.house import eventually, texts
from tests.browser.writing import Act, Open, Writer

"""Where the words are when the network, the server, the seat or the disk fails, in a real Chromium."""


pytestmark = pytest.mark.browser


def test_notes_written_without_a_network_wait_and_drain_in_order(writer: Open) -> None:
    one, other = writer("decisions"), writer("decisions")
    one.page.context.set_offline(True)
    for text in ("hors ligne une", "hors ligne deux", "hors ligne trois"):
        one.write(text)
    assert one.note("hors ligne deux") == "here"
    one.says("hors ligne · 3 en attente, gardées sur cet appareil")
    expect(one.page.locator("#draining")).to_be_hidden()
    one.page.context.set_offline(False)
    expect(one.page.locator("#state")).to_have_attribute("data-state", "received", timeout=20_000)
    expect(other.page.locator(".note", has_text="hors ligne trois")).to_be_visible()
    eventually(lambda: texts(other.page)[-3:], ["hors ligne une", "hors ligne deux", "hors ligne trois"])


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


def test_a_browser_that_lost_its_cookie_sits_again_by_itself_and_its_notes_stay_its_own(writer: Open) -> None:
    one = writer("relations")
    one.write("écrite avec la session")
    one.wait("écrite avec la session")
    one.page.context.clear_cookies()
    one.write("écrite sans session")
    one.wait("écrite sans session")
    one.page.context.clear_cookies()
    # With nothing to send, it is the stream that hears of it.
    one.page.context.set_offline(True)
    one.page.context.set_offline(False)
    expect(one.page.locator("#trouble")).to_be_hidden(timeout=20_000)
    one.page.reload()
    for text in ("écrite avec la session", "écrite sans session"):
        note = one.page.locator(".note", has_text=text)
        expect(note.locator(".mark")).to_have_count(1)


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
    other.wait("Le texte de départ")
    other.page.locator(".note", has_text="Le texte de départ").locator(".more").click()
    other.page.get_by_role("button", name="Corriger", exact=True).click()
    other.page.locator("#field").fill("La version d’en face")
    other.page.keyboard.press("Enter")
    expect(one.page.locator(".note", has_text="La version d’en face")).to_be_visible()
    one.page.locator("#field").fill("La mienne")
    one.page.keyboard.press("Enter")
    for page in (one.page, other.page):
        expect(page.locator(".version")).to_have_count(2)
    mine, theirs = (one.page.locator(".version", has_text=text) for text in ("La mienne", "La version d’en face"))
    assert mine.locator("p").first.inner_text().endswith("la vôtre")
    # On a phone, one above the other; where there is room, side by side.
    assert left_of(theirs) == left_of(mine)
    one.page.set_viewport_size({"width": 1280, "height": 844})
    assert left_of(theirs) < left_of(mine)
    one.page.locator(".version", has_text="La mienne").get_by_role("button").click()
    for page in (one.page, other.page):
        expect(page.locator(".version")).to_have_count(0)
        expect(page.locator(".note .text").last).to_have_text("La mienne")


def left_of(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["x"]


def test_a_closed_workshop_keeps_the_note_here_with_its_sentence(writer: Open, organise: Act) -> None:
    one = writer("atlas")
    organise("session.closed", {"key": "atlas"})
    expect(one.page.locator("#left")).to_have_text("fermé aux notes")
    one.write("arrivée trop tard")
    one.wait("arrivée trop tard", "review")
    expect(one.page.locator(".note .notice").last).to_contain_text("est fermé aux notes")
    one.says("1 à revoir")
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


def test_many_notes_that_leave_show_how_far_they_are(writer: Open) -> None:
    one = writer("ressources")
    one.page.context.set_offline(True)
    one.page.locator("#field").fill("\n".join(f"Note {number} du train de notes" for number in range(60)))
    one.page.evaluate("() => { document.querySelector('#pasted').hidden = false; }")
    one.page.locator("#one-per-line").click()
    expect(one.page.locator("#state-words")).to_have_text("hors ligne · 60 en attente, gardées sur cet appareil")
    held: list[Route] = []
    one.page.route("**/operations*", lambda route: hold_the_second(route, held))
    one.page.context.set_offline(False)
    expect(one.page.locator("#draining")).to_have_attribute("value", "50", timeout=20_000)
    expect(one.page.locator("#draining")).to_be_visible()
    expect(one.page.locator("#state-words")).to_contain_text("10 en attente, gardées sur cet appareil")
    while len(held) < 2:
        one.page.wait_for_timeout(50)
    held[1].continue_()
    expect(one.page.locator("#state")).to_have_attribute("data-state", "received", timeout=20_000)
    expect(one.page.locator("#draining")).to_be_hidden()


def hold_the_second(route: Route, held: list[Route]) -> None:
    """Let every batch through but the second, which waits for the test."""
    held.append(route)
    if len(held) != 2:
        route.continue_()
