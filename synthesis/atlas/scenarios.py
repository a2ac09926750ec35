"""Action scenarios: what people build out of notes, together, each part cited to its notes.

Pure. A scenario is folded from its operations. An edit names the revision it edits; a stale one keeps both wordings
until somebody chooses, as for notes.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from capture.operations import operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from capture.state import Written


@operation("scenario.written")
class ScenarioWritten:
    """A person wrote an action scenario, or another wording of one: `base` names the revision that was edited."""

    scenario_id: str
    title: str
    base: int = 0
    """0 for a new scenario."""
    steps: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    """Ids of the notes whose levers it uses."""
    obstacles: tuple[str, ...] = ()
    """Ids of the notes whose obstacles it has to lift."""
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Ids of the other notes it rests on."""


@operation("scenario.settled")
class ScenarioSettled:
    """Of two wordings written apart, this revision is the one that stands."""

    scenario_id: str
    revision: int


@operation("scenario.removed")
class ScenarioRemoved:
    """The scenario is set aside; another wording of it brings it back."""

    scenario_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """One version of a scenario."""

    revision: int
    author: str
    act: ScenarioWritten

    @property
    def cited(self) -> tuple[str, ...]:
        """Every note it rests on, once each, levers first."""
        act = self.act
        return tuple(dict.fromkeys((*act.levers, *act.obstacles, *act.conditions, *act.notes)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """A scenario as it stands, with the wordings that wait for a choice."""

    id: str
    wording: Wording
    rivals: tuple[Wording, ...] = ()
    removed: bool = False


def fold(journal: Iterable[Written]) -> tuple[Scenario, ...]:
    """Return the scenarios that stand, in the order they were first written."""
    found: dict[str, Scenario] = {}
    for written in journal:
        after = _after(found, written)
        if after is not None:
            found[after.id] = after
    return tuple(one for one in found.values() if not one.removed)


def _after(found: Mapping[str, Scenario], written: Written) -> Scenario | None:
    match written.act:
        case ScenarioWritten() as act:
            wording = Wording(revision=written.position, author=written.author, act=act)
            before = found.get(act.scenario_id)
            if before is None or act.base == before.wording.revision:
                return Scenario(id=act.scenario_id, wording=wording, rivals=before.rivals if before else ())
            # A stale edit overwrites nothing: it waits beside the wording that stands.
            return dataclasses.replace(before, rivals=(*before.rivals, wording), removed=False)
        case ScenarioSettled(scenario_id=key, revision=revision) if key in found:
            before = found[key]
            chosen = next((one for one in before.rivals if one.revision == revision), before.wording)
            settled = dataclasses.replace(chosen, revision=written.position)
            return dataclasses.replace(before, wording=settled, rivals=())
        case ScenarioRemoved(scenario_id=key) if key in found:
            return dataclasses.replace(found[key], removed=True)
        case _:
            return None
