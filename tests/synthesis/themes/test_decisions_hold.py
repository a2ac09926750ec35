"""After any sequence of decisions and arrivals: each decision holds, no note is lost, two sittings equal one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.decisions import Decided
from synthesis.results import Edition, Parameters, Proposal
from synthesis.theme_decisions import (
    Forming,
    FormingChosen,
    NoteMoved,
    NotePinned,
    NotesKeptApart,
    ProposalPostponed,
    ProposalRefused,
    ReviewAsked,
    ThemeAct,
    ThemeDecisionWithdrawn,
    ThemeFounded,
    ThemeHidden,
    ThemeRenamed,
    ThemesHeld,
    ThemesKeptApart,
    ThemesMerged,
    ThemesOrdered,
    ThemeSplit,
    ThemeUnhidden,
    ThemeValidated,
)
from synthesis.themes.curation import Wishes, newborns, standing, wish
from synthesis.themes.pipeline import Themes, form, place
from synthesis.themes.proposals import offer, review
from synthesis.themes.proposals import standing as still_offered
from tests.synthesis.themes.plain import Rule, bare, corpus, edition, readings

"""After any sequence of decisions and arrivals: each decision holds, no note is lost, two sittings equal one."""


ACTS = """rename validate merge split found move tray pin part hide unhide order
keep_apart hold refuse postpone choose ask withdraw withdraw""".split()  # noqa: SIM905 - read as lines


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("arrive"), st.integers(1, 9), st.just(0)),
        st.tuples(st.just("remove"), st.integers(0, 200), st.just(0)),
        st.tuples(st.just("form"), st.just(0), st.just(0)),
        st.tuples(st.just("review"), st.just(0), st.just(0)),
        *(st.tuples(st.just(act), st.integers(0, 40), st.integers(0, 40)) for act in ACTS),
    ),
    max_size=10,
)


def act_of(step: str, one: int, two: int, shown: Edition, decisions: list[Decided]) -> ThemeAct | None:  # noqa: C901, PLR0912 - one line per act
    """The act of a person who reads this edition and points at the `one`th and the `two`th thing of it."""
    themes = [theme.id for theme in shown.themes]
    notes = [member.note_id for member in shown.memberships]
    if step == "withdraw":
        return ThemeDecisionWithdrawn(position=one % len(decisions) + 1) if decisions else None
    if not themes or not notes:
        return None
    theme, other = themes[one % len(themes)], themes[two % len(themes)]
    note, fellow = notes[one % len(notes)], notes[two % len(notes)]
    some = next(item for item in shown.themes if item.id == theme).note_ids[: 1 + two % 4]
    match step:
        case "rename":
            return ThemeRenamed(theme_id=theme, label=f"Nom {two}")
        case "validate":
            return ThemeValidated(theme_id=theme, label=f"Juste {two}")
        case "merge":
            return ThemesMerged(into=theme, theme_ids=(other,)) if other != theme else None
        case "split":
            return ThemeSplit(theme_id=theme, note_ids=some, label="À part" if two % 2 else "")
        case "found":
            return ThemeFounded(note_ids=tuple(sorted({note, fellow})))
        case "move":
            return NoteMoved(note_id=note, theme_id=other)
        case "tray":
            return NoteMoved(note_id=note, theme_id="")
        case "pin":
            home = next(item.theme_id for item in shown.memberships if item.note_id == note)
            return NotePinned(note_id=note, theme_id=home) if home else None
        case "part":
            return NotesKeptApart(note_ids=(note, fellow)) if note != fellow else None
        case "hide":
            return ThemeHidden(theme_id=theme)
        case "unhide":
            return ThemeUnhidden(theme_id=theme)
        case "keep_apart":
            return ThemesKeptApart(theme_ids=(theme, other)) if other != theme else None
        case "hold":
            return ThemesHeld(theme_ids=(theme,))
        case "choose":
            return FormingChosen(mode=MODES[one % len(MODES)])
        case "ask":
            return ReviewAsked()
    return _answer(step, one, shown) if step in {"refuse", "postpone"} else ThemesOrdered(theme_ids=(other, theme))


MODES: tuple[Forming, ...] = ("start", "always", "never")


def _answer(step: str, one: int, shown: Edition) -> ThemeAct | None:
    """Say no or later to what the last look offered."""
    if not shown.proposals:
        return None
    given = shown.proposals[one % len(shown.proposals)]
    if step == "postpone":
        return ProposalPostponed(proposal=given.id)
    themes = tuple(sorted({*given.origins, given.target} - {""}))
    return ProposalRefused(proposal=given.id, what=given.what, note_ids=given.note_ids, theme_ids=themes)


def assert_decisions_hold(themes: Themes, decisions: list[Decided], notes: set[str]) -> None:  # noqa: C901 - one promise after the other
    """Read the decisions that stand once more, by themselves, and look for each in the themes."""
    home = {note: theme.id for theme in themes.themes for note in theme.note_ids}
    assert sorted([*home, *themes.tray]) == sorted(notes)
    stand, born, wishes = standing(decisions), newborns(decisions), wish(decisions)
    places: dict[str, tuple[int, str]] = {}
    apart: list[tuple[int, tuple[str, ...]]] = []
    for decided in stand:
        match decided.act:
            case ThemeSplit(note_ids=ids) | ThemeFounded(note_ids=ids):
                places |= dict.fromkeys(ids, (decided.position, born[decided.position]))
            case NoteMoved(note_id=note, theme_id=theme_id) | NotePinned(note_id=note, theme_id=theme_id):
                places[note] = (decided.position, theme_id)
            case NotesKeptApart(note_ids=ids):
                apart.append((decided.position, ids))
    for position, (one, other) in apart:
        if home.get(one) is not None and home.get(one) == home.get(other):
            assert all(places.get(note, (0, ""))[0] > position for note in (one, other))
    for note, (position, theme_id) in places.items():
        if note not in notes or any(note in ids and said > position for said, ids in apart):
            continue
        if theme_id == "":
            assert note not in home
        elif not any(note in ids for _, ids in apart):
            root = wishes.root[theme_id]
            assert home[note] in wishes.groups[root]
    for theme in themes.themes:
        name = wishes.name(theme.id)
        assert (theme.label, theme.named_by) == ((name.label, "s") if name else (theme.proposed_label, ""))
        assert theme.hidden == wishes.hidden(theme.id)
        group = wishes.groups.get(wishes.root.get(theme.id, theme.id), [])
        assert not any(other.id in group for other in themes.themes if other.id != theme.id)
    assert_order_holds(themes, stand, wishes)


def assert_order_holds(themes: Themes, stand: tuple[Decided, ...], wishes: Wishes) -> None:
    """The last order given is that of the ranks, a merged theme standing where the first of its parts was put."""
    orders = [decided.act.theme_ids for decided in stand if isinstance(decided.act, ThemesOrdered)]
    roots = list(dict.fromkeys(wishes.root.get(one, one) for one in orders[-1])) if orders else []
    ranks = {wishes.root.get(theme.id, theme.id): theme.rank for theme in themes.themes}
    assert all(rank == (roots.index(root) + 1 if root in roots else 0) for root, rank in ranks.items())


def assert_proposals_obey(offered: Sequence[Proposal], themes: Themes, decisions: list[Decided]) -> None:
    """Nothing is offered against a decision: no placed note, no theme kept apart, nothing that was refused."""
    stand, wishes = standing(decisions), wish(decisions)
    homes = {note: theme.id for theme in themes.themes for note in theme.note_ids}
    refused = {decided.act.proposal for decided in stand if isinstance(decided.act, ProposalRefused)}
    later = {decided.act.proposal for decided in stand if isinstance(decided.act, ProposalPostponed)}
    for one in offered:
        assert one.id not in refused
        assert one.postponed == (one.id in later)
        assert not set(one.note_ids) & set(wishes.places)
        assert all(homes.get(note, "") in one.origins for note in one.note_ids)
        assert one.what != "merge" or not wishes.are_apart(one.origins[0], one.target)


@given(start=st.sampled_from([12, 45]), steps=STEPS)
@settings(max_examples=20, deadline=None, derandomize=True)
def test_after_any_sequence_each_decision_holds_and_two_sittings_equal_one(
    start: int, steps: list[tuple[str, int, int]]
) -> None:
    numbers, arrived, decisions = set(range(start)), start, []
    shown = edition(form(corpus(numbers), readings(corpus(numbers)), encoders=Rule(), parameters=Parameters()))
    sitting, base = len(decisions), shown
    for step, one, two in steps:
        if step == "arrive":
            numbers |= set(range(arrived, arrived + one))
            arrived += one
        elif step == "remove" and numbers:
            numbers -= {sorted(numbers)[one % len(numbers)]}
        elif step not in {"remove", "form"} and (act := act_of(step, one, two, shown, decisions)):
            decisions.append(Decided(position=len(decisions) + 1, by="s", act=act))
        notes = corpus(numbers)
        read = readings(notes)
        before = {member.note_id: member.theme_id for member in shown.memberships}
        offered = shown.proposals
        if step == "form":
            themes = form(
                notes, read, encoders=Rule(), parameters=Parameters(), previous=shown, decisions=tuple(decisions)
            )
        else:
            themes = place(notes, read, encoders=Rule(), displayed=shown, decisions=decisions)
        if step == "review":
            found = review(notes, read, encoders=Rule(), displayed=edition(themes), decisions=decisions, asked=True)
            themes = place(
                notes, read, encoders=Rule(), displayed=edition(themes), decisions=decisions, joins=found.joins
            )
            offered = offer(
                found.changes, notes, read, encoders=Rule(), displayed=edition(themes), decisions=decisions
            )
        offered = still_offered(offered, notes, themes.themes, decisions)
        assert_proposals_obey(offered, themes, decisions)
        assert_decisions_hold(themes, decisions, {note.id for note in notes})
        if step in {"arrive", "remove", "review"}:
            now = {member.note_id: member.theme_id for member in themes.memberships}
            assert all(now[note] == theme for note, theme in before.items() if note in now and theme)
            sitting, base = len(decisions), edition(themes)
        elif step == "form":
            sitting, base = len(decisions), edition(themes)
        else:
            at_once = place(notes, read, encoders=Rule(), displayed=base, decisions=decisions)
            assert bare(at_once) == bare(themes), sitting
        shown = replace(edition(themes), proposals=offered)
