"""The page without its script: readable, answerable, and CSS counts the points.

Two ways in. With JavaScript switched off in the context, the browser behaves as for a reader who has it off (`scripting:
none`); what the counter says is then read from Chromium's own accessibility tree, which holds generated text as a screen
reader hears it and needs no script in the page. With only the entry module blocked, as on a bad connection, `scripting` is
enabled but the element is never defined.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.widget import (
    ALL_BEST,
    NA,
    NAMED,
    NO,
    PARTLY,
    QUESTIONS,
    SIGN,
    SUPPLIES,
    TREE,
    UNKNOWN,
    YES,
    Widget,
    say,
)
from tests.browser_log import BrowserLog
from tests.helpers import SiteFactory

ADVICE = ("Write one sentence with a verb.", "Write the sentence down.", "Choose one number or date.")


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    page.goto(url + "whole/")
    return Widget(page)


def heard_tally(page: Page) -> str:
    """What a screen reader says for the line with the points: the text below its paragraph, generated or not."""
    session = page.context.new_cdp_session(page)
    try:
        nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    finally:
        session.detach()

    def words(node: dict[str, object]) -> str:
        role = node.get("role", {}).get("value")  # type: ignore[attr-defined]
        if role == "StaticText":
            return str(node["name"]["value"])  # type: ignore[index]
        return "".join(words(nodes[child]) for child in node.get("childIds", ()) if child in nodes)  # type: ignore[attr-defined]

    texts = [words(node) for node in nodes.values() if node.get("role", {}).get("value") == "paragraph"]
    found = [text for text in texts if text.startswith(say("tally-before"))]
    return found[0].split(".")[0] if found else ""


def tally(points: int) -> str:
    return f"{say('tally-before')} {points} {say('tally-after', possible=14)}"


def test_every_question_option_explanation_and_advice_is_readable(widget: Widget) -> None:
    for question in QUESTIONS:
        expect(widget.question(question)).to_be_visible()
        for answer in (YES, PARTLY, NO, UNKNOWN):
            expect(widget.option(question, answer)).to_be_visible()
            expect(widget.question(question).get_by_text(answer, exact=True)).to_be_visible()
    expect(widget.option(SUPPLIES, NA)).to_be_visible()
    for text in (
        *ADVICE,
        "is a complaint.",
        "Most first hand-overs",
        "The quotes lie far apart.",
        "Split the complaint",
    ):
        expect(widget.parts.get_by_text(text)).to_be_visible()
    summary = widget.question(NAMED).get_by_text(say("template"))
    summary.click()
    expect(widget.question(NAMED).get_by_text("The task: [verb] [what] for [whom].")).to_be_visible()


def test_questions_can_be_answered_and_points_add_up(widget: Widget, page: Page) -> None:
    assert heard_tally(page) == tally(0)
    widget.answer({NAMED: YES, SIGN: PARTLY, SUPPLIES: NA})
    widget.expect_answers({NAMED: YES, SIGN: PARTLY, SUPPLIES: NA})
    assert heard_tally(page) == tally(8)
    widget.answer({NAMED: NO, SUPPLIES: YES})
    assert heard_tally(page) == tally(4)
    widget.answer({SIGN: UNKNOWN})
    assert heard_tally(page) == tally(2)
    widget.answer(ALL_BEST)
    assert heard_tally(page) == tally(14)


def test_each_checklist_on_a_page_counts_its_own_points(page: Page, url: str) -> None:
    page.goto(url + "two/")
    Widget(page, "twin").answer(ALL_BEST)
    assert heard_tally(page) == tally(0)
    Widget(page).answer({SIGN: YES})
    assert heard_tally(page) == tally(4)


def test_results_are_readable_with_the_points_they_need(widget: Widget) -> None:
    # 79.5 of 100 and more is 80 when rounded: 12 of 14 points. 54.5 of 100 needs 8.
    terms = widget.panel.get_by_role("term")
    expect(terms).to_have_text(
        [
            re.compile(r"Ready to go\s*80 to 100 \(12 to 14 points\)"),
            re.compile(r"Fix the flagged points first\s*55 to 79 \(8 to 11 points\)"),
            re.compile(r"Not yet\s*0 to 54 \(0 to 7 points\)"),
        ]
    )
    expect(widget.panel.get_by_text("Hand it over.")).to_be_visible()
    expect(widget.panel.get_by_text(say("tally-help", critical=say("critical")))).to_be_visible()


def test_nothing_is_offered_that_needs_a_script(widget: Widget) -> None:
    expect(widget.parts.get_by_role("button")).to_have_count(0)
    expect(widget.bar).to_have_count(0)
    expect(widget.parts.get_by_text(say("notice"))).to_have_count(0)


def test_enter_does_not_leave_the_page(widget: Widget, page: Page, url: str) -> None:
    widget.answer({NAMED: YES})
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    widget.option(NAMED, YES).press("Enter")
    widget.option(SIGN, NO).press("Space")
    widget.expect_answers({NAMED: YES, SIGN: NO})
    assert page.url == f"{url}whole/"
    assert requested == []


@pytest.mark.page_errors("the module is blocked on purpose")
def test_when_the_module_does_not_come_advice_is_held_back_only_for_a_while(
    new_context: Callable[..., BrowserContext], url: str, browser_log: BrowserLog
) -> None:
    page = new_context().new_page()
    page.route("**/define.js", lambda route: route.abort())
    page.goto(url + "whole/")
    widget = Widget(page)
    for text in ADVICE:
        expect(widget.parts.get_by_text(text)).to_be_visible()
    widget.answer({NAMED: YES, SIGN: PARTLY})
    assert heard_tally(page) == tally(8)
    expect(widget.parts.get_by_role("button")).to_have_count(0)
    assert all("define.js" in problem for problem in browser_log.take())


def test_parts_alone_show_no_sum_that_would_be_wrong(page: Page, url: str) -> None:
    page.goto(url + "parts/")
    widget = Widget(page)
    widget.answer({NAMED: YES, SUPPLIES: YES})
    expect(widget.panel.get_by_role("term").filter(has_text="Fix the flagged points first")).to_be_visible()
    expect(widget.parts.get_by_text(say("tally-before"))).to_have_count(0)
