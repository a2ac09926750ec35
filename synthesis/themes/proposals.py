"""Says what a second look prefers to what is displayed, in a form a person can accept, refuse or leave for later.

Pure, and changes nothing. A proposal is known by its content: one that was refused does not come back because a few
notes arrived, and one that no longer says anything new is dropped.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from synthesis.corpus import Corpus
from synthesis.decisions import Decided
from synthesis.french import Reading
from synthesis.results import Edition, Proposal, Theme
from synthesis.theme_decisions import ProposalPostponed, ProposalRefused
from synthesis.themes.arrival import Home
from synthesis.themes.curation import Wishes, wish
from synthesis.themes.curation import standing as standing_decisions
from synthesis.themes.fresh import SHARE, SHARE_ASKED, Change, look_again
from synthesis.themes.identity import overlap
from synthesis.themes.labels import name_all
from synthesis.themes.vectors import Encoders

MERGE, MOVE, NEW, SPLIT = "merge", "move", "new", "split"

ALIKE = 0.5
"""Share of common notes from which two proposals to make a theme are the same one."""

WORDS = 5
"""Words shown as what the notes of a proposal share."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """What another look at every note comes to."""

    joins: Mapping[str, Home]
    """Where each waiting note goes that clearly belongs to a displayed theme: it leaves nothing that people read."""
    changes: tuple[Change, ...]
    """What would be clearer, and is only offered."""


def review(
    corpus: Corpus,
    readings: Mapping[str, Reading],
    *,
    encoders: Encoders,
    displayed: Edition,
    decisions: Sequence[Decided] = (),
    asked: bool = False,
) -> Review:
    """Look at every note again beside what is displayed.

    Args:
        corpus: the notes.
        readings: the reading of each note, by note id.
        encoders: what makes vectors.
        displayed: the edition over these very notes, decisions applied.
        decisions: every decision since the beginning.
        asked: a person asks for it, and has time to read what comes of it.
    """
    wishes = wish(decisions)
    refused = [one.act for one in standing_decisions(decisions) if isinstance(one.act, ProposalRefused)]
    fresh = look_again(
        corpus,
        readings,
        encoders,
        displayed={theme.id: theme.note_ids for theme in displayed.themes},
        held={one.note_id for one in displayed.memberships if one.placed} | set(wishes.places),
        allowed=lambda change: _possible(change, wishes, refused),
        share=SHARE_ASKED if asked else SHARE,
        seed=displayed.parameters.seed,
    )
    return Review(joins=fresh.joins, changes=fresh.changes)


def offer(
    changes: Sequence[Change],
    corpus: Corpus,
    readings: Mapping[str, Reading],
    *,
    encoders: Encoders,
    displayed: Edition,
    decisions: Sequence[Decided] = (),
) -> tuple[Proposal, ...]:
    """Say changes as proposals, named and with their evidence: the clearest first, those postponed last.

    Args:
        changes: what a look prefers, the clearest first.
        corpus: the notes.
        readings: the reading of each note, by note id.
        encoders: what makes vectors.
        displayed: the edition that is changed, its waiting notes placed where they clearly belong.
        decisions: every decision since the beginning.
    """
    made = _gathered(changes)
    named = _name(made, corpus, readings, encoders, displayed)
    found = [_describe(change, label, corpus, readings) for change, label in zip(made, named, strict=True)]
    return standing(found, corpus, displayed.themes, decisions)


def standing(
    proposals: Iterable[Proposal], corpus: Corpus, themes: Sequence[Theme], decisions: Sequence[Decided]
) -> tuple[Proposal, ...]:
    """Return the proposals that still say something new and that nobody refused, those postponed last.

    A proposal falls once a theme it names is gone, or once a note it would move is gone, stands elsewhere or was put
    where it is by a person: what it was made of is no longer there, and the next look will say what there is to say.
    """
    home = {note: theme.id for theme in themes for note in theme.note_ids}
    here = {note.id for note in corpus}
    present = {theme.id for theme in themes}
    said = standing_decisions(decisions)
    refused = [one.act for one in said if isinstance(one.act, ProposalRefused)]
    later = {one.act.proposal for one in said if isinstance(one.act, ProposalPostponed)}
    wishes = wish(decisions)
    kept = [
        replace(one, postponed=one.id in later)
        for one in proposals
        if present.issuperset(_themes(one))
        and here.issuperset(one.note_ids)
        and _unmoved(one, home)
        and wishes.places.keys().isdisjoint(one.note_ids)
        and not any(one.id == act.proposal or _same(one, act) for act in refused)
        and not (one.what == MERGE and wishes.are_apart(one.origins[0], one.target))
    ]
    return tuple(sorted(kept, key=lambda one: one.postponed))


def identify(what: str, note_ids: Collection[str], themes: Collection[str]) -> str:
    """Return the id of a proposal: "p" and 12 hexadecimal digits of its content; a merge is its themes alone."""
    parts = [what, *sorted(themes), "|", *([] if what == MERGE else sorted(note_ids))]
    return "p" + hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _themes(one: Proposal | Change) -> set[str]:
    return {theme for theme in (*one.origins, one.target) if theme}


def _unmoved(proposal: Proposal, home: Mapping[str, str]) -> bool:
    """Say whether each note is still where the proposal would take it from."""
    return all(home.get(note, "") in proposal.origins for note in proposal.note_ids)


def _same(one: Proposal | Change, refused: ProposalRefused) -> bool:
    """Say whether a person has refused this, or its like before some notes came or went."""
    if MERGE in {one.what, refused.what}:
        return one.what == refused.what and _themes(one) == set(refused.theme_ids)
    if MOVE in {one.what, refused.what}:
        alike = one.what == refused.what and one.target in refused.theme_ids
        return alike and bool(set(one.note_ids) & set(refused.note_ids))
    return overlap(one.note_ids, refused.note_ids) >= ALIKE


def _possible(change: Change, wishes: Wishes, refused: Iterable[ProposalRefused]) -> bool:
    """Say whether a change goes against nothing that people decided: a refusal and « pas ensemble » hold."""
    if change.what == MERGE and any(wishes.are_apart(origin, change.target) for origin in change.origins):
        return False
    return not any(_same(change, act) for act in refused)


def _gathered(changes: Iterable[Change]) -> list[Change]:
    """Put the moves from one theme to another in one proposal: a person decides once."""
    kept: list[Change] = []
    moves: dict[tuple[tuple[str, ...], str], int] = {}
    for change in changes:
        key = (change.origins, change.target)
        if change.what != MOVE or key not in moves:
            moves[key] = len(kept)
            kept.append(change)
            continue
        first = kept[moves[key]]
        size, more = len(first.note_ids), len(change.note_ids)
        kept[moves[key]] = replace(
            first,
            note_ids=tuple(sorted({*first.note_ids, *change.note_ids})),
            now=round((first.now * size + change.now * more) / (size + more), 4),
            then=round((first.then * size + change.then * more) / (size + more), 4),
        )
    return kept


def _name(
    changes: Sequence[Change],
    corpus: Corpus,
    readings: Mapping[str, Reading],
    encoders: Encoders,
    displayed: Edition,
) -> list[str]:
    """Propose a label for each theme that would be born, distinct from those that are there."""
    row = {note.id: index for index, note in enumerate(corpus.notes)}
    groups = [[row[note] for note in change.note_ids] for change in changes]
    names = name_all(
        groups,
        [readings[note.id] for note in corpus],
        encoders,
        reserved=[theme.label for theme in displayed.themes],
        skip=[index for index, change in enumerate(changes) if change.what in {MERGE, MOVE}],
    )
    return ["" if one.what in {MERGE, MOVE} else names[index].label for index, one in enumerate(changes)]


def _describe(change: Change, label: str, corpus: Corpus, readings: Mapping[str, Reading]) -> Proposal:
    notes = corpus.by_id()
    rooms = Counter(notes[one].workshop for one in change.note_ids if notes[one].workshop)
    return Proposal(
        id=identify(change.what, change.note_ids, _themes(change)),
        what=change.what,
        note_ids=change.note_ids,
        origins=change.origins,
        target=change.target,
        label=label,
        words=_shared([readings[one] for one in change.note_ids]),
        workshops=tuple(sorted(rooms.items(), key=lambda pair: (-pair[1], pair[0]))),
        now=change.now,
        then=change.then,
    )


def _shared(readings: Sequence[Reading]) -> tuple[str, ...]:
    """Return the content words that most of these notes share, as first written; none for a single note."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for reading in readings:
        for token in reading.tokens:
            if token.content:
                written.setdefault(token.lemma, reading.text[token.start : token.end])
        counts.update({token.lemma for token in reading.tokens if token.content})
    common = sorted((lemma for lemma in counts if counts[lemma] > 1), key=lambda one: (-counts[one], one))
    return tuple(written[lemma] for lemma in common[:WORDS])
