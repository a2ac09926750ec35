"""The report's parts on a subject that the Carrefour asks about whatever the themes: skills, and territories.

Pure. A note is there because it uses a word or because its rapporteur marked it; nothing is inferred from it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from synthesis.report.blocks import Column, Grid, KindHeading, Paragraph, Section
from synthesis.report.material import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.corpus import Note
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material

SHOWN = 4
"""How many notes each heading of the part on skills quotes; the others are named by their references."""

TOLD = 5
"""How many territories have their notes quoted, the most cited first."""

STORIES = 3
"""How many notes of a territory are quoted."""

LONGEST = 400

SUBJECTS = (
    (
        "trades",
        r"métiers?|postes?|embauch\w*|recrut\w*|employ(?:eur\w*|és?|ées?)|professionnel\w*|professionnalis\w*|turn-?over",
    ),
    (
        "training",
        r"formations?|form(?:er|é|és|ée|ées|ateur\w*|atrice\w*)|apprentissages?|appren(?:dre|ti\w*|ant\w*)|tutorat|mentorat",
    ),
    ("methods", r"méthodes?|méthodologi\w*|ingénierie\w*|outils?|animat(?:ion|eur|rice)\w*|facilitat\w*|médiation"),
    ("postures", r"compéten\w*|postures?|savoir[- ](?:faire|être)s?|écoute|légitim\w*|accompagnateur\w*"),
)
"""(heading, the words that put a note under it), in the order of the Carrefour's own question."""

FIRST = ("postures", "training", "trades", "methods")
"""The order in which they are tried: a note stands under the first that it matches, the rarest words first."""

_SUBJECTS = {key: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for key, words in SUBJECTS}


def skills(material: Material) -> Section:
    """Quote what the notes say of trades, training, methods and postures: those that use these words, by workshop."""
    words = material.words
    found: dict[str, list[Note]] = defaultdict(list)
    for note in material.corpus:
        key = next((key for key in FIRST if _SUBJECTS[key].search(note.text)), None)
        if key:
            found[key].append(note)
    blocks: list[Block] = [Paragraph(text=words.skills_lead if found else words.skills_none)]
    for key, _ in SUBJECTS:
        if found[key]:
            heading = f"{words.reading.skills[key]} ({words.number(len(found[key]))})"
            blocks.append(KindHeading(kind="question", text=heading))
            blocks += _quoted(material, found[key], SHOWN)
    return Section(id="metiers", title=words.titles["metiers"], blocks=tuple(blocks))


def _quoted(material: Material, notes: Sequence[Note], most: int) -> Iterator[Block]:
    ranked = _in_turn(material, notes)
    for note in ranked[:most]:
        yield material.quotation(note, 0, clipped(note.text, LONGEST))
    if rest := ranked[most:]:
        yield material.named(material.words.also, rest)


def _in_turn(material: Material, notes: Sequence[Note]) -> list[Note]:
    """Take notes one workshop after the other, those with most on the subject first: no room fills the page."""
    order = {key: rank for rank, (key, _, _) in enumerate(material.rooms)}
    size = Counter(note.workshop for note in notes)
    seen: Counter[str] = Counter()
    ranked = []
    for note in notes:
        ranked.append((seen[note.workshop], -size[note.workshop], order.get(note.workshop, len(order)), note.id, note))
        seen[note.workshop] += 1
    return [note for *_, note in sorted(ranked, key=lambda one: one[:4])]


def territories(material: Material) -> Section | None:
    """List the territories that rapporteurs marked, then quote what was noted of the most cited; None without any."""
    words = material.words
    found: dict[str, list[Note]] = defaultdict(list)
    for note in material.corpus:
        for territory in note.territories:
            found[territory].append(note)
    if not found:
        return None
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    rows = tuple((name, str(len(notes)), material.cite(notes)) for name, notes in ordered)
    columns = (
        Column(title=words.columns["territory"], people=True),
        Column(title=words.columns["notes"], numeric=True),
        Column(title=words.columns["references"]),
    )
    blocks: list[Block] = [Grid(caption=words.territories_caption, columns=columns, rows=rows)]
    blocks.append(KindHeading(kind="question", text=words.reading.stories))
    for name, notes in ordered[:TOLD]:
        blocks.append(KindHeading(kind="theme", text=name))
        blocks += _quoted(material, notes, STORIES)
    return Section(id="territoires", title=words.titles["territoires"], blocks=tuple(blocks))
