"""From a rapporteur's keystroke to the downloaded report, as people take it: three devices, one server."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document
from odfdo import Document as OpenDocument
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Devices, violations
from tests.serving import ROOT, Installation

IMAGES = ROOT / "docs" / "images"
WORKSHOP = "gouvernance"
WAIT = 60_000


@pytest.fixture
def ready(installation: Installation, devices: Devices) -> Installation:
    """The demonstration once its first themes are there."""
    page = devices.open(installation.link("temoin"), width=1280)
    expect(page.locator("#themes article").nth(3)).to_be_visible(timeout=280_000)
    return installation


def theme_of(page: Page, ready: Installation, text: str) -> str:
    """The theme that a note stands in, asked of the server until the follower has read it."""
    limit = time.monotonic() + WAIT / 1000
    while time.monotonic() < limit:
        edition = page.request.get(f"{ready.url}/api/v1/journees-2018/editions/latest").json()
        for note in edition["notes"]:
            if note["text"] == text and note["theme_id"]:
                return str(note["theme_id"])
        page.wait_for_timeout(200)
    raise AssertionError(f"no theme took « {text} »")


def test_a_note_goes_from_one_phone_to_the_next_and_into_a_theme_of_the_witness(
    ready: Installation, devices: Devices
) -> None:
    writer = devices.open(ready.link("rapporteur", WORKSHOP))
    beside = devices.open(ready.link("rapporteur", WORKSHOP))
    witness = devices.open(ready.link("temoin"), width=1280)
    before = int(witness.locator('[data-quiet="notes"]').inner_text().split()[0])
    text = "Les élu⋅es référent·es qui laissent la main aux habitant.e.s font gagner un an à la démarche."
    writer.locator("textarea").first.fill(text)
    writer.locator("textarea").first.press("Enter")
    expect(writer.locator("textarea").first).to_have_value("")
    expect(beside.get_by_text(text).first).to_be_attached(timeout=WAIT)
    expect(witness.locator('[data-quiet="notes"]')).to_have_text(f"{before + 1} notes", timeout=WAIT)
    theme = theme_of(witness, ready, text)
    reader = devices.open(ready.link("temoin"), width=1280)
    reader.goto(f"{ready.url}/journees-2018/synthese/themes/{theme}")
    expect(reader.get_by_text(text).first).to_be_attached()


def test_a_name_given_by_a_witness_survives_late_notes_and_reaches_the_other_witness(
    ready: Installation, devices: Devices
) -> None:
    one = devices.open(ready.link("temoin"), width=1280)
    other = devices.open(ready.link("temoin"), width=1280)
    theme = one.locator("#themes article").first
    name = theme.get_attribute("data-theme")
    theme.get_by_role("button", name="Renommer").click()
    one.keyboard.press("Control+a")
    one.keyboard.type("Qui décide, au fond")
    one.keyboard.press("Enter")
    expect(one.locator(f"#name-{name}")).to_contain_text("Qui décide, au fond", timeout=WAIT)
    expect(other.locator(f"#name-{name}")).to_contain_text("Qui décide, au fond", timeout=WAIT)
    writer = devices.open(ready.link("rapporteur", WORKSHOP))
    for number in range(6):
        writer.locator("textarea").first.fill(
            f"Une règle simple pour décider ensemble, écrite au mur, version {number}."
        )
        writer.locator("textarea").first.press("Enter")
    # Longer than the follower waits before it looks at all the themes again.
    writer.wait_for_timeout(9_000)
    again = devices.open(ready.link("temoin"), width=1280)
    expect(again.locator(f"#name-{name}")).to_contain_text("Qui décide, au fond")
    expect(again.locator(f'[data-quiet="origin-{name}"]')).to_contain_text("validé")


@pytest.mark.parametrize("ending", ["html", "pdf", "docx", "odt", "md"])
def test_the_report_downloads_and_opens(ready: Installation, devices: Devices, ending: str) -> None:
    page = devices.open(ready.link("temoin"), width=1280)
    quote = page.locator("#themes article blockquote").first.inner_text()
    first_words = " ".join(quote.replace("«", "").replace("»", "").split()[:4])
    with page.expect_download() as download:
        page.evaluate(
            "address => { const a = document.createElement('a'); a.href = address; a.download = ''; a.click(); }",
            f"{ready.url}/journees-2018/rapport.{ending}",
        )
    body = Path(download.value.path()).read_bytes()
    assert first_words in " ".join(text_of(body, ending).split())


def text_of(body: bytes, ending: str) -> str:
    """A document's words, as another program reads them."""
    if ending == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if ending == "docx":
        document = Document(io.BytesIO(body))
        return " ".join(paragraph.text for paragraph in document.paragraphs)
    if ending == "odt":
        return str(OpenDocument(io.BytesIO(body)).get_formatted_text())
    return body.decode("utf-8")


