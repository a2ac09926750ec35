"""What a person does with action scenarios: write, choose between two wordings, set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from capture import journal, seats
from capture.db import db
from capture.errors import NotFound, TextTooLong
from capture.models import Entry
from capture.notes import every_note
from capture.performing import performs
from synthesis.atlas.scenarios import Scenario, ScenarioRemoved, ScenarioSettled, ScenarioWritten, fold
from synthesis.errors import ScenarioUntitled
from synthesis.report.edited import Planned

if TYPE_CHECKING:
    from capture.seats import Holder

TITLE_MAX = 300
STEP_MAX = 2_000
STEPS_MAX = 50


def read(gathering_id: int, until: int | None = None) -> tuple[Scenario, ...]:
    """Return the scenarios of a gathering as they stand, or as they stood at a position."""
    query = select(Entry).where(Entry.gathering_id == gathering_id, Entry.name.like("scenario.%"))
    if until is not None:
        query = query.where(Entry.position <= until)
    return fold(journal.written(entry) for entry in db.session.scalars(query.order_by(Entry.position)))


def planned(gathering_id: int, until: int) -> tuple[Planned, ...]:
    """Return the scenarios as the report takes them."""
    parts = ("title", "steps", "actors", "levers", "obstacles", "conditions", "notes")
    return tuple(
        Planned(**{part: getattr(one.wording.act, part) for part in parts}, unsettled=bool(one.rivals))
        for one in read(gathering_id, until)
    )


def write(act: ScenarioWritten, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Write a scenario, or another wording of one.

    Raises:
        ScenarioUntitled, TextTooLong: it has no title, or a part is too long.
        NotFound: it cites a note that is not there.
    """

    def refuse() -> None:
        if not act.title.strip():
            raise ScenarioUntitled
        for text, limit in ((act.title, TITLE_MAX), *((step, STEP_MAX) for step in (*act.steps, *act.actors))):
            if len(text) > limit:
                raise TextTooLong(length=len(text), limit=limit)
        if len(act.steps) > STEPS_MAX:
            raise TextTooLong(length=len(act.steps), limit=STEPS_MAX)
        cited = {*act.levers, *act.obstacles, *act.conditions, *act.notes}
        if not {note.id for note in every_note(by.gathering_id)}.issuperset(cited):
            raise NotFound

    seats.access_role(by, "temoin")
    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def turn(
    act: ScenarioSettled | ScenarioRemoved, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Choose between two wordings, or set a scenario aside.

    Raises:
        NotFound: no such scenario, or no such wording of it.
    """

    def refuse() -> None:
        found = next((one for one in read(by.gathering_id) if one.id == act.scenario_id), None)
        if found is None:
            raise NotFound
        if isinstance(act, ScenarioSettled):
            wordings = {found.wording.revision, *(rival.revision for rival in found.rivals)}
            if act.revision not in wordings:
                raise NotFound

    seats.access_role(by, "temoin")
    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


performs(ScenarioWritten, verb=write, roles=("temoin",))
performs(ScenarioSettled, ScenarioRemoved, verb=turn, roles=("temoin",))
