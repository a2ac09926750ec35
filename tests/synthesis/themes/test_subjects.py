"""The tables that keep of a vector what tells the subject: what they are, how they are learned, what they change."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

from bench import subjects as learning
from synthesis.french import French
from synthesis.themes.affinity import SENTENCES, SUBJECTS, Parts
from synthesis.themes.subjects import Subjects, learned
from synthesis.themes.vectors import steady, unit
from tests.synthesis.themes.plain import Rule, note, reading

SAID = {
    "mobility": (
        "Il n’y a aucune navette pour rejoindre la gare le soir.",
        "Levier : une piste cyclable entre le bourg et le collège.",
        "Les jeunes sans permis dépendent de la voiture de leurs parents.",
        "Demander plus de cars le samedi.",
    ),
    "housing": (
        "Trop de logements vides dans le centre ancien.",
        "Levier : aider les propriétaires à rénover leurs appartements.",
        "Les loyers montent et les jeunes couples partent.",
        "Demander un inventaire des maisons à l’abandon.",
    ),
    "health": (
        "Le dernier médecin part à la retraite sans successeur.",
        "Levier : une infirmière itinérante dans les villages.",
        "Les personnes âgées renoncent à se soigner.",
        "Demander une maison de santé pluridisciplinaire.",
    ),
}


def test_the_tables_fit_the_vectors_they_were_learned_on(french: French) -> None:
    tables = learned()
    assert french.subjects is tables
    assert tables.words.shape == (300, 300)
    assert tables.sentences.shape == (512, 512)
    assert tables.usual.shape == (1, 512)
    for table in (tables.words, tables.sentences):
        assert np.allclose(table, table.T, rtol=0.01)
        assert np.linalg.eigvalsh(table).min() > -0.01 * np.linalg.eigvalsh(table).max()


def test_what_is_kept_of_a_note_does_not_depend_on_the_notes_beside_it(french: French) -> None:
    vectors = french.sentences([line for lines in SAID.values() for line in lines])
    words = french.words(["gare", "logement", "médecin", ""])
    assert vectors is not None
    tables = learned()
    assert all(
        np.array_equal(tables.of_sentences(vectors)[[row]], tables.of_sentences(vectors[[row]])) for row in range(12)
    )
    assert all(np.array_equal(tables.of_words(words)[[row]], tables.of_words(words[[row]])) for row in range(4))
    assert not tables.of_words(words)[-1].any(), "an unknown word stays one"


def test_notes_that_say_a_subject_differently_come_nearer_than_notes_that_say_it_alike(french: French) -> None:
    lines = [line for said in SAID.values() for line in said]
    subject = np.repeat(np.arange(len(SAID)), 4)
    vectors = french.sentences(lines)
    assert vectors is not None

    def margin(space: np.ndarray) -> float:
        moved = unit(space - space.mean(axis=0))
        near = moved @ moved.T
        same = (subject[:, None] == subject[None, :]) & ~np.eye(12, dtype=bool)
        return float(near[same].mean() - near[subject[:, None] != subject[None, :]].mean())

    assert margin(learned().of_sentences(vectors)) > margin(vectors)


def test_encoders_without_tables_are_compared_as_they_are() -> None:
    parts = Parts.of([reading(note(number).text) for number in range(20)], Rule(), [""] * 20)
    assert parts.parts[SUBJECTS] is parts.parts[SENTENCES]


def test_the_space_of_arrivals_keeps_what_tells_the_subject() -> None:
    class Halved(Rule):
        """Encoders whose subject is in the first half of their numbers."""

        @property
        def subjects(self) -> Subjects:  # type: ignore[override]
            half = np.diag(np.r_[np.ones(16), np.zeros(16)])
            return Subjects(half, half, np.zeros((1, 32)))

    space = steady([reading(note(number).text) for number in range(12)], Halved())
    assert not space[:, 16:32].any()
    assert not space[:, 48:].any()
    assert space[:, :16].any(axis=1).all()


def test_what_differs_between_subjects_counts_and_what_differs_inside_them_does_not() -> None:
    chance = np.random.default_rng(0)
    subjects = [str(number % 20) for number in range(400)]
    told = chance.normal(size=(20, 2))[np.arange(400) % 20]
    vectors = np.hstack([told, 3.0 * chance.normal(size=(400, 2))])
    root = learning.square_root(vectors, subjects)
    assert np.allclose(root, root.T)
    kept = np.linalg.norm(root, axis=0)
    assert kept[:2].min() > 3 * kept[2:].max()


def test_a_sheet_and_a_code_are_read_sentence_by_sentence_under_their_subject(tmp_path: Path) -> None:
    def paragraph(text: str) -> dict[str, object]:
        return {"name": "Paragraphe", "children": [{"type": "text", "text": text}]}

    def article(text: str, state: str = "VIGUEUR") -> dict[str, object]:
        return {"type": "article", "data": {"texte": text, "etat": state}}

    sheet = {
        "children": [
            paragraph("La mairie répond sous deux mois. Sans réponse, la demande est refusée."),
            {"name": "OuSAdresser", "children": [paragraph("Une adresse qui ne dit rien du sujet.")]},
        ]
    }
    headings = {"type": "section", "data": {"title": "Chapitre II : Les haies"}, "children": []}
    code = {
        "type": "code",
        "children": [
            {"type": "section", "data": {"title": "Partie législative"}, "children": [headings]},
        ],
    }
    headings["children"] = [
        article("<p>La haie est entretenue par son propriétaire.</p>"),
        article("Un texte abrogé depuis longtemps.", "ABROGE"),
    ]
    with tarfile.open(tmp_path / "p.tgz", "w:gz") as archive:
        for name, body in {"package/data/particuliers/F1.json": sheet, "package/data/LEGITEXT1.json": code}.items():
            data = json.dumps(body).encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    with tarfile.open(tmp_path / "p.tgz") as archive:
        assert list(learning.sheets(archive)) == [
            ("package/data/particuliers/F1.json", "La mairie répond sous deux mois."),
            ("package/data/particuliers/F1.json", "Sans réponse, la demande est refusée."),
        ]
    with tarfile.open(tmp_path / "p.tgz") as archive:
        assert list(learning.codes(archive)) == [
            ("package/data/LEGITEXT1.json > Les haies", "La haie est entretenue par son propriétaire.")
        ]


def test_a_subject_of_few_sentences_is_left_and_a_long_one_cut() -> None:
    found = [("few", f"phrase {number}") for number in range(3)] + [
        ("many", f"phrase {number}") for number in range(40)
    ]
    kept = learning.chosen(iter(found))
    assert {subject for subject, _ in kept} == {"many"}
    assert len(kept) == len(set(kept)) == learning.MOST
    assert learning.chosen(iter(found)) == kept


def test_other_texts_than_those_learned_from_are_refused(tmp_path: Path) -> None:
    (tmp_path / learning.SHEETS).write_bytes(b"other")
    with pytest.raises(SystemExit, match="fetch that version again"):
        learning.opened(tmp_path, learning.SHEETS)
