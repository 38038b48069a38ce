"""A reader answers: score, verdict and advice follow at once, and say why."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NA,
    NAMED,
    NO,
    PARTLY,
    QUESTIONS,
    SIGN,
    SUPPLIES,
    TASK,
    TREE,
    UNKNOWN,
    YES,
    Widget,
    click_at_rest,
    listen,
    open_widget,
    say,
    told,
    wait_for_widget,
    wait_until_stored,
    write_checklist,
)
from tests.browser_log import BrowserLog
from tests.helpers import SiteFactory, build_site, serve, write_tree


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    listen(page)
    return open_widget(page, url + "whole/")


def test_nothing_is_selected_before_the_reader_answers(widget: Widget, page: Page) -> None:
    expect(widget.parts.get_by_role("radio")).to_have_count(17)
    expect(widget.chosen).to_have_count(0)
    expect(widget.panel).to_contain_text(say("none"))
    expect(widget.notice).to_have_text(say("notice"))
    widget.expect_answered(0)
    assert told(page) == []


def test_score_verdict_and_sections_follow_every_answer(widget: Widget) -> None:
    widget.answer(ALL_BEST)
    widget.expect_verdict("Ready to go")
    widget.expect_score(100)
    expect(widget.panel).to_contain_text(say("all_best"))
    expect(widget.bar).to_contain_text(say("answered", answered=4, total=4))
    expect(widget.bar.get_by_role("link", include_hidden=True)).to_have_text(re.compile(r"100 of 100.*Ready to go"))
    # 6 + 0 + 2 + 0 of 14
    widget.answer({SIGN: NO, DATE: NO})
    widget.expect_verdict("Fix the flagged points first")
    widget.expect_score(57)
    widget.open("by-section")
    cells = widget.panel.get_by_role("table", name=say("by-section")).get_by_role("cell")
    expect(cells).to_have_text([re.compile("60 of 100"), re.compile("50 of 100")])


def test_whole_row_of_an_option_can_be_clicked(widget: Widget) -> None:
    row = widget.question(SIGN).locator("label", has_text=PARTLY)
    box = row.bounding_box()
    assert box is not None
    row.click(position={"x": box["width"] - 6, "y": box["height"] - 6})
    expect(widget.option(SIGN, PARTLY)).to_be_checked()


def test_provisional_score_says_how_many_more_are_needed_and_what_decides(widget: Widget) -> None:
    widget.answer({SIGN: YES})
    widget.expect_no_verdict()
    expect(widget.panel).to_contain_text(
        say("score_provisional", score=say("score", score=100, top=100)),
    )
    expect(widget.panel).to_contain_text(say("provisional_more", count=2))
    expect(widget.panel).to_contain_text(say("provisional_open", count=1))
    expect(widget.panel.get_by_role("link", name=NAMED)).to_have_attribute("href", "#task--named")
    widget.answer({SUPPLIES: YES, DATE: YES})
    widget.expect_no_verdict()
    expect(widget.panel).not_to_contain_text("for a verdict.")
    widget.answer({NAMED: YES})
    widget.expect_verdict("Ready to go")


def test_answer_that_caps_the_result_is_named_with_what_the_score_alone_would_say(widget: Widget) -> None:
    widget.answer(ALL_BEST | {NAMED: PARTLY, SUPPLIES: NA})
    # 3 + 4 + 2 of 12
    widget.expect_score(75)
    widget.expect_verdict("Fix the flagged points first")
    expect(widget.panel).not_to_contain_text("The score alone")
    widget.answer({NAMED: NO})
    # 6 of 12, and the lowest band by score too
    widget.expect_verdict("Not yet")
    expect(widget.panel).not_to_contain_text("The score alone")


def test_cap_that_lowers_the_band_says_why(page: Page, site_factory: SiteFactory) -> None:
    text = write_checklist("Does one thing decide?", *[f"Is point {n} done?" for n in range(2, 13)])
    text = text.replace("recommend: Mend point 1.", "caps: {no: not-yet}, recommend: Mend point 1.")
    site = site_factory({"checklists/many.yml": text, "docs/index.md": "# Many\n\n::: checklist many\n"})
    widget = open_widget(page, site.url, "many")
    widget.answer({"Does one thing decide?": NO} | {f"Is point {n} done?": YES for n in range(2, 13)})
    widget.expect_score(92)
    widget.expect_verdict("Not yet")
    expect(widget.panel).to_contain_text(say("capped", count=1, band="Ready to go"))
    expect(widget.panel).to_contain_text(say("your_answer", answer=NO))
    click_at_rest(widget.panel.get_by_role("link", name="Does one thing decide?").first)
    expect(widget.question("Does one thing decide?")).to_be_in_viewport()


def test_unknown_is_to_be_found_out_first_and_counts_as_the_lowest(widget: Widget) -> None:
    widget.answer(ALL_BEST | {SIGN: UNKNOWN})
    # 6 + 0 + 2 + 2 of 14
    widget.expect_score(71)
    expect(widget.panel.get_by_role("heading", name=say("find_out"))).to_be_visible()
    expect(widget.panel.get_by_role("link", name=SIGN)).to_have_count(1)
    expect(widget.panel.get_by_role("heading", name=say("to_do"))).to_have_count(0)
    # A critical item that nobody knows holds the result as its worst answer would.
    widget.answer({SIGN: YES, NAMED: UNKNOWN})
    widget.expect_verdict("Not yet")


def test_what_does_not_apply_leaves_the_sum(widget: Widget) -> None:
    widget.answer({NAMED: YES, SIGN: NO, SUPPLIES: NO, DATE: YES})
    # 8 of 14
    widget.expect_score(57)
    widget.answer({SUPPLIES: NA})
    # 8 of 12
    widget.expect_score(67)
    expect(widget.panel).to_contain_text(say("complete", count=3))
    widget.answer({DATE: NO})
    widget.open("by-section")
    expect(widget.panel.get_by_role("table").get_by_role("cell").nth(1)).to_contain_text("0 of 100")


def test_advice_appears_after_a_weak_answer_and_goes_after_a_good_one(widget: Widget) -> None:
    question = widget.question(NAMED)
    for_no = question.get_by_text("Write one sentence with a verb.")
    for_partly = question.get_by_text("Write the sentence down.")
    expect(for_no).to_be_hidden()
    widget.answer({NAMED: NO})
    expect(for_no).to_be_visible()
    expect(for_partly).to_be_hidden()
    expect(question.get_by_text("About 20 minutes")).to_be_visible()
    widget.answer({NAMED: PARTLY})
    expect(for_partly).to_be_visible()
    expect(for_no).to_be_hidden()
    widget.answer({NAMED: YES})
    expect(for_partly).to_be_hidden()
    expect(question.get_by_text("About 20 minutes")).to_be_hidden()
    # One text for every answer below the best.
    widget.answer({SIGN: PARTLY})
    expect(widget.question(SIGN).get_by_text("Choose one number or date.")).to_be_visible()


def test_what_to_do_first_stands_in_the_order_of_what_it_costs(widget: Widget) -> None:
    widget.answer({NAMED: PARTLY, SIGN: NO, SUPPLIES: NO, DATE: NO})
    expect(widget.panel.get_by_role("heading", name=say("to_do"))).to_be_visible()
    expect(widget.panel.get_by_role("list").filter(has_text="Write the sentence").get_by_role("listitem")).to_have_text(
        [
            re.compile(rf"{re.escape(NAMED)}\s*About 20 minutes · how\s*Write the sentence down\."),
            re.compile(rf"{re.escape(SIGN)}\s*how\s*Choose one number or date\.\s*"),
            re.compile(rf"{re.escape(SUPPLIES)}\s*how\s*List what the other side"),
        ]
    )
    # Without advice an answer is nothing to do, though it lost points.
    expect(widget.panel.locator("[data-rest]")).to_be_hidden()


def test_answer_can_be_cleared(widget: Widget, page: Page) -> None:
    widget.answer({NAMED: NO, SIGN: YES})
    widget.expect_answered(2)
    widget.clear(NAMED)
    widget.expect_answers({SIGN: YES})
    widget.expect_answered(1)
    expect(widget.question(NAMED).get_by_role("button", name=say("clear"))).to_have_count(0)
    expect(widget.question(NAMED).get_by_text("Write one sentence")).to_be_hidden()
    wait_until_stored(page, {"sign": "yes"})


def test_next_goes_to_the_first_open_question_after_the_last_answer(widget: Widget) -> None:
    following = widget.bar.get_by_role("button", name=say("next"))
    widget.answer({SIGN: YES})
    following.click()
    expect(widget.option(SUPPLIES, YES)).to_be_focused()
    expect(widget.question(SUPPLIES)).to_be_in_viewport(ratio=1)
    widget.answer({SUPPLIES: YES, DATE: YES})
    following.click()
    expect(widget.option(NAMED, YES)).to_be_focused()
    expect(widget.chosen).to_have_count(3)
    widget.answer({NAMED: YES})
    expect(following).to_be_hidden()
    expect(widget.button("next")).to_be_hidden()


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ("range: [0, 3], decimals: 1", say("score_range", score="2.1", bottom=0, top=3)),
        ("range: [0, 5]", say("score_range", score=4, bottom=0, top=5)),
        ("decimals: 2", say("score", score="71.43", top=100)),
        ("as: points", say("score_points", score=5, count=7)),
    ],
)
def test_number_comes_with_its_scale(page: Page, site_factory: SiteFactory, score: str, words: str) -> None:
    text = f"""\
