"""Loads the demonstration gathering: a real programme, invented notes, written in the journal as a day would."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import uuid
from collections.abc import Iterator
from pathlib import Path

from capture import journal, programme, schedule
from capture.models import Gathering
from capture.operations import ActorPlan, ActorsListed, NoteWritten
from capture.programme_import import as_act, planned

SLUG = "journees-2018"

_SPACE = uuid.UUID("6f0c4c7e-6f4e-4d59-9a3b-2c0f5d5a4e10")
"""The namespace of the demonstration's operation ids: loading twice is a replay, not a second copy."""


def load(folder: Path) -> tuple[Gathering, int]:
    """Load what is not loaded yet; return the gathering and how many notes were new.

    An interrupted load goes on where it stopped: every operation has an id of its own, and what is there stays as it
    is, even when a newer version of the demonstration words it otherwise.
    """
    file = folder / "programme.yaml"
    read = programme.read(file.read_bytes(), name=file.name)
    gathering = schedule.create(slug=SLUG, title=read.title, place=read.place, timezone=read.timezone)
    if not schedule.programme_position(gathering.id):
        found = programme.difference(planned(gathering.id), read)
        act = as_act(found, read, gathering=gathering, source=file.name)
        schedule.import_programme(act, gathering_id=gathering.id, operation_id=_id("programme"))
    known = journal.operation_ids(gathering.id)
    if _id("actors") not in known:
        actors = ActorsListed(actors=tuple(_actors(folder / "actors.csv")))
        journal.append(actors, gathering_id=gathering.id, operation_id=_id("actors"))
    new = [one for one in _notes(folder) if _id(one[0].note_id) not in known]
    for note, author, at in new:
        journal.append(note, gathering_id=gathering.id, operation_id=_id(note.note_id), author=author, at=at)
    return gathering, len(new)


def _actors(file: Path) -> Iterator[ActorPlan]:
    for row in csv.DictReader(io.StringIO(file.read_text("utf-8"))):
        yield ActorPlan(
            name=row["name"],
            acronym=row["acronym"],
            family=row["family"],
            aliases=_parts(row["aliases"]),
        )


def _notes(folder: Path) -> list[tuple[NoteWritten, str, int]]:
    """Return the notes in the order they were written, with their author's mark and their moment."""
    found = []
    for file in sorted(folder.glob("notes/*.csv")) or [folder / "notes.csv"]:
        for row in csv.DictReader(io.StringIO(file.read_text("utf-8"))):
            act = NoteWritten(
                note_id=str(uuid.uuid5(_SPACE, f"note {row['id']}")),
                session=row["session"],
                kind=row["kind"],
                text=row["text"],
                actors=_parts(row["actors"]),
                territories=_parts(row["territories"]),
            )
            author = hashlib.sha256(f"{row['session']} {row['author']}".encode()).hexdigest()[:11]
            at = int(dt.datetime.fromisoformat(row["at"]).timestamp() * 1000)
            found.append((act, f"{author}.demo", at))
    return sorted(found, key=lambda one: (one[2], one[0].note_id))


def sentences(folder: Path) -> tuple[str, ...]:
    """Return what the demonstration's notes say, for whoever plays a room without being in one."""
    return tuple(act.text for act, _author, _at in _notes(folder))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _id(name: str) -> str:
    return str(uuid.uuid5(_SPACE, f"operation {name}"))
