"""The links people receive: one seat per workshop for its rapporteurs, one for each other role."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from capture import schedule, seats
from capture.db import db
from capture.models import Gathering, Seat
from capture.seats import Role
from capture.settings import Settings

SHARED_ROLES: tuple[Role, ...] = ("organiser", "temoin", "participant")
"""The roles that need one link for the whole gathering."""


def ensure_seats(gathering_id: int, *, expires_at: int) -> list[Seat]:
    """Open the seats that are missing and return the open ones, organiser first, workshops in programme order.

    A revoked seat is not opened again by itself: somebody closed it on purpose, and opens another if they want one.
    """
    existing = seats.every_seat(gathering_id)
    roles = {seat.role for seat in existing}
    for role in SHARED_ROLES:
        if role not in roles:
            seats.open_seat(gathering_id=gathering_id, role=role, expires_at=expires_at)
    written = {key for seat in existing if seat.role == "rapporteur" for key in seat.sessions}
    workshops = schedule.every_workshop(gathering_id)
    for row in workshops:
        if row.key not in written:
            seats.open_seat(
                gathering_id=gathering_id,
                role="rapporteur",
                sessions=(row.key,),
                label=row.title,
                expires_at=expires_at,
            )
    rank = {row.key: index for index, row in enumerate(workshops)}
    found = [seat for seat in seats.every_seat(gathering_id) if not seat.revoked_position]
    return sorted(
        found,
        key=lambda seat: (seats.ROLES.index(seat.role), min((rank.get(k, 99) for k in seat.sessions), default=0)),
    )


def link(settings: Settings, slug: str, seat: Seat) -> str:
    """Return the address that leads to a seat."""
    token = seats.sign(settings.secret_key, slug=slug, seat_id=seat.id)
    return f"{settings.public_url.rstrip('/')}/rejoindre/{token}"


def expiry(gathering_id: int, *, days: int) -> int:
    """Return when links stop working: some days after the programme's last day, or after today if that is later."""
    gathering = db.session.get_one(Gathering, gathering_id)
    zone = ZoneInfo(gathering.timezone)
    today = dt.datetime.now(zone).date()
    last = max(
        (dt.date.fromisoformat(row.day) for row in schedule.every_session(gathering_id) if row.day), default=today
    )
    end = dt.datetime.combine(max(last, today) + dt.timedelta(days=days), dt.time.max, zone)
    return int(end.timestamp() * 1000)
