"""The extension by itself, as engines without plugins run it; what a page becomes is shown by `tests/golden/render`."""

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from mkdocs_checklists import ChecklistError, ChecklistExtension
from mkdocs_checklists.diagnostics.diagnostic import Diagnostic
from tests.helpers import write_tree
from tests.unit.model.addresses import UNSAFE
from tests.unit.texts import OTHER_LANGUAGE, PLAIN

LINKED = PLAIN.replace("scale: yes-no}", "scale: yes-no, see: '/more.md#how'}")


class PathOfThePage(Preprocessor):
    """What Zensical registers to tell extensions which page it is at."""

    def __init__(self, md: Markdown, path: str) -> None:
        super().__init__(md)
        self.page = SimpleNamespace(path=path)

    def run(self, lines: list[str]) -> list[str]:
        return lines


class FileOfThePage(Treeprocessor):
    """What MkDocs registers, which knows the page's whole text."""

    def __init__(self, md: Markdown, file: SimpleNamespace) -> None:
        super().__init__(md)
        self.file = file

    def run(self, root: Element) -> None:
        pass


def markdown(root: Path, text: str = PLAIN, **options: Any) -> Markdown:
    write_tree(root, {"lists/example.yml": text})
    return Markdown(extensions=[ChecklistExtension(path=str(root / "lists"), **options)])


def addresses(html: str) -> list[str]:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [element.get(name) for element in tree.iter() for name in ("href", "src") if element.get(name) is not None]


def test_extension_is_found_by_its_name_and_takes_its_folder(tmp_path: Path) -> None:
    write_tree(tmp_path, {"lists/example.yml": PLAIN})
    md = Markdown(
        extensions=["mkdocs_checklists"], extension_configs={"mkdocs_checklists": {"path": str(tmp_path / "lists")}}
    )

    assert '<h4 id="example--green">Green?</h4>' in md.convert("::: checklist example")


def test_misspelt_option_is_refused() -> None:
    with pytest.raises(KeyError):
        ChecklistExtension(pth="checklists")


def test_mistake_in_a_page_is_raised_where_nobody_takes_reports(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as error:
        markdown(tmp_path).convert("# Home\n\n::: checklist exampel")

    assert str(error.value) == (
        "page:3:1: error: there is no checklist 'exampel' [unknown-checklist]\n"
        "    3 | ::: checklist exampel\n"
        "      | ^^^^^^^^^^^^^^^^^^^^^\n"
        "   Did you mean 'example'?"
    )


def test_mistake_is_reported_and_shown_in_place_and_the_page_goes_on(tmp_path: Path) -> None:
    reported: list[Diagnostic] = []
    md = markdown(tmp_path, report=reported.extend)

    html = md.convert("Before *a*.\n\n::: checklist <exampel>&lt;\n\nAfter.\n\n::: checklist example show=items")

    assert [diagnostic.code for diagnostic in reported] == ["unknown-checklist"]
    assert html.startswith('<p>Before <em>a</em>.</p>\n<div class="checklist-report" role="alert">')
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert "there is no checklist '<exampel>&lt;'" in "".join(tree.find("div/pre").itertext())
    assert tree.find("scored-checklist") is not None


def test_broken_checklist_is_reported_with_the_lines_of_its_file(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match=r"example\.yml:6:42: error: item 'green' uses scale 'yesno'"):
        markdown(tmp_path, PLAIN.replace("yes-no", "yesno")).convert("::: checklist example")


def test_every_page_of_one_converter_starts_anew(tmp_path: Path) -> None:
    md = markdown(tmp_path)

    pages = [md.reset().convert("::: checklist example") for _ in range(2)]

    assert pages[0] == pages[1]


def test_link_is_made_relative_to_a_page_that_the_engine_names(tmp_path: Path) -> None:
    md = markdown(tmp_path, LINKED)
    md.preprocessors.register(PathOfThePage(md, "guides/deep/page.md"), "rendering_context", 50)

    assert addresses(md.convert("::: checklist example show=items")) == ["../../more.md#how"]


def test_link_stays_as_it_is_where_the_page_is_unknown(tmp_path: Path) -> None:
    assert addresses(markdown(tmp_path, LINKED).convert("::: checklist example show=items")) == ["/more.md#how"]


CODE = "<pre><code>x\n</code></pre>"
HIGHLIGHTED = '<div class="highlight"><pre><span></span><code>x\n</code></pre></div>'


@pytest.mark.parametrize(("extension", "code"), [("fenced_code", CODE), ("pymdownx.superfences", HIGHLIGHTED)])
@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("```\nx\n```", "{}"),
        ("Before.\n```\nx\n```", "<p>Before.</p>{}"),
        ("```\nx\n```\nAfter.", "{}<p>After.</p>"),
    ],
)
def test_fenced_code_is_never_inside_a_paragraph(
    extension: str, code: str, text: str, html: str, tmp_path: Path
) -> None:
    write_tree(
        tmp_path,
        {"lists/example.yml": PLAIN.replace("    title: Tests", f"    title: Tests\n    why: {json.dumps(text)}")},
    )
    md = Markdown(extensions=[extension, ChecklistExtension(path=str(tmp_path / "lists"))])

    page = md.convert("::: checklist example section=tests")

    assert page.partition("</h2>")[2].partition("<fieldset>")[0].replace("</pre>\n", "</pre>") == html.format(code)


