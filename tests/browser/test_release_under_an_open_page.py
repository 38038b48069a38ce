"""The site is published anew while a page of the release before is open: that release's modules are gone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.trip import TRIP, WALK_IT
from tests.browser.widget import (
    NAMED,
    NO,
    SIGN,
    TASK,
    YES,
    Widget,
    open_widget,
    say,
    wait_for_widget,
    wait_until_stored,
)
from tests.browser_log import BrowserLog
from tests.helpers import DEFAULT_CONFIG, build_site, serve, write_tree

TREE = {
    "mkdocs.yml": DEFAULT_CONFIG,
    "checklists/task.yml": TASK,
    "checklists/trip.yml": TRIP,
    "docs/index.md": "# Home\n\n[Trip](trip.md) [Task](task.md)\n",
    "docs/task.md": "::: checklist task level=1\n",
    "docs/trip.md": "::: checklist trip level=1\n",
}


class Published:
    """A site that can be published anew at its address, as a static host does it: nothing of the release before is left."""

    def __init__(self, root: Path, url: str) -> None:
        self.root, self.url = root, url
        self.publish(TASK)

    @property
    def folder(self) -> str:
        """Where this release's modules are."""
        (folder,) = (self.root / "site/assets/checklists").iterdir()
        return folder.name

    def publish(self, task: str) -> None:
        write_tree(self.root, {"checklists/task.yml": task})
        rmtree(self.root / "site", ignore_errors=True)
        build_site(self.root, site_url=self.url).check()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Published]:
    with _serving(tmp_path) as published:
        yield published


@contextmanager
def _serving(root: Path) -> Iterator[Published]:
    write_tree(root, TREE)
    with serve(root / "site") as url:
        yield Published(root, url)


def publish_anew(site: Published) -> None:
    before = site.folder
    # Other points make another style sheet, so that the folder has another name.
    site.publish(TASK.replace("points: 2", "points: 4"))
    assert site.folder != before


def expect_the_way_out(page: Page, widget: Widget) -> None:
    expect(widget.notice).to_contain_text(say("notice_incomplete"))
    widget.notice.get_by_role("button", name=say("reload")).click()
    expect(widget.notice).not_to_contain_text(say("notice_incomplete"))
    wait_for_widget(widget)


def test_decision_reached_from_an_older_page_says_how_to_have_it_scored(
    page: Page, site: Published, browser_log: BrowserLog
) -> None:
    page.goto(site.url)
    expect(page.get_by_role("link", name="Trip").first).to_be_visible()
    page.evaluate("window.stillHere = true")
    publish_anew(site)
    page.get_by_role("link", name="Trip").first.click()
    widget = Widget(page, "trip")
    expect(widget.notice).to_contain_text(say("notice_incomplete"))
    assert page.evaluate("window.stillHere")
    widget.answer(WALK_IT)
    expect_the_way_out(page, widget)
    widget.expect_answers(WALK_IT)
    expect(widget.panel).to_contain_text(say("verdict", band="Walk"))
    assert all("404" in problem for problem in browser_log.take())


def test_checklist_of_an_older_page_keeps_answers_and_says_what_is_missing(
    page: Page, site: Published, browser_log: BrowserLog
) -> None:
    widget = open_widget(page, site.url + "task/")
    publish_anew(site)
    widget.answer({NAMED: NO, SIGN: YES})
    wait_until_stored(page, {"named": "no", "sign": "yes"})
    expect(widget.panel).to_contain_text(say("result_missing"))
    widget.clear(SIGN)
    widget.expect_answers({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    expect_the_way_out(page, widget)
    widget.expect_answers({NAMED: NO})
    expect(widget.notice).to_have_text(say("notice_today"))
    assert all("404" in problem for problem in browser_log.take())
