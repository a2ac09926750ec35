"""A copy taken while people write, and what it brings back."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import create_engine, text

import wsgi
from capture import backup, check, journal, notes
from capture.db import db
from capture.errors import CopyRefused
from capture.models import Gathering
from tests.conftest import make_app
from tests.factories import make_gathering, make_holder, make_note


def let_go() -> None:
    """What a server does that stops: the database is nobody's any more."""
    db.session.remove()
    db.engine.dispose()


def texts(gathering_id: int) -> list[str]:
    db.session.rollback()
    return [note.wording.text for note in notes.every_note(gathering_id)]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Flask]:
    """Another installation, on SQLite, that never served."""
    app = make_app(tmp_path / "elsewhere")
    with app.app_context():
        yield app
        let_go()


def test_a_copy_of_an_empty_installation_says_that_it_holds_nothing(app: Flask, tmp_path: Path) -> None:
    copied = backup.backup(db.engine, tmp_path / "copie.db")
    assert (copied.gatherings, copied.heads, copied.notes) == ((), (), 0)


def test_a_copy_holds_what_was_there_and_leaves_nothing_beside(app: Flask, tmp_path: Path) -> None:
    gathering = make_gathering()
    make_note(make_holder(gathering), "Une salle ouverte le soir.")
    folder = tmp_path / "copies"
    folder.mkdir()
    copied = backup.backup(db.engine, folder / "copie.db")
    assert (copied.gatherings, copied.heads, copied.notes) == (("rencontre",), (journal.head(gathering.id),), 1)
    assert [file.name for file in folder.iterdir()] == ["copie.db"]
    assert "rencontre à l’opération 3 ; 1 note écrite," in str(copied)


def test_a_copy_taken_while_writers_write_is_a_gapless_prefix_that_restores(
    app: Flask, tmp_path: Path, elsewhere: Flask
) -> None:
    with app.app_context():
        gathering_id, by = make_gathering().id, None
        by = make_holder(db.session.get_one(Gathering, gathering_id))
        stop, failures = threading.Event(), []

        def work(number: int) -> None:
            with app.app_context():
                count = 0
                while not stop.is_set():
                    try:
                        make_note(by, f"Note {number}-{count}")
                    except Exception as failure:  # noqa: BLE001 - reported below, in the test's own thread
                        failures.append(failure)
                    count += 1

        writers = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        for writer in writers:
            writer.start()
        copies = [backup.backup(db.engine, tmp_path / f"copie-{number}.db") for number in range(4)]
        stop.set()
        for writer in writers:
            writer.join()
        assert failures == []
        db.session.rollback()
        heads = [copied.heads[0] for copied in copies]
        assert heads == sorted(heads)
        assert heads[0] < heads[-1] <= journal.head(gathering_id)
        whole = [(entry.position, entry.operation_id, entry.payload) for entry in journal.read(gathering_id)]
    with elsewhere.app_context():
        for copied, head in zip(copies, heads, strict=True):
            let_go()
            backup.restore(db.engine, copied.file, replace=True)
            found = [(entry.position, entry.operation_id, entry.payload) for entry in journal.read(gathering_id)]
            assert found == whole[:head]
            assert check.stored(gathering_id) == check.replayed(gathering_id)
        # The journal goes on from there.
        make_note(by, "La suite.")
        assert journal.head(gathering_id) == heads[-1] + 1


def test_a_copy_comes_back_on_the_engine_it_came_from_and_what_was_there_is_kept_aside(
    app: Flask, tmp_path: Path
) -> None:
    gathering_id = make_gathering().id
    by = make_holder(db.session.get_one(Gathering, gathering_id))
    make_note(by, "Avant la copie.")
    let_go()
    file = backup.backup(db.engine, tmp_path / "copie.db").file
    make_note(by, "Après la copie.")
    let_go()
    with pytest.raises(CopyRefused, match="pas vide"):
        backup.restore(db.engine, file)
    assert texts(gathering_id) == ["Avant la copie.", "Après la copie."]
    let_go()
    restored = backup.restore(db.engine, file, replace=True)
    assert texts(gathering_id) == ["Avant la copie."]
    assert check.stored(gathering_id) == check.replayed(gathering_id)
    assert restored.aside is not None
    assert backup.verify(restored.aside).notes == 2
    # Numbers go on: another gathering does not take the place of one that came back.
    assert make_gathering(slug="autre").id > gathering_id


