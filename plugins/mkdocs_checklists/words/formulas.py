"""Expressions in words, for readers: a tree becomes runs of text and names.

A name stays a run of its own, so that the page can mark it and its script can put a number in its place. There are brackets only
where the words would mean something else without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ..expressions.trees import Tree, decimal_text, negated, operands, result_name
from ..model.checklist import Checklist, Figure, Input, Section
from ..model.phrases import plain_phrase
from .messages import Messages


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an input or a figure in a sentence."""

    id: str
    text: str


Runs = tuple[str | Name, ...]

# How closely the parts of a formula hold together.
_LOOSE, _SUM, _PRODUCT, _WHOLE = range(4)
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_COMPARISONS = {"<": "below", "<=": "at-most", ">": "above", ">=": "at-least", "==": "equal", "!=": "unequal"}
_OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class FormulaWords:
    """The words for the expressions of one checklist, which has passed its checks."""

    checklist: Checklist
    messages: Messages

    def formula(self, tree: Tree) -> Runs:
        """The words of a `formula`."""
        return joined(self._number(tree, _LOOSE))

    def condition(self, tree: Tree, sentence: str = "") -> Runs:
        """The words of a `when`; with the name of a message, put into it as `{condition}`."""
        runs = self._condition(tree)
        return joined(self._phrase(sentence, condition=runs) if sentence else runs)

    def plain_condition(self, tree: Tree, sentence: str) -> str:
        """The words of a `when` in a sentence, as one text."""
        return "".join(run if isinstance(run, str) else run.text for run in self.condition(tree, sentence))

    @cached_property
    def names(self) -> dict[str, str]:
        """What inputs and figures are called in formulas."""
        parts: list[Input | Figure] = [*self.checklist.inputs, *self.checklist.figures]
        return {part.id: part.short or part.text for part in parts}

    @cached_property
    def _answers(self) -> dict[tuple[str, str], tuple[str, str]]:
        return {
            (item.id, option.id): (self._questions[item.id], option.text)
            for item in self.checklist.items
            for option in item.options or []
        }

    # Numbers

    def _number(self, tree: Tree, least: int) -> Runs:
        """The words of a number, in brackets where they hold together less closely than their place asks for."""
        runs, bond = self._loose_number(tree)
        return runs if bond >= least else _bracketed(runs)

    def _loose_number(self, tree: Tree) -> tuple[Runs, int]:
        match tree[0]:
            case "num":
                return (self.messages.decimal(decimal_text(tree[1])),), _WHOLE
            case "get":
                return (Name(tree[1], self.names[tree[1]]),), _WHOLE
            case "score" | "points":
                return (Name(result_name(tree), self._result(tree)),), _WHOLE
            case "+" | "-" as sign:
                # The order of sums does not matter; what is subtracted is one thing.
                second = self._second(tree[2], _SUM if sign == "+" else _PRODUCT)
                return (*self._number(tree[1], _SUM), _SIGNS[sign], *second), _SUM
            case "*" | "/" as sign:
                second = self._second(tree[2], _PRODUCT if sign == "*" else _WHOLE)
                return (*self._number(tree[1], _PRODUCT), _SIGNS[sign], *second), _PRODUCT
            case "neg":
                return ("−", *self._second(tree[1], _PRODUCT)), _PRODUCT
            case "round":
                value = self._number(tree[1], _SUM)
                name = "words-rounded" if tree[2] else "words-rounded-whole"
                return self._phrase(name, tree[2], value=value), _LOOSE
            case "if":
                then = self._number(tree[2], _SUM)
                otherwise = self._number(tree[3], _LOOSE if tree[3][0] == "if" else _SUM)
                return self._phrase("words-if", then=then, test=self._condition(tree[1]), otherwise=otherwise), _LOOSE
        parts = [self._number(part, _SUM) for part in operands(tree)]
        if tree[0] == "mean":
            return self._phrase("words-mean", list=self._list(parts)), _LOOSE
        name = f"words-{tree[0]}-two" if len(parts) == 2 else f"words-{tree[0]}"
        return self._phrase(name, list=self._list(parts)), _LOOSE

    def _second(self, tree: Tree, least: int) -> Runs:
        """What follows a sign: a second sign right behind it needs brackets."""
        runs = self._number(tree, least)
        return _bracketed(runs) if str(runs[0]).startswith("−") else runs

    def _list(self, parts: list[Runs]) -> Runs:
        first, *middle, last = parts
        for part in middle:
            first = self._phrase("words-list", first=first, next=part)
        return self._phrase("words-list-end", first=first, last=last)

    # Conditions

    def _condition(self, tree: Tree, inside: str = "") -> Runs:
        """The words of a condition; `inside` is the operator around it, if any."""
        match tree[0]:
            case "or" if (item := _shared(operands(tree))) is not None:
                options: Runs = ()
                for part in operands(tree):
                    option: Runs = (self._answers[item, part[2]][1],)
                    options = self._phrase("words-answer-or", first=options, last=option) if options else option
                question: Runs = (self._answers[item, tree[1][2]][0],)
                return self._phrase("words-answer", question=question, option=options)
            case "and" | "or" as operator:
                parts = [self._condition(part, operator) for part in operands(tree)]
                runs = parts[0]
                for part in parts[1:]:
                    runs = self._phrase(f"words-{operator}", first=runs, last=part)
                return _bracketed(runs) if inside not in ("", operator) else runs
            case "not":
                return self._negated(tree[1], inside)
            case "is":
                return self._answer("words-answer", tree)
            case "has":
                return self._answer("words-chosen", tree)
            case "outcome":
                return self._phrase("words-outcome", outcome=(self._outcome(tree),))
            case "band":
                return self._phrase("words-band", band=(self._band(tree),))
            case "section-band":
                return self._band_of_section("words-band-of", tree)
            case "known":
                return self._known(tree[1], is_known=True)
            case "if":
                then, otherwise = (self._condition(part, "if") for part in tree[2:])
                test = self._condition(tree[1], "if")
                runs = self._phrase("words-if", then=then, test=test, otherwise=otherwise)
                return _bracketed(runs) if inside else runs
        left, right = (self._number(part, _SUM) for part in operands(tree))
        return self._phrase(f"words-{_COMPARISONS[tree[0]]}", left=left, right=right)

    def _negated(self, tree: Tree, inside: str) -> Runs:
        match tree[0]:
            case "not":
                return self._condition(tree[1], inside)
            case "is":
                return self._answer("words-answer-not", tree)
            case "has":
                return self._answer("words-chosen-not", tree)
            case "outcome":
                return self._phrase("words-outcome-not", outcome=(self._outcome(tree),))
            case "band":
                return self._phrase("words-band-not", band=(self._band(tree),))
            case "section-band":
                return self._band_of_section("words-band-of-not", tree)
            case "known":
                return self._known(tree[1], is_known=False)
            case "and" | "or":
                # Neither this nor that: the words for each part alone are plainer than a "not" before brackets.
                opposite = "or" if tree[0] == "and" else "and"
                return self._condition((opposite, *(negated(part) for part in operands(tree))), inside)
            case "if":
                return self._condition(("if", tree[1], negated(tree[2]), negated(tree[3])), inside)
        return self._condition((_OPPOSITES[tree[0]], *tree[1:]), inside)

    def _answer(self, message: str, tree: Tree) -> Runs:
        question, option = self._answers[tree[1], tree[2]]
        return self._phrase(message, question=(question,), option=(option,))

    def _known(self, tree: Tree, *, is_known: bool) -> Runs:
        if tree[0] in ("answer", "points"):
            name = "words-known-answer" if is_known else "words-known-answer-not"
            return self._phrase(name, question=(self._questions[tree[1]],))
        what: Runs
        if tree[0] in ("band", "outcome"):
            what = (self.messages.text("words-result"),)
        elif tree[0] == "section-band":
            what = (self.messages.text("words-result-of", section=self._section(tree[1]).title),)
        else:
            what = self._number(tree, _SUM)
        return self._phrase("words-known" if is_known else "words-known-not", what=what)

    def _result(self, tree: Tree) -> str:
        """What a score, or the points of an answer, are called."""
        if tree[0] == "points":
            return self.messages.text("words-points", question=self._questions[tree[1]])
        if len(tree) == 1:
            return self.messages.text("words-score")
        return self.messages.text("words-score-of", section=_name(self._section(tree[1])))

    def _section(self, name: str) -> Section:
        return next(section for section in self.checklist.sections if section.id == name)

    def _band_of_section(self, message: str, tree: Tree) -> Runs:
        section = self._section(tree[1])
        title = next(band.title for band in section.bands if band.id == tree[2])
        return self._phrase(message, section=(_name(section),), band=(title,))

    @cached_property
    def _questions(self) -> dict[str, str]:
        return {item.id: plain_phrase(item.text) for item in self.checklist.items}

    def _band(self, tree: Tree) -> str:
        return next(band.title for band in self.checklist.bands if band.id == tree[1])

    def _outcome(self, tree: Tree) -> str:
        return next(outcome.title for outcome in self.checklist.outcomes if outcome.id == tree[1])

    def _phrase(self, name: str, /, count: int = 0, **values: Runs) -> Runs:
        """A message with runs as its values. They are put in at once: an author's words may hold what looks like a value."""
        pieces = re.split(r"\{(\w+)\}", self.messages.text(name, count=count))
        return tuple(run for n, piece in enumerate(pieces) for run in (values[piece] if n % 2 else (piece,)))


def _shared(parts: Iterable[Tree]) -> str | None:
    """The item whose answers all of some conditions ask for; `None` where they ask for anything else."""
    items = {part[1] if part[0] == "is" else None for part in parts}
    return items.pop() if len(items) == 1 else None


def _bracketed(runs: Runs) -> Runs:
    return ("(", *runs, ")")


def joined(runs: Iterable[str | Name]) -> Runs:
    """Texts side by side become one."""
    joined: list[str | Name] = []
    for run in runs:
        if isinstance(run, str) and joined and isinstance(joined[-1], str):
            joined[-1] += run
        elif run != "":
            joined.append(run)
    return tuple(joined)


def _name(section: Section) -> str:
    return section.short or section.title
