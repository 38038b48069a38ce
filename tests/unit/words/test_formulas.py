"""Expressions in words: nothing that the tree holds is lost, and brackets stand only where they are needed."""

import pytest

from mkdocs_checklists.expressions.compiler import compile_condition, compile_formula
from mkdocs_checklists.expressions.scope import scope_of
from mkdocs_checklists.expressions.trees import Tree
from mkdocs_checklists.words.formulas import FormulaWords, Name
from mkdocs_checklists.words.messages import load_messages
from tests.unit.texts import trusted

FILE = """\
title: Numbers
sections:
  - id: how
    title: How
    items:
      - id: who-does
        text: Who {option} it?
        options: [{id: me, text: "I, {question}", points: {keep: 1}}, {id: them, text: They, points: {give: 1}}]
outcomes: [{id: keep, title: Keep it}, {id: give, title: Give it away}]
inputs:
  - {id: a, text: Apples}
  - {id: b-c, text: Big cherries, short: cherries}
  - {id: d, text: Dates}
figures:
  - {id: sum, text: Sum, formula: a + b_c}
"""

CHECKLIST = trusted(FILE)
WORDS = FormulaWords(CHECKLIST, load_messages())
SCOPE = scope_of(CHECKLIST, lambda item: item.options or [], with_outcomes=True)


def formula_tree(text: str) -> Tree:
    tree = compile_formula(text, SCOPE).tree
    assert tree is not None
    return tree


def condition_tree(text: str) -> Tree:
    tree = compile_condition(text, SCOPE).tree
    assert tree is not None
    return tree


def text_of(runs: tuple[str | Name, ...]) -> str:
    return "".join(f"[{run.text}]" if isinstance(run, Name) else run for run in runs)


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("1234567.25", "1,234,567.25"),
        ("b_c", "[cherries]"),
        ("a + b_c - d", "[Apples] + [cherries] − [Dates]"),
        ("a - (b_c + d)", "[Apples] − ([cherries] + [Dates])"),
        ("a - (b_c - d)", "[Apples] − ([cherries] − [Dates])"),
        ("a + (b_c - d)", "[Apples] + [cherries] − [Dates]"),
        ("(a + b_c) * d", "([Apples] + [cherries]) × [Dates]"),
        ("a + b_c * d", "[Apples] + [cherries] × [Dates]"),
        ("a * (b_c / 2)", "[Apples] × [cherries] ÷ 2"),
        ("a / (2 * 3)", "[Apples] ÷ (2 × 3)"),
        ("a / (2 / 3)", "[Apples] ÷ (2 ÷ 3)"),
        ("a / 2 / 3", "[Apples] ÷ 2 ÷ 3"),
        ("-a", "−[Apples]"),
        ("-(a + d)", "−([Apples] + [Dates])"),
        ("a - -d", "[Apples] − (−[Dates])"),
        ("a * -d", "[Apples] × (−[Dates])"),
        ("--a", "−(−[Apples])"),
        ("-a * d", "−[Apples] × [Dates]"),
        ("min(a, d)", "the smaller of [Apples] and [Dates]"),
        ("max(a, b_c, d + 1)", "the largest of [Apples], [cherries] and [Dates] + 1"),
        ("min(a, d) + 1", "(the smaller of [Apples] and [Dates]) + 1"),
        ("max(min(a, d), 0)", "the larger of (the smaller of [Apples] and [Dates]) and 0"),
        ("round(a / 2)", "[Apples] ÷ 2, rounded to a whole number"),
        ("round(a / 3, 2) * d", "([Apples] ÷ 3, rounded to 2 decimals) × [Dates]"),
        ("round(a / 3, 1)", "[Apples] ÷ 3, rounded to 1 decimal"),
        ("a if d > 0 else 0", "[Apples] if [Dates] is above 0, otherwise 0"),
        (
            "a if d > 0 else b_c if d < -1 else 0",
            "[Apples] if [Dates] is above 0, otherwise [cherries] if [Dates] is below −1, otherwise 0",
        ),
        ("2 * (a if d > 0 else 0)", "2 × ([Apples] if [Dates] is above 0, otherwise 0)"),
        (
            "(a if d > 0 else 1) if d < 9 else 0",
            "([Apples] if [Dates] is above 0, otherwise 1) if [Dates] is below 9, otherwise 0",
        ),
        ('a if who_does == "me" else 0', "[Apples] if “Who {option} it?” is answered “I, {question}”, otherwise 0"),
    ],
)
def test_formula_in_words(formula: str, words: str) -> None:
    assert text_of(WORDS.formula(formula_tree(formula))) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("a > 1", "[Apples] is above 1"),
        ("a >= 1", "[Apples] is at least 1"),
        ("a < 1", "[Apples] is below 1"),
        ("a <= 1", "[Apples] is at most 1"),
        ("a == 1", "[Apples] is exactly 1"),
        ("a != 1", "[Apples] is not 1"),
        ("not a > 1", "[Apples] is at most 1"),
        ("not not a > 1", "[Apples] is above 1"),
        ("0 < a <= 9", "0 is below [Apples] and [Apples] is at most 9"),
        ("a > 1 and d > 1 and sum > 1", "[Apples] is above 1 and [Dates] is above 1 and [Sum] is above 1"),
        ("a > 1 and (d > 1 or d < 0)", "[Apples] is above 1 and ([Dates] is above 1 or [Dates] is below 0)"),
        ("a > 1 or d > 1 and d < 5", "[Apples] is above 1 or ([Dates] is above 1 and [Dates] is below 5)"),
        ("not (a > 1 or d > 1)", "[Apples] is at most 1 and [Dates] is at most 1"),
        ('who_does == "them"', "“Who {option} it?” is answered “They”"),
        ('who_does != "them"', "“Who {option} it?” is answered, but not “They”"),
        ('outcome == "give"', "the result is “Give it away”"),
        ('not outcome == "give"', "the result is not “Give it away”"),
        ("a > 1 if d > 1 else a > 2", "[Apples] is above 1 if [Dates] is above 1, otherwise [Apples] is above 2"),
        (
            "not (a > 1 if d > 1 else a > 2)",
            "[Apples] is at most 1 if [Dates] is above 1, otherwise [Apples] is at most 2",
        ),
        ("min(a, d) > a + 1", "(the smaller of [Apples] and [Dates]) is above [Apples] + 1"),
    ],
)
def test_condition_in_words(condition: str, words: str) -> None:
    assert text_of(WORDS.condition(condition_tree(condition))) == words


