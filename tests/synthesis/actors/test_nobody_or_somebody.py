"""Words that name somebody in any spelling, and words that only look as if they did."""

import random

import pytest

from synthesis.actors.mentions import find
from synthesis.corpus import Corpus, ListedActor
from tests.synthesis.actors.reading import check, corpus_of, read, surfaces

_ACRONYMS = "PLU PLUi SCoT RSA ESS PCAET GES COP21 ZAN AMI CRTE DDT DDTM SCIC FEDER LEADER ETP ODD TVA RGPD"


ACRONYMS = _ACRONYMS.split()


@pytest.mark.parametrize("acronym", ACRONYMS)
def test_an_acronym_that_is_no_organisation_makes_no_actor(acronym: str) -> None:
    assert surfaces(f"Travailler avec le {acronym} et voter le {acronym} : le {acronym} bloque tout.") == []


INCLUSIVE = [
    ("les élu·es", "Élu·es"),
    ("des élu.e.s", "Élu·es"),
    ("une élue", "Élu·es"),
    ("conseillères municipales", "Élu·es"),
    ("les habitant⋅es", "Habitant·es"),
    ("l’habitante", "Habitant·es"),
    ("CITOYEN·NE·S", "Citoyen·nes"),
    ("citoyen(ne)s", "Citoyen·nes"),
    ("citoyens/citoyennes", "Citoyen·nes"),
    ("technicien-ne-s", "Technicien·nes et agents"),
    ("des agent·es", "Technicien·nes et agents"),
    ("un·e chargé·e de mission", "Technicien·nes et agents"),
    ("les assos", "Associations"),
    ("entrepreneur⋅euses", "Entreprises"),
    ("agriculteur·rices", "Agriculteur·rices"),
    ("chercheur·es", "Chercheur·es"),
    ("les chercheuses", "Chercheur·es"),
    ("étudiantEs", "Étudiant·es"),
    ("bénévole·s", "Bénévoles"),
    ("usager·ères", "Usager·ères"),
    ("les services de l’État", "État et ses services"),
    ("l'Etat", "État et ses services"),
]


@pytest.mark.parametrize(("text", "family"), INCLUSIVE)
def test_a_family_of_people_is_found_in_any_spelling(text: str, family: str) -> None:
    corpus = corpus_of(text)
    found = find(corpus, {}, ())
    assert [(actor.name, actor.people) for actor in found.actors] == [(family, True)]
    check(corpus, found)


NOBODY = [
    "Faire l’état des lieux avant de voter",
    "Une initiative citoyenne a tout changé",
    "Une démarche entreprise trop tôt",
    "Ils ont été élus pour six ans",
    "La retraite approche",
    "Il élève des chèvres",
    "La politique agricole commune",
    "Dans la commune, rien ne bouge",
    "Madame Fernande Tilleul a témoigné",
    "M. Anselme Roncier est venu",
    "Le plan climat et la charte sont votés",
    "Porter le projet longtemps",
    "À Montreuil, on marche beaucoup",
]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_look_like_people_or_names_make_no_actor(text: str) -> None:
    assert surfaces(text) == []


NAMED = [
    ("La communauté de communes des Trois Rivières a signé", ["communauté de communes des Trois Rivières"]),
    ("Mairie de Saint-Aubin : une salle gratuite", ["Mairie de Saint-Aubin"]),
    ("Le PETR du Pays de Valbrune a tout relancé", ["PETR du Pays de Valbrune"]),
    ("Avec l’association Les Semeurs de liens, ça marche", ["association Les Semeurs de liens"]),
    ("le collectif « Vivre au bourg » s'est dissous", ["Vivre au bourg"]),
    ("Le conseil départemental des Hautes-Terres finance", ["conseil départemental des Hautes-Terres"]),
    ("Valbrune Agglo et Lys Métropole coopèrent", ["Valbrune Agglo", "Lys Métropole"]),
    ("L’agence de l’eau Loire-Bretagne aide", ["agence de l’eau Loire-Bretagne"]),
    ("On a vu la Caf, la CCI et l'ademe", ["Caf", "CCI", "ademe"]),
    ("Partenariat avec le lycée agricole de Montval", ["lycée agricole de Montval"]),
    ("Le Secours populaire et la Croix-Rouge distribuent", ["Secours populaire", "Croix-Rouge"]),
    ("La Région finance, le Département accompagne", ["Région", "Département"]),
    ("Pôle emploi et la mission locale s’ignorent", ["Pôle emploi", "mission locale"]),
    ("La Fabrique des communs, coopérative Terre Vive", ["coopérative Terre Vive"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_an_organisation_that_french_announces_is_found_whole(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_the_order_of_notes_and_of_the_list_changes_nothing() -> None:
    texts = [text for text, _ in NAMED] + [text for text, _ in INCLUSIVE] + NOBODY
    corpus = corpus_of(*texts)
    readings = read(corpus)
    listed = [ListedActor(name="Les Semeurs"), ListedActor(name="CNFPT"), ListedActor(name="Valbrune Agglo")]
    first = find(corpus, readings, listed)
    check(corpus, first)
    shuffled = list(corpus)
    random.Random(3).shuffle(shuffled)  # noqa: S311 - a fixed order, not a secret
    assert find(Corpus.of(shuffled), dict(reversed(readings.items())), listed[::-1]) == first
