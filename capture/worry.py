"""How much a room deserves a look, and why: what sorts the organiser's board « par inquiétude ».

Pure: the clock is a parameter. The reason is a word of `REASONS`; the page says it as a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "",
    "closed_running",
    "closed_soon",
    "nothing_at_all",
    "nothing_yet",
    "held_after",
    "held_offline",
    "quiet",
    "no_device",
    "few_devices",
    "starts_alone",
    "ended_empty",
]

LEVELS: dict[Reason, int] = {
    "closed_running": 6,
    "nothing_at_all": 5,
    "held_after": 5,
    "nothing_yet": 4,
    "closed_soon": 4,
    "held_offline": 3,
    "quiet": 3,
    "no_device": 2,
    "few_devices": 1,
    "starts_alone": 1,
    "ended_empty": 1,
    "": 0,
}
"""The higher, the sooner somebody should walk there."""

MINUTE = 60_000
SETTLING = 5 * MINUTE
"""How long after its start a room may be without a note."""
QUIET = 10 * MINUTE
"""How long a room may write nothing: a long speech, not a phone that died."""
SOON = 15 * MINUTE


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What is known of one workshop; times in milliseconds, None when the programme does not say them."""

    starts_at: int | None
    ends_at: int | None
    open: bool
    notes: int
    last_at: int | None
    online: int
    """Devices on line."""
    expected: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Worry:
    """A reason, and the minutes that it counts."""

    reason: Reason = ""
    minutes: int = 0

    @property
    def level(self) -> int:
        """How urgent it is, 0 when nothing is."""
        return LEVELS[self.reason]


def worry(room: Room, *, now: int) -> Worry:
    """Say what is worrying in a room: before it starts, while it runs, once it is over."""
    if room.starts_at is None or room.ends_at is None:
        return Worry()
    if now < room.starts_at:
        return _before(room, (room.starts_at - now) // MINUTE) if room.starts_at - now <= SOON else Worry()
    if now > room.ends_at:
        return Worry() if room.notes else Worry(reason="ended_empty")
    return _running(room, now - room.starts_at, now)


def _before(room: Room, minutes: int) -> Worry:
    if not room.open:
        return Worry(reason="closed_soon", minutes=minutes)
    return Worry() if room.online else Worry(reason="starts_alone", minutes=minutes)


def _running(room: Room, elapsed: int, now: int) -> Worry:
    if not room.open:
        return Worry(reason="closed_running")
    if room.last_at is None:
        if elapsed >= SETTLING:
            return Worry(reason="nothing_yet" if room.online else "nothing_at_all", minutes=elapsed // MINUTE)
    elif now - room.last_at >= QUIET:
        return Worry(reason="quiet", minutes=(now - room.last_at) // MINUTE)
    if not room.online:
        return Worry(reason="no_device")
    return Worry(reason="few_devices") if room.online < room.expected else Worry()


def with_held(before: Worry, *, held: int, offline: int, over: bool) -> Worry:
    """Say that a room's devices hold notes that nobody else has: when the session is over, or when some are off line.

    A note that a device on line holds for a moment is on its way: that is no worry.
    """
    if not held or not (offline or over):
        return before
    found = Worry(reason="held_after" if over else "held_offline")
    return found if found.level > before.level else before
