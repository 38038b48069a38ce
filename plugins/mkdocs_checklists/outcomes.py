"""Answers and numbers to what is shown, what the figures are and which outcome fits best: exact, rounded once.

`rules.js` mirrors this module function by function; `tests/vectors/rules` and a differential property test hold the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

from .expressions import Facts, half_up, holds, value_of
from .rules_key import DecisionKey, InputKey, RulesKey
from .scoring import NA, UNKNOWN, Answers, resolve_answers, score
from .scoring_key import ItemKey, ScoringKey
from .way_up import way_up

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Decision:
    """Which outcome fits. `fits` go from 0 to 100, `None` while no answer can tell; `removed` holds the gates' texts."""

    outcome: str | None
    close_call: tuple[str, str] | None
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


def full_score(key: ScoringKey, answers: Answers) -> dict[str, Any]:
    """The whole result as plain JSON data, its keys in the documented order: scores, outcomes, figures, the way up."""
    found = evaluate(key, answers)
    items = {item.id for item in key.items}
    hidden = found.hidden & items
    steps = way_up(key, answers, hidden)
    result: dict[str, Any] = {}
    for name, value in score(key, answers, hidden).to_json().items():
        if name == "states":
            result |= rules_result(key, found)
            result["way_up"] = None if steps is None else [step.item for step in steps]
        result[name] = [*value, *found.ignored] if name == "ignored" else value
    return result


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
    rounded = half_up(value, decimals)
    return int(rounded) if not decimals else float(rounded)


class _Evaluator:
    """Everything is looked up when it is first asked for; the checks have made sure that nothing waits for itself."""

    def __init__(self, key: ScoringKey, rules: RulesKey, answers: Answers) -> None:
        self._key, self._rules = key, rules
        self._given, _ = resolve_answers(key, answers)
        self._section: dict[str, str | None] = {
            **{item.id: section.id for section in key.sections for item in section.items},
            **{entry.id: entry.section for entry in rules.inputs},
        }
        self._inputs, self._ignored = _read_inputs(rules, answers)
        self._formulas = {figure.id: figure.formula for figure in rules.figures}
        self._seen: dict[str, bool] = {}
        self._numbers: dict[str, Fraction | None] = {}
        self._facts = Facts(self._number, self._answer)

    def run(self) -> Evaluation:
        key, rules = self._key, self._rules
        names = [*(section.id for section in key.sections), *self._section, *self._formulas]
        hidden = frozenset(name for name in names if not self._is_shown(name))
        decision = rules.decision and self._decide(rules.decision)
        facts = Facts(self._number, self._answer, decision.outcome if decision else None)
        return Evaluation(
            hidden=hidden,
            figures={name: self._number(name) for name in self._formulas},
            verdict=next((name for name, tree in rules.verdicts if holds(tree, facts)), None),
            decision=decision,
            notes=tuple(text for tree, text in rules.notes if holds(tree, facts)),
            ignored=self._ignored,
        )

    def _is_shown(self, name: str) -> bool:
        if name not in self._seen:
            section = self._section.get(name)
            tree = self._rules.when.get(name)
            self._seen[name] = (section is None or self._is_shown(section)) and (
                tree is None or holds(tree, self._facts) is True
            )
        return self._seen[name]

    def _answer(self, item: str) -> str | None:
        choice = self._given.get(item)
        return choice if choice not in (None, NA, UNKNOWN) and self._is_shown(item) else None

    def _number(self, name: str) -> Fraction | None:
        if name not in self._numbers:
            value = None
            if self._is_shown(name):
                formula = self._formulas.get(name)
                value = self._inputs.get(name) if formula is None else value_of(formula, self._facts)
            self._numbers[name] = value
        return self._numbers[name]

    def _decide(self, decision: DecisionKey) -> Decision:
        fits = self._fits(decision)
        removed: dict[str, list[str]] = {}
        for gate in decision.gates:
            if holds(gate.when, self._facts):
                removed.setdefault(gate.remove, []).append(gate.text)
        left = [name for name in decision.ties if name not in removed and fits[name] is not None]
        # Sorting is stable, so what fits equally well stays in the order that decides ties.
        ranked = sorted(left, key=lambda name: -(fits[name] or 0))
        outcome, close_call = None, None
        if ranked and (fits[ranked[0]] or 0) >= decision.least and not self._is_provisional():
            best = ranked[0]
            if len(ranked) > 1 and (fits[best] or 0) - (fits[ranked[1]] or 0) < decision.lead:
                close_call = (best, ranked[1])
            else:
                outcome = best
        return Decision(outcome, close_call, fits, removed)

    def _is_provisional(self) -> bool:
        items = [item for item in self._key.items if self._is_shown(item.id) and self._given.get(item.id) != NA]
        answered = sum(item.id in self._given for item in items)
        return 100 * answered < self._key.enough * len(items)

    def _fits(self, decision: DecisionKey) -> dict[str, int | None]:
        answered = [(item, choice) for item in self._key.items if (choice := self._answer(item.id)) is not None]
        return {name: _fit(decision, n, answered) for n, name in enumerate(decision.outcomes)}


def _fit(decision: DecisionKey, n: int, answered: list[tuple[ItemKey, str]]) -> int | None:
    """Where the points for an outcome lie between the least and the most that the answered items can give it."""
    earned = least = most = 0
    for item, choice in answered:
        points = [row[n] for row in decision.points[item.id].values()]
        earned += item.weight * decision.points[item.id][choice][n]
        least += item.weight * min(points)
        most += item.weight * max(points)
    return floor(Fraction(100 * (earned - least), most - least) + Fraction(1, 2)) if most > least else None


def _read_inputs(rules: RulesKey, answers: Answers) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """The numbers under present ids, and those that can't be used. Of an input's names, the first that is given counts."""
    present = {entry.id for entry in rules.inputs}
    values: dict[str, Fraction] = {}
    ignored: dict[str, str] = {}
    for entry in rules.inputs:
        for name in (entry.id, *(name for name in entry.was if name not in present)):
            if name not in answers:
                continue
            value = _read_number(entry, answers[name])
            if value is None:
                ignored[name] = f"{name}={answers[name]}"
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
