"""What the web processes of one installation tell one another, over PostgreSQL's signals.

A signal is never the truth: notes are read from the journal, and what devices and screens say of themselves is said
again within half a minute. SQLite has one web process, and nobody to tell.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import func, select

from capture.db import db

Handler = Callable[[Any], None]


class Exchange:
    """One process's ear and mouth."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._handlers: dict[str, Handler] = {}
        self._thread: threading.Thread | None = None
        self._stopped = False

    def on(self, channel: str, handler: Handler) -> None:
        """Say what to do with what is heard on a channel."""
        self._handlers[channel] = handler

    def listen(self) -> None:
        """Hear the others from now on; once is enough."""
        if self._thread is not None:
            return
        with self.app.app_context():
            if db.engine.dialect.name != "postgresql":
                return
            address = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._thread = threading.Thread(target=self._hear, args=(address,), name="exchange", daemon=True)
        self._thread.start()

    def tell(self, channel: str, words: object) -> None:
        """Tell the other processes, and this one."""
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.execute(select(func.pg_notify(channel, json.dumps(words, separators=(",", ":")))))

    def stop(self) -> None:
        """Hear nothing more."""
        self._stopped = True
        if self._thread is not None:
            self._thread.join(5)

    def _hear(self, address: str) -> None:
        while not self._stopped:
            # A server that goes away is waited for; whoever needs to know sooner polls meanwhile.
            with (
                contextlib.suppress(psycopg.OperationalError),
                psycopg.connect(address, autocommit=True) as connection,
            ):
                for channel in self._handlers:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                while not self._stopped:
                    for notice in connection.notifies(timeout=0.5):
                        self._handlers[notice.channel](json.loads(notice.payload))
            time.sleep(0 if self._stopped else 1)


def exchange(app: Flask) -> Exchange:
    """Return an application's exchange, made when the application is put together."""
    if "restitution_exchange" not in app.extensions:
        app.extensions["restitution_exchange"] = Exchange(app)
    found: Exchange = app.extensions["restitution_exchange"]
    return found
