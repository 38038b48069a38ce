from fractions import Fraction
from typing import Any

from mkdocs_checklists import key_from_json
from mkdocs_checklists.expressions.compiler import compile_condition
from mkdocs_checklists.expressions.scope import Scope
from mkdocs_checklists.expressions.trees import to_json
from mkdocs_checklists.proof.band_patterns import BAND_SAMPLES
from mkdocs_checklists.proof.bands import prove
from mkdocs_checklists.proof.rules import RULE_SAMPLES, Claim, RulesProof, prove_rules
from mkdocs_checklists.scoring.rules import full_score
from tests.unit.texts import load

DECISION = """\
title: Who?
sections:
  - id: all
    title: All
    items:
      - id: often
        text: Often?
        options:
          - {id: yes, text: Yes, points: {keep: 1, hire: 3}}
          - {id: no, text: No, points: {keep: 2}}
      - id: rules
        text: Rules?
        options:
          - {id: yes, text: Yes, points: {hire: 1}}
          - {id: no, text: No, points: {keep: 3}}
outcomes: [{id: keep, title: Keep}, {id: hire, title: Hire}]
"""

CALCULATOR = """\
title: Cost?
inputs:
  - {id: hours, text: Hours, max: 400, decimals: 1}
  - {id: rate, text: Rate, max: 500}
  - {id: fee, text: Fee, max: 100000}
  - {id: setup, text: Setup, max: 1000, when: fee > 100}
figures:
  - {id: now, text: Now, formula: hours * rate}
  - {id: later, text: Later, formula: fee + (setup if fee > 100 else 0)}
  - {id: ratio, text: Ratio, decimals: 2, formula: later / now, when: now > 0}
verdicts:
  - {id: even, when: now > 0 and 0.9995 <= ratio <= 1.0005 and fee > 777, title: Even}
  - {id: cheap, when: later < now, title: Cheaper}
  - {id: dear, when: later >= now, title: Dearer}
"""


def proof_of(text: str) -> RulesProof:
    loaded = load(text)
    assert not loaded.diagnostics.errors, [problem.format() for problem in loaded.diagnostics]
    return loaded.rules_proof


def claims(proof: RulesProof) -> dict[tuple[str, str], Claim]:
    return {(claim.kind, claim.id): claim for claim in proof.claims}


def test_shares_of_a_decision_counted_by_hand() -> None:
    # keep earns 1 or 2 and 0 or 3, hire 3 or 0 and 1 or 0: fits of keep 0, 25, 75, 100, of hire 100, 25, 75, 0.
    proof = proof_of(DECISION)

    shares = proof.shares
    assert shares is not None
    assert (shares.patterns, shares.is_bound, shares.sampled) == (4, False, 0)
    assert shares.outcomes == {"keep": Fraction(1, 4), "hire": Fraction(1, 4)}
    assert (shares.close_calls, shares.unclear) == (Fraction(1, 4), Fraction(1, 4))
    assert proof.is_sound()


def test_every_claim_comes_with_answers_that_prove_it() -> None:
    text = DECISION + 'gates: [{remove: hire, when: often == "no", text: Not enough.}]\n'
    text += 'notes: [{when: outcome == "hire" and often == "no", text: Never.}, '
    text += '{when: outcome == "hire" and rules == "no", text: Write them down.}]\n'
    loaded = load(text)
    found = claims(loaded.rules_proof)

    hire, gate, note = (found[entry].witness for entry in (("outcome", "hire"), ("gate", "0"), ("note", "0")))
    assert hire is not None
    assert full_score(loaded.key, hire)["outcome"] == "hire"
    assert gate is not None
    assert full_score(loaded.key, gate)["removed"] == {"hire": ["Not enough."]}
    # Hire is ruled out then, so this takes a search among all answers to be sure.
    assert note is None
    assert found["note", "0"].is_proof
    assert found["note", "0"].tried == 4
    # Hire and keep fit equally well without rules: a note is of use in a close call, too.
    close = found["note", "1"].witness
    assert close is not None
    assert full_score(loaded.key, close)["close_call"] == ["keep", "hire"]
    assert full_score(loaded.key, close)["notes"] == ["Write them down."]


def test_outcome_that_only_open_questions_lead_to_can_win() -> None:
    # Whoever answers the second question removes one outcome, or brings the other too near.
    text = """\
title: Who?
score: {enough: 50}
decide: {lead: 20}
sections:
  - id: all
    title: All
    items:
      - id: first
        text: First?
        options: [{id: a, text: A, points: {keep: 1}}, {id: b, text: B, points: {hire: 1}}]
      - id: second
        text: Second?
        options: [{id: a, text: A, points: {keep: 3}}, {id: b, text: B, points: {keep: 0}}, {id: c, text: C, points: {keep: 9}}]
gates: [{remove: hire, when: second == "a" or second == "b", text: Out.}]
outcomes: [{id: keep, title: Keep}, {id: hire, title: Hire}]
"""
    found = claims(proof_of(text))

    assert found["outcome", "hire"].witness == {"first": "b", "second": "unknown"}


