"""The commands of synthesis: synthesise a file without a server, follow the notes, make the report, export the data."""

from __future__ import annotations

import logging
import signal
import sys
from types import FrameType

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext

from capture.doors import settings


def add_to(group: FlaskGroup) -> None:
    """Give these commands to the one entry point."""
    for command in (follow,):
        group.add_command(command)


@click.command()
@with_appcontext
def follow() -> None:
    """Read the notes into themes as they arrive, until stopped. `serve` starts this by itself."""
    from synthesis.follower import Follower  # noqa: PLC0415 - what computes is loaded where it computes, not in the web
    from synthesis.french import French  # noqa: PLC0415 - the same

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(name)s: %(message)s")
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - how Flask hands it over
    follower = Follower(app, French.load(), quiet_seconds=settings().quiet_seconds)

    def stop(_number: int, _frame: FrameType | None) -> None:
        follower.stopping.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    follower.run()
