"""What has passed the checks is not checked or compiled again, whatever is made of it."""

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest
from markdown import Markdown

from mkdocs_checklists import ChecklistExtension
from mkdocs_checklists.checks.trusted import TrustedChecklist
from mkdocs_checklists.expressions import compiler
from mkdocs_checklists.expressions.syntax import Problem, parse
from mkdocs_checklists.expressions.trees import Tree, to_json
from tests.helpers import write_tree
from tests.unit.texts import PLAIN, load

# Each place that an expression can have, each with a text of its own.
FILE = """\
title: Who does it?
subject: task
outcomes: [{id: keep, title: Keep it}, {id: give, title: Give it away}]
sections:
  - id: work
    title: The work
    items:
      - id: often
        text: Is it often?
        options: [{id: yes, text: "Yes", points: {keep: 1}}, {id: no, text: "No", points: {give: 1}}]
      - {id: paid, text: Is it paid?, when: often == "yes", scale: yes-no, weight: 0}
  - id: money
    title: The money
    when: often == "no"
    items: []
inputs:
  - {id: hours, text: Hours, max: 40, section: work, when: often != "no"}
figures:
  - {id: year, text: A year, when: hours > 1, formula: 52 * hours}
gates: [{remove: give, when: hours < 2 or often == "yes", text: Too little.}]
notes: [{when: outcome == "keep", text: Write it down.}]
verdicts: [{id: many, when: year > 500, title: Many}, {id: few, when: year <= 500, title: Few}]
plan: {title: All of it}
"""
TEXTS = {
    ("sections", 0, "items", 1, "when"): 'often == "yes"',
    ("sections", 1, "when"): 'often == "no"',
    ("inputs", 0, "when"): 'often != "no"',
    ("figures", 0, "when"): "hours > 1",
    ("figures", 0, "formula"): "52 * hours",
    ("gates", 0, "when"): 'hours < 2 or often == "yes"',
    ("notes", 0, "when"): 'outcome == "keep"',
    ("verdicts", 0, "when"): "year > 500",
    ("verdicts", 1, "when"): "year <= 500",
}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were compiled since the test began."""
    texts: list[str] = []

    def noted(text: str) -> ast.expr | Problem:
        texts.append(text)
        return parse(text)

    monkeypatch.setattr(compiler, "parse", noted)
    return texts


def test_each_expression_is_compiled_once_on_the_way_to_a_page(tmp_path: Path, compiled: list[str]) -> None:
    write_tree(tmp_path, {"example.yml": FILE})

    html = Markdown(extensions=[ChecklistExtension(path=str(tmp_path))]).convert("::: checklist example")

    assert "<scored-checklist" in html
    assert "A year" in html
    assert sorted(compiled) == sorted(TEXTS.values())


def test_each_expression_is_compiled_once_for_key_and_proof(compiled: list[str]) -> None:
    loaded = load(FILE)

    assert loaded.key_json
    assert loaded.rules_proof.claims
    assert sorted(compiled) == sorted(TEXTS.values())


def trusted(text: str) -> TrustedChecklist:
    loaded = load(text)
    assert loaded.trusted is not None, [diagnostic.format() for diagnostic in loaded.diagnostics]
    return loaded.trusted


def as_data(trees: Mapping[tuple[str | int, ...], Tree]) -> dict[tuple[str | int, ...], list[object]]:
    return {path: to_json(tree) for path, tree in trees.items()}


def test_trees_are_found_by_the_paths_of_their_texts() -> None:
    assert as_data(trusted(FILE).trees) == {
        ("sections", 0, "items", 1, "when"): ["is", "often", "yes"],
        ("sections", 1, "when"): ["is", "often", "no"],
        ("inputs", 0, "when"): ["not", ["is", "often", "no"]],
        ("figures", 0, "when"): [">", ["get", "hours"], ["num", "1"]],
        ("figures", 0, "formula"): ["*", ["num", "52"], ["get", "hours"]],
        ("gates", 0, "when"): ["or", ["<", ["get", "hours"], ["num", "2"]], ["is", "often", "yes"]],
        ("notes", 0, "when"): ["outcome", "keep"],
        ("verdicts", 0, "when"): [">", ["get", "year"], ["num", "500"]],
        ("verdicts", 1, "when"): ["<=", ["get", "year"], ["num", "500"]],
    }


def test_conditions_are_found_by_the_ids_of_what_they_show() -> None:
    found = trusted(FILE)

    assert found.conditions == {
        "money": found.trees["sections", 1, "when"],
        "paid": found.trees["sections", 0, "items", 1, "when"],
        "hours": found.trees["inputs", 0, "when"],
        "year": found.trees["figures", 0, "when"],
    }


def test_checklist_without_expressions_has_no_trees() -> None:
    assert trusted(PLAIN).trees == {}
