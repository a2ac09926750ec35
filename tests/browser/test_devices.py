"""Devices as they are: two of them, a wrong clock, a full disk, a server that went back to an older copy."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.house import House, Phone, eventually, received, texts, visit, write

pytestmark = pytest.mark.browser


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
    both = ["écrite avec une horloge fausse", "écrite hors ligne avec une horloge fausse"]
    eventually(lambda: texts(page)[-2:], both)


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
    eventually(lambda: texts(one), texts(other))


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
    for one in (other, page):
        eventually(lambda one=one: texts(one)[-2:], ["écrite avant la copie", "écrite après la copie"])  # type: ignore[misc]


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
