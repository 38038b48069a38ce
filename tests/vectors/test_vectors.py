"""The Python half of the shared scoring vectors; `tests/browser/test_vectors_js.py` is the other."""

from typing import Any

import pytest

from mkdocs_checklists import key_from_json, key_to_json, score
from mkdocs_checklists.scoring.way_up import way_up
from tests.helpers import rules_vectors, scoring_vectors


@pytest.mark.parametrize(
    ("key", "answers", "expected"), [pytest.param(*case[1:], id=case[0]) for case in scoring_vectors()]
)
def test_python_scores_the_vector(key: dict[str, Any], answers: dict[str, str], expected: dict[str, Any]) -> None:
    assert score(key_from_json(key), answers).to_json() == expected


@pytest.mark.parametrize(
    ("key", "answers", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in scoring_vectors("way_up", "way_up")],
)
def test_python_finds_the_way_up_of_the_vector(
    key: dict[str, Any], answers: dict[str, str], expected: list[list[str]] | None
) -> None:
    steps = way_up(key_from_json(key), answers)

    assert (None if steps is None else [[step.item, step.option] for step in steps]) == expected


@pytest.mark.parametrize("key", [pytest.param(case[1], id=case[0]) for case in scoring_vectors()])
def test_a_key_survives_its_json_form(key: dict[str, Any]) -> None:
    once = key_from_json(key)

    assert key_from_json(key_to_json(once)) == once


@pytest.mark.parametrize(
    ("key", "answers", "expected"), [pytest.param(*case[1:], id=case[0]) for case in rules_vectors()]
)
def test_python_evaluates_the_rules_of_the_vector(
    key: dict[str, Any], answers: dict[str, str], expected: dict[str, Any]
) -> None:
    result = score(key_from_json(key), answers).to_json()

    assert {name: result.get(name, "missing") for name in expected} == expected


@pytest.mark.parametrize("key", [pytest.param(case[1], id=case[0]) for case in rules_vectors()])
def test_a_key_with_rules_survives_its_json_form(key: dict[str, Any]) -> None:
    once = key_from_json(key)

    assert key_from_json(key_to_json(once)) == once
