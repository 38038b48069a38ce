"""What weak answers make of the best verdict; `tests/properties` compares small keys with every set of answers."""

import random
import time
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from mkdocs_checklists import ScoringKey, key_from_json
from mkdocs_checklists.proof.contradictions import MOST_LISTED, BestCase, best_cases
from mkdocs_checklists.proof.decider import Decider
from mkdocs_checklists.proof.largest_lead import best_answers, lead_of
from tests.unit.texts import load

HEAD = "title: T\nunknown: false\nsections:\n  - id: s\n    title: S\n    items:\n"


def cases(
    items: list[str], more: str = "", bands: str = "{id: top, min: 80, title: T}, {id: low, min: 0, title: L}"
) -> list[BestCase]:
    loaded = load(HEAD + "".join(f"      - {{{item}}}\n" for item in items) + f"bands: [{bands}]\n{more}")
    return best_cases(loaded.key)


def verdicts(case: BestCase) -> dict[str, tuple[str | None, bool]]:
    return {"=".join(weak.choice): (weak.verdict, weak.is_unmoved) for weak in case.singles}


def test_a_measurement_has_no_weak_answers() -> None:
    assert cases(["id: a, text: A?, scale: yes-no"], "score: {better: neither}\n") == []


def test_without_weight_only_a_cap_makes_an_answer_weak() -> None:
    [case] = cases(
        [
            "id: a, text: A?, scale: yes-no",
            "id: b, text: B?, scale: yes-no, weight: 0",
            "id: c, text: C?, scale: yes-no, weight: 0, caps: {no: low}",
        ]
    )

    assert verdicts(case) == {"a=no": ("low", False), "c=no": ("low", False)}


def test_facts_are_looked_at_as_others_are() -> None:
    [case] = cases(["id: a, text: A?, scale: yes-no, given: true", "id: b, text: B?, scale: yes-no, weight: 9"])

    assert verdicts(case) == {"a=no": ("top", True), "b=no": ("low", False)}


def test_where_the_answer_with_most_points_is_capped_the_best_verdict_decides() -> None:
    options = "options: [{id: x, text: X, points: 9}, {id: y, text: Y, points: 8}, {id: z, text: Z, points: 0}]"
    [case] = cases([f"id: a, text: A?, caps: {{x: low}}, {options}"])

    assert case.verdict == "top"
    assert case.given == {"a": "y"}
    assert verdicts(case) == {"a=x": ("low", False), "a=z": ("low", False)}


def test_where_every_answer_is_capped_the_best_verdict_is_below_the_top() -> None:
    bands = "{id: top, min: 80, title: T}, {id: mid, min: 50, title: M}, {id: low, min: 0, title: L}"
    [case] = cases(
        ["id: a, text: A?, scale: yes-no, caps: {yes: mid, no: low}", "id: b, text: B?, scale: yes-no"], "", bands
    )

    assert case.verdict == "mid"
    assert verdicts(case) == {"a=no": ("low", False), "b=no": ("mid", True)}


def test_question_that_the_best_answers_hide_is_asked_after_the_fewest_others() -> None:
    [case] = cases(
        [
            "id: a, text: A?, scale: yes-no, weight: 3",
            "id: b, text: B?, scale: yes-no, weight: 40",
            "id: c, text: C?, scale: yes-no, weight: 40, when: 'a == \"no\"'",
            'id: d, text: D?, scale: yes-no, when: \'a == "no" and c == "no"\'',
        ]
    )

    assert [(weak.choice[0], weak.after) for weak in case.singles] == [
        ("a", ()),
        ("b", ()),
        ("c", (("a", "no"),)),
        ("d", (("a", "no"), ("c", "no"))),
    ]
    assert [(weak.before, weak.verdict) for weak in case.singles] == [
        ("top", "top"),
        ("top", "low"),
        ("top", "low"),
        ("low", "low"),
    ]


def test_a_number_may_lead_to_a_question() -> None:
    [case] = cases(
        ["id: a, text: A?, scale: yes-no", "id: b, text: B?, scale: yes-no, when: n > 3"],
        "inputs: [{id: n, text: N, min: 0, max: 9}]\n",
    )

    assert [weak.after for weak in case.singles] == [(), (("n", Fraction(4)),)]


def test_question_that_nothing_leads_to_is_named() -> None:
    [case] = cases(
        [
            "id: a, text: A?, scale: yes-no",
            "id: b, text: B?, scale: yes-no, when: 'a == \"no\"'",
            'id: c, text: C?, scale: yes-no, when: \'a == "yes" and b == "no"\'',
        ]
    )

    assert case.unasked == ("c",)


