"""Which version a device reads: the newest, or the one its reader froze; and the deck that a speech is made from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import current_app

from capture import journal
from capture.errors import NotFound
from capture.seats import Holder
from synthesis import picture, screens
from synthesis.restitution import deck, record
from synthesis.restitution.acts import ReadingFrozen, Scene, StagePrepared
from synthesis.restitution.deck import Deck, DeckNote
from synthesis.restitution.differences import Differences, differences
from synthesis.screens import Screen


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a witness has under their eyes."""

    screen: Screen
    head: int
    """The journal's head now: the stream goes on from there, whatever version is read."""
    frozen: ReadingFrozen | None
    frozen_at: int
    arrived: int
    """Notes that the newest version has and this one has not."""
    newest: Screen
    read_before: bool
    """Whether this device ever froze a version: only then is there something to compare with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Since:
    """A version that was read, when, and what changed after it."""

    number: int
    at: int
    changes: Differences


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptVersion:
    """A version that was frozen by this device, or that the stage was prepared with."""

    id: int
    """The position of the act that froze it."""
    number: int
    position: int
    at: int
    staged: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """What the screen was prepared with, and what it shows now."""

    deck: Deck
    scene: Scene
    head: int
    prepared: int
    """The position of the last preparation; 0 when nobody prepared anything."""


def reading(by: Holder) -> Reading:
    """Return the version that a device reads."""
    newest = screens.read(by.gathering_id)
    frozen, frozen_at = record.frozen(by) or (None, 0)
    screen = screens.read_at(by.gathering_id, frozen.edition, frozen.position) if frozen else newest
    known = {note.id for note in screen.shown.notes} if frozen else set()
    arrived = sum(1 for note in newest.shown.notes if note.id not in known) if frozen else 0
    return Reading(
        screen=screen,
        head=journal.head(by.gathering_id),
        frozen=frozen,
        frozen_at=frozen_at,
        arrived=arrived,
        newest=newest,
        read_before=record.last_read(by) is not None,
    )


def since(by: Holder) -> Since | None:
    """Return what changed since the version that this device froze last; None when it never did."""
    last = record.last_read(by)
    if last is None:
        return None
    act, at = last
    before = screens.read_at(by.gathering_id, act.edition, act.position)
    now = screens.read(by.gathering_id)
    return Since(number=act.edition, at=at, changes=differences(before.shown, now.shown))


def kept(by: Holder) -> tuple[KeptVersion, ...]:
    """Return the versions whose report this device may take away: those it froze, those the stage was given.

    The newest comes first; one that was frozen twice is one, since the first time. Before any synthesis there
    is nothing to report.
    """
    found: dict[tuple[int, int], KeptVersion] = {}
    for entry in record.kept(by):
        act = journal.written(entry).act
        version = (act.edition, act.position)
        if act.edition and version not in found:
            staged = isinstance(act, StagePrepared)
            found[version] = KeptVersion(
                id=entry.position, number=act.edition, position=act.position, at=entry.at, staged=staged
            )
        elif act.edition and isinstance(act, StagePrepared):
            found[version] = replace(found[version], staged=True)
    return tuple(sorted(found.values(), key=lambda one: -one.id))


def one_kept(by: Holder, version_id: int) -> KeptVersion:
    """Return one of these versions.

    Raises:
        NotFound: this device keeps no such version.
    """
    found = next((one for one in kept(by) if one.id == version_id), None)
    if found is None:
        raise NotFound
    return found


def stage(gathering_id: int) -> Stage:
    """Return the deck of the prepared version, or of the newest, and the scene on the screen."""
    found = record.prepared(gathering_id)
    act, position = found or (None, 0)
    screen = screens.read_at(gathering_id, act.edition, act.position) if act else screens.read(gathering_id)
    return Stage(
        deck=_deck(gathering_id, screen, position, act.scenes if act else None),
        scene=record.on_stage(gathering_id),
        head=journal.head(gathering_id),
        prepared=position,
    )


def note_on_stage(gathering_id: int, note_id: str) -> DeckNote:
    """Return the note that the screen shows now.

    Raises:
        NotFound: the screen shows something else; a phone of the room reads no other note by this way.
    """
    found = stage(gathering_id)
    note = next((one for one in found.deck.notes if one.id == note_id == found.scene.note_id), None)
    if note is None:
        raise NotFound
    return note


def deck_of(by: Holder) -> Deck:
    """Return the deck of the version that a witness reads, to prepare a speech from."""
    return _deck(by.gathering_id, reading(by).screen, 0, None)


def _deck(gathering_id: int, screen: Screen, prepared: int, scenes: tuple[Scene, ...] | None) -> Deck:
    """Make a deck, or hand over the one that was made for the same version: a hall of phones asks for one."""
    kept: dict[tuple[int, int], tuple[Screen, Deck]] = current_app.extensions.setdefault("restitution_decks", {})
    known, found = kept.get((gathering_id, prepared), (None, None))
    if found is None or known is not screen:
        drawn = picture.draw(screen.edition, screen.shown)
        found = deck.make(screen.shown, drawn, place=screen.gathering.place, position=screen.head, scenes=scenes)
        kept[gathering_id, prepared] = screen, found
    return found
