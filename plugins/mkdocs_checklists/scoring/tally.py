"""Sums of points over some items, and the number that stands for them before it is rounded.

`base/tally.js` mirrors this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ..model.answers import Resolved, applies
from .answers import points_of
from .key import ItemKey, ScoringKey


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over the answered ones among some items: what they earned, and could have earned at least and at most.

    They are in the units of the key; `parts` says how many of those are one point.
    """

    earned: int
    least: int
    possible: int
    answered: int
    applicable: int
    parts: int = 1

    @property
    def completeness(self) -> int:
        """Per cent of the applicable items that are answered, rounded down; 100 when none applies."""
        return 100 * self.answered // self.applicable if self.applicable else 100


def tally_of(key: ScoringKey, items: Iterable[ItemKey], given: Resolved, shares: int = 1) -> Tally:
    """The sums over some items, whose weights are in `shares` parts of the unit of weights."""
    earned = least = possible = answered = applicable = 0
    counts_open = key.open_zero and _is_begun(key, given)
    for item in items:
        answer = given.get(item.id)
        if not applies(answer):
            continue
        applicable += 1
        points = points_of(item, answer)
        if points is not None:
            answered += 1
            earned += item.weight * points
            least += item.least
            possible += item.most
        elif counts_open:
            # Nothing earned, which is not always among what an answer can earn.
            least += min(0, item.least)
            possible += max(0, item.most)
    return Tally(earned, least, possible, answered, applicable, key.units.sums * shares)


def _is_begun(key: ScoringKey, given: Resolved) -> bool:
    """Whether any item is answered: an untouched checklist has no score, and not the worst one."""
    return any(points_of(item, given.get(item.id)) is not None for item in key.items)


def width_of(key: ScoringKey, tally: Tally) -> int:
    """What lies between both ends of the share of some items, in the units of the key."""
    return tally.possible - (0 if key.from_zero else tally.least)


def share_of(key: ScoringKey, tally: Tally) -> Fraction | None:
    """Where the earned points lie between the least, or zero, and the most; `None` where those are equal."""
    width = width_of(key, tally)
    return Fraction(tally.earned - (tally.possible - width), width) if width > 0 else None


def measure(key: ScoringKey, tally: Tally) -> Fraction | None:
    """The exact number that stands for a tally: points, or the share in_range in the range."""
    share = share_of(key, tally)
    if share is None:
        return None
    return Fraction(tally.earned, tally.parts) if key.points else in_range(key, share)


def in_range(key: ScoringKey, share: Fraction) -> Fraction:
    """A share as a number of the range."""
    low, high = key.range
    return low + share * (high - low)


def empty_and_full(key: ScoringKey, tally: Tally) -> tuple[Fraction, Fraction]:
    """The numbers for empty and full."""
    if key.points:
        return Fraction(tally.least, tally.parts), Fraction(tally.possible, tally.parts)
    low, high = key.range
    return Fraction(low), Fraction(high)
