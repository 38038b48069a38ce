"""A page with a checklist names its modules in its head, so that a slow network is waited for once and not for each level."""

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.widget import (
    DATE,
    NAMED,
    NO,
    SIGN,
    TREE,
    YES,
    Widget,
    open_widget,
    wait_for_widget,
    wait_until,
)
from tests.helpers import SiteFactory

ON_DEMAND = "score-panel.js"


def watch(page: Page) -> list[str]:
    """The names of the widget's modules, as they are requested from now on."""
    requested: list[str] = []

    def note(request: Request) -> None:
        if "/assets/checklists/" in request.url and request.url.endswith(".js"):
            requested.append(request.url.rpartition("/")[2])

    page.on("request", note)
    return requested


def linked(page: Page) -> list[str]:
    addresses: list[str] = (
        page.locator("head")
        .locator("link[rel=modulepreload], script[async]")
        .evaluate_all("(all) => all.map((one) => one.href ?? one.src)")
    )
    return [address.rpartition("/")[2] for address in addresses]


def test_every_module_is_requested_once_and_before_the_first_has_come(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url
    page.goto(url + "whole/")
    names = linked(page)
    held: list[Route] = []
    others: list[str] = []

    def hold(route: Route) -> None:
        held.append(route)
        release()

    def note(request: Request) -> None:
        others.append(request.url.rpartition("/")[2])
        release()

    def release() -> None:
        # The first module comes only once all that it imports has been asked for: without the links, never.
        if held and set(names) <= set(others):
            held.pop().continue_()

    page.goto("about:blank")
    page.context.on("request", note)
    page.route("**/define.js", hold)
    requested = watch(page)
    widget = open_widget(page, url + "whole/?again")
    assert sorted(requested) == sorted(names)
    assert ON_DEMAND not in names
    widget.answer({NAMED: NO})
    widget.expect_no_verdict()
    assert sorted(requested) == sorted([*names, *set(requested) - set(names)])
    assert ON_DEMAND in requested


@pytest.mark.parametrize(("path", "count"), [("", 0), ("whole/", 1), ("parts/", 1), ("two/", 1), ("result/", 1)])
def test_only_pages_with_a_checklist_name_the_modules(
    page: Page, site_factory: SiteFactory, path: str, count: int
) -> None:
    page.goto(site_factory(TREE).url + path)
    names = linked(page)
    assert names.count("define.js") == count
    assert len(names) == len(set(names))
    assert bool(names) == bool(count)


def test_no_module_is_loaded_again_on_pages_that_are_swapped_in(page: Page, site_factory: SiteFactory) -> None:
    requested = watch(page)
    page.goto(site_factory(TREE).url)
    page.evaluate("window.stillHere = true")
    for name, heading in (("Whole", "Ready to hand this task over?"), ("Test site", "Home"), ("Two", "Two")):
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    wait_for_widget(Widget(page))
    assert page.evaluate("stillHere")
    assert len(linked(page)) == len(set(linked(page))) > 0
    assert sorted(requested) == sorted(set(requested))


def test_checklist_that_is_still_being_read_waits_for_its_end(page: Page, site_factory: SiteFactory) -> None:
    url = site_factory(TREE).url + "parts/"
    page.goto(url)
    # The browser's parser is fed by hand: up to the middle of the first part, and the rest once the script is at work.
    page.evaluate(
        """async (url) => {
            window.html = await (await fetch(url)).text();
            window.middle = html.indexOf("</fieldset>") + "</fieldset>".length;
            window.frame = document.createElement("iframe");
            document.body.append(frame);
            frame.contentDocument.open();
            frame.contentDocument.write(html.slice(0, middle));
        }""",
        url,
    )
    wait_until(page, "() => Boolean(frame.contentWindow.customElements.get('scored-checklist'))")
    state = "[frame.contentDocument.readyState, frame.contentDocument.querySelectorAll('[data-bar], form[autocomplete]').length]"
    assert page.evaluate(state) == ["loading", 0]

    page.evaluate("frame.contentDocument.write(html.slice(middle)); frame.contentDocument.close();")

    widget = Widget(page.frame_locator("iframe").locator("body"))
    widget.expect_answered(0)
    widget.answer({SIGN: NO, DATE: YES})
    widget.expect_answered(2)
    expect(widget.bar.first.get_by_role("link")).to_have_attribute("href", "#task--score")
