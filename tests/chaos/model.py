"""What must be true after a run, whatever happened in it. Each broken promise is a sentence; none means all held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from capture import check, journal, notes, present
from capture.db import db
from capture.models import Entry, Gathering
from capture.seats import Holder
from tests.chaos.device import Device
from tests.chaos.screen import Screen, shown

WORDS = ("note.written", "note.edited")

EXPECTED_REFUSALS = {"note.removed"}
"""What may still wait for a person at the end: another phone deleted the note that this one reworded."""


def broken(gathering_id: int, devices: Sequence[Device], screens: Sequence[Screen]) -> list[str]:
    """Return every promise that does not hold."""
    db.session.rollback()
    entries = journal.read(gathering_id, limit=1_000_000_000)
    return [
        *_gapless(gathering_id, entries),
        *_acknowledged(entries, devices),
        *_typed(entries, devices),
        *_once(gathering_id, entries, devices),
        *_wordings(gathering_id, entries),
        *_replayed(gathering_id),
        *_screens(gathering_id, screens),
        *_drained(devices),
    ]


def _gapless(gathering_id: int, entries: Sequence[Entry]) -> Iterator[str]:
    positions = [entry.position for entry in entries]
    if positions != list(range(1, journal.head(gathering_id) + 1)):
        yield f"the journal of {len(positions)} entries has a gap before {journal.head(gathering_id)}"


def _acknowledged(entries: Sequence[Entry], devices: Sequence[Device]) -> Iterator[str]:
    """Shown as « reçue » ⊆ database, at the position that the receipt said."""
    stored = {entry.operation_id: entry.position for entry in entries}
    for device in devices:
        for identifier, position in device.person.received.items():
            if stored.get(identifier) != position:
                yield f"{identifier} was received at {position}; the journal has it at {stored.get(identifier)}"


def _typed(entries: Sequence[Entry], devices: Sequence[Device]) -> Iterator[str]:
    """Outbox ∪ database = everything typed, byte for byte."""
    stored = {entry.operation_id: entry.payload for entry in entries if entry.name in WORDS}
    typed: dict[str, tuple[str, str]] = {}
    for device in devices:
        kept = {(row.payload["note_id"], row.payload.get("text")) for row in device.outbox.rows.values()}
        typed |= device.person.typed
        for identifier, (note_id, words) in device.person.typed.items():
            if identifier in stored:
                found = stored[identifier]
                # Refused, reworded by its own writer, then sent again under its first id: the last words count.
                reworded = identifier in device.person.let_go and (
                    (found["note_id"], found["text"]) in device.person.typed.values()
                )
                if not reworded and (found["note_id"], found["text"].encode()) != (note_id, words.encode()):
                    yield f"{identifier} is stored as {found['text']!r}; typed was {words!r}"
            elif (note_id, words) not in kept and identifier not in device.person.let_go:
                yield f"LOST: {words!r}"
    yield from (f"{identifier} was typed by nobody" for identifier in stored if identifier not in typed)


def _once(gathering_id: int, entries: Sequence[Entry], devices: Sequence[Device]) -> Iterator[str]:
    """No note twice: neither in the journal, nor on a screen, nor under another id."""
    for what, counted in (
        ("operation", Counter(entry.operation_id for entry in entries)),
        ("note", Counter(entry.payload["note_id"] for entry in entries if entry.name == "note.written")),
        ("text", Counter(entry.payload["text"] for entry in entries if entry.name in WORDS)),
    ):
        yield from (f"DOUBLED {what}: {one!r}" for one, times in counted.items() if times > 1)
    written = {entry.payload["note_id"] for entry in entries if entry.name == "note.written"}
    if {note.id for note in notes.every_note(gathering_id)} != written:
        yield "the table of notes does not hold the notes that were written, each once"


def _wordings(gathering_id: int, entries: Sequence[Entry]) -> Iterator[str]:
    """No wording disappears unless somebody who saw it wrote another, or chose."""
    states = {note.id: note for note in notes.every_note(gathering_id)}
    wordings: dict[str, dict[int, str]] = {}
    named: dict[str, set[int]] = {}
    for entry in entries:
        note_id = entry.payload.get("note_id", "")
        mine = wordings.setdefault(note_id, {})
        if entry.name in WORDS:
            mine[entry.position] = entry.payload["text"]
            named.setdefault(note_id, set()).add(entry.payload.get("base", 0))
        if entry.name == "note.settled":
            # A choice is made among everything shown; what it left aside was left aside by a person.
            mine.clear()
    for note_id, texts in wordings.items():
        state = states.get(note_id)
        standing = {state.wording.text, *(rival.text for rival in state.rivals)} if state else set()
        for revision, words in texts.items():
            if words not in standing and revision not in named[note_id]:
                yield f"OVERWRITTEN: {words!r}"


def _replayed(gathering_id: int) -> Iterator[str]:
    if check.stored(gathering_id) != check.replayed(gathering_id):
        yield "the tables are not what the journal says"


def _screens(gathering_id: int, screens: Sequence[Screen]) -> Iterator[str]:
    """Each screen, after every cut, shows what a page opened now shows."""
    gathering = db.session.get_one(Gathering, gathering_id)
    reader = Holder(
        gathering_id=gathering_id, slug=gathering.slug, seat_id="", role="organiser", sessions=(), device=""
    )
    fresh: list[dict[str, Any]] = [present.note(note, reader) for note in notes.every_note(gathering_id)]
    for number, screen in enumerate(screens):
        wanted = {note["id"]: shown(note) for note in fresh if screen.workshop in {None, note["session"]}}
        found = {identifier: shown(note) for identifier, note in screen.board.items()}
        name = f"screen {number} ({screen.workshop or 'all'}, {'polling' if screen.polls else 'stream'})"
        for identifier in sorted(wanted.keys() | found.keys()):
            if wanted.get(identifier) != found.get(identifier):
                yield f"{name} shows {found.get(identifier)}; fresh is {wanted.get(identifier)}"
        if screen.out_of_order:
            yield f"{name} was sent {screen.out_of_order} operations it had"


def _drained(devices: Sequence[Device]) -> Iterator[str]:
    for device in devices:
        if device.outbox.waiting():
            yield f"{len(device.outbox.waiting())} rows still wait on a phone whose network is back"
        for row in device.outbox.refused():
            if row.refusal not in EXPECTED_REFUSALS:
                yield f"{row.name} was refused: {row.refusal}"