def browser_scheme(url: str) -> str:
    """The scheme as browsers find it: white space and controls at the start do not count, tabs and line ends nowhere."""
    match = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.sub(r"[\t\n\r]", "", url), re.IGNORECASE)
    return match[1].lower() if match else ""


@pytest.mark.parametrize("url", UNSAFE)
def test_address_that_runs_code_never_gets_into_a_page(url: str, tmp_path: Path) -> None:
    reported: list[Diagnostic] = []
    forms = f"[a]({url}) [b](<{url}>) [c]({url} 'title') ![d]({url}) <{url}> [e][ref] [f]( {url} )\n\n[ref]: {url}\n[ref2]: <{url}>"
    text = PLAIN.replace("scale: yes-no}", f"scale: yes-no, help: {json.dumps(forms)}}}")
    text = text.replace("    title: Tests", f"    title: Tests\n    why: {json.dumps(forms)}")
    md = markdown(tmp_path, text, report=reported.extend)

    html = md.convert("::: checklist example")

    assert {browser_scheme(address) for address in addresses(html)} <= {"", "http", "https", "mailto", "tel"}
    assert reported


def explained(why: str) -> str:
    """The plain checklist with a text for its section, and a link to follow."""
    return PLAIN.replace("title: Tests\n", f"title: Tests\n    why: {json.dumps(why)}\n")


@pytest.mark.parametrize(
    "why",
    [
        "A note.[^1]\n\n[^1]: [x](javascript:go)",
        "[^1]: Of which nobody knows: [x](java&Tab;script:go)",
        "> [^1]: [x](javascript:go)",
        "[ours] or [x][ours]\n\n[ours]: javascript:go",
        "[ours]: <javascript:go>",
    ],
)
def test_address_that_runs_code_is_refused_where_a_text_defines_it_for_the_page(why: str, tmp_path: Path) -> None:
    reported: list[Diagnostic] = []
    md = markdown(tmp_path, explained(why), report=reported.extend)
    md.registerExtensions(["footnotes"], {})

    html = md.convert(
        "See [ours].\n\n::: checklist example\n\nAnd [ours].\n\n[^page]: A note of the page, [more](more.md)."
    )

    assert [problem.code for problem in reported] == ["unsafe-link"]
    assert [url for url in addresses(html) if "script" in browser_scheme(url)] == []
    assert "more.md" in addresses(html)


