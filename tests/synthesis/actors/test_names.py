import pytest
from hypothesis import given
from hypothesis import strategies as st

from synthesis.actors.names import abbreviates, close, distance, fold, initials, key_of, slug_of

SAME = [
    ("mairie de Saint-Aubin", "la ville de St Aubin"),
    ("Communauté de communes des Trois Rivières", "CC des Trois-Rivières"),
    ("Valbrune Agglo", "communauté d’agglomération de Valbrune"),
    ("Conseil départemental du Haut-Bocage", "le département du Haut-Bocage"),
    ("Conseil régional de Neustrie", "Région Neustrie"),
    ("PNR du Haut-Bocage", "Parc naturel régional du Haut-Bocage"),
    ("Chambre d'agriculture", "les chambres d’agriculture"),
    ("asso Les Semeurs", "Association « les Semeurs »"),
    ("ÉCOLE D'ARCHITECTURE", "ecole d’architecture"),
]
APART = [
    ("mairie de Valbrune", "mairie de Valbrunes-le-Haut"),
    ("Conseil départemental du Haut-Bocage", "Conseil régional du Haut-Bocage"),
    ("Paysans solidaires 35", "Paysans solidaires 56"),
    ("lycée de Montval", "collège de Montval"),
    ("Fédération nationale des Semeurs", "Fédération départementale des Semeurs"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_homonyms_keep_keys_of_their_own(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("CNFPT", "Centre national de la fonction publique territoriale"),
        ("CAUE", "Conseil d'architecture, d'urbanisme et de l'environnement"),
        ("CCAS", "centre communal d’action sociale"),
        ("APPUII", "Alternatives pour des projets urbains ici et à l’international"),
        ("RTE", "Réseau de transport d’électricité"),
    ],
)
def test_an_acronym_abbreviates_its_full_name(acronym: str, name: str) -> None:
    assert abbreviates(acronym, name)


@pytest.mark.parametrize(
    ("acronym", "name"),
    [("CNFPT", "Centre national du cinéma"), ("C", "Centre"), ("CAF", "Caisse"), ("ABC", "Zone artisanale")],
)
def test_other_letters_abbreviate_nothing(acronym: str, name: str) -> None:
    assert not abbreviates(acronym, name)


def test_initials_leave_links_out() -> None:
    assert initials("Centre national de la fonction publique territoriale") == "cnfpt"


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("", "", 0), ("agence", "agnece", 1), ("réseau", "réseaux", 1), ("maire", "mare", 1)]
)
def test_distance_counts_slips_of_the_keyboard(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


def test_short_words_and_figures_are_never_slips() -> None:
    assert not close("maire", "mairie")
    assert not close("canton1", "canton2")
    assert close("chretienne", "chretiene")


def test_a_slug_is_ascii_and_never_cut_inside_a_word() -> None:
    assert slug_of("L’Œuvre « des » Élu·es") == "l-oeuvre-des-elus"
    long = slug_of("Centre d'études et d'expertise sur les risques, l'environnement, la mobilité et l'aménagement")
    assert long == "centre-d-etudes-et-d-expertise-sur-les-risques-l"


@given(st.text(max_size=40))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key_of(key_of(text)) == key_of(text)