def a_decision(number: int, **rules: Any) -> dict[str, Any]:
    """A decision of many questions, each speaking for one of three outcomes and against another."""
    items = [{"id": f"q{n}", "options": [["a", 0], ["b", 0], ["c", 0]], "weight": 1 + n % 3} for n in range(number)]
    points = {f"q{n}": [[2, 0, -1], [0, 1 + n % 2, 0], [-1, 0, 1]] for n in range(number)}
    names = ["keep", "hire", "automate"]
    decision = {"outcomes": names, "points": points, "lead": 8, "least": 55, "ties": names, **rules.pop("decision", {})}
    return {
        "checklist": "demo",
        "sections": [{"id": "all", "items": items}],
        "rules": {"decision": decision, **rules},
    }


def test_too_many_ways_are_drawn_at_random_the_same_in_every_run() -> None:
    key = key_from_json(a_decision(40))
    proof = prove_rules(key)

    assert proof.shares is not None
    assert (proof.shares.patterns, proof.shares.is_bound, proof.shares.sampled) == (3**40, False, RULE_SAMPLES)
    assert sum(proof.shares.outcomes.values()) + proof.shares.close_calls + proof.shares.unclear == 1
    assert prove_rules(key) == proof


def test_outcome_that_is_hardly_ever_drawn_is_found_on_purpose() -> None:
    # Among 3^40 ways, those with a fit of 98 or more for the third outcome are not met at random.
    proof = prove_rules(key_from_json(a_decision(40, decision={"least": 98})))

    assert proof.shares is not None
    assert proof.shares.outcomes["automate"] == 0
    assert proof.is_sound("outcome")


def test_note_about_an_outcome_that_the_answers_speak_against_is_found_on_purpose() -> None:
    against = ["and", ["outcome", "automate"], *(["is", f"q{n}", "a"] for n in range(8))]
    proof = prove_rules(key_from_json(a_decision(40, notes=[{"when": against, "text": "Still."}])))

    assert proof.is_sound("note")


def test_outcome_that_another_one_always_beats_is_idle_and_the_claim_is_none_of_proof() -> None:
    data = a_decision(40)
    for row in data["rules"]["decision"]["points"].values():
        row[:] = [[2, 0, 2], [0, 1, 0], [1, 0, 1]]
    found = claims(prove_rules(key_from_json(data)))

    # Two that always fit equally well are a close call, whichever leads.
    assert (found["outcome", "keep"].witness, found["outcome", "keep"].is_proof) == (None, False)
    assert found["outcome", "keep"].tried == RULE_SAMPLES
    assert found["outcome", "hire"].witness is not None


def test_calculator_reaches_even_a_narrow_verdict() -> None:
    loaded = load(CALCULATOR)
    proof = loaded.rules_proof

    assert proof.shares is None
    assert [(claim.kind, claim.id) for claim in proof.claims] == [
        ("condition", "setup"),
        ("condition", "ratio"),
        ("verdict", "even"),
        ("verdict", "cheap"),
        ("verdict", "dear"),
    ]
    for claim in proof.claims[2:]:
        assert claim.witness is not None
        assert full_score(loaded.key, claim.witness)["verdict"] == claim.id


def test_verdict_that_no_numbers_lead_to_is_not_said_to_be_impossible() -> None:
    text = CALCULATOR.replace(
        "verdicts:", "verdicts:\n  - {id: never, when: now > 0 and later > 5000 and ratio < 0.02, title: Never}"
    )
    claim = claims(proof_of(text))["verdict", "never"]

    # Nor is it possible: the least ratio there is 5,001 to 200,000.
    assert (claim.witness, claim.is_proof) == (None, False)


def test_few_whole_numbers_are_all_tried() -> None:
    text = """\
title: Days?
inputs: [{id: days, text: Days, max: 7}, {id: free, text: Free, max: 7}]
figures: [{id: double, text: Double, formula: 2 * days}]
verdicts:
  - {id: odd, when: double == 7, title: Odd}
  - {id: late, when: double > 12, title: Late}
  - {id: fine, when: double <= 12, title: Fine}
"""
    found = claims(proof_of(text))

    assert (found["verdict", "odd"].witness, found["verdict", "odd"].tried) == (None, 8)
    assert found["verdict", "odd"].is_proof
    assert found["verdict", "late"].witness == {"days": "7"}


