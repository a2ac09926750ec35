"""The picture of actors and themes, and the table that says the same."""

from __future__ import annotations

from dataclasses import replace

from capture.state import NoteState
from synthesis.groups import GROUPS, group_of
from synthesis.picture import draw, light
from synthesis.results import (
    Actor,
    ActorMeasure,
    Affinity,
    Cooperation,
    Edition,
    Link,
    Placed,
)
from tests.synthesis.shown import make_edition, make_note, make_theme, present


def make_graph() -> tuple[Edition, tuple[NoteState, ...]]:
    notes = (
        make_note("n1", kind="obstacle"),
        make_note("n2", kind="obstacle", workshop="b"),
        make_note("n3", workshop="b"),
    )
    edition = make_edition(
        make_theme("t", "n1", "n2"),
        make_theme("u", "n3"),
        actors=(
            Actor(id="x", name="La Fabrique du bourg", family="association", note_ids=("n1", "n2", "n3")),
            Actor(id="y", name="Élu·es", family="elus", people=True, note_ids=("n1",)),
            Actor(id="z", name="Syndicat oublié", note_ids=("gone",)),
        ),
        links=(
            Link(actor_id="x", theme_id="t", note_ids=("n1", "n2"), strength="signal"),
            Link(actor_id="x", theme_id="u", note_ids=("n3", "gone")),
            Link(actor_id="y", theme_id="t", note_ids=("n1",)),
            Link(actor_id="z", theme_id="t", note_ids=("gone",)),
        ),
        cooperations=(Cooperation(actor_ids=("x", "y"), note_ids=("n1",)),),
        places=(Placed(id="t", x=-0.5, y=0.25), Placed(id="u", x=0.5, y=0.0)),
        measures=(ActorMeasure(actor_id="x", notes=3, themes=2, degree=1, betweenness=0, x=0.1, y=0.2),),
    )
    return edition, notes


def test_the_table_says_of_each_actor_what_the_picture_says() -> None:
    edition, notes = make_graph()
    picture = draw(edition, present(edition, *notes))
    assert [(row.actor.name, row.actor.notes) for row in picture.rows] == [("La Fabrique du bourg", 3), ("Élu·es", 1)]
    first = picture.rows[0]
    assert [(link.theme, link.notes, link.strength) for link in first.links] == [
        ("Thème t", 2, "signal"),
        ("Thème u", 1, "check"),
    ]
    assert first.kinds == (("lever", 1), ("obstacle", 2), ("condition", 0))
    assert first.together == (("y", "Élu·es", 1),)
    drawn = {(link.actor_id, link.theme_id, link.notes) for link in picture.links}
    assert drawn == {(row.actor.id, link.theme_id, link.notes) for row in picture.rows for link in row.links}


def test_the_picture_stands_where_the_edition_put_it() -> None:
    edition, notes = make_graph()
    picture = draw(edition, present(edition, *notes))
    assert [(theme.id, theme.x, theme.y) for theme in picture.themes] == [("t", -0.5, 0.25), ("u", 0.5, 0.0)]
    assert [(actor.id, actor.x, actor.y) for actor in picture.actors] == [("x", 0.1, 0.2), ("y", 0.0, 0.0)]


def test_an_actor_in_the_light_says_where_it_is_cited_most_and_as_what() -> None:
    edition, notes = make_graph()
    shown = present(edition, *notes)
    lit = light(draw(edition, shown), edition, shown, "x")
    assert lit is not None
    assert lit.theme is not None
    assert (lit.theme.theme, lit.kind) == ("Thème t", ("obstacle", 2))
    assert [note.id for note in lit.notes] == ["n1", "n2", "n3"]
    assert light(draw(edition, shown), edition, shown, "nobody") is None
    thread = light(draw(edition, shown), edition, shown, "x", "u")
    assert thread is not None
    assert thread.link is not None
    assert (thread.link.theme, [note.id for note in thread.notes]) == ("Thème u", ["n3"])


def test_close_by_their_themes_is_never_mixed_with_cited_together() -> None:
    edition, notes = make_graph()
    pair = Affinity(actor_ids=("x", "y"), cosine=0.9, theme_ids=("t", "gone"))
    picture = draw(replace(edition, affinities=(pair,), cooperations=()), present(edition, *notes))
    rows = {row.actor.id: row for row in picture.rows}
    assert rows["x"].close == (("y", "Élu·es", ("Thème t",)),)
    assert rows["y"].close == (("x", rows["x"].actor.name, ("Thème t",)),)
    assert (rows["x"].together, rows["y"].together) == ((), ())


def test_a_gathering_without_actors_has_an_empty_picture() -> None:
    shown = present(Edition())
    picture = draw(Edition(), shown)
    assert (picture.rows, picture.links, picture.groups) == ((), (), ())


def test_families_are_told_apart_by_sign_and_a_foreign_one_is_among_the_others() -> None:
    signs = [group.sign for group in GROUPS]
    assert len(set(signs)) == len(signs)
    assert group_of("État").key == "etat"
    assert group_of("réseau de collectivités").key == "associations"
    assert group_of("confrérie").key == ""
    assert group_of("").key == ""
