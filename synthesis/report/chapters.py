"""One chapter per theme, always on the same plan, so that two chapters compare at a glance.

Pure. Size, obstacles, levers, conditions, the lone voice, what several workshops noted alike, what is under
discussion, questions, actors, reliability. A theme that a person hid has the same chapter, in the annexes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from synthesis import echoes
from synthesis.report.blocks import KindHeading, Paragraph, Section, SignedText
from synthesis.report.material import KIND_ORDER, clipped, kinds_of
from synthesis.report.opening import ordered, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.corpus import Note
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material
    from synthesis.results import Theme

    Voice = tuple[Note, int, int]

PER_KIND = 3
"""How many quotations of one kind a chapter shows at most; the other notes are named by their references."""

VOICES = 7
"""How many quotations a chapter shares out among its kinds, by their notes: what holds on a page with the rest."""

LONGEST = 600
"""The longest quotation of a chapter, in characters; the annexes hold every note whole."""

QUESTIONS = 3
"""How many questions a chapter quotes."""

NAMED = 8
"""How many actors a chapter names, the most cited first; the tables hold the others."""

TITLED = 3
"""Up to so many workshops, a chapter gives their titles beside their numbers."""

SEVERAL = 2
"""From this many workshops on, notes of one kind are said to meet."""

SOLID, DOUBTFUL = 0.7, 0.5
"""Mean membership confidence from which a theme is called solid, and below which its border is called weak."""


def chapters(material: Material) -> Section:
    """Write the chapter of every theme that is not hidden, in the edition's order."""
    words = material.words
    shown = [(rank, theme) for rank, theme in enumerate(material.edition.themes, 1) if not theme.hidden]
    lead = f"{words.themes_lead} {ordered(material)}" if shown else words.essential_none
    key = bool(shown) and material.edition.method != "grouped"
    return Section(
        id="themes",
        title=words.titles["themes"],
        blocks=(Paragraph(text=lead), *((Paragraph(text=words.reliability_key, tone="aside"),) if key else ())),
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
    ]
    kept = tuple(block for block in blocks if not (isinstance(block, Paragraph) and not block.text))
    return Section(id=f"theme-{rank}", title=theme.label, people=True, blocks=kept)


def _definition(material: Material, theme: Theme) -> Iterator[Block]:
    words = material.words
    yield Paragraph(text=size(material, theme), tone="lead")
    said = [words.decided if theme.named_by else words.proposed]
    if theme.subtitle:
        said.append(words.keywords.format(words=theme.subtitle))
    # A family of one theme bears its name, and says nothing more.
    shared = (one for one in material.edition.families if len(one.theme_ids) > 1)
    family = next((one.label for one in shared if one.id == theme.family), "")
    if family:
        said.append(words.family.format(family=family))
    said.append(_reliability(material, theme))
    yield Paragraph(text=" ".join(one for one in said if one), tone="beneath")
    yield Paragraph(text=_where(material, theme), tone="beneath")


def _written(material: Material, theme: Theme) -> Iterator[Block]:
    """Give what the organiser wrote about a theme, signed: it is no note, and no count is made of it."""
    for theme_id, text in material.edited.chapters:
        if theme_id == theme.id:
            yield SignedText(text=text, by=material.words.organisers)


def _kinds(material: Material, theme: Theme, shown: set[str]) -> Iterator[Block]:
    """Show each kind present: its voices from different workshops, then the references of the rest."""
    words, notes = material.words, material.of(theme)
    lone = {quote.note_id for quote in theme.quotes if quote.role == "lone"}
    found = Counter(note.kind for note in notes)
    for kind in sorted(
        kinds_of(found), key=lambda one: KIND_ORDER.index(one) if one in KIND_ORDER else len(KIND_ORDER)
    ):
        yield KindHeading(kind=kind, text=f"{words.plural(kind)} ({words.number(found[kind])})")
        here = [note for note in notes if note.kind == kind]
        for note, start, end in _voices(material, theme, here, share=VOICES * len(here) / len(notes)):
            shown.add(note.id)
            yield material.quotation(note, start, end, under=True)
        rest = [note for note in here if note.id not in shown | lone]
        if rest:
            yield material.named(words.also, rest)


