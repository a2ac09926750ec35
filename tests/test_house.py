"""The house's own rules, read off the code: which room may open which door, how large a room may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TESTS = sorted(ROOT.glob("tests/**/*.py"))
MODULES = sorted([*ROOT.glob("capture/**/*.py"), *ROOT.glob("synthesis/**/*.py"), ROOT / "wsgi.py"])

DOORS = {"api", "pages", "cli", "organiser", "doors", "security", "assets", "processes"}
RECORD = {"db", "models", "journal"}
WORLD = {"flask", "flask_sqlalchemy", "sqlalchemy", "requests", "socket", "subprocess", "random", "time"}

PURE = [
    "capture/settings.py",
    "capture/errors.py",
    "capture/operations.py",
    "capture/state.py",
    "capture/text.py",
    "capture/typography.py",
    "capture/worry.py",
    "capture/actors_list.py",
    "capture/previews.py",
    "capture/openapi.py",
    "capture/rehearsal/verdict.py",
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("capture/programme/*.py")),
    "synthesis/corpus.py",
    "synthesis/editing/acts.py",
    "synthesis/editing/texts.py",
    "synthesis/report/edited.py",
    "synthesis/reach.py",
    "synthesis/echoes.py",
    *(
        f"synthesis/restitution/{name}.py"
        for name in ("acts", "deck", "differences", "openings", "questions", "refusals", "sheets", "typeset")
    ),
    "synthesis/relying.py",
    "synthesis/results.py",
    "synthesis/standing.py",
    "synthesis/decisions.py",
    "synthesis/theme_decisions.py",
    "synthesis/contests.py",
    "synthesis/shown.py",
    "synthesis/arrange.py",
    "synthesis/crossing.py",
    "synthesis/actor_decisions.py",
    "synthesis/atlas/naming.py",
    "synthesis/atlas/findings.py",
    "synthesis/atlas/drafting.py",
    "synthesis/atlas/scenarios.py",
    "synthesis/atlas/boxes.py",
    "synthesis/atlas/stages.py",
    "synthesis/atlas/ties.py",
    "synthesis/errors.py",
    "synthesis/synthesise.py",
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("synthesis/themes/*.py")),
    *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("synthesis/actors/*.py")),
]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_from_wsgi_to_synthesis_to_capture_and_never_back(path: Path) -> None:
    name = name_of(path)
    if name.startswith("capture"):
        assert [one for one in imports_of(path) if one.split(".")[0] in {"synthesis", "wsgi"}] == []
    if name.startswith("synthesis"):
        assert [one for one in imports_of(path) if one.split(".")[0] == "wsgi"] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_a_door_imports_a_door(path: Path) -> None:
    name = name_of(path)
    if name.split(".")[-1] in DOORS or name == "wsgi":
        return
    doors = {f"{package}.{door}" for package in ("capture", "synthesis") for door in DOORS}
    assert sorted(doors & set(imports_of(path))) == []


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_touches_nothing_of_the_world(room: str) -> None:
    found = set(imports_of(ROOT / room))
    assert sorted(one for one in found if one.split(".")[0] in WORLD) == []
    record = {f"{package}.{part}" for package in ("capture", "synthesis") for part in RECORD}
    assert sorted(record & found) == []


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_a_room_is_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_is_short(path: Path) -> None:
    long = [
        f"{node.name}: {length}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (length := body_length(node)) > 40
    ]
    assert long == []


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring left out."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    if not body:
        return 0
    return (
        (body[-1].end_lineno or 0)
        - body[0].lineno
        + 1
        + (body[0].lineno - node.lineno if not ast.get_docstring(node) else 0)
    )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_module_says_why_it_exists(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_nobody_opened_a_junk_drawer() -> None:
    drawers = {"utils", "helpers", "common", "core", "manager", "misc"}
    assert [name_of(path) for path in MODULES if drawers & set(name_of(path).split("."))] == []


@pytest.mark.parametrize("path", [path for path in MODULES if path.stem in {"api", "pages", "organiser"}], ids=name_of)
def test_a_door_is_thin_and_asks_the_database_nothing(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    views = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr in {"get", "post"}
            for one in node.decorator_list
        )
    ]
    assert views
    assert [f"{view.name}: {body_length(view)}" for view in views if body_length(view) > 12] == []
