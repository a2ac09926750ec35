"""What one synthesis says, as values: themes, memberships, quotes, actors, links, and the edition that holds them.

Pure. Spans, not copies: a quote and a mention are a note id with two character offsets into that note's text, so
that erasing a note erases what was made of it. Everything is ordered, so that the same edition is the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from synthesis.standing import Absent, Bridge, Complement, Louder

SCHEMA_VERSION = 1
"""Raised when a reader of `edition.json` must change; fields are only ever added under one version."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameters:
    """What a person may set for a run, and what the run must be told to be repeatable."""

    themes: int | None = None
    """How many themes to make; None lets the notes decide."""
    seed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A stretch of a note, shown exactly as written: `corpus[note_id].text[start:end]`."""

    note_id: str
    start: int
    end: int
    role: str
    """Why it was chosen: "central", "diverse", or "lone" (la voix isolée)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """One note's place. `theme_id` is "" for a note that waits in the tray « à classer »."""

    note_id: str
    theme_id: str
    confidence: float
    """0 to 1: how often the consensus agrees on this place; 1 when a person decided it."""
    proposed: str | None = None
    """The machine's own place, when people decided otherwise; None when it is `theme_id`."""
    placed: bool = False
    """True when a person put the note where it is."""
    sure: float | None = None
    """How sure the machine is of its own place, when people decided otherwise; None when it is `confidence`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """A group of notes with a stable identity, a label and quotes."""

    id: str
    label: str
    proposed_label: str
    """What the machine calls it; equal to `label` until a person renames it."""
    named_by: str = ""
    """Empty while the label is only proposed; else the seat that decided it."""
    subtitle: str = ""
    """A longer line of distinguishing words, each of which occurs in the notes."""
    keywords: tuple[str, ...] = ()
    note_ids: tuple[str, ...] = ()
    """Sorted by how central the note is, most central first."""
    kinds: tuple[tuple[str, int], ...] = ()
    """(kind, count), in the order of the corpus's kinds, "" last."""
    workshops: tuple[tuple[str, int], ...] = ()
    """(workshop id, count), largest first then by id."""
    rapporteurs: int = 0
    quotes: tuple[Quote, ...] = ()
    cohesion: float = 0.0
    """Mean cosine of the theme's notes to its centre, in the fused space."""
    confidence: float = 0.0
    """Mean membership confidence."""
    fragile: bool = False
    """Fewer than five notes, or only one workshop."""
    family: str = ""
    """The id of its family (the coarser level); "" when there is none."""
    named_at: int = 0
    """The journal position at which a person named it; 0 while the label is only proposed."""
    hidden: bool = False
    """A person took it off the desk, the wall and the first pages; its notes stay in the annexes."""
    drawn_from: str = ""
    """Digest of the notes it was described from: while it is the same, the theme is not described again."""
    rank: int = 0
    """The place a person gave it among the others, from 1; 0 when nobody did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """A group of themes for the stage."""

    id: str
    label: str
    theme_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened to a theme's identity. Ids are never reused: every id ever given is in one of these."""

    theme_id: str
    what: str
    """"born", or "ended" when it holds no note any more."""
    position: int
    """The journal position that was read."""
    notes: int = 0
    """Notes it was born of, or held at the last."""
    workshops: int = 0
    label: str = ""
    others: tuple[str, ...] = ()
    """The themes its notes came from, or went to, those that gave or took most first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """Something a second look prefers to what is displayed. Nothing changes until a person accepts it."""

    id: str
    """Derived from its content."""
    what: str
    """"new", "merge", "split" or "move"."""
    note_ids: tuple[str, ...]
    """The notes that would change place, sorted."""
    origins: tuple[str, ...]
    """The themes they would leave, sorted; "" stands for the tray."""
    target: str = ""
    """The theme they would join; "" when a theme would be born."""
    label: str = ""
    """What the theme that would be born is called for now."""
    words: tuple[str, ...] = ()
    """Words that these notes share, the most shared first, as written in the first of them."""
    workshops: tuple[tuple[str, int], ...] = ()
    """(workshop id, count), largest first then by id."""
    now: float = 0.0
    """How often the looks put these notes with the notes they are displayed with, 0 to 1."""
    then: float = 0.0
    """How often the looks put them with the notes they would be with, 0 to 1."""
    postponed: bool = False
    """A person set it aside for later."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SecondOpinion:
    """How far Reinert's descending classification, blind to our method, finds the same groups."""

    classes: int
    classified: float
    """Share of the notes that it could class."""
    ami: float
    """Adjusted mutual information with the themes: 0 for chance, 1 for the same groups."""
    ari: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """Where a note names an actor. `start == end == 0` when the rapporteur marked it outside the text."""

    note_id: str
    start: int
    end: int
    surface: str
    actor_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """An organisation, or a family of people, that the notes name."""

    id: str
    name: str
    acronym: str = ""
    family: str = ""
    """A key of the family table ("elus", "associations", "etat"…)."""
    people: bool = False
    """True for a family of people (élus, habitants…), False for an organisation."""
    aliases: tuple[str, ...] = ()
    """Every surface seen or listed, sorted."""
    note_ids: tuple[str, ...] = ()
    source: str = "found"
    """"listed" by the organiser, "marked" by a rapporteur, or "found" in the text."""
    named_by: str = ""
    """Empty while the name is the notes' own; else the seat that decided it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An edge of the actor–theme graph, made of notes."""

    actor_id: str
    theme_id: str
    note_ids: tuple[str, ...]
    kinds: tuple[tuple[str, int], ...] = ()
    strength: str = "check"
    """"established" (survives false-discovery control), "signal" (p < .05 and two notes) or "check"."""
    p_value: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Cooperation:
    """Two actors cited in the same notes."""

    actor_ids: tuple[str, str]
    note_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Affinity:
    """Two actors close by their themes (« proches par leurs thèmes »): a lead, never a finding, never a co-mention."""

    actor_ids: tuple[str, str]
    cosine: float
    """Cosine of their shrunken log-odds theme profiles (see `synthesis.actors.profiles`)."""
    theme_ids: tuple[str, ...] = ()
    """Themes that both are linked to, the ones that bring them closest first."""
    together: int = 0
    """Notes that cite both; 0 for two actors never cited together."""
    expected: float = 0.0
    """Notes that would cite both if, inside each theme, every note cited its actors by chance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActorMeasure:
    """One actor's place in the graph (see `synthesis.actors.measures` for each formula)."""

    actor_id: str
    notes: int
    themes: int
    degree: float
    betweenness: float
    x: float = 0.0
    y: float = 0.0
    participation: float = 0.0
    """0 when all its notes are in one theme, towards 1 when they are spread evenly over many."""
    constraint: float = 0.0
    """Burt's constraint among actors cited together: low when an actor joins others who are not joined; 0 if alone."""
    community: int = 0
    """Actors of one number share their themes more than chance would have it; 0 for an actor of no theme."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """Where a theme stands on the map; coordinates in [-1, 1], kept from one edition to the next."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The synthesis of one corpus: reproducible to the byte from corpus, parameters, decisions and version."""

    schema: int = SCHEMA_VERSION
    input_hash: str = ""
    position: int = 0
    parameters: Parameters = field(default_factory=Parameters)
    versions: tuple[tuple[str, str], ...] = ()
    method: str = ""
    """"consensus", or "grouped" when there are too few notes and they are shown by workshop and kind."""
    themes: tuple[Theme, ...] = ()
    families: tuple[Family, ...] = ()
    memberships: tuple[Membership, ...] = ()
    tray: tuple[str, ...] = ()
    """Ids of the notes that wait to be placed (« à classer »), sorted."""
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    links: tuple[Link, ...] = ()
    cooperations: tuple[Cooperation, ...] = ()
    measures: tuple[ActorMeasure, ...] = ()
    places: tuple[Placed, ...] = ()
    affinities: tuple[Affinity, ...] = ()
    leads: tuple[Affinity, ...] = ()
    """Cooperations to explore: pairs never cited together whose themes meet most, the likeliest first."""
    bridges: tuple[Bridge, ...] = ()
    """The actors that stay bridges in four resamples of five, the most central first."""
    absent: tuple[Absent, ...] = ()
    complements: tuple[Complement, ...] = ()
    """Leads in which one side brings levers and the other meets obstacles; the likeliest first."""
    ignored: tuple[Actor, ...] = ()
    """What people said is no actor: in no count and on no picture, kept so that it can come back."""
    aside: tuple[Theme, ...] = ()
    """The machine's themes that a decision left without notes to show: kept for the day it is taken back."""
    events: tuple[Event, ...] = ()
    """Births and ends of themes since the beginning, in order."""
    proposals: tuple[Proposal, ...] = ()
    """What the last second look prefers, those postponed last."""
    second: SecondOpinion | None = None
    """From the last time the themes were formed; None when there is nothing to compare."""
    louder: tuple[Louder, ...] = ()
    """Themes said in one workshop more than elsewhere, theme by theme, the least likely by chance first."""
    remarks: tuple[str, ...] = ()
    """Codes of what a reader must be told ("few_notes", "encoder_missing"…), translated where they are shown."""
