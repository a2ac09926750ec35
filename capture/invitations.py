"""The links people receive: one seat per workshop for its rapporteurs, one for each other role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from capture import schedule, seats
from capture.db import db
from capture.errors import NotFound
from capture.models import Gathering, Seat, Session
from capture.seats import Holder, Role
from capture.settings import Settings

SHARED_ROLES: tuple[Role, ...] = ("organiser", "temoin", "participant")
"""The roles that need one link for the whole gathering."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What a link leads to: a workshop for its rapporteurs, or a role in the whole gathering."""

    role: Role
    session: Session | None = None
    seats: tuple[Seat, ...] = ()
    """The seats whose links work."""
    shut: tuple[Seat, ...] = ()
    """The seats that were closed, or whose time is over."""

    @property
    def closed_by_hand(self) -> bool:
        """Whether somebody closed it on purpose and nobody opened another."""
        return not self.seats and any(seat.revoked_position for seat in self.shut)


def places(gathering_id: int) -> list[Place]:
    """Return every place a link may lead to, the shared roles first, then the workshops in programme order."""
    every = seats.every_seat(gathering_id)
    workshops = schedule.every_workshop(gathering_id)
    wanted: list[tuple[Role, Session | None]] = [(role, None) for role in SHARED_ROLES]
    wanted += [("rapporteur", row) for row in workshops]
    found = []
    for role, session in wanted:
        own = [seat for seat in every if seat.role == role and (session is None or session.key in seat.sessions)]
        found.append(
            Place(
                role=role,
                session=session,
                seats=tuple(seat for seat in own if seats.usable(seat)),
                shut=tuple(seat for seat in own if not seats.usable(seat)),
            )
        )
    return found


def ensure_seats(gathering_id: int, *, expires_at: int) -> list[Seat]:
    """Open the seats that are missing and return those that work, organiser first, workshops in programme order.

    A revoked seat is not opened again by itself: somebody closed it on purpose, and opens another if they want one.
    The organiser's is, because without it nobody could.
    """
    for place in places(gathering_id):
        if not place.seats and (place.role == "organiser" or not place.closed_by_hand):
            _open(gathering_id, place, expires_at=expires_at)
    found: dict[str, Seat] = {}
    for place in places(gathering_id):
        found.update((seat.id, seat) for seat in place.seats)
    return list(found.values())


def organisers(gathering_id: int) -> list[Seat]:
    """Return the organiser's seats that work; one without a limit of date is opened where there is none."""
    place = next(place for place in places(gathering_id) if place.role == "organiser")
    if not place.seats:
        # Nobody knows yet which days the gathering has.
        _open(gathering_id, place, expires_at=0)
        place = next(place for place in places(gathering_id) if place.role == "organiser")
    return list(place.seats)


def reopen(role: str, key: str, *, by: Holder, expires_at: int) -> None:
    """Open a new seat where none works; where one does, there is nothing to do, except for a second organiser.

    Raises:
        NotFound: no such role or workshop.
    """
    seats.access_role(by, "organiser")
    for place in places(by.gathering_id):
        if place.role == role and (place.session.key if place.session else "") == key:
            if not place.seats or role == "organiser":
                _open(by.gathering_id, place, expires_at=expires_at, author=by.author)
            return
    raise NotFound


def access_seat(by: Holder, seat_id: str) -> tuple[Place, Seat]:
    """Return a seat whose link works, and where it leads.

    Raises:
        NotFound: there is none, or it is closed already.
    """
    for place in places(by.gathering_id):
        for seat in place.seats:
            if seat.id == seat_id:
                return place, seat
    raise NotFound


def _open(gathering_id: int, place: Place, *, expires_at: int, author: str = "") -> None:
    session = place.session
    seats.open_seat(
        gathering_id=gathering_id,
        role=place.role,
        sessions=(session.key,) if session else (),
        label=session.title if session else "",
        expires_at=expires_at,
        author=author,
    )


def link(settings: Settings, seat: Seat) -> str:
    """Return the address that leads to a seat."""
    token = seats.sign(settings.secret_key, seat.id)
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
