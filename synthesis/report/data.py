"""The data that leaves beside the report: one frozen set of files, the same bytes for the same edition.

Pure. `edition.json` holds everything and can be read back (`read_edition`); the rest is the same facts, cut for a
spreadsheet, for Gephi, for yEd. Spans stay spans; only `edition.json` repeats a quote's words beside its offsets.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from capture import operations
from capture.errors import FileUnreadable, Refusal
from synthesis import grid
from synthesis.corpus import ListedActor
from synthesis.decisions import Decided
from synthesis.report import cells, graphology, network, workbook
from synthesis.results import SCHEMA_VERSION, Edition

if TYPE_CHECKING:
    from synthesis.corpus import Corpus
    from synthesis.table import Table

DECIMALS = 6
"""Floats are stored to this many decimals: enough to place a point, and the same on every machine."""

GRAPH = ("links", "cooperations", "places")
"""The parts of an edition that stand together under "graph" in `edition.json`."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to give: its name and its bytes."""

    name: str
    data: bytes


def files(edition: Edition, corpus: Corpus, table: Table | None = None) -> tuple[File, ...]:
    """Make every data file of an edition, in the order they are listed to people.

    Args:
        edition: the synthesis.
        corpus: the notes it was made of.
        table: the file the notes came from, so that `notes.csv` repeats its columns as given; None when the notes
            come from the journal, and then `notes.csv` holds the note's own fields.

    """
    drawn = network.of(edition)
    return (
        File("edition.json", write_edition(edition, corpus)),
        File("notes.csv", cells.csv_bytes(cells.notes(edition, corpus, table))),
        File("themes.csv", cells.csv_bytes(cells.themes(edition))),
        File("actors.csv", cells.csv_bytes(cells.actors(edition))),
        File("mentions.csv", cells.csv_bytes(cells.mentions(edition))),
        File("links.csv", cells.csv_bytes(cells.links(edition))),
        File("cooperations.csv", cells.csv_bytes(cells.cooperations(edition))),
        File("graph.gexf", network.gexf(drawn, title=corpus.title)),
        File("graph.graphml", network.graphml(drawn)),
        File("graph.json", graphology.write(drawn, title=corpus.title)),
        File("workbook.xlsx", workbook.write(edition, corpus, table)),
    )


def write_edition(edition: Edition, corpus: Corpus) -> bytes:
    """Write `edition.json`: keys sorted, floats to six decimals, quotes with their exact words.

    Erasing a note means making the file again: its words stand in the quotes taken from it.
    """
    body: dict[str, Any] = {field.name: _plain(getattr(edition, field.name)) for field in dataclasses.fields(edition)}
    body["graph"] = {part: body.pop(part) for part in GRAPH}
    words = corpus.by_id()
    for theme in body["themes"]:
        for quote in theme["quotes"]:
            quote["text"] = words[quote["note_id"]].text[quote["start"] : quote["end"]]
    return (json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    """Turn a value of `results` into JSON: dataclasses to objects, tuples to lists, floats rounded, -0 to 0."""
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def read_edition(data: bytes, *, name: str = "edition.json") -> Edition:
    """Read an `edition.json` back, for `--previous`.

    Fields that this version does not know are left aside: they are only ever added under one schema version.

    Raises:
        FileUnreadable: not JSON, not an edition, or of a schema version that this program does not read.

    """
    body = _json(data, name)
    if not isinstance(body, dict) or "schema" not in body:
        raise FileUnreadable(name=name, reason="Ce n’est pas une édition : le champ « schema » manque.")
    if body["schema"] != SCHEMA_VERSION:
        reason = (
            f"Il est au format {body['schema']!s} ; cette version lit le format {SCHEMA_VERSION}. "
            "Refaites l’édition à partir des notes."
        )
        raise FileUnreadable(name=name, reason=reason)
    flat = {key: value for key, value in body.items() if key != "graph"} | dict(body.get("graph") or {})
    try:
        return TypeAdapter(Edition).validate_python(flat)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FileUnreadable(name=name, reason=f"Le champ « {where} » n’est pas lisible : {first['msg']}.") from error


def read_decisions(data: bytes, *, name: str = "decisions.json") -> tuple[Decided, ...]:
    """Read a list of decisions: objects with `name`, `payload` and perhaps `by`, in the order they were taken.

    Raises:
        FileUnreadable: not JSON, not a list, or an entry that is not a decision about themes; its number is said.

    """
    body = _json(data, name)
    if not isinstance(body, list):
        raise FileUnreadable(name=name, reason="Une liste de décisions est attendue.")
    return tuple(_decided(entry, number, name) for number, entry in enumerate(body, 1))


def _decided(entry: Any, number: int, name: str) -> Decided:
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("name"), str)
        or not isinstance(entry.get("payload"), dict)
    ):
        raise FileUnreadable(name=name, reason=f"Décision {number} : « name » et « payload » sont attendus.")
    try:
        act = operations.parse(entry["name"], entry["payload"])
    except Refusal as refusal:
        raise FileUnreadable(name=name, reason=f"Décision {number} : {refusal}") from refusal
    if not isinstance(act, get_args(get_type_hints(Decided)["act"])):
        reason = f"Décision {number} : « {entry['name']} » ne décide ni d’un thème ni d’un acteur."
        raise FileUnreadable(name=name, reason=reason)
    return Decided(position=number, by=str(entry.get("by", "")), act=act)


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise FileUnreadable(name=name, reason="Ce n’est pas du JSON en UTF-8.") from error


def read_actors(data: bytes, *, name: str = "actors.csv") -> tuple[ListedActor, ...]:
    """Read the organiser's list of actors: `name`, and perhaps `acronym`, `family`, `aliases` (`;`-separated).

    Raises:
        TableUnreadable: the file cannot be cut into cells (see `grid.cut`), or a name is empty.

    """
    table = grid.cut(data, name=name, known=("name", "acronym", "family", "aliases"), required="name", near=("nom",))
    empty = [(row.line, "le nom est vide") for row in table.rows if not table.cell(row, "name").strip()]
    if empty:
        grid.refuse(name, empty)
    return tuple(
        ListedActor(
            name=table.cell(row, "name").strip(),
            acronym=table.cell(row, "acronym").strip(),
            family=table.cell(row, "family").strip(),
            aliases=tuple(part.strip() for part in table.cell(row, "aliases").split(";") if part.strip()),
        )
        for row in table.rows
    )
