"""The JavaScript half of the shared vectors of rules, and both evaluators side by side on generated keys and answers."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

from mkdocs_checklists import key_from_json
from mkdocs_checklists.scoring.answers import resolve_answers
from mkdocs_checklists.scoring.key import ItemKey
from mkdocs_checklists.scoring.rules import evaluate, full_score
from tests.browser.test_sizes import entry_of
from tests.browser.test_vectors_js import ONE_PAGE_FOR_ALL, Cases, as_sent
from tests.browser.widget import TREE
from tests.helpers import REPOSITORY, SiteFactory, rules_vectors, serve
from tests.properties.rules_strategies import rules_keys, some_rule_answers

sets_per_key = pytest.mark.parametrize("sets_per_key", [20, pytest.param(100, marks=pytest.mark.slow)])
"""2,000 sets of answers in every run of the tests, and 10,000 in `make test-all`."""

EVALUATE = """async ({ url, cases }) => {
  const { readKey } = await import(`${url}base/score.js`);
  const { makeEvaluate } = await import(`${url}rules/rules.js`);
  return cases.map(({ key, sets }) => {
    const evaluate = makeEvaluate(readKey(key));
    return sets.map((pairs) => evaluate(new Map(pairs)).result);
  });
}"""

WEIGHTS = """async ({ url, cases }) => {
  const { readKey } = await import(`${url}base/score.js`);
  const { resolveAnswers } = await import(`${url}base/answers.js`);
  const { makeEvaluate } = await import(`${url}rules/rules.js`);
  const { weighForOutcome } = await import(`${url}decision/weights.js`);
  return cases.map(({ key: json, sets: [pairs] }) => {
    const key = readKey(json);
    const { hidden } = makeEvaluate(key)(new Map(pairs));
    const { choices } = resolveAnswers(key, new Map(pairs));
    for (const id of hidden) choices.delete(id);
    const rowsOf = (outcome) => weighForOutcome({ key, choices }, outcome).flatMap(({ rows }) => rows);
    return key.rules.decision.outcomes.map((id) => Object.fromEntries(rowsOf(id).map(({ item, points }) => [item.id, points])));
  });
}"""

Evaluator = Callable[[Cases], list[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def assets_url() -> Iterator[str]:
    with serve(REPOSITORY / "plugins" / "mkdocs_checklists" / "assets") as url:
        yield url


@pytest.fixture
def javascript_evaluates(new_context: Callable[..., BrowserContext], assets_url: str) -> Evaluator:
    page: Page = new_context().new_page()
    page.goto(f"{assets_url}rules/rules.js")

    def results(cases: Cases) -> list[list[dict[str, Any]]]:
        found: list[list[dict[str, Any]]] = page.evaluate(EVALUATE, {"url": assets_url, "cases": as_sent(cases)})
        return found

    return results


def test_javascript_evaluates_the_rules_of_every_vector(javascript_evaluates: Evaluator) -> None:
    vectors = rules_vectors()
    found = javascript_evaluates([(key, [answers]) for _, key, answers, _ in vectors])

    for (name, _, _, expected), (result,) in zip(vectors, found, strict=True):
        assert {part: result.get(part, "missing") for part in expected} == expected, name


def test_what_speaks_for_and_against_an_outcome_is_what_its_fit_is_made_of(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    # From a built site, because the fold has words.
    url = site_factory(TREE).url
    page = new_context().new_page()
    page.goto(url)
    vectors = [vector for vector in rules_vectors() if "decision" in vector[1]["rules"]]
    sent = {
        "url": urljoin(entry_of(url + "whole/"), "."),
        "cases": as_sent([(key, [given]) for _, key, given, _ in vectors]),
    }
    for (name, data, answers, _), found in zip(vectors, page.evaluate(WEIGHTS, sent), strict=True):
        key = key_from_json(data)
        assert key.rules is not None
        assert key.rules.decision is not None
        hidden = evaluate(key, answers).hidden
        chosen, _ = resolve_answers(key, answers)
        points = [
            (item.id, [item.weight * sum(numbers) for numbers in zip(*rows, strict=True)])
            for item in key.items
            if item.id not in hidden
            and (rows := [key.rules.decision.points[item.id][option] for option in options_of(item, chosen)])
        ]
        count = len(key.rules.decision.outcomes)
        assert found == [{item: row[n] for item, row in points if row[n]} for n in range(count)], name


def options_of(item: ItemKey, chosen: Mapping[str, str]) -> list[str]:
    return [option for option in item.points if option in chosen.get(item.id, "").split("+")]


@sets_per_key
@ONE_PAGE_FOR_ALL
@given(key=rules_keys(), seed=st.integers(0, 2**32))
def test_python_and_javascript_agree_on_thousands_of_sets_of_answers_to_rules(
    javascript_evaluates: Evaluator, key: dict[str, Any], seed: int, sets_per_key: int
) -> None:
    sets = some_rule_answers(key, seed, sets_per_key)
    ready = key_from_json(key)
    (found,) = javascript_evaluates([(key, sets)])

    for answers, result in zip(sets, found, strict=True):
        expected = full_score(ready, answers)
        for way in ("way_up", "way_up_time", "way_up_greedy"):
            expected.pop(way, None)
        # A whole number beyond all that JavaScript counts exactly comes back with digits that it never had.
        figures = result.get("figures", {})
        figures |= {name: float(value) for name, value in figures.items() if value and abs(value) > 2**53}
        assert expected == result, answers
