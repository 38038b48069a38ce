"""What is proved of a decision, and of bands where questions are hidden, is what trying every pattern shows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_checklists import ScoringKey, key_from_json, score
from mkdocs_checklists.expressions.trees import negated
from mkdocs_checklists.proof.bands import prove
from mkdocs_checklists.proof.rules import Claim, prove_rules
from mkdocs_checklists.scoring.answers import full_answers
from mkdocs_checklists.scoring.rules import evaluate, full_score
from tests.properties.strategies import several

ITEMS = ["a", "b", "c", "d"]
OPTIONS = ["x", "y", "z"]
OUTCOMES = ["keep", "hire", "automate"]


@st.composite
def conditions(draw: st.DrawFn, names: list[str], *, outcomes: bool = False) -> Any:
    """Small trees over the answers to some items."""
    leaves = st.tuples(st.sampled_from(names), st.sampled_from(["x", "y"])).map(lambda pair: ["is", *pair])
    if outcomes:
        leaves |= st.sampled_from(OUTCOMES).map(lambda name: ["outcome", name])
    return draw(
        st.recursive(
            leaves,
            lambda inner: (
                inner.map(lambda tree: ["not", tree])
                | st.tuples(st.sampled_from(["and", "or"]), inner, inner).map(list)
            ),
            max_leaves=4,
        )
    )


@st.composite
def keys(draw: st.DrawFn, *, decides: bool) -> dict[str, Any]:
    """Keys with conditions that refer to what comes before, with outcomes or with bands."""
    items: list[dict[str, Any]] = []
    points: dict[str, list[list[int]]] = {}
    when: dict[str, Any] = {}
    for n, name in enumerate(ITEMS[: draw(st.integers(2, 4))]):
        options = OPTIONS[: draw(st.integers(2, 3))]
        plain = [0 if decides else draw(st.integers(0, 2)) for _ in options]
        item: dict[str, Any] = {"id": name, "options": [list(pair) for pair in zip(options, plain, strict=True)]}
        if draw(st.integers(0, 3)) == 0:
            item["many"] = several(options, 2, draw(st.booleans()))
        item["weight"] = draw(st.integers(0, 3))
        item["na"] = draw(st.booleans())
        if not decides and draw(st.booleans()):
            item["caps"] = {draw(st.sampled_from(options)): draw(st.sampled_from(["low", "mid", "high"]))}
        points[name] = [draw(st.lists(st.integers(-2, 3), min_size=3, max_size=3)) for _ in options]
        if n and draw(st.booleans()):
            when[name] = draw(conditions(ITEMS[:n]))
        items.append(item)
    names = [item["id"] for item in items]
    rules: dict[str, Any] = {
        "when": when,
        "notes": [{"when": draw(conditions(names, outcomes=decides)), "text": "Note."} for _ in range(2)],
    }
    if decides:
        rules["decision"] = {
            "outcomes": OUTCOMES,
            "points": points,
            "gates": [
                {"remove": draw(st.sampled_from(OUTCOMES)), "when": draw(conditions(names)), "text": f"Gate {n}."}
                for n in range(draw(st.integers(0, 3)))
            ],
            "lead": draw(st.sampled_from([0, 8, 40])),
            "least": draw(st.sampled_from([0, 55, 90])),
            "ties": draw(st.permutations(OUTCOMES)),
        }
    cuts = [("low", 0), ("mid", 50), ("high", 80)]
    return {
        "checklist": "generated",
        "unknown": draw(st.booleans()),
        "score": {"enough": draw(st.sampled_from([0, 70, 100]))},
        **({} if decides else {"bands": [{"id": name, "min": cut} for name, cut in cuts]}),
        "sections": [{"id": "all", "items": items[:2]}, {"id": "more", "items": items[2:]}],
        "rules": rules,
    }


def shown_patterns(key: ScoringKey, *, is_open: bool = False) -> Iterator[dict[str, str]]:
    """Every way to answer all that is shown; with `is_open` also with some of it left open or not known."""
    seen: set[tuple[tuple[str, str], ...]] = set()
    loose: list[str | None] = [None] if key.enough < 100 else []
    unknown: list[str | None] = ["unknown"] if key.unknown else []
    ways: list[list[str | None]] = []
    for item in key.items:
        ways.append([*full_answers(item)])
        ways[-1] += [*unknown, *([] if item.caps else loose)] if is_open else []
    for choices in product(*ways):
        answers = {item.id: choice for item, choice in zip(key.items, choices, strict=True) if choice is not None}
        hidden = evaluate(key, answers).hidden
        answers = {name: choice for name, choice in answers.items() if name not in hidden}
        if (found := tuple(answers.items())) not in seen:
            seen.add(found)
            yield answers


def happens(claim: Claim, key: ScoringKey, answers: dict[str, str]) -> bool:
    found = evaluate(key, answers)
    assert key.rules is not None
    match claim.kind:
        case "outcome":
            assert found.decision is not None
            return found.decision.outcome == claim.id
        case "condition":
            return claim.id not in found.hidden
        case "gate":
            assert key.rules.decision is not None
            gate = key.rules.decision.gates[claim.place]
            assert found.decision is not None
            return gate.text in found.decision.removed.get(gate.remove, [])
        case "silence":
            assert key.rules.decision is not None
            denied = negated(key.rules.decision.gates[claim.place].when)
            return bool(evaluate(replace(key, rules=replace(key.rules, notes=((denied, "x"),))), answers).notes)
        case "note":
            numbered = replace(key.rules, notes=tuple((t, str(n)) for n, (t, _) in enumerate(key.rules.notes)))
            return claim.id in evaluate(replace(key, rules=numbered), answers).notes
    raise AssertionError(claim)


@settings(max_examples=60)
@given(keys(decides=True))
def test_shares_and_claims_of_a_decision_are_those_of_all_patterns(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    proof = prove_rules(key)

    counts: Counter[str] = Counter()
    patterns = list(shown_patterns(key))
    for answers in patterns:
        result = full_score(key, answers)
        counts[result["outcome"] or ("close" if result["close_call"] else "unclear")] += 1
    assert proof.shares is not None
    assert (proof.shares.patterns, proof.shares.is_bound, proof.shares.sampled) == (len(patterns), False, 0)
    assert proof.shares.outcomes == {name: Fraction(counts[name], len(patterns)) for name in OUTCOMES}
    assert proof.shares.close_calls == Fraction(counts["close"], len(patterns))
    assert proof.shares.unclear == Fraction(counts["unclear"], len(patterns))
    for claim in proof.claims:
        if claim.witness is not None:
            assert happens(claim, key, dict(claim.witness))
        else:
            assert claim.is_proof
            assert not any(happens(claim, key, answers) for answers in patterns)


@settings(max_examples=60)
@given(keys(decides=False))
def test_bands_where_questions_are_hidden_are_those_of_all_patterns(data: dict[str, Any]) -> None:
    key = key_from_json(data)
    proof = prove(key)
    patterns = list(shown_patterns(key))

    counts = Counter(score(key, answers, evaluate(key, answers).hidden & set(ITEMS)).band for answers in patterns)
    assert (proof.patterns, proof.sampled, proof.is_bound) == (len(patterns), 0, False)
    assert proof.shares == {name: Fraction(counts[name], len(patterns)) for name, _ in key.bands}

    if not key.rules or not key.rules.when:
        return  # Of these, other properties tell.
    whole = replace(key, enough=0)
    reached, deciding = set(), set()
    caps = {(item.id, option): key.bands[cap][0] for item in key.items for option, cap in item.caps.items()}
    for answers in shown_patterns(key, is_open=True):
        result = score(whole, answers, evaluate(key, answers).hidden & set(ITEMS))
        reached.add(result.band)
        held = [name for name in result.capped_by if isinstance(name, str)]
        ticked = [(name, option) for name in held for option in answers[name].split("+")]
        deciding |= {(name, option) for name, option in ticked if caps.get((name, option)) == result.band}
    assert proof.reached == reached - {None}
    top = len(key.bands) - 1
    capped = {(item.id, option) for item in key.items for option, cap in item.caps.items() if cap < top}
    assert set(proof.idle_caps) == capped - deciding
