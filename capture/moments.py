"""How a moment is said to a reader: an age, a day, an hour; in their language, on the gathering's own clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_datetime, format_time, gettext

SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
DAY = 24 * HOUR


def age(at: int | None, now: int, timezone: str) -> str:
    """Say how long ago something was, in as few words as a table has room for; beyond a day, say when."""
    if at is None:
        return str(gettext("jamais"))
    elapsed = max(0, now - at)
    if elapsed < MINUTE:
        return str(gettext("à l’instant"))
    if elapsed < HOUR:
        return str(gettext("il y a %(n)s min", n=elapsed // MINUTE))
    if elapsed < DAY:
        return str(gettext("il y a %(n)s h", n=elapsed // HOUR))
    return str(format_datetime(_local(at, timezone), "d MMM HH:mm", rebase=False))


def second(at: int, timezone: str) -> str:
    """Say the time of day, to the second."""
    return str(format_time(_local(at, timezone), "HH:mm:ss", rebase=False))


def date(at: int, timezone: str) -> str:
    """Say a date in full."""
    return str(format_date(_local(at, timezone), "d MMMM y", rebase=False))


def day(iso: str) -> str:
    """Say a day of the programme: « lundi 26 novembre »; "" stays "", and what is no date stays as it is."""
    try:
        found = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return str(format_date(found, "EEEE d MMMM"))


def _local(at: int, timezone: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(at / 1000, ZoneInfo(timezone))


def install(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.filters.update(age=age, second=second, longdate=date, day=day)
