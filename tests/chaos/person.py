"""What the one who typed remembers, whatever happens to the phone: the model holds the journal against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.chaos.outbox import WORDS

TURNS = {"note.removed", "note.restored"}
"""What one does with a whole note."""


@dataclass
class Person:
    """A rapporteur, and their memory."""

    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Operation id → note id and text, of everything that was typed."""
    received: dict[str, int] = field(default_factory=dict)
    """Operation id → position, of everything that was shown as « reçue »."""
    folded: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Refused operation → note id and last words, which a later wording of the same note has given it."""
    heirs: dict[str, str] = field(default_factory=dict)
    """Operation that is sent no more → the one that took its place; none where its writer had deleted the note."""
    turned: dict[str, str] = field(default_factory=dict)
    """Note → what this person did last with the whole of it: « note.removed » or « note.restored »."""
    counted: dict[str, int] = field(default_factory=dict)

    def acted(self, identifier: str, name: str, payload: dict[str, Any]) -> None:
        """Remember an act."""
        if name in WORDS:
            self.typed[identifier] = (payload["note_id"], payload["text"])
        if name in TURNS:
            self.turned[payload["note_id"]] = name

    def left(self, identifier: str, heir: str) -> None:
        """Remember that an act will not be sent, and which one stands for it.

        None stands for it only if its writer wanted the note away at that moment: else its words are owed.
        """
        note_id = self.typed.get(identifier, ("", ""))[0]
        if heir or self.turned.get(note_id) == "note.removed":
            self.heirs[identifier] = heir

    def count(self, what: str) -> None:
        """Remember that something happened."""
        self.counted[what] = self.counted.get(what, 0) + 1
