"""Cases: what the answers of each lead to, and whether that is what it says.

They are looked at once the rest of the file is sound, because they are scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..diagnostics.diagnostic import count, did_you_mean, name_some, shorten
from ..expressions.trees import decimal_text
from ..model.answers import NA, RESERVED_ANSWERS, UNKNOWN, Answer, answer_of
from ..model.cases import TypicalCase
from ..model.checklist import Checklist, Input, Item
from ..model.fields import close_pair
from ..model.several import is_allowed, many_of
from ..reading.reader import Reading
from ..reading.tree import Path
from ..scoring.key import ScoringKey
from ..scoring.rules import Evaluation, evaluate
from ..scoring.score import Result, score


@dataclass(frozen=True)
class ScoredCase:
    """A case with its answers as a page files them, and what they lead to."""

    case: TypicalCase
    answers: Mapping[str, Answer]
    evaluation: Evaluation
    result: Result

    @property
    def outcome(self) -> str | None:
        return self.evaluation.decision.outcome if self.evaluation.decision else None

    @property
    def close_call(self) -> tuple[str, str] | None:
        return self.evaluation.decision.close_call if self.evaluation.decision else None

    @cached_property
    def leads_to(self) -> list[str]:
        """The outcome (or the two of a close call, as `says` has them), the verdict and the band."""
        close = "+".join(self.close_call) if self.close_call else None
        return [name for name in (self.outcome, close, self.evaluation.verdict, self.result.band) if name]

    @property
    def keeps_its_word(self) -> bool:
        """Whether it leads to what it says."""
        says = self.case.says
        return says is None or any(close_pair(name) == close_pair(says) for name in self.leads_to)


def score_case(key: ScoringKey, checklist: Checklist, case: TypicalCase) -> ScoredCase:
    """What a case leads to; its answers are in order."""
    items = {item.id: item for item in checklist.items}
    answers = {name: _filed(items.get(name), given) for name, given in case.answers.items()}
    found = evaluate(key, answers)
    hidden = [item.id for item in key.items if item.id in found.hidden]
    return ScoredCase(case, answers, found, score(key, answers, hidden))


def _filed(item: Item | None, given: Sequence[str]) -> Answer:
    """An answer as a page files it: several options in the order of the file."""
    if item is None or len(given) == 1:
        return given[0]
    return answer_of(option.id for option in item.options or [] if option.id in given)


def check_cases(reading: Reading[Checklist], checklist: Checklist, key: ScoringKey) -> None:
    """Check the cases of a checklist that is sound otherwise. What is found is added to the reading's diagnostics."""
    seen: dict[str, int] = {}
    for n, case in enumerate(checklist.cases):
        if case.id in seen:
            line = reading.span("cases", seen[case.id], "id").line
            hint = f"It stands first in line {line}. Give one of them another id."
            reading.report("duplicate-id", f"case '{case.id}' is there twice", reading.span("cases", n, "id"), hint)
        seen.setdefault(case.id, n)
        _CaseCheck(reading, checklist, key, case, ("cases", n)).run()