def test_a_database_in_use_is_not_replaced(app: Flask, tmp_path: Path) -> None:
    gathering_id = make_gathering().id
    let_go()
    file = backup.backup(db.engine, tmp_path / "copie.db").file
    make_note(make_holder(db.session.get_one(Gathering, gathering_id)), "Dite pendant ce temps.")
    let_go()
    other = create_engine(db.engine.url)
    with other.connect() as server:
        server.execute(text("SELECT 1 FROM gathering")).all()
        with pytest.raises(CopyRefused, match="ouverte"):
            backup.restore(db.engine, file, replace=True)
    other.dispose()
    assert texts(gathering_id) == ["Dite pendant ce temps."]


def test_a_copy_of_one_engine_comes_back_on_the_other(app: Flask, tmp_path: Path, elsewhere: Flask) -> None:
    with elsewhere.app_context():
        gathering_id = make_gathering().id
        make_note(make_holder(db.session.get_one(Gathering, gathering_id)), "Dite ailleurs.")
        let_go()
        file = backup.backup(db.engine, tmp_path / "copie.db").file
    with app.app_context():
        let_go()
        backup.restore(db.engine, file)
        assert texts(gathering_id) == ["Dite ailleurs."]
        assert check.stored(gathering_id) == check.replayed(gathering_id)


@pytest.mark.parametrize("harm", ["no database", "cut short", "a hole", "empty"])
def test_a_copy_takes_the_place_of_a_damaged_file_without_surgery(elsewhere: Flask, tmp_path: Path, harm: str) -> None:
    gathering_id = make_gathering().id
    make_note(make_holder(db.session.get_one(Gathering, gathering_id)), "Gardée.")
    let_go()
    file = backup.backup(db.engine, tmp_path / "copie.db").file
    place = Path(db.engine.url.database or "")
    let_go()
    sound = place.read_bytes()
    damaged = {
        "no database": b"ceci n'est pas une base" * 1_000,
        "cut short": sound[: len(sound) // 2],
        "a hole": sound[:4_096] + bytes(8_192) + sound[12_288:],
        "empty": b"",
    }[harm]
    for beside in place.parent.glob(f"{place.name}-*"):
        beside.unlink()
    place.write_bytes(damaged)
    restored = backup.restore(db.engine, file, replace=True)
    assert texts(gathering_id) == ["Gardée."]
    assert check.stored(gathering_id) == check.replayed(gathering_id)
    # An empty file holds nothing to keep.
    assert (restored.aside is not None) == bool(damaged)


def test_a_damaged_file_that_a_server_still_holds_is_not_replaced(elsewhere: Flask, tmp_path: Path) -> None:
    gathering_id = make_gathering().id
    make_note(make_holder(db.session.get_one(Gathering, gathering_id)), "Gardée.")
    let_go()
    file = backup.backup(db.engine, tmp_path / "copie.db").file
    place = Path(db.engine.url.database or "")
    holding = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM gathering').fetchall(); "
    )
    server = subprocess.Popen(
        [sys.executable, "-c", f"{holding}print('open', flush=True); input()", str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout is not None
    assert server.stdout.readline() == b"open\n"
    with place.open("r+b") as written:
        written.write(b"ceci n'est pas une base" * 100)
    with pytest.raises(CopyRefused, match="ouverte"):
        backup.restore(db.engine, file, replace=True)
    server.communicate(b"\n")
    backup.restore(db.engine, file, replace=True)
    assert texts(gathering_id) == ["Gardée."]


def test_a_name_that_is_taken_is_not_written_over(app: Flask, tmp_path: Path) -> None:
    taken = tmp_path / "copie.db"
    taken.write_text("précieux", "utf-8")
    with pytest.raises(CopyRefused, match="existe déjà"):
        backup.backup(db.engine, taken)
    assert taken.read_text("utf-8") == "précieux"


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("DELETE FROM journal WHERE position = 2", "un trou"),
        ("UPDATE gathering SET journal_head = journal_head + 1", "un trou"),
        ("UPDATE note SET text = 'Autre chose.'", "ne disent pas"),
        ("DROP TABLE journal", "lisible"),
    ],
)
def test_a_copy_that_does_not_hold_together_is_not_restored(
    app: Flask, tmp_path: Path, elsewhere: Flask, harm: str, reason: str
) -> None:
    with app.app_context():
        make_note(make_holder(make_gathering()))
        file = backup.backup(db.engine, tmp_path / "copie.db").file
    connection = sqlite3.connect(file)
    connection.execute(harm)
    connection.commit()
    connection.close()
    with elsewhere.app_context():
        let_go()
        with pytest.raises(CopyRefused, match=reason):
            backup.restore(db.engine, file)
        assert db.session.query(Gathering).count() == 0


