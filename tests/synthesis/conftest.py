from __future__ import annotations

import pytest
from flask import Flask

from capture.models import Gathering
from capture.seats import Holder
from synthesis.follower import Follower
from synthesis.french import French
from tests.factories import make_gathering, make_holder


@pytest.fixture(scope="session")
def french() -> French:
    """The French reader, loaded once for all the tests."""
    return French.load()


@pytest.fixture
def gathering(app: Flask) -> Gathering:
    """A gathering with its workshops, and nothing written yet."""
    del app
    return make_gathering()


@pytest.fixture
def witness(gathering: Gathering) -> Holder:
    """Whoever holds the seat of a grand témoin."""
    return make_holder(gathering, "temoin")


@pytest.fixture
def follower(app: Flask, french: French) -> Follower:
    """A follower that looks again as soon as notes are there."""
    return Follower(app, french, quiet_seconds=0.0)
