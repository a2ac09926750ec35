"""Action scenarios on both engines: exactly once, cited to notes, and nothing overwritten by a stale edit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from capture import journal
from capture.errors import NotFound, NotYourSeat, TextTooLong
from capture.models import Gathering
from capture.seats import Holder
from synthesis.atlas import building
from synthesis.atlas.scenarios import ScenarioRemoved, ScenarioSettled, ScenarioWritten, fold
from synthesis.editing import editors
from synthesis.errors import ScenarioUntitled
from tests.factories import make_holder, make_note, new_id
from tests.synthesis.test_screens import sit


def draft(gathering: Gathering, **fields: object) -> ScenarioWritten:
    note = make_note(make_holder(gathering))
    act = ScenarioWritten(
        scenario_id=new_id(), title="Ouvrir les salles le soir", steps=("Prêter les clés",), levers=(note,)
    )
    return replace(act, **fields)  # type: ignore[arg-type]


def test_a_scenario_is_stored_once_and_a_fresh_fold_says_the_same(gathering: Gathering, witness: Holder) -> None:
    act, operation_id = draft(gathering), new_id()
    receipt = building.write(act, by=witness, operation_id=operation_id)
    again = building.write(act, by=witness, operation_id=operation_id)
    assert (again.position, again.outcome) == (receipt.position, "replayed")
    (scenario,) = building.read(gathering.id)
    assert building.read(gathering.id, receipt.position - 1) == ()
    # A report made before is made again: it tells the scenario.
    assert editors.last_written(gathering.id) == receipt.position
    assert [one.title for one in building.planned(gathering.id, receipt.position)] == [act.title]
    assert scenario.wording.act == act
    assert scenario.wording.cited == act.levers
    assert fold(journal.written(entry) for entry in journal.read(gathering.id)) == (scenario,)


def test_two_people_at_once_keep_both_wordings_until_somebody_chooses(gathering: Gathering, witness: Holder) -> None:
    act = draft(gathering)
    first = building.write(act, by=witness, operation_id=new_id()).position
    mine = replace(act, base=first, title="Ouvrir les salles le dimanche")
    theirs = replace(act, base=first, title="Ouvrir les salles à tous")
    second = building.write(mine, by=witness, operation_id=new_id()).position
    stale = building.write(theirs, by=make_holder(gathering, "temoin"), operation_id=new_id()).position
    (scenario,) = building.read(gathering.id)
    assert (scenario.wording.revision, [one.revision for one in scenario.rivals]) == (second, [stale])
    building.turn(ScenarioSettled(scenario_id=act.scenario_id, revision=stale), by=witness, operation_id=new_id())
    (scenario,) = building.read(gathering.id)
    assert (scenario.wording.act.title, scenario.rivals) == ("Ouvrir les salles à tous", ())


def test_what_is_set_aside_comes_back_with_another_wording(gathering: Gathering, witness: Holder) -> None:
    act = draft(gathering)
    first = building.write(act, by=witness, operation_id=new_id()).position
    removal, operation_id = ScenarioRemoved(scenario_id=act.scenario_id), new_id()
    building.turn(removal, by=witness, operation_id=operation_id)
    assert building.turn(removal, by=witness, operation_id=operation_id).outcome == "replayed"
    assert building.read(gathering.id) == ()
    building.write(replace(act, base=first), by=witness, operation_id=new_id())
    assert len(building.read(gathering.id)) == 1


def test_a_scenario_without_title_too_long_or_citing_nothing_real_is_refused(
    gathering: Gathering, witness: Holder
) -> None:
    for fields, refusal in (
        ({"title": " "}, ScenarioUntitled),
        ({"title": "x" * 301}, TextTooLong),
        ({"steps": ("pas",) * 51}, TextTooLong),
        ({"notes": ("nowhere",)}, NotFound),
    ):
        with pytest.raises(refusal):
            building.write(draft(gathering, **fields), by=witness, operation_id=new_id())
    with pytest.raises(NotFound):
        building.turn(ScenarioRemoved(scenario_id="nobody"), by=witness, operation_id=new_id())
    with pytest.raises(NotYourSeat):
        building.write(draft(gathering), by=make_holder(gathering), operation_id=new_id())


def test_the_page_shows_a_scenario_with_its_notes_word_for_word(
    app: Flask, gathering: Gathering, witness: Holder
) -> None:
    client = sit(app, gathering, "temoin")
    assert "Aucun scénario" in client.get("/rencontre/synthese/scenarios").text
    act = draft(gathering)
    building.write(act, by=witness, operation_id=new_id())
    page = client.get("/rencontre/synthese/scenarios").text
    assert "Ouvrir les salles le soir" in page
    assert "Prêter les clés" in page
    assert "Les élu·es laissent la main." in page
    form = client.get(f"/rencontre/synthese/scenarios/ecrire?scenario={act.scenario_id}").text
    assert "Prêter les clés" in form
    assert client.get("/rencontre/synthese/scenarios/ecrire").status_code == 200
    asked = "/rencontre/synthese/scenarios/ecrire"
    assert "Les élu·es laissent la main." in client.get(asked, query_string={"mots": "LAISSENT  la MÀIN"}).text
    assert "Aucune autre note" in client.get(asked, query_string={"mots": "cantine"}).text
    chosen = client.get(
        asked, query_string={"note": [act.levers[0], "nowhere"], "acteur": "La « Mairie » & fils"}
    ).text
    assert f'value="{act.levers[0]}" data-kind="lever" checked' in chosen
    assert "La « Mairie » &amp; fils</textarea>" in chosen
