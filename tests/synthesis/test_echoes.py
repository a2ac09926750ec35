from synthesis import echoes
from synthesis.corpus import Note


def note(key: str, kind: str, text: str, workshop: str) -> Note:
    return Note(id=key, kind=kind, text=text, workshop=workshop)


NOTES = (
    note("o1", "obstacle", "Aucune garde d’enfants pour les personnes précaires.", "w1"),
    note("o2", "obstacle", "Les élus changent tous les six ans.", "w1"),
    note("l1", "lever", "Une garde d’enfants payée : les précaires restent plus longtemps.", "w2"),
    note("c1", "condition", "Écrire simplement.", "w3"),
)
NEAR = note("l2", "lever", "Garde d’enfants gratuite pour les personnes précaires.", "w1")


def test_an_obstacle_and_a_lever_of_two_workshops_that_share_words_face_each_other() -> None:
    found = echoes.facing(NOTES, echoes.rarities(one.text for one in NOTES))
    assert found is not None
    assert (found.obstacle.id, found.lever.id) == ("o1", "l1")
    assert found.words == ("garde", "enfants", "précaires")


def test_one_word_or_one_workshop_sets_nobody_face_to_face() -> None:
    rarity = echoes.rarities(one.text for one in NOTES)
    assert echoes.facing((NOTES[0], NEAR), rarity) is None
    assert echoes.facing((NOTES[1], NOTES[2]), rarity) is None
    assert echoes.facing((), {}) is None


def test_counts_and_dates_are_no_words_in_common() -> None:
    pair = (
        note("o", "obstacle", "Trois heures de route, une journée perdue.", "w1"),
        note("l", "lever", "Trois demi-journées, quelques heures à plusieurs.", "w2"),
    )
    assert echoes.facing(pair, echoes.rarities(one.text for one in pair)) is None


def test_an_obstacle_that_nothing_takes_up_is_unanswered() -> None:
    assert [one.id for one in echoes.unanswered(NOTES)] == ["o2"]


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    rarity = echoes.rarities(["garde enfants", "garde partagée", "garde seule"])
    assert rarity["garde"] == 0.0
    assert rarity["enfant"] > rarity["garde"]
