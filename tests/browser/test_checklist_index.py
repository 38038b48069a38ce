"""The index of checklists says how far the reader is with each, as far as her browser knows, and is quiet otherwise."""

import re
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_accessibility import assert_fits, violations
from tests.browser.test_calculator import WORTH
from tests.browser.test_plan import WHO
from tests.browser.test_storage_trouble import NO_ENTRY
from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    SUPPLIES,
    TASK,
    YES,
    Widget,
    a_run,
    an_entry,
    open_widget,
    say,
    slot_of,
    store,
    store_expression,
    wait_until,
    wait_until_stored,
)
from tests.browser_log import BrowserLog
from tests.helpers import SiteFactory
from tests.sampling import mostly_slow

NewContext = Callable[..., BrowserContext]

HIDDEN = """\
title: With a question that may not come
sections:
  - id: s
    title: All of it
    items:
      - {id: sells, text: Do you sell anything?, scale: yes-no}
      - {id: price, text: Is there a price list?, scale: yes-no, when: sells == "yes"}
      - {id: open, text: Are the hours on the door?, scale: yes-no}
bands:
  - {id: fine, min: 60, title: Fine}
  - {id: poor, min: 0, title: Not fine}
"""
TITLES = {
    "task": "Ready to hand this task over?",
    "who": "Who does this task?",
    "worth": "Is it worth handing over?",
    "hidden": "With a question that may not come",
    "parts": "In parts",
    "renamed": "The latest name",
}
TREE: Mapping[str, str] = {
    "checklists/task.yml": TASK,
    "checklists/who.yml": WHO,
    "checklists/worth.yml": WORTH,
    "checklists/hidden.yml": HIDDEN,
    "checklists/parts.yml": TASK.replace(TITLES["task"], TITLES["parts"]),
    "checklists/renamed.yml": TASK.replace(
        f"title: {TITLES['task']}", f"title: {TITLES['renamed']}\nwas: [older, oldest]"
    ),
    "docs/index.md": "# All of them\n\n::: checklist-index\n",
    "docs/task.md": "# Task\n\n::: checklist task\n\n[Back](index.md)\n",
    "docs/who.md": "# Who\n\n::: checklist who\n",
    "docs/worth.md": "# Worth\n\n::: checklist worth\n",
    "docs/hidden.md": "# Hidden\n\n::: checklist hidden\n",
    "docs/first.md": "# First\n\n::: checklist parts section=task\n",
    "docs/second.md": "# Second\n\n::: checklist parts section=terms\n\n::: score parts\n",
    "docs/renamed.md": "# Renamed\n\n::: checklist renamed\n",
}
TODAY = say("index_today")


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def way_to(words: str, checklist: str) -> re.Pattern[str]:
    """The name of a link: which checklist it is about is only heard."""
    return re.compile(f"^{re.escape(words)} ?: {re.escape(TITLES[checklist])}$")


