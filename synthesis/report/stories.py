"""Territories and their stories: each story session as it was told, then each territory that a note names.

Pure. A note of a story session is quoted whole under its session, in the order they came; the annexes hold it once as
they hold every other. A territory is there because a rapporteur marked it; nothing is inferred from it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from synthesis.actors.tables import place_key
from synthesis.report.blocks import Column, Grid, KindHeading, Paragraph, Section
from synthesis.report.setting import moment
from synthesis.report.subjects import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from synthesis.corpus import Note
    from synthesis.report.blocks import Block, Held
    from synthesis.report.cited import References
    from synthesis.report.material import Material

STORY = "recit-"
"""How the anchor of a story session begins; `proof` looks for each of them."""

NAMED = "territoires-nommes"
"""The anchor of the territories, all sessions together."""

TOLD = 5
"""How many territories have notes quoted, the most cited first; the others' notes are named by their references."""

QUOTED = 3
"""How many notes of a territory are quoted beside those of the stories, which are quoted above."""


def territories(material: Material) -> Section:
    """Give each story session whole, then the territories that notes name."""
    words = material.words
    told = [held for held in material.status.programme if held.kind == "story_table"]
    sections = [_story(material, held, rank) for rank, held in enumerate(told, 1)]
    named = _named(material, {held.key for held in told})
    blocks = []
    if material.status.programme:
        blocks.append(Paragraph(text=words.reading.stories_lead if told else words.reading.stories_none))
    if not named:
        blocks.append(Paragraph(text=words.reading.territories_none))
    return Section(
        id="territoires",
        title=words.titles["territoires"],
        blocks=tuple(blocks),
        sections=(*sections, *((named,) if named else ())),
    )


def _story(material: Material, held: Held, rank: int) -> Section:
    """Give a story session: where, when, its notes whole in the order they came, the territories they name."""
    words = material.words
    notes = material.by_room.get(held.key, ())
    where = [material.numbers.get(held.key, ""), held.place, moment(material, held) if held.day else ""]
    counted = words.size_plain.format(notes=words.count(len(notes), words.notes), kinds=material.counts(notes))
    said = " · ".join(part for part in (*where, counted if notes else words.reading.stories_silent) if part)
    blocks: list[Block] = [Paragraph(text=said, tone="aside")]
    for note in notes:
        mark = ", ".join(note.territories)
        blocks.append(material.quotation(note, 0, len(note.text), mark=mark, within=True))
    found = by_territory(notes)
    if found:
        blocks.append(KindHeading(kind="question", text=words.reading.stories_territories))
        blocks += [_line(material, name, those) for name, those in found]
    return Section(id=f"{STORY}{rank}", title=held.title, people=True, blocks=tuple(blocks))


def _line(material: Material, name: str, notes: Iterable[Note]) -> References:
    return material.named(material.words.reading.territory.format(name=name), notes)


def _named(material: Material, told: set[str]) -> Section | None:
    """Count the territories, quote what was noted of the most cited outside the stories, name the other notes."""
    words = material.words
    found = by_territory(material.corpus)
    if not found:
        return None
    keys = ("notes", "in_stories", "workshops")
    columns = (
        Column(title=words.columns["territory"], people=True),
        *(Column(title=words.columns[key], numeric=key != "workshops") for key in keys),
    )
    rows = tuple((name, *_counts(material, notes, told)) for name, notes in found)
    blocks: list[Block] = [Grid(caption=words.territories_caption, columns=columns, rows=rows)]
    for name, notes in found[:TOLD]:
        blocks.append(KindHeading(kind="theme", text=name))
        stories = [note for note in notes if note.workshop in told]
        blocks += quoted(material, [note for note in notes if note.workshop not in told], QUOTED)
        blocks += [material.named(words.reading.stories_told, stories)] if stories else []
    blocks += [_line(material, name, notes) for name, notes in found[TOLD:]]
    return Section(id=NAMED, title=words.reading.territories_named, blocks=tuple(blocks))


def _counts(material: Material, notes: Sequence[Note], told: set[str]) -> tuple[str, str, str]:
    """Say of a territory how many notes name it, how many of them in stories, and in which workshops."""
    there = {note.workshop for note in notes}
    rooms = ", ".join(number for key, number, _ in material.rooms if key in there)
    return str(len(notes)), str(sum(note.workshop in told for note in notes)), rooms or "–"


def by_territory(notes: Iterable[Note]) -> list[tuple[str, list[Note]]]:
    """Return each territory with the notes that name it, the most cited first; spellings of one name are one.

    It is called as it was written most often.

    >>> from synthesis.corpus import Note
    >>> notes = [Note(id=str(one), text="", territories=(name,)) for one, name in enumerate(("St-Malo", "Saint Malo"))]
    >>> [(name, len(those)) for name, those in by_territory(notes)]
    [('Saint Malo', 2)]
    """
    found: dict[str, dict[str, Note]] = defaultdict(dict)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for note in notes:
        for name in note.territories:
            key = place_key(name) or name
            found[key][note.id] = note
            spelt[key][name] += 1
    named = {key: min(spelt[key], key=lambda name: (-spelt[key][name], name)) for key in found}
    ordered = sorted(found, key=lambda key: (-len(found[key]), named[key]))
    return [(named[key], list(found[key].values())) for key in ordered]
