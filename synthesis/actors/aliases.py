"""Which names are one actor: acronym and full name, with or without its head, a slip of the keyboard.

Pure. The register starts from what is known (the organiser's list, families, public bodies), grows with what notes
define and name, and only joins on evidence: homonyms that differ by a place, a number or a full word stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from synthesis.actors import tables
from synthesis.actors.kinds import family_of, name_key
from synthesis.actors.names import abbreviates, close, content, fold, run_together, slug_of
from synthesis.actors.patterns import is_organisation_head, is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from synthesis.corpus import ListedActor

_LIGHT = (
    "association collectif reseau entreprise societe groupe groupement cooperative cabinet scic scop gaec"
    " laboratoire club compagnie cafe mouvement fonds federation"
)
_LIGHT_HEADS = frozenset(_LIGHT.split())
"""Heads that people drop: « l’association Les Semeurs » is « Les Semeurs »."""

_RUN_TOGETHER = 8
"""Letters from which a name written in one word is taken for the same in several: « TerreVive » for « Terre Vive »."""


@dataclass(slots=True)
class Entry:
    """One actor of the register, with every form it is known by."""

    name: str
    source: str
    acronym: str = ""
    family: str = ""
    people: bool = False
    forms: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    """Surfaces found in notes, counted: the commonest names an actor that nobody listed."""
    capital: bool = False
    """Whether only a capital names it."""
    marked: bool = False
    """Whether a rapporteur marked it in a note."""
    rank: int = 0
    """The weight of its source where two names claim the same words: listed, marked, known, found."""

    def keys(self) -> set[str]:
        """Every key that leads to it."""
        return {key for form in (self.name, self.acronym, *self.forms) if form and (key := name_key(form))}


RANKS = {"listed": 0, "marked": 1, "known": 2, "family": 2, "found": 3}


class Register:
    """Every actor that may be named, reached by any of its keys."""

    def __init__(self, listed: Sequence[ListedActor]) -> None:
        self.entries: list[Entry] = []
        self._by_key: dict[str, int] = {}
        self._alike: dict[tuple[int, str], list[tuple[str, ...]]] = defaultdict(list)
        self._bare: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._squashed: dict[str, int] = {}
        self.things: set[str] = set()
        """Acronyms, folded, that a note says in full and that are no organisation: « déchets verts (DV) »."""
        for body in tables.bodies():
            self._add(
                Entry(body.name, "known", body.acronym, body.family, forms=list(body.aliases), capital=body.capital)
            )
        for family in tables.families():
            self._add(Entry(family.name, "family", "", family.key, people=True, forms=list(family.forms)))
        self._by_listed: dict[str, int] = {}
        for actor in listed:
            self._list(actor)

    def _add(self, entry: Entry) -> int:
        entry.rank = RANKS[entry.source]
        self.entries.append(entry)
        owner = len(self.entries) - 1
        for key in sorted(entry.keys()):
            self._reach(key, owner)
        return owner

    def _reach(self, key: str, owner: int) -> None:
        """Make an actor reachable by a key that nobody has."""
        for form in (self.entries[owner].name, *self.entries[owner].forms):
            self._squashed.setdefault(run_together(form), owner)
        if not key or key in self._by_key:
            return
        self._by_key[key] = owner
        words = tuple(key.split())
        self._alike[len(words), words[0][0]].append(words)
        if (bare := _without_head(words)) is not None:
            self._bare[bare].add(key)

    def _list(self, actor: ListedActor) -> None:
        """Take an organiser's actor: one we know takes its name and family, another is added, first come first."""
        names = [actor.name, actor.acronym, *actor.aliases]
        known = [owner for name in names if name and (owner := self._by_key.get(name_key(name))) is not None]
        same = [owner for owner in known if self.entries[owner].rank > RANKS["listed"]]
        listed = [owner for owner in known if self.entries[owner].source == "listed"]
        if name_key(actor.name) in {name_key(self.entries[owner].name) for owner in listed}:
            entry = self.entries[listed[0]]
            entry.forms += [name for name in names if name]
        elif same and not self._contradicts(actor, self.entries[same[0]]):
            entry = self.entries[same[0]]
            entry.forms += [entry.name]
            entry.name, entry.source, entry.rank = actor.name, "listed", RANKS["listed"]
            entry.acronym = actor.acronym or entry.acronym
            entry.family = entry.family if entry.people else actor.family or entry.family
            entry.forms += [name for name in names if name]
        else:
            entry = Entry(actor.name, "listed", actor.acronym, actor.family, forms=list(actor.aliases))
            entry.rank = RANKS["listed"]
            self.entries.append(entry)
        owner = self.entries.index(entry)
        for key in sorted(entry.keys()):
            if key in self._by_key and self.entries[self._by_key[key]].rank > RANKS["listed"]:
                self._by_key[key] = owner
            self._reach(key, owner)

    @staticmethod
    def _contradicts(actor: ListedActor, entry: Entry) -> bool:
        """Whether an organiser's actor only shares its acronym with a body that is another one."""
        full = [name_key(name) for name in (entry.name, *entry.forms) if len(content(name)) > 1]
        return len(content(actor.name)) > 1 and bool(full) and name_key(actor.name) not in full

    def find(self, name: str) -> int | None:
        """Return the actor of this name, whichever of its forms it is, words run together included."""
        owner = self._by_key.get(name_key(name))
        if owner is None and name.isupper():
            # « ÉLUS » said loud are people, and no acronym.
            small = self._by_key.get(name_key(name.lower()))
            owner = small if small is not None and self.entries[small].people else None
        if owner is None and (near := self._squashed.get(run_together(name))) is not None:
            owner = None if self.entries[near].people or len(run_together(name)) < _RUN_TOGETHER else near
        return owner

    def learn(self, name: str, *, source: str, acronym: str = "") -> int:
        """Return the actor of this name, adding it when nobody is called so."""
        owner = self.find(name)
        if owner is None and acronym:
            owner = self._named_by(acronym, name)
        if owner is None:
            owner = self._near(name)
        if owner is None:
            return self._add(Entry(name, source, acronym, family_of(name), marked=source == "marked"))
        entry = self.entries[owner]
        if source == "marked":
            entry.marked = True
            entry.source = "marked" if entry.source == "found" else entry.source
        self._also(owner, name, acronym)
        return owner

    def _also(self, owner: int, *names: str) -> None:
        entry = self.entries[owner]
        for name in names:
            if name and name not in entry.forms and name != entry.name:
                entry.forms.append(name)
            if name:
                self._reach(name_key(name), owner)

    def _named_by(self, acronym: str, name: str) -> int | None:
        """Return the actor of an acronym when the full name is not already another's."""
        owner = self.find(acronym)
        if owner is None:
            return None
        entry = self.entries[owner]
        other = next((form for form in (entry.name, *entry.forms) if len(content(form)) > 1), None)
        return owner if other is None or _slips(content(other), content(name)) else None

    def _near(self, name: str) -> int | None:
        """Return the only organisation whose name is this one but for a slip, or for a head that people drop."""
        words = tuple(name_key(name).split())
        if not words:
            return None
        bare = _without_head(words) or words
        dropped = {" ".join(bare), *self._bare.get(bare, ())} if _tells(bare) else set()
        slipped = {" ".join(other) for other in self._alike.get((len(words), words[0][0]), ()) if _slips(words, other)}
        found = {self._by_key[key] for key in dropped | slipped if key in self._by_key}
        found = {owner for owner in found if not self.entries[owner].people}
        return found.pop() if len(found) == 1 else None

    def join_acronyms(self) -> None:
        """Join each found acronym to the one found or listed name that it abbreviates, when there is only one."""
        for owner, entry in enumerate(self.entries):
            if not _is_acronym(_own_name(entry.name)) or entry.source == "known" or self._merged(owner):
                continue
            full = [
                other
                for other, longer in enumerate(self.entries)
                if other != owner
                and (longer.source in ("listed", "marked") or longer.seen)
                and not longer.people
                and (not longer.acronym or fold(longer.acronym) == fold(entry.name))
                and is_organisation_head(longer.name)
                and _shortens(entry.name, longer.name)
            ]
            if len(full) == 1:
                self._merge(owner, full[0])

    def _merged(self, owner: int) -> bool:
        return self.resolve(owner) != owner

    def _merge(self, owner: int, into: int) -> None:
        gone, kept = self.entries[owner], self.entries[into]
        kept.acronym = kept.acronym or gone.name
        kept.forms += [gone.name, *gone.forms]
        kept.seen.update(gone.seen)
        if gone.rank < kept.rank:
            kept.source, kept.rank = gone.source, gone.rank
        for key, holder in list(self._by_key.items()):
            if holder == owner:
                self._by_key[key] = into

    def resolve(self, owner: int) -> int:
        """Return the actor that an entry has been joined to, itself as a rule."""
        return self._by_key.get(name_key(self.entries[owner].name), owner)


