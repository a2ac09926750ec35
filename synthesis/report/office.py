"""Hands the report to pandoc, which makes the structure of the office documents.

Pandoc is a program beside us, given bytes and giving bytes, told to touch no file (`--sandbox`) and asking no network.
"""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pypandoc

from synthesis.report.office_tree import document

if TYPE_CHECKING:
    from synthesis.report.blocks import Report

PATIENCE = 120
"""Seconds after which pandoc is given up; ten thousand notes take it a few."""


def pandoc(report: Report, target: str) -> bytes:
    """Make a "docx" or an "odt" with pandoc's own styles.

    Raises:
        subprocess.CalledProcessError: pandoc refused our tree.
        subprocess.TimeoutExpired: it took more than `PATIENCE` seconds.

    """
    tree = json.dumps(document(report, target), ensure_ascii=False, sort_keys=True).encode()
    command = [pypandoc.get_pandoc_path(), "--sandbox", "--from=json", f"--to={target}", "--output=-"]
    done = subprocess.run(command, input=tree, capture_output=True, check=True, timeout=PATIENCE)  # noqa: S603 - our own pandoc, fixed arguments
    return done.stdout
