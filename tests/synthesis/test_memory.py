"""What a look at all the notes used does not stay with the follower."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

import pytest

from synthesis.memory import give_back

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE / 1e6


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="only glibc keeps what is freed in pieces")
def test_what_was_freed_in_pieces_goes_back_to_the_machine() -> None:
    pieces = [bytes(2_000 + number % 7) for number in range(60_000)]
    # One piece in five hundred stays, so that no long stretch is free at the end of the heap.
    kept = pieces[::500]
    del pieces
    before = resident()
    give_back()
    assert before - resident() > 60
    assert len(kept) == 120


def test_where_nothing_was_freed_nothing_happens() -> None:
    give_back()
    give_back()
