"""The longest way through a checklist is the longest that trying all answers finds."""

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists import key_from_json
from mkdocs_checklists.proof.longest_path import LongestPath, longest_path
from mkdocs_checklists.scoring.rules import evaluate
from tests.properties.rules_strategies import rules_keys, some_rule_answers
from tests.properties.test_rules_proof_properties import keys


@given(data=keys(decides=False))
def test_longest_path_is_what_trying_all_answers_finds(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    most = 0
    for options in product(*([*item.points] for item in key.items)):
        answers = dict(zip((item.id for item in key.items), options, strict=True))
        most = max(most, len(key.items) - len(evaluate(key, answers).hidden & answers.keys()))

    assert longest_path(key) == LongestPath(most, 0, most == len(key.items))


@given(data=rules_keys(), seed=st.integers(0, 10**6))
def test_no_answers_lead_to_more_than_the_longest_path(data: dict[str, Any], seed: int) -> None:
    key = key_from_json(data)
    path = longest_path(key)
    inputs = {entry.id for entry in key.rules.inputs} if key.rules else set()
    items = {item.id for item in key.items}
    assert path.questions <= len(items)
    assert path.numbers <= len(inputs)
    for answers in some_rule_answers(data, seed, 5):
        hidden = evaluate(key, answers).hidden
        seconds = 20 * len(items - hidden) + 30 * len(inputs - hidden)
        assert seconds <= 20 * path.questions + 30 * path.numbers
