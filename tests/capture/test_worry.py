from __future__ import annotations

from dataclasses import replace

import pytest

from capture.worry import LEVELS, MINUTE, Room, Worry, with_held, worry

START = 1_000 * MINUTE
END = START + 90 * MINUTE
ROOM = Room(starts_at=START, ends_at=END, open=True, notes=3, last_at=START + 8 * MINUTE, online=2)
EMPTY = replace(ROOM, notes=0, last_at=None)


@pytest.mark.parametrize(
    ("room", "minute", "expected"),
    [
        (ROOM, 10, Worry()),
        (ROOM, 17, Worry()),
        (ROOM, 18, Worry(reason="quiet", minutes=10)),
        (ROOM, 60, Worry(reason="quiet", minutes=52)),
        (EMPTY, 4, Worry()),
        (EMPTY, 5, Worry(reason="nothing_yet", minutes=5)),
        (replace(EMPTY, online=0), 4, Worry(reason="no_device")),
        (replace(EMPTY, online=0), 12, Worry(reason="nothing_at_all", minutes=12)),
        (replace(ROOM, online=0), 10, Worry(reason="no_device")),
        (replace(ROOM, expected=3), 10, Worry(reason="few_devices")),
        (replace(ROOM, expected=2), 10, Worry()),
        (replace(ROOM, open=False), 10, Worry(reason="closed_running")),
    ],
)
def test_a_running_room_worries_by_silence_devices_and_closed_doors(room: Room, minute: int, expected: Worry) -> None:
    assert worry(room, now=START + minute * MINUTE) == expected


@pytest.mark.parametrize(
    ("room", "before", "expected"),
    [
        (EMPTY, 10, Worry()),
        (replace(EMPTY, online=0), 16, Worry()),
        (replace(EMPTY, online=0), 15, Worry(reason="starts_alone", minutes=15)),
        (replace(EMPTY, open=False), 3, Worry(reason="closed_soon", minutes=3)),
        (replace(EMPTY, open=False), 60, Worry()),
    ],
)
def test_a_room_about_to_start_worries_if_nobody_could_write(room: Room, before: int, expected: Worry) -> None:
    assert worry(room, now=START - before * MINUTE) == expected


def test_a_room_that_is_over_worries_only_if_it_wrote_nothing() -> None:
    assert worry(replace(EMPTY, open=False), now=END + 1) == Worry(reason="ended_empty")
    assert worry(replace(ROOM, open=False), now=END + 1) == Worry()


def test_a_room_without_a_time_never_worries() -> None:
    assert worry(replace(EMPTY, starts_at=None, ends_at=None, online=0), now=START) == Worry()


def test_the_most_urgent_is_a_room_where_nobody_may_write() -> None:
    assert max(LEVELS, key=lambda reason: LEVELS[reason]) == "closed_running"
    assert Worry().level == 0


def test_notes_that_devices_hold_worry_once_the_session_is_over_or_the_device_off_line() -> None:
    calm = Worry()
    assert with_held(calm, held=0, offline=3, over=True) == calm
    assert with_held(calm, held=2, offline=0, over=False) == calm
    assert with_held(calm, held=2, offline=1, over=False).reason == "held_offline"
    assert with_held(calm, held=2, offline=0, over=True).reason == "held_after"
    shut = Worry(reason="closed_running")
    assert with_held(shut, held=2, offline=1, over=True) == shut
