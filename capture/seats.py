"""Who may do what: seats, the signed links that lead to them, and the only ways to reach a thing.

A door never fetches a workshop by itself: it calls `access_…`, which says 404 before 403, so that a link tells
nothing about what it does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from itsdangerous import BadSignature, Signer
from sqlalchemy import bindparam, select

from capture import journal
from capture.db import db
from capture.errors import LastOrganiser, LinkUnreadable, NotFound, NotYourSeat, Refusal, SeatExpired, SeatRevoked
from capture.lately import lately, seats_change
from capture.models import Gathering, Seat, Session
from capture.operations import SeatOpened, SeatRevokedByOrganiser
from capture.state import SeatState, State, Written, seat_after

Role = Literal["organiser", "rapporteur", "temoin", "participant"]
ROLES: tuple[Role, ...] = ("organiser", "rapporteur", "temoin", "participant")

_SALT = "restitution.seat"
_AGAIN = "restitution.again"

# Written once, and of columns: to write it anew and to fill an identity map would cost more than its answer.
_SEATS = (
    select(
        Gathering.id.label("gathering_id"),
        Seat.id.label("seat_id"),
        Seat.role,
        Seat.sessions,
        Seat.revoked_position,
        Seat.expires_at,
    )
    .outerjoin(Seat, (Seat.gathering_id == Gathering.id) & Seat.id.in_(bindparam("ids", expanding=True)))
    .where(Gathering.slug == bindparam("slug"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """A device in a seat: who acts, as far as we want to know."""

    gathering_id: int
    slug: str
    seat_id: str
    role: str
    sessions: tuple[str, ...]
    device: str

    @property
    def author(self) -> str:
        """The seat and the device: two phones that scanned one code are two authors."""
        return f"{self.seat_id}.{self.device}"


def sign(secret_key: str, seat_id: str) -> str:
    """Return the token of a join link: short, for a code that is read from far; never stored, for it can be remade."""
    return Signer(secret_key, salt=_SALT).sign(seat_id).decode()


def unsign(secret_key: str, token: str) -> tuple[str, str]:
    """Return the gathering's slug and the seat's id of a join token.

    Raises:
        LinkUnreadable: we did not sign it, it was cut, or its seat is not here.
    """
    try:
        seat_id = Signer(secret_key, salt=_SALT).unsign(token).decode()
    except (BadSignature, UnicodeError) as error:
        raise LinkUnreadable from error
    slug = db.session.execute(
        select(Gathering.slug).join(Seat, Seat.gathering_id == Gathering.id).where(Seat.id == seat_id)
    ).scalar_one_or_none()
    if slug is None:
        raise LinkUnreadable
    return slug, seat_id


def sign_again(secret_key: str, by: Holder) -> str:
    """Return the mark by which a device whose cookie is gone sits where it sat, as the same author."""
    return Signer(secret_key, salt=_AGAIN).sign(f"{by.seat_id} {by.device}").decode()


def unsign_again(secret_key: str, mark: str) -> tuple[str, str]:
    """Return the seat's id and the device that a mark was made for.

    Raises:
        LinkUnreadable: we did not sign it.
    """
    try:
        seat_id, _, device = Signer(secret_key, salt=_AGAIN).unsign(mark).decode().partition(" ")
    except (BadSignature, UnicodeError) as error:
        raise LinkUnreadable from error
    return seat_id, device


def open_seat(
    *,
    gathering_id: int,
    role: Role,
    sessions: tuple[str, ...] = (),
    label: str = "",
    expires_at: int = 0,
    author: str = "",
    operation_id: str | None = None,
) -> str:
    """Open a seat and return its id."""
    seat_id = secrets.token_urlsafe(8)
    act = SeatOpened(seat_id=seat_id, role=role, sessions=sessions, label=label, expires_at=expires_at)
    journal.append(act, gathering_id=gathering_id, operation_id=operation_id or f"seat-{seat_id}", author=author)
    return seat_id


def revoke(
    act: SeatRevokedByOrganiser, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Close a seat for everyone who holds its link; what they wrote stays.

    Raises:
        LastOrganiser: nobody could open another one.
    """

    def refuse() -> None:
        if by.role != "organiser":
            raise NotYourSeat
        seat = db.session.get(Seat, (by.gathering_id, act.seat_id))
        if seat is None:
            raise NotFound
        if seat.role == "organiser" and not _other_organisers(seat):
            raise LastOrganiser

    return record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def record(
    act: object, *, by: Holder, operation_id: str, device_at: int | None = None, refuse: journal.Refuse
) -> journal.Receipt:
    """Journal an act of a holder: whose journal and whose hand are the holder's own."""
    return journal.append(
        act,
        gathering_id=by.gathering_id,
        operation_id=operation_id,
        author=by.author,
        device_at=device_at,
        refuse=refuse,
    )


