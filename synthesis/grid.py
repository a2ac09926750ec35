"""Cuts a CSV file that a person gave into cells, each row knowing its line, or refuses it by line and reason.

Pure. Shared by every table that comes in from outside: the notes, the listed actors.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from capture.errors import TableUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FAULTS_SHOWN = 5
"""How many faults one refusal names; a file wrong on every line needs one correction, not a thousand lines."""

_LATIN = (
    "le fichier n’est pas en UTF-8 ; il semble être en Latin-1 ou Windows-1252. Dans le tableur, "
    "« Enregistrer sous », choisissez « CSV UTF-8 » (LibreOffice : jeu de caractères « Unicode (UTF-8) »)"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the line it begins on, and as many cells as the header has."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A header, where its known columns stand, and the rows under it."""

    header: tuple[str, ...]
    places: dict[str, int]
    rows: tuple[Row, ...]

    def cell(self, row: Row, column: str) -> str:
        """Return what a row says in a known column, "" when the file has no such column."""
        place = self.places.get(column)
        return "" if place is None else row.cells[place]

    def aside(self) -> tuple[str, ...]:
        """Return the columns of the header that have no meaning for us, in the file's order."""
        known = set(self.places.values())
        return tuple(cell for place, cell in enumerate(self.header) if place not in known and cell)


def cut(data: bytes, *, name: str, known: Sequence[str], required: str, near: Sequence[str] = ()) -> Grid:
    """Cut a file into cells: UTF-8 (a BOM is accepted), a header, then the rows that are not blank.

    The separator is the comma, the semicolon or the tab: the one under which the header names the most known
    columns, the earlier on a tie.

    Args:
        data: the file's bytes.
        name: what the person calls the file, for the refusal.
        known: the columns that have a meaning, in lower case.
        required: the one without which the file says nothing.
        near: what people call the required column, to say "rename it".

    Raises:
        TableUnreadable: not UTF-8, NUL, empty, a quote left open, a column named twice, the required column missing,
            or a row longer than the header.

    """
    text = _decode(data, name)
    best = max((",", ";", "\t"), key=lambda separator: len(_recognised(text, separator, known)))
    records = [row for row in _records(text, best, name) if any(cell.strip() for cell in row.cells)]
    if not records:
        refuse(name, [(1, f"le fichier est vide ; la première ligne doit nommer les colonnes, dont « {required} »")])
    header = tuple(cell.strip() for cell in records[0].cells)
    places = _places(records[0].line, header, name, known)
    if required not in places:
        called = next((cell for cell in header if plain(cell) in near), "")
        hint = f" ; renommez la colonne « {called} » en « {required} »" if called else ""
        refuse(name, [(records[0].line, f"aucune colonne « {required} »{hint}")])
    return Grid(header, places, tuple(_squared(records[1:], len(header), name)))


def refuse(name: str, faults: Sequence[tuple[int, str]]) -> NoReturn:
    """Refuse a file for these (line, reason) faults: the first are said, all are kept in the refusal's data."""
    ordered = sorted(faults)
    said = [f"Ligne {line} : {reason}." for line, reason in ordered[:FAULTS_SHOWN]]
    if len(ordered) > FAULTS_SHOWN:
        said.append(f"Et {len(ordered) - FAULTS_SHOWN} autres.")
    line, reason = ordered[0]
    raise TableUnreadable(name=name, line=line, reason=reason, faults=tuple(ordered), summary=" ".join(said))


def plain(word: str) -> str:
    """Return a word without case, accents or doubled spaces, to compare what people type with what we know."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse(name, [(1, "le fichier est en UTF-16. Enregistrez-le de nouveau en « CSV UTF-8 »")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(name, [(data.count(b"\n", 0, error.start) + 1, _LATIN)])
    if "\x00" in text:
        refuse(name, [(text.count("\n", 0, text.index("\x00")) + 1, "un caractère nul (NUL) ; retirez-le")])
    return text


def _recognised(text: str, separator: str, known: Sequence[str]) -> set[str]:
    """Return the known columns that the first line which is not blank names under this separator."""
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            if any(cell.strip() for cell in cells):
                return {cell.strip().casefold() for cell in cells} & set(known)
    except csv.Error:
        pass
    return set()


def _records(text: str, separator: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row(line, tuple(cells))
            line = reader.line_num + 1
    except csv.Error as error:
        if "field larger" in str(error):
            reason = f"une cellule dépasse {csv.field_size_limit()} caractères, ou un guillemet n’est pas refermé"
        elif "unexpected end" in str(error):
            reason = "un guillemet ouvert n’est pas refermé avant la fin du fichier"
        else:
            reason = "un guillemet est mal placé ; doublez ceux qui sont à l’intérieur d’une cellule"
        refuse(name, [(line, reason)])


def _places(line: int, header: Sequence[str], name: str, known: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        column = cell.casefold()
        if column in places:
            refuse(name, [(line, f"la colonne « {column} » est nommée deux fois")])
        if column in known:
            places[column] = place
    return places


def _squared(records: Sequence[Row], width: int, name: str) -> list[Row]:
    """Fill the short rows, and refuse those whose words would fall outside the header."""
    faults = [
        (
            row.line,
            f"{len(row.cells)} cellules pour {width} colonnes ; mettez entre guillemets ce qui contient le séparateur",
        )
        for row in records
        if any(cell.strip() for cell in row.cells[width:])
    ]
    if faults:
        refuse(name, faults)
    return [Row(row.line, (row.cells + ("",) * width)[:width]) for row in records]
