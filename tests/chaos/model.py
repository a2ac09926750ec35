"""What must be true after a run, whatever happened in it. Each broken promise is a sentence; none means all held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from capture import check, journal, notes, present
from capture.db import db
from capture.models import Entry, Gathering
from capture.seats import Holder
from tests.chaos.device import Device
from tests.chaos.person import Person
from tests.chaos.screen import Screen, shown

WORDS = ("note.written", "note.edited")

EXPECTED_REFUSALS = {"note.removed"}
"""What may still wait for a person at the end: another phone deleted the note that this one reworded."""


def broken(
    gathering_id: int, devices: Sequence[Device], screens: Sequence[Screen], others: Collection[str] = ()
) -> list[str]:
    """Return every promise that does not hold; `others` are the texts that real browsers typed."""
    db.session.rollback()
    entries = journal.read(gathering_id, limit=1_000_000_000)
    return [
        *_gapless(gathering_id, entries),
        *_acknowledged(entries, devices),
        *_typed(entries, devices, others),
        *_once(gathering_id, entries),
        *_wordings(gathering_id, entries),
        *_replayed(gathering_id),
        *screens_astray(gathering_id, screens),
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


def _typed(entries: Sequence[Entry], devices: Sequence[Device], others: Collection[str]) -> Iterator[str]:
    """Outbox ∪ database = everything typed, byte for byte."""
    stored = {
        entry.operation_id: (entry.payload["note_id"], entry.payload["text"])
        for entry in entries
        if entry.name in WORDS
    }
    for device in devices:
        kept = {row.id: (row.payload["note_id"], row.payload.get("text")) for row in device.outbox.rows.values()}
        for identifier in device.person.typed:
            yield from _one(device.person, identifier, stored.get(identifier), kept.get(identifier))
    known = {identifier for device in devices for identifier in device.person.typed}
    nobodys = (one for one, (_, words) in stored.items() if one not in known and words not in others)
    yield from (f"{identifier} was typed by nobody" for identifier in nobodys)


def _one(person: Person, identifier: str, stored: object, kept: object) -> Iterator[str]:
    """Judge one act of words: as typed, or as its writer last worded it before it could be sent, and nothing else."""
    typed = person.typed[identifier]
    last = person.folded.get(identifier, typed)
    if stored not in {None, typed, last}:
        yield f"{identifier} is stored as {stored!r}; typed was {last[1]!r}"
    elif identifier in person.heirs:
        # Another wording took its place, and is judged by itself; or its writer had deleted the note before it left.
        heir = person.heirs[identifier]
        if heir and heir not in person.typed:
            yield f"LOST: {typed[1]!r}"
    elif last not in {stored, kept}:
        yield f"LOST: {last[1]!r}"


def _once(gathering_id: int, entries: Sequence[Entry]) -> Iterator[str]:
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
    # The follower may publish meanwhile: both are read at one moment.
    astray = check.astray(gathering_id)
    if astray:
        yield f"the tables are not what the journal says: {', '.join(astray)}"


def screens_astray(gathering_id: int, screens: Sequence[Screen]) -> Iterator[str]:
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
            waiting = len(device.outbox.waiting())
            yield f"{waiting} rows still wait on a phone whose network is back (last try: {device.last_try})"
        for row in device.outbox.refused():
            if row.refusal not in EXPECTED_REFUSALS:
                yield f"{row.name} was refused: {row.refusal}"
