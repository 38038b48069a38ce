"""What can be proved of a scoring key: which bands, caps and advice can be reached, and how many answer patterns lead where.

An *answer pattern* answers every question, with one of its options or, where it is offered, with *does not apply*. (*I don't
know* scores as the weakest option and is not counted apart.) Patterns are counted exactly, over points: the number of patterns
for each sum of points is a digit of one large integer, so that adding a question is a few shifts and sums. Where that integer
would be too large, patterns are sampled, and the proof says so.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, gcd, lcm, prod
from typing import NamedTuple

from .scoring import NA, Answers, score
from .scoring_key import ItemKey, ScoringKey

SAMPLES = 2_000
# Bits that the counting may touch: about a second on a machine of 2020. A checklist that a person can answer needs a thousandth.
_BUDGET = 6_000_000_000


@dataclass(frozen=True)
class Proof:
    """How the answer patterns of a checklist spread over its bands.

    `shares` maps each band, lowest first, to its share of all patterns; what is missing from 1 has no score. `reached` are the
    bands that some pattern leads to, and `idle_caps` the answers (item, option) whose cap never lowers a band. With `sampled`
    patterns above 0 the shares are estimates, and a band or cap counts as reached unless the opposite is certain.
    """

    patterns: int
    shares: Mapping[str, Fraction]
    reached: frozenset[str]
    idle_caps: tuple[tuple[str, str], ...]
    sampled: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether no band and no cap stands idle."""
        return len(self.reached) == len(self.shares) and not self.idle_caps


def prove(key: ScoringKey) -> Proof:
    """Count, or where that is too much sample, the answer patterns of a key that has bands."""
    counting = _Counting(key)
    if counting.cost > _BUDGET:
        return _sample(key)
    at_least = [counting.at_least(band) for band in range(len(key.bands))] + [0]
    counts = [low - high for low, high in pairwise(at_least)]
    names = [name for name, _ in key.bands]
    return Proof(
        patterns=counting.patterns,
        shares={name: Fraction(count, counting.patterns) for name, count in zip(names, counts, strict=True)},
        reached=frozenset(name for name, count in zip(names, counts, strict=True) if count),
        idle_caps=tuple(
            (item.id, option) for item, option, cap in _caps(key) if not counting.decides(item, option, cap)
        ),
    )


def _caps(key: ScoringKey) -> Iterator[tuple[ItemKey, str, int]]:
    top = len(key.bands) - 1
    for item in key.items:
        for option, cap in item.caps.items():
            if cap < top:
                yield item, option, cap


class _Step(NamedTuple):
    """What one way to answer an item adds: to the group (what its share is measured by) and to the points above the least."""

    group: int
    points: int


_Counts = dict[int, int]
"""Group to the patterns in it, as an integer whose digit n counts those with n points."""


