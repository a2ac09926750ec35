"""One chapter per theme, always on the same plan, so that two chapters compare at a glance.

Pure. Size, obstacles, levers, conditions, the lone voice, what several workshops noted alike, what is under
discussion, questions, actors, reliability. A theme that a person hid has the same chapter, in the annexes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from synthesis.report.blocks import KindHeading, Paragraph, Section, SignedText
from synthesis.report.material import KIND_ORDER, clipped, kinds_of
from synthesis.report.opening import ordered, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.corpus import Kind, Note
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material
    from synthesis.results import Quote, Theme

PER_KIND = 4
"""How many quotations of one kind a chapter shows; the other notes are named by their references."""

LONGEST = 600
"""The longest quotation of a chapter, in characters; the annexes hold every note whole."""

QUESTIONS = 3
"""How many questions a chapter quotes."""

NAMED = 12
"""How many actors a chapter names, the most cited first; the tables hold the others."""

SEVERAL = 2
"""From this many workshops on, notes of one kind are said to meet."""

SOLID, DOUBTFUL = 0.7, 0.5
"""Mean membership confidence from which a theme is called solid, and below which its border is called weak."""


def chapters(material: Material) -> Section:
    """Write the chapter of every theme that is not hidden, in the edition's order."""
    words = material.words
    shown = [(rank, theme) for rank, theme in enumerate(material.edition.themes, 1) if not theme.hidden]
    lead = f"{words.themes_lead} {ordered(material)}" if shown else words.essential_none
    return Section(
        id="themes",
        title=words.titles["themes"],
        blocks=(Paragraph(text=lead),),
        sections=tuple(_chapter(material, theme, rank) for rank, theme in shown),
    )


def hidden(material: Material) -> Section | None:
    """Write the chapters of the themes that a person hid, for the annexes; None when there is none."""
    words = material.words
    found = [(rank, theme) for rank, theme in enumerate(material.edition.themes, 1) if theme.hidden]
    if not found:
        return None
    return Section(
        id="annexe-masques",
        title=words.titles["annexe-masques"],
        blocks=(Paragraph(text=words.hidden_lead),),
        sections=tuple(_chapter(material, theme, rank) for rank, theme in found),
    )


def _chapter(material: Material, theme: Theme, rank: int) -> Section:
    shown: set[str] = set()
    blocks = [
        *_definition(material, theme),
        *_written(material, theme),
        *_kinds(material, theme, shown),
        *_lone(material, theme, shown),
        *_agreement(material, theme),
        *_discussion(material, theme),
        *_questions(material, theme, shown),
        *_actors(material, theme),
        Paragraph(text=_where(material, theme), tone="aside"),
        Paragraph(text=_reliability(material, theme), tone="aside"),
    ]
    kept = tuple(block for block in blocks if not (isinstance(block, Paragraph) and not block.text))
    return Section(id=f"theme-{rank}", title=theme.label, people=True, blocks=kept)


def _definition(material: Material, theme: Theme) -> Iterator[Block]:
    words = material.words
    yield Paragraph(text=size(material, theme), tone="lead")
    said = [words.decided if theme.named_by else words.proposed]
    if theme.subtitle:
        said.append(words.keywords.format(words=theme.subtitle))
    family = next((one.label for one in material.edition.families if one.id == theme.family and theme.family), "")
    if family:
        said.append(words.family.format(family=family))
    yield Paragraph(text=" ".join(said), tone="aside")


def _written(material: Material, theme: Theme) -> Iterator[Block]:
    """Give what the organiser wrote about a theme, signed: it is no note, and no count is made of it."""
    for theme_id, text in material.edited.chapters:
        if theme_id == theme.id:
            yield SignedText(text=text, by=material.words.organisers)


def _kinds(material: Material, theme: Theme, shown: set[str]) -> Iterator[Block]:
    """Show each kind present: its chosen quotations, else its most central note, then the references of the rest."""
    words, notes = material.words, material.of(theme)
    chosen = [quote for quote in theme.quotes if quote.role != "lone"]
    lone = {quote.note_id for quote in theme.quotes if quote.role == "lone"}
    found = Counter(note.kind for note in notes)
    for kind in sorted(
        kinds_of(found), key=lambda one: KIND_ORDER.index(one) if one in KIND_ORDER else len(KIND_ORDER)
    ):
        yield KindHeading(kind=kind, text=f"{words.plural(kind)} ({words.number(found[kind])})")
        here = [note for note in notes if note.kind == kind]
        quoted = _quoted(material, kind, chosen)
        if not quoted:
            first = next((note for note in here if note.id not in lone), here[0])
            quoted = [(first, 0, clipped(first.text, LONGEST))]
        for note, start, end in quoted:
            shown.add(note.id)
            yield material.quotation(note, start, end)
        rest = [note for note in here if note.id not in shown | lone]
        if rest:
            yield Paragraph(text=words.count(len(rest), words.also, references=material.cite(rest)), tone="references")


