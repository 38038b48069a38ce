"""The questions alone, one on each screen: opened by a link, answered by keyboard, left without a loss."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_accessibility import violations
from tests.browser.trip import TREE as TRIP_TREE
from tests.browser.widget import (
    DATE,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    SUPPLIES,
    TREE,
    YES,
    Widget,
    open_widget,
    say,
    wait_for_widget,
    wait_until_stored,
)
from tests.helpers import SiteFactory

NewContext = Callable[..., BrowserContext]


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name=say("steps"))


def open_steps(page: Page, address: str, checklist: str = "task") -> tuple[Widget, Locator]:
    widget = open_widget(page, address, checklist)
    widget.parts.get_by_role("link", name=say("steps-link")).press("Enter")
    expect(dialog_of(page)).to_be_visible()
    return widget, dialog_of(page)


def test_questions_come_one_at_a_time_and_end_at_the_result(page: Page, url: str) -> None:
    widget, dialog = open_steps(page, url + "whole/")
    for number, question in enumerate((NAMED, SIGN, SUPPLIES, DATE), 1):
        expect(dialog.get_by_text(say("step", number=number, total=4), exact=True)).to_be_visible()
        expect(dialog.get_by_role("group")).to_have_count(1)
        widget.option(question, YES).check()
        dialog.get_by_role("button", name=say("result_link" if number == 4 else "step_next")).click()
    expect(dialog).to_have_count(0)
    widget.expect_verdict("Ready to go")
    expect(widget.panel.get_by_role("heading", name=say("result"))).to_be_focused()
    # The questions are where they were, in their order.
    expect(widget.parts.locator("fieldset h3")).to_have_text([NAMED, SIGN, SUPPLIES, DATE])


def test_it_is_answered_by_keyboard_alone_and_goes_back(page: Page, url: str) -> None:
    widget, dialog = open_steps(page, url + "whole/")
    expect(widget.option(NAMED, YES)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(widget.option(NAMED, PARTLY)).to_be_checked()
    expect(dialog.get_by_text("Write the sentence down.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(widget.option(SIGN, YES)).to_be_focused()
    dialog.get_by_role("button", name=say("step_back")).press("Enter")
    expect(widget.option(NAMED, PARTLY)).to_be_focused()


def test_escape_leads_back_to_the_question_and_the_link_can_be_followed_again(page: Page, url: str) -> None:
    widget, dialog = open_steps(page, url + "whole/")
    widget.option(NAMED, YES).check()
    page.keyboard.press("Enter")
    expect(widget.option(SIGN, YES)).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(widget.question(SIGN)).to_be_in_viewport()
    widget.expect_answers({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    # It begins at the first question that is open.
    widget.parts.get_by_role("link", name=say("steps-link")).press("Enter")
    expect(widget.option(SIGN, YES)).to_be_focused()


def test_link_in_the_text_opens_it_every_time_and_the_focus_stays_in_it(page: Page, site_factory: SiteFactory) -> None:
    # Instant navigation of Material takes the focus away when it leads to a place on the page, and goes back at a second click.
    text = "# Home\n\n[Straight to the questions](#task--score--steps)\n\n::: checklist task\n"
    url = site_factory({"checklists/task.yml": TREE["checklists/task.yml"], "docs/index.md": text}).url
    widget = open_widget(page, url)
    before = page.evaluate("history.length")
    page.evaluate("""() => {
        window.heard = 0;
        document.body.addEventListener("click", () => { heard += 1; });
    }""")
    link = page.get_by_role("link", name="Straight to the questions")
    for _ in range(3):
        link.click()
        expect(dialog_of(page)).to_be_visible()
        expect(widget.option(NAMED, YES)).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog_of(page)).to_have_count(0)
    # A theme that listens there, as Material does, never follows the link and takes the focus away, however late.
    assert page.evaluate("heard") == 0
    # Nothing to go back through, and the page is the same.
    assert page.evaluate("history.length") == before
    expect(page).to_have_url(url)
    link.press("Enter")
    expect(widget.option(NAMED, YES)).to_be_focused()


def test_links_to_other_hosts_and_clicks_at_the_document_are_left_alone(page: Page, widget_site: SiteFactory) -> None:
    open_widget(page, widget_site(TREE).url + "whole/")
    followed = page.evaluate("""() => {
        document.dispatchEvent(new Event("click"));
        const link = document.createElement("a");
        link.href = `https://other.example${location.pathname}#task--score--steps`;
        document.body.append(link);
        let isLeft = false;
        document.body.addEventListener("click", (event) => {
            isLeft = !event.defaultPrevented;
            event.preventDefault();
        });
        link.click();
        return isLeft;
    }""")
    assert followed
    expect(dialog_of(page)).to_have_count(0)


def test_link_from_another_page_opens_it(page: Page, url: str) -> None:
    page.goto(url + "whole/#task--score--steps")
    expect(dialog_of(page)).to_be_visible()
    expect(Widget(page).option(NAMED, YES)).to_be_focused()


def test_parts_of_one_page_are_one_way_through(page: Page, url: str) -> None:
    page.goto(url + "parts/#task--score--steps")
    widget, dialog = Widget(page), dialog_of(page)
    # What is answered in the page before the dialog is there is passed over in it.
    expect(widget.option(NAMED, YES)).to_be_focused()
    for question in (NAMED, SIGN, SUPPLIES):
        widget.option(question, NO).check()
        dialog.get_by_role("button", name=say("step_next")).click()
    expect(dialog.get_by_text(say("step", number=4, total=4), exact=True)).to_be_visible()
    expect(widget.option(DATE, YES)).to_be_focused()
    dialog.get_by_role("button", name=say("step_leave")).click()
    widget.expect_answers({NAMED: NO, SIGN: NO, SUPPLIES: NO})


def test_question_that_a_condition_hides_is_passed_over(page: Page, site_factory: SiteFactory) -> None:
    page.goto(site_factory(TRIP_TREE).url + "trip/#trip--score--steps")
    dialog = dialog_of(page)
    expect(dialog.get_by_text(re.compile("^1 of 3$"))).to_be_visible()


def test_page_that_is_left_meanwhile_loses_nothing(page: Page, url: str) -> None:
    widget, _ = open_steps(page, url + "whole/")
    widget.option(NAMED, NO).check()
    page.evaluate("""() => {
        window.element = document.querySelector("scored-checklist");
        element.remove();
    }""")
    assert page.evaluate("element.querySelectorAll('fieldset').length") == 4
    assert page.evaluate("element.querySelectorAll('dialog').length") == 0
    page.evaluate("document.querySelector('article').append(element)")
    widget.expect_answers({NAMED: NO})


def test_without_a_script_the_link_leads_to_the_first_question(new_context: NewContext, url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url + "whole/")
    page.get_by_role("link", name=say("steps-link")).first.click()
    expect(page.get_by_role("group", name=NAMED)).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_it_fits_and_has_no_violation(width: int, scheme: str, page: Page, url: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    _, dialog = open_steps(page, url + "whole/")
    wait_for_widget(Widget(page))
    assert violations(page, include="dialog") == []
    assert dialog.evaluate("(dialog) => dialog.scrollWidth <= dialog.clientWidth")
    expect(dialog.get_by_role("button", name=say("step_next"))).to_be_in_viewport()
