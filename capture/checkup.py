"""What « Contrôle avant ouverture » asks of the server: its hour, a stream that beats, and codes to scan.

The measuring is done by the page, for it is this network, from this device, that is in question.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from capture.codes import drawing

BEATS = 6
BEAT_SECONDS = 0.4
"""Long enough to tell one by one from all at once on a slow network, short enough to wait for."""

READING_DISTANCE = 10
"""A phone reads a code from about ten times its width."""

WIDTHS = (3, 5, 8)
"""Centimetres: a badge, the small card, the large card."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A code to scan, drawn at a width in centimetres, and from how far it should be read."""

    width: int
    distance: int
    drawing: Markup


def beats() -> Iterator[bytes]:
    """Yield Server-Sent Events one by one: whoever receives them all together is behind something that keeps them."""
    for number in range(BEATS):
        if number:
            time.sleep(BEAT_SECONDS)
        yield f"event: beat\ndata: {number}\n\n".encode()


def samples(address: str) -> tuple[Sample, ...]:
    """Return codes of an address at the widths that are printed."""
    return tuple(Sample(width=width, distance=width * READING_DISTANCE, drawing=drawing(address)) for width in WIDTHS)
