"""Names of results in expressions, and the ids of an author's that go before them."""

from typing import Any

import pytest

from mkdocs_checklists import score
from mkdocs_checklists.expressions.compiler import compile_condition, compile_formula
from mkdocs_checklists.expressions.scope import Scope
from mkdocs_checklists.expressions.trees import Tree
from tests.unit.texts import load

SCOPE = Scope({"one": ["yes", "no"]}, ["x"], sections=["part-a"], bands=["low", "high"])
OWN = Scope({"one": ["yes", "no"], "mean": ["yes", "no"]}, ["band", "points", "known"], sections=["a"], bands=["low"])


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('band == "low"', ("band", "low")),
        ('"low" != band', ("not", ("band", "low"))),
        ("known(band)", ("known", ("band",))),
        ("known(one)", ("known", ("answer", "one"))),
        ("known(x)", ("known", ("get", "x"))),
        ("known(score(part_a))", ("known", ("score", "part-a"))),
        ("score(part_a) < score", ("<", ("score", "part-a"), ("score",))),
    ],
)
def test_condition_names_results(text: str, tree: Tree) -> None:
    assert compile_condition(text, SCOPE).tree == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("band < points", ("<", ("get", "band"), ("get", "points"))),
        ("known(band)", ("known", ("get", "band"))),
        ("points(one) > known", (">", ("points", "one"), ("get", "known"))),
        ('mean == "yes"', ("is", "mean", "yes")),
    ],
)
def test_id_of_the_authors_goes_before_a_name_without_brackets(text: str, tree: Tree) -> None:
    assert compile_condition(text, OWN).tree == tree


def test_mean_is_called_even_where_an_item_has_its_name() -> None:
    assert compile_formula("mean(points, band)", OWN).tree == ("mean", ("get", "points"), ("get", "band"))


FILE = """\
title: Ready?
score: {as: points}
sections:
  - id: first
    title: First
    items:
      - {id: one, text: One?, scale: yes-no, weight: 3}
      - {id: two, text: Two?, scale: yes-no}
  - id: second
    title: Second
    when: score(first) < 3
    items: [{id: three, text: Three?, scale: yes-no}]
  - id: end
    title: End
    items: [{id: why, text: Why?, scale: yes-no, weight: 0, when: score < 3}]
bands: [{id: high, min: 3, title: High}, {id: low, min: 0, title: Low}]
notes:
  - {when: band == "low", text: low}
  - {when: points(one) == 1, text: one}
  - {when: score == 4 and not known(three), text: all}
"""


@pytest.mark.parametrize(
    ("answers", "shown", "notes"),
    [
        ({"one": "yes", "two": "yes"}, ["one", "two"], ["one", "all"]),
        ({"one": "no", "two": "yes", "three": "yes", "why": "no"}, ["one", "two", "three", "why"], ["low"]),
        ({"one": "no", "two": "no"}, ["one", "two"], []),
    ],
)
def test_score_of_a_section_decides_what_is_asked(answers: dict[str, Any], shown: list[str], notes: list[str]) -> None:
    result = score(load(FILE).key, answers)

    assert [name for name, state in result.states.items() if state == "answered"] == shown
    assert result.notes == notes
