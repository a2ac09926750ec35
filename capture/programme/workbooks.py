"""XLSX programmes: the first sheet whose header we recognise, with real dates, merged cells and computed cells.

Pure: the workbook is opened from memory. A compressed file is measured before it is unpacked, because a few kilobytes
can unpack to gigabytes.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl

from capture.programme.faults import Findings, unreadable
from capture.programme.tables import HEADER_WITHIN, Line, sheet_of
from capture.programme.words import column_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from capture.programme.assembly import Sheet

MOST_UNPACKED = 60_000_000
"""Bytes; a programme of 1,000 sessions unpacks to less than 1 MB."""
EPOCH_YEAR = 1900
"""A time typed alone is a moment of the workbook's first day, in 1899 or 1900."""
MOST_ROWS = 5_000
MOST_COLUMNS = 100


def read_workbook(data: bytes, findings: Findings) -> Sheet:
    """Read the first sheet of a workbook that has a programme's header.

    Raises:
        ProgrammeUnreadable: not an XLSX file, too large once unpacked, or no sheet with a header.
    """
    _refuse_bomb(data)
    shown, written = _open(data, values=True), _open(data, values=False)
    chosen = _chosen(shown, findings)
    _refuse_vast(shown[chosen])
    lines = tuple(_lines(shown[chosen], written[chosen], findings))
    findings.refuse_if_any()
    return sheet_of(lines, findings)


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise unreadable(
                    "Le classeur est démesuré une fois ouvert ; copiez le programme dans un classeur neuf."
                )
            if "xl/workbook.xml" not in names:
                reason = (
                    "Ce fichier n’est pas un classeur XLSX ; enregistrez le programme en XLSX, en CSV ou en iCalendar."
                )
                raise unreadable(reason)
            if any(_declares(packed.read(name)) for name in sorted(names) if name.endswith((".xml", ".rels"))):
                raise unreadable("Le classeur contient une déclaration interdite ; enregistrez-le de nouveau en XLSX.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise unreadable("Le classeur est coupé, abîmé ou protégé ; enregistrez-le de nouveau en XLSX.") from error


def _declares(xml: bytes) -> bool:
    """Tell whether an XML part declares entities, which no spreadsheet program does and every XML bomb does."""
    return b"<!DOCTYPE" in xml.replace(b"\0", b"").upper()


def _open(data: bytes, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            # Styles and extensions that openpyxl does not know are of no concern to a programme.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values, keep_links=False)
    except Exception as error:
        # A damaged workbook raises whatever its first wrong part raises: there is no list of these.
        raise unreadable("Le classeur est abîmé ; ouvrez-le et enregistrez-le de nouveau en XLSX.") from error


def _chosen(book: Workbook, findings: Findings) -> str:
    """Name the first visible sheet with a header; the first sheet at all when none has one, so that it is refused."""
    fitting = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible" and _has_header(sheet)]
    if len(fitting) > 1:
        findings.remark(
            f"Seule la feuille « {fitting[0]} » a été lue ; « {fitting[1]} » a aussi l’air d’un programme."
        )
    if not book.worksheets:
        raise unreadable("Le classeur n’a aucune feuille de calcul.")
    return fitting[0] if fitting else book.worksheets[0].title


def _has_header(sheet: Worksheet) -> bool:
    rows = sheet.iter_rows(max_row=HEADER_WITHIN, max_col=MOST_COLUMNS, values_only=True)
    return any(len({column_of(cell) for cell in row if isinstance(cell, str)} - {""}) > 1 for row in rows)


def _refuse_vast(sheet: Worksheet) -> None:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        reason = (
            f"La feuille « {sheet.title} » a {sheet.max_row} lignes et {sheet.max_column} colonnes ; "
            "copiez le seul programme dans une feuille neuve."
        )
        raise unreadable(reason)


def _lines(shown: Worksheet, written: Worksheet, findings: Findings) -> Iterator[Line]:
    above = _merged_downwards(shown)
    for number, row in enumerate(shown.iter_rows(), start=1):
        cells = []
        for column in range(1, len(row) + 1):
            top = above.get((number, column), (number, column))
            computed = written.cell(*top).data_type == "f"
            text = text_of(shown.cell(*top).value)
            if computed:
                _told_of_formula(number, column, text, written, findings)
            cells.append(text)
        yield Line(number, tuple(cells))


def _told_of_formula(number: int, column: int, text: str, sheet: Worksheet, findings: Findings) -> None:
    """Say that a formula's last result was read; a formula that nobody computed has none, and is a fault."""
    where = sheet.cell(number, column).coordinate
    if text:
        findings.remark("Des cases calculées par une formule ont été lues telles que le classeur les affichait.")
    else:
        findings.fault(number, where, "cette case contient une formule sans résultat ; collez-y la valeur seule.")


def _merged_downwards(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Map each cell hidden by a merge to the one that speaks for it, downwards only: a merged banner is one cell."""
    above: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in sheet.merged_cells.ranges:
        for number in range(merged.min_row + 1, min(merged.max_row, MOST_ROWS) + 1):
            above[number, merged.min_col] = (merged.min_row, merged.min_col)
    return above


def text_of(value: object) -> str:
    """Write a cell's value as the other readers would have found it: ISO dates, "HH:MM" times, plain numbers."""
    match value:
        case None:
            text = ""
        case bool():
            text = "oui" if value else "non"
        case dt.datetime() if value.year <= EPOCH_YEAR:
            text = value.strftime("%H:%M")
        case dt.datetime() if value.time() == dt.time(0):
            text = value.date().isoformat()
        case dt.datetime():
            text = value.strftime("%Y-%m-%d %H:%M")
        case dt.time():
            text = value.strftime("%H:%M")
        case dt.timedelta():
            minutes = round(value.total_seconds() / 60)
            text = f"{minutes // 60:02d}:{minutes % 60:02d}"
        case float() if value.is_integer():
            text = str(int(value))
        case _:
            text = str(value)
    return text
