"""Cases: what they lead to, and how their answers are filed."""

import json
from fractions import Fraction
from pathlib import Path

from mkdocs_checklists.library.folder import Library
from mkdocs_checklists.library.loaded import LoadedChecklist
from mkdocs_checklists.page.cases import case_files
from tests.helpers import write_tree
from tests.unit.texts import load

MIXED = """\
title: Ready?
sections:
  - id: all
    title: All
    items:
      - {id: plan, text: Is there a plan?, scale: yes-no, na: true, recommend: Write one.}
      - id: tools
        text: Which tools are there?
        choose: many
        options: [{id: saw, text: A saw, points: 1}, {id: drill, text: A drill, points: 1}]
bands: [{id: ready, min: 50, title: Ready}, {id: wait, min: 0, title: Wait}]
inputs: [{id: hours, text: Hours, decimals: 2}]
figures: [{id: cost, text: Cost, formula: hours * 20}]
verdicts: [{id: dear, when: cost > 100, title: Dear}]
cases:
  - {id: shop, title: The shop, answers: {plan: yes, tools: [drill, saw], hours: 2.50}, says: ready}
  - {id: site, title: The site, answers: {plan: na, tools: unknown, hours: 9}, says: dear}
"""


def test_case_is_filed_as_a_page_files_it_and_scored() -> None:
    shop, site = load(MIXED).cases

    assert shop.answers == {"plan": "yes", "tools": "saw+drill", "hours": "2.50"}
    assert shop.evaluation.figures == {"cost": Fraction(50)}
    assert (shop.leads_to, shop.result.score) == (["ready"], 100)
    assert site.answers == {"plan": "na", "tools": "unknown", "hours": "9"}
    assert (site.leads_to, site.keeps_its_word) == (["dear", "wait"], True)


def test_file_for_the_browser_has_the_answers_of_each_case() -> None:
    files = case_files([load(MIXED), load(MIXED.partition("cases:")[0])])

    assert {name: json.loads(content) for name, content in files.items()} == {
        "cases/example.json": {
            "shop": {"plan": "yes", "tools": "saw+drill", "hours": "2.50"},
            "site": {"plan": "na", "tools": "unknown", "hours": "9"},
        }
    }


def read(folder: Path, text: str) -> LoadedChecklist:
    return Library(folder).load(write_tree(folder, {"example.yml": text}) / "example.yml")


def test_case_that_breaks_its_word_makes_the_file_one_with_errors(tmp_path: Path) -> None:
    loaded = read(tmp_path, MIXED.replace("says: dear", "says: ready"))

    assert loaded.checklist is None
    assert [problem.code for problem in loaded.diagnostics] == ["case-verdict"]


def test_cases_of_a_file_with_other_errors_are_not_looked_at(tmp_path: Path) -> None:
    loaded = read(tmp_path, MIXED.replace("scale: yes-no", "scale: no-yes").replace("says: dear", "says: ready"))

    assert [problem.code for problem in loaded.diagnostics] == ["unknown-scale"]
