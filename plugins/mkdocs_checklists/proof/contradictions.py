"""The contradiction check: what one weak answer, or two, make of a verdict where every other answer is the best.

An author who calls an answer urgent, and a page that still gives the best verdict, contradict one another. For a list with bands
the best answers are those that lead to the best band, and of these the ones that score best. For a decision they are, outcome by
outcome, those that give it its largest lead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from ..expressions.trees import walk
from ..model.answers import Answer, chooses
from ..scoring.answers import best_open, cap_of, definite_answers, points_of
from ..scoring.key import ItemKey, ScoringKey
from .answer_patterns import Given, Numbers, Patterns, dependencies, values_of
from .decider import Decider
from .largest_lead import best_answers
from .settings import BandSettings, DecisionSettings, ItemAnswer, Setting, Settings

MOST_LISTED = 20
"""So many pairs are listed; all are counted."""

_MOST_TRIED = 2_000
_MOST_PAIRS = 10_000
_MOST_CHANGED = 3
_MOST_KEPT = 500

Change = tuple[str, Answer | Fraction]
"""An item or an input, and what is given for it in place of the best answer."""


@dataclass(frozen=True, slots=True)
class WeakAnswer:
    """A weak answer among the best ones, and the verdict: a band or an outcome, `None` where there is none.

    A question that the best answers hide is asked only `after` the fewest other answers that lead to it. `before` is the verdict
    with these and the best answer to it.
    """

    choice: ItemAnswer
    verdict: str | None
    before: str | None
    after: tuple[Change, ...] = ()

    @property
    def is_unmoved(self) -> bool:
        return self.verdict == self.before


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of critical answers: how many there are, how many leave the verdict as it is, and the first of these.

    Critical are answers that are urgent, that cap the band, or that a gate asks for. `is_whole` is false where there are too many
    to try them all; `count` says then how many were tried.
    """

    count: int
    unmoved: int
    first: tuple[tuple[ItemAnswer, ItemAnswer], ...] = ()
    is_whole: bool = True


@dataclass(frozen=True)
class BestCase:
    """The verdict of the best answers, and what weak ones among them make of it.

    `singles` are all weak answers, in reading order; of several options those that have, or lack, a certain one and are else the
    best. `unasked` are the items for which no answers were found that lead to them. With `is_exact` no other answers are better.
    """

    verdict: str | None
    given: Given
    singles: tuple[WeakAnswer, ...]
    unasked: tuple[str, ...]
    pairs: Pairs
    is_exact: bool = True

    @property
    def unmoved(self) -> list[WeakAnswer]:
        """The single answers that leave the verdict as it is."""
        return [weak for weak in self.singles if weak.is_unmoved]


def best_cases(key: ScoringKey, *, only_urgent: bool = False) -> list[BestCase]:
    """The best cases of a key: one of a list with bands, one for each outcome that can win of a decision.

    Of a measurement, where no answer is weak, and of a calculator there are none. With `only_urgent` the weak answers are those
    that are urgent, and no pairs are tried.
    """
    if key.rules and key.rules.decision:
        return list(_outcomes(key, only_urgent))
    if not key.bands or key.better == "neither":
        return []
    settings = BandSettings(key)
    given, is_exact = _best_of_bands(key, settings)
    top = len(key.bands) - 1

    def is_weak(item: ItemKey, answer: Answer) -> bool:
        return cap_of(item, answer, top) < top or bool(item.weight and points_of(item, answer) != item.best)

    def is_critical(item: ItemKey, answer: Answer) -> bool:
        return cap_of(item, answer, top) < top or _is_urgent(item, answer)

    comparison = _Comparison(key, settings, given, {}, is_weak, is_critical)
    return [comparison.run(only_urgent=only_urgent, is_exact=is_exact)]


def _outcomes(key: ScoringKey, only_urgent: bool) -> Iterator[BestCase]:
    decider = Decider(key)
    asked = dependencies(key, [gate.when for gate in decider.decision.gates])
    named = {node[1:3] for tree in asked.trees for node in walk(tree) if node[0] in ("is", "has")}

    def is_critical(item: ItemKey, answer: Answer) -> bool:
        return _is_urgent(item, answer) or any(chooses(answer, option) for name, option in named if name == item.id)

    for outcome in decider.decision.outcomes:
        best = best_answers(decider, outcome)
        if best:
            settings = DecisionSettings(decider, outcome)
            comparison = _Comparison(key, settings, best.given, best.numbers, lambda *_: True, is_critical)
            yield comparison.run(only_urgent=only_urgent, is_exact=best.is_exact)


