"""Action scenarios as a page shows them: their parts, the notes they rest on word for word, and the form to write one.

Pure. A note removed since is no longer shown; the scenario that cited it stays.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from synthesis.atlas.scenarios import Scenario, Wording
    from synthesis.present import EditionShown, NoteShown

FOUND = 40
"""Notes that a search shows at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioShown:
    """One wording of a scenario with its notes."""

    id: str
    revision: int
    title: str
    steps: tuple[str, ...]
    actors: tuple[str, ...]
    levers: tuple[NoteShown, ...]
    obstacles: tuple[NoteShown, ...]
    conditions: tuple[NoteShown, ...]
    notes: tuple[NoteShown, ...]
    rivals: tuple[ScenarioShown, ...] = ()
    """Other wordings, written at the same time, that wait for a choice."""

    @property
    def cited(self) -> tuple[NoteShown, ...]:
        """Every note it rests on, levers first."""
        return (*self.levers, *self.obstacles, *self.conditions, *self.notes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """The notes of a theme, to choose from."""

    theme_id: str
    label: str
    notes: tuple[NoteShown, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What stands in the form."""

    scenario: ScenarioShown | None
    chosen: frozenset[str]
    shelves: tuple[Shelf, ...]
    themes: tuple[tuple[str, str], ...]
    """(id, label) of the themes whose notes are not on the form yet."""
    actors: tuple[str, ...] = ()
    """The names that stand in the form."""
    searched: str = ""
    found: tuple[NoteShown, ...] = ()
    """Notes that hold every word searched for, the oldest first, those on the form left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What the form is asked to hold."""

    scenario_id: str = ""
    words: str = ""
    """Searched for in every note."""
    theme_ids: Collection[str] = ()
    note_ids: Collection[str] = ()
    actors: Collection[str] = ()


def show(scenarios: Sequence[Scenario], shown: EditionShown) -> tuple[ScenarioShown, ...]:
    """Present the scenarios over the notes as they stand."""
    notes = shown.by_id()
    return tuple(
        _wording(one.id, one.wording, notes, tuple(_wording(one.id, rival, notes) for rival in one.rivals))
        for one in scenarios
    )


def _wording(
    key: str, wording: Wording, notes: Mapping[str, NoteShown], rivals: tuple[ScenarioShown, ...] = ()
) -> ScenarioShown:
    def there(note_ids: Sequence[str]) -> tuple[NoteShown, ...]:
        return tuple(notes[note_id] for note_id in note_ids if note_id in notes)

    act = wording.act
    return ScenarioShown(
        id=key,
        revision=wording.revision,
        title=act.title,
        steps=act.steps,
        actors=act.actors,
        levers=there(act.levers),
        obstacles=there(act.obstacles),
        conditions=there(act.conditions),
        notes=there(act.notes),
        rivals=rivals,
    )


def draft(scenarios: Sequence[ScenarioShown], shown: EditionShown, wanted: Wanted) -> Draft:
    """Prepare the form: an existing scenario or a new one, with notes to choose from: of themes, chosen, or found."""
    scenario = next((one for one in scenarios if one.id == wanted.scenario_id), None)
    cited = scenario.cited if scenario else ()
    chosen = frozenset({note.id for note in cited} | set(wanted.note_ids))
    notes = shown.by_id()
    theme_ids = set(wanted.theme_ids) | {notes[note.id].theme_id for note in cited}
    shelves = [
        Shelf(theme_id=theme.id, label=theme.label, notes=tuple(notes[one] for one in theme.note_ids))
        for theme in shown.themes
        if theme.id in theme_ids
    ]
    placed = {note.id for shelf in shelves for note in shelf.notes}
    loose = tuple(note for note in shown.notes if note.id in chosen - placed)
    words = _plain(wanted.words).split()
    found = [note for note in shown.notes if words and all(word in _plain(note.text) for word in words)]
    return Draft(
        scenario=scenario,
        chosen=chosen,
        shelves=(*shelves, Shelf(theme_id="", label="", notes=loose)) if loose else tuple(shelves),
        themes=tuple((theme.id, theme.label) for theme in shown.themes if theme.id not in theme_ids),
        actors=scenario.actors if scenario else tuple(dict.fromkeys(wanted.actors)),
        searched=wanted.words,
        found=tuple(note for note in found if note.id not in placed | chosen)[:FOUND],
    )


def _plain(text: str) -> str:
    """Return a text without its accents, capitals and typographic apostrophes."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return "".join(char for char in letters if not unicodedata.combining(char))
