"""The shortest way up: which answers to improve to reach the next band.

`way-up.js` mirrors this module; `tests/vectors/way_up` and a differential property test hold the two together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from ..model.answers import Answer, Answers
from .answers import cap_of, definite_answers, points_of, resolve_answers, with_hidden
from .key import ItemKey, ScoringKey
from .score import band_of, width_of


@dataclass(frozen=True, slots=True)
class Step:
    """An item to improve, and the option that its answer would have to become."""

    item: str
    option: Answer


def way_up(key: ScoringKey, answers: Answers, hidden: Collection[str] = ()) -> list[Step] | None:
    """The steps to the next band, those that hold the band down first, then the largest gains.

    Each answer, also *unknown*, is raised to the best option that leaves the next band open. `None` without a band, at the top,
    and where no improvement of these answers is enough. What is `hidden` by a condition stays so.
    """
    given = with_hidden(resolve_answers(key, answers)[0], hidden)
    now = band_of(key, given)
    if now is None or now == len(key.bands) - 1:
        return None
    goal = now + 1
    held: list[Step] = []
    others: list[tuple[Fraction, float, Step]] = []
    for section in key.sections:
        # What a point adds to the score, in a unit that is the same for all steps of one checklist.
        unit = Fraction(section.weight, width_of(key, section.items, given) or 1) if key.by_section else Fraction(1)
        for item in section.items:
            answer = given.get(item.id)
            points = points_of(item, answer)
            if points is None:
                continue
            option = _best_open(item, goal)
            if option is None:
                return None  # Every option has a lower cap, so that of the answer too.
            step = Step(item.id, option)
            gain = unit * item.weight * ((points_of(item, option) or 0) - points)
            if cap_of(item, answer, goal) < goal:
                held.append(step)
            elif gain > 0:
                others.append((-gain, inf if item.effort is None else item.effort, step))
    # Sorting is stable, so ties stay in reading order.
    steps = [*held, *(step for _, _, step in sorted(others, key=lambda entry: entry[:2]))]
    # From the held ones on, each further step can only add to the score: the first that is enough is found by halving.
    count = bisect_left(
        range(len(held), len(steps) + 1), True, key=lambda taken: _reaches(key, given, steps[:taken], goal)
    )
    return None if len(held) + count > len(steps) else steps[: len(held) + count]


def _reaches(key: ScoringKey, given: Answers, steps: list[Step], goal: int) -> bool:
    band = band_of(key, {**given, **{step.item: step.option for step in steps}})
    return band is not None and band >= goal


def _best_open(item: ItemKey, goal: int) -> Answer | None:
    """The answer with the most points that leaves the band `goal` open, the first of equals."""
    open_answers = [answer for answer in definite_answers(item) if cap_of(item, answer, goal) >= goal]
    return max(open_answers, key=lambda answer: points_of(item, answer) or 0, default=None)
