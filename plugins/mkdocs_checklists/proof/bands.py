"""What can be proved of a scoring key: which bands, caps and advice can be reached, and how many answer patterns lead where.

An *answer pattern* answers every question, with one of its options or, where it is offered, with *does not apply*. (*I don't
know* scores as the weakest option and is not counted apart.) Patterns are counted exactly, over points: the number of patterns
for each sum of points is a digit of one large integer, so that adding a question is a few shifts and sums. Where that integer
would be too large, patterns are sampled, and the proof says so. Where conditions hide questions, the patterns of what is shown are
gone through one by one, or sampled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, gcd, lcm, prod
from typing import NamedTuple

from ..model.answers import Answers
from ..scoring.answers import cap_of, definite_answers, earned
from ..scoring.key import ItemKey, ScoringKey
from .answer_patterns import conditional_items
from .band_patterns import Proof, idle_candidates, prove_listed, prove_sampled

# Bits that the counting may touch in all its passes: about a second. A checklist that a person can answer needs a thousandth.
_BUDGET = 3_000_000_000
_MOST_SPANS = 10_000
_TOO_LARGE = 10**18


def prove(key: ScoringKey) -> Proof:
    """Count, or where that is too much sample, the answer patterns of a key that has bands. Takes a second or two at most."""
    # What caps a section decides is not in the sum of all points, so nothing is counted by sums there either.
    if conditional_items(key) or key.caps:
        return prove_listed(key)
    whole = _Counting(key)
    if whole.cost > _BUDGET:
        return prove_sampled(key)
    at_least = [whole.at_least(band) for band in range(len(key.bands))] + [0]
    counts = {name: low - high for (name, _), (low, high) in zip(key.bands, pairwise(at_least), strict=True)}
    idle_caps = [
        (item, option, cap) for item, option, cap in idle_candidates(key) if not whole.decides(item, option, cap)
    ]
    idle_bands = [band for band, (name, _) in enumerate(key.bands) if not counts[name]]
    if (idle_caps or idle_bands) and key.enough < 100:
        # With questions left open the rest counts for more, and what all answers together never reach may be reached.
        partial = _Counting(key, partial=True)
        idle_bands = [band for band in idle_bands if not partial.awards(band)]
        idle_caps = [entry for entry in idle_caps if not partial.decides(*entry)]
    return Proof(
        patterns=whole.patterns,
        shares={name: Fraction(count, whole.patterns) for name, count in counts.items()},
        reached=frozenset(name for band, (name, _) in enumerate(key.bands) if band not in idle_bands),
        idle_caps=tuple((item.id, option) for item, option, _ in idle_caps),
    )


class _Way(NamedTuple):
    """What one way to answer an item adds: to the group, and to the points above the least."""

    group: int
    points: int


_Counts = dict[int, int]
"""Group to the patterns in it, as an integer whose digit n counts those with n points.

A group is what the share is measured by: the span of the answers that apply; where sections are combined, the weight of those
that have a share; with plain points, whether there is anything to earn. In group 0 there is no score.
"""


class _Counting:
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
        self._unit = gcd(*(earned(item, way) - key.floor(item) for item in key.items for way in definite_answers(item)))
        if key.points or self._open:
            # An item that is left out, or open, earns 0, which lies anywhere between its options.
            zeros = self._optional | self._open
            self._unit = gcd(
                self._unit, *(n for item in key.items if item.id in zeros for n in (item.least, item.most))
            )
        self._unit = self._unit or 1
        self._base = sum(self._floor(item) for item in key.items)
        self._levels = sorted({cap for item in key.items for cap in item.caps.values()})
        self._counted: dict[int, _Counts] = {}
        self._left = _BUDGET - self.cost

    def _choices(self, item: ItemKey) -> int:
        """In how many ways an item may be answered or left out."""
        return len(definite_answers(item)) + (item.id in self._optional) + (item.id in self._open)

    def _floor(self, item: ItemKey) -> int:
        """The least that an item adds to the sum."""
        if self._key.points and item.id in self._optional | self._open:
            return min(0, item.least)
        return self._key.floor(item)

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
            spans = [
                item.most - self._key.floor(item) for item in self._key.items if item.id in self._optional | self._open
            ]
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
            return _Way(int(high > low), (0 - self._floor(item)) // self._unit)
        return _Way((high - low) // self._unit, (0 - low) // self._unit)

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
        if self.cost > _BUDGET:
            return True
        return self.at_least(band) > (self.at_least(band + 1) if band + 1 < len(self._key.bands) else 0)

    def decides(self, item: ItemKey, option: str, cap: int) -> bool:
        """Whether the cap of an answer lowers the band of some pattern, or nobody can tell in time."""
        fixed = {item.id: option}
        if self._likeliest(cap, fixed):
            return True
        self._left -= self._pass_cost
        return self._left < 0 or self._at_least(cap + 1, self._counts(cap, fixed)) > 0

    def _likeliest(self, cap: int, fixed: Answers) -> bool:
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
        return weights > 0 and weighted / weights >= self._needed(cap + 1)

    def _parts(self) -> list[tuple[Sequence[ItemKey], int]]:
        if self._key.by_section:
            return [(section.items, section.weight) for section in self._key.sections]
        return [(self._key.items, 1)]

    def _ways(self, item: ItemKey, lowest: int, fixed: Answers, *, is_answered: bool = True) -> list[_Way]:
        """The ways to answer an item without a cap below the band `lowest`, or only those that leave it unanswered."""
        key = self._key
        group = int(item.most > item.least) if key.points else self._span(item)
        floor = self._floor(item)
        ways = [
            _Way(group, (earned(item, answer) - floor) // self._unit)
            for answer in ([fixed[item.id]] if item.id in fixed else definite_answers(item) if is_answered else [])
            if cap_of(item, answer, lowest) >= lowest
        ]
        if item.id in self._optional and item.id not in fixed:
            ways.append(_Way(0, (0 - floor) // self._unit if key.points else 0))
        if item.id in self._open and item.id not in fixed:
            ways.append(self._as_zero(item))
        return ways

    def _counts(self, lowest: int, fixed: Answers, *, is_answered: bool = True) -> _Counts:
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

    def _added(self, items: Iterable[ItemKey], lowest: int, fixed: Answers, *, is_answered: bool) -> _Counts:
        counts: _Counts = {0: 1}
        for item in items:
            following: _Counts = {}
            for group, points in self._ways(item, lowest, fixed, is_answered=is_answered):
                for before, digits in counts.items():
                    together = max(before, group) if self._key.points else before + group
                    following[together] = following.get(together, 0) + (digits << (points * self._width))
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
            else sum(way.group == 0 for way in self._ways(item, 0, {}))
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
        """The fewest points, in units, whose rounded score reaches a band."""
        if self._key.points:
            return ceil(self._needed(band))
        return ceil(self._needed(band) * group * (self._section_unit if self._key.by_section else 1))

    def _needed(self, band: int) -> Fraction:
        """The share, or with plain points the units above the least, that a band begins with."""
        key = self._key
        # What is rounded half up to the cut score.
        cut = Fraction(2 * key.bands[band][1] - 1, 2 * 10**key.decimals)
        if key.points:
            return (cut * key.units.sums - self._base) / self._unit
        low, high = key.range
        return (cut - low) / (high - low)


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
