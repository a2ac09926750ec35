"""The doors of synthesis, the screen they share, and the files they hand over, on both engines."""

from __future__ import annotations

import uuid
from dataclasses import replace

from flask import Flask

from capture.models import Gathering
from capture.seats import Role
from synthesis import curators, editions, screens
from synthesis.decisions import ThemeRenamed, ThemesMerged
from synthesis.results import Event, Family, Proposal, SecondOpinion
from synthesis.standing import Louder
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.published import make_theme, publish, sit

"""The doors of synthesis, the screen they share, and the files they hand over, on both engines."""


def test_the_desk_opens_before_there_is_any_edition(app: Flask, gathering: Gathering) -> None:
    client = sit(app, gathering, "temoin")
    assert "Aucune note pour l’instant" in client.get("/rencontre/synthese").text
    make_note(make_holder(gathering))
    page = client.get("/rencontre/synthese").text
    assert "1 note" in page
    assert "Les élu·es laissent la main." in page


def test_a_rapporteur_and_a_participant_do_not_reach_the_desk(app: Flask, gathering: Gathering) -> None:
    roles: tuple[Role, ...] = ("rapporteur", "participant")
    for role in roles:
        client = sit(app, gathering, role)
        assert client.get("/rencontre/synthese").status_code == 403
        assert client.get("/api/v1/rencontre/editions/latest").status_code == 403
        assert client.get("/rencontre/rapport.pdf").status_code == 403


def test_the_wall_is_open_to_the_room_and_names_no_author(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering, device="telephone-de-la-salle")
    make_note(by, "Le banc devant la mairie sert de salle de réunion.")
    page = sit(app, gathering, "participant").get("/rencontre/mur").text
    assert "Le banc devant la mairie sert de salle de réunion." in page
    assert by.seat_id not in page
    assert "telephone-de-la-salle" not in page


def test_a_note_that_looks_like_markup_is_shown_as_words(app: Flask, gathering: Gathering) -> None:
    make_note(make_holder(gathering), "<script>alert(1)</script> puis on discute.")
    for role, path in (("temoin", "/rencontre/synthese"), ("participant", "/rencontre/mur")):
        page = sit(app, gathering, role).get(path).text  # type: ignore[arg-type]
        assert "<script>alert(1)</script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_browser_that_has_this_very_screen_is_told_so(app: Flask, gathering: Gathering) -> None:
    client = sit(app, gathering, "temoin")
    make_note(make_holder(gathering))
    first = client.get("/api/v1/rencontre/editions/latest")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/api/v1/rencontre/editions/latest", headers=tag).status_code == 304
    publish(gathering)
    assert client.get("/api/v1/rencontre/editions/latest", headers=tag).status_code == 200


def test_an_edition_is_sent_with_its_notes_words_and_without_authors(app: Flask, gathering: Gathering) -> None:
    client = sit(app, gathering, "temoin")
    note_id = make_note(make_holder(gathering), "Le maire ouvre la porte.")
    number = publish(gathering, make_theme("t1", "Porte du maire", note_id))
    body = client.get(f"/api/v1/rencontre/editions/{number}").get_json()
    assert body["number"] == number
    assert body["themes"][0]["quotes"][0]["text"] == "Le m"
    assert body["notes"][0]["text"] == "Le maire ouvre la porte."
    assert "author" not in body["notes"][0]
    assert client.get("/api/v1/rencontre/editions/99").get_json()["error"]["code"] == "edition.none"


def test_the_graph_of_an_empty_morning_is_empty(app: Flask, gathering: Gathering) -> None:
    body = sit(app, gathering, "temoin").get("/api/v1/rencontre/editions/latest/graph").get_json()
    assert (body["actors"], body["links"], body["themes"]) == ([], [], [])


def test_the_screen_is_read_once_for_all_who_ask_at_the_same_position(gathering: Gathering) -> None:
    make_note(make_holder(gathering))
    first = screens.read(gathering.id)
    assert screens.read(gathering.id) is first
    make_note(make_holder(gathering))
    assert screens.read(gathering.id).shown.spoken == 1
    assert len(screens.read(gathering.id).shown.notes) == 2


