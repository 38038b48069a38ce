"""Fractions as whole numbers: points and weights of a key are counted in parts of one, so that every sum is exact.

Half points and quarter points are both whole numbers of quarters. The smallest parts that serve all of a checklist are the
*unit* of its key; what a reader sees, and what a result reports, is divided by it once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .checklist import Checklist
from .fields import Exact

MOST = 2**53 - 1
"""Sums up to here are exact in a browser, too."""


@dataclass(frozen=True, slots=True)
class Units:
    """Into how many parts one point, a weight of one, and a whole item in a dimension are divided."""

    points: int = 1
    weights: int = 1
    shares: int = 1

    @property
    def sums(self) -> int:
        """Into how many parts a weighted point is divided."""
        return self.points * self.weights


WHOLE = Units()
"""The units of a checklist without fractions."""


def units_of(checklist: Checklist) -> Units:
    """The units of a checklist whose items have their options in place."""
    points: list[Exact] = []
    for item in checklist.items:
        for option in item.options or []:
            points += option.points.values() if isinstance(option.points, dict) else [option.points]
    return Units(
        common_parts(points),
        common_parts(item.weight for item in checklist.items),
        common_parts(share for item in checklist.items for share in item.dimension.values()),
    )


def common_parts(numbers: Iterable[Exact]) -> int:
    """The smallest parts of one that every number is a whole number of."""
    return lcm(*(Fraction(number).denominator for number in numbers))


def in_parts(number: Exact, parts: int) -> int:
    """A number as so many parts of one; it is a whole number of them."""
    return int(number * parts)


def plain(number: int, parts: int) -> int | float:
    """What so many parts are, as JSON writes it: a whole number, or the nearest that a float has."""
    return number // parts if number % parts == 0 else number / parts
