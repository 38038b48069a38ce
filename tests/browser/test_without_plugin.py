"""A site of an engine without plugins, set up as the guide says: the Markdown extension, and what `checklists assets` writes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import markdown
import yaml
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from mkdocs_checklists.cli import main
from tests.helpers import REPOSITORY, serve, strict_policy, write_tree

PAY = """\
title: Is the pay fair?
inputs: [{id: pay, text: What they get an hour, example: 9}]
figures: [{id: gap, text: What is missing, formula: 20 - pay, main: true}]
verdicts:
  - {id: far-below, when: gap > 10, title: It is far too little}
  - {id: below, when: gap > 5, title: It is too little}
  - {id: nearly, when: gap > 0, title: It is nearly enough}
  - {id: enough, when: gap <= 0, title: It is enough}
"""


def set_up() -> dict[str, Any]:
    """The configuration that the guide gives for Zensical."""
    guide = (REPOSITORY / "content/authors.md").read_text("utf-8")
    section = guide[guide.index("**Zensical**") : guide.index("What you lose with Zensical")]
    found = re.search(r"```yaml title=\"mkdocs.yml\"\n(.*?)```", section, re.DOTALL)
    assert found is not None
    config: dict[str, Any] = yaml.safe_load(found[1])
    return config


@contextmanager
def served(root: Path, config: dict[str, Any]) -> Iterator[str]:
    """The address of a page with the calculator, put together as such an engine would."""
    site = write_tree(root, {"checklists/pay.yml": PAY}) / "docs"
    files = ["assets", str(site / "assets/checklists"), "--checklists", str(root / "checklists")]
    assert CliRunner().invoke(main, files).exit_code == 0
    (options,) = config["markdown_extensions"]
    options = {name: {**values, "path": str(root / values["path"])} for name, values in options.items()}
    text = markdown.markdown("# Pay\n\n::: checklist pay\n", extensions=list(options), extension_configs=options)
    styles = "".join(f'<link rel="stylesheet" href="{path}">' for path in config["extra_css"])
    scripts = "".join(
        f'<script type="{one["type"]}" src="{one["path"]}"></script>' for one in config["extra_javascript"]
    )
    head = f'<meta charset="utf-8"><title>Pay</title>{styles}'
    write_tree(
        site, {"pay.html": f'<!doctype html><html lang="en"><head>{head}</head><body>{text}{scripts}</body></html>'}
    )
    with serve(site, page_headers={"Content-Security-Policy": strict_policy(site)}) as url:
        yield f"{url}pay.html"


def expect_one_verdict(page: Page) -> None:
    page.get_by_label("What they get an hour").fill("9")
    expect(page.locator("[data-verdicts] dt:visible")).to_have_text(["It is far too little"])


def styles_of(page: Page) -> list[str]:
    names: list[str] = page.locator("link[rel=stylesheet]").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('href'))"
    )
    return names


def test_calculator_of_a_site_that_is_set_up_as_the_guide_says_shows_one_verdict(page: Page, tmp_path: Path) -> None:
    config = set_up()
    with served(tmp_path, config) as url:
        page.goto(url)
        expect_one_verdict(page)
        # All of them are listed: the script had to add nothing.
        assert styles_of(page) == config["extra_css"]


def test_script_adds_the_style_sheet_of_rules_where_a_site_does_not_list_it(page: Page, tmp_path: Path) -> None:
    config = set_up() | {"extra_css": ["assets/checklists/checklist.css"]}
    with served(tmp_path, config) as url:
        page.goto(url)
        expect_one_verdict(page)
        folder = url.removesuffix("pay.html")
        assert styles_of(page) == ["assets/checklists/checklist.css", f"{folder}assets/checklists/rules.css"]


def test_style_sheet_of_rules_is_served_under_its_earlier_name(page: Page, tmp_path: Path) -> None:
    config = set_up() | {"extra_css": ["assets/checklists/checklist.css", "assets/checklists/tools.css"]}
    with served(tmp_path, config) as url:
        # The script's own addition does not come, so that the listed one is what counts.
        page.route("**/rules.css", lambda route: route.fulfill(content_type="text/css", body=""))
        page.goto(url)
        expect_one_verdict(page)
