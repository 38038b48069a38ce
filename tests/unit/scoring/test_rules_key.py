"""The rules of a key: made from a checklist, carried in a page, read again."""

from pathlib import Path

from mkdocs_checklists import Library, ScoringKey, key_from_json, key_to_json
from mkdocs_checklists.scoring.rules import full_score
from tests.helpers import write_tree

FILE = """\
title: What does it cost?
subject: task
outcomes:
  - {id: keep, title: Keep it}
  - {id: buy, title: Buy it}
sections:
  - id: work
    title: The work
    items:
      - id: often
        text: Is it often?
        options:
          - {id: yes, text: "Yes", points: {keep: 1, buy: -2}, was: ja}
          - {id: no, text: "No", points: {}}
      - {id: paid, text: Is it paid?, when: often == "yes", scale: yes-no, weight: 0}
gates:
  - {remove: buy, when: hours < 2.50, text: Too *little*.}
notes:
  - {when: outcome == "keep", text: Write it down.}
decide: {lead: 3, ties: [buy]}
plan: {title: All of it}
inputs:
  - {id: hours, text: Hours, min: -1.50, max: 40, decimals: 2, section: work, was: old-hours}
figures:
  - {id: year, text: A year, decimals: 1, formula: 52 * hours}
verdicts:
  - {id: many, when: year > 500, title: Many}
"""


def key(tmp_path: Path, text: str = FILE) -> ScoringKey:
    library = Library(write_tree(tmp_path, {"cost.yml": text}))
    library.refresh()
    loaded = library.get("cost")
    assert loaded is not None
    assert not loaded.diagnostics.found
    return loaded.key


def test_rules_travel_as_data_without_what_is_empty(tmp_path: Path) -> None:
    assert key_to_json(key(tmp_path))["rules"] == {
        "when": {"paid": ["is", "often", "yes"]},
        "decision": {
            "outcomes": ["keep", "buy"],
            "points": {"often": [[1, -2], [0, 0]], "paid": [[0, 0], [0, 0]]},
            "gates": [{"remove": "buy", "when": ["<", ["get", "hours"], ["num", "2.5"]], "text": "Too *little*."}],
            "lead": 3,
            "least": 55,
            "ties": ["buy", "keep"],
        },
        "notes": [{"when": ["outcome", "keep"], "text": "Write it down."}],
        "inputs": [{"id": "hours", "min": "-1.5", "max": "40", "decimals": 2, "section": "work", "was": ["old-hours"]}],
        "figures": [{"id": "year", "decimals": 1, "formula": ["*", ["num", "52"], ["get", "hours"]]}],
        "verdicts": [{"id": "many", "when": [">", ["get", "year"], ["num", "500"]]}],
        "plan": True,
    }


def test_options_of_a_decision_have_no_plain_points_in_the_key(tmp_path: Path) -> None:
    (section,) = key_to_json(key(tmp_path))["sections"]

    assert [item.get("options") for item in section["items"]] == [
        (("yes", 0, ("ja",)), ("no", 0)),
        (("yes", 0), ("no", 0)),
    ]


def test_a_key_with_rules_is_the_same_once_it_was_in_a_page(tmp_path: Path) -> None:
    made = key(tmp_path)

    assert key_from_json(key_to_json(made)) == made


def test_a_checklist_without_rules_carries_none(tmp_path: Path) -> None:
    made = key(
        tmp_path,
        "title: Plain\nsections:\n- {id: s, title: S, items: [{id: i, text: I?, scale: yes-no}]}\n"
        "bands: [{id: any, min: 0, title: Any}]\n",
    )

    assert made.rules is None
    assert "rules" not in key_to_json(made)


def test_a_chain_of_hundreds_of_figures_is_computed(tmp_path: Path) -> None:
    chain = "".join(f"  - {{id: f{n}, text: F, formula: f{n - 1} + 1}}\n" for n in range(1, 600))
    made = key(tmp_path, f"title: Long\ninputs:\n  - {{id: f0, text: F}}\nfigures:\n{chain}")

    assert full_score(made, {"f0": "1"})["figures"]["f599"] == 600
