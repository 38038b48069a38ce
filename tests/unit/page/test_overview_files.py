import json

import pytest

from mkdocs_checklists.page.overview_files import index_files, index_key, version_of
from mkdocs_checklists.scoring.key_json import key_to_json
from tests.unit.texts import PLAIN, load

NUMBERS = """\
title: Costs
subject: task
decides: Whether it pays
inputs:
  - {id: hours, text: Hours, min: 0, max: 100, example: 12.5, decimals: 1}
  - {id: rate, text: Rate, min: 0, max: 100}
figures:
  - {id: sum, text: Sum, formula: hours * rate}
  - {id: year, text: A year, unit: €, decimals: 2, main: true, formula: 12 * sum}
verdicts:
  - {id: dear, when: year > 100, title: It is dear}
"""


def test_key_comes_with_the_titles_of_its_results_and_no_other_prose() -> None:
    loaded = load(PLAIN)

    assert json.loads(index_key(loaded)) == {
        "key": json.loads(json.dumps(key_to_json(loaded.key))),
        "bands": {"ready": "Ready", "not-yet": "Not yet"},
    }


def test_key_of_a_calculator_has_its_main_figure_and_the_numbers_of_the_example() -> None:
    data = json.loads(index_key(load(NUMBERS)))

    assert data["main"] == {"id": "year", "text": "A year", "unit": "€", "decimals": 2}
    assert data["examples"] == {"hours": "12.5"}
    assert data["verdicts"] == {"dear": "It is dear"}
    assert data["subject"] == "task"


def test_version_changes_with_what_the_browser_needs_and_only_then() -> None:
    versions = [
        version_of(index_key(load(text)))
        for text in (
            PLAIN,
            PLAIN.replace("title: Tests", "title: All tests"),
            PLAIN.replace("title: Ready}", "title: Go}"),
            PLAIN.replace("min: 50", "min: 60"),
        )
    ]

    assert versions[0] == versions[1]
    assert len(set(versions)) == 3
    assert all(len(version) == 8 for version in versions)


@pytest.mark.parametrize(("text", "names"), [(PLAIN, ["keys/example.json"]), ("title: Broken\n", [])])
def test_only_what_has_no_errors_has_a_file(text: str, names: list[str]) -> None:
    assert list(index_files([load(text)])) == names
