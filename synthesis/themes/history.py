"""Keeps the story of each theme's identity: what it was born of, what its notes became.

Pure. What people did is in the journal; what the machine did is here, from one edition to the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from synthesis.results import Edition, Event, Theme

BORN, ENDED = "born", "ended"


def chronicle(previous: Edition | None, themes: Sequence[Theme], position: int) -> tuple[Event, ...]:
    """Return the events of the edition before, then the births and ends since.

    Args:
        previous: the edition that was displayed; None before any.
        themes: those of the new edition.
        position: the journal position of the new edition.
    """
    before = {theme.id: theme for theme in previous.themes} if previous else {}
    after = {theme.id: theme for theme in themes}
    told = previous.events if previous else ()
    came, went = _homes(before), _homes(after)
    born = [_event(BORN, after[one], position, came) for one in sorted(set(after) - set(before))]
    ended = [_event(ENDED, before[one], position, went) for one in sorted(set(before) - set(after))]
    return (*told, *born, *ended)


def _homes(themes: Mapping[str, Theme]) -> dict[str, str]:
    return {note: theme.id for theme in themes.values() for note in theme.note_ids}


def _event(what: str, theme: Theme, position: int, elsewhere: Mapping[str, str]) -> Event:
    others = Counter(elsewhere[note] for note in theme.note_ids if note in elsewhere)
    return Event(
        theme_id=theme.id,
        what=what,
        position=position,
        notes=len(theme.note_ids),
        workshops=len(theme.workshops),
        label=theme.label,
        others=tuple(sorted(others, key=lambda one: (-others[one], one))),
    )
