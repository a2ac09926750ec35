"""Describes the themes of a run: the names they keep or receive, their portraits, and what people call them.

Pure. What was described from the same notes is left exactly as people read it.
"""

from __future__ import annotations

from dataclasses import replace

from synthesis.results import Theme
from synthesis.themes.curation import Wishes
from synthesis.themes.draft import Draft
from synthesis.themes.portrait import Gallery, paint
from synthesis.themes.titles import entitle, naming_of
from synthesis.themes.vectors import Encoders


def describe(
    draft: Draft, gallery: Gallery, encoders: Encoders, wishes: Wishes
) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    """Name and describe each theme, largest first; one made of the same notes is not described again.

    Returns:
        The displayed themes, and those whose name is not read: see `Draft.aside`.
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
    titles = entitle(draft, gallery, encoders, wishes, same)
    themes = tuple(
        replace(
            called(
                same[theme_id]
                if theme_id in same and naming_of(same[theme_id]) == titles.shown[theme_id]
                else paint(
                    theme_id, rows[theme_id], gallery, naming=titles.shown[theme_id], confidence=draft.confidence
                ),
                wishes,
            ),
            drawn_from=sources[theme_id],
        )
        for theme_id in order
    )
    return themes, draft.aside(titles.given, themes)


def called(theme: Theme, wishes: Wishes) -> Theme:
    """Give a theme the label that a person gave it, or the machine's."""
    name = wishes.name(theme.id)
    return replace(theme, label=name.label if name else theme.proposed_label, named_by=name.by if name else "")


def _same(theme_id: str, draft: Draft, source: str) -> bool:
    return theme_id in draft.before and draft.before[theme_id].drawn_from == source
