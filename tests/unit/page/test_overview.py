"""The index of checklists in sites, as it stands there before any script runs."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import html5lib
import pytest
from markdown import Markdown

from mkdocs_checklists.page.browser_files import PAGE_NEEDS, asset_files, modules_at_once
from mkdocs_checklists.page.overview_files import index_key, version_of
from mkdocs_checklists.words.messages import load_messages
from tests.helpers import Build, build_site, write_tree
from tests.unit.texts import PLAIN, load

CONFIG = "site_name: Test\ntheme: {name: null, custom_dir: theme}\nplugins: [checklists]\n"
THEME = """\
<!doctype html><html lang="en"><head><title>{{ page.title }}</title>
{% for path in config.extra_css %}<link rel="stylesheet" href="{{ path | url }}">{% endfor %}</head>
<body>{{ page.content }}</body></html>
"""
NUMBERS = """\
title: "Numbers & <more>"
summary: Two *numbers*, see [the plan](/guides/plan.md).
reviewed: 2026-11-20
was: [sums, costs]
inputs:
  - {id: hours, text: Hours}
  - {id: rate, text: Rate}
figures: [{id: sum, text: Sum, formula: hours * rate}]
verdicts: [{id: dear, when: sum > 100, title: It is dear}]
"""
FILES: Mapping[str, str] = {
    "mkdocs.yml": CONFIG,
    "theme/main.html": THEME,
    "checklists/zebra.yml": PLAIN.replace("title: Ready?", "title: A ready zebra?\ndecides: Whether to *go* {now}", 1),
    "checklists/numbers.yml": NUMBERS,
    "checklists/apart.yml": PLAIN.replace("title: Ready?", "title: In parts", 1).replace(
        "bands:", "  - {id: more, title: More, items: [{id: all, text: All?, scale: yes-no}]}\nbands:"
    ),
    "checklists/nowhere.yml": PLAIN,
    "checklists/result.yml": PLAIN,
    "docs/index.md": "# Home\n\n::: checklist-index\n\n::: score result\n",
    "docs/guides/plan.md": "# Plan\n\n::: checklist zebra\n\n::: checklist numbers show=items\n",
    "docs/guides/apart.md": "# Apart\n\n::: checklist apart section=more show=items\n",
    "docs/first.md": "# First\n\n::: checklist apart section=tests show=items\n\n::: score apart\n",
}


def site(root: Path, files: Mapping[str, str] | None = None, **config: Any) -> Build:
    return build_site(write_tree(root, {**FILES, **(files or {})}), **config)


def parse(html: str) -> Any:
    return html5lib.parse(html, namespaceHTMLElements=False)


def entries(html: str) -> dict[str, Any]:
    return {li.get("data-entry"): li for li in parse(html).iter("li") if li.get("data-entry")}


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_entry_says_what_it_decides_what_it_takes_and_where_it_starts(tmp_path: Path) -> None:
    found = entries(site(tmp_path).check().read("index.html"))

    assert [[words(p) for p in li.findall("p")] for name, li in found.items() if name in ("zebra", "numbers")] == [
        [
            "A ready zebra?",
            "What it decides: Whether to *go* {now}",
            "1 question · about 1 minute",
            "Begin: A ready zebra?",
        ],
        [
            "Numbers & <more>",
            "Two numbers, see the plan.",
            "2 numbers · about 1 minute · reviewed 20 November 2026",
            "Begin: Numbers & <more>",
        ],
    ]


def test_only_checklists_that_can_be_answered_somewhere_stand_there_in_the_order_of_the_navigation(
    tmp_path: Path,
) -> None:
    by_folder = entries(site(tmp_path).check().read("index.html"))
    nav = "nav: [index.md, guides/plan.md, first.md]\nnot_in_nav: guides/apart.md\n"
    by_nav = entries(site(tmp_path, {"mkdocs.yml": CONFIG + nav}).check().read("index.html"))
    without = "nav: [index.md]\nnot_in_nav: '*.md'\n"
    by_title = entries(site(tmp_path, {"mkdocs.yml": CONFIG + without}).check().read("index.html"))

    assert list(by_folder) == ["apart", "zebra", "numbers"]
    assert list(by_nav) == ["zebra", "numbers", "apart"]
    assert list(by_title) == ["zebra", "apart", "numbers"]


@pytest.mark.parametrize("has_folders", [True, False])
def test_links_lead_to_the_first_thing_to_answer(tmp_path: Path, has_folders: bool) -> None:
    found = entries(site(tmp_path, use_directory_urls=has_folders).check().read("index.html"))
    end = "/" if has_folders else ".html"

    assert {name: {a.get("href") for a in li.iter("a") if "plan" not in words(a)} for name, li in found.items()} == {
        "apart": {f"first{end}#apart--tests"},
        "zebra": {f"guides/plan{end}#zebra"},
        "numbers": {f"guides/plan{end}#numbers--hours"},
    }


def test_script_is_told_which_key_it_needs_and_what_is_all_on_one_page(tmp_path: Path) -> None:
    found = entries(site(tmp_path).check().read("index.html"))
    attributes = {name: {k: v for k, v in li.attrib.items() if k != "data-entry"} for name, li in found.items()}

    assert attributes["zebra"]["data-whole"] == ""
    assert "data-whole" not in attributes["apart"]  # in parts
    assert "data-whole" not in attributes["numbers"]  # without the result
    assert attributes["numbers"]["data-was"] == "sums costs"
    key = index_key(load(FILES["checklists/zebra.yml"])).replace("example", "zebra")
    assert attributes["zebra"]["data-version"] == version_of(key)


def test_keys_are_beside_the_other_files_where_there_is_an_index_only(tmp_path: Path) -> None:
    def keys() -> dict[str, Any]:
        return {path.stem: json.loads(path.read_text("utf-8")) for path in (tmp_path / "site").rglob("keys/*.json")}

    site(tmp_path, {"docs/index.md": "# Home\n\n`</checklist-index>`\n"}).check()
    assert keys() == {}
    site(tmp_path).check()
    assert set(keys()) == {"apart", "nowhere", "numbers", "result", "zebra"}
    assert keys()["zebra"]["bands"] == {"ready": "Ready", "not-yet": "Not yet"}


def test_only_pages_with_an_index_load_its_script_and_style(tmp_path: Path) -> None:
    built = site(tmp_path, {"docs/guides/index.md": "# All\n\n::: checklist-index\n"}).check()

    def files(path: str) -> list[str]:
        return re.findall(r"[^/\"]*(?:/[^/\"]+)*/([\w-]*index[\w-]*\.js|pages\.css|progress\.js)\"", built.read(path))

    assert files("guides/plan/index.html") == []
    at_once = modules_at_once(asset_files(load_messages(), []), PAGE_NEEDS["index"].entry)
    for path, up in (("index.html", ""), ("guides/index.html", "../")):
        html = built.read(path)
        head = parse(html).find("head")
        preloads = [link.get("href") for link in head.iter("link") if link.get("rel") == "modulepreload"]
        folder = next(iter(built.site_dir.glob("assets/checklists/*"))).relative_to(built.site_dir).as_posix()
        assert {f"{up}{folder}/{name}" for name in at_once[1:]} <= set(preloads)
        assert len(preloads) == len(set(preloads))
        assert f'</checklist-index><script type="module" async src="{up}{folder}/define-index.js"></script>' in html
        assert html.count("pages.css") == 1
        assert "rules/rules.js" not in html


def test_index_is_no_part_of_the_contents_and_its_dead_links_are_said(tmp_path: Path) -> None:
    text = NUMBERS.replace("/guides/plan.md", "/guides/nowhere.md")
    report = site(tmp_path, {"checklists/numbers.yml": text}).report

    assert report.count("there is no page '/guides/nowhere.md' [unknown-page]") == 1


def test_without_a_site_there_is_a_list_without_links(tmp_path: Path) -> None:
    folder = write_tree(tmp_path, {"checklists/b.yml": PLAIN, "checklists/a.yml": PLAIN.replace("Ready?", "Zoo?", 1)})
    md = Markdown(
        extensions=["mkdocs_checklists"], extension_configs={"mkdocs_checklists": {"path": folder / "checklists"}}
    )
    html = md.convert("::: checklist-index\n")

    assert [words(li.find("p")) for li in entries(html).values()] == ["Ready?", "Zoo?"]
    assert "<a" not in html


def test_colon_before_the_title_of_a_checklist_is_that_of_the_language(tmp_path: Path) -> None:
    config = CONFIG.replace("[checklists]", '[checklists: {messages: {colon: " ~ "}}]')
    build = site(tmp_path, {"mkdocs.yml": config})

    assert '<span>Begin</span><span data-of=""> ~ A ready zebra?</span>' in build.check().read("index.html")
