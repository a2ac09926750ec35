"""From notes to themes: `form` looks at everything again, slowly; `place` puts an arrival where it belongs, at once.

Pure: notes, readings, encoders, decisions and seed in; themes out. Both obey every decision people made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController, threadpool_limits

from synthesis.corpus import Corpus
from synthesis.decisions import Decided
from synthesis.french import Reading
from synthesis.results import Edition, Family, Membership, Parameters, SecondOpinion, Theme
from synthesis.themes import families, grouping
from synthesis.themes.arrival import Home, arrive
from synthesis.themes.clusters import Partition
from synthesis.themes.continuity import (
    CONSENSUS,
    GROUPED,
    displayed_homes,
    known_themes,
    own_confidence,
    own_members,
    present_members,
    read_themes,
)
from synthesis.themes.curation import Wishes, curate, wish
from synthesis.themes.description import called, describe
from synthesis.themes.draft import Draft, drafted, obeyed
from synthesis.themes.identity import overlap, settle
from synthesis.themes.labels import Naming
from synthesis.themes.portrait import Gallery, paint
from synthesis.themes.reinert import second_opinion
from synthesis.themes.sorting import compare, sort
from synthesis.themes.titles import ALIKE, given_names, says, text_of
from synthesis.themes.vectors import Encoders, steady

FEW = 30
"""Notes under which no method finds a subject: they are shown by workshop and kind, and the screen says so."""

UNNAMED = "Thème sans nom"
"""What a theme is called that people made without a name while notes are too few to propose one."""

STEPS = 4
"""What `form` does in turn: look, sort, describe, gather into families."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Themes:
    """What this room says of a corpus, in the types of `results`."""

    themes: tuple[Theme, ...] = ()
    """Largest first, then by id."""
    families: tuple[Family, ...] = ()
    memberships: tuple[Membership, ...] = ()
    """One per note, in the corpus's order."""
    tray: tuple[str, ...] = ()
    aside: tuple[Theme, ...] = ()
    """The machine's themes that people united, emptied or renamed away: what comes back when a decision is undone."""
    method: str = CONSENSUS
    remarks: tuple[str, ...] = ()
    second: SecondOpinion | None = None


