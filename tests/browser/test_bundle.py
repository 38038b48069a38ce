"""The browser's modules as a wheel serves them, joined and shortened: small, and the same in every respect that is looked at here.

`--bundled` lets every test of a browser run with them; `make test-all` does that. The flagship, built once more for this, is slow.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mkdocs_checklists.page import browser_files
from mkdocs_checklists.page.browser_files import asset_files, modules_at_once
from mkdocs_checklists.words.messages import CATALOGUE_PARTS, load_messages
from tests.browser.test_sizes import entry_of, served_size, static_imports
from tests.browser.widget import ALL_BEST, NAMED, NO, TREE, open_widget, say, wait_until, wait_until_stored
from tests.bundle import bundle_modules
from tests.helpers import DEFAULT_CONFIG, REPOSITORY, Site, build_site, serve, strict_policy, write_tree
from tests.made_once import made_once

SCRIPTS_LIMIT = 11_500
"""Of the scripts before the first answer, as served and compressed."""


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = made_once(tmp_path_factory, "bundled", bundle_modules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser_files, "BUNDLED", folder)
        yield folder


@pytest.fixture(scope="module")
def site(bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = write_tree(tmp_path_factory.mktemp("site"), {"mkdocs.yml": DEFAULT_CONFIG, **TREE})
    headers: dict[str, str] = {}
    with serve(root / "site", page_headers=headers) as url:
        build_site(root, site_url=url).check()
        headers["Content-Security-Policy"] = strict_policy(root / "site")
        yield Site(url, root / "site", root)


@pytest.fixture(scope="module")
def flagship_pages(bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site_dir = tmp_path_factory.mktemp("flagship") / "site"
    with serve(site_dir) as url:
        build_site(REPOSITORY, site_dir, site_url=url).check()
        yield Site(url, site_dir, REPOSITORY)


def test_scripts_before_the_first_answer_are_small(site: Site) -> None:
    modules = static_imports(entry_of(site.url + "whole/"))
    sizes = {address.rpartition("/")[2]: served_size(address) for address in modules}
    assert set(sizes) == {"define.js", "base.js", "messages.js"}
    assert sum(sizes.values()) <= SCRIPTS_LIMIT, sizes


def test_modules_that_are_asked_for_by_path_are_there(bundled: Path) -> None:
    assets = Path(str(browser_files.SOURCES))
    sources = {path.relative_to(assets).as_posix() for path in assets.rglob("*.js")}
    found = {path.relative_to(bundled).as_posix() for path in bundled.rglob("*.js")}
    needs = browser_files.PAGE_NEEDS.values()
    assert {name for need in needs for name in (need.entry, *need.at_once) if name} <= found
    assert found - {"base/base.js"} < sources


def test_bundled_modules_are_served_as_they_are(bundled: Path) -> None:
    files = asset_files(load_messages(), [])
    made = {path.relative_to(bundled).as_posix(): path.read_bytes() for path in bundled.rglob("*.js")}
    assert {name: files[name] for name in made} == made
    assert {name for name in files if name.endswith(".js")} - set(made) == {
        part.module for part in CATALOGUE_PARTS if part.module
    }


def test_head_of_a_page_names_what_is_needed_at_once(bundled: Path) -> None:
    files = asset_files(load_messages(), [])
    equipment = "answering/equipment.js"
    assert modules_at_once(files, "define.js") == ["define.js", "base/base.js", "messages.js"]
    assert set(modules_at_once(files, "define.js", equipment)) > {equipment, "base/base.js", "rules/rules.js"}


def test_reader_answers_comes_back_resets_and_takes_it_back(page: Page, site: Site) -> None:
    widget = open_widget(page, site.url + "whole/")
    widget.answer(ALL_BEST)
    widget.expect_verdict("Ready to go")
    wait_until_stored(page, dict.fromkeys(("named", "sign", "supplies", "date"), "yes"))
    page.reload()
    widget.expect_answers(ALL_BEST)
    widget.answer({NAMED: NO})
    expect(widget.panel.get_by_text(say("to_do"))).to_be_visible()
    widget.press("reset")
    widget.expect_answers({})
    widget.press("undo")
    widget.expect_answers({**ALL_BEST, NAMED: NO})


@pytest.mark.slow
def test_calculator_gives_a_verdict_and_the_overview_knows_it(page: Page, flagship_pages: Site) -> None:
    page.goto(flagship_pages.url + "guides/real-cost-of-outsourcing/")
    example = page.locator("scored-checklist[data-checklist=real-cost]")
    example.get_by_role("button", name=say("example")).click()
    expect(example.locator("[data-verdicts] > [data-awarded]")).to_have_count(1)
    wait_until(page, "() => indexedDB.databases().then((all) => all.length)")
    page.goto(flagship_pages.url + "checklists/")
    expect(page.locator("[data-entry=real-cost] [data-progress]")).not_to_be_empty()


@pytest.mark.slow
def test_decision_gives_a_verdict_and_its_plan_has_the_task(page: Page, flagship_pages: Site) -> None:
    page.goto(flagship_pages.url + "guides/who-does-the-work/")
    element = page.locator("scored-checklist").first
    expect(element.locator("[data-runs] button").first).to_be_visible()
    questions = element.locator("fieldset:visible:not(:has(input:checked)):has(input[type=radio])")
    while questions.count():
        questions.first.get_by_role("radio").first.check()
    expect(element.locator("[data-verdict]").first).not_to_be_empty()
