"""A question of which several options can be chosen: by mouse and keyboard, kept, brought back, and without a script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_remembering import hold_back
from tests.browser.test_without_javascript import heard_tally
from tests.browser.widget import (
    UNKNOWN,
    Widget,
    a_run,
    an_entry,
    listen,
    open_widget,
    say,
    slot_of,
    store,
    stored,
    told,
    wait_until_stored,
)
from tests.helpers import SiteFactory

WAYS = "How can customers reach you?"
HOURS = "Are the opening hours published?"
MAIL, PHONE, CHAT, NONE = "By e-mail", "By telephone", "By chat", "By none of these"

CHECKLIST = """\
title: Reach
scales: {shown: [{id: yes, text: Yes, points: 1}, {id: no, text: No, points: 0}]}
sections:
  - id: all
    title: All
    items:
      - id: ways
        text: How can customers reach you?
        choose: many
        at_most: 2
        none: none
        weight: 2
        caps: {none: low}
        recommend: {none: Publish an address., chat: Answer within a day., mail: Read it daily.}
        options:
          - {id: mail, text: By e-mail, points: 3}
          - {id: phone, text: By telephone, points: 2}
          - {id: chat, text: By chat, points: -1}
          - {id: none, text: By none of these, points: 0}
      - id: hours
        text: Are the opening hours published?
        scale: shown
        when: '"phone" in ways'
