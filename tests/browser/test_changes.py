"""What would have to change, beside brute force over the rules in Python: small decisions, generated, in one call."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from mkdocs_checklists import key_from_json
from mkdocs_checklists.scoring.answers import resolve_answers
from mkdocs_checklists.scoring.key import ItemKey, ScoringKey
from mkdocs_checklists.scoring.rules import evaluate, full_score
from tests.browser.test_vectors_js import as_pairs
from tests.helpers import REPOSITORY, serve

KEYS, SETS_PER_KEY, MOST = 150, 4, 5
OUTCOMES = ("stay", "go", "constructor")

CHANGES = """async ({ url, cases }) => {
  const { readKey } = await import(`${url}base/score.js`);
  const { makeEvaluate } = await import(`${url}rules/rules.js`);
  const { findChanges } = await import(`${url}decision/change.js`);
  return cases.map(([key, sets]) => {
    const ready = readKey(key);
    return sets.map((answers) => {
      const search = findChanges(ready, makeEvaluate(ready), new Map(answers));
      let step = search.next();
      while (!step.done) step = search.next();
      return [...step.value].map(([outcome, steps]) => [outcome, steps && steps.map(({ item, option }) => [item, option])]);
    });
  });
}"""

# How many times the rules are evaluated between two chances for the page, for each of these stretches.
PIECES = """async ({ url, key, answers }) => {
  const { readKey } = await import(`${url}base/score.js`);
  const { makeEvaluate } = await import(`${url}rules/rules.js`);
  const { findChanges } = await import(`${url}decision/change.js`);
  const ready = readKey(key);
  const evaluate = makeEvaluate(ready);
  let count = 0;
  const counting = (...given) => { count += 1; return evaluate(...given); };
  const search = findChanges(ready, counting, new Map(answers));
  const counts = [];
  for (let done = false; !done; counts.push(count)) {
    count = 0;
    done = search.next().done;
  }
  return counts;
}"""

Answers = dict[str, str]
Steps = list[tuple[str, str]]


@pytest.fixture(scope="module")
def assets_url() -> Iterator[str]:
    with serve(REPOSITORY / "plugins" / "mkdocs_checklists" / "assets") as url:
        yield url


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], assets_url: str) -> Page:
    page = new_context().new_page()
    page.goto(f"{assets_url}base/score.js")
    return page


def a_key(chance: random.Random, items: int, options: int = 3) -> dict[str, Any]:
    """A decision in its JSON form, with gates and conditions over the items before, and earlier ids."""
    outcomes = OUTCOMES[: chance.randint(2, 3)]
    names = [f"q{n}" for n in range(items)]
    several = {"at_most": 2, "none": "o1"}
    key_items: list[dict[str, Any]] = [
        {
            "id": name,
            "options": [[f"o{k}", 0] for k in range(chance.randint(2, options))],
            "weight": chance.choice([1, 1, 2, 3]),
            "na": chance.random() < 0.3,
            "was": [f"old-{name}"] if chance.random() < 0.2 else [],
            **({"many": several} if chance.random() < 0.2 else {}),
        }
        for name in names
    ]

    def condition(known: int) -> list[Any]:
        tree: list[Any] = ["is", f"q{chance.randrange(known)}", f"o{chance.randrange(2)}"]
        if chance.random() < 0.3:
            tree = [
                chance.choice(["and", "or"]),
                tree,
                ["is", f"q{chance.randrange(known)}", f"o{chance.randrange(2)}"],
            ]
        return ["not", tree] if chance.random() < 0.3 else tree

    return {
        "checklist": "generated",
        "score": {"enough": chance.choice([0, 50, 70, 100])},
        "sections": [{"id": "one", "items": key_items[: items // 2]}, {"id": "two", "items": key_items[items // 2 :]}],
        "rules": {
            "when": {name: condition(n) for n, name in enumerate(names) if n and chance.random() < 0.25},
            "decision": {
                "outcomes": list(outcomes),
                "points": {
                    item["id"]: [[chance.randint(-4, 4) for _ in outcomes] for _ in item["options"]]
                    for item in key_items
                },
                "gates": [
                    {"remove": chance.choice(outcomes), "when": condition(items), "text": f"Because {n}."}
                    for n in range(chance.randint(0, 3))
                ],
                "lead": chance.choice([0, 8, 20]),
                "least": chance.choice([0, 55, 80]),
                "ties": chance.sample(outcomes, len(outcomes)),
            },
        },
    }


def some_answers(key: dict[str, Any], chance: random.Random) -> Answers:
    answers = {}
    share = chance.choice([0.5, 0.9, 1])
    for section in key["sections"]:
        for item in section["items"]:
            if chance.random() < share:
                name = item["was"][0] if item["was"] and chance.random() < 0.5 else item["id"]
                more = ["unknown", *(["na"] if item["na"] else [])] if chance.random() < 0.2 else []
                answers[name] = chance.choice([option for option, _ in item["options"]] + more)
                if "many" in item and len(item["options"]) == 3 and chance.random() < 0.5:
                    answers[name] = "o0+o2"
    return answers


def outcome_of(key: ScoringKey, answers: Answers) -> str | None:
    outcome: str | None = full_score(key, answers)["outcome"]
    return outcome


def changes_of(key: ScoringKey, answers: Answers) -> Steps:
    """Every answer that could be another: shown now, and one step away."""
    hidden = evaluate(key, answers).hidden
    given = resolve_answers(key, answers)[0]
    return [
        (item.id, option)
        for item in key.items
        if item.id not in hidden
        for option in (near_sets(item, given.get(item.id)) if item.many else item.points)
        if option != given.get(item.id)
    ]


def near_sets(item: ItemKey, answer: str | None) -> list[str]:
    """The allowed sets with one option more or less, and the option that excludes the others, from where all are near."""
    now = set((answer or "").split("+")) & set(item.points)
    single = len(now) == 0 or "o1" in now
    near = [[option] if single or option == "o1" else sorted(now ^ {option}) for option in item.points]
    return ["+".join(options) for options in near if 0 < len(options) <= 2]


def brute_force(key: ScoringKey, answers: Answers, size: int) -> dict[str, Steps]:
    """The first changes of a size that make an outcome win, in reading order."""
    found: dict[str, Steps] = {}
    for steps in combinations(changes_of(key, answers), size):
        if len({item for item, _ in steps}) == size:
            outcome = outcome_of(key, answers | dict(steps))
            if outcome is not None:
                found.setdefault(outcome, list(steps))
    return found


def test_changes_are_those_of_brute_force(page: Page, assets_url: str) -> None:
    chance = random.Random(11)
    keys = [a_key(chance, chance.randint(2, 5)) for _ in range(KEYS)]
    cases = [(key, [some_answers(key, chance) for _ in range(SETS_PER_KEY)]) for key in keys]
    sent = [[key, [as_pairs(answers) for answers in sets]] for key, sets in cases]
    found = page.evaluate(CHANGES, {"url": assets_url, "cases": sent})

    sizes: Counter[int | None] = Counter()
    for (data, sets), results in zip(cases, found, strict=True):
        key = key_from_json(data)
        assert key.rules is not None
        assert key.rules.decision is not None
        for answers, result in zip(sets, results, strict=True):
            changes = {name: steps and [tuple(step) for step in steps] for name, steps in result}
            now = outcome_of(key, answers)
            assert list(changes) == [name for name in key.rules.decision.outcomes if name != now]
            one, two = brute_force(key, answers, 1), brute_force(key, answers, 2)
            for name, steps in changes.items():
                sizes[len(steps) if steps else None] += 1
                # All ones and twos are tried; what takes more is found or not, but what is found is right.
                if name in one or name in two or (steps is not None and len(steps) < 3):
                    assert steps == one.get(name, two.get(name)), (data, answers, name)
                elif steps is not None:
                    assert len(steps) <= MOST
                    assert set(steps) <= set(changes_of(key, answers))
                    assert outcome_of(key, answers | dict(steps)) == name
    # Enough of each for the comparison to mean something.
    assert min(sizes[size] for size in (None, 1, 2, 3)) >= 10, sizes


def test_sixty_questions_are_gone_through_in_small_pieces(page: Page, assets_url: str) -> None:
    chance = random.Random(5)
    key = a_key(chance, 60, options=4)
    answers = [[item["id"], "o0"] for section in key["sections"] for item in section["items"]]
    counts: list[int] = page.evaluate(PIECES, {"url": assets_url, "key": key, "answers": answers})

    assert len(counts) > 100
    # The last one may take back up to `MOST` steps, one after the other.
    assert max(counts) <= MOST + 1, sorted(counts)[-5:]
