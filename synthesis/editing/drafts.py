"""Arranges the page where the report is written: every part that a person may write, with what stands of it.

What is shown is what the report will say; where two wordings were written apart, both are here to choose from.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from capture.seats import Holder
from synthesis.editing import editors
from synthesis.editing.texts import ORDER, PART, THEME, WITNESS, Texts, Wording, edited
from synthesis.report.edited import arranged
from synthesis.report.words_fr import FRENCH
from synthesis.results import Edition
from synthesis.themes.curation import wish


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """One part of the report, as it is written."""

    part: str
    label: str
    wordings: tuple[Wording, ...]
    """What stands; the first is what the report shows."""
    theme_id: str = ""

    @property
    def text(self) -> str:
        """The words that the report shows."""
        return self.wordings[0].text if self.wordings else ""

    @property
    def by(self) -> str:
        """Whose signature it bears, "" for a part of the organiser's."""
        return self.wordings[0].by if self.wordings else ""

    @property
    def base(self) -> int:
        """The position that a new wording replaces."""
        return self.wordings[0].position if self.wordings else 0

    @property
    def text_id(self) -> str:
        """The id of a witness's own text."""
        return self.part.removeprefix(WITNESS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything that may be written, and by whom."""

    title: Draft
    introduction: Draft
    conclusion: Draft
    titles: tuple[Draft, ...]
    chapters: tuple[Draft, ...]
    orphans: tuple[Draft, ...]
    """Texts about a theme that is no more: kept here, shown nowhere."""
    order: Draft
    own: tuple[Draft, ...]
    """The texts of the witness who reads, and an empty one."""
    others: tuple[Draft, ...]
    """The signed texts of the other witnesses."""


def page(by: Holder, edition: Edition) -> Page:
    """Return the page for one reader."""
    found = editors.texts(by.gathering_id)
    present = {theme.id for theme in edition.themes}
    wished = wish(editors.decisions(by.gathering_id))
    order = edited(found, lambda theme_id: wished.standing(theme_id, present))
    signed = [_draft(found, part, "") for part in found.parts if part.startswith(WITNESS)]
    mine = [one for one in signed if found.owner(one.part) == by.seat_id]
    if by.role == "temoin" and all(one.text for one in mine):
        mine.append(Draft(part=f"{WITNESS}{uuid.uuid4()}", label="", wordings=()))
    return Page(
        title=_draft(found, "titre", ""),
        introduction=_draft(found, "introduction", FRENCH.titles["introduction"]),
        conclusion=_draft(found, "conclusion", FRENCH.titles["conclusion"]),
        titles=tuple(_draft(found, PART + key, FRENCH.titles[key]) for key in editors.TITLED),
        chapters=tuple(
            Draft(part=part.part, label=theme.label, wordings=part.wordings, theme_id=theme.id)
            for theme in arranged(edition, order).themes
            for part in (_draft(found, THEME + theme.id, ""),)
        ),
        orphans=tuple(
            _draft(found, part, wished.standing(part.removeprefix(THEME), present))
            for part in found.parts
            if part.startswith(THEME) and part.removeprefix(THEME) not in present and found.shown(part)
        ),
        order=_draft(found, ORDER, ""),
        own=tuple(mine),
        others=tuple(one for one in signed if one not in mine and one.text),
    )


def _draft(found: Texts, part: str, label: str) -> Draft:
    return Draft(part=part, label=label, wordings=found.parts.get(part, ()))
