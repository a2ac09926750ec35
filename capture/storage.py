"""What a database's own error means for the person who is writing: which refusal to send while it cannot keep a word.

The engine says it in a number (SQLite) or in five characters (PostgreSQL). A fault that heals by itself, or that a
hand can mend (a full disk), is a refusal with a time to come back; anything else is our own mistake and stays one.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from capture.errors import (
    StorageBusy,
    StorageDamaged,
    StorageFull,
    StorageReadOnly,
    StorageUnavailable,
)

_SQLITE: dict[int, type[StorageUnavailable]] = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_READONLY: StorageReadOnly,
    sqlite3.SQLITE_PERM: StorageReadOnly,
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_CORRUPT: StorageDamaged,
    sqlite3.SQLITE_NOTADB: StorageDamaged,
    sqlite3.SQLITE_IOERR: StorageUnavailable,
    sqlite3.SQLITE_CANTOPEN: StorageUnavailable,
}

_POSTGRESQL: tuple[tuple[str, type[StorageUnavailable]], ...] = (
    ("53100", StorageFull),
    ("25006", StorageReadOnly),
    ("55P03", StorageBusy),
    ("40", StorageBusy),
    ("53", StorageBusy),
    ("XX00", StorageDamaged),
    ("57P", StorageUnavailable),
    ("58", StorageUnavailable),
    ("08", StorageUnavailable),
)
"""The beginnings of SQLSTATE codes, the longest first: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_ADVICE: dict[type[StorageUnavailable], str] = {
    StorageFull: "Le disque où la base est gardée est plein. Libérez de la place, puis recommencez.",
    StorageReadOnly: (
        "La base ne peut qu’être lue : son disque, son dossier ou son serveur refuse l’écriture. Autorisez-la, puis "
        "recommencez."
    ),
    StorageBusy: (
        "Un autre programme occupe la base depuis plus de dix secondes. Attendez qu’il ait fini, puis recommencez."
    ),
    StorageDamaged: (
        "Le fichier de la base est abîmé. Arrêtez le serveur, puis lancez « restitution restore COPIE --replace » : "
        "la copie prend sa place, le fichier abîmé est gardé à côté, et les appareils redonnent d’eux-mêmes ce "
        "qu’ils ont écrit depuis."
    ),
    StorageUnavailable: (
        "La base ne répond pas. Vérifiez que son serveur est démarré, et l’adresse dans RESTITUTION_DATABASE_URL."
    ),
}
"""What to tell whoever keeps the server, at a terminal."""

_PRIMARY = 0xFF
"""SQLite's extended codes carry the primary one in their last byte: https://www.sqlite.org/rescode.html"""


def refusal_of(error: SQLAlchemyError) -> StorageUnavailable | None:
    """Return the refusal that a database error is, or None when it is a mistake of ours."""
    if isinstance(error, NoConnectionLeft):
        return StorageBusy()
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        found = _SQLITE.get(code & _PRIMARY)
        return found() if found else None
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return next((kind() for start, kind in _POSTGRESQL if state.startswith(start)), None)
    # No code at all: the connection itself failed, or could not be made.
    away = isinstance(error, OperationalError) or error.connection_invalidated
    return StorageUnavailable() if away else None


def advice(error: SQLAlchemyError) -> str | None:
    """Return what whoever keeps the server can do about a database error, or None when it is a mistake of ours."""
    found = refusal_of(error)
    return _ADVICE[type(found)] if found else None
