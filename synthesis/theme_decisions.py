"""What people decide about themes: operations in the same journal as the notes, replayed over every run.

Pure. Ids only, never the words of a note. `read` is the journal position of what the person had before their eyes:
when somebody else decided the same thing since, the verb refuses and shows both, and nothing is overwritten unseen.
"""

from __future__ import annotations

from typing import Literal

from capture.operations import operation

TRAY = ""
"""Where a note waits « à classer »."""

Forming = Literal["start", "always", "never"]
"""When themes form again by themselves: while young, then untouched and unread; always; never once they are there."""


@operation("theme.renamed")
class ThemeRenamed:
    """A person gave a theme its label."""

    theme_id: str
    label: str
    edition: int = 0
    """The edition the person was reading, 0 when unknown."""
    read: int = 0
    """The journal position the person was reading, 0 when unknown."""


@operation("theme.validated")
class ThemeValidated:
    """A person said that the label of a theme is right as it stands."""

    theme_id: str
    label: str
    read: int = 0


@operation("themes.merged")
class ThemesMerged:
    """A person said that these themes are one; `into` keeps its id and its label."""

    into: str
    theme_ids: tuple[str, ...]
    """The themes that go into it, without `into` itself."""
    edition: int = 0
    read: int = 0
    proposal: str = ""
    """The proposal that this accepts, "" when a person thought of it."""


@operation("theme.split")
class ThemeSplit:
    """A person made a theme of its own out of some notes of a theme; its id is derived from this act."""

    theme_id: str
    note_ids: tuple[str, ...]
    label: str = ""
    """Empty when the machine is to propose one."""
    read: int = 0
    proposal: str = ""


@operation("theme.founded")
class ThemeFounded:
    """A person made a theme out of notes that waited, or that stood in several themes; its id is derived likewise."""

    note_ids: tuple[str, ...]
    label: str = ""
    read: int = 0
    proposal: str = ""


@operation("note.moved")
class NoteMoved:
    """A person said where a note belongs: in a theme, or "" to let it wait « à classer »."""

    note_id: str
    theme_id: str
    read: int = 0
    proposal: str = ""


@operation("note.pinned")
class NotePinned:
    """A person said that a note is in the right theme: it stays there, whatever the machine proposes."""

    note_id: str
    theme_id: str
    read: int = 0


@operation("notes.kept_apart")
class NotesKeptApart:
    """A person said « pas ensemble »: no two of these notes in one theme; the first one named stays."""

    note_ids: tuple[str, ...]
    read: int = 0


@operation("themes.kept_apart")
class ThemesKeptApart:
    """A person said « pas ensemble »: no two of these themes are to be one."""

    theme_ids: tuple[str, ...]
    read: int = 0


@operation("theme.hidden")
class ThemeHidden:
    """A person took a theme off the desk, the wall and the first pages; its notes stay in the annexes."""

    theme_id: str
    read: int = 0


@operation("theme.unhidden")
class ThemeUnhidden:
    """A person brought a hidden theme back."""

    theme_id: str
    read: int = 0


@operation("themes.ordered")
class ThemesOrdered:
    """A person put themes in the order in which they are to be said; those not named come after."""

    theme_ids: tuple[str, ...]
    read: int = 0


@operation("themes.held")
class ThemesHeld:
    """A person said that themes stay as they are: from now on nothing moves by itself."""

    theme_ids: tuple[str, ...]
    read: int = 0


@operation("theme.decision_withdrawn")
class ThemeDecisionWithdrawn:
    """A person took back a decision about themes, this one's own withdrawal included."""

    position: int
    """Where the journal holds the decision that no longer stands."""


@operation("theme.proposal_refused")
class ProposalRefused:
    """A person said no to a proposal: its like does not come back, however many notes arrive."""

    proposal: str
    what: str
    note_ids: tuple[str, ...] = ()
    theme_ids: tuple[str, ...] = ()
    """The themes it would take from and give to, sorted; "" for the tray."""


@operation("theme.proposal_postponed")
class ProposalPostponed:
    """A person set a proposal aside for later: it stays to be read, and is no longer counted."""

    proposal: str


@operation("themes.forming_chosen")
class FormingChosen:
    """The organiser said when themes form again by themselves."""

    mode: Forming


@operation("themes.review_asked")
class ReviewAsked:
    """A person asked for another look at all the notes now."""


ThemeAct = (
    ThemeRenamed
    | ThemeValidated
    | ThemesMerged
    | ThemeSplit
    | ThemeFounded
    | NoteMoved
    | NotePinned
    | NotesKeptApart
    | ThemesKeptApart
    | ThemeHidden
    | ThemeUnhidden
    | ThemesOrdered
    | ThemesHeld
    | ThemeDecisionWithdrawn
    | ProposalRefused
    | ProposalPostponed
    | FormingChosen
    | ReviewAsked
)
"""Every act about themes, in one union: what is replayed over each run."""

NAMES = ("note.moved", "note.pinned", "notes.kept_apart")
"""The names of these acts that do not begin with « theme »."""
