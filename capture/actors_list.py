"""The organiser's list of organisations as a CSV file: read whole, or refused with every line at fault.

Pure: bytes in, values out. Encodings and separators are those of programmes, because the same people save both files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from capture.errors import FileUnreadable, ProgrammeUnreadable
from capture.operations import ActorPlan
from capture.programme.faults import Fault, Findings
from capture.programme.plan import slug
from capture.programme.tables import decode, unquoted

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "nom", "organisation", "acteur", "structure"),
    "acronym": ("acronym", "sigle", "acronyme", "abreviation"),
    "family": ("family", "famille", "type", "categorie"),
    "aliases": ("aliases", "alias", "autres-noms", "synonymes", "variantes"),
}
"""Each field and what its column may be called, as `slug` spells it."""

LONGEST = 300
MOST = 5_000

_FIELDS = {word: name for name, spelt in COLUMNS.items() for word in spelt}


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorsRead:
    """The organisations of a file in its own order, and remarks in French."""

    actors: tuple[ActorPlan, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorsDifference:
    """What a new list would do to the one before; each in the order of its own list."""

    added: tuple[ActorPlan, ...]
    changed: tuple[ActorPlan, ...]
    removed: tuple[ActorPlan, ...]
    unchanged: int

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


def difference(before: Sequence[ActorPlan], after: Sequence[ActorPlan]) -> ActorsDifference:
    """Compare two lists, actor by actor, under their names."""
    known = {actor.name: actor for actor in before}
    kept = {actor.name for actor in after}
    return ActorsDifference(
        added=tuple(actor for actor in after if actor.name not in known),
        changed=tuple(actor for actor in after if known.get(actor.name, actor) != actor),
        removed=tuple(actor for actor in before if actor.name not in kept),
        unchanged=len([actor for actor in after if known.get(actor.name) == actor]),
    )


def read(data: bytes, *, name: str) -> ActorsRead:
    """Read a list of organisations: a header that names `nom`, then `sigle`, `famille` and `autres noms` if there are.

    Raises:
        FileUnreadable: nothing was read. Its data hold `reason`, a French sentence, and `lines`, every fault as
            {"line": int, "column": str, "reason": str}.
    """
    findings = Findings()
    try:
        actors = tuple(_actors(decode(data, findings), findings))
        findings.refuse_if_any()
    except ProgrammeUnreadable as refusal:
        raise FileUnreadable(name=name, reason=refusal.data["summary"], lines=refusal.data["lines"]) from refusal
    except csv.Error as error:
        raise _refused(name, "Un guillemet est ouvert et n’est jamais fermé ; vérifiez les guillemets.") from error
    if not actors:
        raise _refused(name, "Il n’y a aucune organisation : ajoutez une ligne d’en-tête, puis une ligne par acteur.")
    return ActorsRead(actors=actors, remarks=tuple(findings.remarks))


def _refused(name: str, reason: str) -> FileUnreadable:
    return FileUnreadable(name=name, reason=reason, lines=[asdict(Fault(0, "", reason))])


def _actors(text: str, findings: Findings) -> Iterator[ActorPlan]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True, skipinitialspace=True)
    fields: dict[int, str] = {}
    width = 0
    seen: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if not fields:
            fields, width = _header(cells, reader.line_num, findings), len(cells)
            continue
        if any(cell.strip() for cell in cells[width:]):
            reason = "cette ligne a plus de cases que l’en-tête ; mettez entre guillemets les noms séparés par « ; »."
            findings.fault(reader.line_num, "", reason)
            continue
        given = {name: unquoted(" ".join(cells[at].split())) for at, name in fields.items() if at < len(cells)}
        if _well(given, reader.line_num, seen, findings):
            yield _actor(given)


def _separator(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max((",", ";", "\t"), key=lambda one: sum(slug(cell) in _FIELDS for cell in head.split(one)))


def _header(cells: list[str], line: int, findings: Findings) -> dict[int, str]:
    """Give each column its field; one that is unknown is left aside with a word about it."""
    fields: dict[int, str] = {}
    for at, cell in enumerate(cells):
        found = _FIELDS.get(slug(cell))
        if found and found not in fields.values():
            fields[at] = found
        elif cell.strip():
            findings.remark(f"La colonne « {cell.strip()} » a été ignorée : elle n’est pas d’une liste d’acteurs.")
    if "name" not in fields.values():
        findings.fault(line, "nom", "la colonne « nom » manque ; la première ligne doit nommer les colonnes.")
        findings.refuse_if_any()
    return fields


def _well(given: dict[str, str], line: int, seen: dict[str, int], findings: Findings) -> bool:
    name = given.get("name", "")
    before = seen.setdefault(name.casefold(), line)
    if not name:
        findings.fault(line, "nom", "le nom manque ; écrivez-le, ou retirez la ligne.")
    elif before != line:
        findings.fault(line, "nom", f"« {name} » est déjà à la ligne {before} ; gardez-en une seule.")
    elif any(len(value) > LONGEST for value in given.values()):
        findings.fault(line, "", f"une case dépasse {LONGEST} caractères ; raccourcissez-la.")
    elif len(seen) > MOST:
        findings.fault(line, "", f"la liste dépasse {MOST} acteurs ; gardez ceux qui comptent.")
        findings.refuse_if_any()
    else:
        return True
    return False


def _actor(given: dict[str, str]) -> ActorPlan:
    aliases = (part.strip() for part in re.split(r"[;|]", given.get("aliases", "")))
    return ActorPlan(
        name=given["name"],
        acronym=given.get("acronym", ""),
        family=given.get("family", ""),
        aliases=tuple(part for part in aliases if part),
    )
