"""What a note's text must be to be kept: readable by a database, and more than invisible characters.

Pure. Nothing here changes a text: a note is stored as typed.
"""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp", "Cn"}


def unreadable_at(text: str) -> int | None:
    r"""Return the index of the first character that no database keeps (NUL, half of a surrogate pair), or None.

    >>> unreadable_at("a\x00b")
    1
    """
    for index, character in enumerate(text):
        if character == "\x00" or "\ud800" <= character <= "\udfff":
            return index
    return None


def visible(text: str) -> bool:
    r"""Say whether a reader would see anything at all.

    >>> visible(" \u200b\n"), visible("🙂")
    (False, True)
    """
    return any(unicodedata.category(character) not in _INVISIBLE for character in text)
