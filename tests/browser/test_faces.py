"""Text stands still while faces come, and has the right face as soon as that moves nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.standing import MOST, OBSERVE, PHONE, Gate, come_to_rest, open_late, shift
from tests.browser.widget import wait_until
from tests.helpers import Site

PAGES = ["", "about/", "guides/task-brief/", "guides/real-cost-of-outsourcing/"]


def faces_of(page: Page, selector: str) -> list[str]:
    """The fonts with which the browser draws what is directly in the first such element."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts: list[dict[str, Any]] = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    return sorted(font["familyName"] if font["isCustomFont"] else "stand-in" for font in fonts)


def expect_faces(page: Page, *, own: bool) -> None:
    assert faces_of(page, "article p") == (["Literata"] if own else ["stand-in"])
    assert faces_of(page, "article em, article i") == (["Literata"] if own else ["stand-in"])
    assert faces_of(page, "article .headerlink") == (["Public Sans Thin"] if own else ["stand-in"])


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    context = new_context(viewport=PHONE)
    context.add_init_script(OBSERVE)
    return context


@pytest.mark.parametrize("path", PAGES)
def test_text_stands_still_cold_and_warm(phone: BrowserContext, flagship: Site, path: str) -> None:
    cold = phone.new_page()
    open_late(cold, flagship.url + path)
    assert shift(cold) <= MOST
    warm = phone.new_page()
    warm.goto(flagship.url + path)
    come_to_rest(warm)
    assert shift(warm) <= MOST


def test_face_that_comes_late_is_used_from_the_page_that_is_swapped_in_next(
    phone: BrowserContext, flagship: Site
) -> None:
    page = phone.new_page()
    open_late(page, flagship.url + "guides/task-brief/")
    expect_faces(page, own=False)
    # Of the same depth, so that the rules in the head stay; then of another, so that they are replaced.
    for path in ("guides/real-cost-of-outsourcing/", "about/"):
        page.evaluate(
            """(url) => {
            window.stillHere = true;
            const link = Object.assign(document.createElement("a"), { href: url });
            document.querySelector("article").append(link);
            link.click();
        }""",
            flagship.url + path,
        )
        wait_until(page, "(url) => document.querySelector('link[rel=canonical]').href === url", flagship.url + path)
        assert page.evaluate("stillHere")
        expect_faces(page, own=True)
    assert shift(page) <= MOST


@pytest.mark.parametrize("is_warm", [True, False])
def test_faces_are_asked_for_before_the_first_text_only_if_they_are_in_the_cache(
    page: Page, flagship: Site, is_warm: bool
) -> None:
    if is_warm:
        page.add_init_script(
            "Object.defineProperty(PerformanceResourceTiming.prototype, 'transferSize', { get: () => 0 });"
        )
    # Nothing is laid out before this has come.
    gate = Gate(page, "**/assets/site/site.css")
    page.goto(flagship.url + "guides/task-brief/", wait_until="commit")
    wait_until(page, "() => window.siteFaces?.length === 4")
    if is_warm:
        wait_until(page, "() => siteFaces.every((face) => face.status === 'loaded')")
    else:
        assert page.evaluate("siteFaces.map((face) => face.status)") == ["unloaded"] * 4
        assert page.evaluate("[...document.fonts].filter((face) => face.status !== 'unloaded').length") == 0
    gate.open()
    page.wait_for_load_state("load")
    come_to_rest(page)
    if is_warm:
        expect_faces(page, own=True)


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_scripts_the_rules_of_the_page_ask_for_the_faces(page: Page, flagship: Site) -> None:
    with page.expect_request("**/fonts/literata.woff2"), page.expect_request("**/fonts/public-sans.woff2"):
        page.goto(flagship.url + "about/")


def test_faces_for_paper_are_loaded_when_a_page_is_printed(page: Page, flagship: Site) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url.rpartition("/")[2]))
    page.goto(flagship.url + "about/")
    come_to_rest(page)
    assert [name for name in requested if "paper" in name] == []
    with page.expect_request("**/fonts/literata-paper.woff2"):
        page.emulate_media(media="print")
