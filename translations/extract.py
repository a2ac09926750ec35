"""Gather every French sentence of the interface, and bring the other catalogues up to them.

Run as `python translations/extract.py`. French is written in the code: in templates and calls of gettext, in the
`sentence` of each refusal, and in what a page says of each file it offers. The last two are no calls, so the usual
extractors pass them by. What is new in a catalogue has an empty translation, and a test names it; nothing is guessed.
"""  # noqa: INP001 - a command of its own, beside the catalogues it keeps, not a package

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent

SAID_BY_CLASSES = frozenset({"sentence"})
"""Class attributes that are shown to people."""

SAID_BY_CALLS = frozenset({("Offered", "label"), ("Offered", "use")})
"""Arguments, by the name of what is called, that a template translates when it shows them."""

HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Restitution\\n"
"Language: {locale}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
"""No dates and no addresses: the history keeps them, and two people's changes do not meet there."""

Found = tuple[str, int, str | tuple[str, ...]]
"""The file, the line, and the message or its singular and plural."""


def sources() -> list[Path]:
    """Return the files that speak to people, in order."""
    return sorted(
        [
            *ROOT.glob("capture/**/*.py"),
            *ROOT.glob("synthesis/**/*.py"),
            ROOT / "wsgi.py",
            *ROOT.glob("templates/**/*"),
        ]
    )


def found(path: Path) -> Iterator[Found]:
    """Return the messages of a file."""
    name = str(path.relative_to(ROOT))
    method = {".py": "python", ".html": "jinja2"}.get(path.suffix)
    if method is None:
        return
    options = {"silent": "false"} if method == "jinja2" else {}
    for line, message, _comments, _context in extract_from_file(method, path, DEFAULT_KEYWORDS, options=options):
        yield name, line, message
    if method == "python":
        for line, message in said(path.read_text("utf-8")):
            yield name, line, message


def said(source: str) -> Iterator[tuple[int, str]]:
    """Return the sentences of Python code that no call of gettext surrounds, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for statement in node.body:
                if isinstance(statement, ast.AnnAssign):
                    targets: list[ast.expr] = [statement.target]
                elif isinstance(statement, ast.Assign):
                    targets = statement.targets
                else:
                    continue
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                if names & SAID_BY_CLASSES and statement.value is not None:
                    yield from _text(statement.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for keyword in node.keywords:
                if (node.func.id, keyword.arg) in SAID_BY_CALLS:
                    yield from _text(keyword.value)


def _text(node: ast.expr) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value


def template() -> Catalog:
    """Return every message of the interface, in the order of the files, without its lines: they move too often."""
    catalog = Catalog(project="Restitution", charset="utf-8", fuzzy=False)
    for path in sources():
        for name, _line, message in found(path):
            catalog.add(message, locations=[(name, 0)])
    return catalog


def catalogues() -> list[Path]:
    """Return the catalogues there are."""
    return sorted(ROOT.glob("translations/*/LC_MESSAGES/messages.po"))


def read(path: Path) -> Catalog:
    """Return a catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain="messages")


def lacking(catalog: Catalog) -> list[str]:
    """Return the messages that a catalogue does not translate."""
    return [str(message.id) for message in catalog if message.id and not _filled(message.string)]


def _filled(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) if string is None or isinstance(string, str) else all(string)


def main() -> None:
    """Bring every catalogue up to the code, and say what each still lacks."""
    wanted = template()
    for path in catalogues():
        catalog = read(path)
        catalog.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
        out = io.BytesIO()
        write_po(out, catalog, width=115, include_lineno=False, ignore_obsolete=True, omit_header=True)
        header = HEADER.format(locale=catalog.locale_identifier, plurals=catalog.plural_forms)
        path.write_bytes(header.encode() + out.getvalue())
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {len(lacking(catalog))} to translate")


if __name__ == "__main__":
    main()
