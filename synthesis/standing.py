"""What an edition says beyond its themes and links: who bridges, who is absent, what one workshop says more.

Pure. Apart from `results`, which holds the edition that these values are part of.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Bridge:
    """An actor that stands between themes others keep to, and how sure that is (see `synthesis.actors.bridges`)."""

    actor_id: str
    stability: float
    """Share of the resamples in which it is still among the first."""
    betweenness: tuple[float, float, float]
    """As measured, and the interval that holds nine resamples of ten."""
    participation: tuple[float, float, float]
    constraint: tuple[float, float, float]
    """A resample leaves some notes out, so its constraint is higher as a rule."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Absent:
    """Who the programme or the organiser names and no note does."""

    name: str
    source: str
    """"programme" or "listed"."""
    family: str = ""
    people: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Complement:
    """Levers here, obstacles there: two actors never cited together, in one theme, from different workshops."""

    giver_id: str
    """The actor whose notes are levers."""
    seeker_id: str
    """The actor whose notes are obstacles."""
    theme_id: str
    levers: tuple[str, ...]
    obstacles: tuple[str, ...]
    expected: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Louder:
    """What is said in one workshop more than elsewhere (see `synthesis.themes.overrepresented`)."""

    theme_id: str
    workshop: str
    notes: int
    expected: float
    """Notes that would be there if every workshop spoke of every theme alike."""
    p_value: float
