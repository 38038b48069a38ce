"""Keys with rules, answers to them, and expressions by themselves.

Made from a seed by plain code: nested strategies of expressions take longer to draw than the tests that use them.
"""

import random
from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

from tests.properties.strategies import ITEM_IDS, OPTION_IDS, several

OUTCOME_IDS = ["keep", "constructor", "buy", "b2"]
INPUT_IDS = ["hours", "rate", "valueof-x", "tostring"]
FIGURE_IDS = ["total", "share-of", "tolocalestring", "net"]
NUMBERS = ["0", "1", "-1", "2.5", "0.1", "0.2", "33.333", "1000", "-7.25", "999999999"]
_RANGES: list[dict[str, Any]] = [
    {"min": "0", "max": "1000000000", "decimals": 0},
    {"min": "-10", "max": "400", "decimals": 2},
    {"min": "0.5", "max": "99.5", "decimals": 1},
]

seeds = st.integers(0, 2**32)


class Maker:
    """Makes expressions as data, over some items (with their options), numbers and outcomes, and over scores, points and bands."""

    def __init__(
        self,
        choose: random.Random,
        items: dict[str, list[str]],
        numbers: list[str],
        outcomes: list[str] | None = None,
        results: list[list[Any]] | None = None,
        bands: list[list[str]] | None = None,
        several: Collection[str] = (),
    ) -> None:
        self._choose, self._items, self._numbers, self._outcomes = choose, items, numbers, outcomes
        self._results, self._bands = results or [], bands or []
        self._several = several

    def formula(self, depth: int = 3) -> list[Any]:
        choose = self._choose
        if not depth or choose.random() < 0.25:
            if self._results and choose.random() < 0.4:
                return choose.choice(self._results)
            if self._numbers and choose.random() < 0.7:
                return ["get", choose.choice(self._numbers)]
            return ["num", choose.choice(NUMBERS)]
        kind = choose.choice(["+", "-", "*", "/", "*", "+", "neg", "min", "max", "mean", "round", "if"])
        if kind == "neg":
            return ["neg", self.formula(depth - 1)]
        if kind == "round":
            return ["round", self.formula(depth - 1), choose.randint(0, 3)]
        if kind == "if":
            return ["if", self.condition(depth - 1), self.formula(depth - 1), self.formula(depth - 1)]
        count = choose.randint(2, 3) if kind in ("min", "max", "mean") else 2
        return [kind, *(self.formula(depth - 1) for _ in range(count))]

    def condition(self, depth: int = 2) -> list[Any]:
        choose = self._choose
        if not depth or choose.random() < 0.4:
            if self._outcomes and choose.random() < 0.3:
                return ["outcome", choose.choice(self._outcomes)]
            if self._bands and choose.random() < 0.3:
                return choose.choice(self._bands)
            if choose.random() < 0.2 and (asked := self._may_be_known()):
                return ["known", choose.choice(asked)]
            if self._items and choose.random() < 0.6:
                item = choose.choice(list(self._items))
                return ["has" if item in self._several else "is", item, choose.choice(self._items[item])]
            operator = choose.choice(["<", "<=", ">", ">=", "==", "!="])
            return [operator, self.formula(min(depth, 1)), self.formula(min(depth, 1))]
        kind = choose.choice(["and", "or", "not", "if", "and", "or"])
        count = {"not": 1, "if": 3}.get(kind) or choose.randint(2, 3)
        return [kind, *(self.condition(depth - 1) for _ in range(count))]

    def _may_be_known(self) -> list[list[Any]]:
        asked = [["answer", item] for item in self._items] + [["get", number] for number in self._numbers]
        results = [["outcome"]] if self._outcomes else []
        # Without the id that it is compared with.
        return [*asked, *self._results, *results, *(band[:-1] for band in self._bands)]


