"""French sentences for the tests: the demonstration's own notes, workshops mixed as they would be on the day."""

from __future__ import annotations

import csv
from itertools import chain, zip_longest
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "demo" / "notes"


def _texts(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


_BY_WORKSHOP = [_texts(file) for file in sorted(FOLDER.glob("*.csv"))]

SENTENCES = [text for text in chain.from_iterable(zip_longest(*_BY_WORKSHOP)) if text]
