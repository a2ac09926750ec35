from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from capture import journal, live, notes, seats, sending, wire
from capture.db import db
from capture.models import Gathering
from capture.operations import NoteEdited, SeatRevokedByOrganiser
from capture.seats import Holder
from tests.factories import LIMIT, make_gathering, make_holder, make_note, new_id


class Screen:
    """A screen that follows a stream in a thread of its own, as a browser does."""

    def __init__(self, app: Flask, holder: Holder, *, after: int, workshop: str | None = None) -> None:
        self.stream = live.Stream(holder=holder, workshop=workshop, cursor=after)
        self.raw: list[str] = []
        self._events = live.events(app.extensions["restitution_live"], self.stream, 0.2)
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    def _follow(self) -> None:
        for event in self._events:
            self.raw.append(event.decode())

    @property
    def operations(self) -> list[dict[str, Any]]:
        # Several events may come as one run of bytes.
        events = "".join(self.raw).split("\n\n")
        return [json.loads(one.split("data: ", 1)[1]) for one in events if "event: operation" in one]

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        limit = time.monotonic() + 10
        while len(self.operations) < count and time.monotonic() < limit:
            time.sleep(0.01)
        return self.operations

    def leave(self) -> None:
        self.stream.closed = True
        self.stream.ready.set()
        self._thread.join(5)


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    return make_gathering()


@pytest.fixture
def screens() -> Iterator[list[Screen]]:
    opened: list[Screen] = []
    yield opened
    for screen in opened:
        screen.leave()


def test_a_revoked_seat_hears_nothing_more(app: Flask, gathering: Gathering, screens: list[Screen]) -> None:
    by, watcher, organiser = (make_holder(gathering, role) for role in ("rapporteur", "temoin", "organiser"))
    screens.append(Screen(app, watcher, after=journal.head(gathering.id)))
    screens.append(Screen(app, by, after=journal.head(gathering.id)))
    seats.revoke(SeatRevokedByOrganiser(seat_id=watcher.seat_id), by=organiser, operation_id=new_id())
    make_note(by, "Ce que l’on dit ensuite.")
    assert [one["name"] for one in screens[1].wait_for(1)] == ["note.written"]
    assert screens[0].stream.closed
    assert screens[0].operations == []


def test_a_screen_gets_what_it_missed_then_what_comes_in_order_and_once(
    app: Flask, gathering: Gathering, screens: list[Screen]
) -> None:
    by, watcher = make_holder(gathering), make_holder(gathering, "temoin")
    start = journal.head(gathering.id)
    for index in range(3):
        make_note(by, f"Avant {index}")
    screens.append(Screen(app, watcher, after=start))
    screens[0].wait_for(3)
    for index in range(3):
        make_note(by, f"Après {index}")
    texts = [one["payload"]["text"] for one in screens[0].wait_for(6)]
    assert texts == ["Avant 0", "Avant 1", "Avant 2", "Après 0", "Après 1", "Après 2"]
    positions = [one["position"] for one in screens[0].operations]
    assert positions == list(range(start + 1, start + 7))


def test_a_screen_that_comes_back_from_further_than_the_others_misses_nothing(
    app: Flask, gathering: Gathering, screens: list[Screen]
) -> None:
    by, watcher = make_holder(gathering), make_holder(gathering, "temoin")
    make_note(by, "Première.")
    middle = journal.head(gathering.id)
    make_note(by, "Deuxième.")
    screens.append(Screen(app, watcher, after=middle))
    screens[0].wait_for(1)
    screens.append(Screen(app, watcher, after=middle - 1))
    assert [one["payload"]["text"] for one in screens[1].wait_for(2)] == ["Première.", "Deuxième."]
    assert [one["payload"]["text"] for one in screens[0].operations] == ["Deuxième."]


def test_a_rapporteur_only_hears_of_their_workshop_and_knows_their_own_notes(
    app: Flask, gathering: Gathering, screens: list[Screen]
) -> None:
    by, elsewhere = make_holder(gathering), make_holder(gathering, "rapporteur", "mobilites")
    start = journal.head(gathering.id)
    screens.append(Screen(app, by, after=start, workshop="gouvernance"))
    make_note(elsewhere, "Ailleurs.")
    make_note(by, "La mienne.")
    make_note(make_holder(gathering), "D’un autre.")
    seen = screens[0].wait_for(2)
    assert [(one["payload"]["text"], one["mine"]) for one in seen] == [("La mienne.", True), ("D’un autre.", False)]


def test_an_edit_reaches_only_the_screens_of_its_workshop(
    app: Flask, gathering: Gathering, screens: list[Screen]
) -> None:
    by, elsewhere = make_holder(gathering), make_holder(gathering, "rapporteur", "mobilites")
    note_id = make_note(by, "Avant.")
    start = journal.head(gathering.id)
    screens += [Screen(app, by, after=start), Screen(app, elsewhere, after=start)]
    act = NoteEdited(
        note_id=note_id, base=notes.every_note(gathering.id)[0].wording.revision, text="Après.", kind="lever"
    )
    notes.edit(act, by=by, operation_id=new_id(), limit=LIMIT)
    make_note(elsewhere, "Là-bas.")
    assert [one["name"] for one in screens[0].wait_for(1)] == ["note.edited"]
    assert [one["name"] for one in screens[1].wait_for(1)] == ["note.written"]


