"""Conditions in words, for readers who decide by hand: “How often?” is answered “Never”, and the result is “Keep it”."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .expressions import Tree, decimal_text
from .messages import Messages
from .model import Checklist, Figure, Input

COMPARISONS = {"<": "less", "<=": "at-most", ">": "more", ">=": "at-least", "==": "equal", "!=": "not-equal"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(frozen=True)
class ConditionWords:
    """Words for the conditions of one checklist."""

    checklist: Checklist
    messages: Messages

    def of(self, tree: Tree) -> str | None:
        """The condition as a clause; `None` where it computes, because a formula is not said in a clause."""
        return self._clause(tree, inner=False)

    def _clause(self, tree: Tree, *, inner: bool) -> str | None:
        say = self.messages.text
        match tree:
            case ("is", item, option):
                return say("condition-is", question=self._question(item), answer=self._answer(item, option))
            case ("not", ("is", item, option)):
                return say("condition-is-not", question=self._question(item), answer=self._answer(item, option))
            case ("outcome", name):
                return say("condition-outcome", outcome=self._outcome(name))
            case ("not", ("outcome", name)):
                return say("condition-not-outcome", outcome=self._outcome(name))
            case ("or", *parts) if (item := self._shared(parts)) is not None:
                answers = say("condition-or-answer").join(self._answer(item, part[2]) for part in parts)
                return say("condition-is", question=self._question(item), answer=answers)
            case ("and" | "or" as operator, *parts):
                words = self._join(operator, parts)
                return f"({words})" if inner and words else words
            case (operator, ("get", name), ("num", value)) if operator in COMPARISONS:
                return self._comparison(operator, name, decimal_text(value))
            case (operator, ("num", value), ("get", name)) if operator in COMPARISONS:
                return self._comparison(_TURNED[operator], name, decimal_text(value))
        return None

    def _join(self, operator: str, parts: Iterable[Tree]) -> str | None:
        clauses = [self._clause(part, inner=True) for part in parts]
        known = [clause for clause in clauses if clause is not None]
        return self.messages.text(f"condition-{operator}").join(known) if len(known) == len(clauses) else None

    def _comparison(self, operator: str, name: str, value: str) -> str:
        entries: list[Input | Figure] = [*self.checklist.inputs, *self.checklist.figures]
        text, unit = next((entry.short or entry.text, entry.unit) for entry in entries if entry.id == name)
        number = f"{value}\u00a0{unit}" if unit else value
        return self.messages.text(f"condition-{COMPARISONS[operator]}", name=text, value=number)

    def _shared(self, parts: Iterable[Tree]) -> str | None:
        """The item whose answers all of an `or` ask for."""
        items = {part[1] if part[0] == "is" else None for part in parts}
        return items.pop() if len(items) == 1 else None

    def _question(self, item: str) -> str:
        return next(entry.text for entry in self.checklist.items if entry.id == item)

    def _answer(self, item: str, option: str) -> str:
        options = next(entry.options or [] for entry in self.checklist.items if entry.id == item)
        return next(entry.text for entry in options if entry.id == option)

    def _outcome(self, name: str) -> str:
        return next(entry.title for entry in self.checklist.outcomes if entry.id == name)
