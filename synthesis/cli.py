"""The commands of synthesis: synthesise a file without a server, follow the notes, make the report, export the data.

What computes is imported when a command runs: `restitution --help` answers at once.
"""

from __future__ import annotations

import datetime as dt
import logging
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import select

from capture.db import db
from capture.doors import settings
from capture.errors import NoEdition, Refusal
from capture.models import Gathering
from synthesis import reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from synthesis.corpus import Corpus, ListedActor
    from synthesis.decisions import Decided
    from synthesis.french import French
    from synthesis.results import Edition

STAGES = {"load": "Modèles", "read": "Lecture", "themes": "Thèmes", "actors": "Acteurs", "report": "Rapport"}
"""What a progress bar calls each stage."""

SIDE_BY_SIDE = 20_000
"""Sentences that are all encoded, in a second process; beyond, most are not, and that process reads."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def add_to(group: FlaskGroup) -> None:
    """Give these commands to the one entry point."""
    for command in (synthesise, diff, report, export, follow):
        group.add_command(command)


@click.command()
@click.argument("notes", type=FILE)
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write in.")
@click.option("--themes", type=click.IntRange(1), help="How many themes; the notes decide when it is not given.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same bytes.")
@click.option("--previous", type=FILE, help="An edition.json whose themes keep their identity.")
@click.option("--decisions", type=FILE, help="A JSON list of what people decided, replayed over the result.")
@click.option("--actors", type=FILE, help="A CSV of organisations: name, acronym, family, aliases.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Of the report.")
def synthesise(
    notes: Path,
    out: Path,
    themes: int | None,
    seed: int,
    previous: Path | None,
    decisions: Path | None,
    actors: Path | None,
    language: str,
) -> None:
    """Read NOTES (a UTF-8 CSV with a `text` column) into themes, actors, a graph and a report, all written in --out.

    Optional columns: id, workshop, kind, actors and territories (separated by ";"), at. The same notes in any order,
    with the same options and version, give the same bytes.
    """
    from synthesis import table  # noqa: PLC0415 - see the module's first lines
    from synthesis.report import blocks, write  # noqa: PLC0415 - the same
    from synthesis.results import Parameters  # noqa: PLC0415 - the same
    from synthesis.synthesise import synthesise as form  # noqa: PLC0415 - the same

    try:
        read = table.read(notes.read_bytes(), name=notes.name)
        before, decided, listed = _beside(previous, decisions, actors)
        for remark in read.remarks:
            click.echo(f"Remarque : {remark.sentence}", err=True)
        with _progress() as tell, _french(tell, read.corpus) as french:
            edition = form(
                read.corpus,
                parameters=Parameters(themes=themes, seed=seed),
                previous=before,
                decisions=decided,
                listed=listed,
                french=french,
                progress=tell,
            )
            status = blocks.Status(version=edition.input_hash[:8], on=_day_of(read.corpus))
            made = write.write_all(
                edition,
                read.corpus,
                status=status,
                into=out,
                table=read,
                decisions=decided,
                language=language,
                progress=tell,
            )
    except Refusal as refusal:
        raise click.ClickException(_told(refusal)) from refusal
    found = {"note": len(read.corpus), "thème": len(edition.themes), "acteur": len(edition.actors)}
    counted = ", ".join(f"{count} {word}{'s' if count > 1 else ''}" for word, count in found.items())
    click.echo(f"{counted} : {out}")
    click.echo(f"{len(made)} fichiers écrits.", err=True)


@click.command()
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
def diff(before: Path, after: Path) -> None:
    """Say in sentences what changed from one EDITION.json to another."""
    from synthesis.report import data  # noqa: PLC0415 - see the module's first lines
    from synthesis.themes.differences import tell  # noqa: PLC0415 - the same

    try:
        old, new = (data.read_edition(path.read_bytes(), name=path.name) for path in (before, after))
    except Refusal as refusal:
        raise click.ClickException(_told(refusal)) from refusal
    for sentence in tell(old, new):
        click.echo(sentence)


def _beside(
    previous: Path | None, decisions: Path | None, actors: Path | None
) -> tuple[Edition | None, tuple[Decided, ...], tuple[ListedActor, ...]]:
    """Read what stands beside the notes."""
    from synthesis.report import data  # noqa: PLC0415 - see the module's first lines

    return (
        data.read_edition(previous.read_bytes(), name=previous.name) if previous else None,
        data.read_decisions(decisions.read_bytes(), name=decisions.name) if decisions else (),
        data.read_actors(actors.read_bytes(), name=actors.name) if actors else (),
    )


def _day_of(corpus: Corpus) -> dt.date | None:
    """Return the day of the last note that says when it was written: a clock would change the bytes."""
    days = [note.at[:10] for note in corpus if note.at]
    return dt.date.fromisoformat(max(days)) if days else None


@contextmanager
def _french(tell: Callable[[str, int, int], None], corpus: Corpus) -> Iterator[French]:
    """Load the reader beside a second process, which encodes the sentences; or, when they are too many, reads too."""
    from synthesis.french import French, encode  # noqa: PLC0415 - see the module's first lines
    from synthesis.second import two_readers  # noqa: PLC0415 - the same

    tell("load", 0, 1)
    if len(corpus) > SIDE_BY_SIDE:
        with two_readers() as french:
            tell("load", 1, 1)
            yield french
        return
    texts = sorted({note.text for note in corpus})
    # Not a fork: the process already holds threads of the libraries it loaded.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        vectors = pool.submit(encode, texts)
        french = French.load()
        tell("load", 1, 1)
        # What is read while the other process still encodes is remembered.
        french.read([note.text for note in corpus], progress=lambda done, total: tell("read", done, total))
        if found := vectors.result():
            french.know(texts, found)
    yield french


def _told(refusal: Refusal) -> str:
    """Say a refusal with every line at fault."""
    faults = refusal.data.get("faults", ())
    return "\n".join([str(refusal), *(f"  ligne {line} : {reason}" for line, reason in faults[1:])])


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far each stage is on a terminal; stay silent in a pipe."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks = {stage: bar.add_task(word, total=None, start=False) for stage, word in STAGES.items()}

        def tell(stage: str, done: int, total: int) -> None:
            bar.start_task(tasks[stage])
            bar.update(tasks[stage], completed=done, total=total)

        yield tell


def _only_gathering(slug: str | None) -> Gathering:
    query = select(Gathering).order_by(Gathering.slug)
    rows = list(db.session.scalars(query.where(Gathering.slug == slug) if slug else query))
    if len(rows) == 1:
        return rows[0]
    names = ", ".join(row.slug for row in rows) or "aucune"
    raise click.ClickException(f"Précisez la rencontre par --gathering. Il y a ici : {names}.")


@click.command()
@click.option("--format", "ending", type=click.Choice(["html", "pdf", "docx", "odt", "epub", "md"]), default="pdf")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--gathering", "slug", help="The gathering's name in addresses; the only one by default.")
@click.option("--language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Of the frame.")
@with_appcontext
def report(ending: str, out: Path, slug: str | None, language: str) -> None:
    """Make the report of the last edition, or of the signed one, proved against the notes."""
    try:
        made = reports.report(_only_gathering(slug).id, ending, language=language)
    except NoEdition as refusal:
        raise click.ClickException(str(refusal)) from refusal
    except Refusal as refusal:
        raise click.ClickException(_told(refusal)) from refusal
    out.write_bytes(made.body)
    click.echo(f"{out} ({len(made.body) // 1024} Ko)")


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write in.")
@click.option("--gathering", "slug", help="The gathering's name in addresses; the only one by default.")
@with_appcontext
def export(out: Path, slug: str | None) -> None:
    """Write the data of the last edition: JSON, CSV, XLSX, GEXF, GraphML."""
    gathering = _only_gathering(slug)
    out.mkdir(parents=True, exist_ok=True)
    for offered in reports.DATA:
        try:
            made = reports.data(gathering.id, offered.name)
        except Refusal as refusal:
            raise click.ClickException(_told(refusal)) from refusal
        (out / offered.name).write_bytes(made.body)
        click.echo(out / offered.name)


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
