"""Several of many: which options of a question may be chosen together, and what is the least and the most of them.

A question with one answer is the case of one option at a time, so most of this holds for both kinds. `assets/base/answers.js`
mirrors what is asked of answers here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import NamedTuple, TypeVar

from .answers import Answer, answer_of, options_in
from .checklist import Item, Option
from .fields import Exact

_Points = TypeVar("_Points", int, Exact)
"""A scoring key counts whole parts of a point, an author also fractions."""
MOST_SETS = 4_096
"""A proof goes through all of them: twelve options, and one that excludes them."""


class Many(NamedTuple):
    """How many options may be chosen together, and the one that excludes the others, if there is one."""

    at_most: int
    none: str | None = None


def many_of(item: Item, options: Sequence[Option]) -> Many | None:
    """What may be chosen together of these options; `None` where a question has one answer."""
    if item.choose == "one":
        return None
    others = sum(option.id != item.none for option in options)
    return Many(min(item.at_most or others, others), item.none)


def set_count(options: int, many: Many | None) -> int:
    """In how many ways some of so many options can be chosen, at least one of them."""
    if many is None:
        return options
    others = options - (many.none is not None)
    return sum(comb(others, size) for size in range(1, min(many.at_most, others) + 1)) + (many.none is not None)


@lru_cache(maxsize=1_000)
def allowed_sets(options: tuple[str, ...], many: Many | None) -> tuple[Answer, ...]:
    """Every answer that has options, the small sets first, each in the order of the options."""
    if many is None:
        return options
    others = [option for option in options if option != many.none]
    sets = [answer_of(chosen) for size in range(1, many.at_most + 1) for chosen in combinations(others, size)]
    return (*sets, *([] if many.none is None else [many.none]))


def is_allowed(chosen: Sequence[str], many: Many | None) -> bool:
    """Whether these options, all different, are an answer together."""
    if many is None or many.none in chosen:
        return len(chosen) == 1
    return 0 < len(chosen) <= many.at_most


def best_of(points: Iterable[tuple[str, _Points]], many: Many | None, sign: int = 1) -> Answer | None:
    """The answer that earns the most of these options, or with -1 as `sign` the least; of equals the first. `None` without any."""
    given = dict(points)
    none = many.none if many else None
    # Sorting is stable, so of equals the first is chosen.
    ranked = sorted((option for option in given if option != none), key=lambda option: -sign * given[option])
    at_most = many.at_most if many else 1
    chosen = {option for n, option in enumerate(ranked) if not n or (n < at_most and sign * given[option] > 0)}
    if none in given and (not chosen or sign * given[none] > sign * sum(given[option] for option in chosen)):
        return none
    return answer_of(option for option in given if option in chosen) or None


def least_of(points: Mapping[str, _Points], many: Many | None) -> _Points:
    """The least that an answer earns, before weighting."""
    return min(points.values()) if many is None else _end(points, many, -1)


def most_of(points: Mapping[str, _Points], many: Many | None) -> _Points:
    """The most that an answer earns, before weighting."""
    return max(points.values()) if many is None else _end(points, many, 1)


def _end(points: Mapping[str, _Points], many: Many, sign: int) -> _Points:
    return sum(points[option] for option in options_in(best_of(points.items(), many, sign) or ""))
