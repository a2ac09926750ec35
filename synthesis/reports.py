"""Hands over the report and the data of an edition, each made once, by a process of its own.

The web process answers thousands of streams from one thread: composing and typesetting there would make every note
wait. So another process makes the file and leaves it in the installation's folder, under the name of what it was made
of; the same question is then answered from the disk. Files made of words erased since are thrown away.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections import defaultdict
from dataclasses import dataclass, fields
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from capture import journal, schedule
from capture.db import db
from capture.errors import NoEdition, NotFound, ReportUnproved, UnknownFormat
from capture.models import Entry, Gathering
from capture.operations import NoteErased
from capture.settings import PREFIX, Settings
from capture.state import Written
from synthesis import makers
from synthesis.editing import editors
from synthesis.makers import NotMade
from synthesis.models import EditionRow

ANEW = 3
"""How many times a file is begun again because what it was made of changed meanwhile."""

FROZEN = "fige-"
"""How the folder of a frozen version's files begins."""

_MAKING: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A file that people can take away."""

    name: str
    label: str
    use: str
    """What one opens it with, or for."""
    mimetype: str


__all__ = [
    "DATA",
    "REPORTS",
    "Kept",
    "Made",
    "NotMade",
    "Offered",
    "ReportUnproved",
    "data",
    "edition_number",
    "frozen_report",
    "mark_of",
    "report",
    "sheet",
]

REPORTS = (
    Offered(name="html", label="HTML", use="à lire dans un navigateur, en un seul fichier", mimetype="text/html"),
    Offered(name="pdf", label="PDF", use="à imprimer et à diffuser, accessible", mimetype="application/pdf"),
    Offered(
        name="docx",
        label="DOCX",
        use="à reprendre dans Word",
        mimetype="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    Offered(
        name="odt",
        label="ODT",
        use="à reprendre dans LibreOffice",
        mimetype="application/vnd.oasis.opendocument.text",
    ),
    Offered(name="epub", label="EPUB", use="à lire sur une liseuse", mimetype="application/epub+zip"),
    Offered(name="md", label="Markdown", use="en texte simple", mimetype="text/markdown"),
)

DATA = (
    Offered(name="donnees.zip", label="Tout", use="tous les fichiers ci-dessous", mimetype="application/zip"),
    Offered(
        name="workbook.xlsx",
        label="XLSX",
        use="un classeur : notes, thèmes, acteurs, liens",
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    Offered(name="notes.csv", label="Notes, CSV", use="chaque note et son thème", mimetype="text/csv"),
    Offered(name="themes.csv", label="Thèmes, CSV", use="chaque thème et ses nombres", mimetype="text/csv"),
    Offered(name="actors.csv", label="Acteurs, CSV", use="chaque acteur et ses nombres", mimetype="text/csv"),
    Offered(name="mentions.csv", label="Mentions, CSV", use="où chaque note nomme un acteur", mimetype="text/csv"),
    Offered(name="links.csv", label="Liens, CSV", use="acteurs et thèmes", mimetype="text/csv"),
    Offered(name="cooperations.csv", label="Cités ensemble, CSV", use="acteurs des mêmes notes", mimetype="text/csv"),
    Offered(name="edition.json", label="JSON", use="l’édition entière", mimetype="application/json"),
    Offered(name="graph.gexf", label="GEXF", use="le graphe, pour Gephi", mimetype="application/gexf+xml"),
    Offered(name="graph.json", label="Graphology", use="le graphe, pour Gephi Lite", mimetype="application/json"),
    Offered(name="graph.graphml", label="GraphML", use="le graphe, pour yEd ou R", mimetype="application/graphml+xml"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A file ready to hand over."""

    name: str
    mimetype: str
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class _Source:
    """What a file is made of: an edition, at a time when the report is provisional or signed."""

    gathering_id: int
    slug: str
    number: int
    texts: int
    """The position of the last thing people wrote in it."""
    folder: Path
    frozen: Kept | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A version that somebody froze: an edition over the notes as they stood at a position."""

    number: int
    position: int
    at: int
    """When it was frozen, in milliseconds."""


def report(gathering_id: int, suffix: str, *, language: str) -> Made:
    """Return the report in a format, made now or kept from before.

    Raises:
        UnknownFormat: we do not make this format.
        NoEdition: there is no synthesis yet.
        ReportUnproved: the report says something that the notes do not.
        NotMade: it could not be made.
    """
    offered = _offered(REPORTS, suffix)
    source = _source(gathering_id)
    state = "definitif" if _final(gathering_id) else "provisoire"
    made = _made(source, f"rapport.{language}.{suffix}")
    return Made(name=f"rapport-{source.slug}-{source.number}-{state}.{suffix}", mimetype=offered.mimetype, body=made)


def frozen_report(gathering_id: int, kept: Kept, suffix: str, *, language: str) -> Made:
    """Return the report of a version that somebody froze, whatever came since: what was said from it can be proved.

    Raises:
        UnknownFormat, NoEdition, ReportUnproved, NotMade: as the report.
    """
    offered = _offered(REPORTS, suffix)
    source = _source(gathering_id, kept)
    made = _made(source, f"rapport.{language}.{suffix}")
    return Made(name=f"rapport-{source.slug}-{kept.number}-fige.{suffix}", mimetype=offered.mimetype, body=made)


def sheet(gathering_id: int, workshop: str, suffix: str, *, language: str) -> Made:
    """Return a workshop's return sheet, for its participants.

    Raises:
        NotFound: there is no such workshop.
        UnknownFormat, NoEdition, ReportUnproved, NotMade: as the report.
    """
    offered = _offered(REPORTS, suffix)
    if workshop not in {one.key for one in schedule.every_workshop(gathering_id)}:
        raise NotFound
    source = _source(gathering_id)
    body = _made(source, f"retour.{mark_of(workshop)}.{language}.{suffix}")
    return Made(name=f"retour-{source.slug}-{workshop}.{suffix}", mimetype=offered.mimetype, body=body)


def mark_of(workshop: str) -> str:
    """Return how a workshop is named in a file's name, whatever its key is made of."""
    return hashlib.sha256(workshop.encode()).hexdigest()[:12]


