"""After one visit, a workshop's page opens, writes and restarts with the server really stopped; then all drains."""

from __future__ import annotations

import json
import math
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from capture.processes import web_command
from capture.settings import Settings
from tests.serving import CHROMIUM, ROOT, Installation, free_port, wait_until_up

pytestmark = pytest.mark.browser

SLUG = "journees-2018"
DRAINED = 30_000


@dataclass
class House:
    """A server that can be stopped for real and started again at the same address."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    links: Installation | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "RESTITUTION_FOLDER": str(self.folder),
            "RESTITUTION_PUBLIC_URL": self.url,
        }

    def run(self, *arguments: str) -> bytes:
        command = [sys.executable, "-m", "wsgi", *arguments]
        return subprocess.run(command, env=self.environment, cwd=ROOT, check=True, capture_output=True).stdout

    def start(self, application: str = "wsgi:create_app()") -> None:
        command = web_command(Settings(folder=str(self.folder), bind=f"127.0.0.1:{self.port}"))
        command[command.index("wsgi:create_app()")] = application
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        wait_until_up(self.url, self.process, self.folder / "log")

    def stop(self) -> None:
        """Cut it, as a power failure does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def link(self, role: str, workshop: str = "") -> str:
        if self.links is None:
            found = json.loads(self.run("links", "--json"))
            self.links = Installation(url=self.url, folder=self.folder, links=tuple(found))
        return self.links.link(role, workshop)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    found = House(tmp_path_factory.mktemp("offline"))
    found.run("demo", "--load-only")
    yield found
    found.stop()


@pytest.fixture
def house(built: House) -> House:
    """The server, running."""
    if built.process is None:
        built.start()
    return built


@pytest.fixture
def phone(player: Playwright, tmp_path: Path) -> Iterator[Callable[..., BrowserContext]]:
    """A phone: the same browser profile at each start, so that what it keeps survives a reboot."""
    opened: list[BrowserContext] = []

    def turn_on(name: str = "phone") -> BrowserContext:
        context = player.chromium.launch_persistent_context(
            tmp_path / name,
            executable_path=shutil.which("chromium"),
            args=list(CHROMIUM),
            locale="fr-FR",
            viewport={"width": 390, "height": 844},
            accept_downloads=True,
        )
        opened.append(context)
        return context

    yield turn_on
    for context in opened:
        context.close()


Phone = Callable[..., BrowserContext]


def visit(context: BrowserContext, address: str) -> Page:
    """Open a page and wait until the device has kept it."""
    page = context.new_page()
    page.goto(address)
    expect(page.locator("html.ready")).to_be_attached()
    expect(page.locator("#reopens")).to_have_text(
        "Cette page se rouvre sur cet appareil même sans réseau.", timeout=20_000
    )
    return page


def write(page: Page, text: str) -> None:
    page.locator("#field").click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("#field")).to_have_value("")
    expect(page.locator(".note", has_text=text)).to_have_count(1)


def received(page: Page, text: str) -> None:
    expect(page.locator('.note[data-state="received"]', has_text=text)).to_have_count(1, timeout=DRAINED)


def texts(page: Page) -> list[str]:
    return page.locator(".note .text").all_inner_texts()


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
    assert texts(page)[-3:] == [
        "écrite quand le serveur s’est tu",
        "écrite au réveil, puis corrigée",
        "écrite après une seconde fermeture",
    ]
    house.start()
    expect(page.locator("#state")).to_have_attribute("data-state", "received", timeout=DRAINED)
    for text in ("écrite quand le serveur s’est tu", "écrite au réveil, puis corrigée"):
        received(page, text)
    page.reload()
    expect(page.locator("html.ready")).to_be_attached()
    assert texts(page)[-4:] == [
        "écrite avec le réseau",
        "écrite quand le serveur s’est tu",
        "écrite au réveil, puis corrigée",
        "écrite après une seconde fermeture",
    ]


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


@pytest.mark.alone
@pytest.mark.parametrize("way", ["link", "page"])
def test_a_slow_network_opens_a_page_to_write_on_within_two_seconds(house: House, phone: Phone, way: str) -> None:
    # What else this machine does only ever adds time: one opening out of three within the limit shows what it takes.
    link = house.link("rapporteur", "reunion")
    taken: list[float] = []
    while min(taken, default=math.inf) > 2_000 and len(taken) < 3:
        taken.append(opened(phone(f"phone {len(taken)}"), link, way))
    assert min(taken) <= 2_000, taken


def opened(context: BrowserContext, link: str, way: str) -> float:
    """Open the page on a slow network with nothing kept; return the milliseconds until it can be written on."""
    # The seat is taken without a page: one loaded before would hand its files over from memory.
    address = context.request.get(link).url if way == "page" else link
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
    )
    page.add_init_script(READY_AT)
    page.goto(address)
    page.locator("html.ready").wait_for(state="attached")
    loads = page.evaluate(LOADS)
    assert len(loads) == 3, loads
    assert all(load["taken"] >= 390 and load["bytes"] > 0 for load in loads), f"the network was not slow: {loads}"
    assert page.url.endswith("/ateliers/reunion")
    return float(page.evaluate("() => window.readyAt"))


