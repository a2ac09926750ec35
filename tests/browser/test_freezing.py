"""Freezing a version on a page that was open for a while: what is frozen is what the reader had under their eyes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Devices
from tests.browser.writing import Open
from tests.serving import Installation

pytestmark = pytest.mark.browser

WAIT = 60_000


def test_a_version_is_frozen_as_it_stands_and_not_as_the_page_was_opened(
    installation: Installation, devices: Devices, writer: Open
) -> None:
    page = devices.open(installation.link("temoin"), width=1280)
    expect(page.locator("#themes article").nth(3)).to_be_visible(timeout=280_000)
    page.reload()
    counted = page.locator('[data-quiet="notes"]')
    before = int(counted.inner_text().split()[0])
    writer("gouvernance").write("Une phrase notée bien après que le bureau a été ouvert.")
    expect(counted).to_have_text(f"{before + 1} notes", timeout=WAIT)
    offer = page.locator("#offer > button")
    if offer.count():
        offer.click()
    page.get_by_role("button", name="Figer ma version").click()
    expect(page.get_by_role("button", name="Lire la plus récente")).to_be_visible(timeout=WAIT)
    expect(page.locator("#living")).to_contain_text(f"{before + 1} notes")
