"""The ways to answer all the questions of a key that are shown: how many there are, each of them, or some at random.

Which questions are shown depends on the answers to a few of them, the *drivers*, and perhaps on numbers. These are gone through
one by one in reading order; all other questions only multiply. So the ways are counted exactly, and drawn each as likely as any
other, unless there are too many cases among the drivers, or a number decides that has more values than can be tried.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, product
from math import prod
from typing import NamedTuple

from ..expressions.trees import Tree, names, walk
from ..model.answers import Answer
from ..scoring.answers import full_answers
from ..scoring.key import ItemKey, ScoringKey
from ..scoring.rules import KeyIndex, Situation, index_of
from ..scoring.rules_key import InputKey, RulesKey
from ..scoring.score import scored_items

MOST_COUNTED = 20_000
"""So many ways are gone through one by one; of more, some are drawn."""

_WALKS = 2_000
_MOST_VALUES = 200

Given = dict[str, Answer]
Numbers = dict[str, Fraction]
Ways = Callable[[ItemKey], Sequence[Answer | None]]
"""The ways to answer an item; `None` leaves it open."""


def conditional_items(key: ScoringKey) -> list[str]:
    """The items that a condition can hide, their own or that of their section."""
    when = key.rules.when if key.rules else {}
    return [item.id for section in key.sections for item in section.items if {item.id, section.id} & when.keys()]


class Dependencies(NamedTuple):
    """All that conditions and formulas depend on, in reading order, and every tree on the way there."""

    items: list[ItemKey]
    inputs: list[InputKey]
    trees: list[Tree]

    @property
    def names(self) -> set[str]:
        """The ids of the items and inputs."""
        return {item.id for item in self.items} | {entry.id for entry in self.inputs}


def dependencies(key: ScoringKey, trees: Iterable[Tree], shown: Iterable[str] = ()) -> Dependencies:
    """What trees depend on, and whether the names in `shown` are shown: through figures, and through other conditions."""
    rules = key.rules or RulesKey()
    index = index_of(key, rules)
    found: list[Tree] = []
    seen: set[str] = set()
    queue = [*trees]
    hidden_by = [*shown]
    asked: set[str] = set()
    while queue or hidden_by:
        if queue:
            tree = queue.pop()
            found.append(tree)
            for name in (*names(tree), *_counted(key, tree)):
                if name not in seen:
                    seen.add(name)
                    hidden_by.append(name)
                    queue += [index.formulas[name]] if name in index.formulas else []
            continue
        name = hidden_by.pop()
        if name not in asked:
            asked.add(name)
            queue += [index.when[name]] if name in index.when else []
            section = index.section.get(name)
            hidden_by += [section] if section else []
    return Dependencies(
        [item for item in key.items if item.id in seen], [entry for entry in rules.inputs if entry.id in seen], found
    )


def _counted(key: ScoringKey, tree: Tree) -> Iterator[str]:
    """The ids of the items that the results in a tree depend on."""
    for node in walk(tree):
        if key.open_zero and node[0] in ("score", "section-band"):
            # What is open counts once anything is answered.
            yield from (item.id for item in key.items)
        elif node[0] == "score":
            yield from (item.id for item in scored_items(key, node[1] if len(node) > 1 else None))
        elif node[0] == "band":
            yield from (item.id for item in key.items)
        elif node[0] == "section-band":
            yield from (item.id for section in key.sections if section.id == node[1] for item in section.items)


def values_of(entry: InputKey, trees: Iterable[Tree]) -> tuple[list[Fraction], bool]:
    """Numbers that an input takes, and whether those are all: its ends, its middle, and what lies around the numbers in trees."""
    step = Fraction(1, 10**entry.decimals)
    count = (entry.high - entry.low) // step
    if count < _MOST_VALUES:
        return [entry.low + n * step for n in range(count + 1)], True
    near = {0, 1, count // 2, count - 1, count}
    for number in {node[1] for tree in trees for node in walk(tree) if node[0] == "num"}:
        at = (number - entry.low) // step
        near |= {at - 1, at, at + 1}
    return [entry.low + n * step for n in sorted(near) if 0 <= n <= count], False


def any_value(entry: InputKey, choose: random.Random) -> Fraction:
    """A number that an input takes: small ones as often as large ones."""
    step = Fraction(1, 10**entry.decimals)
    count = (entry.high - entry.low) // step
    at = choose.randrange(count + 1) if choose.random() < 0.5 else int((count + 1) ** choose.random()) - 1
    return entry.low + min(at, count) * step


class Case(NamedTuple):
    """One way to answer the drivers: what is given, the other items that are shown then, and for how many ways it stands."""

    given: Mapping[str, Answer]
    numbers: Mapping[str, Fraction]
    shown: tuple[ItemKey, ...]
    weight: int


class Patterns:
    """The ways to answer all that is shown of a key.

    `count` is their number; where it `is_bound`, there are that many at most. With `can_be_listed`, iterating yields each
    of them. Numbers are tried where they decide what is shown; `numbers` names others that are to be drawn along.
    """

    def __init__(self, key: ScoringKey, ways: Ways = full_answers, numbers: Iterable[str] = ()) -> None:
        rules = key.rules or RulesKey()
        self._ways = {item.id: tuple(ways(item)) for item in key.items}
        self._index = index_of(key, rules)
        self._conditional = conditional_items(key)
        self._dependencies = _drivers(key, self._index)
        self._along = [entry for entry in rules.inputs if entry.id in set(numbers)]
        drivers = {item.id for item in self._dependencies.items}
        self._others = [item for item in key.items if item.id not in drivers]
        wanted = self._dependencies.names
        self._order = [part for part in in_reading_order(key, rules) if part.id in wanted]
        self._values = {entry.id: values_of(entry, self._dependencies.trees) for entry in self._dependencies.inputs}
        cases = self._cases()
        self._are_all = cases is not None and all(is_all for _, is_all in self._values.values())
        self._pool = self._walks() if cases is None else cases
        self._sums = list(accumulate(case.weight for case in self._pool))
        self.is_bound = not self._are_all
        self.count = self._most() if self.is_bound else self._sums[-1]

    @property
    def can_be_listed(self) -> bool:
        """Whether there are few enough to go through them all."""
        return self._are_all and not self._along and self.count <= MOST_COUNTED

    def __iter__(self) -> Iterator[tuple[Given, Numbers]]:
        for case in self._pool:
            for choices in product(*(self._ways[item.id] for item in case.shown)):
                found = {
                    item.id: choice for item, choice in zip(case.shown, choices, strict=True) if choice is not None
                }
                yield {**case.given, **found}, dict(case.numbers)

    def hidden(self, given: Given, numbers: Numbers) -> list[str]:
        """The items that are not shown in a pattern."""
        situation = Situation(self._index, given, numbers)
        return [name for name in self._conditional if not situation.is_shown(name)]

    def draw(self, choose: random.Random) -> tuple[Given, Numbers]:
        """One of them at random."""
        case = self._pool[bisect_right(self._sums, choose.randrange(self._sums[-1]))]
        given = dict(case.given)
        for item in case.shown:
            choice = choose.choice(self._ways[item.id])
            if choice is not None:
                given[item.id] = choice
        numbers = dict(case.numbers)
        for entry in self._along:
            if entry.id not in numbers:
                numbers[entry.id] = any_value(entry, choose)
        return given, numbers

    def _cases(self) -> list[Case] | None:
        """Every case of the drivers; `None` where there are too many."""
        ends: list[tuple[Given, Numbers, Situation]] = []
        stack: list[tuple[int, Given, Numbers, Situation]] = [(0, {}, {}, Situation(self._index, {}, {}))]
        steps = 0
        while stack:
            n, given, numbers, before = stack.pop()
            steps += 1
            if len(ends) > MOST_COUNTED or steps > 4 * MOST_COUNTED:
                return None
            if n == len(self._order):
                ends.append((given, numbers, before))
                continue
            part = self._order[n]
            situation = before.then(given, numbers)
            if not situation.is_shown(part.id):
                stack.append((n + 1, given, numbers, situation))
            elif isinstance(part, InputKey):
                values = self._values[part.id][0]
                stack += [(n + 1, given, {**numbers, part.id: value}, situation) for value in values]
            else:
                ways = self._ways[part.id]
                stack += [(n + 1, _with(given, part.id, choice), numbers, situation) for choice in ways]
        cases = [self._case(*end) for end in ends]
        # With numbers that count beyond what they show, cases that look the same are not.
        return cases if self._along else list({_look(case): case for case in cases}.values())

    def _walks(self) -> list[Case]:
        """Some cases of the drivers, drawn step by step. What has more beside it is found less often, and counts for more."""
        choose = random.Random(1)  # noqa: S311 - the same sample in every run
        cases = []
        for _ in range(_WALKS):
            given: Given = {}
            numbers: Numbers = {}
            weight = 1
            # What is given later changes nothing of what is shown before it.
            situation = Situation(self._index, given, numbers)
            for part in self._order:
                if not situation.is_shown(part.id):
                    continue
                if isinstance(part, InputKey):
                    numbers[part.id] = choose.choice(self._values[part.id][0])
                else:
                    weight *= len(self._ways[part.id])
                    choice = choose.choice(self._ways[part.id])
                    if choice is not None:
                        given[part.id] = choice
            case = self._case(given, numbers, situation)
            cases.append(case._replace(weight=case.weight * weight))
        return cases

    def _case(self, given: Given, numbers: Numbers, before: Situation) -> Case:
        situation = before.then(given, numbers)
        shown = tuple(item for item in self._others if situation.is_shown(item.id))
        return Case(given, numbers, shown, prod(len(self._ways[item.id]) for item in shown))

    def _most(self) -> int:
        """As many as there can be: what is hidden has one way more where numbers hide it."""
        by_numbers = bool(self._dependencies.inputs)
        return prod(len(ways) + (by_numbers and name in self._conditional) for name, ways in self._ways.items())


def _drivers(key: ScoringKey, index: KeyIndex) -> Dependencies:
    parts = {name for section in key.sections for name in (section.id, *(item.id for item in section.items))}
    return dependencies(key, [tree for name, tree in index.when.items() if name in parts])


def in_reading_order(key: ScoringKey, rules: RulesKey) -> list[ItemKey | InputKey]:
    """The items and inputs of a key as a reader comes to them."""
    behind = {section.id: [entry for entry in rules.inputs if entry.section == section.id] for section in key.sections}
    parts: list[ItemKey | InputKey] = [entry for entry in rules.inputs if entry.section is None]
    for section in key.sections:
        parts += [*section.items, *behind[section.id]]
    return parts


def _look(case: Case) -> object:
    return tuple(case.given.items()), tuple(item.id for item in case.shown)


def _with(given: Given, name: str, choice: Answer | None) -> Given:
    return given if choice is None else {**given, name: choice}
