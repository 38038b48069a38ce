"""Material swaps the content of pages without loading them anew: the widget works on each, and nothing of it piles up."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    SIGN,
    SUPPLIES,
    TREE,
    YES,
    Widget,
    click_at_rest,
    listen,
    open_widget,
    say,
    told,
    wait_until,
    wait_until_stored,
)
from tests.helpers import SiteFactory

# Counts how often each kind of listener stands on the document, the window and our elements, less those taken away. Without those
# that wait for the end of the page: whether they are needed depends on how soon the script is there.
COUNT_LISTENERS = """
window.listeners = 0;
const ours = (target) => target === window || target === document || target.localName === "scored-checklist";
const mine = () => new Error().stack.includes("/assets/checklists/");
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (ours(this ?? window) && mine() && !options?.once) {
    listeners += 1;
    options?.signal?.addEventListener("abort", () => { listeners -= 1; });
  }
  return addEventListener.call(this ?? window, type, listener, options);
};
"""


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def go(page: Page, name: str, heading: str) -> None:
    """Follow a link as a reader does, and see that the page was not loaded anew."""
    page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    assert page.evaluate("window.stillHere"), "the page was loaded anew"


def test_checklist_works_on_a_page_that_was_not_loaded_but_swapped_in(page: Page, url: str) -> None:
    listen(page)
    page.goto(url)
    page.evaluate("window.stillHere = true")
    go(page, "Whole", "Ready to hand this task over?")
    widget = Widget(page)
    expect(widget.notice).to_have_text(say("notice"))
    widget.answer(ALL_BEST)
    widget.expect_verdict("Ready to go")
    assert [event["name"] for event in told(page)] == ["checklist-changed", "checklist-scored"] * 4


def test_going_back_and_forth_leaves_one_of_everything(page: Page, url: str) -> None:
    listen(page)
    page.add_init_script(COUNT_LISTENERS)
    widget = open_widget(page, url + "whole/")
    page.evaluate("window.stillHere = true")
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    before = page.evaluate("listeners")
    assert before > 0
    for _ in range(3):
        go(page, "Test site", "Home")
        expect(widget.parts).to_have_count(0)
        # That by which a module hears of a page from the cache.
        assert page.evaluate("listeners") == 1
        go(page, "Ready to hand this task over?", "Ready to hand this task over?")
        widget.expect_answers({NAMED: YES})
    assert page.evaluate("listeners") == before
    expect(widget.bar).to_have_count(1)
    expect(page.get_by_role("button", name=say("next"))).to_have_count(2)
    expect(widget.question(NAMED).get_by_role("button", name=say("clear"))).to_have_count(1)
    page.evaluate("told.length = 0")
    widget.answer({SIGN: NO})
    assert [event["name"] for event in told(page)] == ["checklist-changed", "checklist-scored"]


def test_page_shown_again_by_the_back_button_holds_the_latest_answers(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    page.evaluate("window.stillHere = true")
    widget.answer({NAMED: YES})
    go(page, "Parts", "Parts")
    widget.expect_answers({NAMED: YES})
    widget.answer({DATE: NO})
    widget.clear(NAMED)
    page.go_back()
    expect(page.get_by_role("heading", name="Ready to hand this task over?", level=1)).to_be_visible()
    widget.expect_answers({DATE: NO})
    widget.expect_answered(1)
    assert page.evaluate("stillHere")


def test_modules_are_loaded_and_run_once(page: Page, url: str) -> None:
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url) if "/assets/checklists/" in request.url else None)
    page.add_init_script("""
        window.defined = 0;
        const { define } = CustomElementRegistry.prototype;
        CustomElementRegistry.prototype.define = function (...all) { defined += 1; return define.apply(this, all); };
    """)
    widget = open_widget(page, url + "whole/")
    page.evaluate("window.stillHere = true")
    widget.answer({NAMED: YES})
    for _ in range(2):
        go(page, "Test site", "Home")
        go(page, "Two", "Two")
        widget.expect_answers({NAMED: YES})
    assert page.evaluate("defined") == 1
    scripts = [address for address in requested if address.endswith(".js")]
    assert sorted(scripts) == sorted(set(scripts))


def test_links_inside_the_page_move_to_the_question_and_keep_the_answers(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    page.evaluate("window.stillHere = true")
    widget.answer({NAMED: NO, SIGN: YES, DATE: YES})
    click_at_rest(widget.panel.get_by_role("link", name=NAMED).first)
    page.wait_for_url("**/whole/#task--named")
    expect(widget.question(NAMED)).to_be_in_viewport()
    click_at_rest(widget.bar.get_by_role("link"))
    page.wait_for_url("**/whole/#task--score")
    expect(widget.panel.get_by_role("heading", name=say("result"))).to_be_in_viewport()
    widget.expect_answers({NAMED: NO, SIGN: YES, DATE: YES})
    assert page.evaluate("stillHere")


def test_element_that_leaves_takes_what_it_made_along_and_works_when_it_comes_back(page: Page, url: str) -> None:
    listen(page)
    widget = open_widget(page, url + "whole/")
    before = page.evaluate("document.querySelector('scored-checklist').outerHTML")
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    page.evaluate("window.element = document.querySelector('scored-checklist'); element.remove()")
    wait_until(page, "() => !element.querySelector('[data-bar], [data-actions]')")
    assert "<button" in before
    assert page.evaluate("element.querySelectorAll('button, progress, [data-result] > *').length") == 0
    page.evaluate("document.querySelector('article').append(element)")
    widget.expect_answers({NAMED: NO})
    widget.expect_answered(1)
    expect(widget.bar).to_have_count(1)
    expect(widget.button("reset")).to_have_count(1)
    page.evaluate("told.length = 0")
    widget.answer({SIGN: YES})
    assert [event["name"] for event in told(page)] == ["checklist-changed", "checklist-scored"]


def test_moving_an_element_costs_nothing_even_without_storage(page: Page, url: str) -> None:
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private'); };")
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: NO})
    page.evaluate("document.querySelector('article').prepend(document.querySelector('scored-checklist'))")
    widget.expect_answers({NAMED: NO})
    widget.expect_answered(1)


def test_copy_of_a_page_that_was_at_work_works(page: Page, url: str) -> None:
    # As a browser saves a page to a file, and as some themes keep it to write it back.
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES, SUPPLIES: YES, DATE: YES})
    widget.expect_verdict("Ready to go")
    wait_until_stored(page, {"named": "yes", "supplies": "yes", "date": "yes"})
    # Folds of the result come with modules of their own.
    page.wait_for_load_state("networkidle")
    before = page.locator("article").aria_snapshot()
    count = page.locator("scored-checklist *").count()
    page.evaluate("""() => {
        const article = document.querySelector("article");
        const copy = new DOMParser().parseFromString(article.outerHTML, "text/html").querySelector("article");
        article.replaceWith(copy);
    }""")
    widget.expect_verdict("Ready to go")
    expect(page.locator("article")).to_match_aria_snapshot(before)
    expect(page.locator("scored-checklist *")).to_have_count(count)
    widget.answer({SIGN: YES})
    widget.expect_answered(4)


def test_pages_that_were_left_are_not_kept(page: Page, url: str) -> None:
    open_widget(page, url + "whole/")
    session = page.context.new_cdp_session(page)

    def documents() -> int:
        session.send("HeapProfiler.collectGarbage")
        return int(session.send("Memory.getDOMCounters")["documents"])

    def visit(times: int) -> None:
        for _ in range(times):
            page.get_by_role("link", name="Two").first.click()
            expect(page.get_by_role("heading", name="Two", level=1)).to_be_visible()
            page.go_back()
            expect(page.get_by_role("heading", name="Ready to hand this task over?", level=1)).to_be_visible()

    # The parsed document of each page comes and goes; a few may be on their way.
    visit(3)
    before = documents()
    visit(10)
    assert documents() <= before + 3
