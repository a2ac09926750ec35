"""Describes the themes of a run: the names they keep or receive, their portraits, and what people call them.

Pure. What was described from the same notes is left exactly as people read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from synthesis.results import Theme
from synthesis.themes.curation import Wishes
from synthesis.themes.draft import Draft
from synthesis.themes.identity import overlap
from synthesis.themes.labels import Naming, name_all
from synthesis.themes.portrait import Gallery, paint
from synthesis.themes.vectors import Encoders


def describe(draft: Draft, gallery: Gallery, encoders: Encoders, wishes: Wishes) -> tuple[Theme, ...]:
    """Name and describe each theme, largest first.

    One made of the same notes is not described again; one much as it was keeps the name it was read under.
    """
    order = sorted(draft.members, key=lambda theme_id: (-len(draft.members[theme_id]), theme_id))
    row = gallery.rows()
    sources = {
        theme_id: gallery.source([row[note] for note in draft.members[theme_id]], draft.confidence)
        for theme_id in order
    }
    same = {theme_id: draft.before[theme_id] for theme_id in order if _same(theme_id, draft, sources[theme_id])}
    rows = {
        theme_id: [row[note] for note in same[theme_id].note_ids]
        if theme_id in same
        else gallery.by_centrality([row[note] for note in draft.members[theme_id]])
        for theme_id in order
    }
    namings = _namings(order, same, rows, draft, gallery, encoders, wishes)
    return tuple(
        replace(
            called(
                same[theme_id]
                if theme_id in same
                else paint(theme_id, rows[theme_id], gallery, naming=namings[theme_id], confidence=draft.confidence),
                wishes,
            ),
            drawn_from=sources[theme_id],
        )
        for theme_id in order
    )


def called(theme: Theme, wishes: Wishes) -> Theme:
    """Give a theme the label that a person gave it, or the machine's."""
    name = wishes.name(theme.id)
    return replace(theme, label=name.label if name else theme.proposed_label, named_by=name.by if name else "")


def _same(theme_id: str, draft: Draft, source: str) -> bool:
    return theme_id in draft.before and draft.before[theme_id].drawn_from == source


def _namings(
    order: Sequence[str],
    same: Mapping[str, Theme],
    rows: Mapping[str, Sequence[int]],
    draft: Draft,
    gallery: Gallery,
    encoders: Encoders,
    wishes: Wishes,
) -> dict[str, Naming]:
    """Return what the machine calls each theme: what it was called where that still holds, else a fresh name."""
    kept = {
        theme_id: naming
        for theme_id in order
        if (
            naming := _named(same[theme_id])
            if theme_id in same
            else _kept_naming(theme_id, draft, rows, gallery, wishes)
        )
    }
    reserved = [naming.label for naming in kept.values()]
    reserved += [name.label for theme_id in order if (name := wishes.name(theme_id))]
    skip = [index for index, theme_id in enumerate(order) if theme_id in kept]
    groups = [rows[theme_id] for theme_id in order]
    fresh = name_all(groups, gallery.readings, encoders, reserved=reserved, skip=skip)
    return {theme_id: kept.get(theme_id, fresh[index]) for index, theme_id in enumerate(order)}


def _named(theme: Theme) -> Naming:
    return Naming(theme.proposed_label, theme.keywords)


ALIKE = 0.5
"""Overlap from which a theme keeps its proposed name and its distinguishing words."""


def _kept_naming(
    theme_id: str, draft: Draft, rows: Mapping[str, Sequence[int]], gallery: Gallery, wishes: Wishes
) -> Naming | None:
    before = draft.before.get(theme_id)
    if before is None:
        return None
    # A theme that people shaped keeps the name they know it by, however much it grew or shrank by their hand.
    if overlap(before.note_ids, draft.members[theme_id]) < ALIKE and not wishes.touched(theme_id):
        return None
    text = "\n".join(gallery.readings[row].text for row in rows[theme_id])
    if before.proposed_label.casefold() not in text.casefold() or any(word not in text for word in before.keywords):
        return None
    return _named(before)
