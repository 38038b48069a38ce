"""A browser, the contenders' pages for it, and what a page says of itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.questions import write_questions
from bench.sites import CONTENDERS, FOLDER, Contender, build, write_site
from tests.browser_binary import chromium_arguments, find_chromium, use_node_of_the_environment
from tests.pages_server import serve

__all__ = ["SIZES", "Tab", "Work", "chromium", "chromium_version", "open_tab", "served_pages"]

SIZES = (20, 100, 500)


@contextmanager
def chromium() -> Iterator[Browser]:
    use_node_of_the_environment()
    path = find_chromium()
    if path is None:
        raise RuntimeError("No Chromium found: `python -m tests.ensure_browser` installs one, or says what to do")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium_arguments())
        yield browser
        browser.close()


def chromium_version() -> str:
    with chromium() as browser:
        return browser.version


@contextmanager
def served_pages(sizes: Sequence[int]) -> Iterator[Mapping[tuple[str, int], str]]:
    """Builds and serves the sites of all contenders: (its name, number of questions) -> address of the page."""
    forms = {size: write_questions(size) for size in sizes}
    with TemporaryDirectory() as folder, serve(Path(folder)) as base:
        pages = {}
        for number, contender in enumerate(CONTENDERS):
            root = write_site(Path(folder) / str(number), contender.files(forms.values()))
            built = build(root, f"{base}{number}/site/")
            for size, form in forms.items():
                pages[contender.name, size] = f"{base}{built.relative_to(folder).as_posix()}/{form.id}/"
        yield pages


@dataclass(frozen=True)
class Work:
    """What the main thread has done since the page was opened, in milliseconds."""

    all: float
    script: float
    style: float
    layout: float

    def since(self, earlier: "Work") -> "Work":
        return Work(
            self.all - earlier.all,
            self.script - earlier.script,
            self.style - earlier.style,
            self.layout - earlier.layout,
        )


@dataclass(frozen=True)
class Tab:
    """A page of one contender in a browser profile of its own, with the probe in it."""

    page: Page
    session: CDPSession

    def work(self) -> Work:
        found = {
            entry["name"]: 1000 * entry["value"] for entry in self.session.send("Performance.getMetrics")["metrics"]
        }
        return Work(
            all=found["TaskDuration"],
            script=found["ScriptDuration"],
            style=found["RecalcStyleDuration"],
            layout=found["LayoutDuration"],
        )

    def heap(self) -> float:
        """MB of JavaScript's memory that are in use once garbage is collected."""
        self.session.send("HeapProfiler.collectGarbage")
        return float(self.session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    def ask(self, expression: str, *arguments: object) -> Any:
        """What a method of the probe returns."""
        return self.page.evaluate(f"(given) => probe.{expression}(...given)", list(arguments))


@contextmanager
def open_tab(
    browser: Browser, contender: Contender, url: str, *, answering: bool = True, script: str = ""
) -> Iterator[Tab]:
    """Opens a page with nothing cached, and yields at the start of its navigation.

    The probe answers by itself; without it nothing is answered, and another script may stand in its place.
    """
    selectors = {name: getattr(contender, name) for name in ("question", "option", "count", "own")}
    probe = (FOLDER / "probe.js").read_text("utf-8").rstrip()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    if answering:
        context.add_init_script(f"{probe}({json.dumps(selectors)});")
    elif script:
        context.add_init_script(script)
    page = context.new_page()
    page.set_default_timeout(120_000)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.enable")
    page.goto(url, wait_until="commit")
    try:
        yield Tab(page, session)
    finally:
        context.close()
