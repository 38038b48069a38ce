"""Fixtures for all tests: the browser's settings, and sites that are built once and served as GitHub Pages would."""

import gc
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from mkdocs_checklists.page import browser_files
from tests.browser_binary import chromium_arguments, find_chromium, use_node_of_the_environment
from tests.browser_log import BrowserLog
from tests.browser_sharing import looking_at
from tests.bundle import bundle_modules
from tests.helpers import (
    DEFAULT_CONFIG,
    REPOSITORY,
    Site,
    SiteFactory,
    Tree,
    build_site,
    read_tree,
    serve,
    strict_policy,
    write_tree,
)

# A shared machine is at times slow; a test that must be fast measures that itself.
settings.register_profile("default", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
settings.load_profile("default")

use_node_of_the_environment()

SEARCH_INDEX = "search/search_index.json"

# A condition that holds is noticed at once however long it may take; on a busy machine the index of the search takes seconds.
expect.set_options(timeout=20_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bundled", action="store_true", help="serve the browser's modules as a wheel does, not the sources"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--bundled"):
        folder = tempfile.mkdtemp(prefix="bundled-")
        config.add_cleanup(lambda: shutil.rmtree(folder))
        browser_files.BUNDLED = bundle_modules(Path(folder))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--bundled"):
        of_sources = [item for item in items if item.get_closest_marker("sources")]
        config.hook.pytest_deselected(items=of_sources)
        items[:] = [item for item in items if item not in of_sources]


def pytest_collection_finish() -> None:
    """Thousands of tests have been collected and stay: the collector of garbage need not go through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_type: BrowserType, browser_name: str
) -> dict[str, Any]:
    if browser_name != "chromium":
        return browser_type_launch_args
    own = Path(browser_type.executable_path)
    chromium = find_chromium(lambda: own if own.exists() else None)
    if chromium is None:
        pytest.fail("No Chromium found: run `make test`, which installs one or says what to do", pytrace=False)
    return {"executable_path": str(chromium), "args": chromium_arguments(), **browser_type_launch_args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Settings of every context; a test changes one with `@pytest.mark.browser_context_args(locale="de-DE")`."""
    return {
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
        **browser_context_args,
    }


@pytest.fixture
def browser_log(request: pytest.FixtureRequest) -> Iterator[BrowserLog]:
    """Fails a test in whose pages anything went wrong. A test that provokes errors asserts on `browser_log.take()`."""
    log = BrowserLog()
    yield log
    problems = log.take()
    if problems and not request.node.get_closest_marker("page_errors"):
        pytest.fail("\n".join(["Something went wrong in the page:", *problems]), pytrace=False)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], browser_log: BrowserLog
) -> Iterator[Callable[..., BrowserContext]]:
    """Make one more context, such as another reader's browser; it is watched, and closed after the test."""

    def create(**options: Any) -> BrowserContext:
        context = new_context(**options)
        browser_log.watch(context)
        return context

    yield create
    # Before the contexts are closed, whichever fixture a test named first.
    browser_log.catch_up()


@pytest.fixture(scope="session")
def _kept_page(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    # A page for each context is the dearest part of a test that only looks.
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


@pytest.fixture
def reading_page(_kept_page: Page, browser_log: BrowserLog) -> Iterator[Page]:
    """A page for tests that only go to an address and look; all of them share it, so none may leave anything behind.

    Width and media may be set, and are set back. Routes, scripts for new documents and answers need a `page`.
    """
    with looking_at(_kept_page, browser_log):
        yield _kept_page
    _kept_page.goto("about:blank")


@pytest.fixture(scope="session")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this repository, built strictly and served below `/kb/`; its search finds nothing."""
    # Once for each worker: theme scripts compare ports, so the address built in must be the one that serves.
    site_dir = tmp_path_factory.mktemp("flagship") / "site"
    with serve(site_dir) as url:
        build_site(REPOSITORY, site_dir, site_url=url).check()
        empty_search_index(site_dir, site_dir.parent)
        yield Site(url, site_dir, REPOSITORY)


@pytest.fixture
def searchable_flagship(flagship: Site) -> Iterator[Site]:
    """The flagship site with its index for the search: a browser needs a quarter of the time of a page to prepare it."""
    index = flagship.site_dir / SEARCH_INDEX
    shutil.copyfile(flagship.site_dir.parent / index.name, index)
    yield flagship
    empty_search_index(flagship.site_dir, flagship.site_dir.parent)


def empty_search_index(site_dir: Path, keep: Path) -> None:
    """Have the search of a site find nothing. Its whole index is moved to a folder."""
    index = site_dir / SEARCH_INDEX
    text = index.read_text("utf-8")
    index.rename(keep / index.name)
    index.write_text(json.dumps(json.loads(text) | {"docs": []}), "utf-8")


@pytest.fixture(scope="session")
def site_factory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteFactory]:
    """Write, build and serve a small site: `site_factory(tree)`. Equal trees give the same site.

    A tree without `mkdocs.yml` gets one with Material, instant navigation and the plugin; `CONFIG_WITH_SEARCH` adds
    the search. The build is strict and any warning fails the test; where a build should fail, use `write_tree` and
    `build_site`. Pages come with the policy of the flagship site; a test that needs them without one is marked
    `browser_context_args(bypass_csp=True)`.
    """
    sites: dict[str, Site] = {}
    with ExitStack() as servers:

        def make(tree: Tree) -> Site:
            files = {"mkdocs.yml": DEFAULT_CONFIG} | dict(read_tree(tree) if isinstance(tree, str) else tree)
            key = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
            if key not in sites:
                root = write_tree(tmp_path_factory.mktemp("site"), files)
                headers: dict[str, str] = {}
                url = servers.enter_context(serve(root / "site", page_headers=headers))
                sites[key] = Site(url, build_site(root, site_url=url).check().site_dir, root)
                headers["Content-Security-Policy"] = strict_policy(root / "site")
            return sites[key]

        yield make