def form(
    corpus: Corpus,
    readings: Mapping[str, Reading],
    *,
    encoders: Encoders,
    parameters: Parameters,
    previous: Edition | None = None,
    decisions: Sequence[Decided] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Themes:
    """Look at every note again and propose themes, keeping identities, labels and every decision.

    Args:
        corpus: the notes.
        readings: the reading of each note, by note id.
        encoders: what makes vectors; without a sentence encoder the result says "encoder_missing".
        parameters: number of themes (None: the notes decide) and seed.
        previous: the edition people have read, whose themes are continued.
        decisions: every decision since the beginning.
        progress: called with (steps done, steps in all).
    """
    wishes = wish(decisions)
    if len(corpus) < FEW:
        if previous and previous.method == CONSENSUS and present_members(previous, corpus):
            return place(corpus, readings, encoders=encoders, displayed=previous, decisions=decisions)
        return _grouped(corpus, readings, encoders, wishes, previous)
    with threadpool_limits(1):
        tell = progress or _silent
        gallery = _gallery(corpus, readings, encoders)
        tell(1, STEPS)
        wanted = parameters.themes
        compared = compare(corpus.notes, gallery.readings, encoders, themes=wanted, seed=parameters.seed)
        before = displayed_homes(previous, corpus, wishes)
        found = sort(corpus.notes, compared, gallery.space, themes=wanted, before=before)
        tell(2, STEPS)
        draft = _settled(gallery, found, previous, wishes)
        themes, aside = describe(draft, gallery, encoders, wishes)
        tell(3, STEPS)
        known = previous.families if previous else ()
        grown = families.gather(themes, gallery, compared=compared, previous=known)
        tell(STEPS, STEPS)
        made = _themes(corpus, draft, (themes, aside), grown, wishes, remarks=_remarks(encoders))
        return replace(made, second=_second(made, gallery))


def place(
    corpus: Corpus,
    readings: Mapping[str, Reading],
    *,
    encoders: Encoders,
    displayed: Edition,
    decisions: Sequence[Decided] = (),
    joins: Mapping[str, Home] | None = None,
) -> Themes:
    """Put arrivals in their nearest theme or in the tray; no note already displayed moves but by a person's merge.

    `joins` are the waiting notes that another look has found a place for.

    Notes that are gone leave their theme; a theme without notes is gone too.
    """
    wishes = wish(decisions)
    if displayed.method == GROUPED or (not displayed.themes and len(corpus) < FEW):
        return _grouped(corpus, readings, encoders, wishes, displayed)
    with _threads().limit(limits=1):
        gallery = _gallery(corpus, readings, encoders)
        stood = {one.note_id: one for one in displayed.memberships}
        own = {theme_id: list(notes) for theme_id, notes in own_members(displayed, corpus).items()}
        shown = [theme.id for theme in displayed.themes]
        present = curate(own, wishes, [note.id for note in corpus], shown)
        confidence = {note.id: own_confidence(stood[note.id]) for note in corpus if note.id in stood}
        settled = {note for notes in present.values() for note in notes}
        arrivals = [note.id for note in corpus if note.id not in stood and note.id not in settled]
        rows = gallery.rows()
        homes = arrive([rows[a] for a in arrivals], {k: [rows[n] for n in v] for k, v in present.items()}, gallery)
        waiting = {note_id: home for note_id, home in (joins or {}).items() if note_id in stood}
        machine = {note_id: theme_id for theme_id, notes in own.items() for note_id in notes}
        for note_id, home in (*zip(arrivals, homes, strict=True), *waiting.items()):
            confidence[note_id] = home.confidence
            if home.theme_id and home.theme_id != machine.get(note_id):
                # A note that people took out of a theme waits too: it has a place of the machine's, and only one.
                if note_id in machine:
                    own[machine[note_id]].remove(note_id)
                own.setdefault(home.theme_id, []).append(note_id)
        before = read_themes(displayed)
        names = given_names(displayed)
        draft = drafted(own, corpus, wishes, confidence=confidence, before=before, names=names, shown=shown)
        themes, aside = describe(draft, gallery, encoders, wishes)
        kept = families.keep(displayed.families, themes)
        made = _themes(corpus, draft, (themes, aside), kept, wishes, remarks=_remarks(encoders))
        return replace(made, second=displayed.second)


@cache
def _threads() -> ThreadpoolController:
    """Find once the libraries that compute: looking for them takes as long as a sixth of placing a note."""
    return ThreadpoolController()


def _silent(_done: int, _all: int) -> None:
    return


def _gallery(corpus: Corpus, readings: Mapping[str, Reading], encoders: Encoders) -> Gallery:
    read = [readings[note.id] for note in corpus]
    return Gallery(corpus, read, steady(read, encoders))


def _second(themes: Themes, gallery: Gallery) -> SecondOpinion | None:
    number = {theme.id: index for index, theme in enumerate(themes.themes)}
    return second_opinion(gallery.readings, np.array([number.get(one.theme_id, -1) for one in themes.memberships]))


def _remarks(encoders: Encoders) -> tuple[str, ...]:
    return () if encoders.has_sentences else ("encoder_missing",)


def _settled(
    gallery: Gallery,
    found: Partition,
    previous: Edition | None,
    wishes: Wishes,
) -> Draft:
    """Turn numbered groups into themes with an identity."""
    notes = gallery.corpus.notes
    groups = [
        [notes[row].id for row in gallery.by_centrality(np.flatnonzero(found.labels == name).tolist())]
        for name in range(int(found.labels.max(initial=-1)) + 1)
    ]
    known = known_themes(previous, gallery.corpus, wishes)
    settled = settle(groups, known)
    sure = {note.id: float(np.round(found.confidence[row], 4)) for row, note in enumerate(notes)}
    before = read_themes(previous) if previous else {}
    row = gallery.rows()
    names = {
        theme_id: naming
        for theme_id, naming in given_names(previous).items()
        if theme_id not in settled
        or wishes.touched(theme_id)
        or (
            overlap(known.members.get(theme_id, ()), settled[theme_id]) >= ALIKE
            and says(text_of(gallery, [row[note] for note in settled[theme_id]]), naming)
        )
    }
    return drafted(settled, gallery.corpus, wishes, confidence=sure, before=before, names=names)


def _themes(
    corpus: Corpus,
    draft: Draft,
    described: tuple[Sequence[Theme], Sequence[Theme]],
    grown: Sequence[Family],
    wishes: Wishes,
    *,
    method: str = CONSENSUS,
    remarks: Sequence[str] = (),
) -> Themes:
    family = {theme_id: one.id for one in grown for theme_id in one.theme_ids}
    home = draft.homes()
    return Themes(
        themes=obeyed((replace(theme, family=family.get(theme.id, "")) for theme in described[0]), wishes),
        families=tuple(grown),
        memberships=draft.memberships(corpus),
        tray=tuple(note.id for note in corpus if note.id not in home),
        aside=tuple(described[1]),
        method=method,
        remarks=tuple(remarks),
    )


def _grouped(
    corpus: Corpus, readings: Mapping[str, Reading], encoders: Encoders, wishes: Wishes, shown: Edition | None
) -> Themes:
    """Show a few notes by workshop and kind; an empty morning has nothing to say and no remark."""
    with threadpool_limits(1):
        gallery = _gallery(corpus, readings, encoders)
        groups = grouping.by_workshop_and_kind(corpus)
        before = read_themes(shown) if shown else {}
        titles = {key: theme.proposed_label for key, theme in before.items()} | {one.id: one.label for one in groups}
        own = {group.id: group.note_ids for group in groups}
        sure = {note.id: 1.0 for note in corpus}
        draft = drafted(own, corpus, wishes, confidence=sure, before=before, shown=list(before))
        members = draft.members
        row = gallery.rows()
        themes = [
            called(
                paint(
                    theme_id,
                    gallery.by_centrality([row[note] for note in members[theme_id]]),
                    gallery,
                    naming=Naming(titles.get(theme_id) or UNNAMED),
                    confidence=draft.confidence,
                ),
                wishes,
            )
            for theme_id in sorted(members, key=lambda key: (-len(members[key]), key))
        ]
        remarks = ("few_notes",) if len(corpus) else ()
        aside = draft.aside({key: Naming(title) for key, title in titles.items() if key in own}, themes)
        return _themes(corpus, draft, (themes, aside), (), wishes, method=GROUPED, remarks=remarks)
