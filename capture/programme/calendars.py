"""iCalendar programmes: one event is one session, read in the programme's own time zone.

Pure. Unfolding, escapes and time zone definitions are icalendar's; what a programme cannot hold (an event of a whole
day, or one that repeats) is refused event by event, with what to do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import warnings
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from capture.programme.assembly import Cell, Row, Sheet, tidy
from capture.programme.faults import Findings, unreadable
from capture.programme.plan import LONGEST_KEY, slug
from capture.programme.words import kind_of

if TYPE_CHECKING:
    from icalendar.cal import Component

REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")


def read_calendar(text: str, findings: Findings, *, timezone: str) -> Sheet:
    """Read every event of a calendar; `timezone` is where the sessions take place unless the calendar says it.

    Raises:
        ProgrammeUnreadable: the text is not a calendar.
    """
    calendar = _parse(text)
    named = str(calendar.get("X-WR-TIMEZONE", "") or "")
    zone = _zone(named) or _zone(timezone)
    starts = [at for at, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == "BEGIN:VEVENT"]
    rows: list[Row] = []
    for at, event in enumerate(calendar.walk("VEVENT")):
        row = _row(event, starts[at] if at < len(starts) else 0, zone, findings)
        if row is not None:
            rows.append(row)
    if not rows:
        findings.refuse_if_any()
    return Sheet(
        rows=tuple(rows),
        title=tidy(str(calendar.get("X-WR-CALNAME", "") or "")),
        timezone=named if _zone(named) else "",
    )


def _parse(text: str) -> Component:
    try:
        with warnings.catch_warnings():
            # icalendar warns of parts it mends; what matters to a programme is checked below, with its line.
            warnings.simplefilter("ignore")
            return icalendar.Calendar.from_ical(text)
    except Exception as error:
        # The parser raises ValueError, KeyError or IndexError according to which part is malformed.
        reason = "Le calendrier n’est pas lisible ; exportez-le de nouveau au format iCalendar (.ics)."
        raise unreadable(reason) from error


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _row(event: Component, line: int, zone: ZoneInfo | None, findings: Findings) -> Row | None:
    """Turn an event into a row; None when it is cancelled or cannot be a session."""
    title = tidy(str(event.get("SUMMARY", "") or ""))
    if str(event.get("STATUS", "") or "").upper() == "CANCELLED":
        findings.remark(f"Ligne {line} : « {title} » est annulée dans le calendrier ; elle n’a pas été lue.")
        return None
    if any(event.get(name) is not None for name in REPEATS):
        reason = "cet événement se répète ; une séance a lieu une fois : remplacez-le par un événement par séance."
        findings.fault(line, "RRULE", reason)
        return None
    moments = _moments(event, line, zone, findings)
    if moments is None:
        return None
    start, end = moments
    cells = {
        "title": Cell("SUMMARY", title),
        "day": Cell("DTSTART", start.date().isoformat()),
        "start": Cell("DTSTART", start.strftime("%H:%M")),
        "end": Cell("DTEND", end.strftime("%H:%M")),
        "room": Cell("LOCATION", tidy(str(event.get("LOCATION", "") or ""))),
        "kind": Cell("CATEGORIES", _kind(event)),
        "questions": Cell("DESCRIPTION", _questions(event)),
        "key": Cell("UID", _key(str(event.get("UID", "") or ""))),
    }
    return Row(line, {name: cell for name, cell in cells.items() if cell.text})


def _moments(
    event: Component, line: int, zone: ZoneInfo | None, findings: Findings
) -> tuple[dt.datetime, dt.datetime] | None:
    """Find when an event starts and ends, in local time; None, with a fault, when it cannot be one session."""
    start = _moment(event, "DTSTART", line, zone, findings)
    if start is None:
        return None
    length = getattr(event.get("DURATION"), "dt", None)
    if event.get("DTEND") is None and isinstance(length, dt.timedelta):
        end: dt.datetime | None = start + length
    else:
        end = _moment(event, "DTEND", line, zone, findings)
    if end is None:
        return None
    if end.date() != start.date():
        reason = "cet événement finit un autre jour qu’il ne commence ; faites une séance par jour."
        findings.fault(line, "DTEND", reason)
        return None
    return start, end


def _moment(event: Component, name: str, line: int, zone: ZoneInfo | None, findings: Findings) -> dt.datetime | None:
    held = event.get(name)
    value = getattr(held, "dt", None)
    if not isinstance(value, dt.date):
        findings.fault(line, name, f"« {name} » manque ou n’est pas une date ; donnez une date et une heure.")
        return None
    if not isinstance(value, dt.datetime):
        findings.fault(line, name, "cet événement dure toute la journée ; donnez-lui une heure de début et de fin.")
        return None
    if value.tzinfo is not None:
        return value.astimezone(zone)
    named = str(held.params.get("TZID", "") or "")
    if named:
        reason = f"le fuseau horaire « {named} » n’est pas connu ; choisissez Europe/Paris et exportez de nouveau."
        findings.fault(line, name, reason)
        return None
    return value


def _kind(event: Component) -> str:
    """Find the first category that is a kind of session; the others are labels of the person's own."""
    held = event.get("CATEGORIES")
    groups = held if isinstance(held, list) else [held]
    for group in groups:
        for category in getattr(group, "cats", ()):
            try:
                kind_of(str(category))
            except ValueError:
                continue
            return str(category)
    return ""


def _questions(event: Component) -> str:
    """Keep the lines of a description that ask something."""
    lines = tidy(str(event.get("DESCRIPTION", "") or "")).split("\n")
    return "\n".join(line for line in lines if line.endswith("?"))


def _key(uid: str) -> str:
    """Make a UID fit for an address: short ones as they are, long or odd ones shortened with a fingerprint."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", uid) and len(uid) <= LONGEST_KEY:
        return uid
    if not uid:
        return ""
    return f"{slug(uid)[:48].strip('-') or 'uid'}-{hashlib.sha256(uid.encode()).hexdigest()[:12]}"
