"""Who is not there: families of people that the programme names, and listed organisations, that no note cites.

Pure. An absence is a fact about the notes, not about the people: it says that nobody wrote their name down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from synthesis.actors.aliases import Register
from synthesis.actors.gazetteer import Gazetteer, words_of
from synthesis.actors.names import key_of
from synthesis.standing import Absent
from synthesis.themes.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from synthesis.corpus import ListedActor
    from synthesis.results import Actor


def find(programme: Iterable[str], listed: Sequence[ListedActor], cited: Sequence[Actor]) -> tuple[Absent, ...]:
    """Return who is named before the gathering and by no note: families of the programme first, each by name.

    Args:
        programme: titles and questions of the sessions.
        listed: the organiser's organisations.
        cited: the actors that the notes name, as found, before anybody merged or renamed them.
    """
    there = {key_of(name) for actor in cited for name in (actor.name, actor.acronym, *actor.aliases) if name}
    register = Register([])
    gazetteer = Gazetteer()
    people = [(owner, entry) for owner, entry in enumerate(register.entries) if entry.people]
    for owner, entry in people:
        for form in (entry.name, *entry.forms):
            gazetteer.add(form, owner, case="any", noun=True)
    named = {
        hit.owner
        for sentence in programme
        for text in (normalise(sentence).text,)
        for hit in gazetteer.find(text, words_of(text))
    }
    families = {actor.family for actor in cited if actor.people}
    missing = [
        Absent(name=entry.name, source="programme", family=entry.family, people=True)
        for owner, entry in people
        if owner in named and entry.family not in families
    ]
    silent = [
        Absent(name=actor.name, source="listed", family=actor.family)
        for actor in listed
        if not any(key_of(name) in there for name in (actor.name, actor.acronym, *actor.aliases) if name)
    ]
    ordered = (*sorted(missing, key=lambda one: one.name), *sorted(silent, key=lambda one: one.name))
    return tuple(dict.fromkeys(ordered))