def _voices(material: Material, theme: Theme, here: list[Note], *, share: float) -> list[Voice]:
    """Choose the quotations of one kind: those the synthesis chose, then central notes of workshops not heard yet."""
    chosen = [quote for quote in theme.quotes if quote.role != "lone"]
    lone = {quote.note_id for quote in theme.quotes if quote.role == "lone"}
    ids = {note.id for note in here}
    found: dict[str, Voice] = {}
    for quote in chosen:
        if quote.note_id in ids and quote.note_id not in found and len(found) < PER_KIND:
            found[quote.note_id] = material.stretch(quote, LONGEST)
    heard = {voice[0].workshop for voice in found.values()}
    for note in here:
        if len(found) >= min(max(round(share), 1), PER_KIND):
            break
        if note.id not in lone and note.workshop not in heard:
            found[note.id] = note, 0, clipped(note.text, LONGEST)
            heard.add(note.workshop)
    if not found:
        first = next((note for note in here if note.id not in lone), here[0])
        return [(first, 0, clipped(first.text, LONGEST))]
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
    said = [(words.plural(kind).lower(), len(rooms[kind])) for kind in kinds_of(rooms) if len(rooms[kind]) >= SEVERAL]
    if said:
        yield KindHeading(kind="agreement", text=words.agreement_heading)
        first, *others = said
        kinds = [f"{first[0]} ({words.count(first[1], words.workshops)})", *(f"{kind} ({n})" for kind, n in others)]
        yield Paragraph(text=words.agreement.format(kinds=", ".join(kinds)))


def _discussion(material: Material, theme: Theme) -> Iterator[Block]:
    """Say that both sides were noted, which two notes face each other, and which obstacles nothing takes up."""
    words, notes = material.words, material.of(theme)
    found = Counter(note.kind for note in notes)
    if not (found["lever"] and found["obstacle"]):
        return
    yield KindHeading(kind="tension", text=words.tension_heading)
    levers = words.count(found["lever"], words.kind_counts["lever"])
    obstacles = words.count(found["obstacle"], words.kind_counts["obstacle"])
    said = words.tension.format(levers=levers, obstacles=obstacles)
    pair = material.pairs.get(theme.id)
    if pair:
        both = {"obstacle": material.cite([pair.obstacle]), "lever": material.cite([pair.lever])}
        said = f"{said} {words.reading.facing.format(**both, words=', '.join(pair.words))}"
    yield Paragraph(text=said)
    if alone := echoes.unanswered(notes):
        yield material.named(words.count(len(alone), words.reading.unanswered), alone)


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
    """Name the workshops by their numbers, with their titles when they are few; then those that said more of it."""
    words = material.words
    found = Counter(note.workshop for note in material.of(theme))
    rooms = [(key, number, title) for key, number, title in material.rooms if found[key]]
    if not rooms:
        return ""
    few = len(rooms) <= TITLED
    said = [f"{number} {title} ({found[key]})" if few else f"{number} ({found[key]})" for key, number, title in rooms]
    where = words.where.format(workshops=" · ".join(said))
    louder = [one.workshop for one in material.edition.louder if one.theme_id == theme.id and found[one.workshop]]
    if few or not louder:
        return where
    named = [f"{number} {title} ({found[key]})" for key, number, title in rooms if key in louder]
    return f"{where} {words.reading.louder.format(rooms=' · '.join(named))}"


def _reliability(material: Material, theme: Theme) -> str:
    if material.edition.method == "grouped":
        return ""
    if theme.fragile:
        return material.words.reliability["fragile"]
    level = "solid" if theme.confidence >= SOLID else "doubtful" if theme.confidence >= DOUBTFUL else "weak"
    return material.words.reliability[level]
