"""The codes that people scan: each link as a drawing that a page shows and a printer prints.

Plain SVG with attributes only: the page's policy allows no inline style.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import segno
from markupsafe import Markup

from capture.invitations import Place
from capture.models import Seat

QUIET = 4
"""Blank modules around a code: what the standard asks, and what readers need."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One card of the sheet."""

    place: Place
    address: str
    """Without its scheme, as people read it."""
    drawing: Markup


def cards(found: Iterable[Place], link: Callable[[Seat], str], roles: Collection[str]) -> list[Card]:
    """Return a card for each place of these roles whose link works."""
    return [
        Card(place=place, address=short(link(place.seats[0])), drawing=drawing(link(place.seats[0])))
        for place in found
        if place.seats and place.role in roles
    ]


def drawing(address: str) -> Markup:
    """Return a QR code of an address as inline SVG, dark on white whatever the page's colours.

    Level M restores 15 % of the modules: a fold, a finger, a drop of coffee.
    """
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, border=QUIET, svgclass="qr", lineclass=None, light="#fff")
    return Markup(svg)  # noqa: S704 - segno's own drawing; the address is in its modules, never in its text


def short(address: str) -> str:
    """Return an address as people say it: without its scheme."""
    return address.partition("://")[2] or address
