"""Answers and numbers to what is shown, what the figures are and which outcome fits best: exact, rounded once.

`rules/rules.js` mirrors this module function by function; `tests/vectors/rules` and a differential property test hold the two
together.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from ..expressions.trees import Environment, Results, Tree, half_up, holds, value_of
from ..model.answers import Answer, Answers, Resolved, definite, written
from .answers import Toward, known_answers, points_of, resolve_answers, toward, with_hidden
from .beside import beside_result
from .key import ItemKey, ScoringKey
from .rounding import rounded
from .rules_key import DecisionKey, InputKey, RulesKey
from .score import band_of, missing_items, reported_band, reported_score, score, scored_items
from .way_up import ways_up, ways_up_to_json

_LARGEST = 2**53
_ENDLESS = 10**300
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Decision:
    """Which outcome fits. `fits` go from 0 to 100, `None` while no answer can tell; `removed` holds the gates' texts.

    `ranking` holds the outcomes with a fit that no gate removes, the best first.
    """

    outcome: str | None
    close_call: tuple[str, str] | None
    ranking: list[str]
    fits: Mapping[str, int | None]
    removed: Mapping[str, list[str]]


@dataclass(frozen=True)
class Evaluation:
    """What the rules of a key make of answers.

    `hidden` are the items, inputs, figures and sections that a condition does not show. `figures` are exact, `None` where
    something is missing.
    """

    hidden: frozenset[str]
    figures: Mapping[str, Fraction | None] = field(default_factory=dict)
    verdict: str | None = None
    decision: Decision | None = None
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def evaluate(key: ScoringKey, answers: Answers) -> Evaluation:
    """Evaluate the rules of a key over answers. A key without rules hides nothing."""
    if key.rules is None:
        return Evaluation(frozenset())
    return _Evaluator(key, key.rules, answers).run()


def full_score(
    key: ScoringKey, answers: Answers, hidden: Collection[str] = (), *, with_way_up: bool = True
) -> dict[str, Any]:
    """The whole result as plain JSON data, its keys in the documented order: scores, outcomes, figures, the ways up.

    `hidden` names items that do not apply, beside those that conditions hide.
    """
    found = evaluate(key, answers)
    hidden = {item.id for item in key.items if item.id in found.hidden or item.id in hidden}
    result: dict[str, Any] = {}
    for name, value in score(key, answers, hidden).to_json().items():
        if name == "states":
            result |= rules_result(key, found)
            if with_way_up:
                result |= ways_up_to_json(ways_up(key, answers, hidden))
        result[name] = [*value, *found.ignored] if name == "ignored" else value
    return result | beside_result(key, answers)


def rules_result(key: ScoringKey, found: Evaluation) -> dict[str, Any]:
    """What an evaluation adds to the result of a key, as plain JSON data."""
    rules = key.rules
    result: dict[str, Any] = {}
    if rules is None:
        return result
    if found.decision:
        decision = found.decision
        result["outcome"] = decision.outcome
        result["close_call"] = decision.close_call and list(decision.close_call)
        result["ranking"] = decision.ranking
        result["fits"] = dict(decision.fits)
        result["removed"] = dict(decision.removed)
    if rules.decision or rules.notes:
        result["notes"] = list(found.notes)
    if rules.inputs:
        result["figures"] = {f.id: shown(found.figures[f.id], f.decimals) for f in rules.figures}
        result["verdict"] = found.verdict
    return result


def shown(value: Fraction | None, decimals: int) -> int | float | None:
    """A figure as it is reported: rounded half up to its decimals."""
    if value is None:
        return None
    near = half_up(value, decimals)
    # Beyond this, JavaScript's numbers have gaps; both report the nearest that it has.
    if not decimals and abs(near) <= _LARGEST:
        return int(near)
    return float(near) if abs(near) < _ENDLESS else None


class KeyIndex(NamedTuple):
    """Where things stand in a key: the condition of each name, the section of each item and input, the formula of each figure."""

    when: Mapping[str, Tree]
    section: Mapping[str, str | None]
    formulas: Mapping[str, Tree]
    items: Mapping[str, ItemKey]
    key: ScoringKey


def index_of(key: ScoringKey, rules: RulesKey) -> KeyIndex:
    """The index of a key, which is the same for all answers."""
    section: dict[str, str | None] = {item.id: section.id for section in key.sections for item in section.items}
    section |= {entry.id: entry.section for entry in rules.inputs}
    formulas = {figure.id: figure.formula for figure in rules.figures}
    return KeyIndex(rules.when, section, formulas, {item.id: item for item in key.items}, key)


class Situation(Results):
    """What is shown and what is known where some answers and numbers are given, all under present ids and valid.

    Everything is looked up when it is first asked for; the checks have made sure that nothing waits for itself.
    """

    def __init__(self, index: KeyIndex, given: Resolved, inputs: Mapping[str, Fraction]) -> None:
        self._index, self._given, self._inputs = index, given, inputs
        self._seen: dict[str, bool] = {}
        self._numbers: dict[str, Fraction | None] = {}
        self._scores: dict[str | None, Fraction | None] = {}
        self._bands: dict[str | None, str | None] = {}
        self.environment = self.with_outcome(None)

    def with_outcome(self, outcome: str | None, *, is_close: bool = False) -> Environment:
        """What expressions can ask for here once the outcome is known, or is taken as given."""
        return Environment(self.number, self.answer, outcome, self, is_close)

    def then(self, given: Resolved, inputs: Mapping[str, Fraction]) -> Situation:
        """The situation once more is given, on which nothing that was looked up so far depends."""
        after = Situation(self._index, given, inputs)
        after._seen, after._numbers = dict(self._seen), dict(self._numbers)
        return after

    def is_shown(self, name: str) -> bool:
        """Whether a section, item, input or figure is shown."""
        if name not in self._seen:
            section = self._index.section.get(name)
            tree = self._index.when.get(name)
            self._seen[name] = (section is None or self.is_shown(section)) and (
                tree is None or holds(tree, self.environment) is True
            )
        return self._seen[name]

    def answer(self, item: str) -> Answer | None:
        """The answer to an item, where it is definite and the item is shown."""
        answer = definite(self._given.get(item))
        return answer if answer is not None and self.is_shown(item) else None

    def number(self, name: str) -> Fraction | None:
        """The exact number of an input or figure, where it is shown and known."""
        if name not in self._numbers:
            value = None
            if self.is_shown(name):
                formula = self._index.formulas.get(name)
                value = self._inputs.get(name) if formula is None else value_of(formula, self.environment)
            self._numbers[name] = value
        return self._numbers[name]

    def score(self, section: str | None) -> Fraction | None:
        if section not in self._scores:
            key = self._index.key
            given = self._counted(scored_items(key, section))
            self._scores[section] = reported_score(key, given, section)
        return self._scores[section]

    def band(self, section: str | None = None) -> str | None:
        if section not in self._bands:
            key = self._index.key
            if section is None:
                place = band_of(key, self._counted(key.items))
                self._bands[None] = None if place is None else key.bands[place][0]
            else:
                items = next(part.items for part in key.sections if part.id == section)
                self._bands[section] = reported_band(key, self._counted(items), section)
        return self._bands[section]

    def points(self, item: str) -> Fraction | None:
        answer = self.answer(item)
        points = None if answer is None else points_of(self._index.items[item], answer)
        return None if points is None else Fraction(points, self._index.key.units.points)

    def _counted(self, items: Iterable[ItemKey]) -> dict[str, Answer]:
        """The answers as they count, where it matters only of these items whether they are shown."""
        return with_hidden(self._given, [item.id for item in items if not self.is_shown(item.id)])


class _Evaluator(Situation):
    """A situation with what the rules of a key make of it."""

    def __init__(self, key: ScoringKey, rules: RulesKey, answers: Answers) -> None:
        given, _ = resolve_answers(key, answers)
        inputs, self._ignored = _read_inputs(rules, answers)
        super().__init__(index_of(key, rules), given, inputs)
        self._key, self._rules = key, rules

    def run(self) -> Evaluation:
        key, rules, formulas = self._key, self._rules, self._index.formulas
        names = [*(section.id for section in key.sections), *self._index.section, *formulas]
        # In the order of the file: a long chain of questions or of figures is no deep recursion then.
        for name in names:
            self.is_shown(name)
            if name in formulas:
                self.number(name)
        hidden = frozenset(name for name in names if not self.is_shown(name))
        decision = self._decide(rules.decision) if rules.decision else None
        environment = self.with_outcome(decision.outcome if decision else None)
        close_call = decision.close_call if decision else None
        # In a close call a note is of use that is true of either.
        sides = [self.with_outcome(name, is_close=True) for name in close_call or ()] or [environment]
        return Evaluation(
            hidden=hidden,
            figures={name: self.number(name) for name in formulas},
            verdict=next((name for name, tree in rules.verdicts if holds(tree, environment)), None),
            decision=decision,
            notes=tuple(text for tree, text in rules.notes if any(holds(tree, side) for side in sides)),
            ignored=self._ignored,
        )

    def _decide(self, decision: DecisionKey) -> Decision:
        fits = self._fits(decision)
        removed: dict[str, list[str]] = {}
        for gate in decision.gates:
            if holds(gate.when, self.environment):
                removed.setdefault(gate.remove, []).append(gate.text)
        given = self._counted(self._key.items)
        outcome, close_call = chosen(decision, fits, removed, bool(missing_items(self._key, given)))
        return Decision(outcome, close_call, ranked(decision, fits, removed), fits, removed)

    def _fits(self, decision: DecisionKey) -> dict[str, int | None]:
        known = known_answers(self._counted(self._key.items), self._key.items)
        gifts = [toward(decision, item, answer) for item, answer in known]
        return {name: _fit(gifts, n) for n, name in enumerate(decision.outcomes)}


def chosen(
    decision: DecisionKey, fits: Mapping[str, int | None], removed: Collection[str], is_provisional: bool
) -> tuple[str | None, tuple[str, str] | None]:
    """The outcome that fits best, or the two that are too close to tell apart, or neither."""
    ranking = ranked(decision, fits, removed)
    if not ranking or (fits[ranking[0]] or 0) < decision.least or is_provisional:
        return None, None
    best = ranking[0]
    if len(ranking) > 1 and (fits[best] or 0) - (fits[ranking[1]] or 0) < decision.lead:
        return None, (best, ranking[1])
    return best, None


def ranked(decision: DecisionKey, fits: Mapping[str, int | None], removed: Collection[str]) -> list[str]:
    """The outcomes that have a fit and are not removed, the best first."""
    left = [name for name in decision.ties if name not in removed and fits[name] is not None]
    # Sorting is stable, so what fits equally well stays in the order that decides ties.
    return sorted(left, key=lambda name: -(fits[name] or 0))


def _fit(gifts: list[Toward], n: int) -> int | None:
    """Where the points for an outcome lie between the least and the most that the answered items can give it."""
    return placed(sum(gift.earned[n] for gift in gifts), sum(g.least[n] for g in gifts), sum(g.most[n] for g in gifts))


def placed(earned: int, least: int, most: int) -> int | None:
    """A fit from 0 to 100, rounded as a score is; `None` where nothing could have made a difference."""
    return rounded(Fraction(100 * (earned - least), most - least), (0, 100), 0) if most > least else None


def _read_inputs(rules: RulesKey, answers: Answers) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """The numbers under present ids, and those that can't be used. Of an input's names, the first that can be used counts."""
    present = {entry.id for entry in rules.inputs}
    values: dict[str, Fraction] = {}
    ignored: dict[str, str] = {}
    for entry in rules.inputs:
        for name in (entry.id, *(name for name in entry.was if name not in present)):
            if name not in answers:
                continue
            value = _read_number(entry, written(answers[name]))
            if value is None:
                ignored[name] = f"{name}={written(answers[name])}"
                continue
            values[entry.id] = value
            break
    return values, tuple(ignored[name] for name in answers if name in ignored)


def _read_number(entry: InputKey, text: str) -> Fraction | None:
    if not _NUMBER.fullmatch(text):
        return None
    value = Fraction(text)
    is_fine = (value * 10**entry.decimals).denominator == 1
    return value if is_fine and entry.low <= value <= entry.high else None
