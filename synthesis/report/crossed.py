"""The crossed reading: obstacles and levers face to face, conditions that return, themes joined by organisations.

Pure. A link is made of notes; each row names them or counts them, and nothing is concluded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from synthesis.report.blocks import Column, Grid, KindHeading, Paragraph, Section
from synthesis.report.material import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.report.blocks import Block
    from synthesis.report.material import Material
    from synthesis.results import Theme

PAIRS = 8
"""How many pairs of an obstacle and a lever are quoted; each chapter names its own."""

RETURNING = 8
"""How many themes show the conditions that return, those of most workshops first."""

EXAMPLE = 170
"""The longest condition quoted in a cell, in characters."""

JOINED = 8
"""How many pairs of themes are shown, those that share most organisations first."""

SHARED = 2
"""How many organisations two themes must share to be called joined."""

NAMED = 6
"""How many shared organisations a cell names."""

LONGEST = 400


def crossed(material: Material) -> Section:
    """Set obstacles and levers face to face, then say which conditions return and which themes meet."""
    words = material.words
    blocks: list[Block] = [Paragraph(text=words.crossed_lead)]
    blocks += _facing(material)
    if rows := tuple(_returning(material)):
        columns: tuple[Column, ...] = (
            Column(title=words.columns["theme"], people=True),
            Column(title=words.columns["workshops"], numeric=True),
            Column(title=words.columns["condition"], numeric=True),
            Column(title=words.columns["example"], people=True, quoted=True),
        )
        blocks.append(Grid(caption=words.reading.conditions_caption, columns=columns, rows=rows))
    if rows := tuple(_joined(material)):
        keys = ("theme", "other_theme", "actors")
        columns = tuple(Column(title=words.columns[key], people=True) for key in keys)
        blocks.append(Grid(caption=words.shared_caption, columns=columns, rows=rows))
    else:
        blocks.append(Paragraph(text=words.shared_none))
    return Section(id="croisee", title=words.titles["croisee"], blocks=tuple(blocks))


def _facing(material: Material) -> Iterator[Block]:
    """Quote the pairs that share most words, theme by theme, then count each kind by theme."""
    words, reading = material.words, material.words.reading
    yield KindHeading(kind="tension", text=words.facing_heading)
    both = [theme for theme in material.edition.themes if theme.id in material.pairs]
    ranked = sorted(both, key=lambda theme: -len(material.pairs[theme.id].words))[:PAIRS]
    if not ranked:
        yield Paragraph(text=reading.facing_none)
    else:
        yield Paragraph(text=reading.facing_lead, tone="aside")
    for theme in (one for one in both if one in ranked):
        pair = material.pairs[theme.id]
        yield KindHeading(kind="theme", text=theme.label)
        for note in (pair.obstacle, pair.lever):
            yield material.quotation(note, 0, clipped(note.text, LONGEST))
        yield Paragraph(text=reading.facing_words.format(words=", ".join(pair.words)), tone="aside")


def _returning(material: Material) -> Iterator[tuple[str, ...]]:
    """Give the themes whose conditions come from several workshops, with the most central one that fits a cell."""
    found: list[tuple[int, Theme]] = []
    for theme in material.edition.themes:
        rooms = {note.workshop for note in material.of(theme) if note.kind == "condition" and note.workshop}
        if len(rooms) > 1:
            found.append((len(rooms), theme))
    for rooms_heard, theme in sorted(found, key=lambda one: -one[0])[:RETURNING]:
        conditions = [note for note in material.of(theme) if note.kind == "condition"]
        short = next((note for note in conditions if len(note.text) <= EXAMPLE), None)
        note = short or conditions[0]
        stop = clipped(note.text, EXAMPLE)
        more = "" if stop == len(note.text) else f" {material.words.more}"
        yield theme.label, str(rooms_heard), str(len(conditions)), f"{note.text[:stop]}{more}"


def _joined(material: Material) -> Iterator[tuple[str, ...]]:
    """Give the pairs of themes that share organisations; families of people are everywhere and join nothing."""
    names = {actor.id: actor.name for actor in material.edition.actors if not actor.people}
    cited: dict[str, set[str]] = defaultdict(set)
    weight: Counter[tuple[str, str]] = Counter()
    for link in material.edition.links:
        if link.actor_id in names:
            cited[link.theme_id].add(link.actor_id)
            weight[link.theme_id, link.actor_id] += len(link.note_ids)
    labels = material.labels
    pairs = [
        (first, second, cited[first] & cited[second])
        for first, second in combinations([key for key in labels if key in cited], 2)
        if len(cited[first] & cited[second]) >= SHARED
    ]
    for first, second, shared in sorted(pairs, key=lambda pair: -len(pair[2]))[:JOINED]:
        ranked = sorted(shared, key=lambda one: (-weight[first, one] - weight[second, one], names[one], one))
        said = [names[one] for one in ranked[:NAMED]]
        if len(ranked) > NAMED:
            said.append(material.words.count(len(ranked) - NAMED, material.words.reading.shared_more))
        yield labels[first], labels[second], " · ".join(said)
