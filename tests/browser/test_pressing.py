"""A press acts on what was there when it was made, though the module that leads on from it comes late, or never."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_remembering import hold_back
from tests.browser.widget import (
    NAMED,
    NO,
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
from tests.browser_log import BrowserLog
from tests.helpers import SiteFactory

TWO = {NAMED: NO, SIGN: NO}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    widget = open_widget(page, url + "whole/")
    widget.answer(TWO)
    wait_until_stored(page, {"named": "no", "sign": "no"})
    return widget


def test_answer_given_after_clearing_stays(page: Page, widget: Widget) -> None:
    let_it_come = hold_back(page, "actions.js")
    widget.clear(NAMED)
    widget.expect_answers({SIGN: NO})
    widget.answer({NAMED: YES})
    let_it_come()
    # Another press shows that the module has come.
    widget.clear(SIGN)
    expect(widget.option(SIGN, YES)).to_be_focused()
    widget.expect_answers({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})


def test_answer_given_after_a_reset_stays_and_undo_brings_back_what_the_reset_took(page: Page, widget: Widget) -> None:
    let_it_come = hold_back(page, "actions.js")
    widget.button("reset").click()
    widget.answer({SUPPLIES: NO})
    let_it_come()
    widget.expect_answers({SUPPLIES: NO})
    wait_until_stored(page, {"supplies": "no"})
    widget.notice.get_by_role("button", name=say("undo")).click()
    widget.expect_answers({**TWO, SUPPLIES: NO})


def test_undo_brings_back_an_older_answer_than_one_that_is_still_being_stored(page: Page, widget: Widget) -> None:
    widget.button("reset").click()
    wait_until_stored(page, {})
    # In one task: storage has no time in between.
    page.evaluate("""() => {
        const answer = document.querySelector("input[name=named][value=yes]");
        answer.click();
        answer.closest("fieldset").querySelector("[data-do=clear]").click();
        document.querySelector("[data-notice] [data-do=undo]").click();
    }""")
    widget.expect_answers(TWO)
    wait_until_stored(page, {"named": "no", "sign": "no"})
    widget.answer({SUPPLIES: NO})
    widget.expect_answers({**TWO, SUPPLIES: NO})


def test_late_module_leaves_the_focus_where_the_reader_has_gone_on(page: Page, widget: Widget) -> None:
    let_it_come = hold_back(page, "actions.js")
    widget.clear(NAMED)
    widget.option(SUPPLIES, YES).focus()
    with page.expect_response("**/answering/actions.js"):
        let_it_come()
    widget.clear(SIGN)
    expect(widget.option(SIGN, YES)).to_be_focused()
    widget.option(SUPPLIES, YES).focus()
    expect(widget.option(SUPPLIES, YES)).to_be_focused()
    widget.expect_answers({})


def test_without_its_module_every_press_counts_and_the_page_says_what_to_do(
    page: Page, widget: Widget, browser_log: BrowserLog
) -> None:
    page.route("**/answering/actions.js", lambda route: route.fulfill(status=404))
    widget.clear(NAMED)
    widget.expect_answers({SIGN: NO})
    expect(widget.notice).to_contain_text(say("notice_incomplete"))
    expect(widget.notice).to_contain_text(say("notice"))
    expect(widget.live).to_contain_text(say("notice_incomplete"))
    widget.button("reset").click()
    widget.expect_answers({})
    # Both offers are there: what is wrong with the page, and the way back.
    expect(widget.notice.get_by_role("button")).to_have_text([say("reload"), say("undo")])
    widget.notice.get_by_role("button", name=say("undo")).click()
    widget.expect_answers({SIGN: NO})
    wait_until_stored(page, {"sign": "no"})
    page.unroute("**/answering/actions.js")
    widget.notice.get_by_role("button", name=say("reload")).click()
    expect(widget.notice).to_have_text(say("notice_today"))
    wait_for_widget(widget)
    widget.expect_answers({SIGN: NO})
    assert all("404" in problem for problem in browser_log.take())
