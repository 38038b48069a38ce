"""The best answers for an outcome of a decision: those that give it its largest lead over all that no gate removes.

Gates and conditions depend on a few answers and numbers. For each case of these, the other answers add up by themselves, so a
bound on the lead is a sum of maxima, and branches that can't beat what was found are left out. What is found is the largest lead
there is, unless the cases or the branches are too many: then it is the largest that was met.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import lcm, prod
from operator import add, ge, mul
from typing import NamedTuple

from ..expressions.trees import walk
from ..model.answers import Answer, options_in
from ..scoring.answers import definite_answers
from ..scoring.rules import placed
from .answer_patterns import MOST_COUNTED, Given, Numbers, dependencies, values_of
from .decider import Chosen, Decider, Rules, find_outcome

_DRAWN = 2_000
_MOST_BRANCHES = 50_000
_MOST_COMPARED = 64
_ROUNDS = 40
"""How often the weights of the rivals are moved, to bring a bound down."""


class Best(NamedTuple):
    """Answers to all questions and the numbers with them. With `is_exact` no others are better."""

    given: Given
    numbers: Numbers
    is_exact: bool = True


def best_answers(decider: Decider, outcome: str) -> Best | None:
    """The answers, all of them options, with which an outcome wins by its largest lead; `None` where none were found."""
    return _Search(decider, outcome).run()


def lead_of(decider: Decider, found: Chosen, outcome: str) -> Fraction:
    """By how much an outcome leads, from -1 to 1, before rounding: over the best of those that are left, or over 0."""
    shares = {
        name: Fraction(found.gains[n], found.spans[n])
        for n, name in enumerate(decider.decision.outcomes)
        if found.spans[n] and name not in found.gates
    }
    others = [share for name, share in shares.items() if name != outcome]
    return shares[outcome] - max(others, default=Fraction(0)) if outcome in shares else Fraction(-1)


_Vector = tuple[int, ...]
"""An answer's share for the outcome itself, then what it adds to the lead over each rival; or weights of these."""

_Row = list[tuple[Answer, _Vector]]


class _Scale(NamedTuple):
    """What is the same for all cases in which the same questions are shown and the same rivals are left.

    Shares are counted in units of `whole`; with `least` of them the outcome may win at all. `rows` holds what each answer to what
    is shown adds, and `tops` the most that an item, or a group of its answers, adds by each of the first weights.
    """

    whole: int
    least: int
    weights: list[_Vector]
    rows: dict[str, _Row]
    tops: dict[tuple[str, int], _Vector]


class _Case(NamedTuple):
    """One case of the answers that rules ask for, by the number of the group of each, and what no lead in it exceeds."""

    groups: dict[str, int]
    numbers: Numbers
    scale: _Scale
    bound: Fraction


