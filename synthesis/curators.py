"""What a person decides about themes. Each verb refuses first, then journals; nothing is computed here.

The follower replays every decision over every run: that is why a decision survives late notes and new runs.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from capture import journal, seats
from capture.db import db
from capture.errors import NotFound, TextTooLong
from capture.models import Note
from capture.performing import performs
from capture.seats import Holder
from synthesis import editions, window
from synthesis.contests import contested
from synthesis.decisions import Decided
from synthesis.errors import DecidedMeanwhile, LabelEmpty, MergeAlone, NothingChosen
from synthesis.theme_decisions import (
    TRAY,
    FormingChosen,
    NoteMoved,
    NotePinned,
    NotesKeptApart,
    ProposalPostponed,
    ProposalRefused,
    ReviewAsked,
    ThemeAct,
    ThemeDecisionWithdrawn,
    ThemeFounded,
    ThemeHidden,
    ThemeRenamed,
    ThemesHeld,
    ThemesKeptApart,
    ThemesMerged,
    ThemesOrdered,
    ThemeSplit,
    ThemeUnhidden,
    ThemeValidated,
)
from synthesis.themes.curation import wish

LABEL_MAX = 300
PAIR = 2
"""« Pas ensemble » is said of two at least."""


def rename(
    act: ThemeRenamed | ThemeValidated, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Give a theme the label a person chose, or say that the one it has is right.

    Raises:
        LabelEmpty, TextTooLong: not a label.
        NotFound: no such theme.
        DecidedMeanwhile: somebody else named it since.
    """

    def refuse() -> None:
        if not act.label.strip():
            raise LabelEmpty
        _check_label(act.label)
        _access_themes(by, act.theme_id)

    return _record(act, by, operation_id, device_at, refuse)


def merge(
    act: ThemesMerged | ThemesKeptApart, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Say that several themes are one, or that they are not to be.

    Raises:
        MergeAlone: there are not two of them.
        NotFound: one of them is not there.
        DecidedMeanwhile: somebody else decided about one of them since.
    """

    def refuse() -> None:
        themes = {act.into, *act.theme_ids} if isinstance(act, ThemesMerged) else set(act.theme_ids)
        if len(themes) < PAIR:
            raise MergeAlone
        _access_themes(by, *themes)

    return _record(act, by, operation_id, device_at, refuse)


def place(
    act: ThemeSplit | ThemeFounded | NoteMoved | NotePinned | NotesKeptApart,
    *,
    by: Holder,
    operation_id: str,
    device_at: int | None = None,
) -> journal.Receipt:
    """Say where notes belong: in a theme of their own, in another one, in the tray, where they are, not together.

    Raises:
        NothingChosen: no note was chosen, or one only for « pas ensemble ».
        NotFound: no such note or theme.
        DecidedMeanwhile: somebody else placed one of them since.
    """

    def refuse() -> None:
        notes = (act.note_id,) if isinstance(act, NoteMoved | NotePinned) else act.note_ids
        if len(set(notes)) < (PAIR if isinstance(act, NotesKeptApart) else 1):
            raise NothingChosen
        _access_notes(by, notes)
        if isinstance(act, ThemeSplit | ThemeFounded):
            _check_label(act.label)
        theme_id = getattr(act, "theme_id", TRAY)
        if theme_id != TRAY or isinstance(act, NotePinned | ThemeSplit):
            _access_themes(by, theme_id)

    return _record(act, by, operation_id, device_at, refuse)


def arrange(
    act: ThemeHidden | ThemeUnhidden | ThemesOrdered | ThemesHeld,
    *,
    by: Holder,
    operation_id: str,
    device_at: int | None = None,
) -> journal.Receipt:
    """Say how themes are shown: out of sight or back, in which order, and that they stay as they are.

    Raises:
        NothingChosen: no theme was named.
        NotFound: no such theme.
        DecidedMeanwhile: somebody else decided it since.
    """

    def refuse() -> None:
        themes = act.theme_ids if isinstance(act, ThemesOrdered | ThemesHeld) else (act.theme_id,)
        if not themes:
            raise NothingChosen
        _access_themes(by, *themes)

    return _record(act, by, operation_id, device_at, refuse)


def withdraw(
    act: ThemeDecisionWithdrawn, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Take back a decision about themes, one's own or another's.

    Raises:
        NotFound: there is no such decision.
    """

    def refuse() -> None:
        if act.position not in {one.position for one in _decisions(by) if isinstance(one.act, ThemeAct)}:
            raise NotFound

    return _record(act, by, operation_id, device_at, refuse)


def answer(
    act: ProposalRefused | ProposalPostponed | ReviewAsked,
    *,
    by: Holder,
    operation_id: str,
    device_at: int | None = None,
) -> journal.Receipt:
    """Say no or « plus tard » to a proposal, or ask for another look at all the notes."""
    return _record(act, by, operation_id, device_at, _nothing)


def choose_forming(
    act: FormingChosen, *, by: Holder, operation_id: str, device_at: int | None = None
) -> journal.Receipt:
    """Say when themes form again by themselves; the organiser alone decides it."""
    seats.access_role(by, "organiser")
    return _record(act, by, operation_id, device_at, _nothing)


def _nothing() -> None:
    return


def _record(
    act: ThemeAct, by: Holder, operation_id: str, device_at: int | None, refuse: journal.Refuse
) -> journal.Receipt:
    """Journal a decision, unless somebody else decided the same thing since it was read."""

    def refuse_both() -> None:
        seats.access_role(by, "temoin")
        refuse()
        other = contested(act, _decisions(by), author=by.author)
        if other is not None:
            raise DecidedMeanwhile(
                by=other.by,
                at=other.at,
                position=other.position,
                label=getattr(other.act, "label", ""),
                theme=getattr(other.act, "theme_id", ""),
            )

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse_both)


def _decisions(by: Holder) -> tuple[Decided, ...]:
    return window.decided(by.gathering_id, journal.head(by.gathering_id))


def _check_label(label: str) -> None:
    if len(label) > LABEL_MAX:
        raise TextTooLong(length=len(label), limit=LABEL_MAX)


def _access_themes(by: Holder, *theme_ids: str) -> None:
    """Refuse themes that are neither in the current edition nor known to an earlier decision."""
    known = {theme.id for theme in editions.read(by.gathering_id).edition.themes}
    if not known.issuperset(theme_ids) and not (known | wish(_decisions(by)).known).issuperset(theme_ids):
        raise NotFound


def _access_notes(by: Holder, note_ids: Iterable[str]) -> None:
    wanted = set(note_ids)
    query = select(Note.id).where(Note.gathering_id == by.gathering_id, Note.id.in_(wanted))
    if set(db.session.scalars(query)) != wanted:
        raise NotFound


performs(ThemeRenamed, ThemeValidated, verb=rename, roles=("temoin",))
performs(ThemesMerged, ThemesKeptApart, verb=merge, roles=("temoin",))
performs(ThemeSplit, ThemeFounded, NoteMoved, NotePinned, NotesKeptApart, verb=place, roles=("temoin",))
performs(ThemeHidden, ThemeUnhidden, ThemesOrdered, ThemesHeld, verb=arrange, roles=("temoin",))
performs(ThemeDecisionWithdrawn, verb=withdraw, roles=("temoin",))
performs(ProposalRefused, ProposalPostponed, ReviewAsked, verb=answer, roles=("temoin",))
performs(FormingChosen, verb=choose_forming, roles=("organiser",))
