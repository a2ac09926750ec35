"""Everything that is needed to speak without a network: one version, small enough for a phone and a projector.

Pure. The same deck goes to the speaker's phone and to the screen; the room's phones get it without the notes that
nobody means to show.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from capture.typography import typeset
from synthesis.arrange import FIRST, card_quotes
from synthesis.picture import LinkShown, Picture
from synthesis.present import Counts, EditionShown, KindShown, QuoteShown, ThemeShown
from synthesis.restitution.acts import Scene

ACTORS_MAX = 60
"""The most cited actors, those that a speaker may light."""

BELOW = 150
"""The longest quote, in characters, that stands below its theme's name on the screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeckNote:
    """A note as the screen shows it."""

    id: str
    text: str
    kind: str
    workshop: str
    theme_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DeckTheme:
    """A theme as the screen shows it."""

    id: str
    label: str
    size: int
    kinds: Counts
    workshops: Counts
    quotes: tuple[QuoteShown, ...]
    """What its card shows first, then the others, the lone voice last."""
    actors: tuple[str, ...]
    """Ids of the actors that its notes cite most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeckLink:
    """The notes of one theme that cite an actor."""

    theme_id: str
    notes: int
    kinds: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class DeckActor:
    """An actor and the themes where it is cited."""

    id: str
    name: str
    notes: int
    links: tuple[DeckLink, ...]
    """The most notes first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deck:
    """One version, whole, as devices keep it."""

    title: str
    place: str
    edition: int
    position: int
    made_at: int
    notes_count: int
    spoken: int
    kinds: tuple[KindShown, ...]
    workshops: tuple[tuple[str, str], ...]
    themes: tuple[DeckTheme, ...]
    actors: tuple[DeckActor, ...]
    notes: tuple[DeckNote, ...]
    scenes: tuple[Scene, ...]


def make(
    shown: EditionShown, picture: Picture, *, place: str, position: int, scenes: Sequence[Scene] | None = None
) -> Deck:
    """Make the deck of a version; without scenes, it shows the most transversal themes one after the other.

    Args:
        shown: the version.
        picture: its graph.
        place: where the gathering takes place.
        position: the journal position of its notes.
        scenes: what was prepared; None when nothing was.

    """
    return Deck(
        title=typeset(shown.title),
        place=place,
        edition=shown.number,
        position=position,
        made_at=shown.made_at,
        notes_count=len(shown.notes),
        spoken=shown.spoken,
        kinds=shown.kinds,
        workshops=tuple((key, typeset(title)) for key, title, notes in shown.workshops if notes),
        themes=tuple(_theme(theme) for theme in shown.themes),
        actors=tuple(
            DeckActor(
                id=row.actor.id,
                name=row.actor.name,
                notes=row.actor.notes,
                links=tuple(_link(link) for link in row.links),
            )
            for row in picture.rows[:ACTORS_MAX]
        ),
        notes=tuple(
            DeckNote(id=one.id, text=one.text, kind=one.kind, workshop=one.workshop, theme_id=one.theme_id)
            for one in shown.notes
        ),
        scenes=tuple(scenes) if scenes is not None else usual(shown),
    )


def usual(shown: EditionShown) -> tuple[Scene, ...]:
    """Return the scenes of a speech that nobody prepared: the title, the table, each first theme with a quote."""
    scenes = [Scene(view="title")]
    if shown.themes:
        scenes.append(Scene(view="table"))
    for theme in shown.themes[:FIRST]:
        scenes.append(Scene(view="theme", theme_id=theme.id))
        scenes += [Scene(view="quote", theme_id=theme.id, note_id=one.note_id) for one in _unsaid(theme)[:1]]
    return tuple(scenes)


def _unsaid(theme: ThemeShown) -> tuple[QuoteShown, ...]:
    """Return the quotes of a theme's card that its own scene does not show: a room reads nothing twice in a row."""
    quotes = card_quotes(theme)
    return quotes[1:] if quotes and len(quotes[0].text) <= BELOW else quotes


def for_the_room(deck: Deck) -> Deck:
    """Return a deck for the room's phones: of the notes, only those that a scene means to show; no actor's table."""
    wanted = {scene.note_id for scene in deck.scenes}
    return dataclasses.replace(deck, notes=tuple(note for note in deck.notes if note.id in wanted))


def _link(link: LinkShown) -> DeckLink:
    kinds = tuple((key, number) for key, number in link.kinds if number)
    return DeckLink(theme_id=link.theme_id, notes=link.notes, kinds=kinds)


def _theme(theme: ThemeShown) -> DeckTheme:
    first = card_quotes(theme)
    rest = tuple(quote for quote in theme.quotes if quote not in first)
    return DeckTheme(
        id=theme.id,
        label=theme.label,
        size=theme.size,
        kinds=tuple((key, number) for key, number in theme.kinds if number),
        workshops=theme.workshops,
        quotes=(*first, *rest),
        actors=tuple(actor.id for actor in theme.actors[:6]),
    )
