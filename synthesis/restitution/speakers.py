"""What a witness does around the speech: freeze a version, keep landmarks, prepare the screen, show a scene.

Each verb refuses first, then journals. An echo of the room is a verb too: it leaves a count and no trace of a device.
"""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

from capture import journal, seats
from capture.errors import NoEdition, NotFound, TextUnreadable
from capture.performing import performs
from capture.seats import Holder
from capture.text import unreadable_at
from synthesis import editions
from synthesis.restitution import record
from synthesis.restitution.acts import (
    VIEWS,
    EchoGiven,
    LandmarkDropped,
    LandmarkPlaced,
    LandmarksOrdered,
    LandmarksShared,
    LandmarkWorded,
    Private,
    ReadingFrozen,
    ReadingReleased,
    Scene,
    StagePrepared,
    StageShown,
)
from synthesis.restitution.refusals import (
    LandmarkGone,
    LineTooLong,
    SceneUnknown,
    SheetFull,
    SheetNotShared,
    StageMoved,
)

LINE_MAX = 300
SHEET_MAX = 40
SCENES_MAX = 200


def read(
    act: ReadingFrozen | ReadingReleased, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Keep a version under the reader's eyes, or go back to the newest.

    Raises:
        NoEdition: there is no such edition, or the position is not written yet.
    """

    def refuse() -> None:
        seats.access_role(by, "temoin")
        if isinstance(act, ReadingFrozen):
            _refuse_version(by.gathering_id, act.edition, act.position)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def keep(act: Private, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Change a sheet of landmarks: one's own, or one that is shared.

    Raises:
        SheetNotShared: it is another witness's own.
        LandmarkGone: the landmark left the sheet.
        LineTooLong, TextUnreadable, SheetFull: it cannot be kept.
    """

    def refuse() -> None:
        seats.access_role(by, "temoin")
        _refuse_line(act.name if isinstance(act, LandmarksShared) else getattr(act, "line", ""))
        own = record.own_sheet(by)
        wanted = own if isinstance(act, LandmarksShared) else act.sheet or own
        sheet = next((one for one in record.sheets_for(by) if one.id == wanted), None)
        if sheet is None:
            raise SheetNotShared
        known = {one.id for one in sheet.landmarks}
        if isinstance(act, LandmarkPlaced) and act.landmark_id not in known and len(known) >= SHEET_MAX:
            raise SheetFull(limit=SHEET_MAX)
        if isinstance(act, LandmarkWorded) and act.landmark_id not in known:
            raise LandmarkGone

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def prepare(act: StagePrepared, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Give the screen its scenes, in their order, over one version.

    Raises:
        SceneUnknown: one of them cannot be shown, or there are too many.
        NoEdition: there is no such version.
        StageMoved: it comes after what somebody prepared or showed since.
    """

    def refuse() -> None:
        seats.access_role(by, "temoin")
        if 0 < act.after < max(record.driven(by.gathering_id)):
            raise StageMoved
        if len(act.scenes) > SCENES_MAX:
            raise SceneUnknown
        for scene in act.scenes:
            _refuse_scene(scene)
        _refuse_version(by.gathering_id, act.edition, act.position)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def show(act: StageShown, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Put a scene on the screen.

    Raises:
        SceneUnknown: no screen knows how to show it.
    """

    def refuse() -> None:
        seats.access_role(by, "temoin")
        _refuse_scene(act)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def echo(act: EchoGiven, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Count one device's echo to a theme, once, without keeping who.

    The id under which it is stored is a keyed digest of the device and the theme: the same device counts once, however
    often it asks, and the journal holds neither its mark nor its clock.

    Raises:
        NotFound: no such theme in the version on the screen, nor in the current edition.
    """
    del device_at
    secret = str(current_app.config["SECRET_KEY"]).encode()
    named = f"echo {by.gathering_id} {by.device} {act.theme_id}".encode()
    once = hmac.new(secret, named, hashlib.sha256).hexdigest()[:32]

    def refuse() -> None:
        if act.theme_id not in _themes(by.gathering_id):
            raise NotFound

    receipt = journal.append(act, gathering_id=by.gathering_id, operation_id=once, refuse=refuse)
    return journal.Receipt(operation_id=operation_id, position=receipt.position, outcome=receipt.outcome)


def _themes(gathering_id: int) -> set[str]:
    """Return the themes that the room may have seen: those of the prepared version, and those of now."""
    stage = record.prepared(gathering_id)
    numbers = {editions.last_number(gathering_id), stage[0].edition if stage else 0} - {0}
    known = [number for number in sorted(numbers) if editions.exists(gathering_id, number)]
    return {theme.id for number in known for theme in editions.read(gathering_id, number).edition.themes}


def _refuse_version(gathering_id: int, number: int, position: int) -> None:
    known = number == 0 or (number > 0 and editions.exists(gathering_id, number))
    if not known or not 0 <= position <= journal.head(gathering_id):
        raise NoEdition


def _refuse_line(line: str) -> None:
    at = unreadable_at(line)
    if at is not None:
        raise TextUnreadable(at=at + 1)
    if len(line) > LINE_MAX:
        raise LineTooLong(length=len(line), limit=LINE_MAX)


def _refuse_scene(scene: Scene | StageShown) -> None:
    if scene.view not in VIEWS or scene.part < 0:
        raise SceneUnknown


performs(ReadingFrozen, ReadingReleased, verb=read, roles=("temoin",))
performs(
    LandmarkPlaced,
    LandmarkWorded,
    LandmarkDropped,
    LandmarksOrdered,
    LandmarksShared,
    verb=keep,
    roles=("temoin",),
)
performs(StagePrepared, verb=prepare, roles=("temoin",))
performs(StageShown, verb=show, roles=("temoin",))
performs(EchoGiven, verb=echo, roles=("participant", "temoin", "rapporteur"))
