"""Every instrument is scored by both scorers, and each result is what its published rule says."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from math import prod
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from mkdocs_checklists import key_to_json, score
from mkdocs_checklists.scoring.answers_file import read_answers
from tests.helpers import REPOSITORY, serve
from tests.instruments.drawing import ALL, DRAWN, answer_sets, best, choices, worst
from tests.instruments.instrument import HERE, Expected, Instrument, each, instrument, look_up

SCORE = """async ({ url, key, sets }) => {
  const { readKey, score } = await import(`${url}base/score.js`);
  const { makeEvaluate } = await import(`${url}rules/rules.js`);
  const ready = readKey(key);
  const evaluate = ready.rules ? makeEvaluate(ready) : null;
  const results = JSON.parse(sets).map((pairs) => (evaluate ? evaluate(new Map(pairs)).result : score(ready, new Map(pairs))));
  return JSON.stringify(results, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? `${value}` : value));
}"""
"""Thousands of sets go in and out as one text: as data, each value would be wrapped and checked by itself."""


WAYS = {"way_up", "way_up_time", "way_up_greedy"}
"""Found by another module of the browser's."""


@pytest.fixture(scope="module")
def assets_url() -> Iterator[str]:
    with serve(REPOSITORY / "plugins" / "mkdocs_checklists" / "assets") as url:
        yield url


def differences(tested: Instrument, expected: Expected, result: dict[str, Any]) -> list[str]:
    """Where a result is not what the publication says."""
    found = []
    for path, value in expected.items():
        shown, got = tested.shown(path, value), look_up(result, path)
        if got != shown:
            found.append(f"{path}: {got}, where the publication has {shown}")
    return found


@cache
def published(name: str) -> list[Expected]:
    """What the rule says of each set of answers."""
    return [instrument(name).rule(answers) for answers in answer_sets(name)]


def assert_all(tested: Instrument, results: list[dict[str, Any]]) -> None:
    """The results of all sets of answers are what the rule says; of the first that is not, everything is shown."""
    for answers, expected, result in zip(answer_sets(tested.name), published(tested.name), results, strict=True):
        found = differences(tested, expected, result)
        assert not found, f"{json.dumps(answers)}\n" + "\n".join(found)


@cache
def filed(name: str) -> list[Any]:
    """The sets of answers, each read as the command line reads a file of answers."""
    key = instrument(name).loaded.key
    return [read_answers(json.dumps(answers).encode(), key) for answers in answer_sets(name)]


@cache
def scored(name: str) -> list[dict[str, Any]]:
    """What our package makes of them, for two tests, which must leave it as it is."""
    loaded = instrument(name).loaded
    return [score(loaded, answers).to_json() for answers in filed(name)]


@each()
def test_rule_gives_what_the_publication_says_of_its_cases(name: str) -> None:
    tested = instrument(name)

    for answers, expected in tested.cases:
        found = tested.rule(answers)
        assert {path: found.get(path, "nothing") for path in expected} == expected, json.dumps(answers)


@each()
def test_answers_that_are_tried_reach_both_ends_and_every_band(name: str) -> None:
    tested = instrument(name)
    sets = answer_sets(name)
    ways = prod(len(choices(question)) for question in tested.questions)

    if ways <= ALL and not tested.inputs and not tested.is_partial:
        assert len(sets) == ways
    else:
        assert len(sets) >= DRAWN
    bands = {band["id"] for band in tested.data.get("bands", [])}
    assert bands <= {str(expected.get("band")) for expected in published(name)}
    complete = [answers for answers in sets if len(answers) == len(tested.questions) + len(tested.inputs)]
    ranks = [tested.rank(answers) for answers in complete if "unknown" not in answers.values()]
    ends = {tested.rank(worst(name)), tested.rank(best(name))}
    assert ends == {min(ranks), max(ranks)}


@each()
def test_file_names_source_and_licence_and_has_a_row_in_the_list(name: str) -> None:
    first = instrument(name).text.splitlines()[0]

    assert re.match(r"# .{20,}\d", first), first
    assert re.search(r"free|public domain|CC BY|Apache|MIT|Facts and rule", first, re.IGNORECASE), first
    assert f"`{name}`" in (HERE / "README.md").read_text("utf-8")


@each()
def test_python_scores_it_as_published(name: str) -> None:
    tested = instrument(name)

    assert_all(tested, scored(name))


@each()
def test_javascript_scores_it_as_published_and_as_python_does(
    name: str, assets_url: str, new_context: Callable[..., BrowserContext]
) -> None:
    tested = instrument(name)
    sets = filed(name)
    page = new_context().new_page()
    page.goto(f"{assets_url}base/score.js")
    key = key_to_json(tested.loaded.key)
    pairs = json.dumps([list(answers.items()) for answers in sets])
    results = json.loads(page.evaluate(SCORE, {"url": assets_url, "key": key, "sets": pairs}))

    assert_all(tested, results)
    for answers, result, expected in zip(sets, results, scored(name), strict=True):
        assert not result.keys() & WAYS
        assert result == {part: value for part, value in expected.items() if part not in WAYS}, answers