def _is_urgent(item: ItemKey, answer: Answer) -> bool:
    return any(chooses(answer, option) for option in item.urgent)


def _best_of_bands(key: ScoringKey, settings: BandSettings) -> tuple[Given, bool]:
    """The answers that lead to the best band, of these with the best score; and whether no others do better."""
    levels = sorted({len(key.bands) - 1, *(cap for item in key.items for cap in item.caps.values())}, reverse=True)
    found: list[tuple[Any, Given]] = []
    for level in levels:
        best = {item.id: best_open(item, level) for item in key.items}
        given = {name: answer for name, answer in best.items() if answer is not None}
        # Where every answer to a question caps the band, no answers lead above that.
        if len(given) == len(best):
            setting = settings.of(given, {})
            if setting.verdict() == key.bands[-1][0]:
                return given, True
            found.append((setting.rank(), given))
    rank, given = max(found, key=lambda entry: entry[0])
    if not (key.rules and key.rules.when):
        return given, True
    # What is shown depends on answers, and other ones than these may lead to more.
    drivers = {item.id for item in settings.asked.items}
    for level in levels:
        ways = {
            item.id: [answer for answer in definite_answers(item) if cap_of(item, answer, level) >= level]
            if item.id in drivers
            else [best_open(item, level)]
            for item in key.items
        }
        if not all(any(answer is not None for answer in answers) for answers in ways.values()):
            continue
        patterns = Patterns(key, lambda item, ways=ways: ways[item.id])  # type: ignore[misc]
        if not patterns.can_be_listed or settings.asked.inputs:
            return given, False
        for answers, numbers in patterns:
            whole = {**given, **answers}
            if (better := settings.of(whole, numbers).rank()) > rank:
                rank, given = better, whole
    return given, True


