"""The engines that Playwright brings or drives: Chromium always, Firefox and WebKit where its own builds are installed."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ElementHandle, Page

from tests.browser_log import BrowserLog
from tests.engines.face import SECONDS, Face, Visit

_OPTIONS: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}
_NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { value: undefined })"


class Played:
    """An engine that runs already."""

    def __init__(self, name: str, browser: Browser, *, owned: bool) -> None:
        self.name = name
        self.version = f"{browser.browser_type.name} {browser.version}"
        self._browser = browser
        self._owned = owned

    def visit(self, visit: Visit) -> "PlayedFace":
        if visit.cache:
            pytest.skip("Playwright keeps no page for the Back button: run this with Debian's browsers")
        # Every context is private: what it keeps goes with it.
        context = self._browser.new_context(**_OPTIONS, java_script_enabled=visit.scripts)
        context.set_default_timeout(SECONDS * 1000)
        if not visit.storage:
            context.add_init_script(_NO_STORAGE)
        return PlayedFace(self.name, context)

    def stop(self) -> None:
        if self._owned:
            self._browser.close()


class PlayedFace(Face):
    """One reader's context."""

    def __init__(self, engine: str, context: BrowserContext) -> None:
        self.engine = engine
        self._context = context
        self._log = BrowserLog()
        self._log.watch(context)
        self._pages = [context.new_page()]
        self._front = 0

    @property
    def page(self) -> Page:
        return self._pages[self._front]

    def open(self, url: str) -> None:
        self.page.goto(url)

    def begin(self, url: str) -> None:
        self.page.goto(url, wait_until="commit")

    def reload(self) -> None:
        self.page.reload()

    def back(self) -> None:
        self.page.go_back()

    def url(self) -> str:
        return self.page.url

    def new_tab(self) -> int:
        self._pages.append(self._context.new_page())
        self._front = len(self._pages) - 1
        return self._front

    def switch(self, tab: int) -> None:
        self._front = tab
        self.page.bring_to_front()

    def close_tab(self) -> None:
        self.page.close()

    def _find(self, find: str, values: tuple[Any, ...]) -> ElementHandle:
        element = self.page.evaluate_handle(f"(values) => ({find})(...values)", list(values)).as_element()
        assert element is not None, f"Not there: {find} {values}"
        return element

    def click(self, find: str, *values: Any) -> None:
        self._find(find, values).click()

    def type(self, text: str, find: str, *values: Any) -> None:
        field = self._find(find, values)
        field.click()
        field.select_text()
        if text:
            self.page.keyboard.type(text)
        else:
            self.page.keyboard.press("Delete")

    def pick(self, find: str, *values: Any) -> None:
        option = self._find(find, values)
        options = option.evaluate_handle("(option) => option.closest('select')").as_element()
        assert options is not None
        options.select_option(element=option)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def evaluate(self, function: str, *values: Any) -> Any:
        return self.page.evaluate(f"(values) => ({function})(...values)", list(values))

    def print_to_pdf(self, url: str, pdf: Path, *, prepare: str = "") -> None:
        if self.engine != "chromium":
            pytest.skip("Playwright prints with Chromium alone: run this with Debian's browsers")
        self.open(url)
        if prepare:
            self.evaluate(f"async () => {{ {prepare} }}")
        self.page.pdf(path=pdf, format="A4", print_background=True)

    def take_errors(self) -> list[str]:
        return self._log.take()

    def end(self) -> None:
        self._context.close()
