"""What can be proved of a scoring key: which bands, caps and advice can be reached, and how many answer patterns lead where.

An *answer pattern* answers every question, with one of its options or, where it is offered, with *does not apply*. (*I don't
know* scores as the weakest option and is not counted apart.) Patterns are counted exactly, over points: the number of patterns
for each sum of points is a digit of one large integer, so that adding a question is a few shifts and sums. Where that integer
would be too large, patterns are sampled, and the proof says so. Where conditions hide questions, the patterns of what is shown are
gone through one by one, or sampled.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, gcd, lcm, prod
from typing import NamedTuple

from ..model.answers import Answer, Resolved
from ..scoring.answers import all_answers, capping_options, definite_answers, full_answers, ways_by_points, with_hidden
from ..scoring.key import ItemKey, ScoringKey
from ..scoring.score import award_of, band_of
from .answer_patterns import Patterns, Ways, conditional_items

BAND_SAMPLES = 2_000
# Bits that the counting may touch in all its passes: about a second. A checklist that a person can answer needs a thousandth.
_BUDGET = 3_000_000_000
_MOST_SPANS = 10_000
_TOO_LARGE = 10**18


@dataclass(frozen=True)
class Proof:
    """How the answer patterns of a checklist spread over its bands.

    `shares` maps each band, lowest first, to its share of all patterns; what is missing from 1 has no score. `reached` are the
    bands that some answers lead to, also with questions left open where that is enough for a band. `idle_caps` are the answers
    (item, option) whose cap never lowers a band. With `sampled` patterns above 0 the shares are estimates, and nothing is claimed
    of what can't be reached. With `is_bound` there are at most so many patterns: conditions leave fewer.
    """

    patterns: int
    shares: Mapping[str, Fraction]
    reached: frozenset[str]
    idle_caps: tuple[tuple[str, str], ...]
    sampled: int = 0
    is_bound: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether no band and no cap stands idle."""
        return len(self.reached) == len(self.shares) and not self.idle_caps

    @property
    def without_score(self) -> Fraction:
        """The share of the patterns that have no score: nothing of them applies, or can earn anything else."""
        return 1 - sum(self.shares.values(), Fraction(0))


def prove(key: ScoringKey) -> Proof:
    """Count, or where that is too much sample, the answer patterns of a key that has bands. Takes a second or two at most."""
    if conditional_items(key):
        return _prove_shown(key)
    whole = _Counting(key)
    if whole.cost > _BUDGET:
        return _sample(key)
    at_least = [whole.at_least(band) for band in range(len(key.bands))] + [0]
    counts = {name: low - high for (name, _), (low, high) in zip(key.bands, pairwise(at_least), strict=True)}
    idle_caps = [(item, option, cap) for item, option, cap in _caps(key) if not whole.decides(item, option, cap)]
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


def _caps(key: ScoringKey) -> Iterator[tuple[ItemKey, str, int]]:
    top = len(key.bands) - 1
    for item in key.items:
        for option, cap in item.caps.items():
            if cap < top:
                yield item, option, cap


class _Way(NamedTuple):
    """What so many ways to answer an item add: to the group, and to the points above the least."""

    group: int
    points: int
    ways: int = 1


_Counts = dict[int, int]
"""Group to the patterns in it, as an integer whose digit n counts those with n points.

A group is what the share is measured by: the span of the answers that apply; where sections are combined, the weight of those
that have a share; with plain points, whether there is anything to earn. In group 0 there is no score.
"""


