"""An expression as a tree: what it names, its form as data, and its exact value.

Names are resolved and types settled before a tree is made, so that it can't fail: a division by zero gives `None`, and the checks
refuse a divisor that can be zero. Logic over `None` is three-valued (Kleene).

`rules.js` evaluates the same trees; `tests/vectors/rules` and a differential property test hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import floor
from typing import Any, NamedTuple

from ..model.answers import Answer, chooses

Tree = tuple[Any, ...]
"""An operator and its operands: `("+", a, b)`, `("num", Fraction)`, `("get", id)`, `("is", item, option)` or, of several
options, `("has", item, option)`; see `to_json`.

Of results: `("score",)`, `("score", section)`, `("points", item)`, `("band", id)`, `("section-band", section, id)`, and
`("known", tree)` of what may have a value, which for an answer is `("answer", item)`, and for a band `("band",)` or
`("section-band", section)`.
"""


def conjuncts(tree: Tree) -> tuple[Tree, ...]:
    """The conditions that all hold where this one does."""
    if tree[0] == "and":
        return tuple(part for operand in tree[1:] for part in conjuncts(operand))
    return (tree,)


def negated(tree: Tree) -> Tree:
    """The condition that holds where this one does not."""
    return tree[1] if tree[0] == "not" else ("not", tree)


def operands(tree: Tree) -> Iterator[Tree]:
    """The trees right below a tree."""
    return (part for part in tree[1:] if isinstance(part, tuple))


def walk(tree: Tree) -> Iterator[Tree]:
    """A tree and all trees in it, without recursion: the last part of each first."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack += operands(node)


def names(tree: Tree) -> Iterator[str]:
    """The ids of the items, inputs and figures in a tree; of the items that a score or a band counts, none."""
    return (str(node[1]) for node in walk(tree) if node[0] in ("get", "is", "has", "points", "answer"))


def result_name(tree: Tree) -> str:
    """What a result is called: `score`, `score(section)`, `points(item)`, `band`, `band(section)`.

    An author's id has no parenthesis.
    """
    name = str(tree[0]).removeprefix("section-")
    return name if len(tree) == 1 or tree[0] == "band" else f"{name}({tree[1]})"


def can_be_unknown(tree: Tree) -> bool:
    """Whether anything in a tree may have no value yet."""
    unknowns = ("get", "is", "has", "outcome", "score", "band", "section-band", "points")
    return any(node[0] in unknowns for node in walk(tree))


class Size(NamedTuple):
    """How many digits an exact value may have above and below the line; a denominator of tens counts for nothing."""

    top: int
    bottom: int = 0


def size(tree: Tree, of: Callable[[str], Size]) -> Size:
    """About the size of a value at most; `of` knows it for each name. Sums of what was divided add up denominators."""
    match tree[0]:
        case "num":
            return Size(len(str(abs(tree[1].numerator))))
        case "get":
            return of(tree[1])
        case "score" | "points":
            return of(result_name(tree))
        case "/" if tree[2][0] == "num" and _is_of_tens(tree[2][1]):
            return size(tree[1], of)
    parts = [size(part, of) for part in operands(tree)]
    match tree[0]:
        case "*":
            return Size(sum(part.top for part in parts), sum(part.bottom for part in parts))
        case "/":
            return Size(parts[0].top + parts[1].bottom, parts[0].bottom + parts[1].top)
        case "+" | "-":
            return reduce(_size_of_sum, parts)
        case "mean":
            total = reduce(_size_of_sum, parts)
            return Size(total.top, total.bottom + len(str(len(parts))))
    return Size(max((part.top for part in parts), default=0), max((part.bottom for part in parts), default=0))


def _size_of_sum(first: Size, second: Size) -> Size:
    top = max(first.top + second.bottom, second.top + first.bottom) + 1
    return Size(top, first.bottom + second.bottom)


def _is_of_tens(value: Fraction) -> bool:
    """Whether what is divided by it stays a decimal number."""
    rest = value.numerator
    for prime in (2, 5):
        while rest and rest % prime == 0:
            rest //= prime
    return rest == 1


# JSON: data that travels in the page.


def to_json(tree: Tree) -> list[Any]:
    """A tree as plain JSON data; numbers as decimal text."""
    if tree[0] == "num":
        return ["num", decimal_text(tree[1])]
    return [to_json(part) if isinstance(part, tuple) else part for part in tree]


def from_json(data: list[Any]) -> Tree:
    """The tree of its JSON form, which is trusted to be one."""
    if data[0] == "num":
        return ("num", Fraction(data[1]))
    return tuple(from_json(part) if isinstance(part, list) else part for part in data)


