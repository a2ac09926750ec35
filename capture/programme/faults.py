"""What is wrong in a programme file, gathered line by line, so that a person corrects everything at once.

Pure. Reasons are French sentences: organisers read them beside their own file.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from capture.errors import ProgrammeUnreadable

MOST_SHOWN = 200
"""A file that is wrong everywhere is wrong in one way: beyond this the list helps nobody."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing to correct: where, in which column, and what to do about it."""

    line: int
    """Counted from 1 as a text editor or a spreadsheet shows it; 0 for the file as a whole."""
    column: str
    """The column as the file calls it; "" for the whole line."""
    reason: str


@dataclass(slots=True)
class Findings:
    """What a reading finds on its way: faults, which refuse the file, and remarks, which do not."""

    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def fault(self, line: int, column: str, reason: str) -> None:
        """Keep one thing to correct."""
        self.faults.append(Fault(line, column, reason))

    def remark(self, sentence: str) -> None:
        """Keep a word about something read with a doubt or left aside, once."""
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def refuse_if_any(self) -> None:
        """Stop here when something must be corrected.

        Raises:
            ProgrammeUnreadable: with `lines`, every fault as {line, column, reason}, and a summary sentence.
        """
        if not self.faults:
            return
        ordered = sorted(set(self.faults))
        shown = [asdict(fault) for fault in ordered[:MOST_SHOWN]]
        raise ProgrammeUnreadable(summary=_summary(ordered), lines=shown)


def unreadable(reason: str) -> ProgrammeUnreadable:
    """Make the refusal of a file as a whole, for one reason."""
    return ProgrammeUnreadable(summary=reason, lines=[asdict(Fault(0, "", reason))])


def _summary(faults: list[Fault]) -> str:
    if len(faults) == 1:
        only = faults[0]
        return f"Ligne {only.line} : {only.reason}" if only.line else only.reason
    lines = sorted({fault.line for fault in faults if fault.line})
    if len(lines) <= 1:
        return f"{len(faults)} points à corriger" + (f", tous à la ligne {lines[0]}." if lines else ".")
    named = ", ".join(str(line) for line in lines[:7])
    where = f"{named} et {len(lines) - 7} autres" if len(lines) > 7 else f"{named.rpartition(', ')[0]} et {lines[-1]}"  # noqa: PLR2004 - seven numbers are what one reads at a glance
    return f"{len(faults)} points à corriger, aux lignes {where}."
