"""What a witness and a room do around the speech: permanent names in the same journal as the notes.

Pure. A witness's version and landmarks are their own; what the screen shows is everybody's; an echo is nobody's.
"""

from __future__ import annotations

import dataclasses

from pydantic import ConfigDict, with_config

from capture.operations import operation

VIEWS = ("title", "theme", "quote", "actor", "table", "black")
"""What a screen may show: the gathering, a theme, one note, one actor among the themes, all themes, nothing."""


@with_config(ConfigDict(extra="forbid"))
@dataclasses.dataclass(frozen=True, kw_only=True)
class Scene:
    """What stands on the screen at one moment: ids only, the words come from the notes."""

    view: str
    theme_id: str = ""
    note_id: str = ""
    actor_id: str = ""
    part: int = 0
    """Which part of a long note, from 0."""


@operation("reading.frozen")
class ReadingFrozen:
    """A device keeps this edition over the notes as they stood at this position under its reader's eyes."""

    edition: int
    position: int


@operation("reading.released")
class ReadingReleased:
    """The device reads the newest again; the version frozen last stays its mark of what was read."""


@operation("landmark.placed")
class LandmarkPlaced:
    """A witness wants to speak of a theme, of a note, or of something of their own."""

    landmark_id: str
    theme_id: str = ""
    note_id: str = ""
    line: str = ""
    seconds: int = 0
    sheet: str = ""
    """The sheet it stands on: the device's own when empty, else one that was shared."""


@operation("landmark.worded")
class LandmarkWorded:
    """A witness wrote the line of a landmark, or gave it its time."""

    landmark_id: str
    line: str = ""
    seconds: int = 0
    sheet: str = ""


@operation("landmark.dropped")
class LandmarkDropped:
    """The landmark leaves the sheet."""

    landmark_id: str
    sheet: str = ""


@operation("landmarks.ordered")
class LandmarksOrdered:
    """The order in which the landmarks will be spoken; those that are not named come after."""

    landmark_ids: tuple[str, ...]
    sheet: str = ""


@operation("landmarks.shared")
class LandmarksShared:
    """A witness shows their sheet to the other witnesses, who may then work on it, or takes it back."""

    shared: bool
    name: str = ""


@operation("stage.prepared")
class StagePrepared:
    """What the screen will show, in which order, over one version: every device takes it before the speech."""

    edition: int
    position: int
    scenes: tuple[Scene, ...] = ()
    after: int = 0
    """The last act on the screen that the device knew of; 0 when it does not say."""


@operation("stage.shown")
class StageShown:
    """The speaker put a scene on the screen."""

    view: str
    theme_id: str = ""
    note_id: str = ""
    actor_id: str = ""
    part: int = 0


@operation("echo.given")
class EchoGiven:
    """Somebody in the room says of a theme: « ça rejoint ce que j'ai vécu ». Nobody knows who."""

    theme_id: str


Private = LandmarkPlaced | LandmarkWorded | LandmarkDropped | LandmarksOrdered | LandmarksShared
"""The acts that make a witness's sheet."""
