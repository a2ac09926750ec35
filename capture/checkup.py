"""« Contrôle avant ouverture »: the server's hour, a stream that beats, and codes to scan.

The measuring is done by the page, for it is this network, from this device, that is in question. The codes are drawn
as finely as those of the gathering's own links, or they would be read from further; a phone that scans one says which
it read, then tries itself. What such a code opens is signed, holds no seat, and tells nothing of a gathering.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer
from markupsafe import Markup

from capture.codes import drawing
from capture.errors import LinkUnreadable

TRIAL = "/controler"
"""Where a sample leads: as long as the address of a link that seats somebody, for the same number of modules."""

_SALT = "restitution.checkup"

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


LASTING = round((BEATS - 1) * BEAT_SECONDS * 1000)
"""Milliseconds between the first beat and the last."""


def samples(public_url: str, secret_key: str) -> tuple[Sample, ...]:
    """Return codes at the widths that are printed, each as fine as a link's."""
    return tuple(
        Sample(
            width=width,
            distance=width * READING_DISTANCE,
            drawing=drawing(f"{public_url}{TRIAL}/{sign(secret_key, width)}"),
        )
        for width in WIDTHS
    )


def sign(secret_key: str, width: int) -> str:
    """Return the token of a sample of so many centimetres, of the length of a seat's."""
    return Signer(secret_key, salt=_SALT).sign(f"code-de-{width}cm").decode()


def unsign(secret_key: str, token: str) -> int:
    """Return the width of the sample that was scanned.

    Raises:
        LinkUnreadable: we did not sign it, or it was cut.
    """
    try:
        words = Signer(secret_key, salt=_SALT).unsign(token).decode()
    except (BadSignature, UnicodeError) as error:
        raise LinkUnreadable from error
    return int(words.removeprefix("code-de-").removesuffix("cm"))
