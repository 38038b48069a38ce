"""Searches answers and numbers under which something happens: a condition holds, or a part is shown.

Only what the condition depends on is varied. Where that has few combinations they are all tried, and finding nothing is a proof.
Otherwise some are drawn, and from the nearest misses a search goes on towards the condition, answer by answer and number by
number.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import product
from math import prod

from ..expressions.trees import Environment, Tree, holds, names, value_of, walk
from ..model.answers import Answer
from ..scoring.answers import all_answers, definite_answers
from ..scoring.key import Bands, ItemKey, ScoringKey
from ..scoring.rules import KeyIndex, Situation, index_of
from ..scoring.rules_key import InputKey, RulesKey
from .answer_patterns import MOST_COUNTED, Given, Numbers, any_value, dependencies, values_of

DRAWN = 1_000
_CLIMBS = 12
_MOST_STEPS = 3_000

_Value = Answer | Fraction | None

_CHANGED_BY_MORE = {"score", "band", "section-band", "mean", "known"}
"""What may be one thing while something is open, and another once that is answered."""


@dataclass(frozen=True)
class Aim:
    """What is to happen: a part is shown, or a condition holds and none of those `before` it does."""

    when: Tree | None = None
    before: tuple[Tree, ...] = ()
    shown: str | None = None
    outcome: str | None = None
    """The outcome that conditions are to find; it is taken as given."""

    @property
    def trees(self) -> tuple[Tree, ...]:
        return self.before if self.when is None else (*self.before, self.when)


@dataclass(frozen=True)
class Search:
    """What a search has found: answers and numbers, or `None`, after so many cases, and whether there are no others."""

    found: tuple[Given, Numbers] | None
    tried: int
    is_whole: bool = False


def search(key: ScoringKey, aim: Aim, *, is_brief: bool = False) -> Search:
    """Search for a case in which an aim is reached; a brief search gives up sooner."""
    return _Search(key, aim, 10 if is_brief else 1).run()


def cases_of(key: ScoringKey, aim: Aim, most: int) -> Iterator[tuple[Given, Numbers]]:
    """Cases in which an aim is reached, all of them or `most` at random."""
    return _Search(key, aim).cases(most)


class _Search:
    def __init__(self, key: ScoringKey, aim: Aim, haste: int = 1) -> None:
        self._aim = aim
        self._drawn, self._left = DRAWN // haste, _MOST_STEPS // haste
        self._index: KeyIndex = index_of(key, key.rules or RulesKey())
        found = dependencies(key, aim.trees, [aim.shown] if aim.shown else [])
        self._parts: list[ItemKey | InputKey] = [*found.inputs, *found.items]
        self._items = [item.id for item in found.items]
        self._values: list[Sequence[_Value]] = []
        self._is_whole = True
        asked = {node[0] for tree in found.trees for node in walk(tree)}
        # More answers never undo what holds already, but they may make a condition hold that came in the way, and they change
        # what is known and what counts.
        nothing: list[_Value] = [None] if aim.before or asked & _CHANGED_BY_MORE else []
        ways = partial(all_answers, key) if asked & _CHANGED_BY_MORE else definite_answers
        for part in self._parts:
            if isinstance(part, ItemKey):
                self._values.append([*ways(part), *nothing])
            else:
                values, is_all = values_of(part, found.trees)
                self._values.append([*values, *nothing])
                self._is_whole &= is_all
        self._choose = random.Random(0)  # noqa: S311 - the same search in every run

    def run(self) -> Search:
        number = prod(len(values) for values in self._values)
        if self._is_whole and number <= MOST_COUNTED:
            for case in product(*self._values):
                if self._distance(case) == 0:
                    return Search(self._split(case), number, is_whole=True)
            return Search(None, number, is_whole=True)
        drawn = []
        for _ in range(self._drawn):
            case = self._any()
            distance = self._distance(case)
            if distance == 0:
                return Search(self._split(case), self._drawn)
            drawn.append((distance, case))
        # Only the distance is compared.
        drawn.sort(key=lambda entry: entry[0])
        for distance, case in drawn[:_CLIMBS]:
            found = self._climb(case, distance)
            if found is not None:
                return Search(self._split(found), self._drawn)
        return Search(None, self._drawn)

    def cases(self, most: int) -> Iterator[tuple[Given, Numbers]]:
        cases = list(product(*self._values)) if prod(len(v) for v in self._values) <= MOST_COUNTED else None
        if cases is None:
            cases = [self._any() for _ in range(DRAWN)]
        self._choose.shuffle(cases)
        for case in cases:
            if self._distance(case) == 0:
                yield self._split(case)
                most -= 1
            if not most:
                return

    def _any(self) -> tuple[_Value, ...]:
        choose = self._choose
        return tuple(
            any_value(part, choose) if isinstance(part, InputKey) and choose.random() < 0.5 else choose.choice(values)
            for part, values in zip(self._parts, self._values, strict=True)
        )

    def _split(self, case: Sequence[_Value]) -> tuple[Given, Numbers]:
        given: Given = {}
        numbers: Numbers = {}
        for part, value in zip(self._parts, case, strict=True):
            if isinstance(value, Fraction):
                numbers[part.id] = value
            elif value is not None:
                given[part.id] = value
        return given, numbers

    # Towards the aim

    def _climb(self, case: tuple[_Value, ...], distance: float) -> tuple[_Value, ...] | None:
        """The case that is reached by changing one part at a time for the better; `None` where that leads nowhere."""
        is_better = True
        while is_better:
            is_better = False
            for n, part in enumerate(self._parts):
                for value in self._near(n, part, case[n]):
                    if not self._left:
                        return None
                    self._left -= 1
                    other = (*case[:n], value, *case[n + 1 :])
                    reached = self._distance(other)
                    if reached < distance:
                        case, distance, is_better = other, reached, True
                    if distance == 0:
                        return case
        return None

    def _near(self, n: int, part: ItemKey | InputKey, value: _Value) -> Iterator[_Value]:
        yield from self._values[n]
        if isinstance(part, InputKey) and isinstance(value, Fraction):
            step = Fraction(1, 10**part.decimals)
            while step <= part.high - part.low:
                yield from (near for near in (value - step, value + step) if part.low <= near <= part.high)
                step *= 2

    def _distance(self, case: Sequence[_Value]) -> float:
        """How far a case is from the aim: 0 exactly where it is reached."""
        aim = self._aim
        situation = Situation(self._index, *self._split(case))
        for name in self._items:
            # In reading order, or a long chain of conditions would be followed down to its start at once.
            situation.is_shown(name)
        environment = situation.with_outcome(aim.outcome)
        measure = _Measure(self._index, situation, environment)
        parts: list[float] = []
        if aim.shown and not situation.is_shown(aim.shown):
            parts.append(measure.hidden(aim.shown))
        if aim.when is not None and holds(aim.when, environment) is not True:
            parts.append(measure.of(aim.when, wanted=True))
        parts += [measure.of(tree, wanted=False) for tree in aim.before if holds(tree, environment)]
        return sum(parts)


_MOST_DEEP = 20


@dataclass(frozen=True)
class _Measure:
    """How far conditions are from holding, or from not holding: above 0 wherever they are not there yet."""

    index: KeyIndex
    situation: Situation
    environment: Environment
    known: dict[str, float] = field(default_factory=dict)
    """How far from being shown the parts are that were asked for; 1 while that is being found out."""

    def of(self, tree: Tree, *, wanted: bool) -> float:
        if holds(tree, self.environment) is wanted:
            return 0
        match tree[0]:
            case "not":
                return self.of(tree[1], wanted=not wanted)
            case "and" | "or":
                parts = [self.of(part, wanted=wanted) for part in tree[1:]]
                return sum(parts) if (tree[0] == "and") is wanted else min(parts)
            case "if":
                test = holds(tree[1], self.environment)
                if test is None:
                    return 1 + self.of(tree[1], wanted=True)
                return self.of(tree[2] if test else tree[3], wanted=wanted)
            case "is" | "has" | "outcome" | "known":
                return 1 + self._unseen(tree)
            case "band":
                return 1 + self._from_band(tree[1], self.index.key.bands, None)
            case "section-band":
                bands = next(section.bands for section in self.index.key.sections if section.id == tree[1])
                return 1 + self._from_band(tree[2], bands, tree[1])
        left, right = value_of(tree[1], self.environment), value_of(tree[2], self.environment)
        if left is None or right is None:
            return 2 + self._unseen(tree)
        gap = abs(left - right)
        return float(Fraction(1, 10**9) + gap / (1 + gap))

    def _from_band(self, wanted: str, bands: Bands, section: str | None) -> float:
        """How far a score is from one of its bands; 1 where that is not what keeps the band from being awarded."""
        score, cuts = self.situation.score(section), dict(bands)
        if score is None:
            return 2
        scaled = score * 10**self.index.key.decimals
        above = min((cut for cut in cuts.values() if cut > cuts[wanted]), default=None)
        gap = max(cuts[wanted] - scaled, 0 if above is None else scaled - above + 1, Fraction(0))
        return float(gap / (1 + gap)) if gap else 1

    def hidden(self, name: str) -> float:
        """How far a part is from being shown, as far as a chain of conditions is followed."""
        if name not in self.known:
            if len(self.known) >= _MOST_DEEP:
                return 1
            self.known[name] = 1
            tree, section = self.index.when.get(name), self.index.section.get(name)
            own = self.of(tree, wanted=True) if tree is not None else 0
            self.known[name] = own + (self.hidden(section) if section else 0)
        return self.known[name]

    def _unseen(self, tree: Tree) -> float:
        """How far what a tree asks for is from being shown."""
        trees: list[Tree] = [tree]
        seen: set[str] = set()
        for part in trees:
            for name in names(part):
                if name not in seen:
                    seen.add(name)
                    trees += [self.index.formulas[name]] if name in self.index.formulas else []
        return sum(self.hidden(name) for name in sorted(seen) if not self.situation.is_shown(name))
