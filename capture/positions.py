"""The counter of a gathering's journal, which is also its lock: who holds the row is the only one who writes."""

from __future__ import annotations

from sqlalchemy import update

from capture.db import db
from capture.errors import NotFound
from capture.models import Gathering


def take(gathering_id: int) -> int:
    """Take the next position; whoever else writes waits until this transaction ends."""
    statement = (
        update(Gathering)
        .where(Gathering.id == gathering_id)
        .values(journal_head=Gathering.journal_head + 1)
        .returning(Gathering.journal_head)
        .execution_options(synchronize_session=False)
    )
    position = db.session.execute(statement).scalar_one_or_none()
    if position is None:
        raise NotFound
    return position


def lock(gathering_id: int) -> int:
    """Let nobody else write until this transaction ends, and return the last position."""
    statement = (
        update(Gathering)
        .where(Gathering.id == gathering_id)
        .values(journal_head=Gathering.journal_head)
        .returning(Gathering.journal_head)
        .execution_options(synchronize_session=False)
    )
    found = db.session.execute(statement).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


def settle(gathering_id: int, position: int) -> None:
    """Say how far the positions go that were given since `lock`."""
    db.session.execute(
        update(Gathering)
        .where(Gathering.id == gathering_id)
        .values(journal_head=position)
        .execution_options(synchronize_session=False)
    )
