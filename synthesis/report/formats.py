"""The formats that a report leaves in, and the one door to each.

A report is proved once (`proof.check`) before any of them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from capture.errors import UnknownFormat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from synthesis.report.blocks import Report

FORMATS = {
    "html": "synthesis.report.html",
    "pdf": "synthesis.report.pdf",
    "docx": "synthesis.report.docx",
    "odt": "synthesis.report.odt",
    "epub": "synthesis.report.epub",
    "md": "synthesis.report.markdown",
}
"""The module whose `render` makes each format, by file ending, in the order they are offered."""

ABREAST = 2
"""Formats made at the same time."""


def render(report: Report, ending: str) -> bytes:
    """Render a proved report; the renderer is loaded when it is first asked for, Typst and pandoc weigh on a start.

    Args:
        report: the tree that `compose` made and `proof` checked.
        ending: a key of `FORMATS`.

    Raises:
        UnknownFormat: no such format.

    """
    if ending not in FORMATS:
        raise UnknownFormat(format=ending, formats=", ".join(FORMATS))
    body: bytes = import_module(FORMATS[ending]).render(report)
    return body


def render_all(report: Report, endings: Sequence[str] = tuple(FORMATS)) -> Iterator[tuple[str, bytes]]:
    """Give a proved report in several formats, two at a time: pandoc is a program beside us, Typst frees this one.

    Args:
        report: the tree that `compose` made and `proof` checked.
        endings: keys of `FORMATS`; they come in this order.

    """
    with ThreadPoolExecutor(ABREAST) as pool:
        yield from zip(endings, pool.map(partial(render, report), endings), strict=True)
