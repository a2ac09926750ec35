"""Takes a note out of an edition. Apart from the making of editions, so that a web process need not load all of that.

Pure.
"""

from __future__ import annotations

import dataclasses

from synthesis.results import Edition


def without(edition: Edition, note_id: str) -> Edition:
    """Return an edition from which everything made of one note is gone."""

    def rest(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(other for other in ids if other != note_id)

    replace = dataclasses.replace
    return replace(
        edition,
        themes=tuple(
            replace(
                theme,
                note_ids=rest(theme.note_ids),
                quotes=tuple(quote for quote in theme.quotes if quote.note_id != note_id),
            )
            for theme in edition.themes
        ),
        memberships=tuple(one for one in edition.memberships if one.note_id != note_id),
        tray=rest(edition.tray),
        aside=tuple(replace(theme, note_ids=rest(theme.note_ids)) for theme in edition.aside),
        proposals=tuple(
            replace(one, note_ids=rest(one.note_ids), words=(), label="") if note_id in one.note_ids else one
            for one in edition.proposals
        ),
        actors=tuple(replace(actor, note_ids=rest(actor.note_ids)) for actor in edition.actors),
        ignored=tuple(replace(actor, note_ids=rest(actor.note_ids)) for actor in edition.ignored),
        mentions=tuple(one for one in edition.mentions if one.note_id != note_id),
        links=tuple(replace(link, note_ids=rest(link.note_ids)) for link in edition.links),
        complements=tuple(
            kept
            for one in edition.complements
            for kept in (replace(one, levers=rest(one.levers), obstacles=rest(one.obstacles)),)
            if kept.levers and kept.obstacles
        ),
        cooperations=tuple(replace(one, note_ids=rest(one.note_ids)) for one in edition.cooperations),
    )
