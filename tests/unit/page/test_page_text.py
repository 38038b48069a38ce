from textwrap import dedent

import pytest

from mkdocs_checklists.diagnostics.diagnostic import Span
from mkdocs_checklists.page.page_text import PageText, find_directives, find_standalone_names, outside_fences


def test_fenced_code_is_no_text_of_the_page() -> None:
    lines = ["a", "```", "b", "~~~", "```", "c", "~~~~ py", "d", "~~~", "~~~~", "e", "```", "f"]

    assert outside_fences(lines) == ["a", "", "", "", "", "c", "", "", "", "", "e", "", ""]


def test_second_equal_line_is_found_behind_the_first() -> None:
    source = "\ufeff---\ntitle: x\n---\n\n```\n::: score a\n```\n\n  ::: score a\n\ntext\n\n::: score a\n"
    page = PageText("page.md", source, [])

    places = [page.take("  ::: score a"), page.take("::: score a")]

    assert [(s.line, s.column, s.end_column) for s in places] == [(9, 3, 14), (13, 1, 12)]


def test_place_is_the_page_where_the_line_is_not_in_its_text() -> None:
    assert PageText("page.md", "text", []).take("::: score a") == Span("page.md")


def test_well_formed_directives_of_a_page_are_listed() -> None:
    source = "::: checklist a\n\n::: cheklist b\n\n```\n::: checklist c\n```\n\n::: score d level=9\n\n::: score e\n"

    assert [directive.checklist for directive in find_directives(source)] == ["a", "e"]


def test_directives_inside_other_blocks_are_found_and_code_and_comments_are_not() -> None:
    source = dedent("""\
        !!! note

            Words.

            ::: checklist in-a-note

        - item

            ::: checklist in-a-list

            - deeper

                ::: checklist in-a-deeper-list

        > ::: checklist in-a-quote

        === "Tab"

            Words, then code:

                ::: checklist code-in-a-tab

            ::: checklist in-a-tab

        Words:

            ::: checklist code

        <!--
        ::: checklist comment
        -->

        ::: checklist last
        """)

    assert [directive.checklist for directive in find_directives(source)] == [
        "in-a-note",
        "in-a-list",
        "in-a-deeper-list",
        "in-a-quote",
        "in-a-tab",
        "last",
    ]


# --- directives without a checklist ---


@pytest.mark.parametrize("name", ["source-list", "fact-list", "glossary-list"])
def test_list_is_found_in_the_text_of_a_page(name: str) -> None:
    assert find_standalone_names(f"# Page\n\n::: {name}\n\n- item\n\n    ::: {name}\n") == {name}


@pytest.mark.parametrize(
    "text",
    [
        "::: source-list all",
        "::: source-lst",
        "```\n::: source-list\n```",
        "<!-- \n::: source-list\n-->",
        "a ::: source-list",
    ],
)
def test_what_is_no_list_is_not_found(text: str) -> None:
    assert find_standalone_names(text) == set()


def test_words_are_found_in_a_page_one_after_the_other() -> None:
    page = PageText("page.md", "---\na: 1\n---\none [^x]\n```\n[^x]\n```\ntwo [^x] [^x]\n", [])

    places = [(span.line, span.column, span.end_column) for span in (page.find("[^x]") for _ in range(4))]

    assert places == [(4, 5, 9), (8, 5, 9), (8, 10, 14), (8, 10, 14)]
    assert page.find("[^y]") == Span("page.md")
