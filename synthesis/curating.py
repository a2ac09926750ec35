"""What a curator is shown beside the themes: what is offered, what was decided and by whom, what is out of sight.

Everything here is counted from the edition and the journal; nothing is computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from capture import journal, operations
from synthesis import readers, window
from synthesis.decisions import Decided
from synthesis.present import EditionShown, NoteShown
from synthesis.results import Event, Proposal
from synthesis.screens import Screen
from synthesis.theme_decisions import (
    NoteMoved,
    ProposalPostponed,
    ProposalRefused,
    ReviewAsked,
    ThemeAct,
    ThemeDecisionWithdrawn,
    ThemeFounded,
    ThemesMerged,
    ThemeSplit,
)
from synthesis.themes import freedom
from synthesis.themes.curation import newborns, standing

LOOKS = 10
"""How often the looks put notes together is said out of ten: a number one can say aloud."""

LOG = 30
"""Decisions listed, the last first; all of them are in the report's annexes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalShown:
    """A proposal with its evidence, and the acts that accept it, refuse it or leave it for later."""

    id: str
    what: str
    origins: tuple[str, ...]
    """Labels of the themes that the notes would leave; none for notes that wait."""
    target: str
    """Label of the theme they would join, "" when one would be born."""
    label: str
    words: tuple[str, ...]
    notes: tuple[NoteShown, ...]
    workshops: int
    now: int
    """Of ten looks, how many put these notes with those they stand with."""
    then: int
    """Of ten looks, how many put them with those they would stand with."""
    postponed: bool
    accept: tuple[Mapping[str, Any], ...]
    refuse: tuple[Mapping[str, Any], ...]
    later: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionShown:
    """A decision as the list says it."""

    position: int
    name: str
    """The act's permanent name."""
    at: int
    by: str
    mine: bool
    label: str
    """The label it gave, or the theme it is about."""
    others: tuple[str, ...]
    """Labels of the other themes it names."""
    notes: int
    theme_ids: tuple[str, ...]
    """Every theme it is about, the one it makes or keeps first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Curating:
    """Everything about decisions that a page of themes shows."""

    proposals: tuple[ProposalShown, ...]
    decisions: tuple[DecisionShown, ...]
    """Those that stand, the last first."""
    decided: int
    mode: str
    state: freedom.State
    """Whether themes form again by themselves."""
    young: int = freedom.YOUNG
    labels: Mapping[str, str] = field(default_factory=dict)
    """The last label of every theme that ever was."""

    @property
    def waiting(self) -> int:
        """How many proposals nobody has answered."""
        return sum(1 for one in self.proposals if not one.postponed)


def read(gathering_id: int, screen: Screen, *, author: str, notes: int) -> Curating:
    """Return what a curator is shown beside this screen.

    Args:
        gathering_id: whose themes.
        screen: what the curator has under their eyes.
        author: the seat and device that reads.
        notes: how many notes there are now, whichever version is read.
    """
    decisions = window.decided(gathering_id, journal.head(gathering_id))
    stand = [one for one in standing(decisions) if isinstance(one.act, ThemeAct)]
    labels = _labels(screen, decisions)
    told = [one for one in stand if not isinstance(one.act, ReviewAsked | ProposalPostponed | ThemeDecisionWithdrawn)]
    answered = {one.act.proposal for one in stand if isinstance(one.act, ProposalRefused)}
    return Curating(
        proposals=tuple(
            _proposal(one, screen.shown, labels) for one in screen.edition.proposals if one.id not in answered
        ),
        decisions=tuple(_decision(one, labels, author, newborns(decisions)) for one in reversed(told[-LOG:])),
        decided=len(told),
        mode=freedom.chosen(decisions),
        state=_state(gathering_id, decisions, notes),
        labels=labels,
    )


def _state(gathering_id: int, decisions: tuple[Decided, ...], notes: int) -> freedom.State:
    found = freedom.state(decisions, notes)
    return "held" if found == "unread" and readers.relied_on(gathering_id) else found


@dataclass(frozen=True, kw_only=True, slots=True)
class EventShown:
    """A birth or an end, as the page of a theme says it."""

    what: str
    """"born" or "ended", of this theme; "gave" or "received" when another was born of its notes, or ended in it."""
    notes: int
    workshops: int
    others: tuple[str, ...]
    """Labels: where the notes came from or went, those that gave or took most first; or the other theme's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What became of one theme: by the machine, and by people; each the first first."""

    events: tuple[EventShown, ...]
    decisions: tuple[DecisionShown, ...]


