"""Typical cases: chosen from a table, shown in place of the reader's answers, and never stored over them."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_accessibility import assert_fits, violations
from tests.browser.test_plan import TASKS, WHO, Plan
from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    SIGN,
    SUPPLIES,
    TASK,
    UNKNOWN,
    YES,
    Widget,
    listen,
    open_widget,
    say,
    stored,
    told,
    wait_for_widget,
    wait_until_stored,
)
from tests.browser_log import BrowserLog
from tests.helpers import SiteFactory

NewContext = Callable[..., BrowserContext]

LEAFLET = {NAMED: YES, SIGN: NO, SUPPLIES: UNKNOWN, DATE: YES}
CALCULATOR = """\
title: What does it cost?
inputs:
  - {id: hours, text: Hours a week, max: 168, example: 3}
  - {id: rate, text: Rate, unit: EUR, decimals: 2}
figures: [{id: cost, text: Cost of a week, unit: EUR, decimals: 2, formula: hours * rate}]
verdicts:
  - {id: dear, when: cost > 100, title: That is dear}
  - {id: cheap, when: cost <= 100, title: That is cheap}
cases:
  - {id: shop, title: Cleaning the shop, answers: {hours: 4, rate: 12.50}, says: cheap}
  - {id: site, title: A new site, answers: {hours: 20, rate: 60}, says: dear}
"""
TREE: Mapping[str, str] = {
    "checklists/task.yml": TASK
    + """\
cases:
  - id: leaflet
    title: A <b>leaflet</b>
    group: Paper & ink
    answers: {named: yes, sign: no, supplies: unknown, date: yes}
    says: fix-first
  - {id: site, title: A site, answers: {named: no, sign: no, supplies: na, date: no}, says: not-yet}
""",
    "checklists/who.yml": WHO
    + """\
cases:
  - {id: posts, title: Posts, group: Office, answers: {judgement: some, error: little, hours: several}, says: other}
  - {id: quotes, title: Quotes for work, group: Office, answers: {judgement: mostly, error: much, hours: few}, says: keep}