def decimal_text(value: Fraction) -> str:
    """A fraction that has a finite decimal form, in digits: `12.5`."""
    whole = value
    decimals = 0
    while whole.denominator != 1:
        whole, decimals = whole * 10, decimals + 1
    digits = str(abs(whole.numerator)).zfill(decimals + 1)
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if value < 0 else text


# Evaluation


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Rounded to a number of decimals, half up towards plus infinity."""
    return Fraction(floor(value * 10**decimals + Fraction(1, 2)), 10**decimals)


class Results:
    """What an expression can ask of a result; each may be `None`, and is where nothing is scored."""

    def score(self, section: str | None) -> Fraction | None:
        """The score as it is reported, of everything or of a section."""
        del section
        return None

    def band(self, section: str | None = None) -> str | None:
        """The awarded band, or that of a section by its own score."""
        del section
        return None

    def points(self, item: str) -> Fraction | None:
        """The points of a definite answer, before weighting."""
        del item
        return None


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression can ask for: a number by id, the answer to an item, the outcome, results; each may be `None`."""

    number: Callable[[str], Fraction | None]
    answer: Callable[[str], Answer | None]
    outcome: str | None = None
    results: Results = field(default_factory=Results)
    is_close: bool = False
    """Whether the outcome is one of the two in a close call, so that it is not known."""


def holds(tree: Tree, environment: Environment) -> bool | None:
    """Whether a condition holds; `None` where that is not known."""
    match tree[0]:
        case "and":
            return _first_decisive((holds(part, environment) for part in tree[1:]), False)
        case "or":
            return _first_decisive((holds(part, environment) for part in tree[1:]), True)
        case "not":
            value = holds(tree[1], environment)
            return None if value is None else not value
        case "is" | "has":
            answer = environment.answer(tree[1])
            return None if answer is None else chooses(answer, tree[2])
        case "outcome":
            return None if environment.outcome is None else environment.outcome == tree[1]
        case "band":
            band = environment.results.band()
            return None if band is None else band == tree[1]
        case "section-band":
            band = environment.results.band(tree[1])
            return None if band is None else band == tree[2]
        case "known":
            return _is_known(tree[1], environment)
        case "if":
            test = holds(tree[1], environment)
            return None if test is None else holds(tree[2] if test else tree[3], environment)
    left, right = value_of(tree[1], environment), value_of(tree[2], environment)
    if left is None or right is None:
        return None
    return _COMPARE[tree[0]](left, right)


def _is_known(tree: Tree, environment: Environment) -> bool:
    match tree[0]:
        case "answer":
            return environment.answer(tree[1]) is not None
        case "band":
            return environment.results.band() is not None
        case "section-band":
            return environment.results.band(tree[1]) is not None
        case "outcome":
            return environment.outcome is not None and not environment.is_close
    return value_of(tree, environment) is not None


_COMPARE: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _first_decisive(values: Iterable[bool | None], decisive: bool) -> bool | None:
    found: bool | None = not decisive
    for value in values:
        if value is decisive:
            return decisive
        if value is None:
            found = None
    return found


def value_of(tree: Tree, environment: Environment) -> Fraction | None:
    """The number that a formula gives, exact; `None` where it is not known, and for a division by zero."""
    match tree[0]:
        case "num":
            return Fraction(tree[1])
        case "get":
            return environment.number(tree[1])
        case "score":
            return environment.results.score(tree[1] if len(tree) > 1 else None)
        case "points":
            return environment.results.points(tree[1])
        case "mean":
            known = [value for part in operands(tree) if (value := value_of(part, environment)) is not None]
            return sum(known, Fraction(0)) / len(known) if known else None
        case "if":
            test = holds(tree[1], environment)
            return None if test is None else value_of(tree[2] if test else tree[3], environment)
    values: list[Fraction] = []
    for part in operands(tree):
        value = value_of(part, environment)
        if value is None:
            return None
        values.append(value)
    if tree[0] == "round":
        return half_up(values[0], tree[2])
    if tree[0] == "/" and not values[1]:
        return None
    return _ARITHMETIC_OF[tree[0]](values)


_ARITHMETIC_OF: Mapping[str, Callable[[list[Fraction]], Fraction]] = {
    "+": lambda values: values[0] + values[1],
    "-": lambda values: values[0] - values[1],
    "*": lambda values: values[0] * values[1],
    "/": lambda values: values[0] / values[1],
    "neg": lambda values: -values[0],
    "min": lambda values: reduce(min, values),
    "max": lambda values: reduce(max, values),
}