def data(gathering_id: int, name: str) -> Made:
    """Return a file of data, made now or kept from before.

    Raises:
        UnknownFormat: we do not make this file.
        NoEdition: there is no synthesis yet.
        NotMade: it could not be made.
    """
    offered = _offered(DATA, name)
    source = _source(gathering_id)
    body = _made(source, f"donnees/{name}")
    return Made(name=f"{source.slug}-{source.number}-{name}", mimetype=offered.mimetype, body=body)


def edition_number(gathering_id: int) -> int:
    """Return the edition that the report tells: the signed one, else the last.

    Raises:
        NoEdition: there is none.
    """
    query = select(func.max(EditionRow.number)).where(EditionRow.gathering_id == gathering_id)
    final = _final(gathering_id)
    signed = db.session.execute(query.where(EditionRow.position <= final)).scalar_one() if final else None
    number = signed or db.session.execute(query).scalar_one()
    if number is None:
        raise NoEdition
    return int(number)


def _final(gathering_id: int) -> int:
    return db.session.get_one(Gathering, gathering_id).final_position


def _offered(among: tuple[Offered, ...], name: str) -> Offered:
    found = next((one for one in among if one.name == name), None)
    if found is None:
        raise UnknownFormat(format=name, formats=", ".join(one.name for one in among))
    return found


def _source(gathering_id: int, kept: Kept | None = None) -> _Source:
    row = db.session.get_one(Gathering, gathering_id)
    number = kept.number if kept else edition_number(gathering_id)
    erased = select(func.max(Entry.position)).where(Entry.gathering_id == gathering_id, Entry.name == "note.erased")
    texts = kept.position if kept else editors.last_written(gathering_id)
    facts = [row.title, row.final_position, row.validated_by, db.session.execute(erased).scalar_one() or 0, texts]
    mark = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]
    name = f"{FROZEN}{number}-{kept.position}-{kept.at}-{mark}" if kept else f"{number}-{mark}"
    folder = _kept(gathering_id) / name
    return _Source(gathering_id=gathering_id, slug=row.slug, number=number, texts=texts, folder=folder, frozen=kept)


def _kept(gathering_id: int) -> Path:
    return Path(_settings().folder).absolute() / "made" / str(gathering_id)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _made(source: _Source, name: str) -> bytes:
    """Return a file from the disk, or have it made: two who ask at once wait for one making.

    What is made while a note is erased, a text written or the report signed is made again: no file outlives its words.
    """
    for _ in range(ANEW):
        body = _one(source, name)
        now = _source(source.gathering_id, source.frozen)
        if now.folder == source.folder:
            return body
        shutil.rmtree(source.folder, ignore_errors=True)
        source = now
    return _one(source, name)


def _one(source: _Source, name: str) -> bytes:
    path = source.folder / name
    with _MAKING[path]:
        if not path.exists():
            _throw_away_others(source)
            # What was read is given back first: the other process may take a while, and no lock is to wait for it.
            arguments = [source.slug, str(source.number), name, str(source.folder), "--texts", str(source.texts)]
            if source.frozen:
                arguments += ["--frozen", str(source.frozen.position), "--frozen-at", str(source.frozen.at)]
            environment = _environment()
            db.session.rollback()
            makers.make(arguments, environment)
        return path.read_bytes()


def _environment() -> dict[str, str]:
    """Return this installation's settings as the other process reads them."""
    settings = _settings()
    return {PREFIX + field.name.upper(): str(getattr(settings, field.name)) for field in fields(settings)}


def _throw_away_others(source: _Source) -> None:
    """Keep the files of one edition, and of one frozen version, only: the others can be made again."""
    if source.folder.parent.exists():
        for other in source.folder.parent.iterdir():
            if other != source.folder and other.name.startswith(FROZEN) == bool(source.frozen):
                shutil.rmtree(other, ignore_errors=True)


@journal.projects(NoteErased)
def _forget(gathering_id: int, _written: Written) -> None:
    """Throw away every file made of words that are being erased."""
    shutil.rmtree(_kept(gathering_id), ignore_errors=True)