def test_the_data_downloads_as_one_archive(ready: Installation, devices: Devices) -> None:
    page = devices.open(ready.link("temoin"))
    answer = page.request.get(f"{ready.url}/journees-2018/donnees/donnees.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body())) as archive:
        assert {"edition.json", "notes.csv", "workbook.xlsx", "graph.gexf", "graph.graphml"} <= set(archive.namelist())


PAGES = {
    "accueil": ("temoin", "/"),
    "ecriture": ("rapporteur", ""),
    "themes": ("temoin", ""),
    "acteurs": ("temoin", "/journees-2018/synthese/acteurs"),
    "rapport": ("temoin", "/journees-2018/synthese/rapport"),
    "mur": ("participant", ""),
    "scene": ("temoin", "/journees-2018/scene"),
    "pupitre": ("temoin", "/journees-2018/pupitre"),
    "reperes": ("temoin", "/journees-2018/synthese/reperes"),
    "suivre": ("participant", "/journees-2018/suivre"),
    "salles": ("organiser", ""),
    "programme": ("organiser", "/journees-2018/organisation/programme"),
    "liens": ("organiser", "/journees-2018/organisation/liens"),
    "codes": ("organiser", "/journees-2018/organisation/codes"),
    "refus": ("temoin", "/journees-2018/organisation"),
}


@pytest.fixture(params=sorted(PAGES))
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def go(devices: Devices, ready: Installation, place: str, **device: int | bool) -> Page:
    role, path = PAGES[place]
    page = devices.open(ready.link(role, WORKSHOP if role == "rapporteur" else ""), **device)  # type: ignore[arg-type]
    if place == "reperes":
        star(page)
    if path:
        page.goto(ready.url + path)
    page.wait_for_load_state("load")
    if place == "scene":
        show_a_quote(page)
    page.wait_for_timeout(700)
    return page


def star(page: Page) -> None:
    """Two things to say: a sheet without any shows nothing."""
    for mark in ("#themes .titled .star", "#themes .quote .star"):
        page.locator(mark).first.click()
    expect(page.locator("#starred")).to_have_text("★ 2")


def show_a_quote(page: Page) -> None:
    """A screen is made for words that were noted."""
    expect(page.locator("html.ready")).to_be_attached()
    while page.locator("#scene blockquote.words:not(.below)").count() == 0:
        page.keyboard.press("PageDown")


def test_no_page_breaks_an_accessibility_rule(ready: Installation, devices: Devices, place: str) -> None:
    for dark in (False, True):
        assert violations(go(devices, ready, place, dark=dark)) == []


def test_no_page_asks_anything_of_another_origin_or_breaks_its_own_policy(
    ready: Installation, devices: Devices, place: str
) -> None:
    page = devices.open("about:blank", width=1280)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    role, path = PAGES[place]
    page.goto(ready.link(role, WORKSHOP if role == "rapporteur" else ""))
    if path:
        page.goto(ready.url + path)
    page.wait_for_timeout(1_000)
    assert [address for address in asked if not address.startswith((ready.url, "data:", "blob:"))] == []
    refused = "the server responded with a status of 403"
    assert [one for one in complaints if not (place == "refus" and refused in one)] == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1920, 1080)])
def test_every_page_fits_a_phone_and_a_projector_and_its_picture_is_kept(
    ready: Installation, devices: Devices, place: str, width: int, height: int, tmp_path: Path
) -> None:
    page = go(devices, ready, place, width=width, height=height)
    overflow = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    folder = IMAGES if os.environ.get("PICTURES") else tmp_path
    page.screenshot(path=folder / f"{place}-{width}.png")
    assert (folder / f"{place}-{width}.png").stat().st_size > 5_000
