"""The expression language: what is taken, what it becomes, and what comes out."""

import ast
from fractions import Fraction

import pytest

from mkdocs_checklists.expressions.compiler import compile_condition, compile_formula
from mkdocs_checklists.expressions.scope import Scope
from mkdocs_checklists.expressions.trees import Environment, Tree, decimal_text, half_up, holds, to_json, value_of
from mkdocs_checklists.model.fields import MAX_EXPRESSION

SCOPE = Scope({"judgement": ["never", "often"], "worst-error": ["small"]}, ["hours-now", "rate"])
LATER = Scope(SCOPE.items, SCOPE.numbers, ["keep", "automate"])

NUMBERS = {"hours-now": Fraction(12), "rate": Fraction("4.5")}
ENVIRONMENT = Environment(NUMBERS.get, {"judgement": "often"}.get, "keep")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("2", ["num", "2"]),
        ("hours_now", ["get", "hours-now"]),
        ("1.50 * rate", ["*", ["num", "1.5"], ["get", "rate"]]),
        ("-(rate - 3)", ["neg", ["-", ["get", "rate"], ["num", "3"]]]),
        ("1 + 2 * 3", ["+", ["num", "1"], ["*", ["num", "2"], ["num", "3"]]]),
        ("min(rate, 3, hours_now)", ["min", ["get", "rate"], ["num", "3"], ["get", "hours-now"]]),
        ("round(rate)", ["round", ["get", "rate"], 0]),
        ("round(rate, 2)", ["round", ["get", "rate"], 2]),
        ("rate if rate > 3 else 0", ["if", [">", ["get", "rate"], ["num", "3"]], ["get", "rate"], ["num", "0"]]),
    ],
)
def test_formula_becomes_a_tree(text: str, tree: list[object]) -> None:
    found = compile_formula(text, SCOPE)

    assert not found.problems
    assert found.tree is not None
    assert to_json(found.tree) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('judgement == "often"', ["is", "judgement", "often"]),
        ('"often" == judgement', ["is", "judgement", "often"]),
        ('judgement != "often"', ["not", ["is", "judgement", "often"]]),
        ("worst_error == 'small'", ["is", "worst-error", "small"]),
        ('outcome == "keep"', ["outcome", "keep"]),
        ("0 < rate <= 5", ["and", ["<", ["num", "0"], ["get", "rate"]], ["<=", ["get", "rate"], ["num", "5"]]]),
        ("not rate > 3", ["not", [">", ["get", "rate"], ["num", "3"]]]),
        (
            'judgement == "never" if rate > 3 else rate < 1',
            [
                "if",
                [">", ["get", "rate"], ["num", "3"]],
                ["is", "judgement", "never"],
                ["<", ["get", "rate"], ["num", "1"]],
            ],
        ),
    ],
)
def test_condition_becomes_a_tree(text: str, tree: list[object]) -> None:
    found = compile_condition(text, LATER)

    assert not found.problems
    assert found.tree is not None
    assert to_json(found.tree) == tree


def test_a_name_knows_the_conditions_under_which_it_counts() -> None:
    found = compile_formula('rate / hours_now if hours_now > 0 and judgement == "never" else rate', SCOPE)
    positive: Tree = (">", ("get", "hours-now"), ("num", Fraction(0)))
    never: Tree = ("is", "judgement", "never")

    assert [(use.id, use.given) for use in found.uses] == [
        ("hours-now", ()),
        ("judgement", (positive,)),
        ("rate", (positive, never)),
        ("hours-now", (positive, never)),
        ("rate", (("not", ("and", positive, never)),)),
    ]
    assert [division.divisor for division in found.divisions] == [("get", "hours-now")]


def test_a_problem_has_its_place() -> None:
    (problem,) = compile_formula("rate + haurs_now", SCOPE).problems

    assert (problem.start, problem.end) == (7, 16)
    assert problem.hint == "Did you mean 'hours_now'?"


