"""The JavaScript half of the shared scoring vectors, and the two scorers side by side on generated keys and answers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page

from mkdocs_checklists import key_from_json, score
from tests.helpers import REPOSITORY, scoring_vectors, serve
from tests.properties.strategies import scoring_keys, some_answers

KEYS, SETS_PER_KEY = 100, 200

# Answers travel as pairs: a JavaScript object would sort ids such as "10" first.
SCORE = """async ({ url, cases }) => {
  const { readKey, score } = await import(url);
  return cases.map(({ key, sets }) => {
    const ready = readKey(key);
    return sets.map((pairs) => score(ready, new Map(pairs)));
  });
}"""

Scorer = Callable[[list[tuple[dict[str, Any], list[dict[str, str]]]]], list[list[dict[str, Any]]]]


@pytest.fixture(scope="module")
def assets_url() -> Iterator[str]:
    with serve(REPOSITORY / "plugins" / "mkdocs_checklists" / "assets") as url:
        yield url


@pytest.fixture
def javascript_scores(new_context: Callable[..., BrowserContext], assets_url: str) -> Scorer:
    page: Page = new_context().new_page()
    page.goto(f"{assets_url}score.js")

    def scores(cases: list[tuple[dict[str, Any], list[dict[str, str]]]]) -> list[list[dict[str, Any]]]:
        sent = [{"key": key, "sets": [list(answers.items()) for answers in sets]} for key, sets in cases]
        found: list[list[dict[str, Any]]] = page.evaluate(SCORE, {"url": f"{assets_url}score.js", "cases": sent})
        return found

    return scores


def test_javascript_scores_every_vector(javascript_scores: Scorer) -> None:
    vectors = scoring_vectors()
    found = javascript_scores([(key, [answers]) for _, key, answers, _ in vectors])

    for (name, _, _, expected), (result,) in zip(vectors, found, strict=True):
        assert result == expected, name


@settings(
    max_examples=KEYS,
    derandomize=True,
    database=None,
    # One page serves all examples: the scorer keeps no state.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(key=scoring_keys(), seed=st.integers(0, 2**32))
def test_python_and_javascript_agree_on_20_000_sets_of_answers(
    javascript_scores: Scorer, key: dict[str, Any], seed: int
) -> None:
    sets = some_answers(key, seed, SETS_PER_KEY)
    ready = key_from_json(key)
    (found,) = javascript_scores([(key, sets)])

    for answers, result in zip(sets, found, strict=True):
        assert score(ready, answers).to_json() == result, answers
