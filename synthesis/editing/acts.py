"""What people write in the report: permanent names in the same journal as the notes, so that a new edition keeps them.

Pure. `base` names the wording that was before the person's eyes, by its position: one written over a wording that is
not there any more stands beside the newer one, and neither is lost.
"""

from __future__ import annotations

from capture.operations import operation


@operation("report.worded")
class ReportWorded:
    """The organiser wrote a part of the report: "titre", "introduction", "conclusion", "partie.…" or "theme.…"."""

    part: str
    text: str
    """Empty to take it out again."""
    base: int = 0
    """The position of the wording that is replaced, 0 when there was none."""


@operation("report.testified")
class ReportTestified:
    """A grand témoin wrote a text of their own, which the report shows apart, signed."""

    text_id: str
    text: str
    by: str
    """The signature, as the person wishes to be named."""
    base: int = 0


@operation("report.ordered")
class ReportOrdered:
    """The organiser put the chapters in the order in which they are to be read; those not named come after."""

    theme_ids: tuple[str, ...]
    base: int = 0


@operation("report.settled")
class ReportSettled:
    """Of two wordings written apart, the one at this position stands."""

    part: str
    position: int


Text = ReportWorded | ReportTestified | ReportOrdered | ReportSettled
"""The acts that make the report's own words."""
