"""What the report says across themes: pairs face to face, joined themes, bridges, leads."""

from collections.abc import Callable
from dataclasses import replace

from synthesis.corpus import Corpus, Note
from synthesis.report import compose, proof
from synthesis.report.blocks import (
    Grid,
    Paragraph,
    Quotation,
    Status,
)
from synthesis.results import Edition
from synthesis.standing import Absent, Bridge, Complement
from tests.synthesis.report.trees import part


def test_obstacles_and_levers_that_share_words_are_quoted_face_to_face(
    make: Callable[..., Edition], status: Status
) -> None:
    texts = {
        "o": ("obstacle", "Aucune garde d’enfants pour les personnes précaires.", "w1"),
        "l": ("lever", "Une garde d’enfants payée : les précaires restent plus longtemps.", "w2"),
        "c": ("condition", "Écrire simplement.", "w1"),
        "d": ("condition", "Prendre le temps.", "w2"),
    }
    corpus = Corpus.of(Note(id=key, kind=kind, text=text, workshop=room) for key, (kind, text, room) in texts.items())
    edition = make(corpus, ("t", "participation", tuple(texts)))
    report = compose.compose(edition, corpus, status=status)
    proof.check(report, corpus, edition)
    crossed = part(report, "croisee")
    assert [block.note_id for block in crossed if isinstance(block, Quotation)] == ["o", "l"]
    assert Paragraph(text="Mots communs\u202f: garde, enfants, précaires.", tone="aside") in crossed
    (returning,) = (block for block in crossed if isinstance(block, Grid))
    assert returning.rows == (("participation", "2", "2", "Écrire simplement."),)


def test_themes_are_joined_by_organisations_and_never_by_families_of_people(
    make: Callable[..., Edition], status: Status
) -> None:
    corpus = Corpus.of(Note(id=key, text="Une note.", workshop="w") for key in "ab")
    actors = [(key, key.upper(), ("a", "b"), "associations") for key in ("un", "deux", "gens", "foule")]
    edition = make(corpus, ("t1", "premier", ("a",)), ("t2", "second", ("b",)), actors=actors)
    some = tuple(replace(one, people=one.id in ("gens", "foule")) for one in edition.actors)
    joined = part(compose.compose(replace(edition, actors=some), corpus, status=status), "croisee")
    assert [block.rows for block in joined if isinstance(block, Grid)] == [(("premier", "second", "DEUX · UN"),)]


def test_bridges_leads_and_absences_are_said(edition: Edition, corpus: Corpus, status: Status) -> None:
    found = replace(
        edition,
        bridges=(
            Bridge(
                actor_id="fab", stability=1.0, betweenness=(0, 0, 0), participation=(0, 0, 0), constraint=(0, 0, 0)
            ),
        ),
        complements=(Complement(giver_id="fab", seeker_id="dep", theme_id="t1", levers=("a1",), obstacles=("a2",)),),
        absent=(Absent(name="Lycéens", source="programme", people=True),),
    )
    blocks = part(compose.compose(found, corpus, status=status), "acteurs")
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert any("La Fabrique de Brume (2 thèmes, 2 notes)" in text for text in texts)
    assert any(text.endswith("Académie, Lycéens.") for text in texts)
    assert [block.rows for block in blocks if isinstance(block, Grid)][-1] == (
        ("La Fabrique de Brume", "Département", "place des élus", "a1", "a2"),
    )