class Index:
    """The index on a page, as a reader meets it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("checklist-index")
        self.begun = self.element.locator("[data-begun]")
        self.progress = self.element.locator("[data-progress]")

    def entry(self, checklist: str) -> Locator:
        link = self.page.get_by_role("link", name=TITLES[checklist], exact=True)
        return self.element.get_by_role("listitem").filter(has=link)

    def expect_standing(self, checklist: str, words: str, way: str, href: str) -> None:
        entry = self.entry(checklist)
        expect(entry.locator("[data-progress]")).to_have_text(words)
        expect(entry.get_by_role("link", name=way_to(way, checklist))).to_have_attribute(
            "href",
            re.compile(f"(^|/kb/){re.escape(href)}$"),  # Material writes addresses out.
        )

    def expect_nothing(self, checklist: str | None = None) -> None:
        """Nothing is said, of one or of any, and it was looked for."""
        expect(self.element).to_have_attribute("data-read", "")
        for name in [checklist] if checklist else TITLES:
            expect(self.entry(name).locator("[data-progress]")).to_be_empty()
            way = self.entry(name).get_by_role("link", name=way_to(say("begin"), name))
            start = self.page.get_by_role("link", name=TITLES[name], exact=True).get_attribute("href") or ""
            expect(way).to_have_attribute("href", start)
        if checklist is None:
            expect(self.begun).to_be_hidden()

    def expect_begun(self, begun: int) -> None:
        expect(self.begun).to_have_text(say("index_begun", begun=begun, count=len(TITLES)))


def open_index(page: Page, url: str) -> Index:
    page.goto(url)
    index = Index(page)
    expect(index.element).to_have_attribute("data-read", "")
    return index


# --- what is said -------------------------------------------------------------------------------------------------


def test_reader_who_has_answered_nothing_is_told_nothing_and_loads_no_key(page: Page, url: str) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    index = open_index(page, url)
    index.expect_nothing()
    expect(index.element.get_by_role("listitem")).to_have_count(len(TITLES))
    loaded = [address.rpartition("/")[2] for address in requested if "/assets/checklists/" in address]
    assert not [name for name in loaded if "json" in name or name in ("rules.js", "rules-messages.js", "numerals.js")]


def test_answers_and_score_are_there_on_the_way_back_and_gone_after_a_reset(page: Page, url: str) -> None:
    index = open_index(page, url)
    page.evaluate("window.stillHere = true")
    index.entry("task").get_by_role("link", name=TITLES["task"], exact=True).click()
    widget = Widget(page)
    widget.answer({NAMED: PARTLY})
    widget.expect_answered(1)
    page.get_by_role("link", name="Back", exact=True).click()
    index.expect_standing("task", f"1 of 4 answered · {TODAY}", say("index_go_on"), "task/#task--sign")
    index.expect_begun(1)

    index.entry("task").get_by_role("link", name=re.compile("^Go on")).click()
    page.wait_for_url("**/task/#task--sign")
    widget.answer({**ALL_BEST, NAMED: PARTLY})
    widget.expect_answered(4)
    page.get_by_role("link", name="Back", exact=True).click()
    standing = f"79 of 100: Fix the flagged points first · 4 of 4 answered · {TODAY}"
    index.expect_standing("task", standing, say("result_link"), "task/#task--score")
    assert page.evaluate("stillHere")

    page.go_back()
    widget.press("reset")
    widget.expect_answered(0)
    page.get_by_role("link", name="Back", exact=True).click()
    index.expect_nothing()
    assert page.evaluate("stillHere")


def test_index_on_a_page_that_was_swapped_in_is_at_work_and_leaves_nothing_behind(page: Page, url: str) -> None:
    page.goto(url + "task/")
    page.evaluate("window.stillHere = true")
    Widget(page).answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    for _ in range(3):
        page.get_by_role("link", name="Back", exact=True).click()
        index = Index(page)
        index.expect_begun(1)
        expect(index.progress.filter(has_text="answered")).to_have_count(1)
        page.go_back()
        expect(index.element).to_have_count(0)
    assert page.evaluate("stillHere")


def test_decision_says_its_outcome_and_a_calculator_its_verdict(page: Page, url: str) -> None:
    store(
        page_at(page, url),
        (
            slot_of(url, "who"),
            a_run({"judgement": an_entry("mostly"), "error": an_entry("much"), "hours": an_entry("few")}),
        ),
        (
            slot_of(url, "worth"),
            a_run({"now": an_entry("20"), "mine": an_entry("2"), "months": an_entry("6"), "price": an_entry("350")}),
        ),
    )
    index = open_index(page, url)
    last = say("index_last", date="3 May 2025")
    index.expect_standing("who", f"Keep it yourself · 3 of 3 answered · {last}", say("result_link"), "who/#who--score")
    index.expect_standing(
        "worth", f"It is worth it · 4 of 4 filled in · {last}", say("result_link"), "worth/#worth--score"
    )
    index.expect_begun(2)


def page_at(page: Page, url: str) -> Page:
    """The page, at an address of the site, so that records can be written."""
    page.goto(url + "task/")
    return page


def test_close_call_and_too_little_that_is_known_are_said(page: Page, url: str) -> None:
    answers = {"judgement": an_entry("never"), "error": an_entry("little"), "hours": an_entry("several")}
    store(page_at(page, url), (slot_of(url, "who"), a_run(answers)))
    index = open_index(page, url)
    first = index.entry("who").locator("[data-progress] strong").inner_text()
    store(page, (slot_of(url, "who"), a_run(dict.fromkeys(answers, an_entry("unknown")))))
    page.reload()
    expect(index.entry("who").locator("[data-progress] strong")).to_have_text(say("plan_too_little"))
    assert first in {"Leave it to software", "Leave it to software or Hand it over, a close call"}


def test_calculator_half_filled_in_says_the_main_figure_as_soon_as_there_is_one(page: Page, url: str) -> None:
    answers = {"now": an_entry("12"), "mine": an_entry("2"), "months": an_entry("12")}
    store(page_at(page, url), (slot_of(url, "worth"), a_run(answers)))
    index = open_index(page, url)
    words = f"Hours freed: 120.0 h · 3 of 4 filled in · {say('index_last', date='3 May 2025')}"
    index.expect_standing("worth", words, say("index_go_on"), "worth/#worth--price")


def test_numbers_of_the_example_are_not_taken_for_the_readers(page: Page, url: str) -> None:
    page.goto(url + "worth/")
    page.get_by_role("button", name=say("example")).click()
    wait_until_stored(page, {"now": "12", "mine": "3", "months": "12", "price": "350"}, "worth")
    words = f"{say('index_example', answered=4, total=4)} · {TODAY}"
    open_index(page, url).expect_standing("worth", words, say("result_link"), "worth/#worth--score")


def test_hidden_questions_count_for_nothing(page: Page, url: str) -> None:
    answers = {"sells": an_entry("no"), "price": an_entry("no"), "open": an_entry("yes")}
    store(page_at(page, url), (slot_of(url, "hidden"), a_run(answers)))
    last = say("index_last", date="3 May 2025")
    index = open_index(page, url)
    index.expect_standing(
        "hidden", f"50 of 100: Not fine · 2 of 2 answered · {last}", say("result_link"), "hidden/#hidden--score"
    )


def test_checklist_on_several_pages_is_gone_on_with_where_it_starts(page: Page, url: str) -> None:
    store(page_at(page, url), (slot_of(url, "parts"), a_run({"named": an_entry("yes")})))
    words = f"1 of 4 answered · {say('index_last', date='3 May 2025')}"
    open_index(page, url).expect_standing("parts", words, say("index_go_on"), "first/#parts--task")


def test_answers_under_an_earlier_name_of_the_checklist_are_found(page: Page, url: str) -> None:
    store(page_at(page, url), (slot_of(url, "oldest"), a_run({"named": an_entry("yes")})))
    words = f"1 of 4 answered · {say('index_last', date='3 May 2025')}"
    open_index(page, url).expect_standing("renamed", words, say("index_go_on"), "renamed/#renamed--sign")


def test_answers_to_questions_that_are_gone_are_no_beginning(page: Page, url: str) -> None:
    store(page_at(page, url), (slot_of(url), a_run({"long-gone": an_entry("yes")})))
    open_index(page, url).expect_nothing()


# --- several uses of one checklist --------------------------------------------------------------------------------


def run_slot(url: str, run: str) -> list[str]:
    return [*slot_of(url, "who")[:2], run]


def test_of_several_runs_the_one_that_is_open_is_told_of(page: Page, url: str) -> None:
    first = a_run({"judgement": an_entry("never")}, name="Invoices", made="2025-05-01T10:00:00.000Z", opened=1)
    second = a_run(
        {"error": an_entry("much"), "hours": an_entry("few")}, name="Quotes", made="2025-05-02T10:00:00.000Z", opened=2
    )
    taken = a_run(
        {}, made="2025-05-02T10:00:00.000Z", opened=3, removed={"at": "2025-05-03T10:00:00.000Z", "answers": {}}
    )
    blank = a_run({}, made="2025-05-02T10:00:00.000Z", opened=4)
    store(
        page_at(page, url),
        (run_slot(url, "default"), first),
        (run_slot(url, "b"), second),
        (run_slot(url, "c"), taken),
        (run_slot(url, "d"), blank),
    )
    index = open_index(page, url)
    last = say("index_last", date="3 May 2025")
    run = say("index_run_of", subject="Task", name="Quotes", count=2)
    index.expect_standing("who", f"{run} · 2 of 3 answered · {last}", say("index_go_on"), "who/#who--judgement")
    index.expect_begun(1)

    # In this very tab she turns to the other one.
    page.goto(url + "who/")
    page.get_by_role("combobox", name=say("run_switch", subject="task")).select_option("")
    expect(page.get_by_role("textbox", name=say("run_name", subject="task"))).to_have_value("Invoices")
    index = open_index(page, url)
    run = say("index_run_of", subject="Task", name="Invoices", count=2)
    index.expect_standing("who", f"{run} · 1 of 3 answered · {last}", say("index_go_on"), "who/#who--error")


def test_only_run_is_told_of_by_its_name(page: Page, url: str) -> None:
    run = a_run({"judgement": an_entry("never")}, name="Invoices <b>", made="2025-05-01T10:00:00.000Z", opened=1)
    store(page_at(page, url), (run_slot(url, "default"), run))
    words = f"{say('index_run', subject='Task', name='Invoices <b>')} · 1 of 3 answered · {say('index_last', date='3 May 2025')}"
    open_index(page, url).expect_standing("who", words, say("index_go_on"), "who/#who--error")


# --- what happens meanwhile ---------------------------------------------------------------------------------------


def test_other_tab_is_followed(page: Page, url: str) -> None:
    index = open_index(page, url)
    index.expect_nothing()
    other = open_widget(page.context.new_page(), url + "task/")
    other.answer({NAMED: YES, SIGN: YES})
    index.expect_standing("task", f"2 of 4 answered · {TODAY}", say("index_go_on"), "task/#task--supplies")
    other.clear(NAMED)
    index.expect_standing("task", f"1 of 4 answered · {TODAY}", say("index_go_on"), "task/#task--named")
    other.clear(SIGN)
    index.expect_nothing()


def test_page_that_comes_back_looks_again(page: Page, url: str) -> None:
    index = open_index(page, url)
    store(page, (slot_of(url), a_run({"named": an_entry("yes")})))
    index.expect_nothing()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    index.expect_begun(1)


# --- trouble ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", mostly_slow(NO_ENTRY, kept=3))
def test_without_storage_nothing_is_said_and_nothing_goes_wrong(page: Page, url: str, trouble: str) -> None:
    page.add_init_script(NO_ENTRY[trouble])
    open_index(page, url).expect_nothing()


def test_forbidden_session_storage_costs_nothing_else(page: Page, url: str) -> None:
    store(page_at(page, url), (slot_of(url), a_run({"named": an_entry("yes")})))
    page.add_init_script("""{
        const { getItem } = Storage.prototype;
        Storage.prototype.getItem = function (name) {
            if (name.includes("mkdocs-checklists")) throw new DOMException("no", "SecurityError");
            return getItem.call(this, name);
        };
    }""")
    open_index(page, url).expect_begun(1)


@pytest.mark.parametrize(
    "record",
    [
        "7",
        "null",
        "new Map([[1, 2]])",
        "{ format: 2, answers: { named: { choice: 'yes' } } }",
        "{ format: 1, revision: 1, answers: { named: 'yes', sign: { choice: 5 }, date: null } }",
        "{ format: 1, revision: 1, answers: { named: { choice: 'yes', at: 'never', revision: 1 } } }",
        "{ format: 1, revision: 1, answers: { named: { choice: 'maybe', at: '2025-05-03T10:00:00.000Z', revision: 1 } } }",
    ],
)
def test_record_that_nobody_can_read_is_passed_over(page: Page, url: str, record: str) -> None:
    store_expression(page_at(page, url), slot_of(url), record)
    store(page, (slot_of(url, "hidden"), a_run({"open": an_entry("yes")})))
    index = open_index(page, url)
    index.expect_begun(1)
    index.expect_nothing("task")


@pytest.mark.parametrize(
    "body", [None, "no JSON", '{"key": {}}', '{"key": {"checklist": "task", "sections": [{"items": [{}]}]}}']
)
def test_without_its_key_nothing_is_said_of_a_checklist(
    page: Page, url: str, browser_log: BrowserLog, body: str | None
) -> None:
    page.route(
        "**/keys/task.json*", lambda route: route.fulfill(body=body) if body else route.fulfill(status=404, body="")
    )
    store(page_at(page, url), (slot_of(url), a_run({"named": an_entry("yes")})))
    store(page, (slot_of(url, "hidden"), a_run({"open": an_entry("yes")})))
    index = open_index(page, url)
    # Mostly the site has been published anew since the page was opened.
    expect(index.begun).to_contain_text(say("notice_incomplete"))
    expect(index.begun).to_contain_text(say("index_begun", begun=1, count=len(TITLES)))
    index.expect_nothing("task")
    # While the key is still missing: with it, the index would need no button any more.
    with page.expect_event("load"):
        index.begun.get_by_role("button", name=say("reload")).click()
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    index.expect_begun(2)
    assert [problem for problem in browser_log.take() if "status of 404" not in problem] == []


# --- everybody can use it -----------------------------------------------------------------------------------------


def begin(page: Page, url: str) -> Index:
    answers = {"judgement": an_entry("never"), "error": an_entry("little"), "hours": an_entry("several")}
    store(
        page_at(page, url),
        (slot_of(url), a_run({name: an_entry("yes") for name in ("named", "sign", "supplies", "date")})),
        (slot_of(url, "who"), a_run(answers, name="A task with a very long name that needs several lines on a phone")),
    )
    index = open_index(page, url)
    index.expect_begun(2)
    return index


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_index_has_no_violation_and_fits_a_small_phone(new_context: NewContext, url: str, scheme: str) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": 320, "height": 700}).new_page()
    begin(page, url)
    # Around it is Material as it comes.
    assert violations(page, include="checklist-index") == []
    assert_fits(page)


def test_links_are_large_enough_and_said_apart(page: Page, url: str) -> None:
    index = begin(page, url)
    links = index.element.locator("[data-standing] a")
    names = [" ".join(link.inner_text().split()) for link in links.all()]
    assert len(names) == len(set(names)) == len(TITLES)
    assert all((link.bounding_box() or {"height": 0})["height"] >= 44 for link in links.all())


def test_without_javascript_the_list_is_complete_but_for_progress(new_context: NewContext, url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url)
    index = Index(page)
    for name in TITLES:
        expect(index.element.get_by_role("link", name=way_to(say("begin"), name))).to_be_visible()
    expect(index.begun).to_be_hidden()
    expect(index.entry("task")).to_contain_text("4 questions · about 2 minutes · reviewed 20 November 2026")


def test_answers_are_counted_the_same_as_on_the_page_itself(page: Page, url: str) -> None:
    widget = open_widget(page, url + "task/")
    widget.answer({NAMED: YES, SIGN: NO, SUPPLIES: "Does not apply", DATE: "I don’t know"})
    widget.expect_verdict("Not yet")
    widget.expect_answered(4)
    wait_until(page, "() => document.querySelector('[data-bar] a b').textContent.length > 0")
    score = page.locator("[data-bar] a b").inner_text()
    wait_until_stored(page, {"named": "yes", "sign": "no", "supplies": "na", "date": "unknown"})
    words = f"{score}: Not yet · 4 of 4 answered · {TODAY}"
    open_index(page, url).expect_standing("task", words, say("result_link"), "task/#task--score")


def test_short_list_shows_what_is_begun_with_the_way_on_and_nothing_before(
    page: Page, site_factory: SiteFactory
) -> None:
    url = site_factory({**TREE, "docs/home.md": "# Home\n\n::: checklist-index show=begun\n"}).url
    page.goto(url + "home/")
    short = page.locator("checklist-index")
    expect(short).to_have_attribute("data-read", "")
    expect(short).to_be_hidden()

    open_widget(page, url + "task/").answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    page.goto(url + "home/")

    expect(short.get_by_role("listitem")).to_have_count(1)
    expect(short).to_contain_text(TITLES["task"])
    expect(short).not_to_contain_text("Four questions about one task.")
    assert violations(page, include="checklist-index") == []
    short.get_by_role("link", name=say("index_go_on")).click()
    expect(page).to_have_url(re.compile("task/#task--sign$"))
    Widget(page).press("reset")
    wait_until_stored(page, {})
    page.goto(url + "home/")
    expect(short).to_have_attribute("data-read", "")
    expect(short).to_be_hidden()


def test_short_list_is_not_there_without_a_script(new_context: NewContext, site_factory: SiteFactory) -> None:
    url = site_factory({**TREE, "docs/home.md": "# Home\n\n::: checklist-index show=begun\n"}).url
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url + "home/")
    expect(page.locator("checklist-index")).to_be_hidden()
