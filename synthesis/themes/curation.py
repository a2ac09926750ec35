"""Turns what people decided into what must hold of any run: which themes are one, and what they are called.

Pure. Decisions are replayed in the journal's order over every proposal, so that neither a re-run nor a late note
undoes one. A decision about a theme that is no longer there has no effect, and is kept for the day it is again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from synthesis.decisions import Decided, ThemeRenamed, ThemesMerged


@dataclass(frozen=True, slots=True)
class Name:
    """A label a person gave, and who."""

    label: str
    by: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people want of themes, whatever the machine proposes."""

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Themes that are one, under the id they are merged into, which comes first; the others in order of merging."""
    root: Mapping[str, str] = field(default_factory=dict)
    """For each id that some decision names, the id it is merged into (itself when it is not)."""
    names: Mapping[str, Name] = field(default_factory=dict)
    """The last label given to each root."""

    @property
    def known(self) -> frozenset[str]:
        """Every id that a decision names: none of them may be given to another theme."""
        return frozenset(self.root)

    def standing(self, theme_id: str, present: Collection[str]) -> str:
        """Return the id under which a theme's notes stand, among the themes that are present."""
        root = self.root.get(theme_id, theme_id)
        return next((member for member in self.groups.get(root, (root,)) if member in present), theme_id)

    def name(self, theme_id: str) -> Name | None:
        """Return the label a person gave to this theme or to the group it stands in."""
        return self.names.get(self.root.get(theme_id, theme_id))

    def touched(self, theme_id: str) -> bool:
        """Say whether a person renamed this theme, or merged it with another."""
        root = self.root.get(theme_id, theme_id)
        return root in self.names or len(self.groups.get(root, ())) > 1


def wish(decisions: Iterable[Decided]) -> Wishes:
    """Replay decisions in their order.

    A rename of a theme already merged names what it was merged into. A merge into a theme itself merged goes where
    that one went; the label of the theme that receives is kept.
    """
    groups: dict[str, list[str]] = {}
    root: dict[str, str] = {}
    names: dict[str, Name] = {}

    def found(theme_id: str) -> str:
        if theme_id not in root:
            root[theme_id] = theme_id
            groups[theme_id] = [theme_id]
        return root[theme_id]

    for decided in sorted(decisions, key=lambda one: one.position):
        match decided.act:
            case ThemeRenamed(theme_id=theme_id, label=label):
                receiver = found(theme_id)
                if label.strip():
                    names[receiver] = Name(label.strip(), decided.by)
                else:
                    names.pop(receiver, None)
            case ThemesMerged(into=into, theme_ids=theme_ids):
                receiver = found(into)
                for given in map(found, theme_ids):
                    if given != receiver:
                        _join(groups, root, names, given, receiver)
    return Wishes({key: tuple(members) for key, members in groups.items()}, root, names)


def _join(
    groups: dict[str, list[str]], root: dict[str, str], names: dict[str, Name], given: str, receiver: str
) -> None:
    for member in groups[given]:
        root[member] = receiver
    groups[receiver] += groups.pop(given)
    names.pop(given, None)


def unite(
    members: Mapping[str, Sequence[str]], wishes: Wishes, shown: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Apply the merges to themes given by their notes; every note stays, under the id its theme stands under.

    Args:
        members: the notes of each theme.
        wishes: what people decided.
        shown: themes that people see, even if their own notes are gone: a merge into one of them keeps its id.
    """
    present = {*members, *shown}
    united: dict[str, list[str]] = {}
    for theme_id in sorted(members):
        united.setdefault(wishes.standing(theme_id, present), []).extend(members[theme_id])
    return {theme_id: tuple(notes) for theme_id, notes in united.items()}