def test_the_address_of_a_merged_theme_leads_to_the_one_it_went_into(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    one, two = make_note(by, "Le temps manque."), make_note(by, "Le calendrier presse.")
    publish(gathering, make_theme("t1", "Temps", one), make_theme("t2", "Calendrier", two))
    witness = make_holder(gathering, "temoin")
    curators.merge(ThemesMerged(into="t1", theme_ids=("t2",)), by=witness, operation_id=new_id())
    publish(gathering, make_theme("t1", "Temps", one, two))
    client = sit(app, gathering, "temoin")
    answer = client.get("/rencontre/synthese/themes/t2")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/rencontre/synthese/themes/t1")
    assert client.get("/rencontre/synthese/themes/nowhere").status_code == 404


def test_a_rename_and_a_merge_are_performed_through_the_one_door(app: Flask, gathering: Gathering) -> None:
    by = make_holder(gathering)
    one, two = make_note(by, "Le temps manque."), make_note(by, "Le calendrier presse.")
    publish(gathering, make_theme("t1", "Temps", one), make_theme("t2", "Calendrier", two))
    client = sit(app, gathering, "temoin")
    csrf = client.get("/api/v1/rencontre/seat").get_json()["csrf"]
    acts = (
        ("theme.renamed", {"theme_id": "t1", "label": "Le temps long"}),
        ("theme.renamed", {"theme_id": "t1", "label": "  "}),
        ("themes.merged", {"into": "t1", "theme_ids": ["t2"]}),
    )
    operations = [{"id": str(uuid.uuid4()), "name": name, "payload": payload} for name, payload in acts]
    answer = client.post(
        "/api/v1/rencontre/operations", json={"operations": operations}, headers={"X-CSRFToken": csrf}
    )
    receipts = answer.get_json()["receipts"]
    assert [one.get("outcome") or one["refusal"]["code"] for one in receipts] == ["done", "theme.label_empty", "done"]


def test_the_pages_offer_proposals_decisions_and_the_story_of_a_theme(app: Flask, gathering: Gathering) -> None:
    client, by = sit(app, gathering, "temoin"), make_holder(gathering, "temoin")
    ids = [make_note(make_holder(gathering), f"Une note sur le car du soir, {n}.") for n in range(4)]
    first, second = make_theme("t1", "Car du soir", *ids[:2]), make_theme("t2", "Car du matin", ids[2])
    publish(gathering, first, second)
    edition = replace(
        editions.read(gathering.id).edition,
        events=(
            Event(theme_id="t1", what="born", position=1, notes=2, workshops=1, label="Car du soir", others=("t0",)),
            Event(theme_id="t0", what="ended", position=2, notes=3, label="Navettes", others=("t1",)),
        ),
        proposals=(
            Proposal(
                id="p1",
                what="merge",
                note_ids=(ids[2],),
                origins=("t2",),
                target="t1",
                words=("car",),
                now=0.2,
                then=0.7,
            ),
        ),
    )
    editions.publish(gathering.id, edition, formed=False, reviewed=True, seconds=0.1)
    page = client.get("/rencontre/synthese").text
    assert "1 proposition à lire" in page
    assert "Sur dix lectures du calcul, 7 mettent ensemble les notes des deux thèmes." in page
    assert "themes.merged" in page
    curators.rename(ThemeRenamed(theme_id="t1", label="Le dernier car"), by=by, operation_id=new_id())
    story = client.get("/rencontre/synthese/themes/t1").text
    story = " ".join(story.split())
    assert "né de 2 notes de 1 atelier, venues de « Navettes »" in story
    assert "a reçu les 3 notes de « Navettes »" in story
    assert "nommé « Le dernier car » par un grand témoin" in story
    waiting = client.get("/rencontre/synthese/a-classer").text
    assert "Une note sur le car du soir, 3." in waiting
    assert client.get("/rencontre/mur").status_code == 200
    assert sit(app, gathering, "participant").get("/rencontre/synthese/a-classer").status_code == 403


def test_the_overview_shows_the_empty_morning_then_families_workshops_and_a_second_opinion(
    app: Flask, gathering: Gathering
) -> None:
    client = sit(app, gathering, "temoin")
    assert "Aucune note pour l’instant." in client.get("/rencontre/synthese/ensemble").text
    ids = [make_note(make_holder(gathering), f"Une note sur le car du soir, {n}.") for n in range(5)]
    publish(gathering, make_theme("t1", "Car du soir", *ids[:4]), make_theme("t2", "Dernier car", *ids[4:]))
    edition = replace(
        editions.read(gathering.id).edition,
        families=(Family(id="f1", label="Se déplacer", theme_ids=("t1", "t2")),),
        louder=(Louder(theme_id="t1", workshop="gouvernance", notes=4, expected=1.2, p_value=0.001),),
        second=SecondOpinion(classes=2, classified=0.8, ami=0.312, ari=0.2),
    )
    editions.publish(gathering.id, edition, formed=True, seconds=0.1)
    page = client.get("/rencontre/synthese/ensemble").text.replace("\u202f", " ").replace("\u00a0", " ")
    assert 'id="famille-f1"' in page
    assert "4 notes ; il y en aurait environ 1 si tous les ateliers en parlaient autant" in page
    assert "retrouve une partie de ces thèmes" in page
    assert "4 notes sur 5 en 2 classes. Accord avec les thèmes affichés : 0,31" in page