def test_footnote_of_a_text_may_lead_to_another_site(tmp_path: Path) -> None:
    md = markdown(tmp_path, explained("A note.[^1]\n\n[^1]: [Who says so](https://example.org/), <b>in full</b>."))
    md.registerExtensions(["footnotes"], {})

    html = md.convert("::: checklist example")

    assert "https://example.org/" in addresses(html)
    assert "&lt;b&gt;in full&lt;/b&gt;" in html


CODE = '`" onmouseover="go()`'


@pytest.mark.parametrize(
    "text",
    [
        f"[x](https://example.org/ 't {CODE} t')",
        f"[x](https://example.org/{CODE})",
        f"![{CODE}](https://example.org/x.png)",
        f"[x][y]\n\n[y]: https://example.org/ 't {CODE} t'",
        "[x](https://example.org/ 't `#!js \" onmouseover=\"go()` t')",
        f"A note.[^1]\n\n[^1]: [x](https://example.org/ 't {CODE} t')",
    ],
)
def test_code_in_the_title_or_address_of_a_link_stays_within_its_attribute(text: str, tmp_path: Path) -> None:
    md = markdown(tmp_path, explained(text))
    md.registerExtensions(["footnotes", "pymdownx.highlight", "pymdownx.inlinehilite"], {})

    tree = html5lib.parseFragment(md.convert("::: checklist example"), namespaceHTMLElements=False)

    (link,) = [
        element
        for element in tree.iter()
        if (element.get("href") or element.get("src") or "").startswith("https://example.org/")
    ]
    assert set(link.keys()) <= {"href", "title", "src", "alt"}
    assert any('onmouseover="go()' in value for value in link.attrib.values())


def test_text_that_is_the_marker_of_the_table_of_contents_is_text(tmp_path: Path) -> None:
    text = (
        PLAIN.replace("Green?", "'[TOC]'")
        .replace("title: Ready}", "title: '[TOC]'}")
        .replace("title: Tests", "title: '[TOC]'")
    )
    md = markdown(tmp_path, text)
    md.registerExtensions(["toc"], {})

    html = md.convert("[TOC]\n\n::: checklist example")

    assert html.count('<div class="toc">') == 1
    assert '<h4 id="example--green">[TOC]</h4>' in html
    assert "<dt><span>[TOC]</span>" in html
    assert '<a href="#example--tests">[TOC]</a>' in html


# --- sources, facts, terms ---

KNOWLEDGE = {
    "lists/_sources.yml": "study: {text: '[Study](https://a.example/), 2020', kind: academic}\n",
    "lists/_facts.yml": "price: {text: 'In 2026, [A](/more.md).', source: study, reviewed: 2026-11-20}\n",
    "lists/_glossary.yml": "work: {term: work, text: What is done.}\n",
}


def knowing(root: Path, **files: str) -> Markdown:
    write_tree(root, KNOWLEDGE | {f"lists/_{name}.yml": text for name, text in files.items()})
    return Markdown(extensions=["footnotes", ChecklistExtension(path=str(root / "lists"))])


def test_facts_and_citations_work_without_a_site(tmp_path: Path) -> None:
    html = knowing(tmp_path).convert("{fact:price}")

    assert 'In 2026, <a href="/more.md">A</a>.<sup id="fnref:study">' in html
    assert '<a href="https://a.example/">Study</a>, 2020. Academic.' in html


def test_terms_work_without_a_site(tmp_path: Path) -> None:
    html = knowing(tmp_path).convert("The work.\n\nMore work.")

    assert html.count('popovertarget="term-work"') == 2
    assert '<p>The <button aria-description="What this word means" class="checklist-term"' in html
    assert "<p>More work.</p>" in html


def test_unknown_fact_is_raised_where_nobody_takes_reports(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError) as error:
        knowing(tmp_path).convert("Only\n{fact:prize}")

    assert "page:2:1: error: there is no fact 'prize' [unknown-fact]\n" in str(error.value)


