"""Notes that the report names and does not quote: their references, workshop by workshop.

Pure. A reference leads to the place where the annexes give the note whole.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A note that is named and not quoted."""

    note_id: str
    reference: str


@dataclass(frozen=True, kw_only=True, slots=True)
class References:
    """Notes named by their references, workshop by workshop, as the annexes hold them."""

    lead: str
    rooms: tuple[tuple[str, tuple[Cited, ...]], ...]
    """(the workshop's number, "" when there is none; its notes)."""
    more: str = ""
    """How many others only the annexes name, "" when all are here."""

    def plain(self) -> str:
        """Say it as one line, for a format without links."""
        said = [self.room(number, notes) for number, notes in self.rooms]
        return f"{self.lead} {' · '.join([*said, *([self.more] if self.more else [])])}"

    @staticmethod
    def room(number: str, notes: tuple[Cited, ...]) -> str:
        """Say one workshop's notes: « A3 b9bf2e, 67eaea »."""
        return f"{number} {', '.join(one.reference for one in notes)}".strip()
