"""Words and a link beside an answer: kept with it, never scored, never lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_remembering import hold_back
from tests.browser.widget import (
    Widget,
    a_run,
    an_entry,
    listen,
    open_widget,
    slot_of,
    store,
    stored,
    told,
    wait_until_stored,
)
from tests.helpers import SiteFactory

GREEN, FAST = "Are the tests green?", "Are they fast?"
CHECKLIST = """\
title: Release
sections:
  - id: all
    title: All
    items:
      - {id: green, text: Are the tests green?, scale: yes-no, note: Who has seen it?, evidence: true, recommend: Mend them.}
      - {id: fast, text: Are they fast?, scale: yes-no, note: true}
bands: [{id: ready, min: 50, title: Ready}, {id: not-yet, min: 0, title: Not yet}]
"""
TREE = {"checklists/release.yml": CHECKLIST, "docs/index.md": "# Home\n\n::: checklist release\n"}
SEEN, LINK = "Ada, on Monday.\nAnd <b>Bob</b>.", "https://example.org/run/7"
STORED = {"green": "yes", "green/words": SEEN, "green/evidence": LINK}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    listen(page)
    return open_widget(page, url, "release")


def words(widget: Widget, question: str = GREEN, prompt: str = "Who has seen it?") -> Locator:
    return widget.parts.get_by_role("textbox", name=f"{prompt} {question}")


def evidence(widget: Widget) -> Locator:
    return words(widget, prompt="Link to what shows it")


def write_all(widget: Widget) -> None:
    widget.answer({GREEN: "Yes"})
    words(widget).fill(SEEN)
    evidence(widget).fill(LINK)


def expect_all(widget: Widget) -> None:
    widget.expect_answers({GREEN: "Yes"})
    expect(words(widget)).to_have_value(SEEN)
    expect(evidence(widget)).to_have_value(LINK)


def last_result(page: Page) -> dict[str, object]:
    found: dict[str, object] = [event["detail"] for event in told(page) if event["name"] == "checklist-scored"][-1]
    return found


def test_what_is_written_is_reported_and_counts_for_nothing(page: Page, widget: Widget) -> None:
    widget.answer({GREEN: "Yes"})
    before = last_result(page)
    words(widget).fill(SEEN)
    evidence(widget).fill(LINK)
    after = last_result(page)
    assert after == {**before, "words": {"green": SEEN}, "evidence": {"green": LINK}}
    widget.expect_answered(1, 2)


def test_it_is_back_after_a_reload_and_in_another_tab(page: Page, url: str, widget: Widget) -> None:
    write_all(widget)
    wait_until_stored(page, STORED, "release")
    other = open_widget(page.context.new_page(), url, "release")
    expect_all(other)
    words(other, FAST, "Your notes").fill("No idea.")
    expect(words(widget, FAST, "Your notes")).to_have_value("No idea.")
    page.reload()
    expect_all(widget)


def test_reset_takes_it_away_and_undo_brings_it_back(page: Page, widget: Widget) -> None:
    write_all(widget)
    widget.press("reset")
    expect(words(widget)).to_have_value("")
    expect(evidence(widget)).to_have_value("")
    widget.press("undo")
    expect_all(widget)
    wait_until_stored(page, STORED, "release")


def test_clearing_the_answer_leaves_the_words(page: Page, widget: Widget) -> None:
    write_all(widget)
    widget.clear(GREEN)
    expect(words(widget)).to_have_value(SEEN)
    words(widget).fill("")
    wait_until_stored(page, {"green/evidence": LINK}, "release")


def test_what_was_written_before_the_script_came_is_kept(page: Page, url: str) -> None:
    let_it_come = hold_back(page, "define.js")
    page.goto(url, wait_until="commit")
    widget = Widget(page, "release")
    words(widget).press_sequentially("Ada")
    evidence(widget).press_sequentially(LINK)
    let_it_come()
    wait_until_stored(page, {"green/words": "Ada", "green/evidence": LINK}, "release")
    expect(words(widget)).to_have_value("Ada")


def test_what_stands_in_a_field_that_nobody_wrote_gives_way_to_what_is_stored(page: Page, url: str) -> None:
    page.goto(url + "404.html")
    store(page, (slot_of(url, "release"), a_run({name: an_entry(text) for name, text in STORED.items()})))
    let_it_come = hold_back(page, "define.js")
    page.goto(url, wait_until="commit")
    page.evaluate("document.querySelector('textarea').value = 'of another run'")
    let_it_come()
    expect_all(Widget(page, "release"))


def test_a_release_that_does_not_know_the_fields_leaves_what_was_written(page: Page, site_factory: SiteFactory) -> None:
    # Without the keys the page is that of before: the records have the same form, and ids that are not its own stay.
    before = CHECKLIST.replace("note: Who has seen it?, evidence: true, ", "").replace(", note: true", "")
    url = site_factory({**TREE, "checklists/release.yml": before}).url
    page.goto(url + "404.html")
    store(page, (slot_of(url, "release"), a_run({name: an_entry(text) for name, text in STORED.items()})))
    widget = open_widget(page, url, "release")
    widget.expect_answers({GREEN: "Yes"})
    widget.press("reset")
    wait_until_stored(page, {"green/words": SEEN, "green/evidence": LINK}, "release")
    widget.press("undo")
    wait_until_stored(page, STORED, "release")
    assert len(stored(page)) == 1


def test_on_paper_all_of_it_is_there(page: Page, widget: Widget) -> None:
    write_all(widget)
    page.emulate_media(media="print")
    expect(widget.question(GREEN).get_by_text(SEEN)).to_be_visible()
    expect(widget.question(GREEN).get_by_text(LINK)).to_be_visible()
    expect(words(widget)).to_be_hidden()
    # Nothing is written there: room for a pen.
    expect(words(widget, FAST, "Your notes")).to_be_visible()


def test_without_a_script_there_are_fields_to_write_in(new_context: Callable[..., BrowserContext], url: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(url)
    widget = Widget(page, "release")
    words(widget).fill(SEEN)
    expect(words(widget)).to_have_value(SEEN)
    expect(evidence(widget)).to_be_visible()
