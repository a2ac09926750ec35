"""Knows whether somebody reads the themes, or made something of them: these then form again only if a person says so.

The follower is a process of its own, and on SQLite no process hears another. So a page that shows themes to a person
leaves a time in the database, one per gathering, of nobody in particular. It may be lost: the page matters more.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from flask import current_app
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from capture import journal
from capture.db import db
from capture.models import Entry
from synthesis import relying
from synthesis.models import ThemesShown

LATELY = 10 * 60_000
"""Milliseconds for which a page counts as read once it was shown.

An open page is fetched again at each edition, and notes are placed before any look: it renews its mark in time by
itself. Ten minutes are for eyes that went from the screen to the neighbour, and for a page whose network is cut.
"""

EVERY = 60.0
"""Seconds between two marks of a process, far less than `LATELY`: a hall that reads writes no more than one reader."""

AGAIN = 5.0
"""Seconds after which a mark that could not be left is tried again."""

_PATIENCE = {"sqlite": "PRAGMA busy_timeout=200", "postgresql": "SET LOCAL lock_timeout='200ms'"}
"""A note's receipt waits ten seconds for a lock; a page does not wait for its mark."""

log = logging.getLogger("restitution.readers")


def shown(gathering_id: int) -> None:
    """Leave the mark of themes that are being shown to a person; the page is shown even if it cannot be left."""
    due: dict[int, float] = current_app.extensions.setdefault("restitution_shown", {})
    clock = time.monotonic()
    if clock < due.get(gathering_id, 0.0):
        return
    due[gathering_id] = clock + EVERY
    try:
        leave(gathering_id, journal.now())
    except SQLAlchemyError as error:
        due[gathering_id] = clock + AGAIN
        log.warning("nobody will know that the themes are being read: %s", getattr(error, "orig", error))


def leave(gathering_id: int, at: int) -> None:
    """Write when themes were last shown, in milliseconds, by a connection of its own.

    What the page is reading goes on undisturbed, and no pool that is empty is waited for.
    """
    with _engine().connect() as connection:
        dialect = connection.dialect.name
        connection.exec_driver_sql(_PATIENCE[dialect])
        insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
        row = insert(ThemesShown).values(gathering_id=gathering_id, at=at)
        connection.execute(row.on_conflict_do_update(index_elements=["gathering_id"], set_={"at": at}))
        connection.commit()


def lately(gathering_id: int) -> bool:
    """Say whether themes were shown to somebody in the last minutes; a mark from a clock that was ahead is none."""
    query = select(ThemesShown.at).where(ThemesShown.gathering_id == gathering_id)
    at = db.session.execute(query).scalar_one_or_none()
    return at is not None and abs(journal.now() - at) < LATELY


def relied_on(gathering_id: int) -> bool:
    """Say whether somebody made something of the themes as they stand."""
    query = select(Entry).where(Entry.gathering_id == gathering_id, Entry.name.in_(relying.NAMES))
    return relying.relied_on(journal.written(one) for one in db.session.scalars(query.order_by(Entry.position)))


def _engine() -> Engine:
    """Return what gives a connection for one mark, and keeps none."""
    if "restitution_marks" not in current_app.extensions:
        current_app.extensions["restitution_marks"] = create_engine(db.engine.url, poolclass=NullPool)
    found: Engine = current_app.extensions["restitution_marks"]
    return found
