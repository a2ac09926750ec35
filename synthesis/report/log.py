"""The log of what people decided about themes and actors: one sentence each, in order, without saying who.

Pure. A decision names a theme by the label it bears in this report, or says that it is no more; a name that a person
took out of the actors because it is somebody's is never written.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from synthesis.report.blocks import Column, Grid, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.decisions import Decided
    from synthesis.report.material import Material


def decided(material: Material, decisions: Sequence[Decided]) -> Section:
    """Give the log as a table; a sentence when nobody decided anything."""
    words = material.words
    rows = tuple(_rows(material, sorted(decisions, key=lambda one: one.position)))
    title = words.titles["annexe-decisions"]
    if not rows:
        return Section(id="annexe-decisions", title=title, blocks=(Paragraph(text=words.decisions_none),))
    columns = (Column(title=words.columns["number"]), Column(title=words.columns["decision"], people=True))
    grid = Grid(caption=words.decisions_caption, columns=columns, rows=rows)
    return Section(id="annexe-decisions", title=title, blocks=(grid,))


def _rows(material: Material, decisions: Sequence[Decided]) -> Iterator[tuple[str, str]]:
    said: dict[int, str] = {}
    for one in decisions:
        sentence = material.words.reading.log.get(type(one.act).__name__)
        if sentence:
            said[one.position] = sentence.format(**_facts(material, one.act, said))
    yield from ((str(number), sentence) for number, sentence in enumerate(said.values(), 1))


def _facts(  # noqa: C901 - one line for each field that an act may have
    material: Material, act: Any, said: dict[int, str]
) -> dict[str, str]:
    """Return what a sentence may say of an act: labels, references and names instead of ids."""
    words, reading = material.words, material.words.reading
    names = {actor.id: actor.name for actor in material.edition.actors}
    facts: dict[str, str] = {}
    for name in (field.name for field in fields(act)):
        value = getattr(act, name)
        if name in ("theme_id", "into") and isinstance(value, str):
            facts["theme" if name == "theme_id" else name] = _label(material, value)
        elif name == "theme_ids":
            facts["themes"] = " · ".join(_label(material, one) for one in value)
        elif name == "note_id":
            facts["note"] = _reference(material, value)
        elif name == "note_ids":
            named = ", ".join(_reference(material, one) for one in value)
            facts["notes"] = named if "KeptApart" in type(act).__name__ else words.count(len(value), words.notes)
        elif name in ("actor", "into"):
            facts[name] = names.get(value.id, reading.gone_actor)
        elif name == "actors":
            facts["actors"] = " · ".join(names.get(one.id, reading.gone_actor) for one in value)
        elif name == "position":
            facts["withdrawn"] = said.get(value, "–")
        elif name == "family":
            facts["family"] = words.families.get(value, value)
        elif name in ("label", "name"):
            facts[name] = value
    if "theme" in facts:
        facts["old"] = _proposed(material, act.theme_id)
    return facts


def _label(material: Material, theme_id: str) -> str:
    return material.labels.get(theme_id) or (
        material.words.reading.gone_theme if theme_id else material.words.reading.tray
    )


def _proposed(material: Material, theme_id: str) -> str:
    """Return what the machine called a theme, which is what a person renamed."""
    found = next((theme for theme in material.edition.themes if theme.id == theme_id), None)
    return (found.proposed_label or found.label) if found else material.words.reading.gone_theme


def _reference(material: Material, note_id: str) -> str:
    return material.references.get(note_id, "–")
