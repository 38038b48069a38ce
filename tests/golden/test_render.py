"""What a checklist becomes on a page of a real site: one golden file a behaviour."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest

from mkdocs_checklists.page.directives import DIRECTIVES
from tests.golden.cases import Case, read_cases
from tests.helpers import build_site, write_tree

CASES = read_cases("render")

SITE = {
    "mkdocs.yml": """\
site_name: Test
theme: {name: null, custom_dir: theme}
plugins: [checklists]
use_directory_urls: false
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables: {use_align_attribute: true}
  - toc: {permalink: "#"}
  - pymdownx.details
  - pymdownx.emoji
  - pymdownx.highlight: {pygments_lang_class: true}
  - pymdownx.inlinehilite
  - pymdownx.magiclink
  - pymdownx.smartsymbols
  - pymdownx.superfences
  - pymdownx.tasklist
""",
    "theme/main.html": "{{ page.content }}",
    "docs/index.md": "",
}

_BLOCK = re.compile(
    r"""</?(scored-checklist|form|h[1-6]|p|div|ul|ol|li|fieldset|legend|label|section|svg|rect|dl|dt|dd|table|caption|thead
    |tbody|tr|th|td|details|summary|pre|blockquote)\b(?:[^>"]|"[^"]*")*>""",
    re.VERBOSE,
)


def pretty(html: str) -> str:
    """The text with each block element on a line of its own, indented; an element without blocks in it stays as it is."""
    lines: list[str] = []
    depth = position = 0
    tags = list(_BLOCK.finditer(html))
    number = 0
    while number < len(tags):
        tag = tags[number]
        lines.append("  " * depth + html[position : tag.start()].strip("\n"))
        closing = tag[0].startswith("</")
        is_leaf = not closing and tags[number + 1][0] == f"</{tag[1]}>"
        depth -= closing
        position = tags[number + is_leaf].end()
        lines.append("  " * depth + html[tag.start() : position])
        depth += not closing and not is_leaf
        number += 1 + is_leaf
    lines.append(html[position:].strip("\n"))
    return "\n".join(line.rstrip() for line in lines if line.strip())


def elements(html: str, names: Iterable[str]) -> str:
    return "\n".join(match[0] for match in re.finditer(rf"<({'|'.join(names)})\b.*?</\1>", html, re.DOTALL))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], str]:
    """Builds the site of a case, once; returns what stands on its page."""

    @cache
    def build(case: Path) -> str:
        root = write_tree(tmp_path_factory.mktemp("render"), SITE)
        next(c for c in CASES if c.path == case).write_input(root, {})
        return build_site(root).check().read("index.html")

    return lambda case: build(case.path)


def fragment(case: Case, html: str) -> str:
    """What the golden file shows of a page."""
    if not case.data.get("keep_key"):
        html = re.sub('data-key="[^"]*"', 'data-key="…"', html)
    if "only" in case.data:
        html = elements(html, case.data["only"])
    return pretty(html)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_page_is_the_golden_one(case: Case, built: Callable[[Case], str], renew: bool) -> None:
    case.compare("html", fragment(case, built(case)), renew=renew)


# The page of the overview has a script in its text: tests/unit/page/test_overview.py has what it becomes.
@pytest.mark.parametrize("name", sorted(DIRECTIVES.keys() - {"checklist-index"}))
def test_every_kind_of_directive_has_a_golden_page(name: str) -> None:
    line = re.compile(rf"^ {{0,3}}::: {name}(?: |$)", re.MULTILINE)

    assert any(line.search(case.data.get("page", "")) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_page_has_no_character_that_is_only_for_use_while_it_is_made(case: Case, built: Callable[[Case], str]) -> None:
    assert re.findall("[\x02\x03\ufdd0-\ufdef]", built(case)) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_page_has_no_script_handler_style_or_address_that_runs_code(case: Case, built: Callable[[Case], str]) -> None:
    tree = html5lib.parse(built(case), namespaceHTMLElements=False)

    found = []
    for element in tree.iter():
        if element.tag in ("script", "style", "iframe", "object", "embed", "base", "meta", "link"):
            found.append(element.tag)
        for name, value in element.attrib.items():
            if str(name).startswith(("on", "style", "formaction", "srcdoc")):
                found.append(f"{element.tag} {name}={value}")
            if name in ("href", "src", "action") and urlsplit(value).scheme not in (
                "",
                "http",
                "https",
                "mailto",
                "tel",
            ):
                found.append(f"{element.tag} {name}={value}")
    assert found == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_nothing_is_named_by_a_heading_with_a_permalink(case: Case, built: Callable[[Case], str]) -> None:
    tree = html5lib.parse(built(case), namespaceHTMLElements=False)

    # Its sign would be read out as part of the name.
    marked = {element.get("id") for element in tree.iter() if element.find(".//a[@class='headerlink']") is not None}
    named = {name for element in tree.iter() for name in (element.get("aria-labelledby") or "").split()}
    assert named & marked == set()
