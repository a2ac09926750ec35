"""The commands of capture: serve, demo, programme, links, check. Each says what it did, and what to do next."""

from __future__ import annotations

import errno
import json
import socket
import sys
import uuid
from pathlib import Path

import click
from flask import current_app
from flask.cli import FlaskGroup, with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from capture import backup as copies
from capture import check as checking
from capture import demonstration, invitations, network, programme, schedule, storage
from capture.db import db
from capture.doors import settings
from capture.errors import ProgrammeUnreadable, Refusal
from capture.models import Gathering
from capture.processes import AddressTakenError, Family, follower_command, refuse_taken, web_command
from capture.programme_import import as_act, planned
from capture.rehearsal.cli import rehearse
from capture.settings import Settings

DEMO_FOLDER = Path("var") / "demo"


UNWRITABLE = {errno.EACCES, errno.EROFS, errno.ENOSPC}


class Commands(FlaskGroup):
    """Every command; when the machine fails under one, a sentence says what to do about it."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as error:
            advice = storage.advice(error)
            if advice is None:
                raise
            raise click.ClickException(advice) from error
        except OSError as error:
            if error.errno not in UNWRITABLE:
                raise
            raise click.ClickException(f"Impossible d’écrire dans « {error.filename} » ({error.strerror}).") from error


def add_to(group: FlaskGroup) -> None:
    """Give these commands to the one entry point."""
    for command in (serve, demo, programme_group, links, check, rehearse, backup, restore):
        group.add_command(command)


@click.command()
@click.option("--bind", help="Address and port to listen on, e.g. 0.0.0.0:8000.")
@click.option("--web-only", is_flag=True, help="Without the follower: it runs elsewhere (`restitution follow`).")
@with_appcontext
def serve(bind: str | None, *, web_only: bool) -> None:
    """Serve the pages and follow the notes, until Ctrl-C.

    Brings the database up to date first. Settings are environment variables: see docs/settings.md.
    """
    _serve(bind or settings().bind, web_only=web_only)


def _serve(bind: str, *, web_only: bool = False) -> None:
    chosen = network.moved(settings(), bind)
    try:
        network.refuse_unreadable(chosen)
        refuse_taken(bind)
    except (network.CertificateError, AddressTakenError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    upgrade()
    if not web_only:
        _welcome(chosen)
    db.session.remove()
    db.engine.dispose()
    environment = {
        "RESTITUTION_FOLDER": str(Path(chosen.folder).absolute()),
        "RESTITUTION_BIND": bind,
        "RESTITUTION_PUBLIC_URL": chosen.public_url,
    }
    who = "Cette machine seule ouvre" if network.is_local(chosen.public_url) else "Les téléphones ouvrent"
    click.echo(f"{who} {chosen.public_url} ; Ctrl-C arrête le serveur.")
    web = web_command(chosen)
    sys.exit(Family([web] if web_only else [web, follower_command()], environment).run())


def _welcome(chosen: Settings) -> None:
    """Make a first gathering where there is none, and tell whoever keeps the server how to enter it."""
    first = db.session.scalars(select(Gathering).limit(1)).one_or_none() is None
    if first:
        schedule.create(slug="rencontre", title="Rencontre", timezone=chosen.timezone, language=chosen.language)
    # A link is a key: it is not left in the log of a server that nobody watches.
    if not (first or sys.stdout.isatty()):
        return
    for gathering in db.session.scalars(select(Gathering).order_by(Gathering.slug)):
        for seat in invitations.organisers(gathering.id):
            click.echo(f"{gathering.title} · organisation : {invitations.link(chosen, seat)}")


@click.command()
@click.option(
    "--bind",
    envvar="RESTITUTION_BIND",
    default="127.0.0.1:8000",
    show_default=True,
    help="Address and port to listen on; 0.0.0.0:8000 lets the phones of your network in.",
)
@click.option("--load-only", is_flag=True, help="Load the data and print the addresses, without serving.")
@with_appcontext
def demo(bind: str, *, load_only: bool) -> None:
    """Load the demonstration gathering and serve it, until Ctrl-C. Run again, it goes on with the same data.

    The notes are invented; the programme is that of the Journées des Territoires of November 2018.
    """
    # The links must lead where this demonstration listens.
    current_app.config["SETTINGS"] = network.moved(settings(), bind)
    upgrade()
    gathering, loaded = demonstration.load(Path(current_app.root_path) / "demo")
    _print_links(gathering)
    click.echo(f"\n{loaded} notes chargées." if loaded else "\nLes données sont déjà là : la démonstration reprend.")
    if not load_only:
        _serve(bind)


@click.group("programme")
def programme_group() -> None:
    """Import a programme, or show the one there is."""


@programme_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--gathering", "slug", default="rencontre", show_default=True, help="The gathering's name in addresses.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@with_appcontext
def import_programme(file: Path, slug: str, *, yes: bool) -> None:
    """Read a programme (CSV, XLSX, ICS or YAML), show what would change, and do it once confirmed."""
    upgrade()
    read = _read(file)
    gathering = schedule.create(slug=slug, title=read.title or slug, place=read.place, timezone=read.timezone)
    seen = schedule.programme_position(gathering.id)
    difference = programme.difference(planned(gathering.id), read)
    for remark in read.remarks:
        click.echo(f"Remarque : {remark}")
    for title, sessions in (("+", difference.added), ("−", difference.withdrawn)):
        for session in sessions:
            click.echo(f"{title} {session.day} {session.start}–{session.end}  {session.title}")
    for change in difference.changed:
        fields = ", ".join(f"{one.field} : {one.before!s} → {one.after!s}" for one in change.fields)
        click.echo(f"~ {change.after.title} ({fields})")
    if not (difference.added or difference.changed or difference.withdrawn):
        click.echo("Rien ne change.")
        return
    if yes or click.confirm("Appliquer ?"):
        act = as_act(difference, read, gathering=gathering, source=file.name)
        schedule.import_programme(act, gathering_id=gathering.id, operation_id=str(uuid.uuid4()), seen_position=seen)
        click.echo("Programme importé. « restitution links » donne les liens.")


def _read(file: Path) -> programme.Programme:
    try:
        return programme.read(file.read_bytes(), name=file.name, timezone=settings().timezone)
    except ProgrammeUnreadable as refusal:
        lines = "\n".join(f"  ligne {one['line']} : {one['reason']}" for one in refusal.data.get("lines", []))
        raise click.ClickException(f"{refusal}\n{lines}") from refusal


@programme_group.command("show")
@click.option("--gathering", "slug", help="The gathering's name in addresses; the only one by default.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a script.")
@with_appcontext
def show_programme(slug: str | None, *, as_json: bool) -> None:
    """Show the programme, session by session."""
    rows = schedule.every_session(_gathering(slug).id)
    if as_json:
        body = [
            {"key": row.key, "title": row.title, "day": row.day, "start": row.start, "end": row.end} for row in rows
        ]
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
        return
    for row in rows:
        mark = " (retirée)" if row.withdrawn else "" if row.open else " (fermée)"
        click.echo(f"{row.day} {row.start}–{row.end}  {row.key:24.24}  {row.title}{mark}")


@click.command()
@click.option("--gathering", "slug", help="The gathering's name in addresses; the only one by default.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for a script.")
@with_appcontext
def links(slug: str | None, *, as_json: bool) -> None:
    """Print the join links: organiser, one per workshop, grand témoin, wall. Makes those that are missing."""
    gathering = _gathering(slug)
    if as_json:
        click.echo(json.dumps(_links(gathering), ensure_ascii=False, indent=1))
    else:
        _print_links(gathering)


def _links(gathering: Gathering) -> list[dict[str, str | list[str]]]:
    expires_at = invitations.expiry(gathering.id, days=settings().link_days)
    return [
        {
            "role": seat.role,
            "label": seat.label,
            "workshops": list(seat.sessions),
            "url": invitations.link(settings(), seat),
        }
        for seat in invitations.ensure_seats(gathering.id, expires_at=expires_at)
    ]


def _print_links(gathering: Gathering) -> None:
    names = {"organiser": "Organisation", "temoin": "Grand témoin", "participant": "Mur public", "rapporteur": ""}
    click.echo(f"{gathering.title}\n")
    for one in _links(gathering):
        name = names[str(one["role"])] or f"Rapporteur · {one['label']}"
        click.echo(f"  {name}\n    {one['url']}")


def _gathering(slug: str | None) -> Gathering:
    query = select(Gathering).order_by(Gathering.slug)
    rows = list(db.session.scalars(query.where(Gathering.slug == slug) if slug else query))
    if not rows:
        raise click.ClickException("Aucune rencontre ici. « restitution programme import FICHIER » en crée une.")
    if len(rows) > 1:
        raise click.ClickException(
            f"Plusieurs rencontres : {', '.join(row.slug for row in rows)}. Précisez --gathering."
        )
    return rows[0]


@click.command()
@with_appcontext
def check() -> None:
    """Check the installation: database, journal without a gap, tables equal to the journal, browser files, address."""
    try:
        findings = checking.run(Path(current_app.root_path), settings())
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    for finding in findings:
        click.echo(f"{'✓' if finding.well else '✗'} {finding.sentence}")
    click.echo(f"Cette machine s’appelle {socket.gethostname()} ; les téléphones ouvriront {settings().public_url}.")
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Copy everything into FILE, while people write, and verify the copy by its journal.

    FILE opens on either engine. The secret key is not in it: keep the file `secret_key` of the folder beside, or the
    links and codes that people hold will not open the restored gathering.
    """
    try:
        copied = copies.backup(db.engine, file)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"« {copied.file} » : {copied}.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", "over", is_flag=True, help="Take the place of what is there, which is kept aside.")
@with_appcontext
def restore(file: Path, *, over: bool) -> None:
    """Bring back a copy that `backup` wrote, once verified; the server must be stopped."""
    if db.engine.dialect.name != "sqlite":
        upgrade()
        db.session.remove()
        db.engine.dispose()
    try:
        copied = copies.restore(db.engine, file, replace=over)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Restauré : {copied}.")
    if copied.aside is not None:
        click.echo(f"Ce qui était là est gardé dans « {copied.aside} ».")
    click.echo("« restitution serve » reprend là où cette copie s’arrête.")
