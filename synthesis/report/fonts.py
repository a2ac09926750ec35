"""The fonts that documents are set in: Typst's own, and Noto's for what those do not draw.

Every file comes from a package named by version and hash, never from the machine: the same report is the same bytes
everywhere. Noto's are only opened for a document that needs them.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec

import typst

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
"""Folders of fonts (OFL, as Noto publishes them) from the package index; where one is missing, signs are framed."""

OWN = ("Libertinus Serif", "DejaVu Sans Mono")
"""What Typst carries: Latin, Greek, Cyrillic, and the shapes of the kinds."""

ARABIC = {"name": "Noto Sans Arabic", "covers": "[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"}
"""Before all others, for its own letters only: the typewriter's face would draw them too, apart from each other."""

SCRIPTS = (
    *("Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada"),
    *("Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai"),
)

LAST = ("Noto Sans", "Noto Sans Symbols", "Noto Sans CJK SC", "Noto Emoji")


@cache
def folders() -> tuple[str, ...]:
    """Return the folders of the packages that are here."""
    specs = (find_spec(name) for name in PACKAGES)
    return tuple(path for spec in specs if spec for path in spec.submodule_search_locations or ())


def families(*, more: bool) -> str:
    """Return the families to try in order, as the JSON that a template reads; `more` with Noto's."""
    own: list[str | dict[str, str]] = list(OWN)
    if more and folders():
        own = [ARABIC, OWN[0], *(f"Noto Sans {name}" for name in SCRIPTS), OWN[1], *LAST]
    return json.dumps(own)


@cache
def compiler(*, more: bool = False) -> typst.Compiler:
    """Return the one compiler of this process with Typst's own fonts, or the one that knows Noto's too."""
    if more and folders():
        return typst.Compiler(ignore_system_fonts=True, font_paths=list(folders()))
    return typst.Compiler(ignore_system_fonts=True)
