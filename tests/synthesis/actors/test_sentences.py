"""Sentences that mislead: homonyms, acronyms that are nobody, persons, plans, inclusive spellings, adjectives.

Written for this project, read in one go as a gathering's notes are; each says whom it names, in order.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from synthesis.actors.mentions import find
from synthesis.corpus import Corpus, Note
from synthesis.french import French

COUNCIL_35 = "Département d'Ille-et-Vilaine"
UBO = "Université de Bretagne occidentale"

SENTENCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # A word is a name with its capital, and an article's capital is the sentence's.
    ("La poste du village a fermé ; La Poste ouvre un relais.", ("La Poste",)),
    ("La croix rouge du calvaire est cassée, la Croix-Rouge est là.", ("Croix-Rouge",)),
    ("L'état des routes est mauvais ; l'État ne paie plus.", ("État et ses services",)),
    ("La région manque de tout, mais la Région finance les maisons de santé.", ("Région",)),
    ("Un département à vivre : le Département, lui, se tait.", ("Département",)),
    ("La ville de Tours et les tours de la ville.", ("Ville de Tours",)),
    ("Le parc de logements est vieux, le parc automobile aussi.", ()),
    ("Le CD Finistère aide ; le CD est rayé.", ("CD Finistère",)),
    ("CR Bretagne et CR du 12 mars : rien à voir.", ("CR Bretagne",)),
    # One body under several names, and neighbours that are not it.
    (f"Le {COUNCIL_35}, le CD35 et le conseil départemental 35.", (COUNCIL_35,) * 3),
    ("Le Parc naturel régional d'Armorique est le PNR d'Armorique.", ("Parc naturel régional d'Armorique",) * 2),
    ("Rennes métropole, la métropole de Rennes et Rennes Métropole.", ("Métropole de Rennes",) * 3),
    ("Le lycée Jean-Moulin et le collège Jean-Moulin.", ("Lycée Jean-Moulin", "Collège Jean-Moulin")),
    (
        "La mairie de Plouvenez a prêté la salle, la mairie de Saint-Brévin non.",
        ("Mairie de Plouvenez", "Mairie de Saint-Brévin"),
    ),
    (
        "Le Secours populaire français (SPF) distribue ; le SPF manque de bras.",
        ("Secours populaire",) * 3,
    ),
    (f"L'{UBO} accueille des étudiant·es.", (UBO, "Étudiant·es")),
    ("Le SIVOM des Deux Rives et le SMICTOM du Pays d'Oust.", ("SIVOM des Deux Rives", "SMICTOM du Pays d'Oust")),
    ("Le Pôle métropolitain Loire-Bretagne et le pôle santé.", ("Pôle métropolitain Loire-Bretagne",)),
    ("Le collectif des « Voisins vigilants » et le collectif.", ("Voisins vigilants",)),
    ("Le tiers-lieu L'Hermitage ouvre, un tiers-lieu ferme.", ("Tiers-lieu L'Hermitage",)),
    ("L'Atelier paysan a formé vingt personnes.", ("L'Atelier paysan",)),
    # Capitals and heads that are no organisation.
    ("Sans RSA ni APL, les jeunes partent ; l'ESS n'y peut rien.", ("Jeunes",)),
    ("Le PLU et le PLUi freinent, la DDT ne répond pas.", ()),
    ("On a fait une AG, un COPIL et deux COTECH ; le CA a démissionné.", ()),
    ("La Direction départementale des territoires et la direction du vent.", ()),
    ("Un réseau social, un réseau Natura 2000, un réseau d'eau potable.", ()),
    ("Le syndicat d'initiative, le syndicat des eaux et les syndicats.", ("Syndicats",)),
    ("Nous avons besoin d'un réseau d'acteurs et d'un réseau d'eau.", ()),
    # Persons are nobody here.
    ("Marie Lefèvre, de l'association Les Jardins d'Alphonse, propose.", ("Association Les Jardins d'Alphonse",)),
    ("Jean-Marc et Odile Trévidic ont rencontré le CPIE du Val d'Orne.", ("CPIE du Val d'Orne",)),
    ("Le docteur Sauvaget et M. Kervella étaient là, Anne-Lise aussi.", ()),
    ("Selon Paul Ricœur, il faut débattre.", ()),
    # Families in every spelling.
    ("Les élu.e.s et les technicien.ne.s se parlent.", ("Élu·es", "Technicien·nes et agents")),
    ("Les éluEs, les habitantEs et les citoyenNEs.", ("Élu·es", "Habitant·es", "Citoyen·nes")),
    ("Les élu-e-s et les agent-e-s du département.", ("Élu·es", "Technicien·nes et agents")),
    ("Des agriculteurs/trices et des commerçant/es.", ("Agriculteur·rices", "Commerçant·es")),
    ("Les animateurs(trices) et les usager-es.", ("Animateur·rices", "Usager·ères")),
    ("Les chercheurs·euses sont venu.e.s.", ("Chercheur·es",)),
    ("Les chef·fe·s d'entreprise et les agriculteur·rice·s.", ("Entreprises", "Agriculteur·rices")),
    # Adjectives and set phrases are no families.
    ("Une jeune pousse et deux jeunes pousses ont levé des fonds.", ()),
    ("Un ancien moulin ; les anciens en parlent.", ("Personnes âgées et retraités",)),
    ("Une commission « commune » s'est réunie.", ()),
    ("Personne ne vient ; les personnes âgées, si.", ("Personnes âgées et retraités",)),
    ("La Com'com et l'interco décident.", ("Collectivités",) * 2),
)


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[str, ...]]:
    """Whom each sentence names, all of them read together."""
    corpus = Corpus.of(Note(id=f"n{rank:03}", text=text) for rank, (text, _) in enumerate(SENTENCES))
    readings = French.load().read([note.text for note in corpus])
    result = find(corpus, dict(zip((note.id for note in corpus), readings, strict=True)), ())
    names = {actor.id: actor.name for actor in result.actors}
    said: dict[str, list[str]] = defaultdict(list)
    for mention in result.mentions:
        said[mention.note_id].append(names[mention.actor_id])
    return {note.text: tuple(said[note.id]) for note in corpus}


@pytest.mark.parametrize(("text", "named"), SENTENCES, ids=[text[:40] for text, _ in SENTENCES])
def test_a_sentence_names_whom_it_says_and_nobody_else(
    text: str, named: tuple[str, ...], found: dict[str, tuple[str, ...]]
) -> None:
    assert found[text] == named
