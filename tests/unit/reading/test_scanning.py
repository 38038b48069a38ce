"""Scanners go through a text once: their steps are counted, on texts that made regular expressions look ahead anew each time."""

from collections.abc import Callable

import pytest

from mkdocs_checklists.knowledge.checks import find_names
from mkdocs_checklists.markdown_page.citations import find_tokens
from mkdocs_checklists.markdown_page.headings import Heading, read_heading, without_links
from mkdocs_checklists.reading.scanning import Ahead

# Openings that nothing closes, and closings that come for the last one only.
SUSPICIOUS = {
    "one run of ticks": "`" * 600,
    "runs of ticks, each longer": " ".join("`" * n for n in range(1, 35)),
    "runs of ticks, each shorter": " ".join("`" * n for n in range(35, 1, -1)),
    "ticks one by one": "` `` " * 120,
    "sources": "[^" * 300,
    "sources, the last one closed": "[^a" * 200 + "]",
    "facts": "{fact:" * 100,
    "facts of spaces": "{fact:" + " " * 600,
    "facts in substitutes": "\ufdd1fact:" * 100,
    "tags": "<a" * 300,
    "brackets": "[" * 600,
    "links": "[a](" * 150,
    "pictures": "![" * 300,
    "backslashes": "\\" * 601,
    "all of them": "`{fact:[^<a \\[x](" * 35,
}

scanners = pytest.mark.parametrize(
    "scan",
    [lambda ahead: list(find_names(ahead)), lambda ahead: list(find_tokens(ahead)), without_links],
    ids=["find_names", "find_tokens", "without_links"],
)


@scanners
@pytest.mark.parametrize("text", SUSPICIOUS.values(), ids=SUSPICIOUS)
def test_scanner_goes_through_a_text_a_few_times_at_most(scan: Callable[[Ahead], object], text: str) -> None:
    ahead = Ahead(text)

    scan(ahead)

    # Two for each kind of thing that is looked for, and some for asking.
    assert ahead.steps <= 12 * len(text)


def test_answer_is_kept_while_it_lies_ahead() -> None:
    ahead = Ahead("a" * 100 + "b")

    found = [ahead.find("b", at) for at in range(101)]

    assert (found, ahead.steps) == ([100] * 101, 201)


def test_what_never_comes_is_looked_for_once() -> None:
    ahead = Ahead("a" * 100)

    assert ([ahead.find("b", at) for at in range(100)], ahead.steps) == ([100] * 100, 200)


def test_question_further_back_is_answered_anew() -> None:
    ahead = Ahead("ab ab")

    assert [ahead.find("a", at) for at in (1, 0, 4, 3)] == [3, 0, 5, 3]


@pytest.mark.parametrize(
    ("text", "same", "taken_apart"),
    [
        ("`a`", 3, 3),
        ("``a`", 0, 4),
        ("`a``", 0, 3),
        ("``a`b``", 7, 7),
        ("```", 0, 3),
        ("`" * 8, 0, 7),
        ("```a``b```", 10, 10),
        ("``", 0, 0),
        ("`", 0, 0),
    ],
)
def test_code_ends_where_markdown_or_the_longest_pair_of_ticks_ends_it(text: str, same: int, taken_apart: int) -> None:
    ticks = Ahead(text).ticks

    assert (ticks.same(0), ticks.any(0)) == (same, taken_apart)


def test_middle_of_a_run_opens_no_code() -> None:
    assert Ahead("``a`").ticks.same(1) == 0


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("## Words", Heading(2, "Words")),
        ("# Title ## {#top .wide}", Heading(1, "Title")),
        ("## Words ##", Heading(2, "Words")),
        ("## Words## {#place}", Heading(2, "Words##", "place")),
        ("### Set {a} {.b #c.d e}", Heading(3, "Set {a}", "c.d")),
        ("## Not closed {#a", Heading(2, "Not closed {#a")),
        ("## Two {# a {#b}", Heading(2, "Two {# a", "b")),
        ("## {#a}", Heading(2, "{#a}")),
        ("## ##", Heading(2, "##")),
        ("##  ", Heading(2, " ")),
        ("## ", None),
        ("##Words", None),
        ("####### Words", None),
        ("Words", None),
    ],
)
def test_heading_is_read_with_its_anchor(line: str, heading: Heading | None) -> None:
    assert read_heading(line) == heading
