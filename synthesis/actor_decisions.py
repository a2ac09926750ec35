"""What people decide about actors: operations in the same journal as the notes, replayed over every run.

Pure. A decision names an actor by its id and by the marks of the spellings that a person had before their eyes, so
that it still finds its actor when a late note changes the machine's own name for it. A mark is a digest: no decision
copies words of a note, and « c'est une personne » leaves no name in the journal.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from pydantic import ConfigDict, with_config

from capture.operations import operation
from synthesis.actors.names import key_of

PERSON = "person"
"""The reason of an actor set aside because it is somebody's name."""


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, kw_only=True)
class ActorSeen:
    """An actor as a person saw it when deciding."""

    id: str
    names: tuple[str, ...] = ()
    """Marks of its spellings (« #… », see `mark_of`); a file written by hand may give the spellings themselves."""


@operation("actor.renamed")
class ActorRenamed:
    """A person gave an actor the name to show."""

    actor: ActorSeen
    name: str


@operation("actors.merged")
class ActorsMerged:
    """A person said that these actors are one; `into` keeps its id and its name."""

    into: ActorSeen
    actors: tuple[ActorSeen, ...]


@operation("actor.split")
class ActorSplit:
    """A person said that some spellings of an actor are another one, and what that one is called."""

    actor: ActorSeen
    spellings: tuple[str, ...]
    """What goes out, as marks or as written."""
    name: str


@operation("actor.ignored")
class ActorIgnored:
    """A person said that this is no actor: its notes stay, it is on no picture and in no count."""

    actor: ActorSeen
    reason: str = ""
    """"person" when it is somebody's name; "" for anything else that is no actor."""


@operation("actor.classified")
class ActorClassified:
    """A person said of which family an actor is."""

    actor: ActorSeen
    family: str


@operation("actors.kept_apart")
class ActorsKeptApart:
    """A person said that actors which look alike are not one: they are no longer offered as such."""

    actors: tuple[ActorSeen, ...]


@operation("actor.decision_withdrawn")
class ActorDecisionWithdrawn:
    """A person took back a decision about actors, this one's own withdrawal included."""

    position: int
    """Where the journal holds the decision that no longer stands."""


ActorAct = (
    ActorRenamed
    | ActorsMerged
    | ActorSplit
    | ActorIgnored
    | ActorClassified
    | ActorsKeptApart
    | ActorDecisionWithdrawn
)


@lru_cache(maxsize=65_536)
def mark_of(spelling: str) -> str:
    """Return the mark of a spelling, the same for every spelling of one key; a mark is its own.

    >>> mark_of("la Mairie de Saint-Malo") == mark_of("ville de St Malo")
    True
    """
    if spelling.startswith("#"):
        return spelling
    key = key_of(spelling) or spelling.strip()
    return "#" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
