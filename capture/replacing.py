"""Puts a verified copy in the place of a database, so that at every moment one of the two is there, whole.

A database whose file is damaged gives its place like any other: to restore a copy is the remedy, not a repair first.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import os
import shutil
import sqlite3
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, inspect, select, text
from sqlalchemy.exc import DatabaseError

from capture.db import db
from capture.errors import CopyRefused, StorageDamaged
from capture.models import Gathering
from capture.storage import refusal_of

BATCH = 500
"""Rows carried at a time."""

REVISION = "alembic_version"

_SHARED_FIRST, _SHARED_SIZE = 0x40000002, 510
"""The bytes that an open SQLite file in WAL mode keeps locked: https://www.sqlite.org/fileformat.html#the_lock_byte_page"""


def holds_something(engine: Engine) -> bool:
    """Say whether a database has a gathering to lose; one that cannot be read any more may have had."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(Gathering.__tablename__):
                return False
            return connection.execute(select(Gathering.id).limit(1)).first() is not None
    except DatabaseError as error:
        if isinstance(refusal_of(error), StorageDamaged):
            return True
        raise


def aside_of(engine: Engine, file: Path) -> Path:
    """Return a free name for what gives its place: beside the database, or beside the copy where there is no file."""
    here = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else file
    day = dt.datetime.now(dt.UTC).strftime("%Y%m%d-%H%M%S")
    return here.with_name(f"{here.stem}-avant-{day}.db")


def put_file(engine: Engine, copy: Path, *, aside: Path | None) -> None:
    """Put an SQLite file in the place of another, which keeps the name `aside`.

    Raises:
        CopyRefused: a server still has it open.
    """
    place = Path(engine.url.database or "")
    engine.dispose()
    if place.exists():
        _close(place)
    incoming = place.with_name(f".{place.name}.incoming")
    shutil.copyfile(copy, incoming)
    incoming.chmod(0o600)
    one_file(incoming)
    if aside is not None:
        _keep(place, aside)
    rename(incoming, place)


def _close(place: Path) -> None:
    """Fold a file that gives its place into one, if nobody else has it open."""
    in_use = CopyRefused(reason="La base est ouverte : arrêtez d’abord le serveur, puis recommencez.")
    try:
        # Only the last to have it open may fold it into one file: a server that still runs keeps us from it.
        one_file(place)
    except sqlite3.OperationalError as error:
        raise in_use from error
    except sqlite3.DatabaseError as error:
        # Too damaged for SQLite to say: ask the system who holds it.
        if _held(place):
            raise in_use from error


def _held(place: Path) -> bool:
    with place.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_SIZE, _SHARED_FIRST)
        except OSError:
            return True
    return False


def _keep(place: Path, aside: Path) -> None:
    """Give a file a second name; the first stays until another file takes it. What SQLite left beside goes along."""
    try:
        os.link(place, aside)
    except OSError:
        # A disk that knows no second names.
        shutil.copyfile(place, aside)
    for end in ("-wal", "-shm"):
        beside = place.with_name(place.name + end)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + end))


def rename(file: Path, name: Path) -> None:
    """Give a file its name for good: after a power cut it has the old one or the new one."""
    file.replace(name)
    _to_disk(name.parent)


def one_file(file: Path) -> None:
    """Fold what waits beside an SQLite file into it, and hand it to the disk.

    Raises:
        OperationalError: somebody else has it open.
    """
    with contextlib.closing(sqlite3.connect(file, timeout=1)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    _to_disk(file)


def _to_disk(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_rows(engine: Engine, copy: Path) -> None:
    """Put a copy's rows in the place of a server's, in one transaction.

    Raises:
        CopyRefused: the copy is of another version.
    """
    source = create_engine(f"sqlite:///{copy.absolute()}")
    try:
        with source.connect() as old, engine.begin() as new:
            if revision_of(old) != revision_of(new):
                raise CopyRefused(
                    reason="Cette copie vient d’une autre version : restaurez-la avec elle, puis mettez à jour."
                )
            for table in reversed(db.metadata.sorted_tables):
                new.execute(table.delete())
            carry(old, new)
            _count_on(new)
    finally:
        source.dispose()


def refuse_in_use(engine: Engine) -> None:
    """Refuse to replace what a PostgreSQL server shows to others.

    Raises:
        CopyRefused: others are connected.
    """
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        others = connection.execute(text(count)).scalar_one()
    if others:
        raise CopyRefused(reason=f"La base est ouverte ({others} connexions) : arrêtez d’abord le serveur.")


def carry(source: Connection, target: Connection) -> None:
    """Carry every row of every table, the tables that others lean on first."""
    for table in db.metadata.sorted_tables:
        for rows in source.execute(select(table)).mappings().partitions(BATCH):
            target.execute(table.insert(), [dict(row) for row in rows])


def revision_of(connection: Connection) -> str | None:
    """Return which version of the tables a database has."""
    return MigrationContext.configure(connection).get_current_revision()


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL number the next gathering after those that came with their own numbers."""
    name = Gathering.__tablename__
    connection.execute(
        text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT coalesce(max(id), 1) FROM {name}))")  # noqa: S608 - a constant
    )
