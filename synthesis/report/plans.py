"""The action scenarios that people built: their steps under their own signature, then the notes they rest on.

Pure. Nothing is added to a scenario: the steps are people's, and each note is quoted whole, to the character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.report.blocks import KindHeading, Paragraph, Section, SignedText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from synthesis.report.blocks import Block
    from synthesis.report.edited import Planned
    from synthesis.report.material import Material

PARTS = (("lever", "levers"), ("obstacle", "obstacles"), ("condition", "conditions"), ("", "notes"))
"""The kind of each part's sign, and the part."""


def plans(material: Material) -> Section | None:
    """Give each scenario its part; none when nobody built one."""
    words, built = material.words, material.edited.scenarios
    if not built:
        return None
    return Section(
        id="scenarios",
        title=words.titles["scenarios"],
        blocks=(Paragraph(text=words.scenarios["lead"]),),
        sections=tuple(
            Section(id=f"scenario-{rank}", title=one.title, people=True, blocks=tuple(_blocks(material, one)))
            for rank, one in enumerate(built, 1)
        ),
    )


def _blocks(material: Material, planned: Planned) -> Iterator[Block]:
    words = material.words.scenarios
    steps = [f"{rank}. {step}" for rank, step in enumerate(planned.steps, 1)]
    told = [*steps, *([words["with"].format(actors=" · ".join(planned.actors))] if planned.actors else [])]
    if told:
        yield SignedText(text="\n\n".join(told), by=words["by"])
    if planned.unsettled:
        yield Paragraph(text=words["unsettled"], tone="aside")
    for kind, part in PARTS:
        # A note written since the synthesis was made is in none of its counts: it waits for the next one.
        notes = [material.notes[note_id] for note_id in getattr(planned, part) if note_id in material.notes]
        if notes:
            yield KindHeading(kind=kind, text=words[part])
            yield from (material.quotation(note, 0, len(note.text)) for note in notes)