def usable(seat: Seat) -> bool:
    """Say whether a seat's link opens anything now."""
    return not seat.revoked_position and not (seat.expires_at and journal.now() > seat.expires_at)


def _other_organisers(seat: Seat) -> list[Seat]:
    every = every_seat(seat.gathering_id)
    return [one for one in every if one.role == "organiser" and one.id != seat.id and usable(one)]


@journal.projects(SeatOpened, SeatRevokedByOrganiser)
def _project(gathering_id: int, written: Written) -> None:
    seats_change()
    row = db.session.get(Seat, (gathering_id, written.act.seat_id))
    before = {row.id: seat_state(row)} if row else {}
    after = seat_after(State(seats=before), written)
    if after is None:
        return
    db.session.merge(
        Seat(
            gathering_id=gathering_id,
            id=after.id,
            role=after.role,
            sessions=list(after.sessions),
            label=after.label,
            expires_at=after.expires_at,
            revoked_position=after.revoked_position,
        )
    )


def seat_state(row: Seat) -> SeatState:
    """Return a row as the value it stores."""
    return SeatState(
        id=row.id,
        role=row.role,
        sessions=tuple(row.sessions),
        label=row.label,
        expires_at=row.expires_at,
        revoked_position=row.revoked_position,
    )


def every_seat(gathering_id: int) -> list[Seat]:
    """Return the seats of a gathering, by role then label."""
    rows = db.session.scalars(select(Seat).where(Seat.gathering_id == gathering_id))
    return sorted(rows, key=lambda seat: (ROLES.index(seat.role), seat.label, seat.id))


def access_gathering(slug: str) -> Gathering:
    """Return a gathering by its slug.

    Raises:
        NotFound: there is none.
    """
    gathering = db.session.scalars(select(Gathering).where(Gathering.slug == slug)).one_or_none()
    if gathering is None:
        raise NotFound
    return gathering


def take(slug: str, seat_id: str, *, device: str) -> Holder:
    """Sit down: check that the seat exists and is still open.

    Raises:
        NotFound: no such gathering or seat.
        SeatRevoked: the organiser closed it.
        SeatExpired: its time is over.
    """
    (found,) = take_all(slug, [seat_id], device=device)
    if isinstance(found, Refusal):
        raise found
    return found


def take_all(slug: str, seat_ids: Sequence[str], *, device: str) -> list[Holder | Refusal]:
    """Sit down in each of these seats, or say why not; one look at the tables, for every request begins so.

    Raises:
        NotFound: no such gathering.
    """
    rows = lately("seats").recall((slug, tuple(seat_ids)), lambda: _look_up(slug, seat_ids))
    if not rows:
        raise NotFound
    here = {row.seat_id: row for row in rows}
    return [_holder(slug, device, here[seat_id]) if seat_id in here else NotFound() for seat_id in seat_ids]


def _look_up(slug: str, seat_ids: Sequence[str]) -> Sequence[Any]:
    return db.session.connection().execute(_SEATS, {"slug": slug, "ids": list(seat_ids)}).all()


def _holder(slug: str, device: str, row: Any) -> Holder | Refusal:
    if row.revoked_position:
        return SeatRevoked()
    if row.expires_at and journal.now() > row.expires_at:
        return SeatExpired(since=_day(row.expires_at))
    return Holder(
        gathering_id=row.gathering_id,
        slug=slug,
        seat_id=row.seat_id,
        role=row.role,
        sessions=tuple(row.sessions),
        device=device,
    )


def access_workshop(by: Holder, key: str) -> Session:
    """Return a session that this holder may write in or watch.

    Raises:
        NotFound: no such session in this gathering.
        NotYourSeat: the holder's link is for another one.
    """
    session = db.session.get(Session, (by.gathering_id, key))
    if session is None or not session.takes_notes:
        raise NotFound
    if by.role == "rapporteur" and key not in by.sessions:
        raise NotYourSeat
    if by.role == "participant":
        raise NotYourSeat
    return session


def access_role(by: Holder, *roles: Role) -> Holder:
    """Return the holder if it has one of these roles; an organiser has them all.

    Raises:
        NotYourSeat: it has not.
    """
    if by.role not in roles and by.role != "organiser":
        raise NotYourSeat
    return by


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%d/%m/%Y")
