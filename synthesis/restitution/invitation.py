"""The code by which the room reads along: the participants' own link, leading to the reading view."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from capture import seats
from capture.codes import drawing, short
from capture.settings import Settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A way in for the room."""

    drawing: Markup
    address: str
    """As people read it."""


def code_of(gathering_id: int, settings: Settings) -> Code | None:
    """Return the room's code; None when no participant's link works."""
    for seat in seats.every_seat(gathering_id):
        if seat.role == "participant" and seats.usable(seat):
            address = f"{settings.public_url.rstrip('/')}/suivre/{seats.sign(settings.secret_key, seat.id)}"
            return Code(drawing=drawing(address), address=short(address))
    return None
