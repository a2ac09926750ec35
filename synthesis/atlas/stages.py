"""The way from what is observed to what is proposed: constat, enjeu, questionnement, scénario, slot after slot.

Pure. A note's stage follows from its type, said by the one who wrote it, or from its question mark; nothing is read
into its words. Action scenarios stand at the last slot whose notes they rest on.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from synthesis.atlas.drafting import ScenarioShown
    from synthesis.present import EditionShown, NoteShown

STAGES = ("constat", "enjeu", "questionnement", "scenario")

_BY_KIND = {"obstacle": "constat", "condition": "enjeu", "lever": "scenario"}
_BY_WORD = (
    ("constat", "constat"),
    ("enjeu", "enjeu"),
    ("question", "questionnement"),
    ("scenario", "scenario"),
    ("piste", "scenario"),
    ("proposition", "scenario"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A moment of the programme in which notes were taken."""

    key: str
    day: str
    start: str
    end: str
    workshops: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """The notes of one stage in one slot."""

    stage: str
    slot: Slot
    notes: tuple[NoteShown, ...]
    scenarios: tuple[ScenarioShown, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """Stages by slots."""

    slots: tuple[Slot, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    """Each stage with its cells, in the order of the slots."""
    apart: int
    """Notes whose type says no stage."""

    def cell(self, stage: str, slot: str) -> Cell | None:
        """Return one cell, if it is there."""
        cells = dict(self.rows).get(stage, ())
        return next((cell for cell in cells if cell.slot.key == slot), None)


def slots_of(sessions: Iterable[tuple[str, str, str, str]]) -> tuple[Slot, ...]:
    """Gather workshops that are held at the same time.

    Args:
        sessions: (workshop, day, start, end) in programme order.
    """
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for key, day, start, end in sessions:
        found[day, start, end].append(key)
    ordered = sorted(found.items(), key=lambda item: item[0])
    return tuple(
        Slot(key=str(rank), day=day, start=start, end=end, workshops=frozenset(keys))
        for rank, ((day, start, end), keys) in enumerate(ordered, 1)
    )


def stage_of(note: NoteShown, word: str) -> str:
    """Return the stage of a note; "" when its type says none.

    Args:
        note: the note.
        word: what its type is called.
    """
    said = _plain(word)
    for start, stage in _BY_WORD:
        if said.startswith(start):
            return stage
    if note.text.rstrip(' \u00a0\u202f»"”)').endswith("?"):
        return "questionnement"
    return _BY_KIND.get(note.kind, "")


def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))


def lay_out(
    shown: EditionShown, slots: Sequence[Slot], scenarios: Sequence[ScenarioShown], *, theme_id: str = ""
) -> Timeline:
    """Lay the notes out, all of them or those of one theme."""
    where = {workshop: slot.key for slot in slots for workshop in slot.workshops}
    theme = shown.theme(theme_id) if theme_id else None
    wanted = set(theme.note_ids) if theme else {note.id for note in shown.notes}
    cells: dict[tuple[str, str], list[NoteShown]] = defaultdict(list)
    apart = 0
    for note in shown.notes:
        if note.id not in wanted or note.workshop not in where:
            continue
        stage = stage_of(note, shown.kind_label(note.kind))
        apart += not stage
        cells[stage, where[note.workshop]].append(note)
    placed = _placed(scenarios, slots, where, wanted if theme else None)
    rows = tuple(
        (
            stage,
            tuple(
                Cell(
                    stage=stage,
                    slot=slot,
                    notes=tuple(cells[stage, slot.key]),
                    scenarios=tuple(placed[slot.key]) if stage == "scenario" else (),
                )
                for slot in slots
            ),
        )
        for stage in STAGES
    )
    return Timeline(slots=tuple(slots), rows=rows, apart=apart)


def _placed(
    scenarios: Sequence[ScenarioShown], slots: Sequence[Slot], where: Mapping[str, str], wanted: set[str] | None
) -> dict[str, list[ScenarioShown]]:
    """Put each scenario at the last slot it draws from; at the last of all when it cites nothing."""
    order = {slot.key: rank for rank, slot in enumerate(slots)}
    found: dict[str, list[ScenarioShown]] = defaultdict(list)
    for one in scenarios:
        notes = one.cited
        if wanted is not None and not any(note.id in wanted for note in notes):
            continue
        keys = [where[note.workshop] for note in notes if note.workshop in where]
        if slots:
            found[max(keys, key=order.__getitem__) if keys else slots[-1].key].append(one)
    return found
