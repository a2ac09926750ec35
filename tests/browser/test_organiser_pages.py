"""What an organiser does, in a real Chromium against the real server: watch over, import, hand out, print."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Devices, violations
from tests.serving import Installation

pytestmark = pytest.mark.browser

AT_ONCE = 6_000
"""Milliseconds in which the board says what has just happened in a room."""

PAGES = (
    "",
    "?ordre=inquietude",
    "/notes?q=salle",
    "/programme",
    "/acteurs",
    "/liens",
    "/codes",
    "/codes?format=petit&role=temoin",
    "/avis",
)


@pytest.fixture
def open_board(devices: Devices, installation: Installation) -> Callable[..., Page]:
    def open_page(path: str = "", **options: object) -> Page:
        page = devices.open(installation.link("organiser"), **options)  # type: ignore[arg-type]
        if path:
            page.goto(f"{page.url}{path}")
        return page

    return open_page


def row_of(board: Page, title: str) -> object:
    return board.locator("tr", has=board.locator("th .title", has_text=title))


def notes_of(board: Page, key: str) -> int:
    return int(re.match(r"\d+", board.locator(f'[data-live="notes {key}"]').inner_text())[0])  # type: ignore[index]


def test_a_note_is_counted_on_the_board_as_it_is_written(
    open_board: Callable[..., Page], devices: Devices, installation: Installation
) -> None:
    board = open_board(width=1280, height=800)
    # Another test closes the first workshop's link.
    key = str([one["workshops"] for one in installation.links if one["role"] == "rapporteur"][2][0])  # type: ignore[index]
    before = notes_of(board, key)
    room = devices.open(installation.link("rapporteur", key))
    expect(room.locator("html.ready")).to_be_attached()
    expect(board.locator(f'[data-live="devices {key}"]')).not_to_have_text(re.compile(r"^0"), timeout=20_000)
    room.locator("#field").click()
    room.keyboard.type("On se compte avant de se raconter.")
    room.keyboard.press("Enter")
    expect(board.locator(f'[data-live="notes {key}"]')).to_have_text(re.compile(rf"^{before + 1}\b"), timeout=AT_ONCE)


def test_the_board_says_what_a_device_holds_and_that_it_left(
    open_board: Callable[..., Page], devices: Devices, installation: Installation
) -> None:
    board = open_board("?ordre=inquietude", width=1280, height=800)
    room = devices.open(installation.link("rapporteur", "aller-vers"))
    expect(room.locator("html.ready")).to_be_attached()
    room.route("**/operations*", lambda route: route.abort())
    room.locator("#field").click()
    for text in ("Une.", "Deux.", "Trois."):
        room.keyboard.type(text)
        room.keyboard.press("Enter")
        expect(room.locator("#field")).to_have_value("")
    told = re.compile(r"3 annoncées, pas encore reçues")
    expect(board.locator('[data-live="notes aller-vers"]')).to_have_text(told, timeout=20_000)
    # Other devices of the demonstration may hold some too.
    expect(board.locator('[data-live="totals"]')).to_have_text(re.compile(r"\d+ notes annoncées, pas encore reçues"))
    room.close()
    expect(board.locator('[data-live="devices aller-vers"]')).to_contain_text("1 hors ligne", timeout=20_000)
    # The demonstration's sessions are over: whoever holds these notes must be found.
    concern = board.locator('[data-live="concern aller-vers"]')
    expect(concern).to_have_text("Séance finie, 3 notes encore sur des appareils : retrouvez-les.")
    expect(board.locator("#moved")).to_be_visible()
    board.locator("#moved a").click()
    worried = board.locator("tbody tr", has=board.locator(".why"))
    # Another test's room may be worried about as well.
    expect(worried.filter(has=board.locator('[data-live="notes aller-vers"]'))).to_contain_text("3 annoncées")


def test_a_workshop_is_closed_and_opened_with_the_keyboard_alone(open_board: Callable[..., Page]) -> None:
    board = open_board()
    button = board.locator('button[name="close"]:not([value*=" "])').last
    key = button.get_attribute("value")
    button.focus()
    board.keyboard.press("Enter")
    expect(board.get_by_role("status").filter(has_text="1 atelier fermé aux notes.")).to_be_visible()
    again = board.locator(f'button[name="open"][value="{key}"]')
    again.focus()
    board.keyboard.press("Enter")
    expect(board.locator(f'button[name="close"][value="{key}"]')).to_be_visible()


def test_a_corrected_programme_is_read_then_confirmed(open_board: Callable[..., Page]) -> None:
    page = open_board("/programme", width=1280, height=800)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Le télécharger pour le corriger").click()
    lines = waiting.value.path().read_bytes().decode("utf-8-sig").splitlines()
    lines.append("emporter,2018-11-27,17:00,17:30,plénière,Ce que nous emportons,Parvis,,non,,")
    file = {"name": "programme.csv", "mimeType": "text/csv", "buffer": "\r\n".join(lines).encode()}
    page.set_input_files("#file", file)
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("heading", name="1 séance ajoutée")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Confirmer").first.click()
    expect(page.get_by_role("status")).to_have_text("Le programme est importé.")
    expect(page.get_by_role("rowheader", name="Ce que nous emportons")).to_be_visible()


def test_a_wrong_programme_is_shown_line_by_line(open_board: Callable[..., Page]) -> None:
    page = open_board("/programme")
    wrong = b"jour,debut,fin,titre\n26/11/2018,25:00,26:00,Habiter\n31/02/2018,09:00,10:00,Bouger\n"
    page.set_input_files("#file", {"name": "faux.csv", "mimeType": "text/csv", "buffer": wrong})
    page.get_by_role("button", name="Voir ce qui changerait").click()
    expect(page.get_by_role("alert").get_by_role("row")).to_have_count(4)
    assert violations(page) == []


def test_a_link_is_copied_then_closed_and_opens_nothing_more(
    open_board: Callable[..., Page], devices: Devices, installation: Installation
) -> None:
    page = open_board("/liens", width=1280, height=800)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Ouvrir un autre lien d’organisation").click()
    places = page.locator(".place").first.locator(".link")
    addresses = places.locator("input").evaluate_all("fields => fields.map(field => field.value)")
    (fresh,) = [one for one in addresses if one != installation.link("organiser")]
    link = places.filter(has=page.locator(f'input[value="{fresh}"]'))
    link.get_by_role("button", name="Copier").click()
    expect(link.get_by_role("button", name="Copié")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == fresh
    link.get_by_role("link", name="Fermer").click()
    assert violations(page) == []
    page.get_by_role("button", name="Fermer le lien").click()
    expect(page.get_by_role("status").first).to_have_text("Le lien est fermé. Les notes écrites avec lui restent.")
    refused = devices.open(fresh)
    expect(refused.get_by_role("heading", name="Ce lien n’ouvre pas cette page")).to_be_visible()
    assert violations(refused) == []


def test_a_note_is_found_by_its_words_erased_and_leaves_the_rapporteur_s_screen(
    open_board: Callable[..., Page], devices: Devices, installation: Installation
) -> None:
    room = devices.open(installation.link("rapporteur", "postures"))
    expect(room.locator("html.ready")).to_be_attached()
    room.locator("#field").click()
    room.keyboard.type("Zéphyrine a demandé qu’on ne garde pas sa phrase.")
    room.keyboard.press("Enter")
    expect(room.locator('.note[data-state="received"]', has_text="Zéphyrine")).to_be_visible()
    page = open_board("/notes")
    page.get_by_label("Mots de la note").fill("zephyrine PHRASE")
    page.keyboard.press("Enter")
    expect(page.locator(".found > li")).to_have_count(1)
    page.get_by_role("link", name="Effacer").click()
    expect(page.get_by_role("heading", name="Effacer cette note ?")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Effacer la note").click()
    expect(page.get_by_role("status").first).to_have_text("La note est effacée : ses mots ne sont plus ici.")
    expect(room.locator(".note", has_text="Zéphyrine")).to_have_count(0)
    room.wait_for_timeout(2_500)
    kept = room.evaluate(KEPT_HERE)
    assert "Zéphyrine" not in kept


KEPT_HERE = """
() => new Promise((resolve) => {
  const asked = indexedDB.open("restitution:journees-2018");
  asked.onsuccess = () => {
    const all = asked.result.transaction(["rows", "boards"]);
    const rows = all.objectStore("rows").getAll(), boards = all.objectStore("boards").getAll();
    all.oncomplete = () => resolve(JSON.stringify([rows.result, boards.result]));
  };
})
"""
"""Everything that this device keeps of the gathering."""


@pytest.mark.parametrize(("query", "per_page"), [("", 2), ("?format=petit", 8)])
def test_the_codes_print_on_whole_a4_pages(open_board: Callable[..., Page], query: str, per_page: int) -> None:
    page = open_board(f"/codes{query}", dark=True)
    cards = page.locator(".code").count()
    pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == -(-cards // per_page)
    width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)
    assert "Imprimer" not in "".join(sheet.extract_text() for sheet in pdf.pages)


def test_a_code_is_dark_on_white_even_at_night(open_board: Callable[..., Page]) -> None:
    page = open_board("/codes", dark=True)
    drawing = page.locator(".qr").first
    assert drawing.locator("path").first.get_attribute("fill") == "#fff"
    assert drawing.locator("path").last.get_attribute("stroke") == "#000"
    box = drawing.bounding_box()
    assert box is not None
    assert box["width"] >= 120


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_never_wider_than_the_screen(
    open_board: Callable[..., Page], installation: Installation, width: int, dark: bool
) -> None:
    page = open_board(width=width, height=800, dark=dark)
    base = page.url
    for path in [*(base + one for one in PAGES), f"{installation.url}/", f"{installation.url}/nulle-part"]:
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_the_interface_speaks_english_when_asked_and_remembers(open_board: Callable[..., Page]) -> None:
    page = open_board()
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rooms")
    page.get_by_role("link", name="Programme").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
