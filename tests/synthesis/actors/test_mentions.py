import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.actors.mentions import Found, find
from synthesis.corpus import Corpus, ListedActor, Note
from tests.synthesis.actors.reading import check, corpus_of, named, surfaces

CNFPT = "Centre national de la fonction publique territoriale"


@pytest.mark.parametrize("texts", [(), ("",), ("Rien ici.",), ("…", "😀")])
def test_notes_that_name_nobody_give_no_actor(texts: tuple[str, ...]) -> None:
    assert find(corpus_of(*texts), {}, ()) == Found()


def test_one_note_with_one_name_gives_one_actor() -> None:
    found = find(corpus_of("Le CNFPT écoute."), {}, ())
    assert [(a.name, a.acronym, a.note_ids, a.people) for a in found.actors] == [(CNFPT, "CNFPT", ("n000",), False)]
    assert [(m.start, m.end, m.surface) for m in found.mentions] == [(3, 8, "CNFPT")]


@pytest.mark.parametrize("listed", [CNFPT, "CNFPT"])
def test_an_acronym_and_its_full_name_are_one_actor_whichever_is_listed(listed: str) -> None:
    corpus = corpus_of("Le CNFPT forme les agents.", f"Le {CNFPT.lower()} forme aussi.", "Cnfpt : trop loin")
    found = find(corpus, {}, [ListedActor(name=listed)])
    actor = next(actor for actor in found.actors if "CNFPT" in actor.aliases)
    assert (actor.name, actor.note_ids, actor.source) == (listed, ("n000", "n001", "n002"), "listed")


def test_a_listed_acronym_that_no_table_knows_joins_its_full_name() -> None:
    listed = [ListedActor(name="Atelier des lisières habitées", acronym="ALH", aliases=("Les Lisières",))]
    corpus = corpus_of("L’ALH accompagne.", "l'atelier des lisières habitées", "Avec Les Lisières, ça avance")
    found = find(corpus, {}, listed)
    assert [(a.name, len(a.note_ids)) for a in found.actors] == [("Atelier des lisières habitées", 3)]


def test_an_acronym_that_a_note_defines_joins_its_full_name() -> None:
    assert {
        name
        for mentions in named(
            "L’Union des voisins solidaires du bocage (UVSB) tient une permanence.",
            "Demander à l'UVSB avant de décider",
            "L'union des voisins solidaires du bocage a un local",
        )
        for _, name in mentions
    } == {"Union des voisins solidaires du bocage"}


def test_a_listed_actor_that_no_note_names_is_not_there() -> None:
    found = find(corpus_of("Les habitants décident."), {}, [ListedActor(name="Les Semeurs")])
    assert [actor.name for actor in found.actors] == ["Habitant·es"]


def test_the_last_letter_of_an_acronym_is_no_plural_mark() -> None:
    assert [name for _, name in named("RTE et le RTES se parlent.")[0]] == [
        "Réseau de transport d'électricité",
        "Réseau des collectivités territoriales pour une économie solidaire",
    ]
    assert [name for _, name in named("@ELUS, @ÉLUS et @élus")[0]] == ["Élu·es"] * 3


def test_an_adjective_that_does_not_agree_with_a_name_is_no_part_of_it() -> None:
    assert surfaces("La Maison des jeunes ferme à midi.") == ["Maison des jeunes"]


def test_two_listed_actors_of_one_acronym_stay_apart() -> None:
    listed = [
        ListedActor(name="Conseil des anciens élèves du bocage", acronym="CAEB"),
        ListedActor(name="Comité d’action pour l’eau du bassin", acronym="CAEB"),
    ]
    found = find(corpus_of("Conseil des anciens élèves du bocage", "Comité d’action pour l’eau du bassin"), {}, listed)
    assert sorted(actor.name for actor in found.actors) == sorted(actor.name for actor in listed)


def test_an_organiser_may_list_an_acronym_that_is_elsewhere_a_plan() -> None:
    listed = [ListedActor(name="Paysans Autrement", acronym="PAT")]
    assert [actor.name for actor in find(corpus_of("Le PAT nous aide"), {}, listed).actors] == ["Paysans Autrement"]
    assert find(corpus_of("Le PAT nous aide"), {}, ()).actors == ()


def test_names_that_a_place_tells_apart_are_two_actors() -> None:
    names = {name for line in named("mairie de Bourgneuf", "mairie de Bourgvieux") for _, name in line}
    assert names == {"Mairie de Bourgneuf", "Mairie de Bourgvieux"}


def test_articles_case_accents_and_short_words_join() -> None:
    lines = named(
        "Communauté de communes des Trois Rivières",
        "la CC des Trois-Rivières",
        "la com com des Trois Rivieres",
        "COMMUNAUTÉ DE COMMUNES DES TROIS RIVIÈRES",
    )
    assert len({name for line in lines for _, name in line}) == 1


def test_one_slip_in_a_long_listed_name_is_forgiven() -> None:
    listed = [ListedActor(name="Mouvement rural de jeunesse chrétienne", acronym="MRJC")]
    corpus = corpus_of("Le mouvement rural de jeunnesse chrétienne a parlé")
    assert [m.surface for m in find(corpus, {}, listed).mentions] == ["mouvement rural de jeunnesse chrétienne"]


def test_a_head_that_people_drop_or_change_joins_and_words_run_together_too() -> None:
    listed = [ListedActor(name="Les Sillons du bas", family="agriculture", aliases=("les Sillons",))]
    lines = named("le GAEC Les Sillons du bas", "groupement Les Sillons du bas", "@LesSillonsDuBas", listed=listed)
    assert {name for line in lines for _, name in line} == {"Les Sillons du bas"}