def rules_keys(*, decision: bool | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Valid keys in their JSON form with rules of every kind: with bands, or with outcomes in their place."""
    return seeds.map(lambda seed: _key(random.Random(seed), decision))


def _key(choose: random.Random, decision: bool | None) -> dict[str, Any]:
    is_decision = choose.random() < 0.5 if decision is None else decision
    ids = choose.sample(ITEM_IDS, choose.randint(1 if is_decision else 0, 5))
    items = [_item(choose, name, is_decision) for name in ids]
    count = choose.randint(1, 2)
    sections: list[dict[str, Any]] = [{"id": f"part-{n}", "items": items[n::count]} for n in range(count)]
    for section in sections if not is_decision else []:
        if section["items"] and choose.random() < 0.5:
            section["bands"] = [{"id": "weak", "min": 0}, {"id": "firm", "min": 40}]
    inputs = [
        {"id": name, **choose.choice(_RANGES)} for name in choose.sample(INPUT_IDS, choose.randint(0 if ids else 1, 3))
    ]
    for entry in inputs:
        if choose.random() < 0.5:
            entry["section"] = choose.choice(sections)["id"]
    options_of = {item["id"]: [option[0] for option in item["options"]] for item in items}
    many = [item["id"] for item in items if "many" in item]
    when = _conditions_in_order(choose, sections, inputs, options_of, many, scores=not is_decision)
    bands = None if is_decision else [["band", "low"], ["band", "top"], *_own_bands(sections)]
    results: list[list[Any]] = []
    if items and not is_decision:
        results = [["score"], *(["score", section["id"]] for section in sections if section["items"])]
        results += [["points", item["id"]] for item in items]
    figures: list[dict[str, Any]] = []
    for name in choose.sample(FIGURE_IDS, choose.randint(0, 4)) if inputs else []:
        maker = Maker(
            choose,
            options_of,
            [entry["id"] for entry in (*inputs, *figures)],
            results=results,
            bands=bands,
            several=many,
        )
        figures.append({"id": name, "decimals": choose.randint(0, 4), "formula": maker.formula()})
        if choose.random() < 0.25:
            when[name] = maker.condition()
    numbers = [entry["id"] for entry in (*inputs, *figures)]
    rules: dict[str, Any] = {"when": when, "inputs": inputs, "figures": figures}
    outcomes = choose.sample(OUTCOME_IDS, choose.randint(2, 4)) if is_decision else None
    if outcomes:
        rules["decision"] = _decision(choose, outcomes, options_of, numbers, many)
    later = Maker(choose, options_of, numbers, outcomes, results, bands, many)
    # A key with items alone has at least a note, or it would be one without rules.
    notes = choose.randint(0 if inputs or outcomes else 1, 2)
    rules["notes"] = [{"when": later.condition(), "text": f"{n}"} for n in range(notes)]
    if inputs:
        rules["verdicts"] = [{"id": f"verdict-{n}", "when": later.condition()} for n in range(choose.randint(0, 3))]
    return {
        "checklist": "demo",
        "score": {"enough": choose.choice([0, 50, 70, 100]), **({} if is_decision else _score_rules(choose))},
        "sections": sections,
        "rules": {name: value for name, value in rules.items() if value},
        **({} if is_decision else {"bands": [{"id": "low", "min": 0}, {"id": "top", "min": 50}]}),
    }


def _own_bands(sections: list[dict[str, Any]]) -> list[list[str]]:
    """What asks for a band of a section by its own score."""
    return [["section-band", section["id"], band["id"]] for section in sections for band in section.get("bands", ())]


def _score_rules(choose: random.Random) -> dict[str, Any]:
    rules: list[dict[str, Any]] = [
        {},
        {},
        {"as": "points"},
        {"combine": "sections", "decimals": 2},
        {"range": [-1, 3]},
        {"open_zero": True},
        {"as": "points", "units": [4, 2], "decimals": 1},
        {"better": "lower"},
    ]
    return choose.choice(rules)


def _item(choose: random.Random, name: str, is_decision: bool) -> dict[str, Any]:
    chosen = choose.sample(OPTION_IDS, choose.randint(2, 4))
    several_of = {"many": several(chosen, choose.randint(1, 4), choose.random() < 0.5)} if choose.random() < 0.3 else {}
    return {
        "id": name,
        **several_of,
        "options": [[option, 0 if is_decision else choose.randint(-3, 3)] for option in chosen],
        "weight": choose.randint(0, 3),
        "na": choose.random() < 0.5,
    }


def _decision(
    choose: random.Random, outcomes: list[str], options_of: dict[str, list[str]], numbers: list[str], many: list[str]
) -> dict[str, Any]:
    most = choose.choice([4, 1000])
    maker = Maker(choose, options_of, numbers, several=many)
    return {
        "outcomes": outcomes,
        "points": {
            name: [[choose.randint(-most, most) for _ in outcomes] for _ in chosen]
            for name, chosen in options_of.items()
        },
        "gates": [
            {"remove": choose.choice(outcomes), "when": maker.condition(), "text": f"{n}"}
            for n in range(choose.randint(0, 3))
        ],
        "lead": choose.randint(0, 20),
        "least": choose.randint(0, 80),
        "ties": choose.sample(outcomes, len(outcomes)),
    }


def _conditions_in_order(
    choose: random.Random,
    sections: list[dict[str, Any]],
    inputs: list[dict[str, Any]],
    options_of: dict[str, list[str]],
    many: list[str],
    *,
    scores: bool,
) -> dict[str, list[Any]]:
    """Conditions that ask only for what comes before; with `scores` also for those of earlier sections."""
    found: dict[str, list[Any]] = {}
    items: dict[str, list[str]] = {}
    numbers = [entry["id"] for entry in inputs if "section" not in entry]
    results: list[list[Any]] = []
    bands: list[list[str]] = []

    def some(name: str) -> None:
        if (items or numbers) and choose.random() < 0.35:
            found[name] = Maker(choose, items, numbers, results=results, bands=bands, several=many).condition()

    for section in sections:
        some(section["id"])
        for item in section["items"]:
            some(item["id"])
            items[item["id"]] = options_of[item["id"]]
            results += [["points", item["id"]]] if scores else []
        for entry in inputs:
            if entry.get("section") == section["id"]:
                some(entry["id"])
                numbers.append(entry["id"])
        results += [["score", section["id"]]] if scores and section["items"] else []
        bands += _own_bands([section])
    return found


def some_rule_answers(key: dict[str, Any], seed: int, count: int) -> list[dict[str, str]]:
    """Sets of answers to a key with rules: options, numbers of every kind, what can't be used, and what is not there."""
    choose = random.Random(seed)
    found = []
    for _ in range(count):
        answers: dict[str, str] = {}
        for section in key["sections"]:
            for item in section["items"]:
                values = [option[0] for option in item["options"]] * 2 + ["unknown", "na", "gone", ""]
                if value := choose.choice(values):
                    more = choose.sample(values, choose.randint(0, 2)) if "many" in item else []
                    answers[item["id"]] = "+".join([value, *more])
        for entry in key["rules"].get("inputs", ()):
            answers[entry["id"]] = choose.choice(
                [
                    str(choose.randint(0, 400)),
                    f"{choose.randint(-20, 100)}.{choose.randint(0, 99):02}",
                    f"{choose.randint(0, 99)}.5",
                    "0",
                    choose.choice(["", "x", "1e5", "-0", "99.50", "12345678901234567890", " 5", "5,5", "0.125"]),
                ]
            )
        found.append(dict(choose.sample(list(answers.items()), len(answers))))
    return found
