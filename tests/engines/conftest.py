"""Fixtures for tests in all engines: each engine is started once in a worker, when a test first asks for it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser_binary import ENGINES, chromium_arguments, find_chromium, find_engine
from tests.engines.face import Engine, Face, Visit
from tests.engines.firefox import Firefox
from tests.engines.played import Played
from tests.engines.webkit import WebKit


@pytest.fixture(scope="session")
def start_engine(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """Start an engine by name, or return the one that was started before. All are ended with the worker."""
    engines: dict[str, Engine] = {}

    def start(name: str) -> Engine:
        if name not in engines:
            engines[name] = _start(name, playwright, tmp_path_factory)
            stack.callback(engines[name].stop)
        return engines[name]

    with ExitStack() as stack:
        yield start


def _start(name: str, playwright: Playwright, folders: pytest.TempPathFactory) -> Engine:
    if name == "chromium":
        # One of its own: pytest closes the one of the other tests when it comes to them after these.
        own = Path(playwright.chromium.executable_path)
        chromium = find_chromium(lambda: own if own.exists() else None)
        if chromium is None:
            pytest.fail("No Chromium found: run `make test`, which installs one or says what to do", pytrace=False)
        launched = playwright.chromium.launch(executable_path=str(chromium), args=chromium_arguments())
        return Played(name, launched, owned=True)
    found = find_engine(name, lambda: getattr(playwright, name).executable_path)
    if found.missing:
        (pytest.fail if found.is_required else pytest.skip)(found.missing)
    if found.is_playwrights:
        # The tests that are about a page that was kept say so; no other is to depend on it.
        options = {"firefox_user_prefs": {"browser.sessionhistory.max_total_viewers": 0}} if name == "firefox" else {}
        return Played(name, getattr(playwright, name).launch(**options), owned=True)
    if name == "firefox":
        return Firefox(found.browser, folders.mktemp(name))
    return WebKit(found.driver, found.browser, folders.mktemp(name))


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, start_engine: Callable[[str], Engine]) -> Engine:
    """Every engine in turn. A test of some of them only: `@pytest.mark.parametrize("engine", ["firefox"], indirect=True)`."""
    return start_engine(request.param)


@pytest.fixture
def visit(request: pytest.FixtureRequest, engine: Engine) -> Iterator[Callable[..., Face]]:
    """Make one more reader's browser: `visit(private=True)`. Errors in its pages fail the test."""
    faces: list[Face] = []
    with ExitStack() as stack:

        def make(**settings: Any) -> Face:
            face = engine.visit(Visit(**settings))
            stack.callback(face.end)
            faces.append(face)
            return face

        yield make
        problems = [problem for face in faces for problem in face.take_errors()]
    if problems and not request.node.get_closest_marker("page_errors"):
        pytest.fail("\n".join(["Something went wrong in the page:", *problems]), pytrace=False)


@pytest.fixture
def face(visit: Callable[..., Face]) -> Face:
    """A reader's browser, as it comes."""
    return visit()
