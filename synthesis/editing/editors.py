"""What people write in the report: each verb refuses first, then journals; nothing is overwritten unseen."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from capture import journal, seats
from capture.db import db
from capture.errors import NoEdition, NotFound, NotYourSeat, ReportFinal
from capture.models import Entry, Gathering
from capture.performing import performs
from capture.seats import Holder
from capture.text import unreadable_at
from synthesis import editions, window
from synthesis.decisions import Decided
from synthesis.editing.acts import ReportOrdered, ReportSettled, ReportTestified, ReportWorded
from synthesis.editing.texts import PART, THEME, WITNESS, Texts, fold
from synthesis.errors import ReportTextTooLong, ReportTextUnreadable
from synthesis.report.words_fr import FRENCH
from synthesis.themes.curation import wish

TEXT_MAX = 20_000
LINE_MAX = 300

NAMES = ("report.worded", "report.testified", "report.ordered", "report.settled")

TITLED = tuple(key for key in FRENCH.titles if not key.startswith("annexe-"))
"""The parts whose title may be changed."""


def texts(gathering_id: int, until: int | None = None) -> Texts:
    """Return what people wrote in the report up to a position; up to now, if none is given."""
    query = select(Entry).where(Entry.gathering_id == gathering_id, Entry.name.in_(NAMES)).order_by(Entry.position)
    if until is not None:
        query = query.where(Entry.position <= until)
    return fold(journal.written(entry) for entry in db.session.scalars(query))


def last_written(gathering_id: int) -> int:
    """Return the position of the last act that the report takes: of the signed one, none after the signature."""
    told = or_(Entry.name.in_(NAMES), Entry.name.like("scenario.%"))
    query = select(func.max(Entry.position)).where(Entry.gathering_id == gathering_id, told)
    final = db.session.get_one(Gathering, gathering_id).final_position
    return db.session.execute(query.where(Entry.position <= final) if final else query).scalar_one() or 0


def word(act: ReportWorded, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Write a part of the report.

    Raises:
        NotFound: the report has no such part.
        ReportTextTooLong, ReportTextUnreadable: it cannot be kept.
        ReportFinal: the report is signed.
    """

    def refuse() -> None:
        seats.access_role(by, "organiser")
        _refuse_part(by, act.part)
        _refuse_text(act.text, LINE_MAX if act.part == "titre" or act.part.startswith(PART) else TEXT_MAX)
        _refuse_signed(by)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def sign(act: ReportTestified, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Write a text of one's own, signed; nobody else may change it, the organiser neither.

    Raises:
        NotYourSeat: the text is another witness's.
        ReportTextTooLong, ReportTextUnreadable: it cannot be kept.
        ReportFinal: the report is signed.
    """

    def refuse() -> None:
        if by.role != "temoin" or texts(by.gathering_id).owner(WITNESS + act.text_id) not in {"", by.seat_id}:
            raise NotYourSeat
        _refuse_text(act.text, TEXT_MAX)
        _refuse_text(act.by, LINE_MAX)
        _refuse_signed(by)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def order(act: ReportOrdered, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Put the chapters in order.

    Raises:
        NotFound: one of the themes is not there.
        ReportFinal: the report is signed.
    """

    def refuse() -> None:
        seats.access_role(by, "organiser")
        if not _known(by).issuperset(act.theme_ids):
            raise NotFound
        _refuse_signed(by)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def settle(act: ReportSettled, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Choose between two wordings that were written apart.

    Raises:
        NotYourSeat: it is a witness's own text, and not this one's.
        NotFound: there is no such wording.
        ReportFinal: the report is signed.
    """

    def refuse() -> None:
        found = texts(by.gathering_id)
        own = act.part.startswith(WITNESS) and found.owner(act.part) == by.seat_id
        if not own and (by.role != "organiser" or act.part.startswith(WITNESS)):
            raise NotYourSeat
        if act.position not in {one.position for one in found.parts.get(act.part, ())}:
            raise NotFound
        _refuse_signed(by)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def _refuse_part(by: Holder, part: str) -> None:
    plain = part in {"titre", "introduction", "conclusion"}
    titled = part.startswith(PART) and part.removeprefix(PART) in TITLED
    if not plain and not titled and (not part.startswith(THEME) or part.removeprefix(THEME) not in _known(by)):
        raise NotFound


def _refuse_text(text: str, limit: int) -> None:
    at = unreadable_at(text)
    if at is not None:
        raise ReportTextUnreadable(at=at + 1)
    if len(text) > limit:
        raise ReportTextTooLong(length=len(text), limit=limit)


def _refuse_signed(by: Holder) -> None:
    if db.session.get_one(Gathering, by.gathering_id).final_position:
        raise ReportFinal


def decisions(gathering_id: int) -> tuple[Decided, ...]:
    """Return what people decided about themes so far."""
    return window.decided(gathering_id, journal.head(gathering_id))


def _known(by: Holder) -> set[str]:
    """Return the themes of the current edition, and those that an earlier decision names."""
    try:
        present = {theme.id for theme in editions.read(by.gathering_id).edition.themes}
    except NoEdition:
        present = set()
    return present | set(wish(decisions(by.gathering_id)).known)


performs(ReportWorded, verb=word, roles=("organiser",))
performs(ReportTestified, verb=sign, roles=("temoin",))
performs(ReportOrdered, verb=order, roles=("organiser",))
performs(ReportSettled, verb=settle, roles=("temoin",))