def _quoted(material: Material, kind: Kind, chosen: list[Quote]) -> list[tuple[Note, int, int]]:
    found: dict[str, tuple[Note, int, int]] = {}
    for quote in chosen:
        note = material.notes[quote.note_id]
        if note.kind == kind and note.id not in found and len(found) < PER_KIND:
            found[note.id] = material.stretch(quote, LONGEST)
    return list(found.values())


def _lone(material: Material, theme: Theme, shown: set[str]) -> Iterator[Block]:
    voices = [quote for quote in theme.quotes if quote.role == "lone" and quote.note_id not in shown]
    if voices:
        yield KindHeading(kind="lone", text=material.words.lone_heading)
    for quote in voices:
        shown.add(quote.note_id)
        yield material.quotation(*material.stretch(quote, LONGEST), mark=material.words.lone)


def _agreement(material: Material, theme: Theme) -> Iterator[Block]:
    """Say which kinds of notes several workshops wrote on this subject: a count, from which nothing is concluded."""
    words = material.words
    rooms: dict[str, set[str]] = defaultdict(set)
    for note in material.of(theme):
        if note.workshop and note.kind:
            rooms[note.kind].add(note.workshop)
    said = [
        f"{words.plural(kind).lower()} ({words.count(len(rooms[kind]), words.workshops)})"
        for kind in kinds_of(rooms)
        if len(rooms[kind]) >= SEVERAL
    ]
    if said:
        yield KindHeading(kind="agreement", text=words.agreement_heading)
        yield Paragraph(text=words.agreement.format(kinds=", ".join(said)))


def _discussion(material: Material, theme: Theme) -> Iterator[Block]:
    words = material.words
    found = Counter(note.kind for note in material.of(theme))
    if found["lever"] and found["obstacle"]:
        yield KindHeading(kind="tension", text=words.tension_heading)
        levers = words.count(found["lever"], words.kind_counts["lever"])
        obstacles = words.count(found["obstacle"], words.kind_counts["obstacle"])
        yield Paragraph(text=words.tension.format(levers=levers, obstacles=obstacles))


def _questions(material: Material, theme: Theme, shown: set[str]) -> Iterator[Block]:
    """Quote the notes that ask something: they end with a question mark. Nothing is turned into a question."""
    asking = [
        note
        for note in material.of(theme)
        if note.id not in shown and note.text.rstrip(" \u202f\u00a0»").endswith("?")
    ]
    if asking:
        yield KindHeading(kind="question", text=material.words.questions_heading)
    for note in asking[:QUESTIONS]:
        shown.add(note.id)
        yield material.quotation(note, 0, clipped(note.text, LONGEST))


def _actors(material: Material, theme: Theme) -> Iterator[Block]:
    words = material.words
    names = {actor.id: actor.name for actor in material.edition.actors}
    links = [link for link in material.edition.links if link.theme_id == theme.id and link.actor_id in names]
    if links:
        ordered = sorted(links, key=lambda link: (-len(link.note_ids), names[link.actor_id], link.actor_id))
        said = [f"{names[link.actor_id]} ({words.number(len(link.note_ids))})" for link in ordered[:NAMED]]
        if len(ordered) > NAMED:
            said.append(words.count(len(ordered) - NAMED, words.actors_more))
        yield KindHeading(kind="actors", text=words.actors_heading)
        yield Paragraph(text=words.actors_cited.format(actors=", ".join(said)))


def _where(material: Material, theme: Theme) -> str:
    found = Counter(note.workshop for note in material.of(theme))
    said = [f"{number} {title} ({found[key]})" for key, number, title in material.rooms if found[key]]
    return material.words.where.format(workshops=" · ".join(said)) if said else ""


def _reliability(material: Material, theme: Theme) -> str:
    if material.edition.method == "grouped":
        return ""
    if theme.fragile:
        return material.words.reliability["fragile"]
    level = "solid" if theme.confidence >= SOLID else "doubtful" if theme.confidence >= DOUBTFUL else "weak"
    return material.words.reliability[level]
