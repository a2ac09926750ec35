"""Whether a screen and this server speak of one journal: after a copy was restored, they may not.

A position says nothing by itself once the server went back in time: the same number names another act. A screen that
comes back therefore says which act it saw last; when that act is not at that position here, the screen must start
again from a fresh snapshot, and its device send again what this server has forgotten.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from capture.db import db
from capture.errors import Refusal
from capture.lately import lately
from capture.models import Entry

MARK = 16
"""Characters of a mark: enough for two acts never to share one."""


class JournalRestored(Refusal):
    """The screen saw an act that is not in this journal."""

    code = "journal.restored"
    status = 409
    sentence = (
        "Le serveur est reparti d’une copie plus ancienne que cet écran. Rechargez la page : ce que cet appareil a "
        "écrit y est gardé et repart seul."
    )


def mark(gathering_id: int, position: int) -> str:
    """Return what names the act at a position to a screen, without saying its id: "" when there is none."""
    found = _operation(gathering_id, position)
    return _marked(found) if found else ""


def recognise(gathering_id: int, *, after: int, known: str = "") -> None:
    """Let a screen go on from where it was; `known` is the act it saw there, by its id or by its mark.

    Raises:
        JournalRestored: there is no such position here, or another act stands there.
    """
    if not after:
        return
    found = _operation(gathering_id, after)
    if found is None or (known and known not in {found, _marked(found)}):
        raise JournalRestored


def _operation(gathering_id: int, position: int) -> str | None:
    """Return the id of the act at a position; a room that comes back asks for one and the same."""
    return lately().recall(("act", gathering_id, position), lambda: _look_up(gathering_id, position))


def _look_up(gathering_id: int, position: int) -> str | None:
    query = select(Entry.operation_id).where(Entry.gathering_id == gathering_id, Entry.position == position)
    return db.session.execute(query).scalar_one_or_none()


def _marked(operation_id: str) -> str:
    return hashlib.sha256(operation_id.encode()).hexdigest()[:MARK]
