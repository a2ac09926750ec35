"""Real objects for every test: an application on a database that exists, on SQLite and on PostgreSQL.

Nothing here replaces our code. A test that stores anything takes `app` and runs twice, once on each engine.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as properties
from sqlalchemy import create_engine, text

from capture.db import db
from capture.settings import Settings
from tests import postgres
from wsgi import create_app

# A test holds no timing: a busy machine makes no property false.
properties.register_profile("restitution", deadline=None)
properties.load_profile("restitution")


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    # A socket's path may be 107 characters long at most: pytest's own folders are longer.
    with tempfile.TemporaryDirectory(prefix="pg") as folder, postgres.server(Path(folder) / "s") as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    address: str = request.getfixturevalue("postgres_address")
    name = f"t{abs(hash(str(tmp_path)))}"
    admin = create_engine(address, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield address.replace("/postgres?", f"/{name}?")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


class Browser(FlaskClient):
    """A client whose every request is its own, as on a server, although the test keeps a context of its own."""

    def open(self, *arguments: Any, **options: Any) -> Any:
        with self.application.app_context():
            return super().open(*arguments, **options)


def make_app(folder: Path, database_url: str = "", **changes: object) -> Flask:
    """Return an application with its tables, kept in a folder of its own."""
    settings = Settings(folder=str(folder), database_url=database_url, secret_key="tests only", **changes)  # type: ignore[arg-type]  # noqa: S106 - a key for tests
    app = create_app(settings)
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database, with its context pushed."""
    app = make_app(tmp_path, database_url)
    with app.app_context():
        yield app
        app.extensions["restitution_live"].stop()
        db.session.remove()
        db.engine.dispose()
