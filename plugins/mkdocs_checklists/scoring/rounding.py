"""From the exact number to the one that readers see: rounded half up, but never up to full or down to empty.

`base/score.js` has the same rule.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

_HALF = Fraction(1, 2)


def rounded(exact: Fraction, ends: tuple[int, int], decimals: int) -> int:
    """A whole number of the last decimal shown.

    Half up towards plus infinity. What is short of the upper end is at most one below it, what is above the lower end at least one
    above that, where the scale has room for either.
    """
    unit: int = 10**decimals
    scaled = exact * unit
    low, high = (end * unit for end in ends)
    near: int = floor(scaled + _HALF)
    if high - low < 2:
        return near
    if near == high and scaled < high:
        return high - 1
    return low + 1 if near == low and scaled > low else near


def first_shown(cut: int, ends: tuple[int, int], decimals: int) -> tuple[Fraction, bool]:
    """The exact number from which on at least `cut` is shown, and whether only what is above it is."""
    unit = 10**decimals
    low, high = (end * unit for end in ends)
    if high - low >= 2 and cut == high:
        return Fraction(ends[1]), False
    if high - low >= 2 and cut == low + 1:
        return Fraction(ends[0]), True
    return (cut - _HALF) / unit, False
