"""What devices say of themselves: that they are there, and how many notes they hold that nobody else has yet.

Kept in the memory of each web process, because it is true of one moment only: after a restart, each device that is
there says it again within half a minute. A process that hears it tells the others. Notes are never counted from here,
only announced.
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import Flask, current_app

from capture.exchange import exchange

CHANNEL = "restitution_presence"

SILENCE_MS = 75_000
"""A device tells every thirty seconds: one that was silent for longer than twice that is off line."""

FORGOTTEN_MS = 12 * 3_600_000
"""A device that has been silent for half a day has gone home."""

MOST = 5_000
"""Devices remembered in one gathering; beyond, the most silent is forgotten."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a device last said."""

    workshop: str
    held: int
    at: int
    left: bool = False
    """Its page was closed: it is off line at once, not after a silence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Devices:
    """The devices of one workshop, at one moment."""

    online: int = 0
    offline: int = 0
    held: int = 0
    """Notes announced, not received yet, by all of them."""

    def with_streams(self, streams: int) -> Devices:
        """Count those that follow and have not spoken yet, as after a restart; one fallen silent may seem to follow.

        A device that only asks now and then, behind a network that keeps streams, is on line by its word alone.
        """
        return replace(self, online=max(self.online, streams - self.offline))


class Presence:
    """The last word of each device, by gathering."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[int, dict[tuple[str, str], Report]] = {}

    def hear(self, gathering_id: int, device: str, report: Report) -> None:
        """Take what a device says; one that leaves with nothing to send is forgotten."""
        key = (report.workshop, device)
        with self._lock:
            said = self._said.setdefault(gathering_id, {})
            said.pop(key, None)
            if report.left and not report.held:
                return
            # The last heard is the last in the dictionary, so the first is the most silent.
            said[key] = report
            if len(said) > MOST:
                del said[next(iter(said))]

    def room(self, gathering_id: int, workshop: str, *, now: int) -> Devices:
        """Count the devices of a workshop."""
        with self._lock:
            said = list(self._said.get(gathering_id, {}).values())
        here = [one for one in said if one.workshop == workshop and now - one.at < FORGOTTEN_MS]
        online = [one for one in here if not one.left and now - one.at < SILENCE_MS]
        return Devices(online=len(online), offline=len(here) - len(online), held=sum(one.held for one in here))


def announce(gathering_id: int, device: str, report: Report) -> None:
    """Take what a device says, and tell the other web processes."""
    memory().hear(gathering_id, device, report)
    exchange(current_app).tell(CHANNEL, [gathering_id, device, asdict(report)])


def memory() -> Presence:
    """Return this process's memory."""
    found: Presence = current_app.extensions["restitution_presence"]
    return found


def install(app: Flask) -> None:
    """Give the application its memory."""
    kept = app.extensions["restitution_presence"] = Presence()

    def heard(words: Any) -> None:
        gathering_id, device, report = words
        kept.hear(gathering_id, device, Report(**report))

    exchange(app).on(CHANNEL, heard)
