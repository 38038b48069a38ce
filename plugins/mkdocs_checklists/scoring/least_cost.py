"""The cheapest of all choices that gain enough of everything: a knapsack turned round, solved exactly for a few dozen things.

`assets/result/least-cost.js` mirrors this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

Cost = tuple[int | Fraction, ...]
"""What is added up part by part, and compared from the front."""

Gains = tuple[int, ...]
"""What is gained of each thing that is needed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be taken, but only with those in `after`, which are named by their places."""

    gains: Gains
    cost: Cost
    after: tuple[int, ...] = ()


class _State(NamedTuple):
    """A set of things: what it costs, what it gains, which they are. Of equal costs the set with the earlier things is cheaper."""

    cost: Cost
    gains: Gains
    taken: int


def cheapest(choices: Sequence[Choice], needs: Gains) -> list[int]:
    """The places of the cheapest choices that together gain all of `needs`; all gains together are enough.

    Thing by thing, only those sets are kept that no other one beats in both gains and cost, among sets that agree in what later
    things wait for.
    """
    if all(need <= 0 for need in needs):
        return []
    order = _in_order(choices)
    count = len(choices)
    bits = [1 << (count - 1 - n) for n in range(count)]
    rest = [sum(column) for column in zip(*(choice.gains for choice in choices), strict=True)]
    last_use = {other: step for step, n in enumerate(order) for other in choices[n].after}
    states = [_State((0,) * (len(choices[0].cost) + 1), (0,) * len(needs), 0)]
    for step, n in enumerate(order):
        choice = choices[n]
        rest = [left - gain for left, gain in zip(rest, choice.gains, strict=True)]
        wanted = sum(bits[other] for other in choice.after)
        taking = [_with(state, choice, bits[n], needs) for state in states if state.taken & wanted == wanted]
        watched = sum(bits[other] for other, use in last_use.items() if use > step)
        least = [need - left for need, left in zip(needs, rest, strict=True)]
        states = _undominated([state for state in (*states, *taking) if _covers(state.gains, least)], watched)
    best = min(states, default=None)
    if best is None:
        return [*range(count)]
    return [n for n in range(count) if best.taken & bits[n]]


def _with(state: _State, choice: Choice, bit: int, needs: Gains) -> _State:
    cost = tuple(a + b for a, b in zip(state.cost, (*choice.cost, -bit), strict=True))
    # More than enough is no better than enough.
    gains = tuple(min(need, a + b) for a, b, need in zip(state.gains, choice.gains, needs, strict=True))
    return _State(cost, gains, state.taken | bit)


def _covers(gains: Sequence[int], others: Sequence[int]) -> bool:
    return all(gain >= other for gain, other in zip(gains, others, strict=True))


def _undominated(states: list[_State], watched: int) -> list[_State]:
    kept: list[_State] = []
    most: dict[int, list[Gains]] = {}
    for state in sorted(states):
        group = state.taken & watched
        cheaper = most.get(group, [])
        if not any(_covers(other, state.gains) for other in cheaper):
            most[group] = [*(other for other in cheaper if not _covers(state.gains, other)), state.gains]
            kept.append(state)
    return kept


def _in_order(choices: Sequence[Choice]) -> list[int]:
    """The places, so that none comes before what it waits for. In a ring, nothing is ever taken."""
    order: list[int] = []
    seen: set[int] = set()
    for start in range(len(choices)):
        stack = [(start, False)]
        while stack:
            n, is_done = stack.pop()
            if is_done:
                order.append(n)
            elif n not in seen:
                seen.add(n)
                stack += [(n, True), *((other, False) for other in choices[n].after)]
    return order
