from dataclasses import replace
from fractions import Fraction

from mkdocs_checklists.proof.rules import RulesProof, Shares
from mkdocs_checklists.words.messages import load_messages
from mkdocs_checklists.words.method_proof import RulesMethod
from tests.unit.proof.test_rules_proof import CALCULATOR, DECISION
from tests.unit.texts import PLAIN, load

MESSAGES = load_messages()
OUTCOMES = [("keep", "Keep"), ("hire", "Hire")]


def method_of(text: str, proof: RulesProof | None = None) -> RulesMethod:
    loaded = load(text)
    return RulesMethod(loaded.key, proof or loaded.rules_proof, MESSAGES)


def test_where_the_answers_of_a_decision_lead() -> None:
    method = method_of(DECISION)

    assert method.patterns() == "There are 4 ways to answer all the questions. We counted where each of them leads:"
    assert list(method.shares(OUTCOMES)) == [
        "Keep: 25%",
        "Hire: 25%",
        "A close call between two: 25%",
        "No clear answer: 25%",
    ]
    assert method.proved() == "Every answer named here can come out."


def test_sampled_shares_are_called_so_and_never_finer_than_they_are_known() -> None:
    shares = Shares(
        10**20, True, {"keep": Fraction(614, 1000), "hire": Fraction(0)}, Fraction(4, 1000), Fraction(382, 1000), 10_000
    )
    method = method_of(DECISION, RulesProof((), shares))

    assert method.patterns() == (
        "There are up to 10²¹ ways to answer all the questions, too many to count. Of 10,000 that were drawn at random, "
        "this share leads to each result:"
    )
    assert list(method.shares(OUTCOMES)) == [
        "Keep: 61%",
        "Hire: less than 0.1%",
        "A close call between two: 0.4%",
        "No clear answer: 38%",
    ]


def test_calculator_has_no_shares_and_says_what_was_proved() -> None:
    method = method_of(CALCULATOR)

    assert (method.patterns(), list(method.shares([]))) == ("", [])
    assert method.proved() == (
        "Every result in words can come out. Whatever is shown only in some cases can come up. No sum can fail: whatever "
        "numbers the fields take, nothing is ever divided by zero."
    )


def test_nothing_is_said_of_what_was_not_brought_about() -> None:
    text = DECISION + 'gates: [{remove: hire, when: often == "no", text: Not enough.}]\n'
    loaded = load(text)
    assert "Every rule that takes an answer out does so" in method_of(text).proved()

    claims = tuple(
        replace(claim, witness=None) if claim.kind == "gate" else claim for claim in loaded.rules_proof.claims
    )
    proof = RulesProof(claims, loaded.rules_proof.shares)
    assert method_of(text, proof).proved() == "Every answer named here can come out."


def test_checklist_without_rules_has_nothing_to_say() -> None:
    assert method_of(PLAIN).proved() == ""