class _Search:
    def __init__(self, decider: Decider, outcome: str) -> None:
        self._decider, self._outcome = decider, outcome
        self._n = decider.decision.outcomes.index(outcome)
        self._items = {item.id: item for item in decider.key.items}
        self._groups = {item.id: [definite_answers(item)] for item in decider.key.items}
        self._scales: dict[object, _Scale | None] = {}
        self._best: tuple[Fraction, Given, Numbers] | None = None
        self._left = _MOST_BRANCHES

    def run(self) -> Best | None:
        cases, are_all = self._rule_cases()
        found = [case for groups, numbers in cases if (case := self._case(groups, numbers)) is not None]
        # Sorting is stable, so the first of equals stays first.
        for case in sorted(found, key=lambda case: -case.bound):
            if self._best and case.bound <= self._best[0]:
                break
            self._explore(case)
        if self._best is None:
            return None
        _, given, numbers = self._best
        return Best(given, numbers, are_all and self._left >= 0)

    # The cases of what rules ask for

    def _rule_cases(self) -> tuple[Iterable[tuple[dict[str, int], Numbers]], bool]:
        """For each case the group of answers of each item that rules ask for, and the numbers; whether these are all cases."""
        key = self._decider.key
        asked = dependencies(key, [gate.when for gate in self._decider.decision.gates], [item.id for item in key.items])
        named: dict[str, set[str]] = {}
        by_one: set[str] = set()
        for node in (node for tree in asked.trees for node in walk(tree)):
            if node[0] in ("is", "has"):
                named.setdefault(node[1], set()).add(node[2])
            elif node[0] == "points":
                by_one.add(node[1])
            elif node[0] in ("score", "band"):
                by_one.update(self._items)
        for item in asked.items:
            [answers] = self._groups[item.id]
            alike = _alike(answers, named.get(item.id, set()))
            self._groups[item.id] = [[answer] for answer in answers] if item.id in by_one else alike
        items, inputs = [item.id for item in asked.items], [entry.id for entry in asked.inputs]
        values = [values_of(entry, asked.trees) for entry in asked.inputs]
        spaces: list[Sequence[int | Fraction]] = [
            *(range(len(self._groups[name])) for name in items),
            *(known for known, _ in values),
        ]
        if prod(map(len, spaces)) <= MOST_COUNTED:
            are_all = all(is_all for _, is_all in values)
            return (self._split(items, inputs, chosen) for chosen in product(*spaces)), are_all
        choose = random.Random(0)  # noqa: S311 - the same sample in every run
        drawn = [self._split(items, inputs, [choose.choice(space) for space in spaces]) for _ in range(_DRAWN)]
        known = find_outcome(self._decider, self._outcome)
        if known:
            given, numbers = known
            places = {
                name: next((n for n, group in enumerate(self._groups[name]) if given.get(name) in group), 0)
                for name in items
            }
            drawn.append((places, {name: numbers[name] for name in inputs if name in numbers}))
        return drawn, False

    def _split(
        self, items: list[str], inputs: list[str], chosen: Sequence[int | Fraction]
    ) -> tuple[dict[str, int], Numbers]:
        places = {name: int(place) for name, place in zip(items, chosen, strict=False)}
        numbers = {name: Fraction(number) for name, number in zip(inputs, chosen[len(items) :], strict=True)}
        return places, numbers

    def _case(self, groups: dict[str, int], numbers: Numbers) -> _Case | None:
        """A case with its bound; `None` where the outcome can't win in it."""
        rules = self._decider.rules({name: self._groups[name][n][0] for name, n in groups.items()}, numbers)
        if self._outcome in rules.gates:
            return None
        known = (rules.hidden, frozenset(rules.gates))
        if known not in self._scales:
            self._scales[known] = self._scale(rules)
        scale = self._scales[known]
        if scale is None:
            return None
        tops = [scale.tops[name, groups.get(name, 0)] for name in scale.rows]
        own, *sums = map(sum, zip(*tops, strict=True)) if tops else (0,) * (len(scale.weights) + 1)
        if own < scale.least:
            return None
        bounds = (
            Fraction(total, sum(weights) * scale.whole) for total, weights in zip(sums, scale.weights, strict=True)
        )
        return _Case(groups, numbers, scale, min(bounds))

    def _scale(self, rules: Rules) -> _Scale | None:
        decider = self._decider
        shown = [name for name in self._items if name not in rules.hidden]
        spans = decider.digits(sum(decider.rows[name][0] for name in shown))
        own = spans[self._n]
        if not own:
            return None
        others = enumerate(decider.decision.outcomes)
        rivals = [n for n, name in others if n != self._n and spans[n] and name not in rules.gates]
        whole = lcm(own, *(spans[n] for n in rivals))
        least = bisect_left(range(own + 1), decider.decision.least, key=lambda gain: placed(gain, 0, own) or 0)
        weights = _first_weights(len(rivals))
        aims = [_unit(len(rivals), None), *weights]
        rows: dict[str, _Row] = {}
        tops: dict[tuple[str, int], _Vector] = {}
        for name in shown:
            rows[name] = []
            for n, group in enumerate(self._groups[name]):
                row = []
                for answer in group:
                    gains = decider.digits(decider.rows[name][1][answer])
                    share = gains[self._n] * (whole // own)
                    row.append((answer, (share, *(share - gains[m] * (whole // spans[m]) for m in rivals))))
                tops[name, n] = tuple(max(_times(aim, vector) for _, vector in row) for aim in aims)
                rows[name] += row
        return _Scale(whole, least * (whole // own), weights, rows, tops)

    # The largest lead within a case

    def _explore(self, case: _Case) -> None:
        scale = case.scale
        rows: dict[str, _Row] = {}
        for name, row in scale.rows.items():
            group = set(self._groups[name][case.groups.get(name, 0)])
            rows[name] = _unbeaten([entry for entry in row if entry[0] in group])
        weights = [*scale.weights, *_better_weights([*rows.values()])]
        for each in weights:
            self._try(case, {name: _best_of(row, each)[0] for name, row in rows.items()})
        # What differs most is decided first.
        names = sorted(rows, key=lambda name: -_spread(rows[name]))
        aims = [_unit(len(weights[0]) - 1, None), *weights]
        rests = [[0] for _ in aims]
        for name in reversed(names):
            for rest, each in zip(rests, aims, strict=True):
                rest.insert(0, rest[0] + _times(each, _best_of(rows[name], each)[1]))
        # A branch is of use if it may have a larger lead by each of the weights.
        scales = [sum(each) * scale.whole for each in weights]
        stack: list[tuple[_Vector, tuple[Answer, ...]]] = [((0,) * len(weights[0]), ())]
        while stack:
            sums, chosen = stack.pop()
            place = len(chosen)
            if sums[0] + rests[0][place] < scale.least:
                continue
            if self._best and any(
                _times(each, sums) + rest[place] <= self._best[0] * most
                for each, rest, most in zip(weights, rests[1:], scales, strict=True)
            ):
                continue
            if place == len(names):
                self._try(case, dict(zip(names, chosen, strict=True)))
                continue
            self._left -= 1
            if self._left < 0:
                return
            # Of what is on the stack, the last is looked at first.
            for answer, vector in sorted(rows[names[place]], key=lambda entry: _times(weights[-1], entry[1])):
                stack.append((tuple(map(add, sums, vector)), (*chosen, answer)))

    def _try(self, case: _Case, chosen: Given) -> None:
        given = {
            name: chosen[name] if name in chosen else self._likely(groups[case.groups.get(name, 0)], name)
            for name, groups in self._groups.items()
        }
        found = self._decider.decide(given, case.numbers)
        if found.outcome == self._outcome:
            lead = lead_of(self._decider, found, self._outcome)
            if self._best is None or lead > self._best[0]:
                self._best = lead, given, case.numbers

    def _likely(self, group: list[Answer], name: str) -> Answer:
        """The answer that does most for the outcome where a question is not shown."""

        def ahead(answer: Answer) -> int:
            gains = self._decider.digits(self._decider.rows[name][1][answer])
            return len(gains) * gains[self._n] - sum(gains)

        return max(group, key=ahead)


def _better_weights(rows: Sequence[_Row]) -> Iterator[_Vector]:
    """Weights of the rivals with a lower bound: a rival that is nearest where all looks best gains weight."""
    rivals = len(rows[0][0][1]) - 1
    if rivals < 2:
        return
    weights: _Vector = (0, *([64] * rivals))
    best, bound = weights, None
    for n in range(_ROUNDS):
        sums = [0] * (rivals + 1)
        for row in rows:
            sums = [*map(add, sums, _best_of(row, weights)[1])]
        lower = Fraction(_times(weights, sums), sum(weights))
        if bound is None or lower < bound:
            best, bound = weights, lower
        nearest = min(range(1, rivals + 1), key=lambda place: sums[place])
        step = max(1, 48 // (n + 1))
        weights = tuple(
            weight + step * rivals if place == nearest else max(0, weight - step) if place else 0
            for place, weight in enumerate(weights)
        )
    yield best


def _alike(answers: Iterable[Answer], named: set[str]) -> list[list[Answer]]:
    """Answers that conditions can't tell apart, together: those that have the same of the options that conditions name."""
    groups: dict[frozenset[str], list[Answer]] = {}
    for answer in answers:
        groups.setdefault(frozenset(named.intersection(options_in(answer))), []).append(answer)
    return [*groups.values()]


def _unbeaten(row: _Row) -> _Row:
    """The answers that no other one matches in every respect; of equals the first."""
    found: dict[_Vector, Answer] = {}
    for answer, vector in row:
        found.setdefault(vector, answer)
    kept = [
        (answer, vector)
        for vector, answer in found.items()
        if len(found) > _MOST_COMPARED or not any(o != vector and all(map(ge, o, vector)) for o in found)
    ]
    return kept


def _first_weights(rivals: int) -> list[_Vector]:
    """Each rival by itself, and all alike; without any, the outcome's own share."""
    if not rivals:
        return [_unit(0, None)]
    each = [_unit(rivals, n) for n in range(rivals)]
    return each if rivals == 1 else [*each, (0, *([1] * rivals))]


def _unit(rivals: int, rival: int | None) -> _Vector:
    """All the weight on one rival, or on the outcome's own share."""
    place = 0 if rival is None else rival + 1
    return tuple(int(n == place) for n in range(rivals + 1))


def _times(weights: _Vector, vector: Sequence[int]) -> int:
    return sum(map(mul, weights, vector))


def _best_of(row: _Row, weights: _Vector) -> tuple[Answer, _Vector]:
    return max(row, key=lambda entry: _times(weights, entry[1]))


def _spread(row: _Row) -> int:
    return sum(max(column) - min(column) for column in zip(*(vector for _, vector in row), strict=True))
