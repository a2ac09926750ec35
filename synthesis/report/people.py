"""The report's parts that cross the themes: face to face, actors and cooperations, skills, territories.

Pure. A link is made of notes and each row names them or counts them; nothing is concluded.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from synthesis.report import figures
from synthesis.report.blocks import Column, Grid, Paragraph, Section
from synthesis.report.material import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.corpus import Note
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material

ROWS = 40
"""The longest table of actors or links in the report; the CSV files hold all."""

JOINED = 15
"""How many pairs of themes are shown, those that share most actors first."""

SHARED = 2
"""How many actors two themes must share to be called joined."""

SKILLS_SHOWN = 12
"""How many notes the part on skills quotes; the others are named by their references."""

CITED = 8
"""How many references fit in a cell."""

_SKILLS = re.compile(
    r"\b(?:métiers?|compéten\w*|formations?|form(?:er|é|és|ée|ées|ateur\w*|atrice\w*)|postures?"
    r"|savoir[- ](?:faire|être)s?|ingénierie\w*|professionnalis\w*|apprentissages?|apprendre"
    r"|méthodes?|méthodologi\w*|accompagnateur\w*"
    r"|tutorat|mentorat|médiation|facilitat\w*)\b",
    re.IGNORECASE,
)


def crossed(material: Material) -> Section:
    """Set obstacles and levers face to face, and say which themes share actors and where conditions return."""
    words = material.words
    blocks: list[Block] = [Paragraph(text=words.crossed_lead)]
    if rows := tuple(_facing(material)):
        columns = _columns(material, ("theme", "obstacle", "lever", "condition"), people=("theme",))
        blocks.append(Grid(caption=words.facing_caption, columns=columns, rows=rows))
    if returning := list(_returning(material)):
        blocks.append(Paragraph(text=words.conditions_lead.format(themes=" · ".join(returning))))
    if rows := tuple(_joined(material)):
        columns = _columns(material, ("theme", "other_theme", "actors"), people=("theme", "other_theme", "actors"))
        blocks.append(Grid(caption=words.shared_caption, columns=columns, rows=rows))
    else:
        blocks.append(Paragraph(text=words.shared_none))
    return Section(id="croisee", title=words.titles["croisee"], blocks=tuple(blocks))


def _columns(material: Material, keys: Sequence[str], *, people: Sequence[str] = ()) -> tuple[Column, ...]:
    numeric = ("notes", "themes", "lever", "obstacle", "condition", "other", "total")
    titles = material.words.columns
    return tuple(
        Column(title=titles[key], numeric=key in numeric and key not in people, people=key in people) for key in keys
    )


def _facing(material: Material) -> Iterator[tuple[str, ...]]:
    for theme in material.edition.themes:
        found = Counter(note.kind for note in material.of(theme))
        if found["obstacle"] and found["lever"]:
            yield theme.label, str(found["obstacle"]), str(found["lever"]), str(found["condition"])


def _returning(material: Material) -> Iterator[str]:
    for theme in material.edition.themes:
        rooms = {note.workshop for note in material.of(theme) if note.kind == "condition" and note.workshop}
        if len(rooms) > 1:
            yield theme.label


def _joined(material: Material) -> Iterator[tuple[str, ...]]:
    names = {actor.id: actor.name for actor in material.edition.actors}
    cited: dict[str, set[str]] = defaultdict(set)
    for link in material.edition.links:
        if link.actor_id in names:
            cited[link.theme_id].add(link.actor_id)
    labels = material.labels
    pairs = [
        (first, second, cited[first] & cited[second])
        for first, second in combinations([key for key in labels if key in cited], 2)
        if len(cited[first] & cited[second]) >= SHARED
    ]
    for first, second, shared in sorted(pairs, key=lambda pair: -len(pair[2]))[:JOINED]:
        yield labels[first], labels[second], ", ".join(sorted(names[key] for key in shared))


def actors(material: Material) -> Section:
    """Picture the actors and the themes, then say the same in tables."""
    words, edition = material.words, material.edition
    cited = [actor for actor in edition.actors if actor.note_ids]
    blocks: list[Block] = []
    if cited:
        blocks.append(Paragraph(text=words.actors_lead))
        blocks += figures.ladder(material)
        blocks += _actor_tables(material)
    else:
        blocks.append(Paragraph(text=words.actors_none))
    if uncited := [actor.name for actor in edition.actors if not actor.note_ids]:
        blocks.append(Paragraph(text=words.uncited.format(actors=", ".join(sorted(uncited)))))
    return Section(id="acteurs", title=words.titles["acteurs"], blocks=tuple(blocks))


def _actor_tables(material: Material) -> Iterator[Block]:
    words, edition = material.words, material.edition
    yield Grid(
        caption=words.actors_caption,
        columns=_columns(material, ("actor", "family", "notes", "themes"), people=("actor",)),
        rows=tuple(_actor_rows(material)),
    )
    names = {actor.id: actor.name for actor in edition.actors}
    links = sorted(edition.links, key=lambda link: (-len(link.note_ids), link.actor_id, link.theme_id))
    rows = tuple(
        (
            names.get(link.actor_id, ""),
            material.labels.get(link.theme_id, ""),
            str(len(link.note_ids)),
            _strength(material, link.strength),
        )
        for link in links[:ROWS]
    )
    if rows:
        columns = _columns(material, ("actor", "theme", "notes", "strength"), people=("actor", "theme"))
        yield Grid(caption=words.links_caption, columns=columns, rows=rows)
    if edition.cooperations:
        columns = _columns(material, ("actor", "other_actor", "notes", "references"), people=("actor", "other_actor"))
        yield Grid(caption=words.together_caption, columns=columns, rows=tuple(_together_rows(material, names)))
    else:
        yield Paragraph(text=words.together_none)


def _strength(material: Material, strength: str) -> str:
    return material.words.strengths.get(strength, strength)


def _actor_rows(material: Material) -> Iterator[tuple[str, ...]]:
    linked = Counter(link.actor_id for link in material.edition.links)
    cited = [actor for actor in material.edition.actors if actor.note_ids]
    for actor in sorted(cited, key=lambda one: (-len(one.note_ids), one.name, one.id))[:ROWS]:
        named = f"{actor.name} ({actor.acronym})" if actor.acronym and actor.acronym != actor.name else actor.name
        family = material.words.families.get(actor.family, actor.family)
        yield named, family, str(len(actor.note_ids)), str(linked[actor.id])


def _together_rows(material: Material, names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    pairs = sorted(material.edition.cooperations, key=lambda pair: (-len(pair.note_ids), pair.actor_ids))
    for pair in pairs[:ROWS]:
        first, second = pair.actor_ids
        notes = [material.notes[note_id] for note_id in pair.note_ids]
        yield (
            names.get(first, ""),
            names.get(second, ""),
            str(len(notes)),
            material.cite(notes[:CITED]) + (", …" if len(notes) > CITED else ""),
        )


def skills(material: Material) -> Section:
    """Quote what the notes say of trades, training, methods and postures: those that use these words, by workshop."""
    words = material.words
    found = [note for note in material.corpus if _SKILLS.search(note.text)]
    if not found:
        return Section(id="metiers", title=words.titles["metiers"], blocks=(Paragraph(text=words.skills_none),))
    shown = _in_turn(material, found)[:SKILLS_SHOWN]
    blocks: list[Block] = [Paragraph(text=words.skills_lead)]
    blocks += [material.quotation(note, 0, clipped(note.text, 400)) for note in shown]
    if rest := [note for note in found if note not in shown]:
        text = words.count(len(rest), words.also, references=material.cite(rest))
        blocks.append(Paragraph(text=text, tone="references"))
    return Section(id="metiers", title=words.titles["metiers"], blocks=tuple(blocks))


def _in_turn(material: Material, notes: Sequence[Note]) -> list[Note]:
    """Take notes one workshop after the other, so that a talkative room does not fill the page."""
    order = {key: rank for rank, (key, _, _) in enumerate(material.rooms)}
    seen: Counter[str] = Counter()
    ranked = []
    for note in notes:
        ranked.append((seen[note.workshop], order.get(note.workshop, len(order)), note.id, note))
        seen[note.workshop] += 1
    return [note for *_, note in sorted(ranked, key=lambda one: one[:3])]


def territories(material: Material) -> Section | None:
    """List the territories that rapporteurs marked, with the notes; None when nobody marked any."""
    words = material.words
    found: dict[str, list[Note]] = defaultdict(list)
    for note in material.corpus:
        for territory in note.territories:
            found[territory].append(note)
    if not found:
        return None
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    rows = tuple((name, str(len(notes)), material.cite(notes)) for name, notes in ordered)
    columns = _columns(material, ("territory", "notes", "references"), people=("territory",))
    grid = Grid(caption=words.territories_caption, columns=columns, rows=rows)
    return Section(id="territoires", title=words.titles["territoires"], blocks=(grid,))
