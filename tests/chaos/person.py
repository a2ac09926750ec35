"""What the one who typed remembers, whatever happens to the phone: the model holds the journal against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.chaos.outbox import WORDS


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
    """Operation that is sent no more → the one that took its place; none where its writer deleted the note."""
    removed: set[str] = field(default_factory=set)
    """Notes that this person deleted at least once."""
    counted: dict[str, int] = field(default_factory=dict)

    def acted(self, identifier: str, name: str, payload: dict[str, Any]) -> None:
        """Remember an act."""
        if name in WORDS:
            self.typed[identifier] = (payload["note_id"], payload["text"])
        if name == "note.removed":
            self.removed.add(payload["note_id"])

    def left(self, identifier: str, heir: str) -> None:
        """Remember that an act will not be sent, and which one stands for it."""
        self.heirs[identifier] = heir

    def count(self, what: str) -> None:
        """Remember that something happened."""
        self.counted[what] = self.counted.get(what, 0) + 1
