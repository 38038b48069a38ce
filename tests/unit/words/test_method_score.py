from datetime import date
from fractions import Fraction

import pytest

from mkdocs_checklists.proof.bands import Proof
from mkdocs_checklists.words.messages import load_messages
from mkdocs_checklists.words.method_score import Method
from tests.unit.texts import PLAIN, RICH, load

MESSAGES = load_messages()


def method_of(text: str, proof: Proof | None = None) -> Method:
    loaded = load(text)
    assert loaded.checklist is not None
    return Method(loaded.checklist, loaded.key, proof or loaded.proof, MESSAGES)


def test_rules_of_a_plain_checklist() -> None:
    assert method_of(PLAIN).rules() == (
        "Every answer has points, multiplied by the weight of its question. All questions together give 0 to 1 points. The score "
        "is where your points lie between the least and the most that the questions you answered can give, on a scale from 0 to "
        "100. “I don’t know” counts as the weakest answer. The number at either end of the scale is shown only where your points "
        "are exactly the least or the most. In between, the score is rounded half up. There is a result in words once 70% of the "
        "questions that apply are answered."
    )


def test_rules_name_all_that_a_checklist_uses() -> None:
    rules = method_of(RICH).rules()

    assert "Each section gets a score of its own" in rules
    assert "on a scale from 0 to 3" in rules
    assert "“Does not apply” leaves the question out." in rules
    assert "once 50% of the questions" in rules
    assert "Questions marked “Decides the result” must all be answered for it" in rules
    assert "I don’t know" not in rules


def test_rules_of_sections_that_count_differently() -> None:
    two = RICH.replace("\nbands:", "\n  - {id: more, title: More, items: [{id: x, text: X?, scale: yes-no}]}\nbands:")

    assert "Some sections count more than others." in method_of(two).rules()
    assert "Some sections" not in method_of(two.replace("    weight: 2\n", "")).rules()


def test_rules_name_sections_that_do_not_count() -> None:
    more = "  - {id: more, title: More, weight: 0, items: [{id: x, text: X?, scale: yes-no}]}"
    rules = method_of(RICH.replace("\nbands:", f"\n{more}\nbands:")).rules()

    assert "These sections do not count in it: More." in rules
    assert "Some sections" not in rules


def test_rules_say_where_the_share_begins_and_what_an_open_question_counts() -> None:
    zero = method_of(
        PLAIN.replace("scale: yes-no", "scale: yes-no, weight: 0.25") + "score: {from: zero, open: zero}"
    ).rules()

    assert zero.startswith(
        "Every answer has points, multiplied by the weight of its question. All questions together give 0 to 0.25 points. The "
        "score is the share of your points in the most that the questions you answered can give, on a scale from 0 to 100. Once "
        "you have begun, a question that you have not answered counts as zero points."
    )
    assert "the share of your points in the most that its answered questions can give" in method_of(RICH).rules()
    assert "zero" not in method_of(PLAIN).rules()


def test_rules_name_sections_that_hold_the_result_down_and_shares_of_questions() -> None:
    rules = method_of(RICH).rules()

    assert "While “Tests” is below 1.5, the result is no better than “Low”." in rules
    assert "By subject, some questions count in part, and in several." in rules
    assert "A subject that holds others counts their questions too." in rules
    assert "subject" not in method_of(PLAIN).rules()


def test_rules_of_points() -> None:
    assert (
        "The score is their sum. All questions together give 0 to 1 points."
        in method_of(PLAIN.replace("min: 50", "min: 1") + "score: {as: points}").rules()
    )


def test_rules_of_a_screen_on_which_a_low_score_is_better() -> None:
    text = PLAIN.replace("scale: yes-no", "scale: yes-no, given: true") + "score: {better: lower}\n"

    rules = method_of(text).rules()

    assert "The lower the score, the better the result. “I don’t know” counts as the weakest answer." in rules
    assert "Some questions ask for facts that nobody can mend." in rules


def test_rules_of_a_measurement() -> None:
    rules = method_of(PLAIN + "score: {better: neither}\n").rules()

    assert "This only measures: no result is better than another." in rules
    assert "“I don’t know” counts as the answer with the fewest points." in rules
    assert "weakest" not in rules


def test_patterns_and_shares() -> None:
    method = method_of(PLAIN)

    assert method.patterns() == "There are 2 ways to answer all the questions. We counted where each of them leads:"
    bands = [("ready", "Ready", "50 to 100"), ("not-yet", "Not yet", "0 to 49")]
    assert list(method.shares(bands)) == ["Ready (50 to 100): 50%", "Not yet (0 to 49): 50%"]


def test_shares_name_those_without_a_score() -> None:
    method = method_of(PLAIN.replace("scale: yes-no", "scale: yes-no, na: true"))

    assert list(method.shares([("ready", "Ready", "x"), ("not-yet", "Not yet", "y")]))[-1] == "No score: 33.3%"


def test_sampled_patterns_are_called_so_and_nothing_is_said_to_be_proved() -> None:
    proof = Proof(
        10**20, {"ready": Fraction(1, 2), "not-yet": Fraction(1, 2)}, frozenset({"ready", "not-yet"}), (), 2000
    )
    method = method_of(PLAIN, proof)

    assert method.patterns() == (
        "There are more than 10²⁰ ways to answer all the questions, too many to count. Of 2,000 that were drawn at random, this "
        "share leads to each result:"
    )
    assert method.standing() == "This is revision 1 of the questions."


def test_standing_says_what_was_proved_and_when_it_was_reviewed() -> None:
    assert method_of(f"reviewed: {date(2026, 11, 20)}\n{PLAIN}").standing() == (
        "Every result can be reached. This is revision 1 of the questions. They were last reviewed on 20 November 2026."
    )
    idle = method_of(PLAIN.replace("[{id: ready, min: 50", "[{id: top, min: 60, title: Top}, {id: ready, min: 50"))
    assert idle.standing() == "This is revision 1 of the questions."


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(0), "0%"),
        (Fraction(1, 10**9), "less than 0.1%"),
        (Fraction(1, 1000), "0.1%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(1, 8), "12.5%"),
        (Fraction(9995, 10_000), "more than 99.9%"),
        (Fraction(1), "100%"),
    ],
)
def test_share_is_never_rounded_to_none_or_to_all(share: Fraction, words: str) -> None:
    assert MESSAGES.share(share) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0"), (944_784, "944,784"), (-12, "-12"), (10**15 - 1, "999,999,999,999,999"), (3**500, "more than 10²³⁸")],
)
def test_number_is_grouped_or_a_power_of_ten(number: int, words: str) -> None:
    assert MESSAGES.number(number) == words


def test_standing_speaks_of_caps_only_where_there_are_any() -> None:
    capped = PLAIN.replace("scale: yes-no", "scale: yes-no, weight: 3, caps: {no: not-yet}").replace(
        "bands:", "      - {id: tidy, text: Tidy?, scale: yes-no, weight: 4}\nbands:"
    )
    assert "Every answer that can hold the result down does so in some case." in method_of(capped).standing()


def test_share_of_a_sample_is_never_all_nor_nothing() -> None:
    assert (MESSAGES.share(Fraction(0), is_estimate=True), MESSAGES.share(Fraction(1), is_estimate=True)) == (
        "less than 0.1%",
        "more than 99.9%",
    )
