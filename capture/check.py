"""What must be true of an installation before the doors open, checked on the real thing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from capture import journal, notes, schedule, seats
from capture.db import db, see_one_moment
from capture.models import Gathering
from capture.network import found, is_local
from capture.operations import ActorPlan, KindPlan
from capture.settings import Settings
from capture.state import State, fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    sentence: str


def run(root: Path, settings: Settings) -> list[Finding]:
    """Look at the schema, the browser files, and every gathering's journal."""
    findings = [_schema(root), _assets(root), _address(settings)]
    if findings[0].well:
        for gathering in db.session.scalars(select(Gathering).order_by(Gathering.slug)):
            findings += [_gapless(gathering), _replayed(gathering)]
    return findings


def stored(gathering_id: int) -> State:
    """Return what the tables hold, as the value that the journal's fold must equal."""
    gathering = db.session.get_one(Gathering, gathering_id)
    sessions = schedule.every_session(gathering_id)
    imported = schedule.programme_position(gathering_id) > 0
    return State(
        position=gathering.journal_head,
        title=gathering.title if imported else "",
        place=gathering.place if imported else "",
        sessions={row.key: schedule.session_state(row) for row in sessions},
        seats={row.id: seats.seat_state(row) for row in seats.every_seat(gathering_id)},
        notes={note.id: note for note in notes.every_note(gathering_id)},
        actors=tuple(
            ActorPlan(
                name=item["name"], acronym=item["acronym"], family=item["family"], aliases=tuple(item["aliases"])
            )
            for item in gathering.actors
        ),
        kinds=tuple(KindPlan(key=kind["key"], label=kind["label"]) for kind in gathering.kinds[len(schedule.KINDS) :]),
        final_position=gathering.final_position,
        validated_by=gathering.validated_by,
    )


def replayed(gathering_id: int) -> State:
    """Return what the journal says."""
    return fold(journal.written(entry) for entry in journal.read(gathering_id, limit=1_000_000_000))


def astray(gathering_id: int) -> list[str]:
    """Return what the tables hold otherwise than the journal says, by name; both are read at one moment."""
    see_one_moment()
    held, said = stored(gathering_id), replayed(gathering_id)
    return [field.name for field in fields(State) if getattr(held, field.name) != getattr(said, field.name)]


def _schema(root: Path) -> Finding:
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory(str(root / "migrations")).get_current_head()
    if current == wanted:
        return Finding(well=True, sentence="La base de données est à jour.")
    return Finding(
        well=False, sentence="La base n’est pas à jour : « restitution serve » la mettra à jour en démarrant."
    )


def _assets(root: Path) -> Finding:
    if (root / "static" / "manifest.json").exists():
        return Finding(well=True, sentence="Les fichiers des pages sont construits.")
    return Finding(well=False, sentence="Les fichiers des pages manquent : « make build » les construit.")


def _address(settings: Settings) -> Finding:
    address = settings.public_url
    if is_local(address):
        sentence = (
            f"L’adresse des codes est {address} : aucun téléphone ne l’ouvrira. "
            "Reliez cette machine au réseau du lieu, ou donnez son adresse dans RESTITUTION_PUBLIC_URL."
        )
        return Finding(well=False, sentence=sentence)
    sentence = f"Les codes mènent à {address}."
    if found(settings):
        sentence += " C’est l’adresse de cette machine aujourd’hui : imprimez les codes sur le réseau du lieu."
    if not address.startswith("https://"):
        sentence += " Sans https, une page fermée ne se rouvre pas sans réseau (docs/guide.md)."
    return Finding(well=True, sentence=sentence)


def _gapless(gathering: Gathering) -> Finding:
    see_one_moment()
    positions = [entry.position for entry in journal.read(gathering.id, limit=1_000_000_000)]
    well = positions == list(range(1, gathering.journal_head + 1))
    word = "sans trou" if well else "TROUÉ"
    return Finding(well=well, sentence=f"{gathering.slug} : journal de {len(positions)} opérations, {word}.")


def _replayed(gathering: Gathering) -> Finding:
    well = not astray(gathering.id)
    word = "redonne" if well else "NE REDONNE PAS"
    return Finding(well=well, sentence=f"{gathering.slug} : le journal {word} l’état affiché.")
