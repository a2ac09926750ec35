"""The frame's sentences where the report reads across: pairs, what returns, bridges, leads, the log of decisions.

Pure. Beside `words`, which holds the others; the same rules hold: `{name}` is filled, a pair is (one, several).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Sentences of the chapters' second half, of the crossed reading, of the actors and of the log."""

    more_themes: Pair
    more_notes: Pair
    facing: str
    """In a chapter, with `{obstacle}`, `{lever}` and `{words}`."""
    facing_lead: str
    facing_words: str
    facing_none: str
    unanswered: Pair
    louder: str
    louder_overview: str
    conditions_caption: str
    shared_more: Pair
    rows_more: Pair
    """Rows that only the data files hold, with `{n}` and `{file}`."""
    bridges: str
    leads_lead: str
    leads_caption: str
    absent: str
    skills: Mapping[str, str]
    """Headings of the part on skills: "trades", "training", "methods", "postures"."""
    stories_lead: str
    stories_none: str
    stories_silent: str
    stories_territories: str
    stories_told: str
    """Before the notes of the story sessions that name a territory."""
    territories_named: str
    territories_none: str
    territory: str
    """Before a territory's notes, with `{name}`."""
    place: str
    hours: str
    """A session's moment, with `{day}`, `{start}` and `{end}`."""
    hour: str
    """With `{hour}` and `{minutes}`."""
    frozen: str
    """A version that somebody froze, with `{number}`, `{on}` and `{at}`."""
    frozen_means: str
    log: Mapping[str, str]
    """One sentence for each kind of decision, by the name of its act."""
    gone_theme: str
    gone_actor: str
    tray: str
