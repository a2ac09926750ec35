"""Notes, themes and editions by hand, and what a screen shows of them."""

from __future__ import annotations

from dataclasses import replace

from capture.state import NoteState, Wording
from synthesis.present import EditionShown, KindShown, Rows, show
from synthesis.results import (
    Edition,
    Membership,
    Quote,
    Theme,
)

KINDS = (
    KindShown(key="lever", label="Levier", sign="▲"),
    KindShown(key="obstacle", label="Frein", sign="■"),
    KindShown(key="condition", label="Condition de réussite", sign="◆"),
)


WORKSHOPS = (("a", "Gouvernance"), ("b", "Mobilités"), ("c", "Récits"))


def make_note(
    note_id: str, *, kind: str = "lever", workshop: str = "a", text: str = "", revision: int = 1, author: str = "s.d"
) -> NoteState:
    wording = Wording(revision=revision, kind=kind, text=text or f"Une note sur {note_id}.", author=author, at=1)
    return NoteState(id=note_id, session=workshop, position=revision, at=1, author=author, wording=wording)


def make_rows(*notes: NoteState) -> Rows:
    return Rows(position=9, title="Rencontre", notes=notes, workshops=WORKSHOPS, kinds=KINDS)


def make_theme(theme_id: str, *note_ids: str, quotes: tuple[Quote, ...] = (), family: str = "") -> Theme:
    label = f"Thème {theme_id}"
    return Theme(
        id=theme_id, label=label, proposed_label=label, note_ids=note_ids, quotes=quotes, family=family, fragile=True
    )


def make_edition(*themes: Theme, **parts: object) -> Edition:
    memberships = tuple(
        Membership(note_id=note_id, theme_id=theme.id, confidence=0.9)
        for theme in themes
        for note_id in theme.note_ids
    )
    return replace(Edition(position=5, method="consensus", themes=themes, memberships=memberships), **parts)  # type: ignore[arg-type]


def present(edition: Edition, *notes: NoteState) -> EditionShown:
    return show(edition, make_rows(*notes), number=3, made_at=1_000)


def quoting(note_id: str, start: int, end: int, role: str = "central") -> Quote:
    return Quote(note_id=note_id, start=start, end=end, role=role)
