"""The same tables as one workbook, for people who open a spreadsheet rather than seven files.

Pure. Every text is stored as a text, whatever it begins with, and marked so that editing the cell keeps it one.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from synthesis.report import cells
from synthesis.report.archive import settle
from synthesis.report.characters import storable

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from synthesis.corpus import Corpus
    from synthesis.report.cells import Cell, Sheet
    from synthesis.results import Edition
    from synthesis.table import Table

LONGEST = 32_767
"""What a spreadsheet keeps in one cell; a longer text ends with « […] » here and is whole in `notes.csv`."""

LONG = 40
"""From this many characters on, a text is wrapped in its cell."""

EPOCH = date(1980, 1, 1)
"""The date inside the file, fixed: the same edition is the same bytes on any day."""

_WIDE = {"text": 80, "label": 40, "theme_label": 40, "subtitle": 40, "name": 36, "actor": 36, "workshop": 36}
_TITLES = {
    "notes": "Notes",
    "themes": "Thèmes",
    "actors": "Acteurs",
    "mentions": "Mentions",
    "links": "Liens",
    "cooperations": "Cités ensemble",
}


def write(edition: Edition, corpus: Corpus, table: Table | None = None) -> bytes:
    """Write the workbook: one sheet per table, header frozen, filters on."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Restitution"
    book.properties.title = storable(corpus.title)
    book.properties.language = "fr"
    for sheet in (
        cells.notes(edition, corpus, table),
        cells.themes(edition),
        cells.actors(edition),
        cells.mentions(edition),
        cells.links(edition),
        cells.cooperations(edition),
    ):
        _fill(book.create_sheet(_TITLES[sheet.name]), sheet)
    target = io.BytesIO()
    book.save(target)
    return settle(target.getvalue(), EPOCH)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(sheet.rows) + 1}"
    for place, column in enumerate(sheet.header, 1):
        page.column_dimensions[get_column_letter(place)].width = _WIDE.get(column, 16)
        head = page.cell(1, place)
        _set(head, column)
        head.font = Font(bold=True)
    for line, row in enumerate(sheet.rows, 2):
        for place, value in enumerate(row, 1):
            _set(page.cell(line, place), value)


def _set(cell: SheetCell | MergedCell, value: Cell) -> None:
    """Set a cell's value; a text is typed as text, or the library would make a formula of « =1+1 »."""
    if not isinstance(value, str):
        cell.value = round(value, 6) if isinstance(value, float) else value
        return
    text = storable(value)
    cell.value = text if len(text) <= LONGEST else text[: LONGEST - 4] + " […]"
    cell.data_type = "s"
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "'")):
        cell.quotePrefix = True
    if len(text) > LONG:
        cell.alignment = Alignment(vertical="top", wrap_text=True)
