"""The ways up: which answers to improve to reach the next band, the fewest of them, and those that take the least time.

`way-up.js` mirrors this module; `tests/vectors/way_up` and a differential property test hold the two together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf, lcm
from typing import Any

from ..model.answers import Answer, Answers, Resolved
from .advice import in_order, rise_of_point
from .answers import best_open, cap_of, names_any, points_of, resolve_answers, with_hidden
from .key import ItemKey, ScoringKey
from .least_cost import Choice, Cost, Gains, cheapest
from .score import band_of, exact_part, exact_score, reach, reach_of_cap

MOST_EXACT = 20
"""Up to so many answers that can be improved or left, all ways are compared."""


@dataclass(frozen=True, slots=True)
class Step:
    """An item to improve, and what its answer would have to become."""

    item: str
    option: Answer


@dataclass(frozen=True, slots=True)
class WaysUp:
    """The ways to the next band. `None` without a band, at the best, and where no improvement of these answers is enough.

    `greedy` names those that were found step by step, because there are too many answers to compare all ways: there may be a
    better one.
    """

    fewest: list[Step] | None
    quickest: list[Step] | None
    greedy: tuple[str, ...] = ()


def ways_up_to_json(ways: WaysUp) -> dict[str, Any]:
    """The items of each way; `way_up_greedy` is there only where a way was found step by step."""
    found = {"way_up": ways.fewest, "way_up_time": ways.quickest}
    items = {name: None if steps is None else [step.item for step in steps] for name, steps in found.items()}
    return {**items, **({"way_up_greedy": list(ways.greedy)} if ways.greedy else {})}


@dataclass(frozen=True, slots=True)
class _Move:
    """One answer that can be improved, `place` in reading order.

    `gain` is what it adds to the score and `points` what it adds in weighted points, both in the good direction.
    """

    item: ItemKey
    option: Answer
    place: int
    gain: Fraction
    points: int
    is_held: bool
    is_urgent: bool

    @property
    def minutes(self) -> float:
        return inf if self.item.effort is None else self.item.effort


_NOWHERE = WaysUp(None, None)


def way_up(key: ScoringKey, answers: Answers, hidden: Collection[str] = ()) -> list[Step] | None:
    """The fewest steps to the next band: see `ways_up`."""
    return ways_up(key, answers, hidden).fewest


def ways_up(key: ScoringKey, answers: Answers, hidden: Collection[str] = ()) -> WaysUp:
    """The steps to the next band, each way in the order of `_by_gain` or `_by_time`.

    Each answer, also *unknown*, is raised to the best option that leaves the next band open. All that hold the band down have to
    be; facts can't, and what has to be mended after another answer never goes without it. The score and each section that could
    hold the band down are raised as far as it takes. What is `hidden` by a condition stays so.
    """
    given = with_hidden(resolve_answers(key, answers)[0], hidden)
    now = band_of(key, given)
    if now is None or now == len(key.bands) - 1 or key.better == "neither":
        return _NOWHERE
    moves = _moves(key, given, now + 1)
    if moves is None:
        return _NOWHERE
    by_id = {move.item.id: move for move in moves}
    after = {name: [other for other in move.item.after if other in by_id] for name, move in by_id.items()}
    forced = _with_all_before((move.item.id for move in moves if move.is_held), after)
    free = [move for move in moves if move.item.id not in forced]
    need = _need(key, given, now + 1, [by_id[name] for name in forced], free)
    if not need.is_met(range(len(free))):
        return _NOWHERE
    waits = any(after[move.item.id] for move in free)
    found: list[list[Step]] = []
    greedy = []
    for name, rank, cost in (("way_up", _by_gain, _count_first), ("way_up_time", _by_time, _time_first)):
        if len(free) > MOST_EXACT:
            chosen = _step_by_step(
                sorted(free, key=rank), after, need, {move.item.id: n for n, move in enumerate(free)}
            )
            if waits or len(need.totals) > 1 or name == "way_up_time":
                greedy.append(name)
        else:
            place = {move.item.id: n for n, move in enumerate(free)}
            choices = [
                Choice(gains, cost(move), tuple(place[other] for other in after[move.item.id] if other in place))
                for move, gains in zip(free, need.gains, strict=True)
            ]
            chosen = [free[n].item.id for n in cheapest(choices, need.totals)]
        taken = sorted((by_id[name] for name in {*forced, *chosen}), key=rank)
        ordered = in_order([move.item.id for move in taken], after)
        found.append([Step(item, by_id[item].option) for item in ordered])
    return WaysUp(found[0], found[1], tuple(greedy))


def _moves(key: ScoringKey, given: Resolved, goal: int) -> list[_Move] | None:
    """All answers that can be improved; `None` where one that holds the band down can't."""
    moves: list[_Move] = []
    sign = -1 if key.better == "lower" else 1
    holding = {cap.section for cap in key.caps if cap.band < goal}
    for section in key.sections:
        unit = rise_of_point(key, section, given)
        for item in section.items:
            answer = given.get(item.id)
            points = points_of(item, answer)
            if answer is None or points is None:
                continue
            is_held = cap_of(item, answer, goal) < goal
            option = None if item.given else best_open(item, goal)
            if option is None:
                if is_held:
                    return None
                continue
            risen = sign * item.weight * ((points_of(item, option) or 0) - points)
            # A section that counts nothing in the score may hold the band down for all that.
            if is_held or (risen > 0 and (unit > 0 or section.id in holding)):
                is_urgent = names_any(item.urgent, item, answer)
                moves.append(_Move(item, option, len(moves), unit * risen, risen, is_held, is_urgent))
    return moves


