"""What scanners find is what the expressions say that they took the place of. Those say it shortly, and are slow."""

import re

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_checklists.crosslinks.connections import matches
from mkdocs_checklists.knowledge.checks import find_names
from mkdocs_checklists.knowledge.files import cited, without_citations
from mkdocs_checklists.markdown_page.citations import Token, find_tokens
from mkdocs_checklists.markdown_page.headings import Heading, read_heading, without_links
from mkdocs_checklists.markdown_page.state import ends_in_braces
from mkdocs_checklists.markdown_page.text import SUBSTITUTES, without_emphasis
from mkdocs_checklists.page.page_text import without_comments
from mkdocs_checklists.reading.scanning import Ahead

NAMES = re.compile(r"(`+).+?\1|\\.|(?P<fact>\{fact:[^{}\n]*\})|(?P<source>\[\^[^\]\s]+\])", re.DOTALL)
TOKENS = re.compile(
    r"(?<!`)(?P<mark>`+)(?!`).+?(?<!`)(?P=mark)(?!`)"
    r"|\\."
    r"|<[a-zA-Z/!][^<>]*>"
    rf"|[{{{SUBSTITUTES['{']}]fact:[ \t]*(?P<fact>[^{{}}\s]*)[ \t]*\}}"
    r"|\[\^(?P<cited>[^\]\s]+)\]",
    re.DOTALL,
)
CITED = re.compile(r"\[\^([^\]\s]+)\]")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
TITLE = re.compile(r"#(?!#) *(?<= )(?P<words>.+?)(?: +#+)?(?: *\{[^}]*\})?$")
HEADING = re.compile(r"#{2,6} +(?P<words>.+?)(?: +#+)?(?: *\{[^}#]*(?:#(?P<id>[^\s}]+)[^}]*)?\})?$")
GLOB = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def texts(*parts: str, most: int = 16) -> st.SearchStrategy[str]:
    """Texts of a few of the parts, which come again and again: so that things close, or nearly do."""
    few = st.lists(st.sampled_from(parts), min_size=1, max_size=6, unique=True)
    return few.flatmap(lambda some: st.lists(st.sampled_from(some), max_size=most)).map("".join)


MARKDOWN = texts(
    *(
        "`",
        "``",
        "```",
        "\\",
        "{fact:",
        "[^",
        "[",
        "](",
        "]",
        "(",
        ")",
        "{",
        "}",
        "<",
        "<b",
        ">",
        "!",
        "^",
        "#",
        "a",
        " ",
        "\t",
    ),
    *("\n", "fact:", SUBSTITUTES["{"]),
)


@given(MARKDOWN)
def test_names_of_a_text_are_those_of_the_expression(text: str) -> None:
    expected = [match.span() for match in NAMES.finditer(text) if match["fact"] or match["source"]]

    assert list(find_names(Ahead(text))) == expected


@given(MARKDOWN)
def test_tokens_of_a_text_are_those_of_the_expression(text: str) -> None:
    expected = [
        Token(*match.span(), match["cited"] or match["fact"], is_fact=match["cited"] is None)
        for match in TOKENS.finditer(text)
        if match["fact"] is not None or match["cited"]
    ]

    assert list(find_tokens(Ahead(text))) == expected


@given(MARKDOWN)
def test_citations_and_links_are_those_of_the_expressions(text: str) -> None:
    assert list(cited(text)) == CITED.findall(text)
    assert without_citations(text) == CITED.sub("", text)
    assert without_links(Ahead(text)) == LINK.sub(r"\1", text)


@given(texts("#", " #", " ", "{", " {", "}", "#a", "a", "é", ".", "\t"), st.integers(1, 7), st.integers(0, 2))
def test_heading_is_that_of_the_expressions(text: str, level: int, spaces: int) -> None:
    line = "#" * level + " " * spaces + text
    found = read_heading(line)

    if match := TITLE.match(line):
        assert found == Heading(1, match["words"])
    elif match := HEADING.match(line):
        assert found == Heading(line.index(" "), match["words"], match["id"] or "")
    else:
        assert found is None


@given(texts("_", "__", "*", "`", "a", "é", " ", "-"))
def test_emphasis_is_that_of_the_expression(text: str) -> None:
    assert without_emphasis(text) == re.sub(r"\*+|`+|(?<!\w)_+|_+(?!\w)", "", text)


@given(texts("<!--", "-->", "<!-", "->", ">", "\n", "a"))
def test_comments_are_those_of_the_expression(text: str) -> None:
    expected = re.sub(r"<!--.*?-->", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)

    assert without_comments(text) == expected


@given(texts(" {", "\n{", "{", "}", "a", " ", "\n"))
def test_braces_at_the_end_are_those_of_the_expression(text: str) -> None:
    assert ends_in_braces(text) is (re.search(r"[ \n]\{[^\n]*\}\s*$", text) is not None)


@given(texts("*", "**", "**/", "?", "a", "b", "/", most=8), texts("a", "b", "/", "ab", most=10))
def test_pattern_of_pages_means_what_the_expression_means(pattern: str, uri: str) -> None:
    expression = re.sub(r"\*\*/|\*\*|.", lambda part: GLOB.get(part[0], re.escape(part[0])), pattern.removeprefix("/"))

    assert matches(pattern, uri) is (re.fullmatch(expression, uri) is not None)
