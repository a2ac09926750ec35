from synthesis.actor_decisions import ActorSeen, ActorsKeptApart
from synthesis.actors.suggestions import MOST, suggest
from synthesis.actors.wishes import ActorWishes, wish
from synthesis.decisions import Decided
from synthesis.results import Actor


def actor(name: str, *notes: int, acronym: str = "", people: bool = False) -> Actor:
    key = name.lower().replace(" ", "-")
    return Actor(
        id=f"a-{key}",
        name=name,
        acronym=acronym,
        people=people,
        note_ids=tuple(f"n{n}" for n in notes),
        aliases=(name,),
    )


def reasons(*actors: Actor) -> list[tuple[str, str, str, int]]:
    return [(one.into, one.other, one.reason, one.together) for one in suggest(actors, ActorWishes())]


def test_an_acronym_and_a_full_name_are_offered_with_what_looks_alike() -> None:
    full, short = actor("Maison des initiatives locales", 1, 2), actor("MIL", 3)
    (found,) = suggest([full, short], ActorWishes())
    assert (found.into, found.other, found.reason) == (full.id, short.id, "acronym")
    assert found.evidence == ("Maison des initiatives locales", "MIL")


def test_slips_same_words_and_names_inside_others_are_offered_the_surest_first() -> None:
    found = reasons(
        actor("Fabrique Montreval", 1),
        actor("Fabrique Montrevall", 2),
        actor("Les Semeurs", 3),
        actor("Association Les Semeurs de Vaudoré", 4),
        actor("Collectif Lysande Nord", 5),
        actor("Nord Lysande Collectif", 6),
    )
    assert [reason for _, _, reason, _ in found] == ["spelling", "words", "longer"]


def test_two_names_of_one_note_come_last() -> None:
    found = reasons(
        actor("Les Semeurs", 1), actor("Les Semeurs Verts", 1), actor("Pôle Ambrelle", 2), actor("Ambrelle", 3)
    )
    assert [together for *_, together in found] == [0, 1]


def test_what_a_person_said_is_two_is_not_offered_again() -> None:
    one, other = actor("Les Semeurs", 1), actor("Les Semeurs Verts", 2)
    act = ActorsKeptApart(actors=(ActorSeen(id=one.id), ActorSeen(id=other.id)))
    assert suggest([one, other], wish([Decided(position=1, by="", act=act)])) == ()


def test_homonyms_by_place_families_and_an_empty_morning_offer_nothing() -> None:
    assert reasons() == []
    assert reasons(actor("Les Semeurs", 1)) == []
    assert reasons(actor("Mairie de Dinan", 1), actor("Mairie de Rennes", 2)) == []
    assert reasons(actor("Habitants", 1, people=True), actor("Habitants du quartier", 2, people=True)) == []


def test_two_thousand_actors_are_read_and_few_are_offered() -> None:
    crowd = [
        actor(f"Association Les {chr(97 + n % 26) * 6}{chr(97 + n // 26 % 26) * 5} {n // 676}", n) for n in range(2000)
    ]
    assert len(suggest(crowd, ActorWishes())) <= MOST