def test_verdict_behind_others_may_need_a_number_left_out() -> None:
    text = """\
title: Days?
inputs: [{id: days, text: Days, max: 7}, {id: free, text: Free, max: 7}]
figures: [{id: double, text: Double, formula: 2 * days}]
verdicts:
  - {id: any, when: free < 4, title: Any}
  - {id: more, when: free >= 4, title: More}
  - {id: some, when: double > 2, title: Some}
"""
    assert claims(proof_of(text))["verdict", "some"].witness == {"days": "2"}


def test_question_behind_a_figure_behind_a_question_is_shown() -> None:
    text = """\
title: Days?
sections:
  - id: all
    title: All
    items:
      - {id: first, text: First?, scale: yes-no}
      - {id: second, text: Second?, scale: yes-no, when: weight > 2}
  - id: rest
    title: Rest
    when: second == "no"
    items: [{id: third, text: Third?, scale: yes-no, when: days == 7}]
bands: [{id: all, min: 0, title: All}]
inputs: [{id: days, text: Days, max: 7}]
figures: [{id: weight, text: Weight, formula: days / 2 if first == "yes" else 0}]
"""
    loaded = load(text)
    found = claims(loaded.rules_proof)

    assert found["condition", "third"].witness == {"first": "yes", "second": "no", "days": "7"}
    # No; yes; yes and yes; yes and no; with seven days yes, no and either answer to the third.
    assert (loaded.proof.patterns, loaded.proof.sampled) == (6, 0)


# Bands where questions are hidden


def hiding(condition: str, number: int = 2, **item: Any) -> dict[str, Any]:
    options = [["yes", 1], ["no", 0]]
    names = [f"q{n}" for n in range(number)]
    tree = compile_condition(condition, Scope({name: ["yes", "no"] for name in names}, [])).tree
    assert tree is not None
    return {
        "checklist": "demo",
        "bands": [{"id": "low", "min": 0}, {"id": "high", "min": 60}],
        "sections": [{"id": "all", "items": [{"id": name, "options": options, **item} for name in names]}],
        "rules": {"when": {names[-1]: to_json(tree)}},
    }


def test_hidden_question_is_no_part_of_a_pattern() -> None:
    # yes-yes and yes-no, or no and nothing more: 100, 50, 0.
    proof = prove(key_from_json(hiding('q0 == "yes"')))

    assert (proof.patterns, proof.sampled) == (3, 0)
    assert proof.shares == {"low": Fraction(2, 3), "high": Fraction(1, 3)}
    assert proof.is_sound


def test_band_that_a_condition_puts_out_of_reach_is_not_reached() -> None:
    # Who says yes to the first gets the second, which can only be 0.
    data = hiding('q0 == "yes"')
    data["sections"][0]["items"][0]["weight"] = 0
    data["sections"][0]["items"][1]["caps"] = {"yes": "low"}
    proof = prove(key_from_json(data))

    assert proof.reached == {"low"}
    assert proof.idle_caps == ()


def test_many_questions_with_hidden_ones_are_sampled_over_what_is_shown() -> None:
    proof = prove(key_from_json(hiding('q0 == "yes"', 40)))

    assert (proof.patterns, proof.is_bound, proof.sampled) == (2**38 + 2**39, False, BAND_SAMPLES)
    assert proof.idle_caps == ()


def test_conditions_on_a_number_without_end_leave_a_bound() -> None:
    data = hiding('q0 == "yes"', 3)
    data["rules"]["when"]["q2"] = [">", ["get", "fee"], ["num", "1000"]]
    data["rules"]["inputs"] = [{"id": "fee", "min": "0", "max": "1000000", "decimals": 2}]
    proof = prove(key_from_json(data))

    assert (proof.patterns, proof.is_bound, proof.sampled) == (2 * 2 * 3, True, BAND_SAMPLES)
    # Two of three are shown or all three: each of the twelve as likely as any other.
    assert abs(proof.shares["high"] - Fraction(1 + 4, 4 + 8)) < Fraction(1, 20)


def test_a_long_chain_of_conditions_is_walked() -> None:
    data = hiding('q0 == "yes"', 60)
    when = {f"q{n}": ["or", ["is", f"q{n - 1}", "yes"], ["is", f"q{n - 2}", "no"]] for n in range(2, 60)}
    data["rules"]["when"] = when
    proof = prove(key_from_json(data))

    assert (proof.is_bound, proof.sampled) == (True, BAND_SAMPLES)
    assert sum(proof.shares.values()) == 1