def test_of_several_options_those_with_and_without_each_are_compared() -> None:
    points = {"x": 4, "y": 4, "z": -1, "none": 0}
    options = f"options: [{', '.join(f'{{id: {name}, text: {name}, points: {n}}}' for name, n in points.items())}]"
    [case] = cases(
        [f"id: a, text: A?, choose: many, none: none, {options}", "id: b, text: B?, scale: yes-no, weight: 9"]
    )

    assert case.given["a"] == "x+y"
    assert [weak.choice[1] for weak in case.singles if weak.choice[0] == "a"] == ["x", "y", "z", "x+y+z", "none"]


def large(items: int, urgent: bool, seed: int = 0) -> dict[str, Any]:
    choose = random.Random(seed)
    entries = []
    for n in range(items):
        options = [["a", 4], ["b", 3], ["c", 1], ["d", 0]]
        entry: dict[str, Any] = {"id": f"q{n}", "options": options, "weight": choose.randint(1, 5)}
        if urgent:
            entry["urgent"] = ["b", "c", "d"]
        if n % 4 == 0:
            entry["caps"] = {"d": "low"}
        entries.append(entry)
    return {
        "checklist": "large",
        "score": {},
        "bands": [{"id": "low", "min": 0}, {"id": "mid", "min": 50}, {"id": "top", "min": 80}],
        "sections": [{"id": "all", "items": entries}],
    }


def test_all_pairs_of_200_questions_are_counted_in_a_moment() -> None:
    key = key_from_json(large(200, urgent=True))
    start = time.process_time()
    [case] = best_cases(key)
    seconds = time.process_time() - start

    # Each pair of 600 answers, but for the three of each question.
    assert case.pairs.count == 600 * 599 // 2 - 200 * 3
    # 50 are capped, which moves the verdict; of the others no two lose enough.
    assert case.pairs.unmoved == 550 * 549 // 2 - (150 * 3 + 50 * 1)
    assert len(case.pairs.first) == MOST_LISTED
    assert seconds < 2


def decision(choose: random.Random, items: int, outcomes: int) -> ScoringKey:
    names = [f"o{n}" for n in range(outcomes)]
    entries = [{"id": f"q{n}", "options": [["a", 0], ["b", 0], ["c", 0]]} for n in range(items)]
    points = {entry["id"]: [[choose.randint(-3, 6) for _ in names] for _ in range(3)] for entry in entries}
    gates = [
        {
            "remove": choose.choice(names),
            "when": ["is", f"q{choose.randrange(items)}", choose.choice("abc")],
            "text": ".",
        }
        for _ in range(2)
    ]
    return key_from_json(
        {
            "checklist": "decision",
            "score": {},
            "bands": [],
            "sections": [{"id": "all", "items": entries}],
            "rules": {
                "decision": {
                    "outcomes": names,
                    "points": points,
                    "gates": gates,
                    "lead": 8,
                    "least": 55,
                    "ties": names,
                }
            },
        }
    )


def test_largest_leads_are_those_of_all_answers() -> None:
    choose = random.Random(3)
    for _ in range(4):
        decider = Decider(decision(choose, 7, 4))
        largest: dict[str, Fraction] = {}
        for answers in product("abc", repeat=7):
            given = {f"q{n}": answer for n, answer in enumerate(answers)}
            found = decider.decide(given, {})
            if found.outcome:
                largest[found.outcome] = max(
                    largest.get(found.outcome, Fraction(-1)), lead_of(decider, found, found.outcome)
                )
        for name in decider.decision.outcomes:
            best = best_answers(decider, name)
            if best is None:
                assert name not in largest
            else:
                assert best.is_exact
                assert lead_of(decider, decider.decide(best.given, {}), name) == largest[name]


def test_decision_of_200_questions_is_exact_in_a_moment() -> None:
    start = time.process_time()
    found = best_cases(decision(random.Random(5), 200, 4))
    seconds = time.process_time() - start

    assert len(found) == 4
    assert all(case.is_exact for case in found)
    assert seconds < 4


def test_where_gates_have_too_many_cases_the_best_that_were_found_are_said_to_be() -> None:
    key = decision(random.Random(7), 12, 3)
    assert key.rules is not None
    assert key.rules.decision is not None
    asked = ("and", *(("is", f"q{n}", option) for n in range(12) for option in "ab"))
    gates = tuple(replace(gate, when=asked) for gate in key.rules.decision.gates)
    key = replace(key, rules=replace(key.rules, decision=replace(key.rules.decision, gates=gates)))

    assert [case.is_exact for case in best_cases(key)] == [False, False, False]
