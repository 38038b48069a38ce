"""Decisions by the ten thousand: which outcome answers lead to, and answers that lead to a certain one.

The same as `outcomes`, with everything looked up beforehand that is the same for all answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from operator import sub
from typing import NamedTuple

from ..expressions.trees import holds
from ..model.answers import Answer, applies
from ..scoring.answers import all_answers, definite_answers, toward
from ..scoring.key import ItemKey, ScoringKey
from ..scoring.rules import Situation, chosen, index_of, placed
from ..scoring.rules_key import DecisionKey
from .answer_patterns import Given, Numbers, conditional_items, dependencies, values_of

_MOST_STEPS = 6_000
_LEAST_STEPS = 300
_REMOVED = 1_000

# A thousand points, doubled and weighted a thousand times, for a million questions; in fractions up to what `too-fine` lets pass.
_WIDTH = 56
_MASK = (1 << _WIDTH) - 1


class Chosen(NamedTuple):
    """What answers lead to. For each outcome, `gains` are the points above the least, and `spans` their most."""

    outcome: str | None
    close_call: tuple[str, str] | None
    fits: Mapping[str, int | None]
    gates: Mapping[str, int]
    """How many gates remove an outcome."""
    gains: list[int]
    spans: list[int]
    is_provisional: bool


class Rules(NamedTuple):
    """What the rules make of answers: the items that are not shown, and how many gates remove an outcome."""

    hidden: frozenset[str]
    gates: Mapping[str, int]


class Decider:
    """Decides by the key of a decision."""

    def __init__(self, key: ScoringKey) -> None:
        assert key.rules is not None
        assert key.rules.decision is not None
        self.key, self.decision = key, key.rules.decision
        self._index = index_of(key, key.rules)
        found = dependencies(key, [gate.when for gate in self.decision.gates], [item.id for item in key.items])
        self.items, self.inputs = [item.id for item in found.items], found.inputs
        self.values = {entry.id: values_of(entry, found.trees)[0] for entry in found.inputs}
        self._conditional = conditional_items(key)
        # Of each item the span, and by definite answer the gain, weighted. The numbers for all outcomes are digits of one, so that
        # adding an answer is one sum.
        self.rows = {item.id: _rows(self.decision, item) for item in key.items}
        self._known: dict[object, Rules] = {}

    def decide(self, given: Given, numbers: Numbers) -> Chosen:
        """What answers lead to; those of hidden items count for nothing."""
        hidden, gates = self.rules(given, numbers)
        gain = span = applicable = answered = 0
        for item, (most, gained) in self.rows.items():
            answer = given.get(item)
            if not applies(answer) or item in hidden:
                continue
            applicable += 1
            if answer is None:
                continue
            answered += 1
            if answer in gained:
                gain += gained[answer]
                span += most
        return self.settle(gain, span, gates, is_provisional=100 * answered < self.key.enough * applicable)

    def settle(self, gain: int, span: int, gates: Mapping[str, int], *, is_provisional: bool = False) -> Chosen:
        """What sums lead to: of what was gained for each outcome, and of the most that could be."""
        gains, spans = self.digits(gain), self.digits(span)
        fits = {name: placed(gains[n], 0, spans[n]) for n, name in enumerate(self.decision.outcomes)}
        outcome, close_call = chosen(self.decision, fits, gates, is_provisional)
        return Chosen(outcome, close_call, fits, gates, gains, spans, is_provisional)

    def digits(self, number: int) -> list[int]:
        """The numbers for each outcome."""
        return [number >> (n * _WIDTH) & _MASK for n in range(len(self.decision.outcomes))]

    def rules(self, given: Given, numbers: Numbers) -> Rules:
        """What the rules make of answers and numbers."""
        case = (*map(given.get, self.items), *(numbers.get(entry.id) for entry in self.inputs))
        if case not in self._known:
            situation = Situation(self._index, given, numbers)
            gates: dict[str, int] = {}
            for gate in self.decision.gates:
                if holds(gate.when, situation.environment):
                    gates[gate.remove] = gates.get(gate.remove, 0) + 1
            hidden = frozenset(name for name in self._conditional if not situation.is_shown(name))
            self._known[case] = Rules(hidden, gates)
        return self._known[case]


def _rows(decision: DecisionKey, item: ItemKey) -> tuple[int, dict[Answer, int]]:
    gifts = {answer: toward(decision, item, answer) for answer in definite_answers(item)}
    gains = {answer: _number(map(sub, gift.earned, gift.least)) for answer, gift in gifts.items()}
    _, least, most = next(iter(gifts.values()))
    return _number(map(sub, most, least)), gains


def _number(digits: Iterable[int]) -> int:
    return sum(digit << (n * _WIDTH) for n, digit in enumerate(digits))


def find_outcome(
    decider: Decider, outcome: str, pins: Iterable[tuple[Given, Numbers]] = (), *, are_fixed: bool = False
) -> tuple[Given, Numbers] | None:
    """Answers that lead to an outcome: from the best ones against its rivals on, answer by answer, also with questions left open.

    `pins` are answers to start from; with `are_fixed` they stay, and nothing else is tried.
    """
    search = _Search(decider, outcome)
    free: list[tuple[Given, Numbers]] = [] if are_fixed else [({}, {})]
    for given, numbers in (*free, *pins):
        for start in search.starts(given):
            case = search.climb(start, dict(numbers), given if are_fixed else {}, numbers if are_fixed else {})
            if case is not None:
                return case
    return None


class _Search:
    def __init__(self, decider: Decider, outcome: str) -> None:
        self._decider, self._outcome = decider, outcome
        self._n = decider.decision.outcomes.index(outcome)
        self._left = _MOST_STEPS

    def starts(self, pinned: Given) -> Iterator[Given]:
        """The best answers for the outcome: against all its rivals together, against each, and whatever they do for others."""
        rivals = [n for n in range(len(self._decider.decision.outcomes)) if n != self._n]
        for group in dict.fromkeys([tuple(rivals), *((n,) for n in rivals), ()]):
            self._left = max(self._left, _LEAST_STEPS)
            yield {**self._best(group), **pinned}

    def _best(self, rivals: tuple[int, ...]) -> Given:
        spans = [max(1, span) for span in self._decider.digits(sum(most for most, _ in self._decider.rows.values()))]

        def lead(gain: int) -> Fraction:
            gains = self._decider.digits(gain)
            behind = sum((Fraction(gains[n], spans[n]) for n in rivals), Fraction(0))
            return Fraction(gains[self._n], spans[self._n]) - behind / max(1, len(rivals))

        return {item: max(gains, key=lambda name: lead(gains[name])) for item, (_, gains) in self._decider.rows.items()}

    def climb(
        self, given: Given, numbers: Numbers, fixed: Given, fixed_numbers: Numbers
    ) -> tuple[Given, Numbers] | None:
        """Change one answer at a time as long as that brings the outcome nearer; `None` where it does not get there."""
        values = self._decider.values
        for name, known in values.items():
            numbers.setdefault(name, known[len(known) // 2])
        best = self._nearness(given, numbers)
        is_better = True
        while is_better:
            if best[0] >= 0 and self._decider.decide(given, numbers).outcome == self._outcome:
                return given, numbers
            is_better = False
            for other, other_numbers in self._neighbours(given, numbers, fixed, fixed_numbers):
                self._left -= 1
                if self._left < 0:
                    return None
                near = self._nearness(other, other_numbers)
                if near > best:
                    given, numbers, best, is_better = other, other_numbers, near, True
                    break
        return None

    def _neighbours(
        self, given: Given, numbers: Numbers, fixed: Given, fixed_numbers: Numbers
    ) -> Iterator[tuple[Given, Numbers]]:
        key = self._decider.key
        for item in key.items:
            if item.id in fixed:
                continue
            for answer in all_answers(key, item):
                if answer != given.get(item.id):
                    yield {**given, item.id: answer}, numbers
            if key.enough < 100 and item.id in given:
                yield {name: choice for name, choice in given.items() if name != item.id}, numbers
        for name, values in self._decider.values.items():
            if name not in fixed_numbers:
                for value in values:
                    yield given, {**numbers, name: value}

    def _nearness(self, given: Given, numbers: Numbers) -> tuple[float, float]:
        """How near answers are to the outcome: not below 0 once it may win; then, by how much before it was rounded."""
        decision = self._decider.decision
        found = self._decider.decide(given, numbers)
        fit = found.fits[self._outcome]
        if found.outcome == self._outcome:
            return 1, 0
        if fit is None or found.is_provisional:
            return -2 * _REMOVED, 0
        rivals = [
            n
            for n, name in enumerate(decision.outcomes)
            if n != self._n and name not in found.gates and found.fits[name] is not None
        ]
        exact = self._exact(found, self._n)
        lead = min((exact - self._exact(found, n) for n in rivals), default=100.0) - decision.lead
        short = min(lead, exact - decision.least, 0.0) - _REMOVED * found.gates.get(self._outcome, 0)
        return short, lead

    def _exact(self, found: Chosen, n: int) -> float:
        return 100 * found.gains[n] / found.spans[n]