def test_condition_as_a_sentence() -> None:
    assert WORDS.condition(condition_tree("a > 1"), "only-if") == ("Only if ", Name("a", "Apples"), " is above 1.")


def test_texts_side_by_side_are_one_run() -> None:
    assert WORDS.formula(formula_tree("(1 + 2) * a")) == ("(1 + 2) × ", Name("a", "Apples"))


SCORED = trusted("""\
title: Ready?
sections:
  - {id: part-a, title: "The {first} part", items: [{id: one, text: "Is {name} there?", scale: yes-no}]}
  - {id: part-b, title: The other part, items: [{id: two, text: Is two there?, scale: yes-no}]}
bands: [{id: high, min: 60, title: High}, {id: low, min: 0, title: Low}]
inputs: [{id: a, text: Apples}, {id: d, text: Dates}]
""")
SCORED_WORDS = FormulaWords(SCORED, load_messages())
SCORED_SCOPE = scope_of(SCORED, lambda item: item.options or [])


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("score / 2", "[the score] ÷ 2"),
        ("score(part_a) * a", "[the score of “The {first} part”] × [Apples]"),
        ("points(one) + 1", "[the points of “Is {name} there?”] + 1"),
        ("mean(a, d) * 2", "(the mean of [Apples] and [Dates], as far as they are known) × 2"),
        (
            "mean(a, d, points(two))",
            "the mean of [Apples], [Dates] and [the points of “Is two there?”], as far as they are known",
        ),
        ("a if known(a) else 0", "[Apples] if [Apples] is known, otherwise 0"),
    ],
)
def test_formula_over_results_in_words(formula: str, words: str) -> None:
    tree = compile_formula(formula, SCORED_SCOPE).tree
    assert tree is not None
    assert text_of(SCORED_WORDS.formula(tree)) == words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("score < 50", "[the score] is below 50"),
        ("not score(part_b) < 50", "[the score of “The other part”] is at least 50"),
        ('band == "low"', "the result is “Low”"),
        ('"low" != band', "the result is not “Low”"),
        ("known(band) and not known(score)", "the result is known and [the score] is not known"),
        ("known(one) or not known(two)", "“Is {name} there?” is answered or “Is two there?” is not answered"),
        ("known(points(two))", "“Is two there?” is answered"),
        ("not known(score(part_a))", "[the score of “The {first} part”] is not known"),
    ],
)
def test_condition_over_results_in_words(condition: str, words: str) -> None:
    tree = compile_condition(condition, SCORED_SCOPE).tree
    assert tree is not None
    assert text_of(SCORED_WORDS.condition(tree)) == words
