"""The disk itself fails for real: full, at its largest size, read-only, damaged; on SQLite and under PostgreSQL.

The promise is that of `test_storage_faults`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import text

from capture.db import db
from tests import postgres
from tests.capture.disks import (
    ONLY_ROOT_MOUNTS,
    assert_refused,
    assert_shown,
    assert_whole,
    fill,
    on_disk,
    patience,
    small_disk,
    write_until_refused,
)
from tests.capture.test_api import post, written


@ONLY_ROOT_MOUNTS
def test_a_full_disk_refuses_what_it_cannot_keep_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as folder, on_disk(folder) as (_app, client, gathering_id, csrf):
        ballast = folder / "ballast"
        fill(ballast)
        received, answer = write_until_refused(client, csrf, "la commune prête la salle " * 20)
        assert_refused(answer, "storage.full")
        assert_refused(post(client, written("Encore une."), csrf=csrf), "storage.full")
        ballast.unlink()
        answer = post(client, written("Il y a de la place."), csrf=csrf)
        assert answer.json["receipts"][0]["outcome"] == "done"
        assert_whole(gathering_id, {*received, "Il y a de la place."})


def test_a_database_that_reached_its_size_refuses_then_goes_on(tmp_path: Path) -> None:
    with on_disk(tmp_path) as (_app, client, gathering_id, csrf):
        pages = db.session.execute(text("PRAGMA page_count")).scalar_one()
        with patience(f"PRAGMA max_page_count={pages + 4}"):
            received, answer = write_until_refused(client, csrf, "un café des parents le samedi " * 10)
            assert_refused(answer, "storage.full")
            assert_shown(client, received)
        assert received
        assert post(client, written("La suite."), csrf=csrf).status_code == 200
        assert_whole(gathering_id, {*received, "La suite."})


@ONLY_ROOT_MOUNTS
def test_a_disk_that_turns_read_only_refuses_writes_and_goes_on_once_mended(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as folder, on_disk(folder) as (_app, client, gathering_id, csrf):
        assert post(client, written("Avant."), csrf=csrf).status_code == 200
        db.session.remove()
        db.engine.dispose()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        answer = post(client, written("Pendant."), csrf=csrf)
        assert answer.status_code == 503
        assert answer.json["error"]["code"] in {"storage.read_only", "storage.away"}
        db.session.remove()
        db.engine.dispose()
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        assert post(client, written("Après."), csrf=csrf).status_code == 200
        assert_whole(gathering_id, {"Avant.", "Après."})


def test_a_damaged_file_is_said_and_serves_again_once_replaced(tmp_path: Path) -> None:
    with on_disk(tmp_path) as (_app, client, _gathering_id, csrf):
        assert post(client, written("Avant."), csrf=csrf).status_code == 200
        db.session.remove()
        db.engine.dispose()
        file = tmp_path / "restitution.db"
        sound = file.read_bytes()
        file.write_bytes(b"ceci n'est pas une base" * 400)
        assert_refused(post(client, written("Pendant."), csrf=csrf), "storage.damaged")
        db.engine.dispose()
        for leftover in tmp_path.glob("restitution.db-*"):
            leftover.unlink()
        file.write_bytes(sound)
        assert post(client, written("Après."), csrf=csrf).status_code == 200


@ONLY_ROOT_MOUNTS
def test_a_full_disk_under_postgresql_refuses_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        disk = stack.enter_context(small_disk(tmp_path / "disk", "192m"))
        address = stack.enter_context(postgres.server(disk))
        (tmp_path / "app").mkdir()
        _app, client, gathering_id, csrf = stack.enter_context(on_disk(tmp_path / "app", address))
        ballast = disk / "ballast"
        fill(ballast)
        received, answer = write_until_refused(client, csrf, "la commune prête la salle " * 60)
        assert_refused(answer, "storage.full")
        assert_shown(client, received)
        ballast.unlink()
        answer = post(client, written("Il y a de la place."), csrf=csrf)
        assert answer.json["receipts"][0]["outcome"] == "done"
        assert_whole(gathering_id, {*received, "Il y a de la place."})


def test_pages_damaged_under_a_running_server_are_said_and_it_serves_again_once_replaced(tmp_path: Path) -> None:
    with on_disk(tmp_path) as (_app, client, gathering_id, csrf):
        assert post(client, written("Avant."), csrf=csrf).status_code == 200
        db.session.remove()
        file = tmp_path / "restitution.db"
        with contextlib.closing(sqlite3.connect(file)) as apart:
            apart.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sound = file.read_bytes()
        with file.open("r+b") as pages:
            pages.seek(4096)
            pages.write(b"?" * (len(sound) - 4096))
        # What a connection read before, it may still hold in memory: a new one meets the disk as it is.
        db.engine.dispose()
        assert_refused(post(client, written("Pendant."), csrf=csrf), "storage.damaged")
        assert client.get("/rencontre/ateliers/gouvernance").status_code == 503
        db.session.remove()
        db.engine.dispose()
        for leftover in tmp_path.glob("restitution.db-*"):
            leftover.unlink()
        file.write_bytes(sound)
        assert post(client, written("Après."), csrf=csrf).status_code == 200
        assert_whole(gathering_id, {"Avant.", "Après."})