def history(theme_id: str, screen: Screen, curating: Curating) -> History:
    """Return what a theme's page tells of its identity: its own story, then what left it for another or joined it."""
    decided = {one for decision in curating.decisions for one in decision.theme_ids}
    told = [_told(event, theme_id, curating.labels, decided) for event in screen.edition.events]
    return History(
        events=tuple(one for one in told if one),
        decisions=tuple(one for one in reversed(curating.decisions) if theme_id in one.theme_ids),
    )


def _told(event: Event, theme_id: str, labels: Mapping[str, str], decided: set[str]) -> EventShown | None:
    """Return what an event is to one theme; None when it is nothing to it, or is told as a person's decision."""
    what, others = event.what, tuple(labels[one] for one in event.others[:MOST_OTHERS] if one in labels)
    if event.theme_id != theme_id:
        if event.others[:1] != (theme_id,) or event.theme_id in decided:
            return None
        what, others = OTHERS[event.what], (labels.get(event.theme_id, event.label),)
    return EventShown(what=what, notes=event.notes, workshops=event.workshops, others=others)


OTHERS = {"born": "gave", "ended": "received"}
MOST_OTHERS = 3
"""Themes that one line names."""


def _labels(screen: Screen, decisions: tuple[Decided, ...]) -> dict[str, str]:
    """Return the last label of every theme that ever was."""
    labels = {event.theme_id: event.label for event in screen.edition.events}
    labels |= {theme.id: theme.label for theme in screen.edition.aside}
    born = newborns(decisions)
    made = {born[one.position]: one.act.label for one in decisions if isinstance(one.act, ThemeSplit | ThemeFounded)}
    # What a person called it, else what the machine did.
    labels |= {theme_id: label for theme_id, label in made.items() if label or theme_id not in labels}
    return labels | {theme.id: theme.label for theme in screen.edition.themes}


def _act(act: object) -> Mapping[str, Any]:
    return {"name": operations.name_of(act), "payload": operations.dump(act)}


def _proposal(one: Proposal, shown: EditionShown, labels: Mapping[str, str]) -> ProposalShown:
    notes = shown.by_id()
    themes = tuple(sorted({*one.origins, one.target} - {""}))
    refused = ProposalRefused(proposal=one.id, what=one.what, note_ids=one.note_ids, theme_ids=themes)
    return ProposalShown(
        id=one.id,
        what=one.what,
        origins=tuple(labels.get(theme, theme) for theme in one.origins if theme),
        target=labels.get(one.target, one.target),
        label=one.label,
        words=one.words,
        notes=tuple(notes[note] for note in one.note_ids if note in notes),
        workshops=len(one.workshops),
        now=round(one.now * LOOKS),
        then=round(one.then * LOOKS),
        postponed=one.postponed,
        accept=tuple(_act(act) for act in _accepting(one, shown.position)),
        refuse=(_act(refused),),
        later=(_act(ProposalPostponed(proposal=one.id)),),
    )


def _accepting(one: Proposal, read_at: int) -> list[ThemeAct]:
    """Return the decisions that a proposal becomes: the same acts as a person's own."""
    if one.what == "merge":
        return [ThemesMerged(into=one.target, theme_ids=one.origins, read=read_at, proposal=one.id)]
    if one.what == "split":
        return [ThemeSplit(theme_id=one.origins[0], note_ids=one.note_ids, read=read_at, proposal=one.id)]
    if one.what == "new":
        return [ThemeFounded(note_ids=one.note_ids, read=read_at, proposal=one.id)]
    return [NoteMoved(note_id=note, theme_id=one.target, read=read_at, proposal=one.id) for note in one.note_ids]


def _decision(decided: Decided, labels: Mapping[str, str], author: str, born: Mapping[int, str]) -> DecisionShown:
    act = decided.act
    theme = str(born.get(decided.position) or getattr(act, "theme_id", "") or getattr(act, "into", ""))
    others = tuple(one for one in getattr(act, "theme_ids", ()) if one and one != theme)
    notes = getattr(act, "note_ids", ()) or ((act.note_id,) if hasattr(act, "note_id") else ())
    return DecisionShown(
        position=decided.position,
        name=operations.name_of(act),
        at=decided.at,
        by=decided.by,
        mine=bool(author) and decided.author == author,
        label=getattr(act, "label", "") or labels.get(theme, ""),
        others=tuple(labels.get(one, one) for one in others),
        notes=len(notes),
        theme_ids=tuple(dict.fromkeys((theme, *others, getattr(act, "theme_id", theme)))),
    )