def test_the_worker_loads_after_the_page_and_weighs_little(house: House, phone: Phone) -> None:
    context = phone()
    page = visit(context, house.link("rapporteur", "reunion"))
    asked = page.evaluate("async () => (await (await fetch('/sw.js')).arrayBuffer()).byteLength")
    assert asked < 6_000
    page.reload()
    expect(page.locator("html.ready")).to_be_attached()
    assert page.evaluate("() => navigator.serviceWorker.controller !== null")


def test_a_wrong_clock_changes_neither_the_hours_shown_nor_the_order(house: House, phone: Phone) -> None:
    context = phone()
    context.add_init_script("const real = Date.now; Date.now = () => real() + 3 * 3600 * 1000;")
    page = visit(context, house.link("rapporteur", "reunion"))
    write(page, "écrite avec une horloge fausse")
    received(page, "écrite avec une horloge fausse")
    house.stop()
    write(page, "écrite hors ligne avec une horloge fausse")
    expect(page.locator("#device-clock")).to_contain_text("avance de 3 h")
    shown = page.locator(".note time, .note .time").all_inner_texts()[-2:]
    minutes = [int(hour[:2]) * 60 + int(hour[3:5]) for hour in shown]
    assert (minutes[1] - minutes[0]) % 1440 <= 1
    house.start()
    received(page, "écrite hors ligne avec une horloge fausse")
    assert texts(page)[-2:] == ["écrite avec une horloge fausse", "écrite hors ligne avec une horloge fausse"]


def test_two_devices_of_one_seat_each_drain_and_show_the_same(house: House, phone: Phone) -> None:
    link = house.link("rapporteur", "postures")
    one, other = visit(phone("one"), link), visit(phone("other"), link)
    house.stop()
    write(one, "depuis le premier téléphone")
    write(other, "depuis le second téléphone")
    house.start()
    for page in (one, other):
        for text in ("depuis le premier téléphone", "depuis le second téléphone"):
            received(page, text)
    # What is shown stays where it appeared; read anew, it is in the order of the journal for everybody.
    for page in (one, other):
        page.reload()
        received(page, "depuis le second téléphone")
    assert texts(one) == texts(other)


def test_a_server_restored_from_an_older_copy_is_given_again_what_it_forgot(house: House, phone: Phone) -> None:
    context = phone()
    page = visit(context, house.link("rapporteur", "gouvernance"))
    write(page, "écrite avant la copie")
    received(page, "écrite avant la copie")
    copy = str(house.folder / "copie.sqlite")
    house.run("backup", copy)
    write(page, "écrite après la cpie")
    page.keyboard.type("s/cpie/copie/")
    page.keyboard.press("Enter")
    received(page, "écrite après la copie")
    page.wait_for_timeout(2_500)
    house.stop()
    house.run("restore", copy, "--replace")
    house.start()
    other = visit(phone("other"), house.link("rapporteur", "gouvernance"))
    for one in (other, page):
        received(one, "écrite après la copie")
        expect(one.locator(".version")).to_have_count(0)
    other.reload()
    received(other, "écrite après la copie")
    assert texts(other)[-2:] == texts(page)[-2:] == ["écrite avant la copie", "écrite après la copie"]


def test_a_disk_nearly_full_is_said_while_there_is_time(house: House, phone: Phone) -> None:
    context = phone()
    page = visit(context, house.link("rapporteur", "habitants"))
    expect(page.locator("#no-storage")).to_be_hidden()
    # Browsers report a rounded quota, whatever is left: only their own answer can be changed.
    page.add_init_script("StorageManager.prototype.estimate = async () => ({quota: 9_000_000, usage: 6_000_000});")
    page.reload()
    expect(page.locator("#no-storage")).to_contain_text("Libérez de la place")
    write(page, "écrite sur un disque presque plein")
    received(page, "écrite sur un disque presque plein")


LOADS = """
() => ["navigation", "resource"].flatMap((sort) => performance.getEntriesByType(sort)).map((one) => ({
  name: one.name, taken: one.responseEnd - one.startTime, bytes: one.transferSize,
}))
"""
"""What the page took over the network: each file, how long it took (ms) and its bytes, none where a cache gave it."""

READY_AT = """
new MutationObserver(() => {
  if (document.documentElement.classList.contains("ready")) window.readyAt ??= performance.now();
}).observe(document, {subtree: true, attributes: true, attributeFilter: ["class"]});
"""
"""When the page can be written on, by the browser's own clock from the moment its address was entered."""
