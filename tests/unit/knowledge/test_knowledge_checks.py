import pytest

from mkdocs_checklists.knowledge.checks import check_knowledge
from mkdocs_checklists.knowledge.files import (
    Knowledge,
    cited,
    first_link,
    forms_of,
    read_facts,
    read_glossary,
    read_sources,
    without_citations,
)

SOURCES = """\
study: {text: "[Study](https://a.example/), 2020", kind: academic}
prices: {text: "[Prices](https://b.example/), 2026", kind: vendor}
"""


def known(sources: str | None = SOURCES, facts: str | None = None, glossary: str | None = None) -> Knowledge:
    return check_knowledge(
        read_sources(sources.encode(), "_sources.yml") if sources is not None else None,
        read_facts(facts.encode(), "_facts.yml") if facts is not None else None,
        read_glossary(glossary.encode(), "_glossary.yml") if glossary is not None else None,
    )


def codes(knowledge: Knowledge) -> list[str]:
    return [diagnostic.code for diagnostic in knowledge.diagnostics]


def test_files_that_are_not_there_say_nothing() -> None:
    nothing = known(None)

    assert (nothing.source, nothing.fact, nothing.term, nothing.diagnostics) == ({}, {}, {}, [])


def test_fact_is_followed_by_those_of_its_sources_that_it_does_not_cite_itself() -> None:
    facts = """\
    plain: {text: It is so., source: [study, prices, study], reviewed: 2026-11-20}
    cites: {text: "So it is.[^prices] Or not.", source: [study, prices], reviewed: 2026-11-20}
    alone: {text: Nobody says so., reviewed: 2026-11-20}
    """
    knowledge = known(facts=facts)

    assert codes(knowledge) == []
    assert knowledge.fact_text("plain") == "It is so.[^study][^prices]"
    assert knowledge.fact_text("cites") == "So it is.[^prices] Or not.[^study]"
    assert knowledge.fact_text("alone") == "Nobody says so."
    assert knowledge.fact_sources("cites") == ["prices", "study"]


def test_source_that_could_not_be_read_is_not_called_unknown() -> None:
    broken = "study: {text: '[A](https://a.example/)', kind: book}\n"
    fact = "a: {text: In 2026., source: study, reviewed: 2026-11-20}\n"

    assert codes(known(broken, fact)) == ["bad-choice"]
    assert codes(known("study: [\n", fact)) == ["yaml-syntax"]
    assert codes(known(None, fact)) == ["unknown-source"]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("A, [B *c*](https://a.example/x_(y)), 2020, [D](https://d.example/)", ("B *c*", "https://a.example/x_(y)")),
        ("[A\n b](<https://a.example/> 'title')", ("A b", "https://a.example/")),
        ("No link, 2020", ("", "")),
        ("[A](", ("", "")),
    ],
)
def test_first_link_of_a_text(text: str, link: tuple[str, str]) -> None:
    assert first_link(text) == link


def test_citations_are_found_and_taken_out() -> None:
    text = "One[^a], two.[^b-2] [^not one] [link](x)"

    assert list(cited(text)) == ["a", "b-2"]
    assert without_citations(text) == "One, two. [^not one] [link](x)"


def test_forms_stand_with_the_longest_first() -> None:
    glossary = """\
    work: {term: work, also: [works], text: A.}
    sow: {term: statement of work, text: B.}
    """

    assert list(forms_of(known(glossary=glossary).term)) == [
        ("statement of work", "sow"),
        ("works", "work"),
        ("work", "work"),
    ]


def test_forms_are_found_in_texts_the_longest_first_and_as_whole_words() -> None:
    glossary = """\
    work: {term: work, also: [works], text: A.}
    sow: {term: statement of work, text: B.}
    tax: {term: $tax, also: [W-8BEN], text: C.}
    """
    forms = known(glossary=glossary).term_forms
    text = "Work, a statement\n of work, homework, works. $tax W-8BEN w-8BEN work-shy"

    assert [(match[0], *forms.term(match[0])) for match in forms.pattern.finditer(text)] == [
        ("Work", "work", True),
        ("statement\n of work", "sow", False),
        ("works", "work", False),
        ("$tax", "tax", False),
        ("W-8BEN", "tax", False),
    ]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("a: {text: '[A](https://a.example/)', kind: survey}", []),
        ("a: {text: 'A', kind: survey}", ["source-without-link"]),
        ("a: {text: '[A](/a.md#b)', note: '[B](mailto:b@b.example)', kind: survey}", []),
        ("a: {text: '[A](a.md)', kind: survey}", ["relative-link"]),
        ("a: {text: '[A](/a)', note: '[B](data:x)', kind: survey}", ["unsafe-link"]),
        ("text: {text: '[A](/a)', kind: survey}", []),
        ("id: text", ["wrong-type"]),
        ("items: {text: '[A](/a)'}", ["missing-key"]),
        ("a:", ["empty-text"]),
        ("- a", ["wrong-type"]),
        ("", ["empty-file"]),
    ],
)
def test_source_is_checked(entry: str, found: list[str]) -> None:
    assert codes(known(f"{entry}\n")) == found
