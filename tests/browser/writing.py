"""A rapporteur at their page, and an organiser at theirs: what several tests of the browser do."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Installation

if TYPE_CHECKING:
    from tests.browser.conftest import Devices


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

    def says(self, words: str | re.Pattern[str]) -> None:
        """The header says so, at the latest in a moment."""
        expect(self.page.locator("#state-words")).to_have_text(words)


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
