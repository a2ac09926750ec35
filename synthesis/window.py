"""The one window on capture: the notes, the decisions and the listed actors at a journal position, immutable."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from capture import journal, schedule
from capture.db import db, see_one_moment
from capture.models import Entry, Gathering, Seat
from capture.notes import every_note
from capture.state import NoteState, fold
from synthesis.corpus import Corpus, ListedActor, Note
from synthesis.decisions import Decided, is_decision
from synthesis.theme_decisions import NAMES


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """Everything a synthesis reads of a gathering."""

    corpus: Corpus
    decisions: tuple[Decided, ...]
    listed: tuple[ListedActor, ...]


def look(gathering_id: int) -> View:
    """Return what there is now, and let go of the database: whoever asks will think about it for long."""
    see_one_moment()
    gathering = db.session.get_one(Gathering, gathering_id)
    view = _view(gathering, gathering.journal_head, every_note(gathering_id))
    # Held while the themes form, that moment would keep SQLite from emptying its log, which then grows without end.
    db.session.rollback()
    return view


def look_at(gathering_id: int, position: int) -> View:
    """Return what there was at a position, by folding the journal up to it; a note erased since is nowhere."""
    entries = journal.read(gathering_id, until=position, limit=1_000_000_000)
    state = fold(journal.written(entry) for entry in entries)
    gathering = db.session.get_one(Gathering, gathering_id)
    gone = set(erased_since(gathering_id, position))
    notes = [note for note in state.notes.values() if note.id not in gone]
    return _view(gathering, position, sorted(notes, key=lambda note: note.position))


def erased_since(gathering_id: int, position: int) -> tuple[str, ...]:
    """Return the ids of the notes that were erased after a position, in order."""
    query = select(Entry.payload).where(
        Entry.gathering_id == gathering_id, Entry.name == "note.erased", Entry.position > position
    )
    return tuple(str(payload["note_id"]) for payload in db.session.scalars(query.order_by(Entry.position)))


def _view(gathering: Gathering, position: int, states: list[NoteState]) -> View:
    workshops = [(row.key, row.title) for row in schedule.every_workshop(gathering.id)]
    notes = [_note(state) for state in states if not state.removed]
    corpus = replace(
        Corpus.of(notes, workshops=workshops, title=gathering.title, position=position),
        programme=_programme(gathering.id),
        received=tuple(note.id for note in notes),
    )
    listed = tuple(
        ListedActor(name=item["name"], acronym=item["acronym"], family=item["family"], aliases=tuple(item["aliases"]))
        for item in gathering.actors
    )
    return View(corpus=corpus, decisions=decided(gathering.id, position), listed=listed)


def _programme(gathering_id: int) -> tuple[str, ...]:
    sessions = [one for one in schedule.every_session(gathering_id) if not one.withdrawn]
    return tuple(said for one in sessions for said in (one.title, *one.questions) if said)


def _note(state: NoteState) -> Note:
    return Note(
        id=state.id,
        text=state.wording.text,
        workshop=state.session,
        kind=state.wording.kind,
        actors=state.wording.actors,
        territories=state.wording.territories,
        author=state.author,
    )


def decided(gathering_id: int, until: int) -> tuple[Decided, ...]:
    """Return what people decided about themes and actors up to a position, in order."""
    query = (
        select(Entry)
        .where(
            Entry.gathering_id == gathering_id,
            Entry.position <= until,
            or_(Entry.name.like("theme%"), Entry.name.like("actor%"), Entry.name.in_(NAMES)),
        )
        .order_by(Entry.position)
    )
    labels = {seat.id: seat.label or seat.role for seat in _seats(gathering_id)}
    found = []
    for entry in db.session.scalars(query):
        act = journal.written(entry).act
        if is_decision(act):
            seat_id = entry.author.split(".")[0]
            by = labels.get(seat_id, "")
            found.append(Decided(position=entry.position, by=by, act=act, author=entry.author, at=entry.at))
    return tuple(found)


def _seats(gathering_id: int) -> list[Seat]:
    return list(db.session.scalars(select(Seat).where(Seat.gathering_id == gathering_id)))
