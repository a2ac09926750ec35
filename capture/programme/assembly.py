"""From the rows of any format to one programme: each cell read once, then the sessions checked against each other.

Pure. CSV, XLSX, iCalendar and YAML all end here, so that a rule about programmes is written once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from capture.programme import words
from capture.programme.plan import (
    LONGEST_KEY,
    NOTED_KINDS,
    NoteKind,
    PlannedSession,
    Programme,
    SessionKind,
    derived_key,
    in_order,
    slug,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from capture.programme.faults import Findings

Value = TypeVar("Value")

MOST_SESSIONS = 1000
LONGEST: dict[str, int] = {"title": 300, "room": 120, "theme_of_day": 200, "questions": 4000, "key": LONGEST_KEY}
REQUIRED = ("title", "day", "start", "end")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a file says in one place: the column as the file calls it, and the text."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One session as the file tells it: the line it starts on, and a cell for each field it fills."""

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """Everything a format's reader hands over: rows, and what the file says of the gathering as a whole."""

    rows: tuple[Row, ...]
    title: str = ""
    place: str = ""
    timezone: str = ""
    language: str = ""
    kinds: tuple[NoteKind, ...] = ()


@dataclass(slots=True)
class _Reading:
    """One row being read; a cell that cannot be read becomes a fault, and the row goes on so that all are found."""

    row: Row
    findings: Findings
    failed: bool = field(default=False)

    def text(self, name: str) -> str:
        cell = self.row.cells.get(name)
        return cell.text if cell else ""

    def read(self, name: str, reader: Callable[[str], Value], otherwise: Value) -> Value:
        text = self.text(name)
        if not text:
            return otherwise
        try:
            return reader(text)
        except ValueError as error:
            self.fault(name, str(error))
            return otherwise

    def fault(self, name: str, reason: str) -> None:
        cell = self.row.cells.get(name)
        self.failed = True
        self.findings.fault(self.row.line, cell.column if cell else words.SHOWN[name], reason)