def _own_name(name: str) -> str:
    """Return a name without its legal form: « SCI TPCP » is the « TPCP »."""
    head, _, rest = name.partition(" ")
    return rest if rest and fold(head) in _FORMS else name


_FORMS = frozenset(["sci", "scic", "scop", "gfa", "gaec", "earl", "cuma", "asso", "association", "collectif"])


def _shortens(short: str, name: str) -> bool:
    """Whether a name is the acronym of another, both with the same legal form or neither."""
    own = _own_name(short)
    if own == short:
        return abbreviates(short, name)
    return fold(short.split(maxsplit=1)[0]) == fold(name.split(maxsplit=1)[0]) and abbreviates(own, _own_name(name))


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(content(name)) == 1 and len(name) > 2  # noqa: PLR2004 - two letters prove nothing


def _without_head(words: tuple[str, ...]) -> tuple[str, ...] | None:
    return words[1:] if len(words) > 1 and words[0] in _LIGHT_HEADS else None


def _tells(words: tuple[str, ...]) -> bool:
    """Whether a name without its head still names one thing: not a place, and more than two or three letters."""
    return len(" ".join(words)) > 3 and not is_place(" ".join(words))  # noqa: PLR2004 - « 4D » proves little


def _slips(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ by one slip in one word, both long enough, neither a place of its own."""
    if one == other:
        return True
    if len(one) != len(other) or sum(map(len, one)) < 8:  # noqa: PLR2004 - under eight letters, a slip is another name
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(pairs) != 1 or not close(*pairs[0]):
        return False
    return not (is_place(pairs[0][0]) and is_place(pairs[0][1]))


def ids_of(entries: Iterable[tuple[int, Entry]]) -> dict[int, str]:
    """Give each actor its id: « a- » and its name in ASCII; a second of the same slug takes « -2 »."""
    ids: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for owner, entry in sorted(entries, key=lambda pair: (pair[1].rank, name_key(pair[1].name), pair[1].name)):
        slug = slug_of(entry.name) or "x"
        taken[slug] += 1
        ids[owner] = f"a-{slug}" if taken[slug] == 1 else f"a-{slug}-{taken[slug]}"
    return ids