title: Scales
score: {{{score}}}
sections:
  - id: only
    title: Only
    items:
      - {{id: a, text: Is it done?, scale: yes-no, weight: 5}}
      - {{id: b, text: Is it checked?, scale: yes-no, weight: 2}}
bands:
  - {{id: high, min: 1, title: High}}
  - {{id: low, min: 0, title: Low}}
"""
    site = site_factory({"checklists/scales.yml": text, "docs/index.md": "# Scales\n\n::: checklist scales\n"})
    widget = open_widget(page, site.url, "scales")
    widget.answer({"Is it done?": "Yes", "Is it checked?": "No"})
    expect(widget.panel).to_contain_text(words)
    widget.expect_verdict("High")


# --- events -------------------------------------------------------------------------------------------------------


def test_every_change_is_told_once_then_the_result(widget: Widget, page: Page) -> None:
    widget.answer({NAMED: PARTLY, SIGN: YES})
    widget.clear(SIGN)
    events = told(page, least=6)
    assert [event["name"] for event in events] == ["checklist-changed", "checklist-scored"] * 3
    assert {event["from"] for event in events} == {"task"}
    assert [event["detail"] for event in events[::2]] == [
        {"checklist": "task", "item": "named", "answer": "partly"},
        {"checklist": "task", "item": "sign", "answer": "yes"},
        {"checklist": "task", "item": "sign", "answer": None},
    ]
    assert events[-1]["detail"] == {
        "checklist": "task",
        "revision": 1,
        "score": 50,
        "earned": 3,
        "least": 0,
        "possible": 6,
        "completeness": 25,
        "ends": [0, 100],
        "provisional": True,
        "missing": ["sign", "supplies"],
        "needed": 2,
        "band": None,
        "band_by_score": None,
        "capped_by": [],
        "sections": {
            "task": {"score": 50, "earned": 3, "least": 0, "possible": 6, "completeness": 50},
            "terms": {"score": None, "earned": 0, "least": 0, "possible": 0, "completeness": 0},
        },
        "dimensions": {},
        "recommendations": ["named"],
        "find_out": [],
        "states": {"named": "answered", "sign": "unanswered", "supplies": "unanswered", "date": "unanswered"},
        "ignored": [],
    }


def test_restored_answers_are_scored_once_but_are_no_change(widget: Widget, page: Page) -> None:
    widget.answer(ALL_BEST)
    wait_until_stored(page, dict.fromkeys(("named", "sign", "supplies", "date"), "yes"))
    page.reload()
    widget.expect_verdict("Ready to go")
    assert [(event["name"], event["detail"]["score"]) for event in told(page)] == [("checklist-scored", 100)]


def test_reset_and_undo_are_told_as_results_only(widget: Widget, page: Page) -> None:
    widget.answer(ALL_BEST)
    widget.press("reset")
    widget.expect_answers({})
    widget.press("undo")
    widget.expect_answers(ALL_BEST)
    assert [(event["name"], event["detail"]["score"]) for event in told(page)[8:]] == [
        ("checklist-scored", None),
        ("checklist-scored", 100),
    ]


def test_several_quick_answers_are_announced_once(widget: Widget, page: Page) -> None:
    page.evaluate("""() => {
        window.spoken = [];
        new MutationObserver(() => {
            const words = document.querySelector("scored-checklist [data-live]")?.textContent;
            if (words && words !== spoken.at(-1)) spoken.push(words);
        }).observe(document.querySelector("scored-checklist"), { subtree: true, childList: true, characterData: true });
    }""")
    widget.answer(ALL_BEST)
    expected = f"{say('verdict', band='Ready to go')}. {say('score', score=100, top=100)}."
    expect(widget.live).to_have_text(expected)
    expect(widget.live).to_have_count(1)
    assert page.evaluate("spoken") == [expected]
    # The live region is for ears only.
    assert page.evaluate("getComputedStyle(document.querySelector('scored-checklist [data-live]')).display") != "none"


# --- several on a page, one on several pages ----------------------------------------------------------------------


def test_checklists_on_one_page_are_independent(page: Page, url: str) -> None:
    listen(page)
    one, other = open_widget(page, url + "two/"), Widget(page, "twin")
    one.answer({NAMED: NO})
    other.answer(ALL_BEST)
    one.expect_answers({NAMED: NO})
    one.expect_no_verdict()
    other.expect_verdict("Ready to go")
    assert {event["from"] for event in told(page)} == {"task", "twin"}
    other.press("reset")
    other.expect_answers({})
    one.expect_answers({NAMED: NO})
    wait_until_stored(page, {}, "twin")
    wait_until_stored(page, {"named": "no"})


def test_parts_of_one_checklist_on_a_page_act_as_one(page: Page, url: str) -> None:
    listen(page)
    widget = open_widget(page, url + "parts/")
    expect(widget.parts).to_have_count(3)
    expect(widget.notice).to_have_count(1)
    widget.answer({NAMED: YES, DATE: YES})
    expect(widget.bar).to_have_count(2)
    for bar in widget.bar.all():
        expect(bar).to_contain_text(say("answered", answered=2, total=4))
    widget.bar.nth(1).get_by_role("button", name=say("next")).click()
    expect(widget.option(SIGN, YES)).to_be_focused()
    widget.answer({SIGN: YES, SUPPLIES: YES})
    widget.expect_verdict("Ready to go")
    assert [event["name"] for event in told(page)] == ["checklist-changed", "checklist-scored"] * 4
    expect(widget.live).to_have_count(1)
    # What a theme takes away is missed by nobody.
    page.evaluate("document.querySelector('scored-checklist').remove()")
    widget.answer({DATE: NO})
    expect(widget.bar).to_contain_text("86 of 100")
    page.reload()
    wait_for_widget(widget)
    # The script puts the links of the panel into their places once, with the result.
    widget.expect_score(86)
    widget.open("by-section")
    # One section came with its heading, the other without.
    for section in ("The task itself", "The terms"):
        # By the keyboard: the panel may still move its links.
        widget.panel.get_by_role("link", name=section).press("Enter")
        expect(page.locator(":target"), section).to_have_count(1)


def test_parts_over_several_pages_meet_in_the_result_on_a_third(page: Page, url: str) -> None:
    first = open_widget(page, url + "first/", "spread")
    first.answer({NAMED: PARTLY, SIGN: YES})
    first.expect_answered(2)
    wait_until_stored(page, {"named": "partly", "sign": "yes"}, "spread")
    page.get_by_role("link", name="Go on").click()
    second = Widget(page, "spread")
    second.expect_answered(2)
    second.answer({DATE: NO})
    wait_until_stored(page, {"named": "partly", "sign": "yes", "date": "no"}, "spread")
    page.get_by_role("link", name="To the result").click()

    result = Widget(page, "spread")
    result.expect_verdict("Fix the flagged points first")
    to_do = result.panel.get_by_role("listitem").filter(has_text="Write the sentence down.")
    expect(to_do).to_be_visible()
    expect(to_do.get_by_role("link", name=NAMED)).to_be_visible()
    to_do.get_by_role("link", name=NAMED).click()
    page.wait_for_url("**/first/#spread--named")
    expect(first.question(NAMED)).to_be_in_viewport()
    expect(first.option(NAMED, PARTLY)).to_be_checked()


def test_next_is_not_offered_where_nothing_leads_on(page: Page, url: str) -> None:
    widget = open_widget(page, url + "first/", "spread")
    following = widget.bar.get_by_role("button", name=say("next"))
    widget.answer({NAMED: YES})
    expect(following).to_be_visible()
    widget.answer({SIGN: YES})
    expect(following).to_be_hidden()
    expect(widget.bar.get_by_role("link")).to_have_attribute("href", re.compile("result/#spread--score"))


def test_result_above_the_questions_names_the_readers_present_answer(page: Page, site_factory: SiteFactory) -> None:
    questions = ["Does one thing decide?", *[f"Is point {n} done?" for n in range(2, 13)]]
    text = write_checklist(*questions).replace("recommend: Mend point 1.", "caps: {no: not-yet}")
    docs = "# Many\n\n::: score many\n\n::: checklist many section=only\n"
    widget = open_widget(page, site_factory({"checklists/many.yml": text, "docs/index.md": docs}).url, "many")
    widget.answer(dict.fromkeys(questions, YES) | {questions[0]: NO})
    wait_until_stored(page, {"q1": "no"} | {f"q{n}": "yes" for n in range(2, 13)}, "many")
    answer = say("your_answer", answer=NO)
    page.reload()
    expect(widget.panel).to_contain_text(answer)
    widget.press("reset")
    widget.expect_answers({})
    widget.press("undo")
    expect(widget.panel).to_contain_text(answer)


def test_result_that_cannot_be_loaded_says_so(page: Page, url: str, browser_log: BrowserLog) -> None:
    page.route("**/result/score-panel.js", lambda route: route.abort())
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES})
    expect(widget.panel).to_contain_text(say("result_missing"))
    widget.expect_answered(1)
    assert all("score-panel.js" in problem or "ERR_FAILED" in problem for problem in browser_log.take())


def test_where_nothing_applies_there_is_no_score(page: Page, site_factory: SiteFactory) -> None:
    text = write_checklist("Is it done?", "Is it checked?").replace("scale: paper", "scale: paper, na: true")
    widget = open_widget(
        page, site_factory({"checklists/na.yml": text, "docs/index.md": "::: checklist na\n"}).url, "na"
    )
    widget.answer({"Is it done?": NA, "Is it checked?": NA})
    expect(widget.panel).to_contain_text(say("none_apply"))
    expect(widget.panel).not_to_contain_text(say("complete", count=2))
    widget.answer({"Is it checked?": YES})
    expect(widget.panel).to_contain_text(say("complete", count=1))


@pytest.mark.parametrize("name", ["append", "reset", "elements", "remove", "submit", "children"])
def test_item_may_be_called_like_a_method_of_a_form(page: Page, site_factory: SiteFactory, name: str) -> None:
    text = write_checklist("Is it done?", "Is it checked?").replace("id: q1", f"id: {name}")
    docs = "# Part\n\n::: checklist odd section=only show=items\n"
    widget = open_widget(page, site_factory({"checklists/odd.yml": text, "docs/index.md": docs}).url, "odd")
    widget.answer({"Is it done?": YES})
    widget.expect_answered(1, 2)
    wait_until_stored(page, {name: "yes"}, "odd")


def test_next_leads_to_a_question_on_another_page(page: Page, url: str) -> None:
    open_widget(page, url + "second/", "spread").answer({SUPPLIES: YES, DATE: YES})
    wait_until_stored(page, {"supplies": "yes", "date": "yes"}, "spread")
    page.goto(url + "result/")
    widget = Widget(page, "spread")
    expect(widget.panel).to_contain_text(say("answered", answered=2, total=4))
    widget.button("next").click()
    page.wait_for_url("**/first/#spread--named")


def test_every_place_that_the_result_names_is_there(page: Page, url: str) -> None:
    open_widget(page, url + "first/", "spread").answer({NAMED: UNKNOWN, SIGN: NO})
    wait_until_stored(page, {"named": "unknown", "sign": "no"}, "spread")
    page.goto(url + "result/")
    panel = Widget(page, "spread").panel
    expect(panel).to_contain_text(say("find_out"))
    Widget(page, "spread").open("by-section")
    links = panel.get_by_role("link")
    addresses = set(links.evaluate_all("(links) => links.map((link) => link.href)"))
    assert {url + "first/#spread--named", url + "first/#spread--sign", url + "second/#spread--terms"} <= addresses
    for address in sorted(addresses):
        page.goto(address)
        # By its id: whether it is `:target` too depends on when the theme swaps the content of the page.
        expect(page.locator(f'[id="{address.partition("#")[2]}"]'), address).to_have_count(1)


# --- what is broken -----------------------------------------------------------------------------------------------

BROKEN_KEYS = {
    "empty": "",
    "half": '{"checklist":"task"',
    "null": "null",
    "a number": "7",
    "without sections": '{"checklist":"task","bands":[]}',
    "unknown scale": '{"checklist":"task","sections":[{"id":"s","items":[{"id":"named","scale":"gone"}]}]}',
}


@pytest.fixture(scope="module")
def broken_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose built pages have been tampered with: the build itself never writes such a key."""
    root = write_tree(
        tmp_path_factory.mktemp("broken"),
        {
            "mkdocs.yml": "site_name: Broken\ntheme: {name: mkdocs, highlightjs: false}\nplugins: [search, checklists]\n",
            "checklists/task.yml": TASK,
            "docs/index.md": "# Broken\n\n::: checklist task\n",
        },
    )
    with serve(root / "site") as url:
        html = build_site(root, site_url=url).check().read("index.html")
        for n, key in enumerate(BROKEN_KEYS.values()):
            escaped = key.replace("&", "&amp;").replace('"', "&quot;")
            start, end = re.search(r'(?<=data-key=")[^"]*(?=")', html).span()  # type: ignore[union-attr]
            broken = html[:start] + escaped + html[end:]
            (root / "site" / f"{n}.html").write_text(broken, "utf-8")
        yield url


@pytest.mark.page_errors("the key is broken on purpose")
@pytest.mark.parametrize("broken", BROKEN_KEYS)
def test_broken_key_leaves_the_page_readable_and_logs_one_error(
    page: Page, broken_pages: str, browser_log: BrowserLog, broken: str
) -> None:
    with page.expect_console_message(lambda message: message.type == "error") as logged:
        page.goto(f"{broken_pages}{list(BROKEN_KEYS).index(broken)}.html")
    assert '"task"' in logged.value.text
    widget = Widget(page)
    for question in QUESTIONS:
        expect(widget.question(question)).to_be_visible()
    widget.answer({NAMED: NO})
    expect(widget.option(NAMED, NO)).to_be_checked()
    # As without a script.
    expect(widget.question(NAMED).get_by_text("Write one sentence with a verb.")).to_be_visible()
    expect(widget.panel.get_by_text(say("tally-before"))).to_be_visible()
    # Nothing scores, so nothing may be offered that would need it.
    expect(widget.parts.get_by_role("button")).to_have_count(0)
    problems = browser_log.take()
    assert len(problems) == 1, problems
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
