from datetime import date

import pytest

from mkdocs_checklists.knowledge.checks import check_knowledge
from mkdocs_checklists.knowledge.files import Knowledge, read_facts, read_sources
from mkdocs_checklists.knowledge.lint import Mentions, lint_fact_names, lint_knowledge, mentions_in
from mkdocs_checklists.reading.reader import read_checklist

TODAY = date(2026, 11, 22)
SOURCES = b"""\
study: {text: "[Study](https://a.example/), 2020", kind: academic}
prices: {text: "[Prices](https://b.example/), 2026", kind: vendor}
"""
FACTS = b"price: {text: In 2026 it cost 6., source: prices, reviewed: 2026-11-20}\n"


def known(facts: bytes = FACTS) -> Knowledge:
    return check_knowledge(read_sources(SOURCES, "_sources.yml"), read_facts(facts, "_facts.yml"), None)


def found(knowledge: Knowledge, named: Mentions | None = None, today: date = TODAY) -> list[tuple[str, str]]:
    lint_knowledge(knowledge, named, today)
    return sorted((problem.code, problem.message) for problem in knowledge.diagnostics)


@pytest.mark.parametrize(
    ("reviewed", "is_overdue"),
    [("2025-11-22", False), ("2025-11-21", True), ("2026-11-22", False), ("2027-01-01", False)],
)
def test_fact_is_overdue_after_365_days(reviewed: str, is_overdue: bool) -> None:
    knowledge = known(FACTS.replace(b"2026-11-20", reviewed.encode()))

    assert [code for code, _ in found(knowledge)] == ["fact-overdue"] * is_overdue


def test_nothing_is_called_unused_where_pages_are_not_known() -> None:
    assert found(known()) == []


def test_what_no_text_names_is_unused() -> None:
    assert found(known(), mentions_in(["[^other] {fact:else} \\{fact:price}"])) == [
        ("unused-fact", "no page names fact 'price'"),
        ("unused-source", "no page names source 'study'"),
    ]


def test_lists_show_all_that_there_is() -> None:
    assert found(known(), mentions_in([], lists=["source-list", "fact-list"])) == []
    assert found(known(), mentions_in([], lists=["source-list"])) == [("unused-fact", "no page names fact 'price'")]


def test_names_count_wherever_they_stand() -> None:
    assert found(known(), mentions_in(["a[^study]", "| {fact: price } |"])) == []


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [("It was 6 in 2026.", True), ("Since 1999.", True), ("It is 6.", False), ("It is 20265.", False)],
)
def test_fact_says_from_when_it_is(text: str, is_dated: bool) -> None:
    facts = f"price: {{text: {text}, reviewed: 2026-11-20}}\n".encode()

    assert [code for code, _ in found(known(facts))] == ["undated-fact"] * (not is_dated)


def test_facts_that_a_checklist_names_are_looked_up() -> None:
    reading = read_checklist(b"title: A\n# {fact:comment}\nsummary: At {fact:price} or {fact:prize}\n", "a.yml")
    before = len(reading.diagnostics.found)

    lint_fact_names(reading, known())

    (problem,) = reading.diagnostics.found[before:]
    assert problem.code == "unknown-fact"
    assert (problem.span.line, problem.span.column) == (3, 29)
    assert problem.hint == "Did you mean 'price'?"


def test_facts_are_not_looked_up_without_a_file_of_facts() -> None:
    reading = read_checklist(b"title: At {fact:price}\n", "a.yml")
    before = len(reading.diagnostics.found)

    lint_fact_names(reading, Knowledge())

    assert len(reading.diagnostics.found) == before
