"""What holds for every decision and calculator, and for every expression."""

import json
import random
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from mkdocs_checklists import key_from_json, key_to_json
from mkdocs_checklists.checks.checklist import check
from mkdocs_checklists.expressions.compiler import compile_condition, compile_formula
from mkdocs_checklists.expressions.implications import implies, is_constant
from mkdocs_checklists.expressions.intervals import Interval, interval_of
from mkdocs_checklists.expressions.scope import Scope
from mkdocs_checklists.expressions.trees import Environment, Tree, decimal_text, from_json, holds, to_json, value_of
from mkdocs_checklists.reading.reader import read_checklist
from mkdocs_checklists.scoring.key import scoring_key
from mkdocs_checklists.scoring.rules import full_score
from tests.properties.rules_strategies import Maker, rules_keys, seeds, some_rule_answers

ITEMS = {"first": ["yes", "no"], "second": ["a", "b", "c"]}
NUMBERS = ["x", "y"]
BOUNDS = {"x": Interval(Fraction(0), Fraction(10)), "y": Interval(Fraction(-3), None)}

trees = seeds.map(lambda seed: from_json(Maker(random.Random(seed), ITEMS, NUMBERS).formula()))
tests = seeds.map(lambda seed: from_json(Maker(random.Random(seed), ITEMS, NUMBERS).condition()))
x_values = st.fractions(0, 10, max_denominator=8)
y_values = st.fractions(-3, 50, max_denominator=8)


def environment(x: Fraction | None, y: Fraction | None, **answers: str) -> Environment:
    return Environment({"x": x, "y": y}.get, answers.get)


@given(rules_keys(decision=True), st.integers(0, 2**32))
def test_an_answer_with_more_points_for_an_outcome_never_lowers_its_fit(data: dict[str, Any], seed: int) -> None:
    # What an answer shows or hides may of course speak for something else.
    data["rules"].pop("when", None)
    key = key_from_json(data)
    assert key.rules is not None
    assert key.rules.decision is not None
    decision = key.rules.decision
    for answers in some_rule_answers(data, seed, 4):
        before = full_score(key, answers)["fits"]
        for item in key.items:
            points = decision.points[item.id]
            if answers.get(item.id) not in points:
                continue
            for option, row in points.items():
                after = full_score(key, {**answers, item.id: option})["fits"]
                for n, outcome in enumerate(decision.outcomes):
                    if row[n] >= points[answers[item.id]][n]:
                        assert before[outcome] is None or after[outcome] >= before[outcome]


@given(rules_keys(decision=True), st.integers(0, 2**32))
def test_removing_a_gate_never_removes_an_outcome(data: dict[str, Any], seed: int) -> None:
    gates = data["rules"]["decision"]["gates"]
    for answers in some_rule_answers(data, seed, 4):
        before = full_score(key_from_json(data), answers)
        for n in range(len(gates)):
            rules = {**data["rules"], "decision": {**data["rules"]["decision"], "gates": gates[:n] + gates[n + 1 :]}}
            after = full_score(key_from_json({**data, "rules": rules}), answers)
            assert set(after["removed"]) <= set(before["removed"])
            assert after["fits"] == before["fits"]


@given(rules_keys(decision=True), st.integers(0, 2**32))
def test_an_outcome_is_named_only_where_it_is_left_fits_enough_and_leads(data: dict[str, Any], seed: int) -> None:
    decision = data["rules"]["decision"]
    for answers in some_rule_answers(data, seed, 10):
        found = full_score(key_from_json(data), answers)
        left = {name: fit for name, fit in found["fits"].items() if fit is not None and name not in found["removed"]}
        assert all(fit is None or 0 <= fit <= 100 for fit in found["fits"].values())
        if found["outcome"] is not None:
            best = left.pop(found["outcome"])
            assert best >= decision["least"]
            assert all(best - fit >= decision["lead"] for fit in left.values())
            assert not found["provisional"]
            assert found["close_call"] is None
        if found["close_call"] is not None:
            best, second = (left[name] for name in found["close_call"])
            assert 0 <= best - second < decision["lead"]
            assert best == max(left.values())


