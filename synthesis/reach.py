"""How transversal a theme is: in how many workshops it is really heard, whatever its size.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable


def reach(workshops: Iterable[tuple[str, int]]) -> float:
    """Return in how many workshops a theme is really heard: the inverse Simpson index of its notes over workshops.

    With n_i notes in workshop i, (Σ n_i)² / Σ n_i². Equal shares of k workshops give k; thirty notes of one workshop
    and one of another give little more than one. Size alone changes nothing.

    >>> reach((("a", 2), ("b", 2), ("c", 2)))
    3.0
    >>> reach((("a", 30), ("b", 1)))
    1.0666
    >>> reach(())
    0.0
    """
    numbers = [number for _, number in workshops]
    squares = sum(number**2 for number in numbers)
    return round(sum(numbers) ** 2 / squares, 4) if squares else 0.0
