import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.themes.normalise import Normalised, normalise

TABLE = Path(__file__).with_name("inclusive_forms.tsv")
FORMS = [
    tuple(line.split("\t")) for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("#")
]
_UNTOUCHED = """
rendez-vous et/ou Loos-en-Gohelle Auvergne-Rhône-Alpes peut-être c.-à-d. M. MM. 13.45 3,5 1.200
compte-rendu.pdf liste_élu.es.csv contact@citoyen.nes.fr https://exemple.org/élu.es www.habitant.es vient-elle
dit-il a-t-on km/h fin.Les bien.ne maison.ne projet.les conseil.les PLU.E Villeneuve-le-Roi Choisy-les-Bains
donne-le S.E.S A.D.E.M.E Noisy-le-Grand commune/intercommunalité PLUi SCoT InsTerCoop celui-ci tu.es
secteur.se choix.se grand-mère besoin.ne contre-la-montre pas/plus élus/techniciens habitants/usagers elle/lui
l'eau/l'air exemple.fr D.R.E.A.L est-ce Saint-Denis Plouër-sur-Rance 24h/24 1er/2e vice-président sous-préfet
non-dit e-mail eau/énergie avant/après chef-lieu savoir-faire vis-à-vis prêt-à-porter c'est-à-dire aujourd'hui
jusqu'au quelqu'un GES/CO2 oui/non (PCAET) [sic] (2) art.3 n°4 p.12 etc. n.b. Mme/M. bottom-up
social-démocrate appels.les mer/terre ESS/SCIC
"""
UNTOUCHED = _UNTOUCHED.split()

texts = st.text(
    alphabet=st.sampled_from("aeéilnrstuxmAEÉNS·⋅.-()/ ’'\u00a0\u200f\u0301\u0308œ1@«»\n") | st.characters(),
    max_size=60,
)
pieces = st.lists(st.sampled_from([form for form, _ in FORMS] + UNTOUCHED), max_size=8).map(" ; ".join)


def test_the_table_holds_at_least_two_hundred_forms() -> None:
    assert len({form for form, _ in FORMS}) >= 200


@pytest.mark.parametrize(("written", "read"), FORMS)
def test_an_inclusive_form_is_read_as_one_word_of_the_right_number(written: str, read: str) -> None:
    assert normalise(written).text == read


@pytest.mark.parametrize(("written", "read"), FORMS)
def test_an_inclusive_form_gives_back_its_letters_as_written(written: str, read: str) -> None:
    form = normalise(f"Oui, {written} !")
    start = form.text.index(read)
    assert form.span(start, start + len(read)) == (5, 5 + len(written))


@pytest.mark.parametrize("written", UNTOUCHED)
def test_what_only_looks_inclusive_is_left_alone(written: str) -> None:
    assert normalise(written) == Normalised(written, tuple(range(len(written) + 1)))


def test_apostrophes_spaces_and_marks_get_one_form() -> None:
    form = normalise("L’eau\u00a0:\u202fl\u02bcair\u200f, «\u00a0ici\u00a0»")
    assert form.text == "L'eau : l'air, « ici »"
    assert form.span(form.text.index("ici"), form.text.index("ici") + 3) == (18, 21)


def test_decomposed_letters_are_composed_and_give_back_both_characters() -> None:
    form = normalise("e\u0301lus ru\u0301s")
    assert form.text == "élus rús"
    assert form.span(0, 4) == (0, 5)


def test_a_word_inside_a_sentence_maps_onto_its_written_form() -> None:
    note = "Les élu·es et les agriculteur⋅rices s’écoutent."
    form = normalise(note)
    at = form.text.index("agriculteurs")
    start, end = form.span(at, at + len("agriculteurs"))
    assert (form.text, note[start:end]) == ("Les élus et les agriculteurs s'écoutent.", "agriculteur⋅rices")


@pytest.mark.parametrize("text", ["", " ", "\u200b", "·", "e·s", "(e)", "..."])
def test_texts_without_a_word_pass(text: str) -> None:
    form = normalise(text)
    assert form.origins[-1] == len(text)
    assert form.span(0, len(form.text))[1] in (len(text), 0)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not inside a text of 3 characters"):
        normalise("élu").span(1, 4)


@given(texts | pieces)
def test_origins_always_map_back(text: str) -> None:
    form = normalise(text)
    assert len(form.origins) == len(form.text) + 1
    assert list(form.origins) == sorted(form.origins)
    assert form.origins[-1] == len(text)
    assert all(0 <= origin <= len(text) for origin in form.origins)
    for start in range(len(form.text)):
        first, last = form.span(start, start + 1)
        assert 0 <= first <= last <= len(text)


@given(texts | pieces)
def test_the_result_is_composed_and_holds_no_invisible_mark(text: str) -> None:
    read = normalise(text).text
    assert unicodedata.is_normalized("NFC", read)
    assert not set(read) & set("\u00a0\u202f\u200b\u200f\u2060\ufeff’")


@given(pieces)
def test_reading_twice_is_reading_once(text: str) -> None:
    read = normalise(text).text
    assert normalise(read).text == read


@given(pieces)
def test_the_result_is_never_longer_than_what_was_written(text: str) -> None:
    assert len(normalise(text).text) <= len(text)
