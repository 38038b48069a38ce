"""How far text moves while a page comes, and pages whose faces come late."""

from typing import Any

from playwright.sync_api import Page, Route

from tests.browser.widget import wait_until

PHONE: Any = {"width": 412, "height": 823}
MOST = 0.01
"""How much layout shift a page may have. Browsers call up to 0.1 good."""

# Kept from the start: the browser itself forgets shifts beyond the first 150.
OBSERVE = """
window.shifts = [];
window.shiftsObserver = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
shiftsObserver.observe({ type: "layout-shift", buffered: true });
"""
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
# Material sets the addresses of all style sheets again, which makes them full ones.
_AT_REST = """() => [...document.querySelectorAll("link[rel=stylesheet]")].every((link) =>
        link.getAttribute("href").startsWith("http") && (link.sheet || link.media === "print")) &&
    document.fonts.status === "loaded" && siteFaces.every((face) => face.status === "loaded")"""
_SHIFT = """async () => {
    for (let n = 0; n < 2; n += 1) await new Promise(requestAnimationFrame);
    shifts.push(...shiftsObserver.takeRecords());
    return shifts.reduce((sum, shift) => sum + shift.value, 0);
}"""


class Gate:
    """Holds requests until it is opened."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._held: list[Route] | None = []
        page.route(pattern, self._meet)

    def _meet(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)

    def open(self) -> None:
        held, self._held = self._held or [], None
        for route in held:
            route.continue_()


def open_late(page: Page, url: str) -> None:
    """Open a page whose faces come when it has been painted without them."""
    gate = Gate(page, "**/*.woff2")
    page.goto(url, wait_until="commit")
    wait_until(page, _PAINTED)
    gate.open()
    page.wait_for_load_state("load")
    come_to_rest(page)


def come_to_rest(page: Page) -> None:
    """Wait until all faces are there, and all style sheets for the second time."""
    wait_until(page, _AT_REST)


def shift(page: Page) -> float:
    """The sum of all layout shifts so far, whatever set them off. The page needs `OBSERVE` as an init script."""
    moved: float = page.evaluate(_SHIFT)
    return moved
