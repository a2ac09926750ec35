"""A copy of everything, taken while people write, and what brings it back; both verified by the journal.

One file that names no engine: an SQLite database holding every table, whatever the installation runs on. So a copy of
a PostgreSQL server opens on the laptop that replaces it. It is taken in one transaction that sees one moment, so that
its journal is a gapless prefix of the one that goes on; it is written beside the name asked for, verified, and only
then takes that name: a file that is there is a copy that is whole.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, func, inspect, select, text
from sqlalchemy.exc import DatabaseError

from capture.check import replayed, stored
from capture.db import db
from capture.errors import CopyRefused
from capture.models import Entry, Gathering

BATCH = 500
"""Rows carried at a time."""

REVISION = "alembic_version"


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
        CopyRefused: the name is taken, or what was copied does not hold together.
    """
    if file.exists():
        raise CopyRefused(reason=f"« {file} » existe déjà : choisissez un autre nom.")
    partial = file.with_name(f".{file.name}.partial")
    _remove(partial)
    try:
        _copy(engine, partial)
        found = verify(partial)
        partial.replace(file)
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
    full = _holds_something(engine)
    if full and not replace:
        raise CopyRefused(
            reason="La base n’est pas vide. Avec --replace, la copie prend sa place et l’ancienne est gardée à côté."
        )
    with _duplicate(file) as copy:
        found = verify(copy)
        keep = _restore_file if engine.dialect.name == "sqlite" else _restore_rows
        aside = keep(engine, copy, aside=_aside(engine, file) if full else None)
    return Copied(file=file, gatherings=found.gatherings, heads=found.heads, notes=found.notes, aside=aside)


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
            _carry(source, connection)
            _note_revision(source, connection)
    finally:
        target.dispose()
    _one_file(file)


def _copy_file(source: Path, file: Path) -> None:
    """Copy an SQLite database page by page, as of one moment.

    Source: https://www.sqlite.org/backup.html
    """
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(file)) as new:
        old.backup(new)
    _one_file(file)


def _one_file(file: Path) -> None:
    """Fold what waits beside an SQLite file into it, and hand it to the disk.

    Raises:
        OperationalError: somebody else has it open.
    """
    with contextlib.closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _carry(source: Connection, target: Connection) -> None:
    """Carry every row of every table, the tables that others lean on first."""
    for table in db.metadata.sorted_tables:
        for rows in source.execute(select(table)).mappings().partitions(BATCH):
            target.execute(table.insert(), [dict(row) for row in rows])


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _note_revision(source: Connection, target: Connection) -> None:
    revision = _revision(source)
    if revision is not None:
        target.exec_driver_sql(f"CREATE TABLE {REVISION} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        target.execute(text(f"INSERT INTO {REVISION} VALUES (:revision)"), {"revision": revision})  # noqa: S608 - a constant


def _holds_something(engine: Engine) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table(Gathering.__tablename__):
            return False
        return connection.execute(select(Gathering.id).limit(1)).first() is not None


@contextlib.contextmanager
def _duplicate(file: Path) -> Iterator[Path]:
    """Work on a copy of the copy: looking at an SQLite file writes beside it, and the original may be all there is."""
    with tempfile.TemporaryDirectory(prefix="restitution") as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        yield copy


def _aside(engine: Engine, file: Path) -> Path:
    """Return a free name for what gives its place: beside the database, or beside the copy where there is no file."""
    here = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else file
    day = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
    return here.with_name(f"{here.stem}-avant-{day}.db")


def _restore_file(engine: Engine, copy: Path, *, aside: Path | None) -> Path | None:
    """Put an SQLite file in the place of another."""
    place = Path(engine.url.database or "")
    engine.dispose()
    try:
        if place.exists():
            # Only the last to have it open may fold it into one file: a server that still runs keeps us from it.
            _one_file(place)
    except sqlite3.OperationalError as error:
        raise CopyRefused(reason="La base est ouverte : arrêtez d’abord le serveur, puis recommencez.") from error
    incoming = place.with_name(f".{place.name}.incoming")
    shutil.copyfile(copy, incoming)
    incoming.chmod(0o600)
    _one_file(incoming)
    if aside is not None:
        place.replace(aside)
    incoming.replace(place)
    return aside


def _restore_rows(engine: Engine, copy: Path, *, aside: Path | None) -> Path | None:
    """Put a copy's rows in the place of a server's, in one transaction."""
    with engine.connect() as connection:
        _refuse_in_use(connection)
    if aside is not None:
        backup(engine, aside)
    source = create_engine(f"sqlite:///{copy.absolute()}")
    try:
        with source.connect() as old, engine.begin() as new:
            if _revision(old) != _revision(new):
                raise CopyRefused(
                    reason="Cette copie vient d’une autre version : restaurez-la avec elle, puis mettez à jour."
                )
            for table in reversed(db.metadata.sorted_tables):
                new.execute(table.delete())
            _carry(old, new)
            _count_on(new)
    finally:
        source.dispose()
    return aside


def _refuse_in_use(connection: Connection) -> None:
    others = connection.execute(
        text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    ).scalar_one()
    if others:
        raise CopyRefused(reason=f"La base est ouverte ({others} connexions) : arrêtez d’abord le serveur.")


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number the next gathering after those that came with their own numbers."""
    name = Gathering.__tablename__
    connection.execute(
        text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT coalesce(max(id), 1) FROM {name}))")  # noqa: S608 - a constant
    )


def _remove(file: Path) -> None:
    for one in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        one.unlink(missing_ok=True)
