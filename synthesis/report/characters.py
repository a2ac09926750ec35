"""What a document can hold of what people type: the few characters that XML forbids are shown by a sign for them.

Pure. The stored note never changes; only a copy made for a format that cannot carry the character does.
"""

from __future__ import annotations

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_SIGNS: dict[int, int] = {
    **_CONTROLS,
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}


def storable(text: str) -> str:
    """Return the text with control characters as their pictures (␇ for BEL), and what no format keeps as �.

    Tabs and line ends stay. The result has as many characters as the text.
    """
    return text.translate(_SIGNS)