""",
    "checklists/cost.yml": CALCULATOR,
    "docs/index.md": "# Home\n\n[Whole](whole.md)\n",
    "docs/whole.md": "::: checklist task level=1\n",
    "docs/who.md": "::: checklist who level=1\n",
    "docs/cost.md": "::: checklist cost level=1\n",
}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def fold(widget: Widget) -> Locator:
    return widget.parts.locator("[data-cases]")


def choose(widget: Widget, title: str) -> None:
    """Open the table and press a case, by keyboard."""
    summary = fold(widget).locator("summary")
    summary.press("Enter")
    fold(widget).get_by_role("button", name=title).press("Enter")
    expect(mark(widget)).to_be_focused()


def mark(widget: Widget) -> Locator:
    """The words at the top that say that an example is shown."""
    return widget.parts.locator("[data-cases] + [data-case-shown]")


def leave(widget: Widget, message: str) -> None:
    mark(widget).get_by_role("button", name=say(message)).press("Enter")
    expect(widget.parts.locator("[data-case-shown]")).to_have_count(0)


def test_table_names_each_case_with_what_it_comes_to(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    expect(fold(widget).locator("summary")).to_have_text("See 2 typical cases, filled in")
    fold(widget).locator("summary").click()

    expect(fold(widget).get_by_role("button")).to_have_text(["A <b>leaflet</b>", "A site"])
    expect(fold(widget).locator("td")).to_have_text(["Fix the flagged points first", "Not yet"])
    expect(fold(widget).locator("[scope=rowgroup]")).to_have_text("Paper & ink")


def test_chosen_case_is_shown_marked_as_an_example_and_not_stored(page: Page, url: str) -> None:
    listen(page)
    widget = open_widget(page, url + "whole/")
    choose(widget, "leaflet")

    widget.expect_answers(LEAFLET)
    widget.expect_verdict("Fix the flagged points first")
    expect(mark(widget)).to_contain_text("Example: A <b>leaflet</b>")
    expect(mark(widget)).to_contain_text(say("case_unsaved"))
    expect(mark(widget).get_by_role("link")).to_have_text("It comes to: Fix the flagged points first")
    expect(widget.panel.locator("[data-case-shown]")).to_contain_text(say("case_shown", title="A <b>leaflet</b>"))
    expect(widget.bar).to_contain_text(say("case_tag"))
    expect(fold(widget)).not_to_have_attribute("open", "")
    assert [event for event in told(page) if event["name"] == "checklist-changed"] == []
    assert [event["detail"]["tally"] for event in told(page) if "tally" in event["detail"]] == []
    assert stored(page) == []
    page.reload()
    wait_for_widget(widget)
    widget.expect_answers({})
    expect(widget.parts.locator("[data-case-shown]")).to_have_count(0)


def test_example_is_removed_by_one_press_and_by_starting_again(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    choose(widget, "leaflet")
    leave(widget, "case_remove")
    widget.expect_answers({})
    expect(fold(widget).locator("summary")).to_be_focused()
    expect(widget.live.filter(has_text=say("case_removed"))).to_have_count(1)

    choose(widget, "A site")
    widget.expect_verdict("Not yet")
    widget.press("reset")
    widget.expect_answers({})
    expect(widget.parts.locator("[data-case-shown]")).to_have_count(0)
    assert stored(page) == []


def test_first_change_makes_the_answers_hers_where_she_has_none(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    choose(widget, "leaflet")
    widget.answer({SIGN: YES})

    expect(widget.parts.locator("[data-case-shown]")).to_have_count(0)
    expect(widget.bar).not_to_contain_text(say("case_tag"))
    widget.expect_answers(LEAFLET | {SIGN: YES})
    expect(widget.live.filter(has_text=say("case_adopted"))).to_have_count(1)
    wait_until_stored(page, {"named": "yes", "sign": "yes", "supplies": "unknown", "date": "yes"})
    page.reload()
    widget.expect_answers(LEAFLET | {SIGN: YES})


def test_cleared_answer_of_an_example_is_a_change_too(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    choose(widget, "leaflet")
    widget.clear(SIGN)

    widget.expect_answers({question: answer for question, answer in LEAFLET.items() if question != SIGN})
    wait_until_stored(page, {"named": "yes", "supplies": "unknown", "date": "yes"})


def test_own_answers_are_never_stored_over_and_come_back_by_one_press(page: Page, url: str) -> None:
    own = {"named": "yes", "sign": "yes", "supplies": "yes", "date": "yes"}
    widget = open_widget(page, url + "whole/")
    widget.answer(ALL_BEST)
    wait_until_stored(page, own)
    choose(widget, "leaflet")
    widget.expect_answers(LEAFLET)
    expect(mark(widget)).to_contain_text(say("case_safe"))
    widget.answer({DATE: NO})

    widget.expect_answers(LEAFLET | {DATE: NO})
    expect(mark(widget)).to_contain_text(say("case_changed"))
    wait_until_stored(page, own)
    leave(widget, "case_back")
    widget.expect_answers(ALL_BEST)
    widget.expect_verdict("Ready to go")
    expect(widget.live.filter(has_text=say("case_returned"))).to_have_count(1)


def test_offer_to_take_a_reset_back_outlives_an_example(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer(ALL_BEST)
    widget.press("reset")
    widget.expect_answers({})
    choose(widget, "leaflet")
    expect(widget.button("undo")).to_have_count(0)
    leave(widget, "case_remove")
    widget.press("undo")

    widget.expect_answers(ALL_BEST)


def test_answer_of_another_tab_goes_to_her_own_and_not_into_the_example(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    choose(widget, "leaflet")
    other = page.context.new_page()
    second = open_widget(other, url + "whole/")
    second.answer({NAMED: NO})
    wait_until_stored(other, {"named": "no"})

    expect(mark(widget)).to_contain_text(say("case_safe"))
    widget.expect_answers(LEAFLET)
    leave(widget, "case_back")
    widget.expect_answers({NAMED: NO})


def test_element_that_is_moved_has_her_own_answers_again(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: NO})
    choose(widget, "leaflet")
    page.evaluate("""() => {
        const part = document.querySelector("scored-checklist");
        const mark = document.createComment("");
        part.replaceWith(mark);
        mark.replaceWith(part);
    }""")

    widget.expect_answers({NAMED: NO})
    expect(widget.parts.locator("[data-case-shown]")).to_have_count(0)
    choose(widget, "leaflet")
    widget.expect_answers(LEAFLET)


def test_numbers_of_a_case_are_filled_in(page: Page, url: str) -> None:
    widget = open_widget(page, url + "cost/", "cost")
    choose(widget, "A new site")
    expect(widget.parts.get_by_role("textbox", name="Hours a week")).to_have_value("20")
    expect(widget.parts.locator("[data-verdicts] > [data-awarded]")).to_contain_text("That is dear")
    choose(widget, "Cleaning the shop")
    expect(widget.parts.get_by_role("textbox", name="Rate")).to_have_value("12.50")
    expect(widget.parts.locator("[data-verdicts] > [data-awarded]")).to_contain_text("That is cheap")
    widget.parts.get_by_role("textbox", name="Hours a week").fill("5")

    expect(widget.parts.locator("[data-case-shown]")).to_have_count(0)
    wait_until_stored(page, {"hours": "5", "rate": "12.50"}, "cost")


def test_plan_has_no_row_of_an_example_until_it_is_hers(page: Page, url: str) -> None:
    page.goto(url + "who/")
    plan = Plan(page)
    wait_for_widget(plan)
    choose(plan, "Posts")
    expect(plan.panel.locator("[data-awarded]").first).to_contain_text("Hand it over")
    assert plan.rows() == []
    plan.parts.locator('input[name="hours"][value="many"]').check()

    expect(plan.field).to_have_value("Posts")
    plan.expect_names("Posts")
    wait_until_stored(page, {"judgement": "some", "error": "little", "hours": "many"}, "who")


def test_case_can_be_kept_as_one_more_task(page: Page, url: str) -> None:
    plan = open_first(page, url)
    choose(plan, "Quotes for work")
    plan.parts.locator('input[name="hours"][value="many"]').check()
    plan.expect_names("Invoices")
    mark(plan).get_by_role("button", name=say("case_keep", subject="task")).press("Enter")

    plan.expect_open("Quotes for work", {"judgement": "mostly", "error": "much", "hours": "many"})
    plan.expect_names("Invoices", "Quotes for work")
    plan.choice.select_option(index=0)
    plan.expect_open("Invoices", TASKS["Invoices"])


def open_first(page: Page, url: str) -> Plan:
    page.goto(url + "who/")
    plan = Plan(page)
    wait_for_widget(plan)
    plan.fill("Invoices", TASKS["Invoices"])
    plan.expect_names("Invoices")
    return plan


def test_run_that_is_turned_to_shows_no_example(page: Page, url: str) -> None:
    plan = open_first(page, url)
    plan.add("Posts of ours", TASKS["newsletter"])
    choose(plan, "Quotes for work")
    plan.choice.select_option(index=0)

    plan.expect_open("Invoices", TASKS["Invoices"])
    expect(plan.parts.locator("[data-case-shown]")).to_have_count(0)
    plan.choice.select_option(index=1)
    plan.expect_open("Posts of ours", TASKS["newsletter"])


def test_page_says_so_where_the_answers_can_not_be_had(page: Page, url: str, browser_log: BrowserLog) -> None:
    page.route("**/cases/task.json?*", lambda route: route.abort())
    widget = open_widget(page, url + "whole/")
    fold(widget).locator("summary").click()
    fold(widget).get_by_role("button", name="A site").click()

    expect(widget.notice).to_contain_text(say("notice_incomplete"))
    widget.expect_answers({})
    assert all("cases/task.json" in line for line in browser_log.take())


def test_without_a_script_the_table_can_be_read(new_context: NewContext, url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url + "whole/")
    page.locator("[data-cases] summary").click()

    expect(page.locator("[data-cases]").get_by_role("rowheader").filter(visible=True)).to_have_text(
        ["Paper & ink", "A <b>leaflet</b>", "A site"], use_inner_text=True
    )
    expect(page.locator("[data-cases]").get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark")])
def test_table_and_marks_fit_and_are_accessible(new_context: NewContext, url: str, width: int, scheme: str) -> None:
    # So high that the bar covers nothing.
    page = new_context(viewport={"width": width, "height": 4000}, color_scheme=scheme).new_page()
    plan = open_first(page, url)
    plan.parts.locator("[data-cases] summary").click()
    expect(plan.parts.locator("[data-cases]").get_by_role("button").first).to_be_visible()
    assert violations(page, include="scored-checklist") == []
    assert_fits(page)
    plan.parts.locator("[data-cases]").get_by_role("button", name="Posts").click()
    expect(mark(plan)).to_be_focused()
    assert violations(page, include="scored-checklist") == []
    assert_fits(page)


def test_paper_says_that_it_is_an_example_and_leaves_a_closed_table_out(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    choose(widget, "leaflet")
    page.emulate_media(media="print")

    expect(mark(widget)).to_be_visible()
    expect(mark(widget).get_by_role("button")).to_have_count(0)
    expect(fold(widget)).to_be_hidden()
    page.emulate_media(media="screen")
    fold(widget).locator("summary").click()
    page.emulate_media(media="print")
    expect(fold(widget).locator("tbody th").nth(1)).to_have_text("A <b>leaflet</b>", use_inner_text=True)
