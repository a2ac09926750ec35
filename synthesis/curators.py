"""What a person decides about themes: rename, merge. Each verb refuses first, then journals; nothing is computed here.

The follower replays every decision over every run: that is why a decision survives late notes and new runs.
"""

from __future__ import annotations

from capture import journal, seats
from capture.errors import NotFound, TextTooLong
from capture.performing import performs
from capture.seats import Holder
from synthesis import editions
from synthesis.decisions import ThemeRenamed, ThemesMerged
from synthesis.errors import LabelEmpty, MergeAlone

LABEL_MAX = 300


def rename(act: ThemeRenamed, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Give a theme the label a person chose.

    Raises:
        LabelEmpty, TextTooLong: not a label.
        NotFound: no such theme in the current edition.
    """

    def refuse() -> None:
        seats.access_role(by, "temoin")
        if not act.label.strip():
            raise LabelEmpty
        if len(act.label) > LABEL_MAX:
            raise TextTooLong(length=len(act.label), limit=LABEL_MAX)
        _access_themes(by, act.theme_id)

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def merge(act: ThemesMerged, *, by: Holder, operation_id: str, device_at: int | None = None) -> journal.Receipt:
    """Say that several themes are one.

    Raises:
        MergeAlone: there is nothing to merge it with.
        NotFound: one of them is not in the current edition.
    """

    def refuse() -> None:
        seats.access_role(by, "temoin")
        others = set(act.theme_ids) - {act.into}
        if not others:
            raise MergeAlone
        _access_themes(by, act.into, *sorted(others))

    return seats.record(act, by=by, operation_id=operation_id, device_at=device_at, refuse=refuse)


def _access_themes(by: Holder, *theme_ids: str) -> None:
    known = {theme.id for theme in editions.read(by.gathering_id).edition.themes}
    if not known.issuperset(theme_ids):
        raise NotFound


performs(ThemeRenamed, verb=rename, roles=("temoin",))
performs(ThemesMerged, verb=merge, roles=("temoin",))
