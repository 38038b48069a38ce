"""What the contradiction check says of small keys is what scoring every set of answers shows."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any

from hypothesis import assume, given, settings

from mkdocs_checklists import ScoringKey, key_from_json
from mkdocs_checklists.model.answers import chooses, options_in
from mkdocs_checklists.proof.contradictions import BestCase, best_cases
from mkdocs_checklists.scoring.answers import cap_of, definite_answers, points_of
from mkdocs_checklists.scoring.key import ItemKey
from mkdocs_checklists.scoring.rules import evaluate, full_score
from tests.properties.strategies import scoring_keys
from tests.properties.test_rules_proof_properties import keys

MOST_SETS = 800


def all_sets(key: ScoringKey) -> Iterator[dict[str, str]]:
    """Every way to answer every question with options."""
    for chosen in product(*(definite_answers(item) for item in key.items)):
        yield dict(zip((item.id for item in key.items), chosen, strict=True))


def are_few(key: ScoringKey) -> bool:
    return prod(len(definite_answers(item)) for item in key.items) <= MOST_SETS


def verdict(key: ScoringKey, answers: dict[str, Any]) -> str | None:
    result = full_score(key, answers, with_way_up=False)
    found: str | None = result["outcome"] if "outcome" in result else result["band"]
    return found


def hidden(key: ScoringKey, answers: dict[str, Any]) -> frozenset[str]:
    return evaluate(key, answers).hidden


def check_singles(key: ScoringKey, case: BestCase, weak: dict[str, set[str]]) -> None:
    """Each verdict is that of the whole scorer, and no weak answer is left out; `weak` are those of items of one answer."""
    assert case.verdict == verdict(key, case.given)
    found: dict[str, set[str]] = {}
    for single in case.singles:
        name, answer = single.choice
        before: dict[str, Any] = {**case.given, **dict(single.after)}
        assert name not in hidden(key, before)
        assert single.before == verdict(key, before)
        assert single.verdict == verdict(key, {**before, name: answer})
        assert single.is_unmoved == (single.verdict == single.before)
        # What is changed to lead to a question are as few answers as lead to it.
        others = [item for item in key.items if item.id != name]
        for size in range(len(single.after)):
            for some in combinations(others, size):
                for values in product(*map(definite_answers, some)):
                    changed = dict(zip((item.id for item in some), values, strict=True))
                    assert name in hidden(key, {**case.given, **changed})
        found.setdefault(name, set()).add(answer)
    for item in key.items:
        if item.many is None and item.id not in case.unasked:
            assert found.get(item.id, set()) == weak[item.id] - {case.given[item.id]}
        elif item.id not in case.unasked:
            assert found.get(item.id, set()) <= weak[item.id]


def check_pairs(key: ScoringKey, case: BestCase, critical: list[tuple[str, str]]) -> None:
    pairs = [
        (one, two)
        for one, two in combinations(critical, 2)
        if one[0] != two[0] and not {one[0], two[0]} & hidden(key, {**case.given, **dict((one, two))})
    ]
    unmoved = [pair for pair in pairs if verdict(key, {**case.given, **dict(pair)}) == case.verdict]
    assert case.pairs.is_whole
    assert (case.pairs.count, case.pairs.unmoved) == (len(pairs), len(unmoved))
    assert list(case.pairs.first) == unmoved[:20]


def is_urgent(item: ItemKey, answer: str) -> bool:
    return bool(item.urgent & {*options_in(answer)})


def check_bands(key: ScoringKey) -> None:
    cases = best_cases(key)
    if key.better == "neither":
        assert cases == []
        return
    [case] = cases
    places = {name: n for n, (name, _) in enumerate(key.bands)}
    results = [full_score(key, answers, with_way_up=False) for answers in all_sets(key)]
    best = max((places.get(result["band"] or "", -1) for result in results), default=-1)
    assert case.is_exact
    assert places.get(case.verdict or "", -1) == best
    top = len(key.bands) - 1
    weak = {
        item.id: {
            answer
            for answer in definite_answers(item)
            if cap_of(item, answer, top) < top or (item.weight and points_of(item, answer) != item.best)
        }
        for item in key.items
    }
    check_singles(key, case, weak)
    items = {item.id: item for item in key.items}
    check_pairs(
        key,
        case,
        [
            (name, answer)
            for name, answer in (single.choice for single in case.singles)
            if cap_of(items[name], answer, top) < top or is_urgent(items[name], answer)
        ],
    )
    urgent = [single for single in case.singles if is_urgent(items[single.choice[0]], single.choice[1])]
    assert [*best_cases(key, only_urgent=True)[0].singles] == urgent


@settings(max_examples=60)
@given(scoring_keys())
def test_weak_answers_and_pairs_lead_where_scoring_them_leads(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    assume(are_few(key))
    check_bands(key)


@settings(max_examples=40)
@given(keys(decides=False))
def test_they_do_where_conditions_hide_questions(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    assume(are_few(key))
    check_bands(key)


def lead(key: ScoringKey, answers: dict[str, str], outcome: str) -> Fraction:
    """By how much an outcome leads before rounding, counted from its points."""
    assert key.rules is not None
    assert key.rules.decision is not None
    found = evaluate(key, answers)
    assert found.decision is not None
    shares: dict[str, Fraction] = {}
    for n, name in enumerate(key.rules.decision.outcomes):
        earned = least = most = 0
        for item in key.items:
            if item.id in found.hidden:
                continue
            rows = key.rules.decision.points[item.id]
            sums = [sum(rows[o][n] for o in options_in(a)) * item.weight for a in definite_answers(item)]
            earned += item.weight * sum(rows[o][n] for o in options_in(answers[item.id]))
            least, most = least + min(sums), most + max(sums)
        if most > least and name not in found.decision.removed:
            shares[name] = Fraction(earned - least, most - least)
    return shares[outcome] - max((share for name, share in shares.items() if name != outcome), default=Fraction(0))


@settings(max_examples=60)
@given(keys(decides=True))
def test_best_answers_for_an_outcome_give_it_its_largest_lead(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    assume(are_few(key))
    leads: dict[str, Fraction] = {}
    for answers in all_sets(key):
        name = verdict(key, answers)
        if name is not None:
            leads[name] = max(leads.get(name, Fraction(-1)), lead(key, answers, name))
    cases = best_cases(key)
    assert all(case.is_exact for case in cases)
    assert {case.verdict: lead(key, case.given, case.verdict or "") for case in cases} == leads
    assert key.rules is not None
    assert key.rules.decision is not None
    named = [node for gate in key.rules.decision.gates for node in _nodes(gate.when)]
    for case in cases:
        check_singles(key, case, {item.id: {*definite_answers(item)} for item in key.items})
        items = {item.id: item for item in key.items}
        critical = [
            (name, answer)
            for name, answer in (single.choice for single in case.singles)
            if any(name == item and chooses(answer, option) for item, option in named) or is_urgent(items[name], answer)
        ]
        # Conditions of what a gate asks for are critical too.
        if {item for item, _ in named} & key.rules.when.keys():
            continue
        check_pairs(key, case, critical)


def _nodes(tree: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    if tree[0] in ("is", "has"):
        yield tree[1], tree[2]
    for part in tree[1:]:
        if isinstance(part, tuple):
            yield from _nodes(part)
