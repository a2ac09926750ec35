"""Puts the application together: settings → database → capture → synthesis → errors → language.

The only module that knows both packages. `restitution` on the command line is Flask's own, with our commands.
"""

from __future__ import annotations

import os
import secrets
import stat
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import click
from flask import Flask
from flask.cli import FlaskGroup
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import capture.api
import capture.assets
import capture.bodies
import capture.cli
import capture.compression
import capture.doors
import capture.language
import capture.lately
import capture.live
import capture.organiser
import capture.pages
import capture.security
import synthesis.api
import synthesis.atlas.pages
import synthesis.cli
import synthesis.editing.pages
import synthesis.pages
import synthesis.restitution.api
import synthesis.restitution.pages
from capture.db import db, engine_options
from capture.network import located
from capture.settings import Settings

HERE = Path(__file__).parent

BLUEPRINTS = (
    capture.pages.pages,
    capture.organiser.organiser,
    capture.api.api,
    synthesis.pages.pages,
    synthesis.atlas.pages.pages,
    synthesis.editing.pages.pages,
    synthesis.api.api,
    synthesis.restitution.pages.pages,
    synthesis.restitution.api.api,
)
"""Every room's doors."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application for these settings, or for the environment's."""
    settings = located(_with_secret(settings or Settings.read(os.environ)))
    app = Flask("restitution", root_path=str(HERE), template_folder="templates", static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database(),
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database()),
        MAX_CONTENT_LENGTH=settings.body_max,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.link_days),
        SESSION_COOKIE_SAMESITE="Lax",
        # Ours is renewed once a day, see `doors.device`.
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        WTF_CSRF_TIME_LIMIT=None,
        TRANSLATIONS=HERE / "translations",
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's default provider has it
    db.init_app(app)
    Migrate(app, db, directory=str(HERE / "migrations"))
    # What is installed first is done last.
    capture.bodies.install(app)
    capture.compression.install(app)
    capture.security.install(app)
    capture.assets.install(app, HERE / "static")
    capture.lately.install(app)
    capture.live.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    capture.doors.install(app)
    capture.language.install(app, default=settings.language)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _with_secret(settings: Settings) -> Settings:
    """Make the folder, and the secret key the first time; only its owner may read it."""
    folder = Path(settings.folder)
    folder.mkdir(parents=True, exist_ok=True)
    if settings.secret_key:
        return settings
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
        path.write_text(secrets.token_urlsafe(48), "utf-8")
    return replace(settings, secret_key=path.read_text("utf-8").strip())


MANUAL = """Notes of a gathering's workshops, kept without loss and read into themes, a graph and a report.

\b
A gathering, from the first file to the last:
  restitution programme import programme.xlsx   shows what would change first
  restitution check                             what is missing before the doors open
  restitution serve                             pages and follower, until Ctrl-C
  restitution links                             organiser, workshops, grand témoin, wall
  restitution report --format pdf --out rapport.pdf

\b
The method on a file, without a server:
  restitution synthesise NOTES.csv --out DIR

Settings are environment variables, listed in docs/settings.md; each command explains itself with --help.
"""


def command_line() -> FlaskGroup:
    """Return every command, under one entry point."""
    group = capture.cli.Commands(
        create_app=create_app, add_default_commands=False, add_version_option=False, help=MANUAL
    )
    # Flask's own options choose another application or a debug mode: neither is for the people who run this one.
    group.params.clear()
    # Nor are the commands of the libraries below: `flask --app wsgi db` still serves developers.
    group._loaded_plugin_commands = True  # noqa: SLF001 - Flask has no other way to say so
    click.version_option(version("restitution"), prog_name="restitution")(group)
    capture.cli.add_to(group)
    synthesis.cli.add_to(group)
    return group


def main() -> None:
    """Run a command: `restitution --help` lists them."""
    command_line()()


if __name__ == "__main__":
    main()