def tidy(text: str) -> str:
    """Compose accents, make one space of spaces and tabs, keep line breaks, trim."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in composed.split("\n")).strip()


def programme_of(sheet: Sheet, findings: Findings, *, timezone: str) -> Programme:
    """Read every row, check the sessions together, and return the programme.

    Raises:
        ProgrammeUnreadable: with every fault found in the rows and between them.
    """
    zone = _zone(sheet.timezone or timezone, findings)
    if not sheet.rows:
        findings.fault(0, "", "Le fichier ne contient aucune séance ; ajoutez une ligne par séance.")
    if len(sheet.rows) > MOST_SESSIONS:
        reason = f"Le fichier compte {len(sheet.rows)} séances ; un programme en a au plus {MOST_SESSIONS}."
        findings.fault(0, "", reason)
        findings.refuse_if_any()
    read = [(row.line, session) for row in sheet.rows if (session := _session(row, findings))]
    told_apart = _tell_apart(read, findings)
    _refuse_same_keys(told_apart, findings)
    _refuse_shared_rooms(told_apart, findings)
    findings.refuse_if_any()
    return Programme(
        title=sheet.title,
        place=sheet.place,
        timezone=zone,
        language=sheet.language or "fr",
        sessions=in_order(session for _, session in told_apart),
        kinds=sheet.kinds,
        remarks=tuple(findings.remarks),
    )


def _zone(name: str, findings: Findings) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        findings.fault(0, "fuseau", f"le fuseau horaire « {name} » n’existe pas ; écrivez par exemple Europe/Paris.")
    return name


def _session(row: Row, findings: Findings) -> PlannedSession | None:
    """Read one row; None when something in it is at fault."""
    reading = _Reading(row, findings)
    _refuse_odd_characters(reading)
    for name, longest in LONGEST.items():
        if len(reading.text(name)) > longest:
            reading.fault(name, f"ce texte compte {len(reading.text(name))} caractères ; gardez-en au plus {longest}.")
    title = " ".join(reading.text("title").split("\n"))
    if title and not slug(title):
        reading.fault("title", f"le titre « {title} » ne contient aucune lettre ; donnez un titre à la séance.")
    day = reading.read("day", words.day_of, "")
    start, end = _times(reading)
    _require(reading)
    kind = _kind(reading, title)
    noted = reading.read("takes_notes", words.yes_or_no, kind in NOTED_KINDS)
    questions: tuple[str, ...] = reading.read("questions", words.questions_of, ())
    expected = reading.read("expected_rapporteurs", words.count_of, 0)
    key = reading.read("key", _given_key, "")
    if reading.failed:
        return None
    return PlannedSession(
        key=key or derived_key(day, title),
        title=title,
        kind=kind,
        day=day,
        start=start,
        end=end,
        room=" ".join(reading.text("room").split("\n")),
        theme_of_day=" ".join(reading.text("theme_of_day").split("\n")),
        takes_notes=noted,
        questions=questions,
        expected_rapporteurs=expected,
        key_given=bool(key),
    )


def _refuse_odd_characters(reading: _Reading) -> None:
    for name, cell in reading.row.cells.items():
        odd = sorted({mark for mark in cell.text if unicodedata.category(mark) in {"Cc", "Cs"} and mark != "\n"})
        if odd:
            reading.fault(
                name, f"le caractère invisible U+{ord(odd[0]):04X} s’y trouve ; effacez la cellule et retapez-la."
            )


def _times(reading: _Reading) -> tuple[str, str]:
    hours = reading.read("hours", words.hours_of, ("", ""))
    start = reading.read("start", words.time_of, hours[0])
    end = reading.read("end", words.time_of, hours[1])
    if start and end and end <= start:
        where = "end" if reading.text("end") else "hours"
        reading.fault(where, f"la fin ({end}) ne vient pas après le début ({start}) ; corrigez l’une des deux heures.")
    return start, end


def _require(reading: _Reading) -> None:
    has_hours = bool(reading.text("hours"))
    for name in REQUIRED:
        if not reading.text(name) and not (has_hours and name in {"start", "end"}):
            reading.fault(name, f"« {words.SHOWN[name]} » est vide ; remplissez cette case ou retirez la ligne.")


def _kind(reading: _Reading, title: str) -> SessionKind:
    if reading.text("kind"):
        return reading.read("kind", words.kind_of, "workshop")
    guessed = words.kind_guessed(title)
    if title and guessed is None:
        reading.findings.remark(f"Ligne {reading.row.line} : « {title} » n’a pas de type ; lue comme un atelier.")
    return guessed or "workshop"


def _given_key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(
            f"l’identifiant « {text} » n’est pas utilisable dans une adresse ; "
            "gardez des lettres sans accent, des chiffres, des points et des tirets."
        )
    return text


def _tell_apart(
    read: Sequence[tuple[int, PlannedSession]], findings: Findings
) -> tuple[tuple[int, PlannedSession], ...]:
    """Give the hour to the later of two sessions that share day and title, such as the second « Pause » of a day."""
    taken: set[str] = {session.key for _, session in read if session.key_given}
    told: list[tuple[int, PlannedSession]] = []
    for line, session in sorted(read, key=lambda pair: (pair[1].day, pair[1].start, pair[0])):
        key = session.key
        if not session.key_given and key in taken:
            key = f"{key[: LONGEST_KEY - 5]}-{session.start.replace(':', '')}"
            if session.takes_notes:
                findings.remark(
                    f"« {session.title} » revient le même jour : une colonne « id » distinguerait ses séances."
                )
        taken.add(key)
        told.append((line, replace(session, key=key)))
    return tuple(sorted(told, key=lambda pair: pair[0]))


def _refuse_same_keys(read: Iterable[tuple[int, PlannedSession]], findings: Findings) -> None:
    first: dict[str, int] = {}
    for line, session in read:
        before = first.setdefault(session.key, line)
        if before != line and session.key_given:
            findings.fault(
                line, "id", f"l’identifiant « {session.key} » sert déjà à la ligne {before} ; changez l’un des deux."
            )
        elif before != line:
            findings.fault(
                line,
                "titre",
                f"« {session.title} » est déjà à la ligne {before}, le même jour à la même heure ; "
                "retirez l’une des deux lignes, ou donnez-leur un identifiant (colonne « id »).",
            )


def _refuse_shared_rooms(read: Iterable[tuple[int, PlannedSession]], findings: Findings) -> None:
    rooms: dict[tuple[str, str], list[tuple[int, PlannedSession]]] = {}
    for line, session in read:
        if session.room:
            rooms.setdefault((session.day, slug(session.room) or session.room), []).append((line, session))
    for together in rooms.values():
        for at, (line, session) in enumerate(together):
            for before, other in together[:at]:
                if session.start < other.end and other.start < session.end:
                    findings.fault(
                        line,
                        "salle",
                        f"la salle « {session.room} » est déjà prise de {other.start} à {other.end} "
                        f"par « {other.title} » (ligne {before}) ; changez la salle ou l’heure.",
                    )
