"""Writes every file of an edition into a folder: what `restitution synthesise --out` leaves.

The one module here that touches the disk. Each file appears whole or not at all: it is written beside its place and
moved there, so that a reader never opens half a report and a failure keeps the file that was.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from synthesis.report import compose, data, formats, proof
from synthesis.report.edited import UNTOUCHED, arranged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from synthesis.corpus import Corpus
    from synthesis.decisions import Decided
    from synthesis.report.blocks import Status
    from synthesis.results import Edition
    from synthesis.table import Table


def write_all(
    edition: Edition,
    corpus: Corpus,
    *,
    status: Status,
    into: Path,
    table: Table | None = None,
    decisions: Sequence[Decided] = (),
    language: str = "fr",
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Prove the report, make every file, then write them.

    Args:
        edition: the synthesis.
        corpus: the notes it was made of.
        status: version, date, provisional or final.
        into: the folder, made if missing.
        table: the file the notes came from, so that `notes.csv` repeats its columns.
        decisions: what people decided, for the log in the annexes.
        language: of the report's frame.
        progress: told "report", how many files are made, and of how many.

    Returns:
        The files written, in order.

    Raises:
        ReportUnproved: the report says something its notes do not; nothing is written.

    """
    told = arranged(edition, UNTOUCHED)
    report = compose.compose(told, corpus, status=status, language=language, decisions=decisions)
    proof.check(report, corpus, told)
    made = list(data.files(edition, corpus, table))
    total = len(made) + len(formats.FORMATS)
    for key, body in formats.render_all(report):
        if progress:
            progress("report", len(made), total)
        made.append(data.File(f"report.{key}", body))
    into.mkdir(parents=True, exist_ok=True)
    written = tuple(_place(into / one.name, one.data) for one in made)
    if progress:
        progress("report", total, total)
    return written


def _place(path: Path, body: bytes) -> Path:
    """Write beside, then move: a file is the old one or the new one, never half of it."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(body)
            target.flush()
            os.fsync(target.fileno())
        # `mkstemp` makes a private file; what is published is read by whoever may read the folder.
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return path
