"""An expression as a tree: what it names, its form as data, and its exact value.

Names are resolved and types settled before a tree is made, so that it can't fail: a division by zero gives `None`, and the checks
refuse a divisor that can be zero. Logic over `None` is three-valued (Kleene).

`rules.js` evaluates the same trees; `tests/vectors/rules` and a differential property test hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import floor
from typing import Any, NamedTuple

from ..model.answers import Answer, chooses

Tree = tuple[Any, ...]
"""An operator and its operands: `("+", a, b)`, `("num", Fraction)`, `("get", id)`, `("is", item, option)` or, of several options,
`("has", item, option)`; see `to_json`."""


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
    """The ids of the items, inputs and figures in a tree."""
    return (str(node[1]) for node in walk(tree) if node[0] in ("get", "is", "has"))


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
        case "/" if tree[2][0] == "num" and _is_of_tens(tree[2][1]):
            return size(tree[1], of)
    parts = [size(part, of) for part in operands(tree)]
    match tree[0]:
        case "*":
            return Size(sum(part.top for part in parts), sum(part.bottom for part in parts))
        case "/":
            return Size(parts[0].top + parts[1].bottom, parts[0].bottom + parts[1].top)
        case "+" | "-":
            first, second = parts
            top = max(first.top + second.bottom, second.top + first.bottom) + 1
            return Size(top, first.bottom + second.bottom)
    return Size(max((part.top for part in parts), default=0), max((part.bottom for part in parts), default=0))


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


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression can ask for: a number by id, the answer to an item, the outcome; each may be `None`."""

    number: Callable[[str], Fraction | None]
    answer: Callable[[str], Answer | None]
    outcome: str | None = None


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
        case "if":
            test = holds(tree[1], environment)
            return None if test is None else holds(tree[2] if test else tree[3], environment)
    left, right = value_of(tree[1], environment), value_of(tree[2], environment)
    if left is None or right is None:
        return None
    return _COMPARE[tree[0]](left, right)


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
