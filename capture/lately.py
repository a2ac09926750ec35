"""What was read a moment ago is not read again: when a room comes back, hundreds of devices share a few seats.

Every request begins by looking at its seat. What is remembered of the journal is forgotten at each commit of this
process, what is remembered of the seats at each commit that opened or closed one, and all of it after a quarter of a
second in any case, so that a link that another process closes is closed here as soon as anybody could notice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, Literal, TypeVar, get_args

from flask import Flask, current_app

from capture import journal
from capture.db import db

Fact = TypeVar("Fact")

SECONDS = 0.25

_SEATS_CHANGE = "restitution_seats_change"

MOST = 2_000
"""Facts kept; beyond, all are forgotten."""


class Lately:
    """What this process read within the last moment."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._read: dict[Hashable, tuple[float, Any]] = {}
        self._forgotten = 0

    def recall(self, key: Hashable, read: Callable[[], Fact]) -> Fact:
        """Return what was just read, else read it; what is read while it changes is not kept."""
        now = self._clock()
        at, found = self._read.get(key, (-SECONDS, None))
        if now - at < SECONDS:
            known: Fact = found
            return known
        before = self._forgotten
        fresh = read()
        if before == self._forgotten:
            if len(self._read) >= MOST:
                self._read.clear()
            self._read[key] = (now, fresh)
        return fresh

    def forget(self) -> None:
        """Read everything anew from now on."""
        self._forgotten += 1
        self._read.clear()


Subject = Literal["journal", "seats"]


def lately(subject: Subject = "journal") -> Lately:
    """Return this process's memory of the last moment; seats change rarely, the journal all the time."""
    found: Lately = current_app.extensions["restitution_lately"][subject]
    return found


def seats_change() -> None:
    """Say that what this transaction stores opens or closes a seat."""
    db.session.info[_SEATS_CHANGE] = True


def install(app: Flask) -> None:
    """Give the application its memory."""
    app.extensions["restitution_lately"] = {subject: Lately() for subject in get_args(Subject)}


def _forget(_gathering_id: int) -> None:
    lately().forget()
    if db.session.info.pop(_SEATS_CHANGE, False):
        lately("seats").forget()


journal.AFTER_COMMIT.append(_forget)
