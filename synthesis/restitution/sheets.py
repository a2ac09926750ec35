"""The witnesses' sheets of landmarks, folded from their acts: what to say, in which order, in how long.

Pure. A sheet belongs to the device that began it. Shared, it is read and written by the other witnesses too; taken
back, it is its owner's alone, with all that was written on it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from synthesis.restitution.acts import (
    LandmarkDropped,
    LandmarkPlaced,
    LandmarksOrdered,
    LandmarksShared,
    LandmarkWorded,
    Private,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Landmark:
    """One thing to say."""

    id: str
    theme_id: str = ""
    note_id: str = ""
    line: str = ""
    seconds: int = 0

    @property
    def target(self) -> tuple[str, str]:
        """What it is about; empty for something of the speaker's own."""
        return self.theme_id, self.note_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One witness's landmarks, in speaking order."""

    id: str
    name: str = ""
    shared: bool = False
    landmarks: tuple[Landmark, ...] = ()

    @property
    def seconds(self) -> int:
        """The time that its landmarks take together."""
        return sum(one.seconds for one in self.landmarks)


def fold(acts: Iterable[tuple[str, Private]]) -> dict[str, Sheet]:
    """Return every sheet under its id, from (the mark of who acted, the act) in the journal's order."""
    sheets: dict[str, Sheet] = {}
    for owner, act in acts:
        key = owner if isinstance(act, LandmarksShared) else act.sheet or owner
        sheets[key] = after(sheets.get(key, Sheet(id=key)), act)
    return sheets


def after(sheet: Sheet, act: Private) -> Sheet:
    """Return a sheet after one act; an act on a landmark that is gone changes nothing."""
    if isinstance(act, LandmarksShared):
        return dataclasses.replace(sheet, shared=act.shared, name=act.name or sheet.name)
    return dataclasses.replace(sheet, landmarks=_landmarks(sheet.landmarks, act))


def _landmarks(
    standing: tuple[Landmark, ...], act: LandmarkPlaced | LandmarkWorded | LandmarkDropped | LandmarksOrdered
) -> tuple[Landmark, ...]:
    if isinstance(act, LandmarkPlaced):
        placed = Landmark(
            id=act.landmark_id, theme_id=act.theme_id, note_id=act.note_id, line=act.line, seconds=act.seconds
        )
        # A star is a star: two devices that gave it made one landmark.
        known = any(one.id == placed.id or (one.target == placed.target != ("", "")) for one in standing)
        return standing if known else (*standing, placed)
    if isinstance(act, LandmarkWorded):
        return tuple(
            dataclasses.replace(one, line=act.line, seconds=act.seconds) if one.id == act.landmark_id else one
            for one in standing
        )
    if isinstance(act, LandmarkDropped):
        return tuple(one for one in standing if one.id != act.landmark_id)
    rank = {landmark_id: place for place, landmark_id in enumerate(act.landmark_ids)}
    return tuple(sorted(standing, key=lambda one: rank.get(one.id, len(rank))))


def visible_to(sheets: Mapping[str, Sheet], owner: str) -> tuple[Sheet, ...]:
    """Return a device's own sheet, empty if it has none yet, then those that others share, by name."""
    others = [sheet for key, sheet in sheets.items() if key != owner and sheet.shared]
    return (sheets.get(owner, Sheet(id=owner)), *sorted(others, key=lambda sheet: (sheet.name, sheet.id)))