class _Counting:
    """Counts patterns by points. The unit of points is as large as all options allow.

    With `partial`, items without a cap may be left open too, which counts as *does not apply* does. How many that may be is not
    looked at, so what can't be reached here can't be reached at all.
    """

    def __init__(self, key: ScoringKey, *, partial: bool = False) -> None:
        self._key = key
        self._optional = {item.id for item in key.items if item.na or (partial and not item.caps)}
        self.patterns = prod(self._choices(item) for item in key.items)
        # One bit to spare: a sum of digits must never carry.
        self._width = self.patterns.bit_length() + 1
        self._unit = gcd(*(points - item.least for item in key.items for points in ways_by_points(item, 0)))
        if key.points:
            # An item that is left out earns 0, which lies anywhere between its options.
            self._unit = gcd(self._unit, *(item.least for item in key.items if item.id in self._optional))
        self._unit = self._unit or 1
        self._base = sum(self._floor(item) for item in key.items)
        self._levels = sorted({cap for item in key.items for cap in item.caps.values()})
        self._counted: dict[int, _Counts] = {}
        self._left = _BUDGET - self.cost

    def _choices(self, item: ItemKey) -> int:
        """In how many ways an item may be answered or left out."""
        return len(definite_answers(item)) + (item.id in self._optional)

    def _floor(self, item: ItemKey) -> int:
        """The least that an item adds to the sum."""
        return min(0, item.least) if self._key.points and item.id in self._optional else item.least

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
            spans = [item.most - item.least for item in self._key.items if item.id in self._optional]
            groups = 2 if self._key.points else 1 + min(1 << min(60, len(spans)), sum(spans) // self._unit)
        return digits * self._width * choices * groups

    def _most(self, items: Iterable[ItemKey]) -> int:
        return sum(item.most - item.least for item in items) // self._unit + 1

    @cached_property
    def _section_unit(self) -> int:
        """A number that every section's span divides, whatever of it applies."""
        spans = {1}
        for section in self._key.sections:
            found = _sums([(self._span(item), item.id in self._optional) for item in section.items])
            spans.update(span or 1 for span in found)
            # The number would be too large anyway.
            if len(spans) > _MOST_SPANS:
                return _TOO_LARGE
        return lcm(*spans)

    def _span(self, item: ItemKey) -> int:
        return (item.most - item.least) // self._unit

    def at_least(self, band: int) -> int:
        """How many patterns are awarded a band or a better one."""
        if band == 0:
            return self.patterns - self._without_score
        # No cap between two levels, so the same options are open.
        level = bisect_left(self._levels, band)
        if level not in self._counted:
            self._counted[level] = self._counts(band, {})
        return self._at_least(band, self._counted[level])

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
        return weights > 0 and weighted / weights >= self._needed(cap + 1)

    def _parts(self) -> list[tuple[Sequence[ItemKey], int]]:
        if self._key.by_section:
            return [(section.items, section.weight) for section in self._key.sections]
        return [(self._key.items, 1)]

    def _ways(self, item: ItemKey, lowest: int, fixed: Resolved) -> list[_Way]:
        """The ways to answer an item without a cap below the band `lowest`."""
        key = self._key
        group = int(item.most > item.least) if key.points else self._span(item)
        floor = self._floor(item)
        ways = [
            _Way(group, (points - floor) // self._unit, count)
            for points, count in ways_by_points(item, lowest, fixed.get(item.id)).items()
        ]
        if item.id in self._optional and item.id not in fixed:
            ways.append(_Way(0, (0 - floor) // self._unit if key.points else 0))
        return ways

    def _counts(self, lowest: int, fixed: Resolved) -> _Counts:
        if not self._key.by_section:
            return self._added(self._key.items, lowest, fixed)
        total: _Counts = {0: 1}
        for section in self._key.sections:
            following: _Counts = {}
            for span, digits in self._added(section.items, lowest, fixed).items():
                weight = section.weight if span else 0
                stride = weight * self._section_unit // span if span else 0
                spread = sum(count << (n * stride * self._width) for n, count in self._digits(digits))
                for group, before in total.items():
                    following[group + weight] = following.get(group + weight, 0) + before * spread
            total = following
        return total

    def _added(self, items: Iterable[ItemKey], lowest: int, fixed: Resolved) -> _Counts:
        counts: _Counts = {0: 1}
        for item in items:
            following: _Counts = {}
            for group, points, ways in self._ways(item, lowest, fixed):
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
            else (item.id in self._optional) + (0 if item.most > item.least else len(definite_answers(item)))
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
            return (cut - self._base) / self._unit
        low, high = key.range
        return (cut - low) / (high - low)


def _rank(way: _Way) -> tuple[bool, int]:
    return way.group > 0, way.points


def _sums(numbers: Iterable[tuple[int, bool]]) -> set[int]:
    """All sums of numbers, where some can be left out."""
    sums = {0}
    for number, is_optional in numbers:
        sums = {total + number for total in sums} | (sums if is_optional else set())
        if len(sums) > _MOST_SPANS:
            break
    return sums


def _prove_shown(key: ScoringKey) -> Proof:
    """The proof of a key that can hide questions; a pattern answers all that are shown."""
    patterns = Patterns(key)
    if not patterns.can_be_listed:
        return _sample_shown(key, patterns)
    counts, deciding = _awards(key, patterns)
    reached = {band for band, count in enumerate(counts) if count}
    caps = [(item.id, option) for item, option, _ in _caps(key)]
    if len(reached) < len(key.bands) or not deciding.issuperset(caps):
        # With questions left open the rest counts for more. As above, how many that may be is not looked at.
        partial = Patterns(key, _partial_ways(key))
        if not partial.can_be_listed:
            return _sample_shown(key, patterns)
        more, also_deciding = _awards(replace(key, enough=0), partial)
        reached |= {band for band, count in enumerate(more) if count}
        deciding |= also_deciding
    return Proof(
        patterns=patterns.count,
        shares={name: Fraction(count, patterns.count) for (name, _), count in zip(key.bands, counts, strict=True)},
        reached=frozenset(key.bands[band][0] for band in reached),
        idle_caps=tuple(cap for cap in caps if cap not in deciding),
    )


def _awards(key: ScoringKey, patterns: Patterns) -> tuple[list[int], set[tuple[str, str]]]:
    """How many patterns are awarded each band, and the answers (item, option) that hold any of them down."""
    counts = [0] * len(key.bands)
    deciding: set[tuple[str, str]] = set()
    items = {item.id: item for item in key.items}
    for given, numbers in patterns:
        band, held = award_of(key, with_hidden(given, patterns.hidden(given, numbers)))
        if band is not None:
            counts[band] += 1
            deciding |= {(name, option) for name in held for option in capping_options(items[name], given[name], band)}
    return counts, deciding


def _sample_shown(key: ScoringKey, patterns: Patterns) -> Proof:
    choose = random.Random(0)  # noqa: S311 - the same sample in every run
    counts = [0] * len(key.bands)
    for _ in range(BAND_SAMPLES):
        given, numbers = patterns.draw(choose)
        band = band_of(key, with_hidden(given, patterns.hidden(given, numbers)))
        if band is not None:
            counts[band] += 1
    return _sampled(key, patterns.count, counts, is_bound=patterns.is_bound)


def _partial_ways(key: ScoringKey) -> Ways:
    """The ways to answer where questions may be left open. *I don't know* counts apart: it hides what depends on the answer."""

    def ways(item: ItemKey) -> list[Answer | None]:
        return [*all_answers(key, item), *([None] if key.enough < 100 and not item.caps else [])]

    return ways


def _sample(key: ScoringKey) -> Proof:
    choose = random.Random(0)  # noqa: S311 - the same sample in every run
    ways = [(item.id, full_answers(item)) for item in key.items]
    counts = [0] * len(key.bands)
    for _ in range(BAND_SAMPLES):
        band = band_of(key, {name: choose.choice(options) for name, options in ways})
        if band is not None:
            counts[band] += 1
    return _sampled(key, prod(len(options) for _, options in ways), counts)


def _sampled(key: ScoringKey, patterns: int, counts: list[int], *, is_bound: bool = False) -> Proof:
    """The proof of a sample, which claims nothing of what can't be reached."""
    return Proof(
        patterns=patterns,
        shares={name: Fraction(count, BAND_SAMPLES) for (name, _), count in zip(key.bands, counts, strict=True)},
        reached=frozenset(name for name, _ in key.bands),
        idle_caps=(),
        sampled=BAND_SAMPLES,
        is_bound=is_bound,
    )
