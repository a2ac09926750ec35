from __future__ import annotations

import pytest

from synthesis.french import French


@pytest.fixture(scope="session")
def french() -> French:
    """The French reader, loaded once for all the tests."""
    return French.load()
