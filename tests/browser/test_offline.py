"""After one visit, a workshop's page opens, writes and restarts with the server really stopped; then all drains."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.house import DRAINED, House, Phone, eventually, received, texts, visit, write

pytestmark = pytest.mark.browser

SLUG = "journees-2018"

ROWS = """async () => {
  const [base] = (await indexedDB.databases()).filter((one) => one.version === 1);
  const open = indexedDB.open(base.name);
  await new Promise((done) => (open.onsuccess = done));
  const all = open.result.transaction("rows").objectStore("rows").getAll();
  await new Promise((done) => (all.onsuccess = done));
  open.result.close();
  return all.result.filter((row) => row.state === "waiting").length;
}"""
"""Counts what waits on the device’s disk, past the page’s own code; what was received stays there too."""


def test_the_page_opens_cold_writes_and_drains_in_order_once_after_a_reboot(house: House, phone: Phone) -> None:
    before = phone()
    page = visit(before, house.link("rapporteur", "reunion"))
    address = page.url
    write(page, "écrite avec le réseau")
    received(page, "écrite avec le réseau")
    page.wait_for_timeout(2_500)
    house.stop()
    write(page, "écrite quand le serveur s’est tu")
    before.close()

    after = phone()
    page = after.new_page()
    page.goto(address)
    received(page, "écrite avec le réseau")
    expect(page.locator('.note[data-state="here"]', has_text="écrite quand le serveur s’est tu")).to_have_count(1)
    write(page, "écrite au réveil")
    page.locator(".note", has_text="écrite au réveil").locator(".more").click()
    page.get_by_role("button", name="Corriger", exact=True).click()
    page.locator("#field").fill("écrite au réveil, puis corrigée")
    page.keyboard.press("Enter")
    expect(page.locator("#state-words")).to_have_text("hors ligne · 3 en attente, gardées sur cet appareil")
    page.close()

    page = after.new_page()
    page.goto(address)
    write(page, "écrite après une seconde fermeture")
    delete(page, "écrite après une seconde fermeture")
    page.locator("#field").click()
    page.keyboard.press("Control+z")
    after_all = [
        "écrite quand le serveur s’est tu",
        "écrite au réveil, puis corrigée",
        "écrite après une seconde fermeture",
    ]
    eventually(lambda: texts(page)[-3:], after_all)
    write(page, "de trop")
    delete(page, "de trop")
    # The number in the header is the number of rows that wait in the outbox, no counter of its own.
    rows = page.evaluate(ROWS)
    expect(page.locator("#state-words")).to_have_text(f"hors ligne · {rows} en attente, gardées sur cet appareil")
    house.start()
    expect(page.locator("#state")).to_have_attribute("data-state", "received", timeout=DRAINED)
    for text in ("écrite quand le serveur s’est tu", "écrite au réveil, puis corrigée"):
        received(page, text)
    page.reload()
    expect(page.locator("html.ready")).to_be_attached()
    eventually(lambda: texts(page)[-4:], ["écrite avec le réseau", *after_all])


def delete(page: Page, text: str) -> None:
    page.locator(".note", has_text=text).locator(".more").click()
    page.get_by_role("button", name="Supprimer", exact=True).click()
    expect(page.locator('.note[data-state="removed"]')).not_to_have_count(0)


def test_a_kept_page_agrees_with_its_policy_and_complains_of_nothing(house: House, phone: Phone) -> None:
    context = phone()
    address = visit(context, house.link("rapporteur", "metiers")).url
    house.stop()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    expect(page.locator("html.ready")).to_be_attached()
    expect(page.locator("#state-words")).to_contain_text("hors ligne")
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []
    nonce = page.evaluate("() => document.querySelector('script[type=module]').nonce")
    policy = page.evaluate("async () => (await caches.match(location.href)).headers.get('Content-Security-Policy')")
    assert f"'nonce-{nonce}'" in policy


def test_each_workshop_of_a_device_opens_and_a_link_without_a_network_shows_them(house: House, phone: Phone) -> None:
    context = phone()
    addresses = [visit(context, house.link("rapporteur", key)).url for key in ("relations", "ressources")]
    house.stop()
    page = context.new_page()
    for address in addresses:
        page.goto(address)
        expect(page.locator("html.ready")).to_be_attached()
    page.goto(house.link("rapporteur", "relations"))
    expect(page.locator("h1")).to_have_text("Le réseau ne répond pas")
    assert sorted(page.locator("li a").evaluate_all("all => all.map(a => a.href)")) == sorted(addresses)
    page.locator(f'a[href="{addresses[1]}"]').click()
    expect(page.locator("html.ready")).to_be_attached()
    assert page.url == addresses[1]


def test_another_page_in_our_place_is_never_kept_nor_shown(house: House, phone: Phone) -> None:
    context = phone()
    page = visit(context, house.link("rapporteur", "atlas"))
    context.route(
        "**/ateliers/atlas", lambda route: route.fulfill(body="<h1>Portail du wifi</h1>", content_type="text/html")
    )
    page.reload()
    expect(page.locator("#field")).to_be_visible()
    kept = page.evaluate("async () => (await caches.match(location.href)).text()")
    assert "Portail du wifi" not in kept


def test_a_closed_link_opens_on_what_is_kept_and_says_whom_to_see(house: House, phone: Phone) -> None:
    context = phone()
    page = visit(context, house.link("rapporteur", "recits"))
    write(page, "une note à ne pas perdre")
    received(page, "une note à ne pas perdre")
    page.wait_for_timeout(2_500)
    seat = page.evaluate(f"async () => (await (await fetch('/api/v1/{SLUG}/seat')).json()).seat.id")
    revoke(phone("organiser"), house, seat)
    page.reload()
    expect(page.locator("#trouble")).to_contain_text("fermé par l’organisation", timeout=10_000)
    expect(page.locator(".note", has_text="une note à ne pas perdre")).to_have_count(1)
    page.locator("#more").click()
    with page.expect_download() as download:
        page.locator("#download").click()
    assert "une note à ne pas perdre" in download.value.path().read_text("utf-8")
    context.grant_permissions(["clipboard-read"])
    page.locator("#copy").click()
    expect(page.locator("#copy-outcome")).to_contain_text("copi")
    assert "une note à ne pas perdre" in page.evaluate("navigator.clipboard.readText()")
    # The code scanned once more says no too, and leads to what is kept.
    page.goto(house.link("rapporteur", "recits"))
    expect(page.locator("h1")).to_have_text("Ce lien n’ouvre pas cette page")
    page.locator("#kept-list a", has_text="Les territoires se racontent").click()
    expect(page.locator(".note", has_text="une note à ne pas perdre")).to_have_count(1)


def revoke(context: BrowserContext, house: House, seat: str) -> None:
    page = context.new_page()
    page.goto(house.link("organiser"))
    page.evaluate(
        """async ([doors, seat]) => {
            const {csrf} = await (await fetch(doors + "/seat")).json();
            const operation = {id: crypto.randomUUID(), name: "seat.revoked", payload: {seat_id: seat}, device_at: 0};
            await fetch(doors + "/operations", {method: "POST",
                headers: {"Content-Type": "application/json", "X-CSRFToken": csrf},
                body: JSON.stringify({operations: [operation]})});
        }""",
        [f"/api/v1/{SLUG}", seat],
    )


NEWER = """
import capture.assets
from wsgi import create_app

capture.assets.OF_THE_SHELL = ("capture.css", "capture.js", "base.css")
"""
"""The same house with another worker, as after an update."""


def test_a_newer_version_waits_for_the_notes_and_for_its_reader(house: House, phone: Phone) -> None:
    context = phone()
    address = visit(context, house.link("rapporteur", "animation")).url
    (house.folder / "newer.py").write_text(NEWER)
    house.stop()
    house.start("newer:create_app()")
    page = context.pages[-1]
    page.goto(address)
    page.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
    expect(page.locator("#newer-words")).to_have_text("Une version plus récente est prête.")
    expect(page.locator("#newer")).to_be_visible()
    house.stop()
    write(page, "écrite pendant la mise à jour")
    expect(page.locator("#newer")).to_be_hidden()
    house.start("newer:create_app()")
    received(page, "écrite pendant la mise à jour")
    expect(page.locator("#newer")).to_be_visible()
    with page.expect_navigation():
        page.locator("#take-newer").click()
    received(page, "écrite pendant la mise à jour")
    expect(page.locator("#newer")).to_be_hidden()
