import pytest

from mkdocs_checklists.words.messages import Messages, load_messages
from mkdocs_checklists.words.method_decision import MethodOfDecision
from tests.unit.texts import OTHER_LANGUAGE, load

DECISION = """\
title: Keep it?
revision: 4
reviewed: 2026-11-20
unknown: false
score: {enough: 0}
sections:
  - id: all
    title: All
    items:
      - id: often
        text: How often?
        options:
          - {id: daily, text: Daily, points: {keep: 1}}
          - {id: never, text: Never, points: {drop: 1}}
outcomes: [{id: keep, title: Keep it}, {id: drop, title: Drop it}]
"""


def method_of(text: str, messages: Messages | None = None) -> MethodOfDecision:
    loaded = load(text)
    assert loaded.checklist is not None
    return MethodOfDecision(loaded.checklist, loaded.key, messages or load_messages())


def test_rules_of_a_plain_decision() -> None:
    assert method_of(DECISION).rules() == (
        "Every answer has points for or against each outcome, multiplied by the weight of its question. The fit of an outcome is "
        "where the points of your answers lie between the least and the most that the same questions can give it: 0 if every "
        "answer speaks against it as far as it can, 100 if every one speaks for it. The outcome with the best fit is named if its "
        "fit is 55 or more and leads the next by 8 or more. With a lead below 8 it is a close call. With no fit of 55 or more "
        "there is no clear answer. Between equal fits, the first in this order goes first: “Keep it”, “Drop it”."
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("decide: {lead: 0, least: 60, ties: [drop]}", "is named if its fit is 60 or more. With no fit"),
        ("decide: {ties: [drop]}", "“Drop it”, “Keep it”."),
        ('gates: [{remove: keep, when: often == "never", text: No.}]', "Some answers rule an outcome out"),
    ],
)
def test_rules_name_what_a_decision_uses(more: str, words: str) -> None:
    assert words in method_of(DECISION + more).rules()


def test_rules_name_unknown_what_does_not_apply_hidden_questions_and_how_much_is_enough() -> None:
    text = DECISION.replace("unknown: false\n", "").replace("enough: 0", "enough: 80")
    text = text.replace(
        "outcomes:",
        "      - {id: much, text: Much?, na: true, when: often == 'daily', options: "
        "[{id: a, text: A, points: {keep: 1}}, {id: b, text: B, points: {}}]}\noutcomes:",
    )
    rules = method_of(text).rules()

    assert "“I don’t know” counts as an answer, and speaks for and against nothing." in rules
    assert "“Does not apply” leaves the question out." in rules
    assert "Some questions are asked only where they matter" in rules
    assert "once 80% of the questions that apply are answered." in rules
    assert "answered with “I don’t know”, “Does not apply”." in " ".join(method_of(text).steps())


def test_steps_on_paper_begin_with_what_is_ruled_out() -> None:
    steps = list(method_of(DECISION).steps())
    assert steps == [
        "For each outcome, add the points of your answers in the tables below.",
        "Add the least and the most for the same questions.",
        "Your points minus the least, divided by the most minus the least, times 100, rounded: that is the fit.",
    ]
    gated = list(method_of(DECISION + 'gates: [{remove: keep, when: often == "never", text: No.}]').steps())
    assert gated[0].startswith("Strike out the outcomes")
    assert gated[1:] == steps


def test_standing_tells_revision_and_review() -> None:
    assert (
        method_of(DECISION).standing()
        == "This is revision 4 of the questions. They were last reviewed on 20 November 2026."
    )
    assert (
        method_of(DECISION.replace("reviewed: 2026-11-20\n", "")).standing() == "This is revision 4 of the questions."
    )


def test_quotation_marks_and_commas_are_those_of_the_language() -> None:
    text = DECISION.replace("unknown: false\n", "").replace("text: How often?", "text: How often?\n        na: true")
    method = method_of(text, OTHER_LANGUAGE)

    assert "goes first: «Keep it»、«Drop it»." in method.rules()
    assert "answered with «I don’t know»、«Does not apply»." in " ".join(method.steps())
