"""« Depuis votre dernière lecture »: what changed between a version that was read and the newest, and nothing else.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from synthesis.present import EditionShown, NoteShown, ThemeShown


@dataclass(frozen=True, kw_only=True, slots=True)
class Grown:
    """A theme that received notes."""

    theme: ThemeShown
    arrived: tuple[NoteShown, ...]
    """The notes written since."""
    workshops: tuple[str, ...]
    """Titles of the workshops that now speak of it and did not before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Renamed:
    """A theme that is called otherwise."""

    theme: ThemeShown
    before: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """What a reader who comes back must know."""

    arrived: int
    """Notes written since."""
    reworded: tuple[NoteShown, ...]
    gone: tuple[NoteShown, ...]
    """Notes that were set aside, as they were read."""
    appeared: tuple[ThemeShown, ...]
    disappeared: tuple[ThemeShown, ...]
    """Themes that were merged or dissolved, as they were read."""
    renamed: tuple[Renamed, ...]
    grown: tuple[Grown, ...]
    """The most grown first."""
    waiting: tuple[NoteShown, ...]
    """Notes written since that wait to be placed."""

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        parts = (self.reworded, self.gone, self.appeared, self.disappeared, self.renamed, self.grown, self.waiting)
        return self.arrived > 0 or any(parts)


def differences(before: EditionShown, now: EditionShown) -> Differences:
    """Return what stands in `now` and did not in `before`, and the other way round."""
    known, standing = before.by_id(), now.by_id()
    written = [note for note in now.notes if note.id not in known]
    old = {theme.id: theme for theme in before.themes}
    kept = [theme for theme in now.themes if theme.id in old]
    return Differences(
        arrived=len(written),
        reworded=tuple(note for note in now.notes if note.id in known and known[note.id].text != note.text),
        gone=tuple(note for note in before.notes if note.id not in standing),
        appeared=tuple(theme for theme in now.themes if theme.id not in old),
        disappeared=tuple(theme for theme in before.themes if now.theme(theme.id) is None),
        renamed=tuple(
            Renamed(theme=theme, before=old[theme.id].label) for theme in kept if old[theme.id].label != theme.label
        ),
        grown=_grown(kept, old, written, now),
        waiting=tuple(note for note in written if not note.theme_id),
    )


def _grown(
    kept: Sequence[ThemeShown], old: dict[str, ThemeShown], written: Sequence[NoteShown], now: EditionShown
) -> tuple[Grown, ...]:
    found = []
    for theme in kept:
        arrived = tuple(note for note in written if note.theme_id == theme.id)
        heard = {key for key, _ in old[theme.id].workshops}
        fresh = tuple(now.titles.get(key, key) for key, _ in theme.workshops if key not in heard)
        if arrived:
            found.append(Grown(theme=theme, arrived=arrived, workshops=fresh))
    return tuple(sorted(found, key=lambda one: (-len(one.arrived), one.theme.id)))
