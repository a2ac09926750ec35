"""Which language a note is read aloud in: the gathering's, unless its letters are of another writing.

Pure. A screen reader that takes Arabic for French, or French for English, says nothing that can be understood. Only
the writing is looked at: what is told here is never a guess about words.
"""

from __future__ import annotations

import re
from collections import Counter

WRITTEN = "fr"
"""The language in which notes are written when their letters say nothing else."""

_WRITINGS = {
    "ar": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "hy": "\u0530-\u058f",
    "ja": "\u3040-\u30ff",
    "ka": "\u10a0-\u10ff",
    "ko": "\u1100-\u11ff\uac00-\ud7af",
    "ru": "\u0400-\u04ff",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
}
"""The writings that one language of our regions mostly owns, by their letters."""

_FOREIGN = re.compile("[" + "".join(_WRITINGS.values()) + "]")
_EACH = {tongue: re.compile(f"[{letters}]") for tongue, letters in _WRITINGS.items()}
_LETTER = re.compile(r"[^\W\d_]")
HALF = 0.5


def tongue_of(text: str, written: str = WRITTEN) -> str:
    """Return the language of a text as HTML names it.

    >>> [tongue_of(text) for text in ("Un élu écoute.", "居民参与", "Le mot السكان revient", "…")]
    ['fr', 'zh', 'fr', 'fr']
    """
    if not _FOREIGN.search(text):
        return written
    counts = Counter({tongue: len(each.findall(text)) for tongue, each in _EACH.items()})
    # Japanese is written with Chinese characters too: its own letters decide.
    if counts["ja"]:
        counts["ja"] += counts.pop("zh", 0)
    tongue, most = counts.most_common(1)[0]
    return tongue if most > HALF * len(_LETTER.findall(text)) else written
