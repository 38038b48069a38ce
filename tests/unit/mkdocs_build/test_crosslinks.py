"""Cross-links in sites: what stands on which page, and what fails a strict build."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from tests.helpers import REPOSITORY, Build, build_site, write_tree
from tests.unit.texts import PLAIN

CONFIG = """\
site_name: Test
theme: {name: null, custom_dir: theme}
plugins: [checklists: {guides: [guides/**/*.md]}]
markdown_extensions: [toc: {permalink: true}, footnotes]
"""
FILES: Mapping[str, str] = {
    "mkdocs.yml": CONFIG,
    "theme/main.html": (
        '<!doctype html><title>x</title><article data-toc="{{ page.toc | list | length }}">{{ page.content }}</article>'
    ),
    "checklists/example.yml": PLAIN.replace("yes-no}", "yes-no, see: /guides/more/deep.md#part}"),
    "docs/index.md": "# Home\n\n[Plan](guides/plan.md)\n",
    "docs/guides/plan.md": (
        "---\ntitle: The *plan* & <more>\ndescription: Why to plan.\nrelated: [more/deep.md]\n---\n"
        "# Plan\n\n## How\n\n[Test](test.md#what)\n\n## Why\n\n[Deep](more/deep.md)\n\n::: related-pages\n"
    ),
    "docs/guides/test.md": "# Test\n\n## What\n\n::: checklist example\n\n## Last\n\n[Plan](plan.md)\n\n::: related-pages\n",
    "docs/guides/more/deep.md": "# Deep\n\n## Part\n\nWords.[^1]\n\n::: related-pages\n\n[^1]: See [the test](../test.md).\n",
}


def site(root: Path, files: Mapping[str, str] | None = None, **config: Any) -> Build:
    return build_site(write_tree(root, {**FILES, **(files or {})}), **config)


def block(html: str) -> list[tuple[str, str]]:
    """Headings and links of a page's block: words and address."""
    nav = html5lib.parse(html, namespaceHTMLElements=False).find(".//nav")
    if nav is None:
        return []
    return [("".join(one.itertext()), one.get("href") or one.tag) for one in nav.iter() if one.tag in ("a", "h2")]


PLAN = "The *plan* & <more>"
BLOCKS = {
    "guides/plan": [
        ("Related", "h2"),
        ("Deep", "more/deep"),
        ("Mentioned in", "h2"),
        ("Test", "test"),
        ("Last", "test#last"),
    ],
    "guides/test": [
        ("Mentioned in", "h2"),
        (PLAN, "plan"),
        ("How", "plan#how"),
        ("Deep", "more/deep"),
        ("Part", "more/deep#part"),
    ],
    "guides/more/deep": [
        ("Related", "h2"),
        (PLAN, "../plan"),
        ("Why", "../plan#why"),
        ("Mentioned in", "h2"),
        ("Test", "../test"),
        ("Green?", "../test#example--green"),
    ],
}


@pytest.mark.parametrize("has_folders", [True, False])
def test_links_are_shown_at_the_other_end(tmp_path: Path, has_folders: bool) -> None:
    built = site(tmp_path, use_directory_urls=has_folders).check()

    for uri, expected in BLOCKS.items():
        found = block(built.read(f"{uri}/index.html" if has_folders else f"{uri}.html"))
        up = "../" if has_folders else ""
        ending = "/" if has_folders else ".html"
        assert found == [
            (words, "h2" if href == "h2" else re.sub("(?=#)|$", ending, up + href, count=1)) for words, href in expected
        ]


def test_title_and_description_are_text_and_headings_stay_out_of_the_contents(tmp_path: Path) -> None:
    html = site(tmp_path).check().read("guides/more/deep/index.html")

    assert '<a href="../../plan/">The *plan* &amp; &lt;more&gt;</a></p><p>Why to plan.</p>' in html
    assert 'data-toc="1"' in html
    assert "data-related-pages" not in html


def test_pages_are_in_the_order_of_the_navigation(tmp_path: Path) -> None:
    nav = "nav: [guides/test.md, guides/plan.md, guides/more/deep.md, index.md]\n"
    text = "# Last\n\n[Test](test.md) [Deep](more/deep.md) [Plan](plan.md)\n"
    files = {"mkdocs.yml": CONFIG + nav, "docs/guides/last.md": text}
    built = site(tmp_path, files, strict=False)

    titles = [words for words, href in block(built.read("guides/test/index.html")) if "#" not in href]
    assert titles == ["Mentioned in", PLAN, "Deep", "Last"]


def test_page_without_the_directive_shows_nothing(tmp_path: Path) -> None:
    text = FILES["docs/guides/test.md"].replace("::: related-pages", "")
    html = site(tmp_path, {"docs/guides/test.md": text}).check().read("guides/test/index.html")

    assert block(html) == []


def test_page_that_is_no_guide_shows_what_names_it(tmp_path: Path) -> None:
    text = FILES["docs/guides/plan.md"].replace("[more/deep.md]", "[more/deep.md, /about.md]")
    files = {"docs/guides/plan.md": text, "docs/about.md": "# About\n\n::: related-pages\n"}
    html = site(tmp_path, files).check().read("about/index.html")

    assert block(html) == [("Related", "h2"), (PLAN, "../guides/plan/")]