class _Comparison:
    """Compares the best answers with those in which one or two are weak."""

    def __init__(
        self,
        key: ScoringKey,
        settings: Settings,
        given: Given,
        numbers: Numbers,
        is_weak: Callable[[ItemKey, Answer], bool],
        is_critical: Callable[[ItemKey, Answer], bool],
    ) -> None:
        self._key, self._settings = key, settings
        self._given, self._numbers = given, numbers
        self._is_weak, self._is_critical = is_weak, is_critical
        self._drivers = {item.id for item in settings.asked.items}
        self._known: dict[tuple[Change, ...], Setting] = {}
        self._items = {item.id: item for item in key.items}

    def run(self, *, only_urgent: bool, is_exact: bool) -> BestCase:
        singles: list[WeakAnswer] = []
        unasked: list[str] = []
        for item in self._key.items:
            if only_urgent and not item.urgent:
                continue
            after = self._way_to(item)
            if after is None:
                unasked.append(item.id)
                continue
            before = self._setting(after).verdict()
            for answer in self._others(item, after):
                if self._is_weak(item, answer) and (not only_urgent or _is_urgent(item, answer)):
                    choice = item.id, answer
                    singles.append(WeakAnswer(choice, self._verdict(after, choice), before, after))
        critical = [weak.choice for weak in singles if self._is_critical(self._items[weak.choice[0]], weak.choice[1])]
        best = self._setting(())
        return BestCase(
            verdict=best.verdict(),
            given=self._given,
            singles=tuple(singles),
            unasked=tuple(unasked),
            pairs=Pairs(0, 0) if only_urgent else self._pairs(critical, best.verdict()),
            is_exact=is_exact,
        )

    def _setting(self, changes: tuple[Change, ...]) -> Setting:
        """The setting with changes of what conditions and gates ask for."""
        if changes not in self._known:
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            given, numbers = dict(self._given), dict(self._numbers)
            for name, value in changes:
                if isinstance(value, Fraction):
                    numbers[name] = value
                else:
                    given[name] = value
            self._known[changes] = self._settings.of(given, numbers)
        return self._known[changes]

    def _under(self, after: tuple[Change, ...], *choices: ItemAnswer) -> tuple[Setting, list[ItemAnswer]]:
        """The setting that answers make, and those of them that it does not hold yet."""
        drivers = [choice for choice in choices if choice[0] in self._drivers]
        return self._setting((*after, *drivers)), [choice for choice in choices if choice[0] not in self._drivers]

    def _verdict(self, after: tuple[Change, ...], *choices: ItemAnswer) -> str | None:
        setting, others = self._under(after, *choices)
        return setting.verdict(*others)

    def _others(self, item: ItemKey, after: tuple[Change, ...]) -> list[Answer]:
        """The answers to an item but the best one; of several options those that have, or lack, one and are else the best."""
        best = self._given[item.id]
        answers = definite_answers(item)
        if item.many is None:
            return [answer for answer in answers if answer != best]
        ranks = {}
        for answer in answers:
            setting, others = self._under(after, (item.id, answer))
            ranks[answer] = setting.rank(*others)
        kept = {min(answers, key=ranks.__getitem__)}
        for option in item.points:
            for has_it in (True, False):
                group = [answer for answer in answers if chooses(answer, option) is has_it]
                kept |= {max(group, key=ranks.__getitem__)} if group else set()
        return [answer for answer in answers if answer in kept and answer != best]

    # What leads to a question

    def _way_to(self, item: ItemKey) -> tuple[Change, ...] | None:
        """The fewest changes of the best answers with which an item is asked, of these the best; `None` where none was found."""
        if item.id not in self._setting(()).hidden:
            return ()
        asked = dependencies(self._key, [], [item.id])
        changes: dict[str, Sequence[Answer | Fraction]] = {
            entry.id: values_of(entry, asked.trees)[0] for entry in asked.inputs
        }
        for other in asked.items:
            if other.id != item.id:
                changes[other.id] = [a for a in definite_answers(other) if a != self._given[other.id]]
        left = _MOST_TRIED
        for size in range(1, min(_MOST_CHANGED, len(changes)) + 1):
            found: list[tuple[Change, ...]] = []
            for names in combinations(changes, size):
                for values in product(*(changes[name] for name in names)):
                    left -= 1
                    if left < 0:
                        break
                    way = tuple(zip(names, values, strict=True))
                    if item.id not in self._setting(way).hidden:
                        found.append(way)
            if found:
                return max(found, key=lambda way: self._setting(way).rank())
        return None

    # Two at a time

    def _pairs(self, critical: Sequence[ItemAnswer], verdict: str | None) -> Pairs:
        count = unmoved = tried = 0
        first: list[tuple[ItemAnswer, ItemAnswer]] = []
        order = {choice: n for n, choice in enumerate(critical)}
        base = self._setting(())
        of_drivers = [choice for choice in critical if choice[0] in self._drivers]
        others = [choice for choice in critical if choice[0] not in self._drivers and choice[0] not in base.hidden]
        for n, choice in enumerate(critical):
            rest = [other for other in (critical if choice[0] in self._drivers else of_drivers) if order[other] > n]
            ruled = [other for other in rest if other[0] != choice[0]]
            plain: list[ItemAnswer] = []
            if choice[0] not in self._drivers and choice[0] not in base.hidden:
                plain = [other for other in others if order[other] > n and other[0] != choice[0]]
            # Sums over bands are compared without trying each pair.
            tried += len(ruled) + (0 if isinstance(self._settings, BandSettings) else len(plain))
            if tried > _MOST_PAIRS:
                return Pairs(count, unmoved, tuple(first), is_whole=False)
            left = [plain[m] for m in base.unmoved(choice, plain, verdict)]
            count += len(plain)
            for other in ruled:
                setting, free = self._under((), choice, other)
                if not {choice[0], other[0]} & setting.hidden:
                    count += 1
                    left += [other] if setting.verdict(*free) == verdict else []
            unmoved += len(left)
            if len(first) < MOST_LISTED:
                left.sort(key=order.__getitem__)
                first += [(choice, other) for other in left[: MOST_LISTED - len(first)]]
        return Pairs(count, unmoved, tuple(first))
