"""Counts the answer patterns of a scoring key by points, exactly: how many lead to each band, and which caps decide any.

The number of patterns for each sum of points is a digit of one large integer, so that adding a question is a few shifts and sums.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, gcd, lcm, prod
from typing import NamedTuple

from ..model.answers import Resolved
from ..scoring.answers import definite_answers, ways_by_points
from ..scoring.key import ItemKey, ScoringKey
from ..scoring.score import reach

BUDGET = 3_000_000_000
"""Bits that the counting may touch in all its passes: about a second. A checklist that a person can answer needs a thousandth."""

_MOST_SPANS = 10_000
_TOO_LARGE = 10**18


class _Way(NamedTuple):
    """What so many ways to answer an item add: to the group, and to the points above the worst."""

    group: int
    points: int
    ways: int = 1


_Counts = dict[int, int]
"""Group to the patterns in it, as an integer whose digit n counts those with n points.

A group is what the share is measured by: the span of the answers that apply; where sections are combined, the weight of those
that have a share; with plain points, whether there is anything to earn. In group 0 there is no score.
"""


class Counting:
    """Counts patterns by points. The unit of points is as large as all options allow.

    With `partial`, items without a cap may be left open too, which counts as *does not apply* does, or as zero points by a rule of
    the key. How many that may be is not looked at, so what can't be reached here can't be reached at all.
    """

    def __init__(self, key: ScoringKey, *, partial: bool = False) -> None:
        self._key = key
        open_ones = {item.id for item in key.items if partial and not item.caps}
        self._open = open_ones if key.open_zero else set[str]()
        self._optional = {item.id for item in key.items if item.na} | (open_ones - self._open)
        self.patterns = prod(self._choices(item) for item in key.items)
        # One bit to spare: a sum of digits must never carry.
        self._width = self.patterns.bit_length() + 1
        # Points are counted in the good direction, from the worst on: where fewer are better, what is missing to the most.
        self._is_lower = key.better == "lower"
        self._unit = gcd(*(points - key.floor(item) for item in key.items for points in ways_by_points(item, 0)))
        if key.points or self._open:
            # An item that is left out, or open, earns 0, which lies anywhere between its options.
            zeros = [item for item in key.items if item.id in self._optional | self._open]
            self._unit = gcd(self._unit, *(end for item in zeros for end in (item.least, item.most)))
        self._unit = self._unit or 1
        self._base = sum(map(self._floor, key.items))
        self._levels = sorted({cap for item in key.items for cap in item.caps.values()})
        self._counted: dict[int, _Counts] = {}
        self._left = BUDGET - self.cost

    def _choices(self, item: ItemKey) -> int:
        """In how many ways an item may be answered or left out."""
        return len(definite_answers(item)) + (item.id in self._optional) + (item.id in self._open)

    def _floor(self, item: ItemKey) -> int:
        """The least that an item adds to the sum."""
        return min(0, item.least) if self._may_be_zero(item) else self._key.floor(item)

    def _ceiling(self, item: ItemKey) -> int:
        return max(0, item.most) if self._may_be_zero(item) else item.most

    def _may_be_zero(self, item: ItemKey) -> bool:
        """Whether the sum of plain points may be without those of an item."""
        return self._key.points and item.id in self._optional | self._open

    @cached_property
    def _whole(self) -> int:
        """What lies between the least and the most of all items, in units."""
        return sum(self._ceiling(item) - self._floor(item) for item in self._key.items) // self._unit

    @cached_property
    def cost(self) -> int:
        """About how many bits are touched to count the patterns of every band."""
        return self._pass_cost * (len(self._levels) + 1)

    @cached_property
    def _pass_cost(self) -> int:
        choices = sum(map(self._choices, self._key.items))
        if self._key.by_section:
            sections = self._key.sections
            digits = self._section_unit * sum(section.weight for section in sections)
            optional = sum(all(item.id in self._optional for item in section.items) for section in sections)
            groups = min(1 << min(60, optional), 1 + sum(section.weight for section in sections))
            choices = max(choices, sum(self._most(section.items) for section in sections))
        else:
            digits = self._most(self._key.items)
            uncertain = self._optional | self._open
            spans = [item.most - self._key.floor(item) for item in self._key.items if item.id in uncertain]
            groups = 2 if self._key.points else 1 + min(1 << min(60, len(spans)), sum(spans) // self._unit)
        return digits * self._width * choices * groups

    def _most(self, items: Iterable[ItemKey]) -> int:
        return sum(item.most - self._key.floor(item) for item in items) // self._unit + 1

    @cached_property
    def _section_unit(self) -> int:
        """A number that every section's span divides, whatever of it applies."""
        spans = {1}
        for section in self._key.sections:
            found = _sums(self._spans(item) for item in section.items)
            spans.update(span or 1 for span in found)
            # The number would be too large anyway.
            if len(spans) > _MOST_SPANS:
                return _TOO_LARGE
        return lcm(*spans)

    def _span(self, item: ItemKey) -> int:
        return (item.most - self._key.floor(item)) // self._unit

    def _spans(self, item: ItemKey) -> set[int]:
        """What an item may add to the span of its section."""
        left_out = {0} if item.id in self._optional else set[int]()
        return {self._span(item)} | left_out | ({self._as_zero(item).group} if item.id in self._open else set())

    def _as_zero(self, item: ItemKey) -> _Way:
        """An open item that counts as zero points, which is not always among what its answers earn."""
        low, high = min(0, self._key.floor(item)), max(0, item.most)
        if self._key.points:
            return _Way(int(high > low), self._above_worst(item, 0))
        return _Way((high - low) // self._unit, (high if self._is_lower else -low) // self._unit)

    def at_least(self, band: int) -> int:
        """How many patterns are awarded a band or a better one."""
        if band == 0:
            untouched = sum(self._from(digits, 0) for group, digits in self._untouched.items() if group)
            return self.patterns - self._without_score - untouched
        # No cap between two levels, so the same options are open.
        level = bisect_left(self._levels, band)
        if level not in self._counted:
            self._counted[level] = self._counts(band, {})
        return self._at_least(band, self._counted[level]) - self._at_least(band, self._untouched)

    @cached_property
    def _untouched(self) -> _Counts:
        """The patterns that answer nothing. Where open items count, only these have a span and no score for all that."""
        return self._counts(0, {}, is_answered=False) if self._open else {}

    def awards(self, band: int) -> bool:
        """Whether some pattern is awarded exactly this band, or nobody can tell in time."""
        if self.cost > BUDGET:
            return True
        return self.at_least(band) > (self.at_least(band + 1) if band + 1 < len(self._key.bands) else 0)

    def decides(self, item: ItemKey, option: str, cap: int) -> bool:
        """Whether the cap of an answer lowers the band of some pattern, or nobody can tell in time."""
        fixed = {item.id: option}
        if self._likeliest(cap, fixed):
            return True
        self._left -= self._pass_cost
        return self._left < 0 or self._at_least(cap + 1, self._counts(cap, fixed)) > 0

    def _likeliest(self, cap: int, fixed: Resolved) -> bool:
        """Whether the score is above a cap where every other answer is the best that leaves the capped band open."""
        weighted, weights = Fraction(0), 0
        for items, weight in self._parts():
            best = [max(self._ways(item, cap, fixed), key=_rank, default=None) for item in items]
            ways = [way for way in best if way is not None]
            if len(ways) < len(best):
                return False
            group = sum(way.group for way in ways)
            if group:
                points = sum(way.points for way in ways)
                weighted += weight * (Fraction(points) if self._key.points else Fraction(points, group))
                weights += weight
        if not weights:
            return False
        needed, is_beyond = self._needed(cap + 1)
        return weighted / weights > needed if is_beyond else weighted / weights >= needed

    def _parts(self) -> list[tuple[Sequence[ItemKey], int]]:
        if self._key.by_section:
            return [(section.items, section.weight) for section in self._key.sections]
        return [(self._key.items, 1)]

    def _ways(self, item: ItemKey, lowest: int, fixed: Resolved, *, is_answered: bool = True) -> list[_Way]:
        """The ways to answer an item without a cap below the band `lowest`, or only those that leave it unanswered."""
        key = self._key
        group = int(item.most > key.floor(item)) if key.points else self._span(item)
        found = ways_by_points(item, lowest, fixed.get(item.id)) if is_answered else {}
        ways = [_Way(group, self._above_worst(item, points), count) for points, count in found.items()]
        if item.id in self._optional and item.id not in fixed:
            ways.append(_Way(0, self._above_worst(item, 0) if key.points else 0))
        if item.id in self._open and item.id not in fixed:
            ways.append(self._as_zero(item))
        return ways

    def _above_worst(self, item: ItemKey, points: int) -> int:
        return (self._ceiling(item) - points if self._is_lower else points - self._floor(item)) // self._unit

    def _counts(self, lowest: int, fixed: Resolved, *, is_answered: bool = True) -> _Counts:
        if not self._key.by_section:
            return self._added(self._key.items, lowest, fixed, is_answered=is_answered)
        total: _Counts = {0: 1}
        for section in self._key.sections:
            following: _Counts = {}
            for span, digits in self._added(section.items, lowest, fixed, is_answered=is_answered).items():
                weight = section.weight if span else 0
                stride = weight * self._section_unit // span if span else 0
                spread = sum(count << (n * stride * self._width) for n, count in self._digits(digits))
                for group, before in total.items():
                    following[group + weight] = following.get(group + weight, 0) + before * spread
            total = following
        return total

    def _added(self, items: Iterable[ItemKey], lowest: int, fixed: Resolved, *, is_answered: bool) -> _Counts:
        counts: _Counts = {0: 1}
        for item in items:
            following: _Counts = {}
            for group, points, ways in self._ways(item, lowest, fixed, is_answered=is_answered):
                for before, digits in counts.items():
                    together = max(before, group) if self._key.points else before + group
                    following[together] = following.get(together, 0) + (digits << (points * self._width)) * ways
            counts = following
        return counts

    def _at_least(self, band: int, counts: _Counts) -> int:
        """How many of these patterns reach a band by their score."""
        return sum(self._from(digits, self._threshold(band, group)) for group, digits in counts.items() if group)

    @property
    def _without_score(self) -> int:
        """How many patterns have no share: everything is left out, or could earn nothing else."""
        return prod(
            self._choices(item)
            if self._key.by_section and not section.weight
            else sum(way.ways for way in self._ways(item, 0, {}) if not way.group)
            for section in self._key.sections
            for item in section.items
        )

    def _digits(self, digits: int) -> Iterator[tuple[int, int]]:
        mask = (1 << self._width) - 1
        n = 0
        while digits:
            if count := digits & mask:
                yield n, count
            digits >>= self._width
            n += 1

    def _from(self, digits: int, start: int) -> int:
        """The sum of the digits from `start` on: what is left when they are divided by one less than their base."""
        rest = digits >> (max(0, start) * self._width)
        return rest % ((1 << self._width) - 1)

    def _threshold(self, band: int, group: int) -> int:
        """The fewest points above the worst, in units, whose rounded score reaches a band."""
        needed, is_beyond = self._needed(band)
        if not self._key.points:
            needed *= group * (self._section_unit if self._key.by_section else 1)
        return floor(needed) + 1 if is_beyond else ceil(needed)

    def _needed(self, band: int) -> tuple[Fraction, bool]:
        """The share, or with plain points the units above the worst, that a band begins with; whether only beyond it."""
        key = self._key
        # Sums of points are shown as they are, so what their ends are decides nothing.
        bound, is_beyond = reach(key, (0, 0) if key.points else key.range, band)
        if key.points:
            above = (bound * key.units.sums - self._base) / self._unit
            return (self._whole - above if self._is_lower else above), is_beyond
        low, high = key.range
        share = (bound - low) / (high - low)
        return (1 - share if self._is_lower else share), is_beyond


def _rank(way: _Way) -> tuple[bool, int]:
    return way.group > 0, way.points


def _sums(choices: Iterable[Iterable[int]]) -> set[int]:
    """All sums of one number of each choice."""
    sums = {0}
    for numbers in choices:
        sums = {total + number for total in sums for number in numbers}
        if len(sums) > _MOST_SPANS:
            break
    return sums
