"""Notes, readings and vectors made by rule, so that a test of many runs does not read French a thousand times."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import numpy as np

from synthesis.corpus import Corpus, Note
from synthesis.french import Reading, Token
from synthesis.results import Edition
from synthesis.themes.pipeline import Themes
from synthesis.themes.vectors import Matrix, unit

SUBJECTS = {
    "eau": "rivière captage nappe fuite réseau assainissement pluie barrage source forage".split(),  # noqa: SIM905 - read as a line
    "route": "vélo piste trottoir piéton navette voiture covoiturage carrefour gare bus".split(),  # noqa: SIM905 - read as a line
    "table": "cantine repas légume maraîcher menu cuisine viande ferme goût producteur".split(),  # noqa: SIM905 - read as a line
    "métier": "stage emploi formation diplôme recrutement insertion apprentissage tuteur embauche salaire".split(),  # noqa: SIM905 - read as a line
}
KINDS = ("lever", "obstacle", "condition")


def reading(text: str) -> Reading:
    """Read every word of four letters or more as a noun."""
    return Reading(
        text=text,
        tokens=tuple(
            Token(found.start(), found.end(), word.lower(), word.lower(), "NOUN", len(word) > 3)
            for found in re.finditer(r"[^\W\d_]+", text)
            for word in [found.group()]
        ),
    )


class Rule:
    """Vectors by rule: a word's comes from its letters' digest and its subject; a sentence's is its words' mean."""

    def __init__(self, *, has_sentences: bool = True) -> None:
        self._has = has_sentences

    @property
    def has_sentences(self) -> bool:
        return self._has

    @property
    def subjects(self) -> None:
        return None

    def words(self, words: Sequence[str], /) -> Matrix:
        return np.array([_vector(word) for word in words]).reshape(len(words), 32)

    def sentences(self, texts: Sequence[str], /) -> Matrix | None:
        if not self._has:
            return None
        lines = [re.findall(r"[^\W\d_]{4,}", text.lower()) for text in texts]
        return unit(np.array([self.words(line).sum(axis=0) for line in lines]).reshape(len(texts), 32))


def _vector(word: str) -> Matrix:
    def chance(seed: str) -> Matrix:
        digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
        return np.frombuffer(digest, dtype=np.uint8).astype(np.float64) - 127.5

    subject = next((name for name, words in SUBJECTS.items() if word in words), None)
    vector = chance(word) + (2.0 * chance(subject) if subject else 0.0)
    return unit(vector[None, :])[0] if word else np.zeros(32)


def note(number: int, subject: str | None = None, *, text: str = "") -> Note:
    name = subject or sorted(SUBJECTS)[number % len(SUBJECTS)]
    words = SUBJECTS[name]
    written = (
        text or " et ".join(words[(number * step + step) % len(words)] for step in (1, 3, 7)) + f" pour tous {number}"
    )
    return Note(
        id=f"n{number:04d}", text=written, workshop=f"w{number % 5}", kind=KINDS[number % 3], author=f"a{number % 7}"
    )


def corpus(numbers: Iterable[int]) -> Corpus:
    return Corpus.of(note(number) for number in numbers)


def readings(notes: Corpus) -> dict[str, Reading]:
    return {one.id: reading(one.text) for one in notes}


def edition(themes: Themes) -> Edition:
    return Edition(
        themes=themes.themes,
        families=themes.families,
        memberships=themes.memberships,
        tray=themes.tray,
        aside=themes.aside,
        method=themes.method,
        remarks=themes.remarks,
    )


def bare(themes: Themes) -> str:
    """What is displayed: who is where, under which name, given or only proposed, in which order, in sight or not."""
    return json.dumps(
        [
            [
                (
                    (one.id, one.label, one.proposed_label, one.keywords),
                    (one.named_by, one.hidden, one.rank, one.note_ids),
                )
                for one in themes.themes
            ],
            [asdict(one) for one in themes.memberships],
            themes.tray,
        ]
    )
