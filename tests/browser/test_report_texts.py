"""The report written together, as its writers see it: saved as one writes, two at once, by keyboard, signed apart."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Devices, violations
from tests.serving import Installation


def test_two_organisers_write_at_once_and_a_witness_signs(devices: Devices, installation: Installation) -> None:
    first = devices.open(installation.link("organiser"))
    address = (
        f"{installation.url}/{first.url.removeprefix(installation.url).split(chr(47))[1]}/synthese/rapport/textes"
    )
    second = devices.open(installation.link("organiser"), width=1280, dark=True)
    for page in (first, second):
        page.goto(address)
    intro = "[data-part=introduction]"
    first.get_by_label("Introduction", exact=True).first.fill("Deux jours à Brume.")
    expect(first.locator(f"{intro} .saved")).to_have_text("Enregistré.")
    expect(second.get_by_label("Introduction", exact=True).first).to_have_value("Deux jours à Brume.")
    for page, text in ((first, "Deux jours au pays."), (second, "Deux jours ensemble.")):
        page.get_by_label("Introduction", exact=True).first.fill(text)
    for page in (first, second):
        expect(page.locator(f"{intro} [data-settle]")).to_have_count(2)
    assert violations(first) == []
    kept = second.locator(f"{intro} .words").first.inner_text()
    second.locator(f"{intro} [data-settle]").first.press("Enter")
    for page in (first, second):
        expect(page.locator(f"{intro} [data-settle]")).to_have_count(0)
    expect(second.get_by_label("Introduction", exact=True).first).to_have_value(kept)
    while second.locator(".chapters h3").count() < 2:
        second.wait_for_timeout(500)
        second.reload()
    first.reload()
    name = second.locator(".chapters h3").nth(1).inner_text()
    second.locator("[data-move='-1']").nth(1).press("Enter")
    expect(first.locator(".chapters h3").first).to_have_text(name)
    witness = devices.open(installation.link("temoin"))
    witness.goto(address)
    witness.get_by_label("Signature").fill("Maëlle Kerguen")
    witness.get_by_label("Votre texte").fill("J’ai entendu de la patience.")
    expect(witness.locator(".testimony .saved").first).to_have_text("Enregistré.")
    assert violations(witness) == []
    expect(first.get_by_text("J’ai entendu de la patience.")).to_have_count(0)
    first.reload()
    expect(first.get_by_text("J’ai entendu de la patience.")).to_be_visible()
