"""What holds for any files of sources, facts and terms, and for any page that names what is in them or is not."""

import json
import re
from typing import Any

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from mkdocs_checklists import ChecklistExtension
from mkdocs_checklists.diagnostics.diagnostic import Diagnostic, format_report
from mkdocs_checklists.knowledge.checks import check_knowledge
from mkdocs_checklists.knowledge.files import Knowledge, cited, read_facts, read_glossary, read_sources
from mkdocs_checklists.knowledge.model import KINDS
from tests.properties.places import assert_sensible, lines_of
from tests.properties.shelf import Shelf

# What may go wrong where a text of one kind meets another, joined at random.
PIECES = [
    *[
        "{fact:a}",
        "{fact:b}",
        "{fact:zz}",
        "{fact: a }",
        "{fact:",
        "\\{fact:a}",
        "`{fact:a}`",
        "[^a]",
        "[^b]",
        "[^zz]",
        "[^own]",
    ],
    *[
        "*",
        "**",
        "_",
        "`",
        "\\",
        "[",
        "](/x.md)",
        "](https://a.example/)",
        "![",
        "<b>",
        "</b>",
        "<!--",
        "&amp;",
        "{: .x}",
        "{#y}",
    ],
    *[
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "| a | b |\n| - | - |\n| ",
        " | ",
        "    ",
        "```\n",
        "[^own]: ",
        "!!! note\n    ",
    ],
    *[
        "::: fact-list\n",
        "\n\n::: source-list\n\n",
        "term",
        "Term",
        "two terms",
        "terms",
        ". ",
        " ",
        "word",
        "ﬁ",
        "“",
        "STX",
        "://",
    ],
]
pages = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
inline = st.lists(st.sampled_from([piece for piece in PIECES if "\n" not in piece]), min_size=1, max_size=8).map(
    lambda pieces: "".join(pieces).strip() or "x"
)

EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
]
CODES = {
    "unknown-fact",
    "unknown-source",
    "relative-link",
    "unsafe-link",
    "bad-link",
    "hidden-host",
    "foreign-picture",
}


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    """Files in which only the texts are odd."""
    source = st.fixed_dictionaries(
        {"text": inline.map(lambda text: f"{text} [S](https://a.example/), 2020"), "kind": st.sampled_from(KINDS)},
        optional={"note": inline},
    )
    fact = st.fixed_dictionaries(
        {"text": inline, "reviewed": st.just("2026-11-20")},
        optional={"source": st.lists(st.sampled_from(["a", "b"]), max_size=3)},
    )
    term = st.fixed_dictionaries({"text": inline, "term": st.sampled_from(["term", "two terms", "word"])})
    files = [json.dumps({name: draw(entry) for name in ("a", "b")}).encode() for entry in (source, fact, term)]
    return check_knowledge(
        read_sources(files[0], "_sources.yml"),
        read_facts(files[1], "_facts.yml"),
        read_glossary(files[2], "_glossary.yml"),
    )


def convert(page: str, known: Knowledge) -> tuple[str, list[Diagnostic]]:
    shelf, reported = Shelf(), list[Diagnostic]()
    shelf.knowledge = known
    md = Markdown(extensions=[*EXTENSIONS, ChecklistExtension(library=shelf, report=reported.extend)])
    return md.convert(page), reported


@given(st.binary(max_size=300), st.sampled_from([read_sources, read_facts, read_glossary]))
def test_any_file_is_read_or_reported(data: bytes, read: Any) -> None:
    reading = read(data, "file.yml")

    assert (reading.model is not None) or reading.diagnostics.errors
    assert_sensible(reading.diagnostics, lines_of(data))


yaml_like = st.recursive(
    st.sampled_from(
        ["text", "a", "id", "kind", "2026-11-20", "survey", "[A](https://a.example/)", "", "{", "- x", "null", "1"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["text", "kind", "a", "id", "source", "reviewed", "term", "also", "see", "B!"]),
            inner,
            max_size=4,
        ),
    ),
)


A_SOURCE = {"text": "[A](https://a.example/)", "kind": "survey"}
A_FACT = {"text": "So it was in 2026.", "source": ["a", "b"], "reviewed": "2026-11-20"}


@given(yaml_like, yaml_like, yaml_like)
@example({"a": A_SOURCE}, {"id": A_FACT}, "")
@example({"a": {**A_SOURCE, "note": "{fact:a} and [^a]"}}, {"id": {**A_FACT, "text": "So[^a] it was."}}, [])
def test_any_shape_is_checked_or_reported(sources: Any, facts: Any, glossary: Any) -> None:
    texts = [json.dumps(shape).encode() for shape in (sources, facts, glossary)]
    known = check_knowledge(
        read_sources(texts[0], "_sources.yml"),
        read_facts(texts[1], "_facts.yml"),
        read_glossary(texts[2], "_glossary.yml"),
    )

    for reading, text in zip(known.readings, texts, strict=True):
        assert reading.model is not None or reading.diagnostics.errors
        assert_sensible(reading.diagnostics, lines_of(text))
    for name, fact in known.fact.items():
        text_of_fact = known.fact_text(name)
        assert text_of_fact.startswith(fact.text)
        assert set(fact.source) <= set(cited(text_of_fact))


@given(pages, knowledges())
def test_any_page_is_made_and_holds_no_mark_that_is_only_for_use_meanwhile(page: str, known: Knowledge) -> None:
    html, reported = convert(page, known)

    assert not re.search("[\x02\x03\ufdd0-\ufdef]", html)
    assert {diagnostic.code for diagnostic in reported} <= CODES, format_report(reported)
    ids = re.findall(r' id="([^"]+)"', html)
    ours = [name for name in ids if name.startswith("term-")]
    assert len(ours) == len(set(ours))
    assert sorted(ours) == sorted(re.findall(r'class="checklist-term" popovertarget="([^"]+)"', html))


def without_terms(html: str) -> str:
    """The page as it would be without a glossary."""
    html = re.sub(
        r'<span aria-label="[^"]*" class="checklist-term__text".*?<button popovertarget[^>]*>Close</button></span>',
        "",
        html,
        flags=re.DOTALL,
    )
    return re.sub(r'<button [^>]*class="checklist-term"[^>]*>(.*?)</button>', r"\1", html, flags=re.DOTALL)


@given(pages, knowledges())
def test_terms_add_definitions_and_change_nothing_else(page: str, known: Knowledge) -> None:
    html, _ = convert(page, known)
    plain, _ = convert(page, Knowledge(known.sources, known.facts))

    assert without_terms(html) == plain


@pytest.mark.parametrize("extension", ["footnotes", "abbr"])
@given(page=pages)
def test_page_of_a_site_without_the_three_files_is_what_it_was(extension: str, page: str) -> None:
    page = page.replace(":::", "")
    reported: list[Diagnostic] = []
    md = Markdown(extensions=[extension, ChecklistExtension(library=Shelf(), report=reported.extend)])

    assert md.convert(page) == Markdown(extensions=[extension]).convert(page)
    assert not reported


@given(knowledges())
def test_every_source_of_a_fact_has_its_footnote(known: Knowledge) -> None:
    html, _ = convert("{fact:a} and {fact:b}", known)
    tree = html5lib.parse(html, namespaceHTMLElements=False)

    cited = {link.get("href") for link in tree.iter("a") if link.get("class") == "footnote-ref"}
    notes = {f"#{item.get('id')}" for item in tree.iter("li") if (item.get("id") or "").startswith("fn:")}
    assert cited <= notes
    for fact in known.fact.values():
        assert {f"#fn:{source}" for source in fact.source} <= notes
