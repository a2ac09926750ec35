"""`restitution rehearse`: plays a whole day at speed, shows where it is, and ends with a verdict."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect, select

from capture import demonstration, programme
from capture.db import db
from capture.models import Gathering
from capture.programme_import import planned
from capture.rehearsal.play import NAME, NotPlayableError, Progress, Rehearsal, Wanted
from capture.rehearsal.stage import served
from capture.rehearsal.verdict import Verdict, judge
from capture.rehearsal.wire import LostError

SIGNS = {"good": "✓", "look": "?", "mend": "✗"}


@click.command()
@click.option("--duration", default=60.0, show_default=True, help="Seconds that the whole programme takes.")
@click.option("--rooms", default=0, help="Only so many workshops; all of them by default.")
@click.option("--devices", default=2, show_default=True, help="Phones per workshop.")
@click.option("--seed", type=int, help="Play the same day again: who writes what, who loses the network, when.")
@click.option("--web-only", is_flag=True, help="Without the synthesis.")
@click.option("--links", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Play on a server.")
@click.option("--gathering", "slug", default=NAME, show_default=True, help="With --links: the rehearsal's name.")
@with_appcontext
def rehearse(
    *, duration: float, rooms: int, devices: int, seed: int | None, web_only: bool, links: Path | None, slug: str
) -> None:
    """Play a whole gathering at speed with simulated rooms on the real server, and end with a verdict.

    The programme is this installation's own if there is one, else the demonstration's. By default everything happens
    in a temporary folder that goes away afterwards: nothing of your gathering is read but its programme. With --links
    FILE (what `restitution links --gathering repetition --json` printed on the server), it plays on that server, in a
    gathering whose name must begin with « repetition ». Exits with 1 when something must be mended.
    """
    if not slug.startswith(NAME):
        raise click.ClickException(f"On ne répète que dans une rencontre dont le nom commence par « {NAME} ».")
    wanted = Wanted(
        slug=slug,
        rooms=max(0, rooms),
        devices=max(1, devices),
        lasting=max(1.0, duration),
        seed=seed if seed is not None else random.SystemRandom().randrange(10_000),
        followed=not web_only,
    )
    try:
        with _place(links, web_only=web_only) as given:
            verdict = _play(given, wanted)
    except (NotPlayableError, LostError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    sys.exit(1 if verdict.level == "mend" else 0)


@contextlib.contextmanager
def _place(links: Path | None, *, web_only: bool) -> Iterator[list[dict[str, Any]]]:
    """Yield the links of the place where it is played: a stage of its own, or a served gathering."""
    if links is not None:
        yield json.loads(links.read_text("utf-8"))
        return
    click.echo("Un serveur démarre dans un dossier temporaire ; rien n’est écrit dans votre rencontre.")
    data, name = _programme()
    with served(data, name, options=["--web-only"] if web_only else []) as found:
        yield found


def _programme() -> tuple[bytes, str]:
    """Return the installation's own programme as a file, the demonstration's when there is none."""
    there = inspect(db.engine).has_table(Gathering.__tablename__)
    rows = db.session.scalars(select(Gathering).order_by(Gathering.slug)).all() if there else []
    for row in rows:
        found = planned(row.id)
        if not row.slug.startswith(NAME) and any(session.takes_notes for session in found.sessions):
            return programme.as_yaml(found).encode(), "programme.yaml"
    file = _demonstration() / "programme.yaml"
    return file.read_bytes(), file.name


def _demonstration() -> Path:
    return Path(current_app.root_path) / "demo"


def _play(links: list[dict[str, Any]], wanted: Wanted) -> Verdict:
    rehearsal = Rehearsal(links, demonstration.sentences(_demonstration()), wanted)
    rooms = len({part.room for part in rehearsal.score.parts})
    click.echo(
        f"Répétition {wanted.seed} : {rehearsal.title}\n{rooms} ateliers, {len(rehearsal.phones)} téléphones, "
        f"{len(rehearsal.screens)} écrans, {rehearsal.score.notes} notes en {wanted.lasting:.0f} s."
    )
    found = rehearsal.play(_Teller(ZoneInfo(rehearsal.timezone)))
    verdict = judge(found)
    click.echo("")
    for finding in verdict.findings:
        click.echo(f"{SIGNS[finding.level]} {finding.sentence}")
    click.echo(f"\n{verdict.sentence}\nRejouer la même : restitution rehearse --seed {wanted.seed}")
    return verdict


class _Teller:
    """Says where the rehearsal is: one line that is written over on a terminal, a line at each tenth elsewhere."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._tenth = -1

    def __call__(self, progress: Progress) -> None:
        moment = dt.datetime.fromtimestamp(progress.minute * 60, self._zone)
        words = (
            f"{progress.share:4.0%}  {moment:%d/%m %H:%M}  {progress.written} écrites, {progress.received} reçues, "
            f"{progress.written - progress.received} sur les appareils, {progress.offline} hors ligne"
        )
        if sys.stdout.isatty():
            click.echo(f"\r{words:<78}", nl=progress.share >= 1 and progress.written == progress.received)
        elif int(progress.share * 10) > self._tenth:
            self._tenth = int(progress.share * 10)
            click.echo(words)
