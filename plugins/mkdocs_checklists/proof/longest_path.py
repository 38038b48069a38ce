"""How much a reader is asked at most: the longest way through questions and numbers of which conditions show only some.

Conditions that have no name in common are looked at by themselves. Their parts are gone through in reading order, and what comes
after a part depends only on the answers that later conditions still ask for: those are remembered, so that a long questionnaire
with many short branches is no work. Where there are too many cases, or sums of numbers decide, all parts count: as much as that is
never asked, and no reader is asked more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ..expressions.trees import Tree, names, walk
from ..model.answers import Answer
from ..model.checklist import SECONDS_PER_NUMBER, SECONDS_PER_QUESTION
from ..scoring.answers import definite_answers
from ..scoring.key import ItemKey, ScoringKey
from ..scoring.rules import KeyIndex, Situation, index_of
from ..scoring.rules_key import InputKey, RulesKey
from .answer_patterns import Given, Numbers, dependencies, in_reading_order, values_of

_MOST_STEPS = 5_000
_MOST_PARTS = 200
_PLAIN = frozenset({"and", "or", "not", "is", "==", "!=", "<", "<=", ">", ">=", "get", "num", "outcome"})

# What these find depends on much else, and on what is left open.
_RESULTS = frozenset({"score", "band", "section-band", "points", "known", "answer"})

_Part = ItemKey | InputKey


class LongestPath(NamedTuple):
    """So many questions and numbers on the longest way; `is_whole` where everybody is asked all there is."""

    questions: int
    numbers: int
    is_whole: bool = True


def longest_path(key: ScoringKey) -> LongestPath:
    """The most that a reader of a checklist is asked."""
    rules = key.rules or RulesKey()
    total = LongestPath(len(key.items), len(rules.inputs))
    if not rules.when:
        return total
    questions, numbers = total.questions, total.numbers
    index = index_of(key, rules)
    for parts in _components(key, rules, index):
        asked = _Walk(key, index, parts).longest()
        questions -= sum(isinstance(part, ItemKey) for part in parts) - asked.questions
        numbers -= sum(isinstance(part, InputKey) for part in parts) - asked.numbers
    return LongestPath(questions, numbers, (questions, numbers) == total[:2])


def _components(key: ScoringKey, rules: RulesKey, index: KeyIndex) -> list[list[_Part]]:
    """The parts that conditions show or ask for, those together that depend on one another, each in reading order."""
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        leaders.setdefault(name, name)
        while leaders[name] != name:
            leaders[name] = name = leaders[leaders[name]]
        return name

    trees: list[tuple[str, Tree]] = [*index.when.items(), *index.formulas.items()]
    links = [(name, other) for name, tree in trees for other in names(tree)]
    links += [(name, section) for name, section in index.section.items() if section and section in index.when]
    for name, other in links:
        leaders[leader(name)] = leader(other)
    found: dict[str, list[_Part]] = {}
    for part in in_reading_order(key, rules):
        if part.id in leaders:
            found.setdefault(leader(part.id), []).append(part)
    return [parts for parts in found.values() if any(_is_conditional(index, part.id) for part in parts)]


def _is_conditional(index: KeyIndex, name: str) -> bool:
    return name in index.when or index.section.get(name) in index.when


class _TooMany(Exception):
    """More cases than are worth the time."""


class _Walk:
    """Goes through the parts of one component."""

    def __init__(self, key: ScoringKey, index: KeyIndex, parts: Sequence[_Part]) -> None:
        self._key, self._index, self._parts = key, index, parts
        self._known: dict[object, LongestPath] = {}
        self._steps = 0

    def longest(self) -> LongestPath:
        parts = self._parts
        everything = LongestPath(
            sum(isinstance(part, ItemKey) for part in parts), sum(isinstance(part, InputKey) for part in parts)
        )
        if len(parts) > _MOST_PARTS:
            return everything
        needs = [dependencies(self._key, [], [part.id]) for part in parts]
        drivers = {name for found in needs for name in found.names}
        trees = [tree for found in needs for tree in found.trees]
        if any(node[0] in _RESULTS for tree in trees for node in walk(tree)):
            return everything
        inputs = [part for part in parts if isinstance(part, InputKey) and part.id in drivers]
        values = {entry.id: values_of(entry, trees) for entry in inputs}
        # Between the numbers that are tried, a sum can decide otherwise; a number by itself can't.
        if not all(is_all for _, is_all in values.values()) and not _are_plain(trees):
            return everything
        self._values: Mapping[str, Sequence[Answer | Fraction]] = {
            **{entry: found for entry, (found, _) in values.items()},
            **{part.id: definite_answers(part) for part in parts if isinstance(part, ItemKey) and part.id in drivers},
        }
        last = {name: n for n, found in enumerate(needs) for name in found.names}
        order = {part.id: n for n, part in enumerate(parts)}
        self._asked_later = [
            [name for name in self._values if order[name] < n <= last.get(name, -1)] for n in range(len(parts) + 1)
        ]
        try:
            return self._from(0, {}, {})
        except _TooMany:
            return everything

    def _from(self, n: int, given: Given, numbers: Numbers) -> LongestPath:
        """The most that is asked from a part on."""
        if n == len(self._parts):
            return LongestPath(0, 0)
        state = (n, tuple((given.get(name), numbers.get(name)) for name in self._asked_later[n]))
        if state not in self._known:
            self._known[state] = self._longest_from(n, given, numbers)
        return self._known[state]

    def _longest_from(self, n: int, given: Given, numbers: Numbers) -> LongestPath:
        part = self._parts[n]
        if not Situation(self._index, given, numbers).is_shown(part.id):
            return self._from(n + 1, given, numbers)
        rest = [self._from(n + 1, *case) for case in self._cases(part, given, numbers)]
        questions, asked, _ = max(rest, key=lambda path: (_seconds(path), path))
        is_item = isinstance(part, ItemKey)
        return LongestPath(questions + is_item, asked + (not is_item))

    def _cases(self, part: _Part, given: Given, numbers: Numbers) -> Iterable[tuple[Given, Numbers]]:
        """What may be given once a part is answered; only answers that conditions ask for make a difference."""
        if part.id not in self._values:
            return [(given, numbers)]
        values = self._values[part.id]
        self._steps += len(values)
        if self._steps > _MOST_STEPS:
            raise _TooMany
        return [
            (given, {**numbers, part.id: value})
            if isinstance(value, Fraction)
            else ({**given, part.id: value}, numbers)
            for value in values
        ]


def _seconds(path: LongestPath) -> int:
    return SECONDS_PER_QUESTION * path.questions + SECONDS_PER_NUMBER * path.numbers


def _are_plain(trees: Iterable[Tree]) -> bool:
    """Whether numbers are only compared with numbers that are written out."""
    return all(
        node[0] in _PLAIN
        and not (node[0] in ("==", "!=", "<", "<=", ">", ">=") and all(side[0] == "get" for side in node[1:]))
        for tree in trees
        for node in walk(tree)
    )
