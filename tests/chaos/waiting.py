"""Waiting for a moment when a fault can strike."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

LOOK_SECONDS = 0.02

Seen = TypeVar("Seen")


async def soon(look: Callable[[], Seen], patience: float = 5.0) -> Seen:
    """Look until there is something, for so many seconds; return what was seen last."""
    for _ in range(int(patience / LOOK_SECONDS)):
        if seen := look():
            return seen
        await asyncio.sleep(LOOK_SECONDS)
    return look()
