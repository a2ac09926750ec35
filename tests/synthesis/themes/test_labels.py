from __future__ import annotations

import pytest

from synthesis.french import French
from synthesis.themes.candidates import folded
from synthesis.themes.labels import name_all
from synthesis.themes.phrases import EMPTY_WORDS, KIND_WORDS, phrases
from synthesis.themes.titles import says
from tests.synthesis.themes.plain import Rule, reading

WATER = [
    "Le manque de gestion de l’eau potable freine tout le monde.",
    "La gestion de l’eau potable doit devenir intercommunale.",
    "Condition : une gestion de l’eau potable lisible pour les habitant·es.",
]
ROADS = [
    "Les pistes cyclables s’arrêtent au bord du bourg.",
    "Relier les pistes cyclables aux gares.",
    "Des pistes cyclables sûres pour les collégiens.",
]


def test_a_label_is_a_phrase_of_the_notes_and_names_the_subject(french: French) -> None:
    read = french.read(WATER + ROADS)
    names = name_all([[0, 1, 2], [3, 4, 5]], read, french)
    assert [name.label for name in names] == ["Gestion de l’eau potable", "Pistes cyclables"]


def test_keywords_occur_in_the_notes_as_written(french: French) -> None:
    read = french.read(WATER + ROADS)
    for name, texts in zip(name_all([[0, 1, 2], [3, 4, 5]], read, french), (WATER, ROADS), strict=True):
        assert name.keywords
        assert all(any(word in text for text in texts) for word in name.keywords)
        assert name.subtitle == ", ".join(name.keywords)


def test_no_phrase_starts_or_ends_on_a_word_that_names_nothing(french: French) -> None:
    for read in french.read(WATER + ROADS):
        for phrase in phrases(read):
            words = read.text[phrase.start : phrase.end].lower().replace("’", " ").split()
            assert words[0] not in EMPTY_WORDS | KIND_WORDS | {"de", "la", "le", "l"}
            assert words[-1] not in EMPTY_WORDS | KIND_WORDS | {"de", "la", "le", "l"}


def test_no_phrase_breaks_an_inclusive_form(french: French) -> None:
    for text in (
        "Le conseil des habitant·es décide.",
        "La parole des élu.e.s compte.",
        "Le rôle des citoyen(ne)s grandit.",
    ):
        (read,) = french.read([text])
        for phrase in phrases(read):
            assert text[phrase.end : phrase.end + 1] not in {"·", "(", "⋅"}
            assert text[phrase.start - 1 : phrase.start] not in {"·", ")", "⋅"}


def test_labels_differ_even_when_the_themes_do_not(french: French) -> None:
    read = french.read(WATER * 3)
    labels = [name.label for name in name_all([[0, 1, 2], [3, 4, 5], [6, 7, 8]], read, french)]
    assert len(set(labels)) == 3


@pytest.mark.parametrize("text", ["…", "🙂🙂", "42", "PETR EPCI SCoT", "the water of the river", "ok"])
def test_a_theme_nobody_can_name_still_has_a_label(text: str) -> None:
    (name,) = name_all([[0]], [reading(text)], Rule())
    assert name.label


def test_a_title_has_real_apostrophes_and_is_found_in_notes_typed_with_straight_ones(french: French) -> None:
    texts = [text.replace("’", "'") for text in WATER]
    (name,) = name_all([[0, 1, 2]], french.read(texts), french)
    assert name.label == "Gestion de l’eau potable"
    assert says("\n".join(texts), name)


def test_a_reserved_label_is_not_given_again(french: French) -> None:
    (name,) = name_all([[0, 1, 2]], french.read(WATER), french, reserved=["Gestion de l’eau potable"])
    assert name.label != "Gestion de l’eau potable"


def test_nobodys_name_becomes_a_label(french: French) -> None:
    texts = ["Jean Dupont présente le verger communal.", "Le verger communal vu par Jean Dupont."] * 2
    (name,) = name_all([[0, 1, 2, 3]], french.read(texts), french)
    assert name.label == "Verger communal"


def test_a_piece_of_a_longer_name_is_not_a_label(french: French) -> None:
    texts = ["La maison de l’alimentation durable ouvre.", "Soutenir la maison de l’alimentation durable."]
    (name,) = name_all([[0, 1]], french.read(texts), french)
    assert name.label == "Maison de l’alimentation durable"


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("Les résidences secondaire posent problème.", None, "résidences secondaire"),
        ("Rénover les bâtiments tertiaires.", "bâtiments tertiaires", None),
        ("La taxe d’enlèvement des ordures ménagères augmente.", "taxe d’enlèvement des ordures ménagères", None),
        ("La présidente de l’association écrit.", None, "présidente de l’association"),
        ("Installer de jeunes agriculteurs.", "jeunes agriculteurs", None),
    ],
)
def test_a_phrase_is_one_that_a_person_would_say(french: French, text: str, good: str | None, bad: str | None) -> None:
    (read,) = french.read([text])
    said = {text[phrase.start : phrase.end] for phrase in phrases(read)}
    assert good is None or good in said
    assert bad not in said


def test_words_side_by_side_pieces_and_places_are_worth_less_than_a_whole_name(french: French) -> None:
    def flaw(text: str, wanted: str) -> float:
        (read,) = french.read([text])
        return next(one.flaw for one in phrases(read) if text[one.start : one.end] == wanted)

    assert flaw("Soutenir l’économie circulaire.", "économie circulaire") == 0.0
    assert flaw("Réduire les gaz à effet de serre des navires.", "serre des navires") > 0.0
    assert flaw("Payer la taxe d’enlèvement des ordures ménagères.", "taxe d’enlèvement des ordures") > 0.0


def test_accents_capitals_and_plurals_are_one_word_when_counted(french: French) -> None:
    texts = ["Le congé parental est court.", "Les CONGES parentaux sont courts.", "Allonger les congés parentaux."]
    (name,) = name_all([[0, 1, 2]], french.read(texts), french)
    assert name.label in {"Congé parental", "Congés parentaux"}
    assert len({folded(word) for word in name.keywords}) == len(name.keywords)


def test_a_theme_is_named_by_words_that_its_notes_share(french: French) -> None:
    texts = [
        "Les transports collectifs manquent le soir.",
        "Relier le bourg par des transports collectifs.",
        "Les transports collectifs coûtent cher, dit la gérante du salon de coiffure.",
        "Le prix du pain augmente à la boulangerie du bourg.",
        "La boulangerie du bourg ferme en août.",
    ]
    names = name_all([[0, 1, 2], [3, 4]], french.read(texts), french)
    assert [name.label for name in names] == ["Transports collectifs", "Boulangerie du bourg"]
