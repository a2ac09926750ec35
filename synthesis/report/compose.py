"""Composes the report: which parts, in which order, said how. Every editorial choice is here or just below.

Pure. The result is a tree of values (`blocks`) that `proof` checks and that each format renders without a choice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from synthesis.report import annexes, chapters, crossed, opening, people, plans, setting, stories, subjects
from synthesis.report.blocks import Frame, Report, Section, SignedText
from synthesis.report.edited import UNTOUCHED
from synthesis.report.material import Material
from synthesis.report.words_en import ENGLISH
from synthesis.report.words_fr import FRENCH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from synthesis.corpus import Corpus
    from synthesis.decisions import Decided
    from synthesis.report.blocks import Cover, Status
    from synthesis.report.edited import Edited
    from synthesis.report.words import Words
    from synthesis.results import Edition

LANGUAGES: dict[str, Words] = {"fr": FRENCH, "en": ENGLISH}
"""The languages of the frame; notes are always left as written."""

OPENING = ("essentiel", "cadre", "themes", "croisee", "suites", "annexes")
"""The parts that begin a page on paper: what is pulled out and read alone."""


def compose(
    edition: Edition,
    corpus: Corpus,
    *,
    status: Status,
    language: str = "fr",
    decisions: Sequence[Decided] = (),
    edited: Edited = UNTOUCHED,
) -> Report:
    """Compose the report of an edition.

    Args:
        edition: the synthesis.
        corpus: the notes it was made of.
        status: version, date, provisional or final, and the witnesses' texts.
        language: of the frame, "fr" or "en".
        decisions: what people decided about the themes, for the log in the annexes.
        edited: what people wrote in the report themselves.

    Raises:
        KeyError: the language is neither.

    """
    words = LANGUAGES[language]
    material = Material(edition, corpus, status, words, edited)
    parts = _parts(material, decisions)
    title = f"{edited.title or corpus.title or words.title} – {words.subtitle}"
    opened = [replace(_titled(part, edited), opens=part.id in OPENING) for part in parts]
    return framed(material, title=title, cover=opening.cover(material), parts=opened)


def framed(material: Material, *, title: str, cover: Cover, parts: Sequence[Section]) -> Report:
    """Give the parts their numbers, and the words that renderers need around them."""
    words = material.words
    return Report(
        language=words.language,
        title=title,
        status=material.status,
        cover=cover,
        frame=Frame(
            contents=words.contents,
            contents_pages=words.contents_pages,
            quote_open=words.quote_open,
            quote_close=words.quote_close,
            more=words.more,
            unplaced=words.unplaced,
            fact=words.fact,
            table=words.table,
            figure=words.figure,
            framed=words.framed,
            page=words.page,
        ),
        sections=tuple(_numbered(part, str(rank)) for rank, part in enumerate(parts, 1)),
    )


def _parts(material: Material, decisions: Sequence[Decided]) -> list[Section]:
    """Give the parts in order; one that has nothing to say is left out."""
    edited = material.edited
    parts = (
        _written(material, "introduction", edited.introduction),
        opening.essential(material),
        setting.setting(material),
        opening.overview(material),
        chapters.chapters(material),
        crossed.crossed(material),
        people.actors(material),
        subjects.skills(material),
        stories.territories(material),
        annexes.unplaced(material),
        annexes.witnesses(material),
        plans.plans(material),
        _written(material, "conclusion", edited.conclusion),
        annexes.follow_up(material),
        annexes.method(material),
        annexes.limits(material),
        annexes.annexes(material, decisions),
    )
    return [part for part in parts if part is not None]


def _written(material: Material, section_id: str, text: str) -> Section | None:
    """Give a part that the organiser wrote, signed; none when nothing is written."""
    if not text:
        return None
    blocks = (SignedText(text=text, by=material.words.organisers),)
    return Section(id=section_id, title=material.words.titles[section_id], blocks=blocks)


def _titled(part: Section, edited: Edited) -> Section:
    """Give a part the title that people chose."""
    title = dict(edited.titles).get(part.id)
    return replace(part, title=title, people=True) if title else part


def _numbered(section: Section, number: str) -> Section:
    inner = tuple(_numbered(one, f"{number}.{rank}") for rank, one in enumerate(section.sections, 1))
    return replace(section, number=section.room or number, sections=inner)