def test_without_anything_related_the_directive_leaves_nothing(tmp_path: Path) -> None:
    html = site(tmp_path, {"docs/about.md": "# About\n\n::: related-pages\n"}).check().read("about/index.html")

    assert re.search(r"</h1>\s*</article>", html)


def test_directive_in_code_is_a_sample(tmp_path: Path) -> None:
    text = "# Sample\n\n    ::: related-pages\n\n`<div data-related-pages></div>`\n"
    html = site(tmp_path, {"docs/about.md": text}).check().read("about/index.html")

    assert "<code>::: related-pages\n</code>" in html
    assert "&lt;div data-related-pages&gt;" in html


def test_engine_without_the_plugin_shows_nothing(tmp_path: Path) -> None:
    config = CONFIG.replace("plugins: [checklists: {guides: [guides/**/*.md]}]", "plugins: []")
    config = config.replace("[toc", "[mkdocs_checklists: {path: " + str(tmp_path / "checklists") + "}, toc")
    html = site(tmp_path, {"mkdocs.yml": config}).read("guides/plan/index.html")

    assert re.search(r'<div [^>]*hidden="hidden"></div>\s*</article>', html)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            "guides: guides/*.md",
            "Plugin 'checklists' option 'guides': Expected a list of items, but a <class 'str'> was given.",
        ),
        (
            "guides: [1]",
            "Plugin 'checklists' option 'guides': Expected type: <class 'str'> but received: <class 'int'>",
        ),
    ],
)
def test_wrong_option_is_reported(option: str, message: str, tmp_path: Path) -> None:
    config = CONFIG.replace("guides: [guides/**/*.md]", option)

    assert message in site(tmp_path, {"mkdocs.yml": config}).report


# --- dead links ---


def _nothing(loader: yaml.SafeLoader, node: yaml.Node) -> None:
    """In place of what only MkDocs can read."""


@pytest.fixture
def validation() -> str:
    """How the site of this repository has MkDocs look at links."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", _nothing)
    config = yaml.load((REPOSITORY / "mkdocs.yml").read_text("utf-8"), Loader)
    return yaml.safe_dump({"validation": config["validation"]})


def test_dead_anchor_in_prose_fails_a_strict_build(tmp_path: Path, validation: str) -> None:
    text = FILES["docs/guides/plan.md"].replace("test.md#what", "test.md#waht")
    built = site(tmp_path, {"mkdocs.yml": CONFIG + validation, "docs/guides/plan.md": text})

    assert (
        "contains a link 'test.md#waht', but the doc 'guides/test.md' does not contain an anchor '#waht'"
        in built.report
    )
    assert built.failure == "Aborted with 1 warnings in strict mode!"


def test_dead_page_in_prose_fails_a_strict_build(tmp_path: Path, validation: str) -> None:
    text = FILES["docs/guides/plan.md"].replace("test.md#what", "tset.md")
    built = site(tmp_path, {"mkdocs.yml": CONFIG + validation, "docs/guides/plan.md": text})

    assert "contains a link 'tset.md', but the target 'guides/tset.md' is not found" in built.report
    assert built.failure is not None


def test_dead_anchor_in_see_fails_a_strict_build(tmp_path: Path, validation: str) -> None:
    text = FILES["checklists/example.yml"].replace("deep.md#part", "deep.md#prat")
    built = site(tmp_path, {"mkdocs.yml": CONFIG + validation, "checklists/example.yml": text})

    assert "page '/guides/more/deep.md' has no anchor '#prat' [unknown-anchor]" in built.report
    assert built.failure == "Aborted with 1 warnings in strict mode!"


# --- serving ---


@pytest.fixture
def rebuild(tmp_path: Path) -> Iterator[Any]:
    """Builds again and again as `mkdocs serve` does, with the same plugins."""
    write_tree(tmp_path, FILES)

    def load() -> MkDocsConfig:
        return load_config(config_file=str(tmp_path / "mkdocs.yml"), site_dir=str(tmp_path / "site"))

    config = load()
    config.plugins.on_startup(command="serve", dirty=False)

    def run(files: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
        write_tree(tmp_path, files or {})
        build(load())
        return block((tmp_path / "site/guides/test/index.html").read_text("utf-8"))

    yield run
    config.plugins.on_shutdown()
    config.plugins.on_startup(command="build", dirty=False)


def test_while_serving_a_changed_page_shows_at_the_other_end(rebuild: Any) -> None:
    before = rebuild()
    changed = FILES["docs/guides/plan.md"].replace("## How", "## In what way")
    after = rebuild({"docs/guides/plan.md": changed})

    assert ("How", "../plan/#how") in before
    assert ("In what way", "../plan/#in-what-way") in after
    assert ("How", "../plan/#how") not in after
    assert rebuild({"docs/guides/plan.md": changed.replace("[Test](test.md#what)", "")}) == [
        ("Mentioned in", "h2"),
        ("Deep", "../more/deep/"),
        ("Part", "../more/deep/#part"),
    ]
