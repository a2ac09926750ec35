from flask import Flask

from synthesis.actors.places import MOST, starting
from tests.factories import make_gathering
from tests.synthesis.test_screens import sit


def test_a_territory_is_found_by_how_it_starts_however_it_is_typed() -> None:
    assert starting("st malo")[0] == "Saint-Malo"
    assert "Loos-en-Gohelle" in starting("loos en")
    assert "Île-de-France" in starting("ile de f")
    assert starting("bret")[0] == "Bretagne"


def test_too_few_letters_and_no_such_place_find_nothing() -> None:
    assert starting("") == starting("s") == starting("xyzt") == starting("★★") == ()
    assert len(starting("saint")) == MOST


def test_a_rapporteur_asks_the_server_for_what_the_phone_does_not_carry(app: Flask) -> None:
    rapporteur = sit(app, make_gathering(), "rapporteur")
    answer = rapporteur.get("/api/v1/rencontre/territories?q=loos-en")
    assert "Loos-en-Gohelle" in answer.get_json()["names"]
    assert app.test_client().get("/api/v1/rencontre/territories?q=loos").status_code == 403
