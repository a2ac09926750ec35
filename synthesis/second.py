"""A second process that reads and encodes its share when notes are many: the tagger uses one core, machines have more.

For commands, never for those who answer people. What is read does not depend on who reads it: batches are the same,
and each sentence is encoded alone. When the second process dies, the first does the rest by itself.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from synthesis.french import French

Part: TypeAlias = list[str]
Done = TypeVar("Done")

AHEAD = 2
"""Parts in the other process's hands at once: one it works on, one that waits."""

log = logging.getLogger("restitution.second")


def each(
    texts: list[str],
    size: int,
    here: Callable[[Part], list[Done]],
    there: Callable[[Part], list[Done]],
    second: Second | None,
) -> Iterator[tuple[Part, list[Done]]]:
    """Do texts some at a time: one part after another or, with a second process, here and there at once."""
    parts = [texts[start : start + size] for start in range(0, len(texts), size)]
    return second.share(parts, here, there) if second else ((part, here(part)) for part in parts)


class Second:
    """The other process, as the reader sees it."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._alive = True

    def share(
        self, parts: Sequence[Part], here: Callable[[Part], Done], there: Callable[[Part], Done]
    ) -> Iterator[tuple[Part, Done]]:
        """Do each part once, in this process or in the other; yield them as they are done, in no fixed order."""
        left, given = deque(parts), deque[tuple[Part, "Future[Done]"]]()
        while left or given:
            while self._alive and left and len(given) < AHEAD:
                self._give(left, given, there)
            if left:
                part = left.popleft()
                yield part, here(part)
            while given and (not left or given[0][1].done()):
                part, future = given.popleft()
                try:
                    yield part, future.result()
                except BrokenExecutor:
                    self._alone()
                    left.append(part)

    def _give(self, left: deque[Part], given: deque[tuple[Part, Future[Done]]], there: Callable[[Part], Done]) -> None:
        try:
            given.append((left[-1], self._pool.submit(there, left[-1])))
        except BrokenExecutor:
            self._alone()
        else:
            left.pop()

    def _alone(self) -> None:
        if self._alive:
            log.warning("the second reading process died; this one reads the rest by itself")
        self._alive = False


@contextmanager
def two_readers() -> Iterator[French]:
    """Load this process's reader, and a second process beside it while this is open, if there is another core."""
    from synthesis.french import French  # noqa: PLC0415 - the reader knows this room

    if _cores() == 1:
        yield French.load()
        return
    # Not a fork: the process already holds threads of the libraries it loaded.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(_ready)
        french = French.load()
        french.second = Second(pool)
        try:
            yield french
        finally:
            french.second = None
            pool.shutdown(cancel_futures=True)


def _ready() -> None:
    """Load the models there while they are loaded here."""
    from synthesis.french import French  # noqa: PLC0415 - the reader knows this room

    French.load()


def _cores() -> int:
    """Count the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