def test_a_known_name_is_not_stretched_by_what_follows() -> None:
    listed = [ListedActor(name="Fonds citoyen Valbrune")]
    lines = named("Le Fonds citoyen Valbrune finance sans intérêt", "La Caisse des dépôts et la Région", listed=listed)
    assert [[surface for surface, _ in line] for line in lines] == [
        ["Fonds citoyen Valbrune"],
        ["Caisse des dépôts", "Région"],
    ]


def test_an_article_in_small_letters_is_never_part_of_a_name() -> None:
    listed = [ListedActor(name="Communauté de communes du Lys", acronym="CCLY", aliases=("la CCLY",))]
    corpus = corpus_of("avec la CCLY on avance", "La Poste ferme, la poste aussi")
    assert [m.surface for m in find(corpus, {}, listed).mentions] == ["CCLY", "La Poste"]


def test_a_marked_name_is_an_actor_even_outside_the_text() -> None:
    corpus = Corpus.of([Note(id="n1", text="Ils tiennent la buvette.", actors=("Les Semeurs", "habitants"))])
    found = find(corpus, {}, ())
    assert [(a.name, a.source, a.people) for a in found.actors] == [
        ("Habitant·es", "marked", True),
        ("Les Semeurs", "marked", False),
    ]
    assert [(m.start, m.end, m.surface) for m in found.mentions] == [(0, 0, "")] * 2


def test_a_marked_name_that_the_text_holds_is_mentioned_once() -> None:
    corpus = Corpus.of([Note(id="n1", text="Voir @Semeurs et @« Maison des possibles ».", actors=("Semeurs",))])
    found = find(corpus, {}, ())
    assert [m.surface for m in found.mentions] == ["Semeurs", "Maison des possibles"]
    assert {actor.source for actor in found.actors} == {"marked"}


@pytest.mark.parametrize(
    "name", ['Les "Semeurs"', "Semeurs & Cie", "Les \u200fSemeurs\u200f", "L’Été d’ici", "=cmd()"]
)
def test_a_name_with_signs_is_found_as_written(name: str) -> None:
    corpus = corpus_of(f"Avec {name} on avance.")
    found = find(corpus, {}, [ListedActor(name=name)])
    assert [actor.name for actor in found.actors] == [name[:1].upper() + name[1:]]
    check(corpus, found)


def test_ids_are_slugs_of_names_and_never_collide() -> None:
    listed = [ListedActor(name="Les Semeurs 2"), ListedActor(name="Les Semeurs (2)", aliases=("Semeurs deux",))]
    found = find(corpus_of("Les Semeurs 2", "Semeurs deux"), {}, listed)
    assert len({actor.id for actor in found.actors}) == len(found.actors)
    assert all(actor.id.startswith("a-les-semeurs-2") for actor in found.actors)


_FRAGMENTS = "les élu·es|le CNFPT|Valbrune Agglo|l’association Les Semeurs|(UVSB)|@Semeurs|« Lys »|PLUi"


_SIGNS = "mairie de|Saint-Aubin|\n|\u202f|e\u0301lus|Les|et|,|.|É|HABITANT·ES|\u200f"


fragments = st.sampled_from((_FRAGMENTS + "|" + _SIGNS).split("|"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(fragments, max_size=8).map(" ".join), max_size=4))
def test_every_mention_is_the_text_it_points_to(texts: list[str]) -> None:
    corpus = corpus_of(*texts)
    check(corpus, find(corpus, {}, ()))


def placed(*said: tuple[str, str]) -> list[str]:
    """The actors of notes given as (workshop, text)."""
    corpus = Corpus.of(Note(id=f"n{rank}", workshop=room, text=text) for rank, (room, text) in enumerate(said))
    return [actor.name for actor in find(corpus, {}, ()).actors]


def test_a_body_called_without_its_place_is_the_only_one_that_its_workshop_names() -> None:
    creuse, vienne = ("w1", "La CAF de la Creuse signe."), ("w2", "La CAF de la Vienne aussi.")
    assert placed(creuse, ("w1", "La CAF a signé.")) == ["CAF de la Creuse"]
    assert placed(creuse, vienne, ("w1", "La CAF a signé.")) == [
        "CAF de la Creuse",
        "CAF de la Vienne",
        "Caisse d'allocations familiales",
    ]
    assert placed(creuse, ("w2", "La CAF a signé.")) == ["CAF de la Creuse", "Caisse d'allocations familiales"]


def test_a_body_without_its_place_is_that_of_the_place_that_its_workshop_names() -> None:
    said = ("w1", "Le conseil de développement de Bourg Agglo écrit."), ("w2", "Le conseil de développement lit.")
    assert len(placed(*said)) == 2
    assert placed(*said, ("w2", "Bourg Agglo écoute.")) == ["Bourg Agglo", "Conseil de développement de Bourg Agglo"]


def test_an_acronym_after_a_legal_form_joins_the_full_name_after_the_same_form() -> None:
    assert placed(("w", "La SCI Terres Citoyennes du Plateau achète."), ("w", "La SCI TCP achète.")) == [
        "SCI Terres Citoyennes du Plateau"
    ]
    assert len(placed(("w", "La SCI Terres Citoyennes du Plateau achète."), ("w", "Le GFA TCP achète."))) == 2


def test_a_note_more_finds_what_all_the_notes_read_at_once_find() -> None:
    texts = ["L'Adopta accueille les habitants.", "Avec l'ARS Occitanie et la mairie de Quintin.", "Avec l'ADOPTA."]
    find(corpus_of(*texts[:2]), {}, ())
    again = find(corpus_of(*texts), {}, ())
    check(corpus_of(*texts), again)
    assert [actor.note_ids for actor in again.actors if actor.name.lower() == "adopta"] == [("n000", "n002")]
