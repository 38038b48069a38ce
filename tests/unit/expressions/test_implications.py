"""What can be told of a condition before anybody answers."""

from fractions import Fraction

import pytest

from mkdocs_checklists.expressions.compiler import compile_condition
from mkdocs_checklists.expressions.implications import implies, is_constant
from mkdocs_checklists.expressions.intervals import Interval
from mkdocs_checklists.expressions.scope import Scope
from mkdocs_checklists.expressions.trees import Tree

ITEMS = {"paid": ["hour", "fixed"], "kind": ["a", "b", "c"], "many": [f"o{n}" for n in range(200)]}
SCOPE = Scope({**ITEMS, "more": ITEMS["many"], "most": ITEMS["many"]}, ["hours"], ["keep", "buy"])


def condition(text: str) -> Tree:
    tree = compile_condition(text, SCOPE).tree
    assert tree is not None
    return tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('paid == "hour"', None),
        ('paid == "hour" or paid == "fixed"', True),
        ('paid == "hour" or paid != "hour"', True),
        ('paid == "hour" and paid == "fixed"', False),
        ('kind == "a" or kind == "b"', None),
        ('not (kind != "a" and kind != "b" and kind != "c")', True),
        ("hours >= 0", True),
        ("hours > 0", None),
        ("hours < 0", False),
        ("hours <= 10", True),
        ("hours == 11", False),
        ("hours == hours", None),
        ("hours > 3 or hours <= 3", True),
        ("1 == 1", True),
        ('outcome == "keep" or outcome == "buy"', True),
        ('outcome == "keep"', None),
        ('many == "o1" and more == "o1" and most == "o1"', None),
    ],
)
def test_whether_a_condition_is_constant(text: str, value: bool | None) -> None:
    bounds = Interval(Fraction(0), Fraction(10))

    assert is_constant(condition(text), SCOPE.items, ["keep", "buy"], lambda _: bounds) is value


@pytest.mark.parametrize(
    ("given", "wanted", "follows"),
    [
        (['paid == "hour"'], 'paid == "hour"', True),
        (['paid != "fixed"'], 'paid == "hour"', True),
        (['not paid == "fixed"'], 'paid == "hour"', True),
        (['kind != "a"'], 'kind == "b"', False),
        (['paid == "hour" and kind == "a"'], 'kind == "a"', True),
        (['paid == "hour" or kind == "a"'], 'kind == "a"', False),
        ([], 'paid == "hour"', False),
        ([], 'paid == "hour" or paid == "fixed"', False),  # It may be unanswered.
        (["hours > 0"], "hours > 0", True),
        (["not hours <= 0"], "hours > 0", True),
        (["0 < hours"], "hours > 0", True),
        (["hours >= 0"], "hours > 0", False),
    ],
)
def test_what_follows_from_conditions(given: list[str], wanted: str, follows: bool) -> None:
    assert implies([condition(text) for text in given], [condition(wanted)], SCOPE.items) is follows
