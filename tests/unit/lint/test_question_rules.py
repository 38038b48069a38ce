"""The rules for wording, held to a list of questions that are right and of questions that are wrong."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from mkdocs_checklists.lint.question_rules import question_flaws, repeated_option, vague_option, words_for
from mkdocs_checklists.lint.question_words import ENGLISH

CORPUS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("questions.json").read_text("utf-8"))


@pytest.mark.parametrize("question", CORPUS, ids=lambda question: question["text"])
def test_question_is_judged_as_a_person_judged_it(question: dict[str, Any]) -> None:
    assert sorted(flaw.code for flaw in question_flaws(question["text"], ENGLISH)) == question["codes"]


def test_corpus_has_as_many_right_questions_as_wrong_ones() -> None:
    right = sum(not question["codes"] for question in CORPUS)

    assert right >= 60
    assert len(CORPUS) - right >= 60
    assert len({question["text"] for question in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Is there a plan, and has it been tried?", "“and has it”"),
        (
            "Is the house that the firm bought last year in the old part of the town painted and insured?",
            "“Is the house … town painted and insured”",
        ),
    ],
)
def test_message_quotes_the_words_that_join(text: str, quoted: str) -> None:
    assert quoted in question_flaws(text, ENGLISH)[0].message


@pytest.mark.parametrize(
    ("texts", "vague"),
    [
        (["Every time", "Sometimes", "Never"], None),
        (["Always", "Often", "Rarely", "Never"], 1),
        (["Always", "Mostly", "Rarely or never"], 1),
        (["Yes", "Partly", "No"], None),
        (["All", "Some", "None"], None),
        (["Good", "Fair", "Poor"], 0),
        (["Yes, very often.", "No, not often!"], 0),
        (["Strongly agree", "Agree", "Disagree"], 0),
        (["Yes", "Neither agree nor disagree"], 1),
        (["Very satisfied", "Not at all"], 0),
        (["More than half of the time", "Half of the time or less"], None),
        (["Often, at least once a week", "Rarely, less than once a week"], None),
        (["Yes, written down and shared", "Only in my head or in messages", "No"], None),
    ],
)
def test_options_that_two_people_would_understand_differently(texts: list[str], vague: int | None) -> None:
    assert vague_option(texts, ENGLISH) == vague


@pytest.mark.parametrize(
    ("texts", "pair"),
    [
        (["Yes", "No"], None),
        (["Yes", "No", "yes."], (0, 2)),
        (["It’s done", "It's  done"], (0, 1)),
        (["Straße", "STRASSE"], (0, 1)),
        (["1", "1.5"], None),
    ],
)
def test_options_that_read_the_same(texts: list[str], pair: tuple[int, int] | None) -> None:
    assert repeated_option(texts) == pair


@pytest.mark.parametrize(("words", "flawed"), [(25, False), (26, True)])
def test_question_may_have_25_words(words: int, flawed: bool) -> None:
    assert ("long-question" in [flaw.code for flaw in question_flaws("word " * words + "?", ENGLISH)]) == flawed


def test_language_without_words_has_none() -> None:
    assert words_for("en") is words_for("en-gb") is ENGLISH
    assert words_for("de") is None


def test_patterns_come_to_an_end_whatever_is_repeated() -> None:
    # One that looked back and forth would go on for hours, and this test with it.
    pieces = [
        "is signed and ",
        "the a ",
        "and ",
        "do you ",
        "who writes ",
        "both ",
        "is it likely ",
        "?a",
        "“",
        "(",
        "well ",
    ]
    for one, other in pairwise([*pieces, *pieces[::-1]]):
        assert isinstance(question_flaws("Is " + (one + other) * 2_000, ENGLISH), list)
