"""The report's part on a subject that the Carrefour asks about whatever the themes: trades, skills and postures.

Pure. A note is there because it uses a word; nothing is inferred from it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from synthesis.report.blocks import KindHeading, Paragraph, Section
from synthesis.report.material import clipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.corpus import Note
    from synthesis.report.blocks import Block
    from synthesis.report.material import Material

SHOWN = 4
"""How many notes each heading of the part on skills quotes; the others are named by their references."""

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
            blocks += quoted(material, found[key], SHOWN)
    return Section(id="metiers", title=words.titles["metiers"], blocks=tuple(blocks))


def quoted(material: Material, notes: Sequence[Note], most: int) -> Iterator[Block]:
    """Quote some notes, a workshop after the other, and name the others by their references."""
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
