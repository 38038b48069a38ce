import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mkdocs_checklists import Library, Result, ScoringKey, key_from_json, score
from mkdocs_checklists.cli import main
from tests.unit.texts import load

NEST = """\
title: May the car go?
sections:
  - id: all
    title: All
    items:
      - {id: car, text: Is there a car?, scale: yes-no}
      - {id: insured, text: Is it insured?, scale: yes-no, when: car == "yes"}
      - {id: paid, text: Is the tax paid?, scale: yes-no, when: car == "yes" and insured == "yes"}
bands: [{id: go, min: 50, title: Go}, {id: stay, min: 0, title: Stay}]
"""
DECISION = """\
title: Which way?
outcomes: [{id: keep, title: Keep}, {id: buy, title: Buy}, {id: wait, title: Wait}]
sections:
  - id: all
    title: All
    items:
      - id: often
        text: How often?
        options: [{id: daily, text: Daily, points: {buy: 2}}, {id: never, text: Never, points: {keep: 2, wait: 2}}]
gates: [{remove: wait, when: hours > 3, text: It takes too long.}]
inputs: [{id: hours, text: How many hours?, decimals: 2}]
figures: [{id: twice, text: Twice, decimals: 1, formula: hours * 2}]
verdicts: [{id: long, when: twice > 8, title: Long}, {id: short, when: twice <= 8, title: Short}]
notes: [{when: outcome == "keep", text: Look again in a year.}]
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in (("nest", NEST), ("decision", DECISION), ("broken", "title: Ready?")):
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
    library = Library(tmp_path)
    library.refresh()
    return library


def printed(library: Library, name: str, answers: dict[str, Any]) -> Any:
    """What the command line says of the same answers."""
    file = library.directory / "answers.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    return json.loads(CliRunner().invoke(main, ["score", str(library.directory / f"{name}.yml"), str(file)]).stdout)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("nest", {"car": "no", "insured": "yes", "paid": "yes"}),
        ("nest", {"car": "yes", "insured": "no", "paid": "yes"}),
        ("nest", {}),
        ("decision", {"often": "never", "hours": 4.5}),
        ("decision", {"often": "unknown", "hours": 3, "colour": "red"}),
        ("decision", {"often": "daily", "hours": 0.125}),
        ("decision", {"hours": 1e22}),
    ],
)
def test_checklist_of_a_library_is_scored_as_on_the_command_line(
    name: str, answers: dict[str, Any], library: Library
) -> None:
    assert score(library.get(name), answers).to_json() == printed(library, name, answers)


def test_what_a_condition_hides_does_not_count(library: Library) -> None:
    result = score(library.get("nest"), {"car": "no", "insured": "yes", "paid": "yes"})

    assert (result.score, result.band, result.states) == (
        0,
        "stay",
        {"car": "answered", "insured": "na", "paid": "na"},
    )


def test_outcome_and_figures_are_attributes(library: Library) -> None:
    result = score(library.get("decision"), {"often": "never", "hours": 4.35, "colour": "red"})

    assert isinstance(result, Result)
    assert (result.outcome, result.close_call, result.ranking) == ("keep", None, ["keep", "buy"])
    assert (result.fits, result.removed) == ({"keep": 100, "buy": 0, "wait": 100}, {"wait": ["It takes too long."]})
    assert (result.figures, result.verdict, result.notes) == ({"twice": 8.7}, "long", ["Look again in a year."])
    assert (result.ignored, result.way_up) == (["colour"], None)


def test_way_up_is_an_attribute(library: Library) -> None:
    answers = {"car": "yes", "insured": "no"}

    assert score(library.get("nest"), {"car": "no"}).way_up == ["car"]
    assert score(library.get("nest"), {**answers, "paid": "no"}).way_up is None


@pytest.mark.parametrize("hours", ["2.50", 2.5, Decimal("2.5")])
def test_number_may_be_digits_or_a_number_of_python(hours: str | float | Decimal, library: Library) -> None:
    assert score(library.get("decision"), {"hours": hours}).figures == {"twice": 5.0}


@pytest.mark.parametrize("hours", [True, float("nan"), float("inf"), -1, 0.001])
def test_what_is_no_number_of_the_input_is_ignored(hours: float, library: Library) -> None:
    result = score(library.get("decision"), {"hours": hours})

    assert (result.figures, [name.partition("=")[0] for name in result.ignored]) == ({"twice": None}, ["hours"])


def test_data_of_a_key_is_that_of_the_event_in_the_page(library: Library) -> None:
    loaded = library.get("decision")
    assert loaded is not None
    whole = score(loaded, {"often": "never"}).to_json()

    assert whole.pop("way_up", "missing") is None
    assert score(loaded.key, {"often": "never"}).to_json() == whole


def test_key_and_hidden_items_may_be_given_as_before() -> None:
    key: ScoringKey = load(NEST).key
    answers = {"car": "yes", "insured": "yes", "paid": "no"}

    assert score(key, answers).score == 67
    assert score(key, answers, {"paid"}).score == 100
    assert score(key, answers, {"paid"}).to_json()["states"]["paid"] == "na"
    assert score(key_from_json({"checklist": "a", "sections": []}), {}).score is None


def test_checklist_that_can_not_be_scored_is_an_error_that_says_why(library: Library) -> None:
    with pytest.raises(ValueError, match="checklist 'broken' has errors"):
        score(library.get("broken"), {})
    with pytest.raises(ValueError, match="no such checklist"):
        score(library.get("nowhere"), {})
