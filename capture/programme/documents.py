"""YAML programmes, written by hand: the gathering, then its days, then their sessions.

Pure. Every value is read as the text that was written, so that « 13:45 » is a time and not the number 825, and each
value keeps its line. Anchors and aliases are refused: a programme needs none, and a few of them can fill a memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from capture.programme.assembly import Cell, Row, Sheet, tidy
from capture.programme.faults import Findings, unreadable
from capture.programme.plan import NoteKind, slug
from capture.programme.words import column_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST = 12
"""Levels of nesting; ours has five."""

_SESSIONS = frozenset({"seances", "sessions", "programme"})
_DAYS = frozenset({"journees", "jours", "days"})
_KINDS = frozenset({"types", "types-de-notes", "kinds"})
_ABOUT = {
    "titre": "title",
    "title": "title",
    "nom": "title",
    "lieu": "place",
    "place": "place",
    "fuseau": "timezone",
    "fuseau-horaire": "timezone",
    "timezone": "timezone",
    "langue": "language",
    "language": "language",
}


@dataclass(slots=True)
class _Found:
    """What has been read so far of the document."""

    findings: Findings
    about: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    kinds: list[NoteKind] = field(default_factory=list)


def read_document(text: str, findings: Findings) -> Sheet:
    """Read a YAML programme.

    Raises:
        ProgrammeUnreadable: not YAML, or YAML that a programme cannot be; the line is named.
    """
    root = _compose(text, findings)
    found = _Found(findings)
    if isinstance(root, SequenceNode):
        _sessions(root, {}, found)
    elif isinstance(root, MappingNode):
        _gathering(root, found)
    else:
        raise unreadable("Le fichier est vide, ou n’est pas un programme : donnez un titre et des séances.")
    return Sheet(
        rows=tuple(found.rows),
        title=found.about.get("title", ""),
        place=found.about.get("place", ""),
        timezone=found.about.get("timezone", ""),
        language=found.about.get("language", ""),
        kinds=tuple(found.kinds),
    )


def _compose(text: str, findings: Findings) -> Node | None:
    """Check the document's events, which costs no nesting and no copy, before its tree is made."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                reason = "les ancres (&) et les renvois (*) ne sont pas acceptés ; répétez le texte, entre guillemets."
                findings.fault(_line(event), "", reason)
                break
            opens = isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent))
            closes = isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent))
            depth += opens - closes
            if depth > DEEPEST:
                findings.fault(
                    _line(event), "", "l’emboîtement est trop profond ; un programme n’en demande pas tant."
                )
                break
        findings.refuse_if_any()
        node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = "la mise en page n’est pas lisible ; vérifiez les deux-points, les tirets et les retraits."
        findings.fault(mark.line + 1 if mark else 0, "", reason)
        findings.refuse_if_any()
        raise unreadable(reason) from error
    return node


def _line(marked: yaml.Event | Node) -> int:
    mark = marked.start_mark
    return mark.line + 1 if mark else 0


def _pairs(node: MappingNode, found: _Found) -> Iterator[tuple[str, str, Node, Node]]:
    """List a mapping's keys: as `slug` spells them, as written, and the nodes; a key written twice is a fault."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        written = key.value if isinstance(key, ScalarNode) else ""
        spelt = slug(written)
        before = seen.setdefault(spelt, _line(key))
        if before != _line(key):
            found.findings.fault(
                _line(key), written, f"« {written} » est déjà à la ligne {before} ; gardez-en une seule."
            )
            continue
        yield spelt, written, key, value


def _gathering(root: MappingNode, found: _Found) -> None:
    for spelt, written, key, value in _pairs(root, found):
        if spelt in _DAYS and isinstance(value, SequenceNode):
            for day in value.value:
                _day(day, found)
        elif spelt in _SESSIONS and isinstance(value, SequenceNode):
            _sessions(value, {}, found)
        elif spelt in _KINDS and isinstance(value, SequenceNode):
            _kinds(value, found)
        elif spelt in _ABOUT:
            found.about[_ABOUT[spelt]] = _text(value, written, found)
        else:
            found.findings.remark(f"Ligne {_line(key)} : « {written} » a été ignoré, ce n’est pas d’un programme.")


def _day(node: Node, found: _Found) -> None:
    """Read a day: what it says of itself goes to each of its sessions."""
    if not isinstance(node, MappingNode):
        found.findings.fault(_line(node), "journées", "une journée donne sa date, puis ses séances.")
        return
    shared: dict[str, Cell] = {}
    lists: list[SequenceNode] = []
    for spelt, written, key, value in _pairs(node, found):
        name = "theme_of_day" if spelt in {"titre", "title"} else column_of(written)
        if spelt in _SESSIONS and isinstance(value, SequenceNode):
            lists.append(value)
        elif name in {"day", "theme_of_day"}:
            shared[name] = Cell(written, _text(value, written, found))
        else:
            found.findings.remark(f"Ligne {_line(key)} : « {written} » a été ignoré, ce n’est pas d’une journée.")
    for sessions in lists:
        _sessions(sessions, shared, found)


def _sessions(node: SequenceNode, shared: Mapping[str, Cell], found: _Found) -> None:
    for one in node.value:
        if not isinstance(one, MappingNode):
            found.findings.fault(_line(one), "séances", "une séance donne au moins un titre, un début et une fin.")
            continue
        cells = dict(shared)
        for _, written, key, value in _pairs(one, found):
            name = column_of(written)
            if name:
                cells[name] = Cell(written, _text(value, written, found, several=name == "questions"))
            else:
                found.findings.remark(f"Ligne {_line(key)} : « {written} » a été ignoré, ce n’est pas d’une séance.")
        found.rows.append(Row(_line(one), {name: cell for name, cell in cells.items() if cell.text}))


def _kinds(node: SequenceNode, found: _Found) -> None:
    """Read the gathering's own kinds of notes: a label each, and a key when the label's own spelling will not do."""
    for one in node.value:
        label = key = ""
        if isinstance(one, MappingNode):
            given = {spelt: _text(value, written, found) for spelt, written, _, value in _pairs(one, found)}
            label = given.get("libelle") or given.get("label") or given.get("nom") or ""
            key = given.get("cle") or given.get("key") or given.get("id") or ""
        else:
            label = _text(one, "types", found)
        if slug(key or label):
            found.kinds.append(NoteKind(key=slug(key or label), label=label or key))
        else:
            found.findings.fault(_line(one), "types", "un type de note donne son libellé, par exemple : Constat.")


def _text(node: Node, written: str, found: _Found, *, several: bool = False) -> str:
    """Read a value as it was written; a list of texts becomes lines where several are expected."""
    if isinstance(node, ScalarNode):
        plain_nothing = node.style is None and node.value in {"", "~", "null"}
        return "" if plain_nothing else tidy(node.value)
    if several and isinstance(node, SequenceNode) and all(isinstance(one, ScalarNode) for one in node.value):
        return "\n".join(tidy(one.value).replace("\n", " ") for one in node.value)
    found.findings.fault(_line(node), written, f"« {written} » attend un texte.")
    return ""
