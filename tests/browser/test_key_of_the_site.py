"""Under which path answers are kept: the same one in every release, wherever its modules lie."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from mkdocs_checklists.cli import main
from tests.browser.widget import NAMED, TREE, YES, a_run, an_entry, open_widget, store, stored, wait_until_stored
from tests.helpers import SiteFactory, serve, write_tree

# As the release 0.1.0 has written it: readers have answers under it. It is never to change.
KEY = "/assets/checklists/"


def test_answers_are_kept_under_the_path_that_the_first_release_wrote(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    path = "/" + url.split("/", 3)[3] + KEY[1:]
    open_widget(page, url + "whole/").answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    assert [slot for slot, _ in stored(page)] == [[path, "task", "default"]]


def test_answers_of_the_first_release_are_read(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    path = "/" + url.split("/", 3)[3] + KEY[1:]
    page.goto(url)
    store(page, ([path, "task", "default"], a_run({"named": an_entry("yes")})))
    open_widget(page, url + "whole/").expect_answered(1)


@pytest.mark.parametrize(
    ("directory", "key"),
    [("assets/checklists", "/assets/checklists/"), ("js", "/js/"), ("js/0123456789ab", "/js/")],
)
@pytest.mark.parametrize("has_key", [True, False], ids=["the build's key", "a cached file without it"])
@pytest.mark.sources
def test_files_written_by_the_command_keep_the_key_of_their_folder(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory: str, key: str, has_key: bool
) -> None:
    monkeypatch.chdir(
        write_tree(tmp_path, {path: text for path, text in TREE.items() if path.startswith("checklists/")})
    )
    done = CliRunner().invoke(main, ["assets", f"out/{directory}"])
    assert done.exit_code == 0, done.output
    words = tmp_path / "out" / directory / "messages.js"
    if not has_key:
        lines = words.read_text("utf-8").split("export const ")
        kept = [line for line in lines if not line.startswith("site")]
        assert len(kept) == len(lines) - 1
        words.write_text("export const ".join(kept), "utf-8")
    with serve(tmp_path / "out") as url:
        page.goto(url + directory + "/messages.js")
        storage = next((tmp_path / "out" / directory).rglob("storage.js")).relative_to(tmp_path / "out").as_posix()
        found = page.evaluate("async (path) => (await import(path)).SITE", url + storage)
    assert found == "/" + url.split("/", 3)[3] + key[1:]
