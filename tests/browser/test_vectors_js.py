"""The JavaScript half of the shared scoring vectors, and the two scorers side by side on generated keys and answers."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

from mkdocs_checklists import key_from_json, score
from mkdocs_checklists.model.answers import Answers, written
from mkdocs_checklists.scoring.way_up import Step, WaysUp, ways_up
from tests.browser.test_sizes import entry_of
from tests.browser.widget import TREE
from tests.helpers import REPOSITORY, SiteFactory, scoring_vectors, serve
from tests.properties.strategies import scoring_keys, some_answers

KEYS, WAYS_PER_KEY = 100, 50

sets_per_key = pytest.mark.parametrize("sets_per_key", [20, pytest.param(200, marks=pytest.mark.slow)])
"""2,000 sets of answers in every run of the tests, and 20,000 in `make test-all`."""

ONE_PAGE_FOR_ALL = settings(
    max_examples=KEYS,
    derandomize=True,
    database=None,
    # One page serves all examples: the scorer keeps no state.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Answers travel as pairs: a JavaScript object would sort ids such as "10" first.
SCORE = """async ({ url, cases }) => {
  const { readKey, score } = await import(`${url}base/score.js`);
  const { prepareSeveral } = await import(`${url}base/several.js`);
  return cases.map(({ key, sets }) => {
    const ready = readKey(key);
    prepareSeveral(ready);
    return sets.map((pairs) => score(ready, new Map(pairs)));
  });
}"""

WAY_UP = """async ({ url, cases }) => {
  const { readKey } = await import(`${url}base/score.js`);
  const { findWaysUp } = await import(`${url}result/way-up.js`);
  const { prepareSeveral } = await import(`${url}base/several.js`);
  const asPairs = (steps) => steps?.map(({ item, option }) => [item, option]) ?? null;
  return cases.map(({ key, sets }) => {
    const ready = readKey(key);
    prepareSeveral(ready);
    return sets.map((pairs) => {
      const { fewest, quickest, greedy } = findWaysUp(ready, new Map(pairs));
      return { way_up: asPairs(fewest), way_up_time: asPairs(quickest), greedy };
    });
  });
}"""

WEIGHED = """async ({ url, cases }) => {
  const { readKey } = await import(`${url}base/score.js`);
  const { resolveAnswers } = await import(`${url}base/answers.js`);
  const { weigh } = await import(`${url}result/why.js`);
  const { prepareSeveral } = await import(`${url}base/several.js`);
  return cases.map(({ key, sets: [pairs] }) => {
    const ready = readKey(key);
    prepareSeveral(ready);
    const { choices } = resolveAnswers(ready, new Map(pairs));
    const rows = ready.items.flatMap((item) => weigh(ready, item, choices.get(item.id)?.value) ?? []);
    // In whole units, because tenths add up to binary dust.
    const sum = (part) => rows.reduce((total, row) => total + Math.round(row[part] * ready.unit), 0) / ready.unit;
    return { earned: sum("earned"), possible: sum("most"), gained: sum("gained"), lost: sum("lost") };
  });
}"""

Cases = list[tuple[dict[str, Any], list[dict[str, str]]]]
Scorer = Callable[[Cases], list[list[dict[str, Any]]]]
Pathfinder = Callable[[Cases], list[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def assets_url() -> Iterator[str]:
    with serve(REPOSITORY / "plugins" / "mkdocs_checklists" / "assets") as url:
        yield url


@pytest.fixture
def javascript_scores(new_context: Callable[..., BrowserContext], assets_url: str) -> Scorer:
    page: Page = new_context().new_page()
    page.goto(f"{assets_url}base/score.js")

    def scores(cases: Cases) -> list[list[dict[str, Any]]]:
        found: list[list[dict[str, Any]]] = page.evaluate(SCORE, {"url": assets_url, "cases": as_sent(cases)})
        return found

    return scores


@pytest.fixture
def javascript_ways_up(new_context: Callable[..., BrowserContext], assets_url: str) -> Pathfinder:
    page: Page = new_context().new_page()
    page.goto(f"{assets_url}base/score.js")

    def ways(cases: Cases) -> list[list[dict[str, Any]]]:
        found: list[list[dict[str, Any]]] = page.evaluate(WAY_UP, {"url": assets_url, "cases": as_sent(cases)})
        return found

    return ways


def as_pairs(answers: Answers) -> list[tuple[str, str]]:
    """The answers as the page has them: several options are one text."""
    return [(name, written(filed)) for name, filed in answers.items()]


def as_sent(cases: Cases) -> list[dict[str, Any]]:
    return [{"key": key, "sets": [as_pairs(answers) for answers in sets]} for key, sets in cases]


def test_javascript_scores_every_vector(javascript_scores: Scorer) -> None:
    vectors = scoring_vectors()
    found = javascript_scores([(key, [answers]) for _, key, answers, _ in vectors])

    for (name, _, _, expected), (result,) in zip(vectors, found, strict=True):
        assert result == expected, name


@sets_per_key
@ONE_PAGE_FOR_ALL
@given(key=scoring_keys(), seed=st.integers(0, 2**32))
def test_python_and_javascript_agree_on_thousands_of_sets_of_answers(
    javascript_scores: Scorer, key: dict[str, Any], seed: int, sets_per_key: int
) -> None:
    sets = some_answers(key, seed, sets_per_key)
    ready = key_from_json(key)
    (found,) = javascript_scores([(key, sets)])

    for answers, result in zip(sets, found, strict=True):
        assert score(ready, answers).to_json() == result, answers


def test_javascript_finds_the_way_up_of_every_vector(javascript_ways_up: Pathfinder) -> None:
    vectors = scoring_vectors("way_up", "way_up")
    found = javascript_ways_up([(key, [answers]) for _, key, answers, _ in vectors])

    for (name, _, _, expected), (ways,) in zip(vectors, found, strict=True):
        assert ways["way_up"] == expected, name


def test_what_each_answer_gave_and_lost_adds_up_to_the_sums_of_every_vector(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    # From a built site, because the fold has words.
    url = site_factory(TREE).url
    page = new_context().new_page()
    page.goto(url)
    # What is open counts too in some keys, and no answer gave or lost it.
    vectors = [vector for vector in scoring_vectors() if not vector[1].get("score", {}).get("open_zero")]
    sent = {
        "url": urljoin(entry_of(url + "whole/"), "."),
        "cases": as_sent([(key, [given]) for _, key, given, _ in vectors]),
    }
    for (name, key, _, expected), found in zip(vectors, page.evaluate(WEIGHED, sent), strict=True):
        rules = key.get("score", {})
        earned, possible = expected["earned"], expected["possible"]
        above, below = earned - (0 if rules.get("from_zero") else expected["least"]), possible - earned
        # Where fewer points are better, what was earned is lost.
        is_lower = rules.get("better") == "lower"
        gained, lost = (below, earned - expected["least"]) if is_lower else (above, below)
        assert found == {"earned": earned, "possible": possible, "gained": gained, "lost": lost}, name


@ONE_PAGE_FOR_ALL
@given(key=scoring_keys(), seed=st.integers(0, 2**32))
def test_python_and_javascript_find_the_same_way_up(
    javascript_ways_up: Pathfinder, key: dict[str, Any], seed: int
) -> None:
    sets = some_answers(key, seed, WAYS_PER_KEY)
    ready = key_from_json(key)
    (found,) = javascript_ways_up([(key, sets)])

    for answers, ways in zip(sets, found, strict=True):
        assert ways_as_json(ways_up(ready, answers)) == ways, answers


def ways_as_json(ways: WaysUp) -> dict[str, Any]:
    def pairs(steps: list[Step] | None) -> list[list[str]] | None:
        return None if steps is None else [[step.item, step.option] for step in steps]

    return {"way_up": pairs(ways.fewest), "way_up_time": pairs(ways.quickest), "greedy": list(ways.greedy)}