def test_a_file_that_is_no_copy_is_refused_with_a_sentence(elsewhere: Flask, tmp_path: Path) -> None:
    file = tmp_path / "photo.db"
    file.write_bytes(b"ceci est une photo" * 100)
    let_go()
    with pytest.raises(CopyRefused, match="pas une copie lisible"):
        backup.restore(db.engine, file)
    with pytest.raises(CopyRefused, match="n’existe pas"):
        backup.restore(db.engine, tmp_path / "rien.db")


def test_a_damaged_record_is_not_taken_for_a_copy(app: Flask, tmp_path: Path) -> None:
    make_note(make_holder(make_gathering()))
    db.session.execute(text("UPDATE note SET text = 'Autre chose.'"))
    db.session.commit()
    with pytest.raises(CopyRefused, match="ne disent pas"):
        backup.backup(db.engine, tmp_path / "copie.db")
    assert not list(tmp_path.glob("*copie*"))


def test_the_commands_say_what_they_did_and_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(tmp_path / "var")
    with app.app_context():
        make_note(make_holder(make_gathering()))
        let_go()
    monkeypatch.setenv("RESTITUTION_FOLDER", str(tmp_path / "var"))
    run = app.test_cli_runner()
    commands = wsgi.command_line()
    file = str(tmp_path / "copie.db")
    taken = run.invoke(commands, ["backup", file])
    assert "rencontre à l’opération 3" in taken.output
    assert "existe déjà" in run.invoke(commands, ["backup", file]).output
    refused = run.invoke(commands, ["restore", file])
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    done = run.invoke(commands, ["restore", file, "--replace"])
    assert (done.exit_code, "gardé dans" in done.output) == (0, True), done.output


def test_a_command_over_a_damaged_database_says_what_to_do_instead_of_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "restitution.db").write_bytes(b"ceci n'est pas une base" * 1_000)
    monkeypatch.setenv("RESTITUTION_FOLDER", str(tmp_path))
    for command in (["links"], ["check"], ["serve", "--bind", "127.0.0.1:0"]):
        said = CliRunner().invoke(wsgi.command_line(), command)
        assert (said.exit_code, "restitution restore COPIE --replace" in said.output) == (1, True), said.output


def test_a_copy_without_room_leaves_nothing_half_done(app: Flask, tmp_path: Path) -> None:
    make_note(make_holder(make_gathering()))
    nowhere = tmp_path / "pas de dossier" / "copie.db"
    with pytest.raises(CopyRefused, match="pas pu être faite"):
        backup.backup(db.engine, nowhere)
    assert not nowhere.parent.exists()