bands: [{id: low, min: 0, title: Out of reach}, {id: high, min: 70, title: In reach}]
"""
TREE = {"checklists/reach.yml": CHECKLIST, "docs/index.md": "# Home\n\n::: checklist reach\n"}
PLAIN_TREE = {**TREE, "checklists/reach.yml": CHECKLIST.replace("""        when: '"phone" in ways'\n""", "")}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    listen(page)
    return open_widget(page, url, "reach")


def expect_chosen(widget: Widget, *chosen: str) -> None:
    for answer in (MAIL, PHONE, CHAT, NONE, UNKNOWN):
        expect(widget.option(WAYS, answer)).to_be_checked(checked=answer in chosen)


def test_what_is_ticked_counts_together_and_is_reported_as_a_list(page: Page, widget: Widget) -> None:
    widget.option(WAYS, PHONE).check()
    widget.option(WAYS, MAIL).check()
    wait_until_stored(page, {"ways": "mail+phone"}, "reach")
    changes = [event["detail"]["answer"] for event in told(page) if event["name"] == "checklist-changed"]
    assert changes == [["phone"], ["mail", "phone"]]
    widget.option(HOURS, "Yes").check()
    widget.expect_verdict("In reach")
    scored = [event["detail"] for event in told(page) if event["name"] == "checklist-scored"][-1]
    assert (scored["earned"], scored["least"], scored["possible"]) == (11, -2, 11)


def test_nothing_ticked_any_more_is_no_answer(page: Page, widget: Widget) -> None:
    widget.option(WAYS, MAIL).check()
    widget.option(WAYS, MAIL).uncheck()
    changes = [event["detail"]["answer"] for event in told(page) if event["name"] == "checklist-changed"]
    assert changes == [["mail"], None]
    wait_until_stored(page, {}, "reach")
    widget.expect_answered(0, 1)


def test_none_and_unknown_exclude_the_others(page: Page, widget: Widget) -> None:
    widget.option(WAYS, MAIL).check()
    widget.option(WAYS, NONE).check()
    expect_chosen(widget, NONE)
    widget.expect_verdict("Out of reach")
    widget.option(WAYS, CHAT).check()
    expect_chosen(widget, CHAT)
    widget.option(WAYS, UNKNOWN).check()
    expect_chosen(widget, UNKNOWN)
    changes = [event["detail"]["answer"] for event in told(page) if event["name"] == "checklist-changed"]
    assert changes == [["mail"], ["none"], ["chat"], "unknown"]
    widget.option(WAYS, UNKNOWN).uncheck()
    expect_chosen(widget)


def test_with_as_many_as_there_may_be_only_what_excludes_them_is_left(widget: Widget) -> None:
    for answer in (MAIL, CHAT):
        widget.option(WAYS, answer).check()
    expect(widget.option(WAYS, PHONE)).to_be_disabled()
    for answer in (MAIL, CHAT, NONE, UNKNOWN):
        expect(widget.option(WAYS, answer)).to_be_enabled()
    widget.option(WAYS, CHAT).uncheck()
    expect(widget.option(WAYS, PHONE)).to_be_enabled()
    expect(widget.question(WAYS)).to_have_accessible_description("Choose at most 2.")


def test_advice_is_that_of_every_option_that_is_ticked(widget: Widget) -> None:
    for answer in (MAIL, CHAT):
        widget.option(WAYS, answer).check()
    expect(widget.question(WAYS).get_by_text("Answer within a day.")).to_be_visible()
    expect(widget.question(WAYS).get_by_text("Read it daily.")).to_be_visible()
    expect(widget.question(WAYS).get_by_text("Publish an address.")).to_be_hidden()


def test_reasons_name_all_that_was_ticked(page: Page, widget: Widget) -> None:
    for answer in (MAIL, CHAT):
        widget.option(WAYS, answer).check()
    page.get_by_text(say("why")).click()
    expect(page.get_by_text("Your answer: By e-mail, By chat", exact=False).first).to_be_visible()


def test_boxes_are_ticked_with_the_keyboard(page: Page, widget: Widget) -> None:
    widget.option(WAYS, MAIL).focus()
    for key in ("Space", "Tab", "Space"):
        page.keyboard.press(key)
    expect_chosen(widget, MAIL, PHONE)
    # The third can't be chosen any more, and the focus passes it by.
    page.keyboard.press("Tab")
    expect(widget.option(WAYS, NONE)).to_be_focused()
    page.keyboard.press("Space")
    expect_chosen(widget, NONE)


def test_they_are_back_after_a_reload_and_in_another_tab(page: Page, url: str, widget: Widget) -> None:
    for answer in (MAIL, CHAT):
        widget.option(WAYS, answer).check()
    wait_until_stored(page, {"ways": "mail+chat"}, "reach")
    other = open_widget(page.context.new_page(), url, "reach")
    expect_chosen(other, MAIL, CHAT)
    other.option(WAYS, CHAT).uncheck()
    expect_chosen(widget, MAIL)
    page.reload()
    expect_chosen(widget, MAIL)


def test_reset_clears_them_and_undo_brings_them_back(widget: Widget) -> None:
    for answer in (MAIL, CHAT):
        widget.option(WAYS, answer).check()
    widget.press("reset")
    expect_chosen(widget)
    widget.press("undo")
    expect_chosen(widget, MAIL, CHAT)


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [("mail", [MAIL]), ("chat+mail", [MAIL, CHAT]), ("mail+gone", []), ("mail+none", []), ("", []), ("a+b+c", [])],
)
def test_stored_answer_counts_where_it_means_something_and_stays_otherwise(
    page: Page, url: str, choice: str, chosen: list[str]
) -> None:
    page.goto(url + "404.html")
    record = (slot_of(url, "reach"), a_run({"ways": an_entry(choice)}))
    store(page, record)
    widget = open_widget(page, url, "reach")
    widget.expect_answered(1 if chosen else 0, 1)
    expect_chosen(widget, *chosen)
    assert [tuple(found) for found in stored(page)] == [record]


def test_what_was_ticked_before_the_script_came_counts(page: Page, url: str) -> None:
    let_it_come = hold_back(page, "define.js")
    page.goto(url, wait_until="commit")
    widget = Widget(page, "reach")
    for answer in (UNKNOWN, MAIL, CHAT):
        widget.option(WAYS, answer).check()
    let_it_come()
    widget.expect_answered(1, 1)
    expect_chosen(widget, MAIL, CHAT)


def test_without_a_script_the_points_of_all_boxes_are_added_up(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site_factory(PLAIN_TREE).url)
    widget = Widget(page, "reach")
    expect(widget.question(WAYS)).to_contain_text("Choose at most 2.")
    for answer in (MAIL, PHONE):
        widget.option(WAYS, answer).check()
    widget.option(HOURS, "Yes").check()
    tally = f"{say('tally-before')} {{}} {say('tally-after', possible=11)}"
    assert heard_tally(page) == tally.format(11)
    # What excludes the others is left out beside them, as it is with a script.
    widget.option(WAYS, UNKNOWN).check()
    assert heard_tally(page) == tally.format(11)
    for answer in (MAIL, PHONE):
        widget.option(WAYS, answer).uncheck()
    assert heard_tally(page) == tally.format(-1)