def _with_all_before(names: Iterable[str], after: Mapping[str, list[str]]) -> set[str]:
    """These, and all that has to be mended before them."""
    found: set[str] = set()
    queue = [*names]
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += after[name]
    return found


@dataclass(frozen=True, slots=True)
class _Need:
    """What is missing to the next band, first of the score, then of sections; and what each free answer adds to each."""

    totals: Gains
    gains: list[Gains]

    def is_met(self, places: Iterable[int]) -> bool:
        """Whether these of the free answers are enough."""
        taken = [self.gains[n] for n in places]
        return all(sum(gains[n] for gains in taken) >= total for n, total in enumerate(self.totals))

    def helps(self, place: int, places: Iterable[int]) -> bool:
        """Whether a free answer adds to something that these are not enough for."""
        taken = [self.gains[n] for n in places]
        return any(
            self.gains[place][n] > 0 and sum(gains[n] for gains in taken) < total for n, total in enumerate(self.totals)
        )


def _need(key: ScoringKey, given: Resolved, goal: int, forced: list[_Move], free: list[_Move]) -> _Need:
    exact, per_unit, ends = exact_score(key, given)
    bound, is_strict = reach(key, ends, goal)
    sign = -1 if key.better == "lower" else 1
    missing = sign * (bound - exact) / per_unit - sum((move.gain for move in forced), Fraction(0))
    unit = lcm(missing.denominator, *(move.gain.denominator for move in free))
    totals = [int(missing * unit) + is_strict]
    gains = [[int(move.gain * unit)] for move in free]
    sections = {section.id: section for section in key.sections}
    for cap in key.caps:
        part = exact_part(key, sections[cap.section], given) if cap.band < goal else None
        if part is None:
            continue
        exact, per_unit, ends = part
        bound, is_strict = reach_of_cap(key, ends, cap)
        points = sign * (bound - exact) / per_unit
        own = {item.id for item in sections[cap.section].items}
        total = floor(points) + 1 if is_strict else ceil(points)
        totals.append(total - sum(move.points for move in forced if move.item.id in own))
        for move, found in zip(free, gains, strict=True):
            found.append(move.points if move.item.id in own else 0)
    return _Need(tuple(totals), [tuple(found) for found in gains])


def _by_gain(move: _Move) -> tuple[bool, bool, Fraction, float, int]:
    return not move.is_urgent, not move.is_held, -move.gain, move.minutes, move.place


def _by_time(move: _Move) -> tuple[bool, bool, bool, Fraction, int]:
    effort = move.item.effort
    return not move.is_urgent, not move.is_held, effort is None, -move.gain / (effort or 1), move.place


def _count_first(move: _Move) -> Cost:
    return 1, -move.gain, move.item.effort is None, move.item.effort or 0


def _time_first(move: _Move) -> Cost:
    return move.item.effort is None, move.item.effort or 0, 1


def _step_by_step(
    ranked: list[_Move], after: Mapping[str, list[str]], need: _Need, place: Mapping[str, int]
) -> list[str]:
    """What comes first until it is enough, each with all that has to be mended before it; then without what is not needed."""
    taken: list[str] = []
    for move in ranked:
        places = [place[name] for name in taken]
        if need.is_met(places):
            break
        if not need.helps(place[move.item.id], places):
            continue
        for name in sorted(_with_all_before([move.item.id], after), key=lambda name: place.get(name, -1)):
            if name in place and name not in taken:
                taken.append(name)
    for name in taken[::-1]:
        rest = [other for other in taken if other != name]
        if need.is_met(place[other] for other in rest) and not any(name in after[other] for other in rest):
            taken = rest
    return taken