@pytest.mark.parametrize(
    "text",
    [
        "rate.denominator",
        "rate[0]",
        "rate(2)",
        "print(rate)",
        "lambda: 1",
        "(yield)",
        "await rate",
        "rate := 3",
        "*rate",
        "max(*rate)",
        "round(rate, ndigits=2)",
        "round(rate, -1)",
        "round(rate, rate)",
        "[rate]",
        "{rate}",
        "(rate, rate)",
        "f'{rate}'",
        "b'12'",
        "'12'",
        "...",
        "None",
        "True + 1",
        "rate is rate",
        "rate in rate",
        "rate @ rate",
        "rate % 2",
        "rate << 2",
        "~rate",
        "+rate",
        "-0",
        "-0.0",
        "1e5",
        "1_0",
        "0b1",
        "1j",
        "1.",
        "00",
        "1234567890123456",
        "rate\\\n",
        "rate # a comment",
        "rate; rate",
        "",
        " ",
        ")",
        "((((",
        "\u0000",
        "\uff52\uff41\uff54\uff45",  # `rate` in wide letters, which Python would take for the same name
        "outcome",
        "judgement",
        "max(x for x in rate)",
        "1 if 2",
    ],
)
def test_what_is_not_a_formula_is_reported_and_never_raises(text: str) -> None:
    found = compile_formula(text, SCOPE)

    assert found.tree is None
    assert found.problems
    assert all(0 <= problem.start < max(problem.end, 1) for problem in found.problems)


def chain(kind: str, steps: int) -> str:
    """An expression of so many steps in a row, or with so many brackets around it."""
    return {
        "signs": "-" * (steps - 1) + "1",
        "sum": "1" + "+1" * (steps - 1),
        "brackets": "(" * steps + "1" + ")" * steps,
        "not": "not " * (steps - 2) + "1 < 2",
    }[kind]


@pytest.mark.parametrize(
    ("kind", "most", "message"),
    [
        ("signs", 100, "this expression is too long to follow"),
        ("sum", 100, "this expression is too long to follow"),
        ("not", 100, "this expression is too long to follow"),
        ("brackets", 40, "brackets are nested too deeply"),
    ],
)
def test_one_step_more_than_the_most_is_refused(kind: str, most: int, message: str) -> None:
    compile_text = compile_condition if kind == "not" else compile_formula

    assert compile_text(chain(kind, most), SCOPE).tree is not None
    assert [problem.message for problem in compile_text(chain(kind, most + 1), SCOPE).problems] == [message]


def test_one_character_more_than_the_most_is_refused() -> None:
    longest = "1".ljust(MAX_EXPRESSION)

    assert compile_formula(longest, SCOPE).tree == ("num", Fraction(1))
    assert [problem.message for problem in compile_formula(f"{longest} ", SCOPE).problems] == [
        "this expression has 2,001 characters"
    ]


@pytest.mark.parametrize("error", [MemoryError, RecursionError, ValueError])
def test_expression_that_the_parser_gives_up_on_is_reported(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def give_up(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:  # Pytest parses a failing test, too.
        patch.setattr(ast, "parse", give_up)
        found = compile_formula("1", SCOPE)

    assert [problem.message for problem in found.problems] == ["this expression can't be read"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("hours_now / 5", Fraction(12, 5)),
        ("hours_now / 0", None),
        ("max(rate, hours_now) - min(1, 2)", 11),
        ("round(rate / 4, 1)", Fraction("1.1")),
        ("round(29 / 100, 2)", Fraction("0.29")),
        ("round(-rate)", -4),
        ("hours_now * -2", -24),
        ("1 if judgement == 'often' else 2", 1),
        ("1 if worst_error == 'small' else 2", None),
    ],
)
def test_formula_gives_its_exact_value(text: str, value: Fraction | int | None) -> None:
    tree = compile_formula(text, SCOPE).tree

    assert tree is not None
    assert value_of(tree, ENVIRONMENT) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rate < 5", True),
        ("rate / 0 < 5", None),
        ("rate / 0 < 5 and rate > 5", False),
        ("rate / 0 < 5 or rate < 5", True),
        ("worst_error == 'small'", None),
        ("outcome == 'keep'", True),
        ("outcome != 'keep'", False),
    ],
)
def test_condition_holds_or_not_or_nobody_knows(text: str, value: bool | None) -> None:
    tree = compile_condition(text, LATER).tree

    assert tree is not None
    assert holds(tree, ENVIRONMENT) is value


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"), [("2.5", 0, "3"), ("-2.5", 0, "-2"), ("1.005", 2, "1.01"), ("-0.4", 0, "0")]
)
def test_rounding_is_half_up_towards_plus_infinity(value: str, decimals: int, rounded: str) -> None:
    assert decimal_text(half_up(Fraction(value), decimals)) == rounded


@pytest.mark.parametrize("text", ["0", "12.5", "-0.25", "1000000", "0.000001", "-3"])
def test_decimal_text_is_exact(text: str) -> None:
    assert decimal_text(Fraction(text)) == text
