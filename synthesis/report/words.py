"""Every sentence of the report's frame, in one place per language: a missing one is a type error, not a blank.

Pure. `{name}` is filled with `str.format`; a pair is (one, several). Notes, labels and titles are never here: they
are people's words and stay as written.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from synthesis.report.words_reading import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]

NARROW = "\u202f"
"""The narrow no-break space that French sets before ; : ! ? and inside guillemets."""

_BEFORE = re.compile(r" (?=[;:!?»])")
_AFTER = re.compile(r"(?<=«) ")


@dataclass(frozen=True, kw_only=True)
class Words:
    """The frame's sentences in one language."""

    language: str
    title: str
    subtitle: str
    draft: str
    final: str
    final_by: str
    statement: str
    contents: str
    contents_pages: str
    """Under the contents of a document whose page numbers come when its reader asks for them."""
    framed: str
    fact: str
    table: str
    figure: str
    page: str
    quote_open: str
    quote_close: str
    more: str
    facts: Mapping[str, str]
    """Names of the cover's facts: version, date, notes, workshops, themes, unplaced, rapporteurs."""
    months: tuple[str, ...]
    date: str
    workshops_of: str
    """ "14 of 17", with `{speaking}` and `{all}`."""
    remarks: Mapping[str, str]
    remark_other: str
    silent: Pair
    empty: str
    grouped: str

    kinds: Mapping[str, Pair]
    """The word for each kind, alone: ("Levier", "Leviers")."""
    kind_counts: Mapping[str, Pair]
    """ "{n} levier", "{n} leviers", in a sentence."""
    notes: Pair
    workshops: Pair
    rapporteurs: Pair
    themes: Pair
    actor_count: Pair
    link_count: Pair
    lone: str
    lone_count: Pair
    unplaced: str
    nowhere: str
    """The title of the notes that no workshop wrote."""

    titles: Mapping[str, str]
    """Section titles by section id."""
    scenarios: Mapping[str, str]
    """What is said around people's action scenarios, by part."""

    essential_lead: str
    essential_none: str
    doors: Mapping[str, str]
    """ "everywhere", "debated", "once", each with `{themes}` or `{n}`."""
    setting_lead: str
    reading: Reading
    """The sentences that read across the themes."""
    setting_caption: str
    columns: Mapping[str, str]
    """Column titles by key."""
    overview_lead: str
    overview_caption: str
    specific: str
    transversal: str

    themes_lead: str
    reliability_key: str
    orders: Mapping[str, str]
    """Who put the themes in their order: "report", "desk" or nobody ("spread")."""
    size: str
    """ "{notes} de {workshops} : {kinds}."."""
    size_plain: str
    proposed: str
    decided: str
    keywords: str
    family: str
    also: str
    lone_heading: str
    agreement_heading: str
    agreement: str
    tension_heading: str
    tension: str
    questions_heading: str
    actors_heading: str
    actors_cited: str
    actors_more: Pair
    where: str
    reliability: Mapping[str, str]
    """ "fragile", "solid", "doubtful", "weak"."""

    crossed_lead: str
    facing_heading: str
    facing_caption: str
    shared_caption: str
    shared_none: str
    actors_lead: str
    actors_none: str
    actors_caption: str
    links_caption: str
    together_caption: str
    together_none: str
    picture_alternative: str
    picture_caption: str
    picture_part: str
    picture_links: str
    strengths: Mapping[str, str]
    families: Mapping[str, str]
    """Names of the families of actors; a key that is not here is shown as it is."""

    skills_lead: str
    skills_none: str
    territories_caption: str
    unplaced_lead: str
    unplaced_none: str
    witnesses_lead: str
    witnesses_none: str
    organisers: str
    """How a text of the organiser is signed."""
    unsettled: Pair
    erased: Pair
    """Notes erased since the synthesis was made."""
    hidden_lead: str
    hidden: Pair
    """Themes that a person took off the first pages."""
    sheet_subtitle: str
    sheet_statement: str
    sheet_noted: str
    sheet_none: str
    sheet_caption: str
    sheet_columns: tuple[str, ...]
    follow_lead: str
    follow_caption: str
    method: tuple[str, ...]
    method_grouped: str
    parameters_caption: str
    parameters: Mapping[str, str]
    automatic: str
    limits: tuple[str, ...]
    annexes_lead: str
    decisions_none: str
    decisions_caption: str
    files_lead: str
    files: tuple[str, ...]
    privacy: tuple[str, ...]

    def count(self, number: int, pair: Pair, **values: str) -> str:
        """Say a number with its noun (`{n}`), and other values: French counts 0 and 1 as one, English 1 alone."""
        one = number < 2 if self.language == "fr" else number == 1  # noqa: PLR2004 - the rule of French plurals
        return (pair[0] if one else pair[1]).format(n=self.number(number), **values)

    def number(self, number: int) -> str:
        """Write a whole number with its thousands apart."""
        return f"{number:,}".replace(",", NARROW if self.language == "fr" else ",")

    def plural(self, kind: str) -> str:
        """Return the title over the notes of a kind."""
        return self.kinds.get(kind, (kind, kind))[1]

    def singular(self, kind: str) -> str:
        """Return the word for one note of a kind."""
        return self.kinds.get(kind, (kind, kind))[0]


def typeset(text: str) -> str:
    """Set a French sentence of the frame: narrow no-break spaces where French wants them.

    >>> typeset("Fin ; « mot »") == "Fin\u202f; «\u202fmot\u202f»"
    True
    """
    return _AFTER.sub(NARROW, _BEFORE.sub(NARROW, text))


def typeset_all(words: Words) -> Words:
    """Set every sentence of a French set of words."""
    return dataclasses.replace(
        words, **{field.name: _set(getattr(words, field.name)) for field in dataclasses.fields(words)}
    )


def _set(value: Any) -> Any:
    if isinstance(value, Reading):
        return dataclasses.replace(
            value, **{field.name: _set(getattr(value, field.name)) for field in dataclasses.fields(value)}
        )
    if isinstance(value, str):
        return typeset(value)
    if isinstance(value, tuple):
        return tuple(_set(part) for part in value)
    if isinstance(value, dict):
        return {key: _set(part) for key, part in value.items()}
    return value
