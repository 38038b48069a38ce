"""Between which bounds a formula lies."""

from fractions import Fraction

import pytest

from mkdocs_checklists.expressions.compiler import compile_condition, compile_formula
from mkdocs_checklists.expressions.intervals import Interval, interval_of
from mkdocs_checklists.expressions.scope import Scope

SCOPE = Scope({"paid": ["hour", "fixed"]}, ["hours", "rate", "debt"])
BOUNDS = {
    "hours": Interval(Fraction(0), Fraction(10)),
    "rate": Interval(Fraction(1), Fraction(4)),
    "debt": Interval(Fraction(-5), Fraction(5)),
}


def bounds(formula: str, *given: str) -> Interval:
    tree = compile_formula(formula, SCOPE).tree
    conditions = [compile_condition(text, SCOPE).tree for text in given]
    assert tree is not None
    assert None not in conditions
    return interval_of(tree, BOUNDS.__getitem__, [condition for condition in conditions if condition is not None])


@pytest.mark.parametrize(
    ("formula", "low", "high"),
    [
        ("hours + rate", 1, 14),
        ("hours - rate", -4, 9),
        ("hours * debt", -50, 50),
        ("debt * debt", -25, 25),
        ("hours / rate", 0, 10),
        ("-rate", -4, -1),
        ("min(hours, rate)", 0, 4),
        ("max(hours, rate)", 1, 10),
        ("round(rate / 3)", 0, 1),
        ("rate if hours > 3 else 10", 1, 10),
        ("hours if hours > 3 else 3", 3, 10),
    ],
)
def test_bounds_of_a_formula(formula: str, low: int, high: int) -> None:
    found = bounds(formula)

    assert (found.low, found.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("formula", "given", "has_zero"),
    [
        ("hours", (), True),
        ("rate", (), False),
        ("hours + 1", (), False),
        ("hours * rate", (), True),
        ("hours", ("hours > 0",), False),
        ("hours", ("0 < hours",), False),
        ("hours", ("hours >= 0",), True),
        ("hours", ("hours != 0",), False),
        ("hours", ("not hours == 0",), False),
        ("hours", ("not hours <= 0",), False),
        ("hours", ("hours > rate",), False),
        ("hours - rate", ("hours > rate",), False),
        ("rate - hours", ("hours > rate",), False),
        ("hours - rate", ("hours >= rate",), True),
        ("debt", ("debt < 0",), False),
        ("hours * rate", ("hours > 0",), False),
        ("hours + hours * rate", ("hours > 0",), False),
        ("hours / rate", ("hours > 0",), False),
        ("hours", ('hours > 0 and paid == "hour"',), False),
        ("hours", ('hours > 0 or paid == "hour"',), True),
        ("hours if hours > 0 else 1", (), False),
        ("hours if paid == 'hour' else 1", (), True),
        ("round(hours / 100)", ("hours > 0",), True),
        ("1 / rate", (), False),
    ],
)
def test_whether_a_formula_can_be_zero(formula: str, given: tuple[str, ...], has_zero: bool) -> None:
    assert bounds(formula, *given).has_zero is has_zero
