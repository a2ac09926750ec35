"""Proves the part on territories and their stories: each story whole and once, each territory with its own notes.

Pure. A note of a story is quoted whole under its session, once, whatever theme quotes it elsewhere; in the annexes
`proof` counts it once with all the others. The notes are taken from the corpus, never from the tree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from synthesis.actors.tables import place_key
from synthesis.report.blocks import Grid, Quotation
from synthesis.report.cited import References
from synthesis.report.stories import NAMED, STORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from synthesis.corpus import Corpus
    from synthesis.report.blocks import Report, Section
    from synthesis.results import Edition


def told(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Find each note of each story session once under it, whole, and no other note there."""
    del edition
    sessions = [held for held in report.status.programme if held.kind == "story_table"]
    parts = {section.id: section for section in report.walk() if section.id.startswith(STORY)}
    if len(parts) != len(sessions):
        yield f"{len(parts)} récits sont donnés au lieu de {len(sessions)}"
    came = corpus.told()
    for rank, held in enumerate(sessions, 1):
        part = parts.get(f"{STORY}{rank}")
        if part is None or part.title != held.title:
            yield f"le récit « {held.title} » n’a pas sa partie"
            continue
        quoted = [block for block in part.blocks if isinstance(block, Quotation)]
        order = [note.id for note in came if note.workshop == held.key]
        own, found = Counter(order), Counter(block.note_id for block in quoted)
        for note_id in sorted((own - found) | (found - own)):
            yield f"la note {note_id} figure {found[note_id]} fois dans le récit « {held.title} »"
        if own == found and [block.note_id for block in quoted] != order:
            yield f"le récit « {held.title} » n’est pas dans l’ordre où il a été noté"
        for block in quoted:
            if block.partial:
                yield f"la note {block.note_id} est coupée dans son récit"
        yield from _territories(part, _by_territory(corpus, held.key))


def named(report: Report, corpus: Corpus, edition: Edition) -> Iterator[str]:
    """Count the territories again, and find each note that names one beside it."""
    del edition
    expected = _by_territory(corpus)
    part = next((section for section in report.walk() if section.id == NAMED), None)
    if part is None:
        if expected:
            yield "des territoires sont nommés et n’ont pas leur partie"
        return
    stories = {held.key for held in report.status.programme if held.kind == "story_table"}
    rooms = {note.id: note.workshop for note in corpus}
    rows = [row for block in part.blocks if isinstance(block, Grid) for row in block.rows]
    if {place_key(row[0]) or row[0] for row in rows} != set(expected) or len(rows) != len(expected):
        yield "le tableau des territoires n’a pas tous les territoires, une fois chacun"
    for name, notes, inside, *_ in rows:
        own = expected.get(place_key(name) or name, set())
        if (int(notes), int(inside)) != (len(own), sum(rooms[note_id] in stories for note_id in own)):
            yield f"les nombres du territoire « {name} » sont faux"
    yield from _territories(part, expected)


def _territories(part: Section, expected: Mapping[str, set[str]]) -> Iterator[str]:
    """Say which notes name a territory and stand nowhere in the part, quoted or named by their references."""
    there = {block.note_id for block in part.blocks if isinstance(block, Quotation)}
    counted = False
    for block in part.blocks:
        if isinstance(block, References):
            there |= {one.note_id for _, notes in block.rooms for one in notes}
            counted = counted or bool(block.more)
    # A line that names very many notes counts those it leaves to the annexes.
    for note_id in sorted({one for own in expected.values() for one in own} - there) if not counted else ():
        yield f"la note {note_id} nomme un territoire et n’est pas dans « {part.title} »"


def _by_territory(corpus: Corpus, workshop: str | None = None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for note in corpus:
        if workshop is None or note.workshop == workshop:
            for name in note.territories:
                found[place_key(name) or name].add(note.id)
    return found
