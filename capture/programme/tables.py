"""CSV programmes, as any spreadsheet program saves them: commas, semicolons or tabs, in whatever encoding.

Pure. The header is looked for among the first lines, because people put a title above their tables.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from capture.programme.assembly import Cell, Row, Sheet, tidy
from capture.programme.faults import Findings, unreadable
from capture.programme.words import SHOWN, column_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HEADER_WITHIN = 20
ENOUGH_COLUMNS = 2
"""A line that names fewer of our columns than this is a title or a sentence, not a header."""
FIELD_LIMIT = 100_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, with its number as the person's own program shows it."""

    number: int
    cells: tuple[str, ...]


def decode(data: bytes, findings: Findings) -> str:
    """Turn bytes into text: UTF-8, UTF-16 with its mark, else Windows-1252 with a remark.

    Raises:
        ProgrammeUnreadable: none of the three fits; the first line at fault is named.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise unreadable("Le fichier est coupé ou abîmé ; enregistrez-le de nouveau en CSV UTF-8.") from error
        text = _older(data, error.start, findings)
    if "\0" in text:
        reason = "Le fichier n’est pas un texte lisible ; enregistrez-le en CSV UTF-8, en XLSX ou en iCalendar."
        raise unreadable(reason)
    return text


def _older(data: bytes, at: int, findings: Findings) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        findings.fault(
            data.count(b"\n", 0, at) + 1,
            "",
            "cette ligne n’est ni en UTF-8 ni en Windows-1252 ; enregistrez le fichier en CSV UTF-8.",
        )
        findings.refuse_if_any()
        raise unreadable("Le fichier n’est pas un texte lisible.") from error
    findings.remark("Le fichier a été lu en Windows-1252 ; vérifiez les accents dans l’aperçu.")
    return text


def read_csv(text: str, findings: Findings) -> Sheet:
    """Read a CSV text whose separator is the one its header uses most."""
    lines = tuple(_lines(text, findings))
    findings.refuse_if_any()
    return sheet_of(lines, findings)


def _lines(text: str, findings: Findings) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True, skipinitialspace=True)
    csv.field_size_limit(FIELD_LIMIT)
    before = 0
    try:
        for cells in reader:
            yield Line(before + 1, tuple(cells))
            before = reader.line_num
    except csv.Error:
        reason = (
            "un guillemet est ouvert et n’est jamais fermé, ou la cellule est trop longue ; vérifiez les guillemets."
        )
        findings.fault(before + 1, "", reason)


def _separator(text: str) -> str:
    """Choose the separator that makes the most known columns in some line near the top; a comma when none does."""

    def known(separator: str) -> int:
        head = text.splitlines()[:HEADER_WITHIN]
        return max((sum(1 for cell in line.split(separator) if column_of(cell)) for line in head), default=0)

    return max((",", ";", "\t"), key=known)


def sheet_of(lines: Iterable[Line], findings: Findings) -> Sheet:
    """Turn lines into rows: find the header, name the columns, leave blank lines out.

    Raises:
        ProgrammeUnreadable: no header is found, or a column without which nothing can be planned is missing.
    """
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)]
    header = max(filled[:HEADER_WITHIN], key=_known, default=None)
    if header is None:
        raise unreadable("Le fichier est vide. Ajoutez une ligne d’en-tête, puis une ligne par séance.")
    if _known(header) < ENOUGH_COLUMNS:
        reason = (
            "Aucune ligne d’en-tête n’a été reconnue. La première ligne doit nommer les colonnes, par exemple : "
            "jour, début, fin, type, titre, salle."
        )
        raise unreadable(reason)
    fields = _fields(header, findings)
    _require_columns(header, set(fields.values()), findings)
    below = [line for line in filled if line.number > header.number]
    return Sheet(rows=tuple(_row(line, header, fields, findings) for line in below))


def _known(line: Line) -> int:
    return len({column_of(cell) for cell in line.cells} - {""})


def _fields(header: Line, findings: Findings) -> dict[int, str]:
    """Give each column its field; a second column for one field is ignored, except for questions, which add up."""
    fields: dict[int, str] = {}
    for at, name in enumerate(header.cells):
        found = column_of(name)
        if found and (found == "questions" or found not in fields.values()):
            fields[at] = found
        elif name.strip():
            why = "elle fait double emploi" if found else "elle n’est pas d’un programme"
            findings.remark(f"La colonne « {tidy(name)} » a été ignorée : {why}.")
    return fields


def _require_columns(header: Line, present: set[str], findings: Findings) -> None:
    for name in ("title", "day", "start", "end"):
        if name not in present and not ("hours" in present and name in {"start", "end"}):
            findings.fault(
                header.number, SHOWN[name], f"la colonne « {SHOWN[name]} » manque ; ajoutez-la à l’en-tête."
            )
    findings.refuse_if_any()


def _row(line: Line, header: Line, fields: Mapping[int, str], findings: Findings) -> Row:
    extra = [cell for cell in line.cells[len(header.cells) :] if cell.strip()]
    if extra:
        findings.fault(
            line.number,
            "",
            f"cette ligne a {len(extra)} case(s) de plus que l’en-tête ; mettez entre guillemets le texte "
            "qui contient une virgule ou un point-virgule.",
        )
    cells: dict[str, Cell] = {}
    for at, name in fields.items():
        text = unquoted(tidy(line.cells[at])) if at < len(line.cells) else ""
        if text and name in cells:
            cells[name] = Cell(cells[name].column, f"{cells[name].text}\n{text}")
        elif text:
            cells[name] = Cell(tidy(header.cells[at]), text)
    return Row(line.number, cells)


def unquoted(text: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell: « '=1+1 » was written « =1+1 »."""
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") and len(text) > 1 else text