@dataclass(frozen=True)
class _CaseCheck:
    reading: Reading[Checklist]
    checklist: Checklist
    key: ScoringKey
    case: TypicalCase
    path: Path

    @property
    def _called(self) -> str:
        return f"case '{self.case.id}'"

    def run(self) -> None:
        errors = len(self.reading.diagnostics.errors)
        items = {item.id: item for item in self.checklist.items}
        inputs = {entry.id: entry for entry in self.checklist.inputs}
        for name, given in self.case.answers.items():
            if name in items:
                self._choice(items[name], given)
            elif name in inputs:
                self._number(inputs[name], given)
            else:
                near = did_you_mean(name, [*items, *inputs]) or "Write the id of an item or an input."
                self._report("unknown-item", f"there is no item '{shorten(name)}'", (name,), near, at_key=True)
        if len(self.reading.diagnostics.errors) > errors:
            return
        found = score_case(self.key, self.checklist, self.case)
        self._whole(found)
        self._says(found)

    def _choice(self, item: Item, given: Sequence[str]) -> None:
        options = [option.id for option in item.options or []]
        offered = [*options, *([NA] if item.na else []), *([UNKNOWN] if self.checklist.unknown else [])]
        for n, option in enumerate(given):
            if option not in offered:
                at = (item.id,) if len(given) == 1 else (item.id, n)
                hint = f"Options: {name_some(offered)}. {did_you_mean(option, offered)}".strip()
                self._report("unknown-option", f"item '{item.id}' has no option '{shorten(option)}'", at, hint)
                return
        many = many_of(item, item.options or [])
        is_reserved = len(given) == 1 and given[0] in RESERVED_ANSWERS
        if is_reserved or (len(set(given)) == len(given) and is_allowed(given, many)):
            return
        if many is None:
            hint = "Name one of its options."
        else:
            alone = f", or '{many.none}' alone" if many.none else ""
            hint = f"Name one option or more, each once, {many.at_most} at most{alone}."
        message = f"item '{item.id}' can't be answered with {count(len(given), 'option')} like this"
        self._report("case-answer", message, (item.id,), hint)

    def _number(self, entry: Input, given: Sequence[str]) -> None:
        if len(given) == 1 and not evaluate(self.key, {entry.id: given[0]}).ignored:
            return
        decimals = count(entry.decimals, "decimal") if entry.decimals else "no decimals"
        low, high = decimal_text(entry.min), decimal_text(entry.max)
        hint = f"A number from {low} to {high} with {decimals}."
        self._report("case-answer", f"input '{entry.id}' does not take this", (entry.id,), hint)

    def _whole(self, found: ScoredCase) -> None:
        """That it answers all that it is asked, and nothing else."""
        hidden = found.evaluation.hidden
        for name in self.case.answers:
            if name in hidden:
                message = f"{self._called} answers '{name}', which is not asked after its other answers"
                self._report("case-answer", message, (name,), "Delete it.", at_key=True)
        asked = [item.id for item in self.checklist.items] + [entry.id for entry in self.checklist.inputs]
        if left := [name for name in asked if name not in hidden and name not in self.case.answers]:
            message = f"{self._called} leaves {count(len(left), 'question')} open: {name_some(left)}"
            also = " 'unknown' is an answer too." if self.checklist.unknown else ""
            self._report("case-answer", message, (), f"Answer all that it is asked.{also}", at_key=True)

    def _says(self, found: ScoredCase) -> None:
        if found.keeps_its_word:
            return
        says = str(self.case.says)
        span = self.reading.span(*self.path, "says")
        known = list(self._verdicts())
        if unknown := sorted(close_pair(says) - set(known)):
            hint = f"Known here: {name_some(known)}. {did_you_mean(unknown[0], known)}".strip()
            message = f"{self._called} says '{shorten(unknown[0])}', which is no band, outcome or verdict"
            self.reading.report("case-verdict", message, span, hint)
            return
        to = " and ".join(f"'{name}'" for name in found.leads_to) or "no verdict"
        fits = found.evaluation.decision.fits if found.evaluation.decision else {}
        numbers = [f"{name} {fit}" for name, fit in fits.items() if fit is not None]
        numbers += [f"score {found.result.score}"] if self.checklist.bands and found.result.score is not None else []
        found_numbers = f" ({', '.join(numbers)})" if numbers else ""
        message = f"{self._called} says '{shorten(says)}', and its answers lead to {to}{found_numbers}"
        self.reading.report("case-verdict", message, span, "Mend its answers, the points, or what it says.")

    def _verdicts(self) -> Iterator[str]:
        yield from (outcome.id for outcome in self.checklist.outcomes)
        yield from (verdict.id for verdict in self.checklist.verdicts)
        yield from (band.id for band in self.checklist.bands)

    def _report(self, code: str, message: str, at: Path, hint: str, *, at_key: bool = False) -> None:
        path: Path = (*self.path, "answers", *at)
        span = self.reading.key_span(*path) if at_key else self.reading.span(*path)
        self.reading.report(code, message, span, hint)
