"""Folds what people wrote in the report into what stands: one wording per part, or two that somebody must choose from.

Pure. Nothing is overwritten unseen: a wording written over one that is not there any more is kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from capture.state import Written
from synthesis.editing.acts import ReportOrdered, ReportSettled, ReportTestified, ReportWorded
from synthesis.report.blocks import Signed
from synthesis.report.edited import Edited

WITNESS = "regard."
"""How the part of a witness's own text is named, before its id."""

THEME = "theme."
PART = "partie."
ORDER = "ordre"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """One wording of a part."""

    position: int
    text: str
    author: str
    """The seat and device that wrote it."""
    at: int = 0
    by: str = ""
    """The signature of a witness's own text."""
    theme_ids: tuple[str, ...] = ()
    """What an order of chapters says."""

    @property
    def seat(self) -> str:
        """The seat it was written from."""
        return self.author.split(".")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """What stands of each part: usually one wording; the first is shown until somebody chooses."""

    parts: dict[str, tuple[Wording, ...]] = field(default_factory=dict)

    def shown(self, part: str) -> str:
        """Return the words that the report shows for a part, "" when nobody wrote any."""
        return next((one.text for one in self.parts.get(part, ())), "")

    def owner(self, part: str) -> str:
        """Return the seat that a witness's text belongs to, "" while it is nobody's."""
        return next((one.seat for one in self.parts.get(part, ())), "")


def part_of(act: ReportWorded | ReportTestified | ReportOrdered | ReportSettled) -> str:
    """Return the part that an act is about."""
    if isinstance(act, ReportTestified):
        return WITNESS + act.text_id
    return ORDER if isinstance(act, ReportOrdered) else act.part


def fold(entries: Iterable[Written]) -> Texts:
    """Return what stands after these acts, in journal order."""
    parts: dict[str, tuple[Wording, ...]] = {}
    for written in entries:
        act, part = written.act, part_of(written.act)
        before = parts.get(part, ())
        if isinstance(act, ReportSettled):
            parts[part] = tuple(one for one in before if one.position == act.position) or before
        else:
            parts[part] = _joined(before, _wording(written), act.base)
    return Texts(parts=parts)


def _wording(written: Written) -> Wording:
    act = written.act
    return Wording(
        position=written.position,
        text=getattr(act, "text", ""),
        author=written.author,
        at=written.at,
        by=getattr(act, "by", ""),
        theme_ids=getattr(act, "theme_ids", ()),
    )


def _joined(before: tuple[Wording, ...], new: Wording, base: int) -> tuple[Wording, ...]:
    """Replace the wording that was read, or one's own; else stand beside, unless it says the same."""
    replaceable: tuple[Callable[[Wording], bool], ...] = (
        lambda one: one.position == base,
        lambda one: one.author == new.author,
        lambda one: (one.text, one.by, one.theme_ids) == (new.text, new.by, new.theme_ids),
    )
    for fits in replaceable:
        for rank, one in enumerate(before):
            if fits(one):
                return (*before[:rank], new, *before[rank + 1 :])
    return (*before, new)


def edited(texts: Texts, standing: Callable[[str], str]) -> Edited:
    """Return what the composition takes.

    Args:
        texts: what stands.
        standing: the theme that a theme went into, itself when it is still there.

    """
    chapters = [
        (standing(part.removeprefix(THEME)), words[0].text)
        for part, words in sorted(texts.parts.items())
        if part.startswith(THEME) and words[0].text.strip()
    ]
    order = next((one.theme_ids for one in texts.parts.get(ORDER, ())), ())
    titles = [
        (part.removeprefix(PART), words[0].text.strip())
        for part, words in sorted(texts.parts.items())
        if part.startswith(PART) and words[0].text.strip()
    ]
    return Edited(
        title=texts.shown("titre").strip(),
        introduction=texts.shown("introduction").strip(),
        conclusion=texts.shown("conclusion").strip(),
        titles=tuple(titles),
        chapters=tuple(chapters),
        order=tuple(dict.fromkeys(standing(theme_id) for theme_id in order)),
        unsettled=sum(1 for words in texts.parts.values() if len(words) > 1),
    )


def signed(texts: Texts) -> tuple[Signed, ...]:
    """Return the witnesses' own texts, in the order of their first words."""
    return tuple(
        Signed(text=words[0].text.strip(), by=words[0].by.strip())
        for part, words in texts.parts.items()
        if part.startswith(WITNESS) and words[0].text.strip()
    )
