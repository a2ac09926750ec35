"""French as it is printed: what the interface writes takes its narrow no-break spaces here, in one place.

Pure. Never applied to what a person wrote in a note: a note is shown as typed.
"""

from __future__ import annotations

import re

NARROW = "\u202f"

_BEFORE = re.compile(r"[ \u00a0](?=[;:!?»])")
_AFTER = re.compile(r"(?<=«)[ \u00a0]")


def typeset(text: str) -> str:
    r"""Set a French sentence: narrow no-break spaces before ; : ! ? and inside « ».

    >>> typeset("Fin ; « mot » ?") == "Fin\u202f; «\u202fmot\u202f»\u202f?"
    True
    """
    return _AFTER.sub(NARROW, _BEFORE.sub(NARROW, text))
