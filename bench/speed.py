"""How long a synthesis takes: reading, vectors, the whole run, and one note placed, with progress.

Run with `python bench/speed.py [--sizes 300,1000,10000,100000] [--peer]`. Sentences come from
`../shared/data/volume-fr.csv.gz` when it is there, else from the demonstration's own notes, varied by a number; which
one is said. Themes are timed without reading and vectors, on both sides: a gathering reads each note as it arrives.
Beyond 20,000 notes two processes read, as in `restitution synthesise`; only the notes compared two by two are encoded,
in the themes' time; and what is printed last is from raw text to themes, with the memory of both processes at worst.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import platform
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from synthesis.corpus import Corpus, Note  # noqa: E402 - the checkout is put on the path first
from synthesis.french import French, Reading  # noqa: E402
from synthesis.results import Edition, Parameters  # noqa: E402
from synthesis.second import two_readers  # noqa: E402
from synthesis.themes.pipeline import form, place  # noqa: E402
from synthesis.themes.vectors import REMEMBERED, Matrix  # noqa: E402

VOLUME = ROOT.parent / "shared" / "data" / "volume-fr.csv.gz"
PLACED = 30
"""Notes placed one at a time, each on the edition that the one before made."""


def sentences(count: int) -> list[str]:
    """Return as many different sentences as asked for, and say where they come from."""
    if VOLUME.exists():
        with gzip.open(VOLUME, "rt", encoding="utf-8", newline="") as lines:
            found = list(dict.fromkeys(row["text"] for row in csv.DictReader(lines)))
        print(f"phrases : {VOLUME.name}")
        return found[:count]
    files = sorted((ROOT / "demo" / "notes").glob("*.csv"))
    own = [row["text"] for file in files for row in csv.DictReader(file.open(encoding="utf-8", newline=""))]
    print(f"phrases : {VOLUME} n’est pas là ; notes de la démonstration, numérotées")
    return [f"{own[number % len(own)]} ({number})" for number in range(count)]


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long a step took, and the memory reached."""
    began = time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:46s} {time.perf_counter() - began:7.2f} s   {peak:6.0f} Mo", flush=True)


def notes(texts: list[str]) -> Corpus:
    """Make a corpus of ten workshops and three kinds."""
    kinds = ("lever", "obstacle", "condition")
    return Corpus.of(
        Note(id=f"n{number:06d}", text=text, workshop=f"w{number % 10}", kind=kinds[number % 3])
        for number, text in enumerate(texts)
    )


def raw(size: int, texts: list[str]) -> None:
    """Time many notes from raw text to themes, models loaded."""
    corpus, began = notes(texts[:size]), time.perf_counter()
    with two_readers() as french:
        with timed(f"{size} notes : lecture, {2 if french.second else 1} processus"):
            read = french.read([note.text for note in corpus])
        readings = dict(zip((note.id for note in corpus), read, strict=True))
        with timed(f"{size} notes : thèmes, vecteurs compris"):
            themes = form(corpus, readings, encoders=french, parameters=Parameters())
        seconds = time.perf_counter() - began
    # The highest of each process, added up, as if both came at once; the second one's is known once it has ended.
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024**2
    print(f"{size} notes : {len(themes.themes)} thèmes, {len(themes.tray)} à classer")
    print(f"{size} notes : du texte brut aux thèmes {seconds:.0f} s, au plus {peak:.1f} Go en tout")


def run(size: int, texts: list[str], french: French, *, beside: bool) -> None:
    """Time one size: the parts apart, then arrivals one at a time."""
    corpus = notes(texts[:size])
    with timed(f"{size} notes : lecture (étiqueteur)"):
        read = french.read([note.text for note in corpus])
    with timed(f"{size} notes : vecteurs de phrases"):
        french.sentences([note.text for note in corpus])
    readings = dict(zip((note.id for note in corpus), read, strict=True))
    with timed(f"{size} notes : thèmes, vecteurs non compris"):
        themes = form(corpus, readings, encoders=french, parameters=Parameters())
    print(f"{size} notes : {len(themes.themes)} thèmes, {len(themes.tray)} à classer")
    shown = Edition(
        themes=themes.themes, families=themes.families, memberships=themes.memberships, method=themes.method
    )
    if beside:
        peer(corpus, french)
    if size <= PLACE_UP_TO:
        arrivals(corpus, readings, texts[size : size + PLACED], shown, french)


PLACE_UP_TO = 2_000


def arrivals(corpus: Corpus, readings: dict[str, Reading], texts: list[str], shown: Edition, french: French) -> None:
    """Place notes one at a time, and tell the reading, the encoding and the placing apart."""
    times: dict[str, list[float]] = {"lecture": [], "vecteur de la phrase": [], "placement": []}
    known = list(corpus)
    for number, text in enumerate(texts):
        note = Note(id=f"x{number:06d}", text=text, workshop="w0")
        known.append(note)
        marks = [time.perf_counter()]
        readings[note.id] = french.read([text])[0]
        marks.append(time.perf_counter())
        french.sentences([text])
        marks.append(time.perf_counter())
        themes = place(Corpus.of(known), readings, encoders=french, displayed=shown)
        marks.append(time.perf_counter())
        for what, (start, end) in zip(times, pairwise(marks), strict=True):
            times[what].append(1000 * (end - start))
        shown = Edition(
            themes=themes.themes, families=themes.families, memberships=themes.memberships, method=themes.method
        )
    times["en tout"] = [sum(parts) for parts in zip(*times.values(), strict=True)]
    for what, taken in times.items():
        middle, slow = median(taken), quantiles(taken, n=20)[-1]
        print(f"{len(corpus)} notes : une note, {what}, médiane {middle:.0f} ms, p95 {slow:.0f} ms")


def peer(corpus: Corpus, french: French) -> None:
    """Time BERTopic's core on the same vectors (UMAP to 5 dimensions, HDBSCAN), its compilation not counted."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415 - slow to import, only for this peer
    from umap import UMAP  # noqa: PLC0415 - the same

    vectors = french.sentences([note.text for note in corpus])
    if vectors is None:
        return

    def fit(points: Matrix) -> None:
        low = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0, n_jobs=1)
        HDBSCAN(min_cluster_size=5, copy=True).fit_predict(low.fit_transform(points))

    fit(vectors[:100])
    with timed(f"{len(corpus)} notes : cœur de BERTopic, mêmes vecteurs"):
        fit(vectors)


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", default="300,1000,10000", help="numbers of notes, separated by commas")
    ask.add_argument("--peer", action="store_true", help="time BERTopic's core on the same vectors")
    asked = ask.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",")]
    print(platform.platform())
    with timed("chargement des modèles"):
        french = French.load()
        french.sentences(["Un premier appel."])
    texts = sentences(max(sizes) + PLACED)
    for size in sizes:
        if size > REMEMBERED:
            raw(size, texts)
        else:
            run(size, texts, french, beside=asked.peer)


if __name__ == "__main__":
    main()
