"""A reader's browser that is driven by WebDriver: what Firefox and WebKitGTK have in common."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from selenium.common.exceptions import (
    ElementClickInterceptedException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

from tests.engines.face import SECONDS, Face

_T = TypeVar("_T")

# Not the command for async scripts: Firefox would listen for `unload` then, and keep no page that was ever listened to so.
_CALL = """return Promise.resolve().then(() => (%s)(...arguments))
    .then((value) => [value], (error) => String(error) + "\\n" + error?.stack)"""
_SCROLL = "(arguments[0].closest('select') ?? arguments[0]).scrollIntoView({ block: 'center', behavior: 'instant' })"
# Whether it is at rest, with nothing over it: a click goes to a place on the screen, whatever is there by then.
_IS_STEADY = """
const element = arguments[0].closest("select") ?? arguments[0];
const place = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].join(); };
const before = place();
return new Promise((resolve) => setTimeout(() => {
    const [x, y, width, height] = place().split(",").map(Number);
    resolve(element.isConnected && place() === before &&
        element.contains(document.elementFromPoint(x + width / 2, y + height / 2)));
}, 20));
"""
_LISTEN_FOR_HIT = """
const [element] = arguments;
element.isHit = false;
element.addEventListener("click", () => { element.isHit = true; }, { capture: true, once: true });
"""


class ScriptError(Exception):
    """A function that a test ran in the page has failed."""


class DrivenFace(Face):
    """One window of a driven browser, with its tabs."""

    def __init__(self, driver: WebDriver, *, scripts: bool) -> None:
        self.driver = driver
        self._scripts = scripts
        self._tabs = [driver.current_window_handle]
        driver.set_page_load_timeout(SECONDS)
        driver.set_script_timeout(SECONDS)

    def open(self, url: str) -> None:
        self.driver.get(url)

    def begin(self, url: str) -> None:
        self.driver.execute_script("location.href = arguments[0]", url)

    def reload(self) -> None:
        self.driver.refresh()

    def back(self) -> None:
        self.driver.back()

    def url(self) -> str:
        return self.driver.current_url

    def new_tab(self) -> int:
        self.driver.switch_to.new_window("tab")
        self._tabs.append(self.driver.current_window_handle)
        return len(self._tabs) - 1

    def switch(self, tab: int) -> None:
        self.driver.switch_to.window(self._tabs[tab])

    def close_tab(self) -> None:
        self.driver.close()

    def _find(self, find: str, values: tuple[Any, ...]) -> WebElement:
        until = time.monotonic() + SECONDS
        while True:
            element = self.driver.execute_script(f"return ({find})(...arguments)", *values)
            assert isinstance(element, WebElement), f"Not there: {find} {values}"
            self.driver.execute_script(_SCROLL, element)
            # Without scripts no promise is kept, and nothing moves.
            if not self._scripts or self.driver.execute_script(_IS_STEADY, element) or time.monotonic() > until:
                return element

    def click(self, find: str, *values: Any) -> None:
        # A click goes to a place on the screen. Where the page has moved in the meantime it hits something else, or nothing.
        until = time.monotonic() + SECONDS
        while True:
            element = self._find(find, values)
            if self._is_hit_by_a_click(element) or time.monotonic() > until:
                return

    def _is_hit_by_a_click(self, element: WebElement) -> bool:
        try:
            # Without scripts nothing is heard, and nothing moves.
            if self._scripts:
                self.driver.execute_script(_LISTEN_FOR_HIT, element)
            self.press_on(element)
            return not self._scripts or bool(self.driver.execute_script("return arguments[0].isHit", element))
        except ElementClickInterceptedException:
            return False
        except (StaleElementReferenceException, NoSuchElementException):
            return True  # The click has led to another page, or has taken the element away.

    def press_on(self, element: WebElement) -> None:
        element.click()

    def type(self, text: str, find: str, *values: Any) -> None:
        self.click(find, *values)
        field = self._find(find, values)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text or Keys.DELETE)

    def pick(self, find: str, *values: Any) -> None:
        self._find(find, values).click()

    def press(self, key: str) -> None:
        name = "".join(f"_{char}" if char.isupper() else char for char in key).lstrip("_").upper()
        ActionChains(self.driver).send_keys(getattr(Keys, name, key)).perform()

    def evaluate(self, function: str, *values: Any) -> Any:
        if not self._scripts:
            return self.driver.execute_script(f"return ({function})(...arguments)", *values)
        result = self.driver.execute_script(_CALL % function, *values)
        if not isinstance(result, list):
            raise ScriptError(result or "The page went while it ran")
        return result[0]

    def print_to_pdf(self, url: str, pdf: Path, *, prepare: str = "") -> None:
        raise NotImplementedError

    def take_errors(self) -> list[str]:
        raise NotImplementedError

    def end(self) -> None:
        raise NotImplementedError


def all_of(*steps: Callable[[], object]) -> None:
    """Take every step, whatever becomes of those before it; the first that failed is reported."""
    failed: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]
