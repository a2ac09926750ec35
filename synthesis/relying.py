"""Says whether somebody made something that relies on the themes as they stand, beside deciding about them.

Pure. A speech, a screen, an echo, a chapter: none is a decision, and each could lose its themes if these formed again
by themselves. What was taken back relies on nothing any more; a scenario neither, for it cites notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from capture.operations import VOCABULARY, ReportFinalised, ReportReopened
from capture.state import Written
from synthesis.editing import acts as editing
from synthesis.editing.texts import ORDER, THEME, fold
from synthesis.restitution.acts import (
    EchoGiven,
    LandmarkDropped,
    LandmarkPlaced,
    ReadingFrozen,
    ReadingReleased,
    StagePrepared,
    StageShown,
)

_SHOWN = (StagePrepared, StageShown, EchoGiven)
_KEPT = (ReadingFrozen, ReadingReleased, LandmarkPlaced, LandmarkDropped, ReportFinalised, ReportReopened)
_WRITTEN = (editing.ReportWorded, editing.ReportOrdered, editing.ReportSettled)

_BARE = ("title", "black")
"""What a screen shows before anybody speaks."""

NAMES = tuple(name for name, kind in VOCABULARY.items() if kind in (*_SHOWN, *_KEPT, *_WRITTEN))
"""The names of the acts to give to `relied_on`, all those of a gathering."""


def relied_on(acts: Iterable[Written]) -> bool:
    """Say whether anything stands that was made of the themes.

    Args:
        acts: those of these `NAMES`, in the journal's order.
    """
    given = tuple(acts)
    return any(_on_stage(one.act) for one in given) or bool(_kept(given)) or _told(given)


def _on_stage(act: Any) -> bool:
    """Say whether the room was given themes to see, or answered one."""
    return isinstance(act, StagePrepared | EchoGiven) or (isinstance(act, StageShown) and act.view not in _BARE)


def _kept(given: tuple[Written, ...]) -> set[str]:
    """Return what somebody keeps: a version under a device's eyes, a landmark, a signed report."""
    kept: set[str] = set()
    for one in given:
        act = one.act
        if isinstance(act, ReadingFrozen):
            kept.add(f"reading {one.author}")
        elif isinstance(act, ReadingReleased):
            kept.discard(f"reading {one.author}")
        elif isinstance(act, LandmarkPlaced) and (act.theme_id or act.note_id):
            kept.add(f"landmark {act.landmark_id}")
        elif isinstance(act, LandmarkDropped):
            kept.discard(f"landmark {act.landmark_id}")
        elif isinstance(act, ReportFinalised):
            kept.add("report")
        elif isinstance(act, ReportReopened):
            kept.discard("report")
    return kept


def _told(given: tuple[Written, ...]) -> bool:
    """Say whether the report has a person's words on a theme, or a person's order of chapters."""
    parts = fold(one for one in given if isinstance(one.act, _WRITTEN)).parts
    chapters = any(words[0].text.strip() for part, words in parts.items() if part.startswith(THEME) and words)
    return chapters or any(one.theme_ids for one in parts.get(ORDER, ()))
