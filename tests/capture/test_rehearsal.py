"""The rehearsal: what is drawn, what the measures mean, and a short one played on the real server."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from capture.rehearsal.score import Part, Room, compose
from capture.rehearsal.verdict import Measures, centile, judge
from tests.serving import ROOT

MORNING = Room(key="matin", start=600, end=660, devices=1)
EVENING = Room(key="soir", start=1_080, end=1_140, devices=2)

WELL = Measures(
    written=3,
    received=3,
    lost=0,
    doubled=0,
    altered=0,
    refused=0,
    screens=4,
    behind=0,
    acknowledged=(10.0, 20.0, 30.0),
    shown=(40.0, 50.0),
    cuts=1,
    answers_lost=1,
    followed=True,
    caught_up=4.0,
)


def drawn(seed: int = 7) -> tuple[Part, ...]:
    return compose([EVENING, MORNING], ["Une phrase.", "Une autre."], lasting=20, seed=seed).parts


def test_the_same_seed_draws_the_same_day_and_another_draws_another() -> None:
    assert drawn() == drawn()
    assert drawn(8) != drawn()


def test_each_device_plays_in_its_room_s_hours_and_the_night_between_takes_no_time() -> None:
    parts = drawn()
    assert [(part.room, part.number) for part in parts] == [("matin", 1), ("soir", 1), ("soir", 2)]
    for part, (first, last) in zip(parts, [(0, 10), (10, 20), (10, 20)], strict=True):
        assert part.strokes
        assert all(first <= stroke.at <= last for stroke in part.strokes)
        assert part.cut is None or first <= part.cut[0] < part.cut[1] <= last


def test_a_second_of_the_rehearsal_is_a_minute_of_the_programme() -> None:
    score = compose([EVENING, MORNING], ["Une phrase."], lasting=20, seed=7)
    assert [score.minute(second) for second in (0, 5, 10, 15, 20)] == [600, 630, 660, 1_110, 1_140]


def test_a_room_of_a_few_minutes_is_heard_all_the_same() -> None:
    (part,) = compose([Room(key="bref", start=0, end=1, devices=1)], ["Une phrase."], lasting=1, seed=3).parts
    assert len(part.strokes) >= 1


def test_what_went_well_is_said_with_its_counts() -> None:
    verdict = judge(WELL)
    assert verdict.level == "good"
    assert [finding.sentence for finding in verdict.findings] == [
        "3 notes écrites, 3 reçues, 0 perdue, 0 en double.",
        "4 écrans : chacun a montré toutes ses notes, une fois.",
        "« Reçue » en 20 ms d’ordinaire, 30 ms pour 95 notes sur 100.",
        "Sur les autres écrans en 50 ms d’ordinaire, 50 ms pour 95 notes sur 100.",
        "En chemin, 1 appareil a perdu le réseau un moment et 1 réponse s’est perdue, exprès : tout est reparti seul.",
        "La synthèse tient la dernière note 4 s après elle.",
    ]


@pytest.mark.parametrize(
    ("change", "level", "said"),
    [
        ({"lost": 1}, "mend", "1 perdue"),
        ({"doubled": 2}, "mend", "2 en double"),
        ({"altered": 1}, "mend", "1 note a changé de mots"),
        ({"refused": 2, "received": 1}, "mend", "2 notes refusées"),
        ({"received": 2}, "mend", "2 reçues"),
        ({"behind": 1}, "mend", "dont 1 sans toutes leurs notes"),
        ({"acknowledged": (1_200.0,)}, "look", "1,2 s pour 95 notes sur 100. C’est lent"),
        ({"shown": (4_000.0,)}, "mend", "4,0 s"),
        ({"caught_up": None}, "look", "n’a pas rattrapé"),
        ({"followed": False, "caught_up": None}, "good", "3 reçues"),
        ({"acknowledged": (), "shown": ()}, "good", "0 ms"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do(change: dict[str, object], level: str, said: str) -> None:
    verdict = judge(replace(WELL, **change))  # type: ignore[arg-type]
    assert verdict.level == level
    assert any(said in finding.sentence for finding in verdict.findings)


def test_a_centile_is_a_value_that_was_measured() -> None:
    assert centile([], 0.95) == 0
    assert centile([5.0], 0.95) == 5
    assert centile([float(one) for one in range(100)], 0.95) == 95


def rehearse(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wsgi", "rehearse", *options]
    environment = {**os.environ, "RESTITUTION_FOLDER": str(folder)}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, timeout=60)


def test_a_short_rehearsal_loses_nothing_and_leaves_the_installation_as_it_was(tmp_path: Path) -> None:
    options = ["--web-only", "--duration", "2", "--rooms", "3", "--devices", "2", "--seed", "7"]
    done = rehearse(tmp_path, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 ateliers, 6 téléphones, 9 écrans" in done.stdout
    assert "0 perdue, 0 en double." in done.stdout
    assert "chacun a montré toutes ses notes, une fois." in done.stdout
    assert "restitution rehearse --seed 7" in done.stdout
    # Looking for a programme makes a file where there was none; nothing is written in it.
    with closing(sqlite3.connect(tmp_path / "restitution.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_rehearsal_never_plays_in_a_gathering_of_another_name(tmp_path: Path) -> None:
    links = tmp_path / "liens.json"
    links.write_text("[]")
    refused = rehearse(tmp_path, "--links", str(links), "--gathering", "journees-2018")
    assert refused.returncode == 1
    assert "dont le nom commence par « repetition »" in refused.stderr
    nobody = rehearse(tmp_path, "--links", str(links))
    assert nobody.returncode == 1
    assert "Il manque un lien (organiser )" in nobody.stderr
