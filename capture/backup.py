"""A copy of everything, taken while people write, and what brings it back; both verified by the journal.

One file that names no engine: an SQLite database holding every table, whatever the installation runs on. So a copy of
a PostgreSQL server opens on the laptop that replaces it. It is taken in one transaction that sees one moment, so that
its journal is a gapless prefix of the one that goes on; it is written beside the name asked for, verified, and only
then takes that name: a file that is there is a copy that is whole.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.exc import DatabaseError

from capture.check import replayed, stored
from capture.db import db
from capture.errors import CopyRefused
from capture.models import Entry, Gathering
from capture.replacing import (
    REVISION,
    aside_of,
    carry,
    holds_something,
    one_file,
    put_file,
    put_rows,
    refuse_in_use,
    rename,
    revision_of,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Copied:
    """What a copy holds."""

    file: Path
    gatherings: tuple[str, ...]
    heads: tuple[int, ...]
    """The last journal position of each gathering."""
    notes: int
    aside: Path | None = None
    """Where the database that was replaced is kept; None when there was nothing to replace."""

    def __str__(self) -> str:
        """Say what is in it."""
        found = ", ".join(
            f"{slug} à l’opération {head}" for slug, head in zip(self.gatherings, self.heads, strict=True)
        )
        written = f"{self.notes} notes écrites" if self.notes > 1 else f"{self.notes} note écrite"
        return f"{found or 'aucune rencontre'} ; {written}, journal sans trou"


def backup(engine: Engine, file: Path) -> Copied:
    """Write a verified copy of the database, while people write, under a name that nothing has yet.

    Raises:
        CopyRefused: the name is taken, there is no room, or what was copied does not hold together.
    """
    if file.exists():
        raise CopyRefused(reason=f"« {file} » existe déjà : choisissez un autre nom.")
    partial = file.with_name(f".{file.name}.partial")
    _remove(partial)
    try:
        _copy(engine, partial)
        found = verify(partial)
        rename(partial, file)
    except (sqlite3.Error, OSError) as error:
        raise CopyRefused(reason=f"La copie n’a pas pu être faite : {error}.") from error
    finally:
        _remove(partial)
    return Copied(file=file, gatherings=found.gatherings, heads=found.heads, notes=found.notes)


def restore(engine: Engine, file: Path, *, replace: bool = False) -> Copied:
    """Put a copy in the place of the database; what was there is kept aside, whole.

    Args:
        engine: the installation's database; its tables exist on PostgreSQL, nothing needs to on SQLite.
        file: what `backup` wrote.
        replace: whether a database that holds a gathering may give its place.

    Raises:
        CopyRefused: the copy is not whole or is of another version, the database is not empty, or it is in use.
    """
    if not file.is_file():
        raise CopyRefused(reason=f"« {file} » n’existe pas.")
    full = holds_something(engine)
    if full and not replace:
        raise CopyRefused(
            reason="La base n’est pas vide. Avec --replace, la copie prend sa place et l’ancienne est gardée à côté."
        )
    with _duplicate(file) as copy:
        found = verify(copy)
        aside = _put(engine, copy, aside=aside_of(engine, file) if full else None)
    return Copied(file=file, gatherings=found.gatherings, heads=found.heads, notes=found.notes, aside=aside)


def _put(engine: Engine, copy: Path, *, aside: Path | None) -> Path | None:
    if engine.dialect.name == "sqlite":
        put_file(engine, copy, aside=aside)
    else:
        refuse_in_use(engine)
        if aside is not None:
            backup(engine, aside)
        put_rows(engine, copy)
    return aside


def verify(file: Path) -> Copied:
    """Check a copy by its journal: no gap, and the tables are what the journal says.

    Raises:
        CopyRefused: it is not so, with the reason.
    """
    try:
        with _looking_at(file):
            sound = db.session.execute(text("PRAGMA integrity_check")).scalar_one()
            if sound != "ok":
                raise CopyRefused(reason=f"Le fichier est abîmé : {sound}.")
            gatherings = list(db.session.scalars(select(Gathering).order_by(Gathering.slug)))
            for gathering in gatherings:
                _verify_journal(gathering)
            notes = db.session.scalar(select(func.count()).where(Entry.name == "note.written")) or 0
            return Copied(
                file=file,
                gatherings=tuple(one.slug for one in gatherings),
                heads=tuple(one.journal_head for one in gatherings),
                notes=notes,
            )
    except DatabaseError as error:
        raise CopyRefused(reason=f"« {file.name} » n’est pas une copie lisible ({error.orig}).") from error


def _verify_journal(gathering: Gathering) -> None:
    positions = list(
        db.session.scalars(select(Entry.position).where(Entry.gathering_id == gathering.id).order_by(Entry.position))
    )
    if positions != list(range(1, gathering.journal_head + 1)):
        raise CopyRefused(reason=f"{gathering.slug} : le journal a un trou avant {gathering.journal_head}.")
    if stored(gathering.id) != replayed(gathering.id):
        raise CopyRefused(reason=f"{gathering.slug} : les tables ne disent pas ce que dit le journal.")


@contextlib.contextmanager
def _looking_at(file: Path) -> Iterator[None]:
    """Point the one database handle at a file, for as long as the block lasts."""
    app = Flask("copy")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{file.absolute()}"
    db.init_app(app)
    with app.app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def _copy(engine: Engine, file: Path) -> None:
    """Write what the database holds at one moment into a new SQLite file."""
    file.touch(mode=0o600)
    if engine.dialect.name == "sqlite":
        _copy_file(Path(engine.url.database or ""), file)
        return
    target = create_engine(f"sqlite:///{file.absolute()}")
    try:
        # One moment for every table, while writers go on.
        one_moment = engine.execution_options(isolation_level="REPEATABLE READ", stream_results=True)
        with one_moment.connect() as source, target.begin() as connection:
            db.metadata.create_all(connection)
            carry(source, connection)
            _note_revision(source, connection)
    finally:
        target.dispose()
    one_file(file)


def _copy_file(source: Path, file: Path) -> None:
    """Copy an SQLite database page by page, as of one moment.

    Source: https://www.sqlite.org/backup.html
    """
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(file)) as new:
        old.backup(new)
    one_file(file)


def _note_revision(source: Connection, target: Connection) -> None:
    revision = revision_of(source)
    if revision is not None:
        target.exec_driver_sql(f"CREATE TABLE {REVISION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        target.execute(text(f"INSERT INTO {REVISION} VALUES (:revision)"), {"revision": revision})  # noqa: S608 - a constant


@contextlib.contextmanager
def _duplicate(file: Path) -> Iterator[Path]:
    """Work on a copy of the copy: looking at an SQLite file writes beside it, and the original may be all there is."""
    with tempfile.TemporaryDirectory(prefix="restitution") as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        yield copy


def _remove(file: Path) -> None:
    for one in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        one.unlink(missing_ok=True)
