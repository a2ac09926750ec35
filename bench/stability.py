"""How much a reader's themes move while notes arrive: twenty at a time, in several orders, proposals all accepted.

Run with `python bench/stability.py [--orders 5] [--sets NAME;…] [--shares 0.02,…] [--start 60]`. At each step the
arrivals are placed, then a second look places those that waited where they clearly belong, and offers its changes,
which are all accepted. Counted: displayed notes moved without a proposal, displayed notes that the proposals move
(mean, and most at one step), themes that keep their identity, notes in the tray before and after the look, and the
final sorting beside a cold run's. A share is that of the displayed notes that one round of proposals may move: several
say what staying put costs.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from sklearn.metrics import adjusted_mutual_info_score, v_measure_score
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bench.quality import SETS, Labelled, load  # noqa: E402 - the checkout is put on the path first
from synthesis.corpus import Corpus  # noqa: E402
from synthesis.french import French, Reading  # noqa: E402
from synthesis.results import Edition, Parameters  # noqa: E402
from synthesis.themes.fresh import SHARE, Fresh, changed, look_again  # noqa: E402
from synthesis.themes.pipeline import Themes, form, place  # noqa: E402

START, STEP = 60, 20
"""Notes that the first themes are made of, and that arrive at once. Left alone, the software keeps themes where they
are from 100 notes on, or sooner once people decide: 60 is harder."""
MOST = 400
"""Notes of a set that arrive."""


@dataclass(frozen=True)
class Update:
    """What one batch of twenty did."""

    silent: float
    """Share of the displayed notes that changed theme when the arrivals were placed."""
    moved: float
    """Share of the displayed notes that the offered changes move from one theme to another."""
    survived: float
    """Share of the displayed themes that are still there once the changes are made."""
    waited: float
    """Share of the notes that wait in the tray until the look."""
    waits: float
    """Share of the notes that still wait after it."""


@dataclass
class Run:
    """One order of arrival, as it goes."""

    shown: Edition
    fresh: Fresh | None = None


def follow(
    given: Labelled, french: French, order: int, share: float = SHARE, start: int = START
) -> Iterator[tuple[Update, Run]]:
    """Let the notes arrive, and yield what each batch did."""
    notes = list(given.notes)
    random.Random(order).shuffle(notes)  # noqa: S311 - an order of arrival
    notes = notes[:MOST]
    readings = dict(zip((note.id for note in given.notes), given.readings, strict=True))
    first = form(Corpus.of(notes[:start]), readings, encoders=french, parameters=Parameters())
    run = Run(_edition(first))
    for size in range(start + STEP, len(notes) + STEP, STEP):
        yield _step(run, Corpus.of(notes[:size]), readings, french, share), run


def _step(run: Run, corpus: Corpus, readings: Mapping[str, Reading], french: French, share: float) -> Update:
    before = {one.note_id: one.theme_id for one in run.shown.memberships if one.theme_id}
    placed = place(corpus, readings, encoders=french, displayed=run.shown)
    now = {one.note_id: one.theme_id for one in placed.memberships if one.theme_id}
    silent = sum(now.get(note) != theme for note, theme in before.items()) / max(len(before), 1)
    members: dict[str, Sequence[str]] = {theme.id: theme.note_ids for theme in placed.themes}
    run.fresh = look_again(corpus, readings, french, displayed=members, share=share)
    waited = len(corpus) - len(now)
    for note, joined in run.fresh.joins.items():
        members[joined.theme_id] = (*members[joined.theme_id], note)
        now[note] = joined.theme_id
    moved = sum(len(set(one.note_ids) & set(now)) for one in run.fresh.changes) / max(len(now), 1)
    known = set(members)
    for number, change in enumerate(run.fresh.changes):
        members = dict(changed(members, change, f"b{len(corpus)}-{number}"))
    run.shown = _edition(_arranged(placed, members))
    waits = len(corpus) - sum(map(len, members.values()))
    return Update(silent, moved, len(known & set(members)) / len(known), waited / len(corpus), waits / len(corpus))


def _edition(themes: Themes) -> Edition:
    return Edition(
        themes=themes.themes, families=themes.families, memberships=themes.memberships, method=themes.method
    )


def _arranged(placed: Themes, members: Mapping[str, Sequence[str]]) -> Themes:
    """Put the notes where the accepted changes say; what a theme is called does not matter here."""
    known = {theme.id: theme for theme in placed.themes}
    home = {note: theme for theme, notes in members.items() for note in notes}
    return replace(
        placed,
        themes=tuple(
            replace(known.get(key, placed.themes[0]), id=key, note_ids=tuple(notes), drawn_from="")
            for key, notes in members.items()
        ),
        memberships=tuple(replace(one, theme_id=home.get(one.note_id, "")) for one in placed.memberships),
    )


def line(given: Labelled, french: French, orders: int, share: float, start: int = START) -> str:
    """Measure one set in every order, and say it in one line."""
    updates: list[Update] = []
    finals: list[tuple[float, float, float, float, int, int]] = []
    truth = {note.id: label for note, label in zip(given.notes, given.labels, strict=True) if label}
    for order in range(orders):
        steps = list(follow(given, french, order, share, start))
        updates += [update for update, _ in steps]
        _, run = steps[-1]
        home = {one.note_id: one.theme_id for one in run.shown.memberships}
        cold = {
            note: str(number) for number, group in enumerate(run.fresh.groups if run.fresh else ()) for note in group
        }
        ids = sorted(set(truth) & set(home))
        said = [truth[one] for one in ids]
        scores = [
            measure(said, [place_.get(one, "") for one in ids])
            for measure in (v_measure_score, adjusted_mutual_info_score)
            for place_ in (home, cold)
        ]
        finals.append((*scores, len(set(home.values()) - {""}), len(set(cold.values()))))  # type: ignore[arg-type]
    v, v_cold, ami, ami_cold, themes, themes_cold = (mean(column) for column in zip(*finals, strict=True))
    most = max(update.moved for update in updates)
    return (
        f"{given.name:20s} {share:4.0%} {mean(u.silent for u in updates):6.1%}"
        f" {mean(u.moved for u in updates):5.1%} ({most:.1%})"
        f" {mean(u.survived for u in updates):9.3f}   {v:.3f} / {v_cold:.3f}   {ami:.3f} / {ami_cold:.3f}"
        f"   {themes:3.0f} / {themes_cold:3.0f}"
        f"   {mean(u.waited for u in updates):4.0%} → {mean(u.waits for u in updates):.0%}"
    )


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--orders", type=int, default=5)
    ask.add_argument("--sets", default="ateliers, lecteur;référentiel, fin", help="names separated by ;")
    ask.add_argument("--shares", default=str(SHARE), help="shares that one round may move, separated by commas")
    ask.add_argument("--start", type=int, default=START, help="notes that the first themes are made of")
    asked = ask.parse_args()
    french = French.load()
    print(f"{'ensemble':20s} part silenc. proposés (max)  identité   V (à froid)     AMI (à froid)   thèmes   bac")
    with threadpool_limits(1):
        for name in asked.sets.split(";"):
            given = load(name, french) if name in SETS else None
            for share in map(float, asked.shares.split(",")):
                told = line(given, french, asked.orders, share, asked.start) if given else f"{name} : pas là."
                print(told, flush=True)


if __name__ == "__main__":
    main()
