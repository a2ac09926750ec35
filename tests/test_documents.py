"""What is written once is tested: a setting, a command, an act or a word that no document names fails here."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import click
import pytest

import wsgi
from capture import errors, operations
from capture.settings import PREFIX, Settings

DOCS = Path(__file__).parent.parent / "docs"


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("field", dataclasses.fields(Settings), ids=lambda field: field.name)
def test_every_setting_is_documented_with_its_default(field: dataclasses.Field[object]) -> None:
    row = next((line for line in page("settings.md").splitlines() if f"`{PREFIX}{field.name.upper()}`" in line), "")
    assert row, f"{field.name} is not in docs/settings.md"
    assert f"`{field.default}`" in row or not field.default


@pytest.mark.parametrize("name", sorted(operations.VOCABULARY))
def test_every_operation_is_documented_with_its_fields(name: str) -> None:
    section = next((part for part in page("operations.md").split("\n## ") if part.startswith(f"`{name}`")), "")
    assert section, f"{name} is not in docs/operations.md"
    for field in dataclasses.fields(operations.VOCABULARY[name]):
        assert f"`{field.name}`" in section


def every_command(group: click.Group, prefix: str = "") -> list[str]:
    found = []
    for name, command in group.commands.items():
        found += every_command(command, f"{prefix}{name} ") if isinstance(command, click.Group) else [prefix + name]
    return found


def test_every_command_is_documented_and_its_help_reads_like_a_manual() -> None:
    group = wsgi.command_line()
    manual = page("commands.md")
    assert every_command(group)
    assert [name for name in every_command(group) if f"`restitution {name}" not in manual] == []
    for command in group.commands.values():
        assert command.help
        assert command.help[0].isupper()


def test_every_refusal_is_drawn_in_the_tree() -> None:
    drawn = errors.__doc__ or ""
    named = [cls.__name__ for cls in errors.Refusal.__subclasses__() if cls.__module__ == "capture.errors"]
    assert [name for name in named if name not in drawn] == []


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [cls.code for cls in errors.Refusal.__subclasses__()]
    assert len(codes) == len(set(codes))


def test_the_glossary_gives_each_word_its_french() -> None:
    glossary = page("glossary.md")
    for word in (
        "gathering",
        "session",
        "workshop",
        "note",
        "kind",
        "actor",
        "territory",
        "theme",
        "decision",
        "edition",
        "seat",
        "report",
    ):
        assert re.search(rf"^\| {word}\b", glossary, re.MULTILINE), word


def test_no_document_points_at_a_page_that_is_not_there() -> None:
    root = DOCS.parent
    for file in [root / "README.md", root / "CONTRIBUTING.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", file.read_text("utf-8")):
            if not target.startswith(("http", "mailto:")):
                assert (file.parent / target).exists(), f"{file.name} → {target}"