@given(rules_keys(), st.integers(0, 2**32))
def test_the_answer_to_what_is_hidden_changes_nothing(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    for answers in some_rule_answers(data, seed, 4):
        found = full_score(key, answers)
        for item in key.items:
            if found["states"][item.id] != "na" or answers.get(item.id) == "na":
                continue
            without = {name: value for name, value in answers.items() if name != item.id}
            other = full_score(key, without)
            assert {**other, "ignored": []} == {**found, "ignored": []}


@given(rules_keys())
def test_a_key_with_rules_survives_its_json_form(data: dict[str, Any]) -> None:
    key = key_from_json(data)

    assert key_from_json(key_to_json(key)) == key


@given(tests | trees)
def test_an_expression_survives_its_json_form(tree: Tree) -> None:
    assert from_json(to_json(tree)) == tree


@given(trees, x_values, y_values, st.sampled_from(["yes", "no"]), st.sampled_from(["a", "b", "c"]))
def test_a_formula_lies_between_its_bounds(tree: Tree, x: Fraction, y: Fraction, first: str, second: str) -> None:
    value = value_of(tree, environment(x, y, first=first, second=second))
    assume(value is not None)
    assert value is not None
    found = interval_of(tree, BOUNDS.__getitem__)
    # What divides by something that can be zero is refused, and nothing is claimed of it.
    assert found.low is None or found.low <= value
    assert found.high is None or value <= found.high
    assert value != 0 or not found.nonzero


@given(tests, trees, x_values, y_values, st.sampled_from(["yes", "no"]), st.sampled_from(["a", "b", "c"]))
def test_a_formula_lies_between_its_bounds_where_a_condition_holds(
    condition: Tree, tree: Tree, x: Fraction, y: Fraction, first: str, second: str
) -> None:
    known = environment(x, y, first=first, second=second)
    value = value_of(tree, known)
    assume(value is not None and holds(condition, known))
    assert value is not None
    found = interval_of(tree, BOUNDS.__getitem__, [condition])
    assert found.low is None or found.low <= value
    assert found.high is None or value <= found.high
    assert value != 0 or not found.nonzero


@given(tests, x_values, y_values, st.sampled_from(["yes", "no"]), st.sampled_from(["a", "b", "c"]))
def test_a_condition_that_is_called_constant_is_constant(
    condition: Tree, x: Fraction, y: Fraction, first: str, second: str
) -> None:
    value = is_constant(condition, ITEMS, (), BOUNDS.__getitem__)
    found = holds(condition, environment(x, y, first=first, second=second))

    assert value is None or found is None or found is value


@st.composite
def premises(draw: st.DrawFn) -> tuple[list[Tree], list[Tree]]:
    """Conditions, and others that often follow from them."""
    known = draw(st.lists(tests, min_size=1, max_size=2))
    one = draw(st.sampled_from(known))
    other = draw(tests)
    wanted = draw(
        st.sampled_from([("or", one, other), ("not", ("not", one)), ("not", ("and", ("not", one), other)), other])
    )
    return known, [wanted]


@given(
    premises(),
    x_values | st.none(),
    y_values | st.none(),
    st.sampled_from(["yes", "no"]) | st.none(),
    st.sampled_from(["a", "b", "c"]) | st.none(),
)
def test_what_is_said_to_follow_does(
    conditions: tuple[list[Tree], list[Tree]],
    x: Fraction | None,
    y: Fraction | None,
    first: str | None,
    second: str | None,
) -> None:
    known, wanted = conditions
    answers = {name: value for name, value in (("first", first), ("second", second)) if value is not None}
    case = environment(x, y, **answers)
    if implies(known, wanted, ITEMS) and all(holds(condition, case) for condition in known):
        assert all(holds(condition, case) for condition in wanted)


def written(tree: Tree) -> str:
    """An expression as an author might write it, with all its brackets."""
    operator, *parts = tree
    match operator:
        case "num":
            return decimal_text(parts[0]) if parts[0] >= 0 else f"(-{decimal_text(-parts[0])})"
        case "get" | "answer":
            return str(parts[0])
        case "is":
            return f'{parts[0]} == "{parts[1]}"'
        case "neg":
            return "0" if parts[0] == ("num", 0) else f"(-{written(parts[0])})"
        case "not":
            return f"(not {written(parts[0])})"
        case "if":
            test, yes, no = (written(part) for part in parts)
            return f"({yes} if {test} else {no})"
        case "min" | "max" | "mean" | "known":
            return f"{operator}({', '.join(written(part) for part in parts)})"
        case "round":
            return f"round({written(parts[0])}, {parts[1]})"
        case "and" | "or":
            return "(" + f" {operator} ".join(written(part) for part in parts) + ")"
    return f"({written(parts[0])} {operator} {written(parts[1])})"


def without_signs(tree: Tree) -> Tree:
    """A number below zero is written with a sign, which is an operator, and a zero has none."""
    if tree == ("neg", ("num", 0)):
        return tree[1]
    if tree[0] == "num":
        return tree if tree[1] >= 0 else ("neg", ("num", -tree[1]))
    return tuple(without_signs(part) if isinstance(part, tuple) else part for part in tree)


SCOPE = Scope(ITEMS, NUMBERS)


@given(trees)
def test_a_formula_that_is_written_out_is_read_as_it_was(tree: Tree) -> None:
    found = compile_formula(written(tree), SCOPE)

    assert found.tree == without_signs(tree)


@given(tests)
def test_a_condition_that_is_written_out_is_read_as_it_was(tree: Tree) -> None:
    found = compile_condition(written(tree), SCOPE)

    assert found.tree == without_signs(tree)


WORDS = [
    *[
        "x",
        "y",
        "first",
        "second",
        "outcome",
        "(",
        ")",
        "+",
        "-",
        "*",
        "/",
        "<",
        ">=",
        "==",
        "!=",
        "and",
        "or",
        "not",
        "if",
        "else",
    ],
    *[
        "min(",
        "max(",
        "round(",
        ",",
        '"yes"',
        "'a'",
        "1",
        "2.5",
        "1e9",
        "lambda",
        "for",
        "in",
        ".",
        "[",
        "]",
        "_",
        "**",
        "#",
        "\\",
    ],
]
some_text = st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(some_text)
def test_any_text_is_an_expression_or_has_a_problem_with_a_place_in_it(text: str) -> None:
    for found in (compile_formula(text, SCOPE), compile_condition(text, SCOPE)):
        assert (found.tree is None) == bool(found.problems)
        assert all(0 <= problem.start <= len(text) and problem.start < problem.end for problem in found.problems)


FILE = """\
title: Any
sections:
  - id: part
    title: Part
    items:
      - {{id: first, text: First?, scale: yes-no, recommend: Do.}}
      - {{id: second, text: Second?, scale: yes-no, recommend: Do., when: {when}}}
bands: [{{id: any, min: 0, title: Any}}]
inputs:
  - {{id: x, text: X}}
  - {{id: y, text: Y, section: part, when: {when}}}
figures:
  - {{id: z, text: Z, formula: {formula}}}
  - {{id: total, text: Total, when: {when}, formula: {formula}}}
verdicts:
  - {{id: one, when: {when}, title: One}}
"""


@given(some_text, some_text)
def test_any_texts_in_a_file_yield_diagnostics_or_a_checklist_that_scores(when: str, formula: str) -> None:
    data = FILE.format(when=json.dumps(when), formula=json.dumps(formula)).encode("utf-8", "surrogatepass")
    reading = read_checklist(data, "any.yml")
    checklist = check(reading, {})

    assert (checklist is None) == bool(reading.diagnostics.errors)
    if checklist is not None:
        full_score(scoring_key("any", checklist), {"first": "yes", "second": "no", "x": "3", "y": "0"})
