"""From the exact number to the one that readers see: rounded half up, but never up to full or down to empty.

`base/tally.js` has the same rule.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

_HALF = Fraction(1, 2)


Ends = tuple[Fraction | int, Fraction | int]
"""The numbers for empty and full."""


def rounded(exact: Fraction, ends: Ends, decimals: int) -> int:
    """A whole number of the last decimal shown.

    Half up towards plus infinity. What is short of the upper end is shown at most one below it, what is above the lower end at
    least one above that, where the scale has room for either.
    """
    near = _half_up(exact, decimals)
    empty, full = ends
    low, high = _half_up(empty, decimals), _half_up(full, decimals)
    if high - low < 2:
        return near
    if near == high and exact < full:
        return high - 1
    return low + 1 if near == low and exact > empty else near


def first_shown(cut: int, ends: Ends, decimals: int) -> tuple[Fraction, bool]:
    """The exact number from which on at least `cut` is shown, and whether only what is above it is."""
    empty, full = ends
    low, high = _half_up(empty, decimals), _half_up(full, decimals)
    if high - low >= 2 and cut == high:
        return Fraction(full), False
    if high - low >= 2 and cut == low + 1:
        return Fraction(empty), True
    return Fraction(2 * cut - 1, 2 * 10**decimals), False


def _half_up(exact: Fraction | int, decimals: int) -> int:
    near: int = floor(exact * 10**decimals + _HALF)
    return near
