"""Makes one file of an edition, in the process started for it: reads the notes, composes, proves, renders, leaves.

A file appears whole or not at all: it is written aside and moved into place. `python -m synthesis.making` knows the
tables and nothing of the pages: it starts in a fraction of the time that the whole application takes.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from flask import Flask
from sqlalchemy import select

from capture import operations, schedule
from capture.db import db, engine_options, see_one_moment
from capture.errors import ReportUnproved
from capture.models import Gathering
from capture.settings import Settings
from synthesis import editions, window
from synthesis.atlas import building
from synthesis.editing import editors
from synthesis.editing.texts import edited, signed
from synthesis.editions import Published
from synthesis.makers import REFUSED
from synthesis.report.edited import arranged
from synthesis.report.remaining import remaining, stood
from synthesis.reports import mark_of
from synthesis.restitution import acts
from synthesis.themes.curation import wish
from synthesis.window import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.report.blocks import Held

ALL = "donnees.zip"
_STAMP = (1980, 1, 1, 0, 0, 0)

VOCABULARIES = (operations, acts)
"""Rooms that no file is made of; their words must be known all the same to read a journal that holds them."""


@click.command("make-file", hidden=True)
@click.argument("slug")
@click.argument("number", type=int)
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--texts", type=int, default=0, help="The position up to which people's texts are read.")
@click.option("--frozen", type=int, default=0, help="The position at which somebody froze the edition; 0 for nobody.")
@click.option("--frozen-at", type=int, default=0, help="When, in milliseconds.")
def make_file(slug: str, number: int, name: str, folder: Path, texts: int, frozen: int, frozen_at: int) -> None:
    """Make one file of an edition in a folder; the web server starts this by itself."""
    see_one_moment()
    gathering = db.session.scalars(select(Gathering).where(Gathering.slug == slug)).one()
    published, view = frozen_view(gathering, number, frozen) if frozen else read(gathering, number)
    try:
        if name.startswith("donnees/"):
            made = data(published, view)
        else:
            write = sheet if name.startswith("retour.") else partial(report, frozen_at=frozen_at)
            made = {name: write(gathering, published, view, name, texts)}
    except ReportUnproved as refusal:
        print(json.dumps(refusal.data))
        sys.exit(REFUSED)
    for one, body in made.items():
        _leave(folder / one, body)


def read(gathering: Gathering, number: int) -> tuple[Published, View]:
    """Return an edition and the notes it was made of: those that were erased since are in neither."""
    published = editions.read(gathering.id, number)
    view = window.look_at(gathering.id, published.edition.position)
    if window.erased_since(gathering.id, published.edition.position):
        published = replace(published, edition=remaining(published.edition, view.corpus))
    return published, view


def frozen_view(gathering: Gathering, number: int, position: int) -> tuple[Published, View]:
    """Return an edition over the notes as they stood at a position, as the desk shows a frozen version."""
    published = editions.read(gathering.id, number)
    before = window.look_at(gathering.id, published.edition.position)
    view = window.look_at(gathering.id, position)
    edition = stood(published.edition, before.corpus, view.corpus)
    # What was decided after the edition is in none of its themes.
    return replace(published, edition=edition), replace(view, decisions=before.decisions)


def sheet(gathering: Gathering, published: Published, view: View, name: str, texts: int) -> bytes:
    """Compose a workshop's return sheet, prove it, and render it.

    Raises:
        ReportUnproved: it does not hold the workshop's notes.
    """
    from synthesis.report import formats  # noqa: PLC0415 - only this process pays for them
    from synthesis.report import sheet as sheets  # noqa: PLC0415 - the same
    from synthesis.report.blocks import Status  # noqa: PLC0415 - the same

    del texts
    _, mark, language, suffix = name.split(".")
    workshop = next(key for key, _ in view.corpus.workshops if mark_of(key) == mark)
    made_on = dt.datetime.fromtimestamp(published.made_at / 1000, ZoneInfo(gathering.timezone)).date()
    status = Status(version=str(published.number), on=made_on, final=bool(gathering.final_position))
    composed = sheets.sheet(published.edition, view.corpus, workshop, status=status, language=language)
    return formats.render(composed, suffix)


def report(
    gathering: Gathering, published: Published, view: View, name: str, texts: int, *, frozen_at: int = 0
) -> bytes:
    """Compose the report, prove it, and render it.

    Raises:
        ReportUnproved: it says something that the notes do not.
    """
    from synthesis.report import compose, formats, proof  # noqa: PLC0415 - only this process pays for them
    from synthesis.report.blocks import Frozen, Status  # noqa: PLC0415 - the same

    _, language, suffix = name.split(".")
    zone = ZoneInfo(gathering.timezone)
    moment = dt.datetime.fromtimestamp((frozen_at or published.made_at) / 1000, zone)
    written = editors.texts(gathering.id, texts)
    status = Status(
        version=str(published.number),
        on=moment.date(),
        final=bool(gathering.final_position) and not frozen_at,
        frozen=Frozen(on=moment.date(), at=f"{moment:%H:%M}") if frozen_at else None,
        validated_by=gathering.validated_by,
        witnesses=signed(written),
        erased=len(window.erased_since(gathering.id, view.corpus.position)),
        place=gathering.place,
        programme=tuple(_held(gathering.id)),
    )
    present = {theme.id for theme in published.edition.themes}
    wished = wish(editors.decisions(gathering.id))
    own = edited(written, lambda theme_id: wished.standing(theme_id, present))
    own = replace(own, scenarios=building.planned(gathering.id, texts))
    edition = arranged(published.edition, own)
    composed = compose.compose(
        edition, view.corpus, status=status, language=language, decisions=view.decisions, edited=own
    )
    proof.check(composed, view.corpus, edition)
    return formats.render(composed, suffix)


def _held(gathering_id: int) -> Iterator[Held]:
    """Give the sessions of the programme that were meant for words: pauses are left out."""
    from synthesis.report.blocks import Held  # noqa: PLC0415 - only this process pays for it

    for one in schedule.every_session(gathering_id):
        if one.kind != "break" and not one.withdrawn:
            yield Held(
                key=one.key, title=one.title, kind=one.kind, day=one.day, start=one.start, end=one.end, place=one.room
            )


def data(published: Published, view: View) -> dict[str, bytes]:
    """Make every file of data, and the archive that holds them all."""
    from synthesis.report.data import files  # noqa: PLC0415 - only this process pays for it

    made = {file.name: file.data for file in files(published.edition, view.corpus)}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(made):
            # The same bytes for the same edition: no clock in the archive.
            target.writestr(zipfile.ZipInfo(name, _STAMP), made[name], zipfile.ZIP_DEFLATED)
    made[ALL] = archive.getvalue()
    return {f"donnees/{name}": body for name, body in made.items()}


def _leave(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(body)
    aside.replace(path)


def main() -> None:
    """Make a file for the web process that asks: its settings come by the environment, as it reads them."""
    settings = Settings.read(os.environ)
    app = Flask("making")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database(), SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database())
    )
    db.init_app(app)
    with app.app_context():
        make_file()


if __name__ == "__main__":
    main()