class _Counting:
    """Counts patterns by points. The unit of points is as large as all options allow."""

    def __init__(self, key: ScoringKey) -> None:
        self._key = key
        self.patterns = prod(len(item.points) + item.na for item in key.items)
        # One bit to spare: a sum of digits must never carry.
        self._width = self.patterns.bit_length() + 1
        self._unit = gcd(
            *(item.weight * (p - min(item.points.values())) for item in key.items for p in item.points.values())
        )
        if key.points:
            # An item that does not apply earns 0, which lies anywhere between its options.
            self._unit = gcd(self._unit, *(item.least for item in key.items if item.na))
        self._unit = self._unit or 1
        self._base = key.sums[0]

    @cached_property
    def cost(self) -> int:
        """About how many bits are touched."""
        choices = sum(len(item.points) + item.na for item in self._key.items)
        levels = len({cap for item in self._key.items for cap in item.caps.values()}) + 1
        if self._key.by_section:
            digits = self._section_unit * sum(section.weight for section in self._key.sections)
            groups = 1 << min(60, sum(any(item.na for item in section.items) for section in self._key.sections))
            choices = max(choices, sum(self._most(section.items) for section in self._key.sections))
        else:
            digits = self._most(self._key.items)
            optional = [item.most - item.least for item in self._key.items if item.na]
            groups = 2 if self._key.points else 1 + min(1 << min(60, len(optional)), sum(optional) // self._unit)
        return digits * self._width * choices * groups * levels

    def _most(self, items: Iterable[ItemKey]) -> int:
        return sum(item.most - item.least for item in items) // self._unit + 1

    @cached_property
    def _section_unit(self) -> int:
        """A number that every section's span divides, whatever of it applies."""
        spans = {1}
        for section in self._key.sections:
            # Too many ways to leave questions out would make the number too large anyway.
            for span in _sums([(item.most - item.least) // self._unit for item in section.items], section.items):
                spans.add(span or 1)
                if len(spans) > 10_000:
                    return 10**18
        return lcm(*spans)

    def at_least(self, band: int, cap: int | None = None, fixed: Answers | None = None) -> int:
        """How many patterns reach a band by their score while no cap is below `cap` (the same band when left out)."""
        if band == 0:
            return self.patterns - self._without_score
        lowest = band if cap is None else cap
        counts = self._counts(self._ways(lowest, fixed or {}))
        return sum(self._from(digits, self._threshold(band, group)) for group, digits in counts.items() if group)

    @property
    def _without_score(self) -> int:
        """How many patterns have no share: everything is left out, or could earn nothing else."""
        return prod(
            prod(
                len(item.points) + item.na if self._key.by_section and not section.weight else _idle_ways(item)
                for item in section.items
            )
            for section in self._key.sections
        )

    def decides(self, item: ItemKey, option: str, cap: int) -> bool:
        """Whether the cap of an answer lowers the band of some pattern."""
        fixed = {item.id: option}
        if not self._key.by_section:
            # The likeliest pattern: every other answer the best that leaves the capped band open. Mostly that settles it.
            ways = self._ways(cap, fixed)
            best = [
                max(ways(other), key=lambda step: (step.group > 0, step.points), default=None)
                for other in self._key.items
            ]
            if None not in best:
                steps = [step for step in best if step is not None]
                group = max(step.group for step in steps) if self._key.points else sum(step.group for step in steps)
                if group and sum(step.points for step in steps) >= self._threshold(cap + 1, group):
                    return True
        return self.at_least(cap + 1, cap, fixed) > 0

    def _ways(self, lowest: int, fixed: Answers) -> Callable[[ItemKey], list[_Step]]:
        """The ways to answer an item without a cap below a band."""
        key, unit = self._key, self._unit

        def ways(item: ItemKey) -> list[_Step]:
            span = item.most - item.least
            group = (1 if span else 0) if key.points else span // unit
            floor = min(0, item.least) if key.points and item.na else item.least
            options = [fixed[item.id]] if item.id in fixed else list(item.points)
            steps = [
                _Step(group, (item.weight * item.points[option] - floor) // unit)
                for option in options
                if item.caps.get(option, lowest) >= lowest
            ]
            if item.na and item.id not in fixed:
                steps.append(_Step(0, (0 - floor) // unit if key.points else 0))
            return steps

        return ways

    def _counts(self, ways: Callable[[ItemKey], list[_Step]]) -> _Counts:
        if not self._key.by_section:
            return self._added(self._key.items, ways)
        total: _Counts = {0: 1}
        for section in self._key.sections:
            following: _Counts = {}
            for span, digits in self._added(section.items, ways).items():
                weight = section.weight if span else 0
                stride = weight * self._section_unit // span if span else 0
                spread = sum(count << (n * stride * self._width) for n, count in self._digits(digits))
                for group, before in total.items():
                    following[group + weight] = following.get(group + weight, 0) + before * spread
            total = following
        return total

    def _added(self, items: Iterable[ItemKey], ways: Callable[[ItemKey], list[_Step]]) -> _Counts:
        counts: _Counts = {0: 1}
        for item in items:
            following: _Counts = {}
            for group, points in ways(item):
                for before, digits in counts.items():
                    together = max(before, group) if self._key.points else before + group
                    following[together] = following.get(together, 0) + (digits << (points * self._width))
            counts = following
        return counts

    def _digits(self, digits: int) -> Iterator[tuple[int, int]]:
        mask = (1 << self._width) - 1
        n = 0
        while digits:
            if count := digits & mask:
                yield n, count
            digits >>= self._width
            n += 1

    def _from(self, digits: int, start: int) -> int:
        """The sum of the digits from `start` on: they add up to what is left when one less than their base is taken out."""
        rest = digits >> (max(0, start) * self._width)
        return rest % ((1 << self._width) - 1)

    def _threshold(self, band: int, group: int) -> int:
        """The fewest points, in units, whose rounded score reaches a band."""
        if band == 0:
            return 0
        key = self._key
        # What is rounded half up to the cut score.
        cut = Fraction(2 * key.bands[band][1] - 1, 2 * 10**key.decimals)
        if key.points:
            return ceil((cut - self._base) / self._unit)
        low, high = key.range
        share = (cut - low) / (high - low)
        return ceil(share * (group * self._section_unit if key.by_section else group))


def _idle_ways(item: ItemKey) -> int:
    """The ways to answer an item that leave nothing to gain or lose."""
    return item.na + (0 if item.most > item.least else len(item.points))


def _sums(numbers: Sequence[int], items: Sequence[ItemKey]) -> set[int]:
    """All sums of numbers, where those of items that may not apply can be left out."""
    sums = {0}
    for number, item in zip(numbers, items, strict=True):
        sums = {total + number for total in sums} | (sums if item.na else set())
        if len(sums) > 10_000:
            break
    return sums


def _sample(key: ScoringKey) -> Proof:
    choose = random.Random(0)  # noqa: S311 - the same sample in every run
    counts = dict.fromkeys((name for name, _ in key.bands), 0)
    for _ in range(SAMPLES):
        pattern = {item.id: choose.choice([*item.points, NA] if item.na else list(item.points)) for item in key.items}
        band = score(key, pattern).band
        if band is not None:
            counts[band] += 1
    return Proof(
        patterns=prod(len(item.points) + item.na for item in key.items),
        shares={name: Fraction(count, SAMPLES) for name, count in counts.items()},
        reached=frozenset(counts),
        idle_caps=(),
        sampled=SAMPLES,
    )