def test_unknown_source_goes_into_the_log_where_nobody_takes_reports(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    html = knowing(tmp_path).convert("Only[^stduy]")

    assert html == "<p>Only[^stduy]</p>"
    assert [record.getMessage().splitlines()[0] for record in caplog.records] == [
        "page:1:5: warning: there is no source 'stduy' [unknown-source]"
    ]


def test_file_with_a_mistake_is_raised_where_nobody_takes_reports(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match="wrong-type"):
        knowing(tmp_path, sources="- a list\n").convert("Words")


def test_footnotes_of_one_page_are_not_those_of_the_next(tmp_path: Path) -> None:
    md = knowing(tmp_path)
    assert "fn:study" in md.convert("One[^study]")

    assert md.reset().convert("Two") == "<p>Two</p>"


def test_site_without_sources_keeps_what_looks_like_a_citation_or_a_fact(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    md = Markdown(extensions=["footnotes", ChecklistExtension(path=str(write_tree(tmp_path, {"lists/a.yml": PLAIN})))])

    assert md.convert("The class [^abc] and {fact:price}") == "<p>The class [^abc] and {fact:price}</p>"
    assert not caplog.records


@pytest.mark.parametrize(
    ("before", "has_term"),
    [
        ("", True),
        ("glossary: false", False),
        ("a: 1\nglossary: no # not here", False),
        ("glossary: False", False),
        ("glossary: true", True),
    ],
)
def test_front_matter_switches_terms_off(before: str, has_term: bool, tmp_path: Path) -> None:
    md = knowing(tmp_path)
    file = SimpleNamespace(src_uri="a.md", content_string=f"---\n{before}\n---\nThe work.\n")
    md.treeprocessors.register(FileOfThePage(md, file), "relpath", 0)

    assert ("checklist-term" in md.convert("The work.")) == has_term


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Work is work.", "Work"),
        ("He said: “Work.”", "Work"),
        ("A Work of art.", None),
        ("*Done.* (Work)", "Work"),
        ("*Art* Work", None),
        ("`x.` Work", None),
        ("Homework, works, co-work, work-shy.", None),
        ("the `work` of [work](x) and **work**", "work"),
        ("work’s", "work"),
        ("WORK", None),
    ],
)
def test_whole_words_are_found_with_a_capital_only_where_a_sentence_starts(
    text: str, words: str | None, tmp_path: Path
) -> None:
    html = knowing(tmp_path).convert(text)

    assert re.findall(r'<button[^>]*class="checklist-term"[^>]*>([^<]*)</button>', html) == ([words] if words else [])


def test_longer_term_counts(tmp_path: Path) -> None:
    glossary = "work: {term: work, text: A.}\nsow: {term: statement of work, text: B.}\n"

    html = knowing(tmp_path, glossary=glossary).convert("A statement of\nwork. Another statement of work, and work.")

    assert re.findall('class="checklist-term" popovertarget="term-([a-z]+)"', html) == ["sow", "work"]
    assert "Another statement of work, and <button" in html


@pytest.mark.parametrize("value", ["False", "FALSE", "off", "NO"])
def test_any_spelling_of_false_switches_terms_off(value: str, tmp_path: Path) -> None:
    md = knowing(tmp_path)
    file = SimpleNamespace(src_uri="a.md", content_string=f"---\n'glossary': {value}\n---\nThe work.\n")
    md.treeprocessors.register(FileOfThePage(md, file), "relpath", 0)

    assert "checklist-term" not in md.convert("The work.")


def test_punctuation_of_the_lists_of_facts_and_terms_is_that_of_the_language(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "lists/_sources.yml": "".join(
                f"{name}: {{text: '[A](https://a.example/)', kind: survey}}\n" for name in "ab"
            ),
            "lists/_facts.yml": "x: {text: In 2026 it was so., source: [a, b], reviewed: 2026-11-20}\n",
            "lists/_glossary.yml": "t: {term: T, text: What it is., see: https://t.example/}\n",
        },
    )

    html = markdown(tmp_path, messages=OTHER_LANGUAGE).convert("::: fact-list\n\n::: glossary-list")

    assert ">A</a> | <a" in html
    assert ">t.example</a>。</dd>" in html
