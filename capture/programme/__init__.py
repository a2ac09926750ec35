"""Programmes as organisers keep them: a file in, a `Programme` out, or a refusal that names every line at fault.

Pure: bytes in, values out. CSV, XLSX, iCalendar and YAML are told apart by what they plainly are, then by their name.
"""

from __future__ import annotations

from capture.programme.assembly import Sheet, programme_of
from capture.programme.calendars import read_calendar
from capture.programme.difference import Changed, Difference, FieldChange, difference
from capture.programme.documents import read_document
from capture.programme.faults import Fault, Findings, unreadable
from capture.programme.plan import SESSION_KINDS, NoteKind, PlannedDay, PlannedSession, Programme
from capture.programme.tables import decode, read_csv
from capture.programme.words import KIND_LABELS, column_of
from capture.programme.workbooks import read_workbook
from capture.programme.writing import as_csv, as_yaml

__all__ = [
    "KIND_LABELS",
    "SESSION_KINDS",
    "Changed",
    "Difference",
    "Fault",
    "FieldChange",
    "NoteKind",
    "PlannedDay",
    "PlannedSession",
    "Programme",
    "as_csv",
    "as_yaml",
    "difference",
    "read",
]

LARGEST = 5_000_000
"""Bytes; a programme with its questions weighs some 20 kB."""

_FOREIGN = (
    (b"%PDF", "un PDF"),
    (b"\xd0\xcf\x11\xe0", "un ancien classeur (.xls) ou un document Word"),
    (b"{\\rtf", "un document texte"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
)


def read(data: bytes, *, name: str, timezone: str = "Europe/Paris") -> Programme:
    """Read a programme from a file's bytes.

    Args:
        data: the file, at most 5 MB.
        name: what the file is called; its extension counts when its content could be two things.
        timezone: where the gathering takes place, unless the file says it.

    Raises:
        ProgrammeUnreadable: nothing was read. Its data hold `summary`, a French sentence, and `lines`, every fault
            as {"line": int, "column": str, "reason": str}, in the order of the file.
    """
    if len(data) > LARGEST:
        raise unreadable(
            f"Le fichier pèse {len(data) / 1e6:.1f} Mo ; un programme en pèse au plus 5.".replace(".", ",", 1)
        )
    if not data.strip():
        raise unreadable("Le fichier est vide. Ajoutez une ligne d’en-tête, puis une ligne par séance.")
    for mark, what in _FOREIGN:
        if data.startswith(mark):
            raise unreadable(f"Ce fichier est {what} ; enregistrez le programme en XLSX, en CSV ou en iCalendar.")
    findings = Findings()
    return programme_of(_sheet(data, name, timezone, findings), findings, timezone=timezone)


def _sheet(data: bytes, name: str, timezone: str, findings: Findings) -> Sheet:
    """Choose the reader: what the content plainly is wins over the name, and the name over a guess."""
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, findings)
    extension = name.rpartition(".")[2].lower()
    if extension == "xlsx":
        raise unreadable("Ce fichier n’est pas un classeur XLSX, malgré son nom ; enregistrez-le de nouveau.")
    text = decode(data, findings)
    if not text.strip():
        raise unreadable("Le fichier est vide. Ajoutez une ligne d’en-tête, puis une ligne par séance.")
    if extension == "ics" or text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return read_calendar(text, findings, timezone=timezone)
    if extension in {"yaml", "yml"} or (extension not in {"csv", "tsv", "txt"} and _looks_like_yaml(text)):
        return read_document(text, findings)
    return read_csv(text, findings)


def _looks_like_yaml(text: str) -> bool:
    """Tell whether the first line that says something is « mot: … » or a list, as no table's header is."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    word, colon, _ = first.partition(":")
    return first.startswith(("---", "- ")) or (
        bool(colon) and not any(mark in word for mark in ",;\t") and not column_of(first)
    )
