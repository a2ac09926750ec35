"""English is complete: every French sentence of the interface has its translation, with the same things to fill in."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message

import wsgi
from capture.errors import Refusal
from capture.typography import typeset
from tests.conftest import make_app

ROOT = Path(__file__).parent.parent


def load(name: str) -> ModuleType:
    """The command beside the catalogues, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "translations" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


extract = load("extract")
WANTED: Catalog = extract.template()
CATALOGUES = [pytest.param(path, id=path.parent.parent.name) for path in extract.catalogues()]


def forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def filled_in(text: str) -> set[str]:
    """What a sentence leaves to fill in: %(name)s."""
    return set(re.findall(r"%\(\w+\)[a-z]", text))


def kinds_of(refusal: type[Refusal]) -> list[type[Refusal]]:
    return [refusal, *(one for child in refusal.__subclasses__() for one in kinds_of(child))]


@pytest.mark.parametrize("path", CATALOGUES)
def test_every_sentence_of_the_interface_is_translated(path: Path) -> None:
    catalogue: Catalog = extract.read(path)
    known = {forms(message) for message in catalogue if message.id}
    assert {forms(message) for message in WANTED if message.id} == known, "run translations/extract.py"
    assert extract.lacking(catalogue) == []
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


@pytest.mark.parametrize("path", CATALOGUES)
def test_a_translation_leaves_the_same_things_to_fill_in(path: Path) -> None:
    for message in extract.read(path):
        wanted = set().union(*(filled_in(form) for form in forms(message)))
        for string in strings(message):
            # A singular may say « one » without its number; nothing may ask for what nobody gives.
            assert filled_in(string) <= wanted, message.id
        assert not message.id or filled_in(strings(message)[-1]) == wanted, message.id


def test_the_sentence_of_every_refusal_is_gathered() -> None:
    assert wsgi.create_app  # every module that refuses is known once the application is put together
    gathered = {form for message in WANTED for form in forms(message)}
    known = [kind for kind in kinds_of(Refusal) if kind.__module__.startswith(("capture", "synthesis"))]
    assert len(known) > 20
    assert [kind.__name__ for kind in known if kind.sentence not in gathered] == []


def test_sentences_outside_of_calls_are_found_with_their_lines() -> None:
    source = 'class A:\n    sentence: str = (\n        "Un "\n        "deux."\n    )\n\nB = Offered(use="à lire")\n'
    assert sorted(extract.said(source)) == [(3, "Un deux."), (7, "à lire")]


def test_french_is_set_as_it_is_printed() -> None:
    assert typeset("Un mot : « oui » ; non ?") == "Un mot\u202f: «\u202foui\u202f»\u202f; non\u202f?"
    assert typeset("9:15, http://lieu, 50 %") == "9:15, http://lieu, 50 %"
    assert typeset(typeset("Ah !")) == typeset("Ah !")


@pytest.mark.parametrize(("number", "words"), [(0, "0 note"), (1, "1 note"), (2, "2 notes")])
def test_nothing_and_one_are_singular_in_french(number: int, words: str, tmp_path: Path) -> None:
    app = make_app(tmp_path)
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert (
            app.jinja_env.from_string('{{ ngettext("%(num)s note", "%(num)s notes", n) }}').render(n=number) == words
        )
