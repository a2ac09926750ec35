"""Two processes read what one would have read, and one goes on alone when the other dies."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle

import pytest

from synthesis.french import MANY, French
from synthesis.second import two_readers

WHO = ("Les habitant·es", "L’Établissement public foncier", "Mme Le Goff", "LES ÉLUS DE SAINT-BRIEUC", "On")
WHAT = ("veulent garder l’eau", "manquent de bus", "proposent un jardin partagé", "ferment l’école", "n’ont rien dit")


def notes(first: int) -> list[str]:
    """More different notes than one process reads alone."""
    return [f"{WHO[n % 5]} {WHAT[n // 5 % 5]} depuis {n} jours." for n in range(first, first + MANY + 100)]


def test_two_processes_read_as_one(french: French) -> None:
    texts, told = notes(10_000), list[int]()
    with two_readers() as two:
        together = two.read([*texts, texts[0]], progress=lambda done, _: told.append(done))
        assert two.sentences(texts[:50]) is not None
    assert together == French(french._tagger, None).read([*texts, texts[0]])
    assert told == sorted(told)
    assert told[-1] == len(texts) + 1
    assert french.second is None
    assert multiprocessing.active_children() == []


def test_two_processes_encode_as_one(french: French) -> None:
    texts = notes(20_000)[:40]
    with two_readers() as two:
        together = two.sentences(texts)
    alone = French(french._tagger, french._sentence_encoder).sentences(texts)
    assert together is not None
    assert alone is not None
    assert (together == alone).all()


def test_nothing_is_lost_when_the_second_process_dies(french: French, caplog: pytest.LogCaptureFixture) -> None:
    texts = notes(30_000)

    def kill(done: int, _all: int) -> None:
        if done > MANY // 2:
            for child in multiprocessing.active_children():
                child.kill()

    with caplog.at_level(logging.WARNING), two_readers() as two:
        assert two.read(texts, progress=kill) == French(french._tagger, None).read(texts)
        assert two.sentences(texts[:20]) is not None
    assert [one.message for one in caplog.records if one.name == "restitution.second"] == [
        "the second reading process died; this one reads the rest by itself"
    ]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux gives a process fewer cores")
def test_one_core_has_one_reader() -> None:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        with two_readers() as one:
            assert one.second is None
    finally:
        os.sched_setaffinity(0, cores)


def test_a_reading_comes_back_whole_from_another_process(french: French) -> None:
    read = french.read(["Les citoyen⋅nes de Saint-Brieuc réclament l’accès à l’eau.", "", " \n"])
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301 - our own bytes