def test_a_quiet_stream_shows_that_it_lives_and_who_is_here(
    app: Flask, gathering: Gathering, screens: list[Screen]
) -> None:
    screens.append(Screen(app, make_holder(gathering), after=0, workshop="gouvernance"))
    limit = time.monotonic() + 5
    while time.monotonic() < limit and not any("presence" in one for one in screens[0].raw):
        time.sleep(0.02)
    assert 'event: presence\ndata: {"here":1}\n\n' in screens[0].raw


def test_a_screen_that_does_not_keep_up_is_closed_instead_of_growing(gathering: Gathering) -> None:
    stream = live.Stream(holder=make_holder(gathering, "temoin"), workshop=None, cursor=0)
    piece = b"x" * (wire.BACKLOG // 4)
    for _ in range(4):
        stream.push(piece)
    assert not stream.closed
    stream.push(b"x")
    assert stream.closed
    assert sum(map(len, stream.waiting)) == wire.BACKLOG


@pytest.fixture
def plugs() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    yield ours, theirs
    ours.close()
    theirs.close()


def environ(plug: socket.socket, version: str = "HTTP/1.1") -> dict[str, object]:
    return {"gunicorn.socket": plug, "SERVER_PROTOCOL": version}


def test_a_connection_that_takes_bytes_is_written_to_at_once(
    gathering: Gathering, plugs: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = plugs
    for version, framed in (("HTTP/1.0", b"data: a\n\n"), ("HTTP/1.1", b"9\r\ndata: a\n\n\r\n")):
        line = wire.Wire.of(environ(ours, version))
        stream = live.Stream(holder=make_holder(gathering), workshop=None, cursor=0, wire=line)
        stream.push(b"data: a\n\n")
        assert theirs.recv(1_000) == framed
        assert not stream.waiting
        assert not stream.ready.is_set()


def test_what_a_connection_does_not_take_waits_whole_and_in_order(
    gathering: Gathering, plugs: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = plugs
    line = wire.Wire.of(environ(ours, "HTTP/1.0"))
    stream = live.Stream(holder=make_holder(gathering), workshop=None, cursor=0, wire=line)
    pieces = [bytes([number]) * 100_000 for number in range(20)]
    for piece in pieces:
        stream.push(piece)
    assert stream.waiting
    ours.settimeout(None)
    heard: list[bytes] = []
    listener = threading.Thread(target=lambda: heard.extend(iter(lambda: theirs.recv(65_536), b"")))
    listener.start()
    assert list(stream.drain()) == []
    ours.settimeout(0)
    stream.push(b"last")
    ours.settimeout(None)
    # What the listener had no room for yet.
    assert list(stream.drain()) == []
    ours.shutdown(socket.SHUT_WR)
    listener.join(10)
    assert b"".join(heard) == b"".join([*pieces, b"last"])


def test_a_screen_that_went_away_is_closed_by_the_next_word(
    gathering: Gathering, plugs: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = plugs
    stream = live.Stream(holder=make_holder(gathering), workshop=None, cursor=0, wire=wire.Wire.of(environ(ours)))
    theirs.close()
    stream.push(b"x")
    assert stream.closed


def test_a_connection_that_could_make_us_wait_is_left_to_its_server(
    plugs: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = plugs
    assert wire.Wire.of(environ(ours)) is not None
    assert wire.Wire.of(environ(theirs)) is None
    assert wire.Wire.of(environ(ours, "HTTP/2.0")) is None
    assert wire.Wire.of({"SERVER_PROTOCOL": "HTTP/1.1"}) is None


def test_screens_of_one_kind_are_sent_the_same_bytes_and_the_author_bytes_of_their_own(gathering: Gathering) -> None:
    by, one, other = (make_holder(gathering, "rapporteur", device=name) for name in ("a", "b", "c"))
    start = journal.head(gathering.id)
    make_note(by, "Une phrase.")
    batch = sending.read(gathering.id, after=start)
    streams = [live.Stream(holder=who, workshop="gouvernance", cursor=start) for who in (by, one, other, one)]
    live.give(streams, batch)
    assert streams[1].waiting[0] is streams[3].waiting[0]
    assert b'"mine":true' in streams[0].waiting[0]
    assert b'"mine":false' in streams[2].waiting[0]
    live.give(streams, batch)
    assert [len(stream.waiting) for stream in streams] == [1, 1, 1, 1]


def test_a_snapshot_and_the_stream_after_it_end_at_the_fresh_state(
    app: Flask, gathering: Gathering, screens: list[Screen]
) -> None:
    by, watcher = make_holder(gathering), make_holder(gathering, "temoin")
    make_note(by, "Avant.")
    snapshot = {note.id: note.wording.text for note in notes.every_note(gathering.id)}
    screens.append(Screen(app, watcher, after=journal.head(gathering.id)))
    for index in range(4):
        make_note(by, f"Suivante {index}")
    followed = {**snapshot, **{one["payload"]["note_id"]: one["payload"]["text"] for one in screens[0].wait_for(4)}}
    db.session.rollback()
    assert followed == {note.id: note.wording.text for note in notes.every_note(gathering.id)}


def test_screens_of_another_web_process_are_counted_until_it_falls_silent(
    app: Flask, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = live.Hub(app)
    hub._hear(["another", gathering.id, [["gouvernance", 2], [None, 1]]])
    hub._hear(["another", gathering.id + 1, [["gouvernance", 5]]])
    assert hub.count(gathering.id, workshop="gouvernance") == 2
    assert hub.count(gathering.id) == 3
    hub._hear([hub._name, gathering.id, [["gouvernance", 9]]])
    assert hub.count(gathering.id) == 3
    monkeypatch.setattr(live, "FORGOTTEN_SECONDS", 0.0)
    assert hub.count(gathering.id) == 0
