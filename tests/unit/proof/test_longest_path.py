"""How much a reader is asked at most, and how that is said."""

import pytest

from mkdocs_checklists.proof.longest_path import LongestPath
from mkdocs_checklists.words.messages import load_messages
from tests.unit.page.writing import renderer
from tests.unit.texts import load


def file(items: list[str], more: str = "") -> str:
    entries = "".join(f"\n      - {{{item}, scale: yes-no}}" for item in items)
    return f"title: T\nsections:\n  - id: s\n    title: S\n    items:{entries}\nbands: [{{id: b, min: 0, title: B}}]\n{more}"


def item(name: str, when: str = "") -> str:
    return f"id: {name}, text: Is it {name}?" + (f", when: '{when}'" if when else "")


def path(items: list[str], more: str = "") -> LongestPath:
    return load(file(items, more)).longest_path


def test_everything_is_asked_without_conditions() -> None:
    assert path([item("a"), item("b")]) == LongestPath(2, 0, True)


def test_of_two_branches_the_longer_one_counts() -> None:
    branches = [item("a"), item("b", 'a == "yes"'), item("c", 'a == "no"'), item("d", 'a == "no"')]

    assert path(branches) == LongestPath(3, 0, False)


def test_branches_that_have_nothing_in_common_are_counted_one_by_one() -> None:
    branches = [
        entry
        for n in range(60)
        for entry in (item(f"a{n}"), item(f"b{n}", f'a{n} == "yes"'), item(f"c{n}", f'a{n} == "no"'))
    ]

    assert path(branches) == LongestPath(120, 0, False)


def test_a_long_chain_of_branches_takes_no_time() -> None:
    chain = [item("q0"), item("q1")]
    chain += [item(f"q{n}", f'q{n - 1} == "yes" or q{n - 2} == "no"') for n in range(2, 60)]

    assert path(chain) == LongestPath(60, 0, True)


def test_numbers_that_are_asked_count_by_the_time_that_they_take() -> None:
    inputs = "inputs:\n" + "".join(
        f"  - {{id: n{n}, text: N, section: s, when: 'a == \"{answer}\"'}}\n"
        for n, answer in enumerate(["yes", "no", "no"])
    )

    assert path([item("a"), item("b", 'a == "yes"'), item("c", 'a == "yes"')], inputs) == LongestPath(3, 1, False)


def test_where_sums_decide_all_counts() -> None:
    inputs = "inputs: [{id: n, text: N}, {id: m, text: M}]\n"

    assert path([item("a", "n + m > 7"), item("b", "n + m < 5")], inputs) == LongestPath(2, 2, True)


def test_where_a_score_decides_all_counts() -> None:
    text = file([item("a"), item("b")]).replace(
        "bands:",
        "  - {id: z, title: Z, items: [{id: c, text: Is it c?, scale: yes-no, when: 'score(s) < 50'}]}\nbands:",
    )

    assert load(text).longest_path == LongestPath(3, 0, True)


def test_where_a_number_decides_the_branches_are_known() -> None:
    assert path([item("a", "n > 7"), item("b", "n < 5")], "inputs: [{id: n, text: N}]\n") == LongestPath(1, 1, False)


@pytest.mark.parametrize(
    ("questions", "numbers", "words"),
    [
        (1, 0, "1 question · about 1 minute"),
        (3, 0, "3 questions · about 1 minute"),
        (4, 0, "4 questions · about 2 minutes"),
        (0, 3, "3 numbers · about 2 minutes"),
        (13, 28, "13 questions · 28 numbers · about 19 minutes"),
        (180, 0, "180 questions · about 60 minutes"),
        (181, 0, "181 questions · about 1.5 hours"),
        (360, 0, "360 questions · about 2 hours"),
        (1268, 0, "1,268 questions · about 7.5 hours"),
        (2000, 0, "2,000 questions · about 12 hours"),
    ],
)
def test_how_much_there_is_to_answer_is_said_in_words(questions: int, numbers: int, words: str) -> None:
    text = file([item(f"i{n}") for n in range(questions)]) if questions else "title: T\n"
    if numbers:
        entries = ", ".join(f"{{id: n{n}, text: Number {n}}}" for n in range(numbers))
        text += f"inputs: [{entries}]\nfigures: [{{id: f, text: F, formula: n0}}]\n"

    assert renderer(text).facts_in_words() == words


def test_what_not_everybody_is_asked_is_said_to_be_the_most() -> None:
    text = file([item("a"), item("b", 'a == "yes"'), item("c", 'a == "no"')])

    assert renderer(text).facts_in_words() == "up to 2 questions · about 1 minute"


def test_hours_are_those_of_the_language() -> None:
    assert load_messages("en").text("hours", count=1) == "about 1 hour"
