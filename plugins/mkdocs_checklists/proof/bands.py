"""What can be proved of a scoring key: which bands, caps and advice can be reached, and how many answer patterns lead where.

An *answer pattern* answers every question, with one of its options or, where it is offered, with *does not apply*. (*I don't
know* scores as the weakest option and is not counted apart.) Patterns are counted exactly, over points: the number of patterns
for each sum of points is a digit of one large integer, so that adding a question is a few shifts and sums. Where that integer
would be too large, patterns are sampled, and the proof says so. Where conditions hide questions, or more than a sum of points
decides, patterns are gone through one by one, or sampled.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import prod

from ..model.answers import Answer
from ..scoring.answers import all_answers, capping_options, full_answers, with_hidden
from ..scoring.key import ItemKey, ScoringKey, SectionKey
from ..scoring.score import award_of, band_of
from .answer_patterns import Patterns, Ways, conditional_items
from .counting import BUDGET, Counting

BAND_SAMPLES = 2_000


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
    if conditional_items(key) or key.caps or _is_inexact(key):
        return _prove_listed(key)
    whole = Counting(key)
    if whole.cost > BUDGET:
        return _sample(key)
    at_least = [whole.at_least(band) for band in range(len(key.bands))] + [0]
    counts = {name: low - high for (name, _), (low, high) in zip(key.bands, pairwise(at_least), strict=True)}
    idle_caps = [(item, option, cap) for item, option, cap in _caps(key) if not whole.decides(item, option, cap)]
    idle_bands = [band for band, (name, _) in enumerate(key.bands) if not counts[name]]
    if (idle_caps or idle_bands) and key.enough < 100:
        # With questions left open the rest counts for more, and what all answers together never reach may be reached.
        partial = Counting(key, partial=True)
        idle_bands = [band for band in idle_bands if not partial.awards(band)]
        idle_caps = [entry for entry in idle_caps if not partial.decides(*entry)]
    return Proof(
        patterns=whole.patterns,
        shares={name: Fraction(count, whole.patterns) for name, count in counts.items()},
        reached=frozenset(name for band, (name, _) in enumerate(key.bands) if band not in idle_bands),
        idle_caps=tuple((item.id, option) for item, option, _ in idle_caps),
    )


def idle_bands_of_parts(key: ScoringKey) -> Iterator[tuple[str, str, str]]:
    """The bands of sections and dimensions that no answers lead to: kind (`sections` or `dimensions`), id of the part, and band.

    Nothing is claimed where conditions can hide questions, and where open questions alone may decide.
    """
    if conditional_items(key) or (key.open_zero and not key.enough):
        return
    units = key.units
    parts = [("sections", section.id, list(section.items), section.bands, units) for section in key.sections]
    shared = replace(units, weights=units.weights * units.shares)
    for name, bands in key.dimension_bands.items():
        items = [
            replace(item, weight=item.weight * item.dimensions[name]) for item in key.items if name in item.dimensions
        ]
        parts.append(("dimensions", name, items, bands, shared))
    for kind, name, items, bands, counted_in in parts:
        # Caps are those of the whole: a part goes by its own score.
        alone = SectionKey(name, tuple(replace(item, caps={}) for item in items))
        if items and bands:
            part = replace(key, sections=(alone,), bands=bands, by_section=False, caps=(), units=counted_in)
            proof = prove(part)
            # Without any score there is more to say, and it is said of the whole.
            if any(proof.shares.values()):
                yield from ((kind, name, band) for band, _ in bands if band not in proof.reached)


def _is_inexact(key: ScoringKey) -> bool:
    """Whether sums of points have more decimals than are shown: at the ends of what applies they are rounded otherwise."""
    return key.points and 10**key.decimals % key.units.sums > 0


def _caps(key: ScoringKey) -> Iterator[tuple[ItemKey, str, int]]:
    top = len(key.bands) - 1
    for item in key.items:
        for option, cap in item.caps.items():
            if cap < top:
                yield item, option, cap


def _prove_listed(key: ScoringKey) -> Proof:
    """The proof of a key whose patterns are not counted; a pattern answers all questions that are shown."""
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
