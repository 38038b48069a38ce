"""The scorer that Python programs call: a checklist and answers to everything that the command line and the page report."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from ..model.answers import Answer, Answers
from .answers_file import in_digits
from .key import ScoringKey
from .rules import Evaluation, evaluate, full_score, rules_result
from .score import Result, score
from .way_up import way_up

GivenAnswers = Mapping[str, Answer | int | float | Decimal]
"""Item id to answer, input id to a number: in digits, or as Python's own."""


class HasKey(Protocol):
    """What has a scoring key, such as a `LoadedChecklist`."""

    @property
    def key(self) -> ScoringKey: ...


@dataclass(frozen=True)
class FullResult(Result):
    """A result with all that conditions, outcomes and figures add to it. What a checklist does not have is empty, or `None`.

    `figures` are rounded to their decimals, as they are reported. `evaluation` has them exact, and what is hidden.
    """

    outcome: str | None
    close_call: tuple[str, str] | None
    ranking: list[str]
    fits: dict[str, int | None]
    removed: dict[str, list[str]]
    notes: list[str]
    figures: dict[str, int | float | None]
    verdict: str | None
    evaluation: Evaluation = field(repr=False)
    _scored: tuple[ScoringKey, Answers, Collection[str]] = field(repr=False, compare=False)
    _is_of_checklist: bool = field(repr=False, compare=False)

    @cached_property
    def way_up(self) -> list[str] | None:
        """The ids of the items whose answers lead to the next band; `None` at the top and without a band."""
        key, answers, hidden = self._scored
        steps = way_up(key, answers, _hidden_items(key, self.evaluation, hidden))
        return None if steps is None else [step.item for step in steps]

    def to_json(self) -> dict[str, Any]:
        """What `checklists score` prints, as plain JSON data.

        Of a key it is what the event `checklist-scored` has as its detail, which is the same without `way_up`.
        """
        return full_score(*self._scored, with_way_up=self._is_of_checklist)


def score_checklist(
    checklist: HasKey | ScoringKey | None, answers: GivenAnswers, hidden: Collection[str] = ()
) -> FullResult:
    """Score answers to a checklist of a `Library`, or against a key, as the command line and the page do.

    Conditions are evaluated: what they hide does not apply. `hidden` names further items that do not apply, whatever their
    answer. Ids in `answers` that the checklist does not know are listed in `ignored`, never an error. Raises `ValueError` for a
    checklist that has errors, or that is not there: `Library.get` gives `None` then.
    """
    if checklist is None:
        raise ValueError("there is no such checklist; does the folder have it, and was 'Library.refresh' called?")
    key = checklist if isinstance(checklist, ScoringKey) else checklist.key
    given = {name: _filed(value) for name, value in answers.items()}
    found = evaluate(key, given)
    scored = score(key, given, _hidden_items(key, found, hidden))
    parts = {part.name: getattr(scored, part.name) for part in fields(scored)}
    parts["ignored"] = [*scored.ignored, *found.ignored]
    decision, ruled = found.decision, rules_result(key, found)
    return FullResult(
        **parts,
        outcome=decision.outcome if decision else None,
        close_call=decision.close_call if decision else None,
        ranking=decision.ranking if decision else [],
        fits=ruled.get("fits", {}),
        removed=ruled.get("removed", {}),
        notes=ruled.get("notes", []),
        figures=ruled.get("figures", {}),
        verdict=found.verdict,
        evaluation=found,
        _scored=(key, given, hidden),
        _is_of_checklist=not isinstance(checklist, ScoringKey),
    )


def _hidden_items(key: ScoringKey, found: Evaluation, hidden: Collection[str]) -> set[str]:
    return {item.id for item in key.items if item.id in found.hidden or item.id in hidden}


def _filed(value: Answer | int | float | Decimal) -> Answer:
    """An answer as a page files it: numbers in digits."""
    return in_digits(str(value)) if isinstance(value, (int, float, Decimal)) else value
