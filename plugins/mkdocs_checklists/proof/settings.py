"""The verdict where a few answers differ from given ones, without scoring all of them again.

Answers that conditions and gates ask for decide what is shown, and which outcomes are left. While those stay as they are, every
other answer adds its part to a sum: a `Setting` knows that sum, so that another answer is one addition.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any, Protocol

from ..model.answers import Answer
from ..scoring.advice import rise_of_point
from ..scoring.answers import cap_of, points_of, with_hidden
from ..scoring.key import ItemKey, ScoringKey, SectionCapKey
from ..scoring.rules import Situation, index_of
from ..scoring.rules_key import RulesKey
from ..scoring.score import exact_part, exact_score, reach, reach_of_cap
from ..scoring.tally import share_of, tally_of
from .answer_patterns import Dependencies, Given, Numbers, conditional_items, dependencies
from .decider import Chosen, Decider
from .largest_lead import lead_of

ItemAnswer = tuple[str, Answer]
"""An item, and an answer to it."""


class Setting(Protocol):
    """Answers to all questions, with what conditions and gates make of them."""

    hidden: frozenset[str]

    def verdict(self, *choices: ItemAnswer) -> str | None:
        """The band or outcome where these answers are given in place of others; none that a condition or a gate asks for."""

    def rank(self, *choices: ItemAnswer) -> Any:
        """How good the verdict is then: the larger, the better."""

    def unmoved(self, choice: ItemAnswer, others: Sequence[ItemAnswer], verdict: str | None) -> list[int]:
        """Which of the others, given with a choice, lead to a verdict; by their places."""


class Settings(Protocol):
    """The settings that answers to the questions of a key make."""

    asked: Dependencies
    """What conditions and gates ask for."""

    def of(self, given: Given, numbers: Numbers) -> Setting:
        """The setting of answers to all questions."""


class BandSettings:
    """Those of a key with bands."""

    def __init__(self, key: ScoringKey) -> None:
        self.key = key
        self.items = {item.id: item for item in key.items}
        rules = key.rules or RulesKey()
        self._index = index_of(key, rules)
        self._conditional = conditional_items(key)
        parts = {*self._conditional, *(section.id for section in key.sections)}
        self.asked = dependencies(key, [tree for name, tree in rules.when.items() if name in parts])

    def of(self, given: Given, numbers: Numbers) -> Setting:
        situation = Situation(self._index, given, numbers)
        return _BandSetting(self, given, frozenset(name for name in self._conditional if not situation.is_shown(name)))


@dataclass(frozen=True)
class _CappingPart:
    """A section that caps the band while its sum is less than `least`, in units of its own, in the good direction."""

    sum: int
    least: int
    worth: Mapping[str, int]
    band: int


@dataclass
class _BandSetting:
    """Scores are whole numbers in a common unit, in the good direction; `_cuts` are the least for each band but the worst."""

    settings: BandSettings
    given: Given
    hidden: frozenset[str]
    _sum: int = 0
    _cuts: list[int] = field(default_factory=list)
    _worth: dict[str, int] = field(default_factory=dict)
    _caps: dict[str, int] = field(default_factory=dict)
    _lowest: int = 0
    _has_score: bool = True
    _parts: list[_CappingPart] = field(default_factory=list)

    def __post_init__(self) -> None:
        key = self.settings.key
        given = with_hidden(self.given, self.hidden)
        shown = [[item for item in section.items if item.id not in self.hidden] for section in key.sections]
        top = len(key.bands) - 1
        self._caps = {item.id: cap_of(item, self.given[item.id], top) for items in shown for item in items}
        self._lowest = min(self._caps.values(), default=top)
        tallies = [tally_of(key, section.items, given) for section in key.sections]
        if key.by_section:
            pairs = zip(key.sections, tallies, strict=True)
            self._has_score = any(section.weight and share_of(key, tally) is not None for section, tally in pairs)
        else:
            self._has_score = share_of(key, tally_of(key, key.items, given)) is not None
        if not self._has_score:
            return
        exact, point, ends = exact_score(key, given)
        worth = [point * rise_of_point(key, section, given) for section in key.sections]
        unit = lcm(exact.denominator, *(part.denominator for part in worth))
        sign = -1 if key.better == "lower" else 1
        self._sum = sign * int(exact * unit)
        self._cuts = [_least_from(*reach(key, ends, band), sign, unit) for band in range(1, len(key.bands))]
        for items, part in zip(shown, worth, strict=True):
            self._worth |= {item.id: sign * int(part * unit) * item.weight for item in items}
        self._parts = [found for cap in key.caps if (found := self._part(cap, given, sign))]

    def _part(self, cap: SectionCapKey, given: Given, sign: int) -> _CappingPart | None:
        key = self.settings.key
        section = next(section for section in key.sections if section.id == cap.section)
        found = exact_part(key, section, given)
        if found is None:
            return None
        exact, point, ends = found
        unit = lcm(exact.denominator, point.denominator)
        worth = {
            item.id: sign * int(point * unit) * item.weight for item in section.items if item.id not in self.hidden
        }
        least = _least_from(*reach_of_cap(key, ends, cap), sign, unit)
        return _CappingPart(sign * int(exact * unit), least, worth, cap.band)

    def verdict(self, *choices: ItemAnswer) -> str | None:
        place = self._place(*choices)
        return None if place is None else self.settings.key.bands[place][0]

    def rank(self, *choices: ItemAnswer) -> Any:
        place = self._place(*choices)
        return -1 if place is None else place, self._sum + sum(self._rise(choice) for choice in choices)

    def unmoved(self, choice: ItemAnswer, others: Sequence[ItemAnswer], verdict: str | None) -> list[int]:
        place = next((n for n, (name, _) in enumerate(self.settings.key.bands) if name == verdict), None)
        if place is None or not self._has_score or self._parts:
            return [n for n, other in enumerate(others) if self.verdict(choice, other) == verdict]
        if self._cap(choice) < place:
            return []
        # Two weak answers together lead to no better band than one: it is enough that they do not lead to a worse one.
        start = self._sum + self._rise(choice)
        short = self._cuts[place - 1] - start if place else None
        return [
            n
            for n, other in enumerate(others)
            if (short is None or self._rise(other) >= short) and self._cap(other) >= place
            if place == len(self._cuts) or self.verdict(choice, other) == verdict
        ]

    def _place(self, *choices: ItemAnswer) -> int | None:
        if not self._has_score:
            return None
        total = self._sum + sum(self._rise(choice) for choice in choices)
        caps = [self._cap(choice) for choice in choices if choice[0] in self._caps]
        caps += [part.band for part in self._parts if self._is_weak(part, choices)]
        return min(bisect_right(self._cuts, total), self._cap_without(choices), *caps)

    def _is_weak(self, part: _CappingPart, choices: Sequence[ItemAnswer]) -> bool:
        return part.sum + sum(self._rise(choice, part.worth) for choice in choices) < part.least

    def _cap_without(self, choices: Sequence[ItemAnswer]) -> int:
        """The worst cap of the answers that are left as they are."""
        if self._lowest == len(self._cuts):
            return self._lowest
        changed = {name for name, _ in choices}
        return min((cap for name, cap in self._caps.items() if name not in changed), default=len(self._cuts))

    def _rise(self, choice: ItemAnswer, worth: Mapping[str, int] | None = None) -> int:
        name, answer = choice
        worth = self._worth if worth is None else worth
        if name not in worth:
            return 0
        item = self.settings.items[name]
        return worth[name] * (_points(item, answer) - _points(item, self.given[name]))

    def _cap(self, choice: ItemAnswer) -> int:
        return cap_of(self.settings.items[choice[0]], choice[1], len(self._cuts))


def _points(item: ItemKey, answer: Answer) -> int:
    return points_of(item, answer) or 0


def _least_from(bound: Fraction, is_beyond: bool, sign: int, unit: int) -> int:
    """The least whole number of units that is at a bound, or beyond it."""
    exact = sign * bound * unit
    return floor(exact) + 1 if is_beyond else ceil(exact)


class DecisionSettings:
    """Those of a decision, as one of its outcomes sees them."""

    def __init__(self, decider: Decider, outcome: str) -> None:
        self.decider, self.outcome = decider, outcome
        gates = [gate.when for gate in decider.decision.gates]
        self.asked = dependencies(decider.key, gates, [item.id for item in decider.key.items])

    def of(self, given: Given, numbers: Numbers) -> Setting:
        return _DecisionSetting(self, given, *self.decider.rules(given, numbers))


@dataclass
class _DecisionSetting:
    settings: DecisionSettings
    given: Given
    hidden: frozenset[str]
    gates: Mapping[str, int]
    _known: dict[int, Chosen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = self.settings.decider.rows
        shown = [name for name in rows if name not in self.hidden]
        self._gain = sum(rows[name][1][self.given[name]] for name in shown)
        self._span = sum(rows[name][0] for name in shown)

    def verdict(self, *choices: ItemAnswer) -> str | None:
        return self._chosen(choices).outcome

    def rank(self, *choices: ItemAnswer) -> Any:
        found = self._chosen(choices)
        outcome = self.settings.outcome
        return found.outcome == outcome, lead_of(self.settings.decider, found, outcome)

    def unmoved(self, choice: ItemAnswer, others: Sequence[ItemAnswer], verdict: str | None) -> list[int]:
        return [n for n, other in enumerate(others) if self.verdict(choice, other) == verdict]

    def _chosen(self, choices: Iterable[ItemAnswer]) -> Chosen:
        rows = self.settings.decider.rows
        gain = self._gain
        for name, answer in choices:
            if name not in self.hidden:
                gain += rows[name][1][answer] - rows[name][1][self.given[name]]
        if gain not in self._known:
            self._known[gain] = self.settings.decider.settle(gain, self._span, self.gates)
        return self._known[gain]
