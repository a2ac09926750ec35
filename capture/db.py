"""The one database handle, and what each engine must be told so that a stored note stays stored."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The base of every table."""


db = SQLAlchemy(model_class=Base)


@event.listens_for(Engine, "connect")
def _configure_sqlite(connection: Any, _record: Any) -> None:
    """Give SQLite the guarantees PostgreSQL has: durable commits, readers that see one moment, foreign keys."""
    if not isinstance(connection, sqlite3.Connection):
        return
    # SQLAlchemy, not the driver, says when a transaction begins: a SELECT must open one, or a snapshot could tear.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


def see_one_moment() -> None:
    """Let everything this session reads next be of one moment, however long it takes to read; writes come after.

    SQLite always does; PostgreSQL must be asked, or a note written between two queries is in one and not the other.
    """
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def engine_options(address: str) -> dict[str, Any]:
    """Return the pool's shape: on PostgreSQL a snapshot is one moment, and a dead connection is noticed."""
    if address.startswith("sqlite"):
        return {"pool_size": 10, "max_overflow": 20}
    return {
        "pool_size": 20,
        "max_overflow": 20,
        "pool_pre_ping": True,
        "isolation_level": "READ COMMITTED",
        # As long as SQLite's busy_timeout: a lock that nobody gives back becomes a refusal, not a silence.
        "connect_args": {"options": "-c lock_timeout=10s"},
    }
