"""How often one device may write: counted per minute in this process's memory, and cheap to ask.

Keyed by device, never by address: a venue is one public address. Why this is ours: `docs/decisions/0006`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MINUTE = 60.0


class Allowance:
    """Counts what each device asked for in a minute that begins with its first request."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._asked: dict[str, tuple[float, int]] = {}
        self._swept = clock()

    def wait(self, key: str, most: int) -> int:
        """Count one request; return 0 if it is within `most` a minute, else the seconds until the minute is over."""
        now = self._clock()
        with self._lock:
            if now - self._swept >= MINUTE:
                self._asked = {one: asked for one, asked in self._asked.items() if now - asked[0] < MINUTE}
                self._swept = now
            began, count = self._asked.get(key, (now, 0))
            if now - began >= MINUTE:
                began, count = now, 0
            self._asked[key] = (began, count + 1)
            return 0 if count < most else int(MINUTE - (now - began)) + 1

    def __len__(self) -> int:
        """Return how many devices are remembered."""
        return len(self._asked)
