"""An author takes a renaming back, or a tab still shows the page of before: the newest answer counts, whatever its id."""

from collections.abc import Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_storage_trouble import SLOW_OPEN
from tests.browser.widget import (
    DATE,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    TASK,
    YES,
    Widget,
    a_run,
    an_entry,
    open_widget,
    say,
    slot_of,
    store,
    stored,
    wait_until,
    wait_until_stored,
)
from tests.helpers import SiteFactory

MARCH, MAY, JULY, AUTUMN = (f"2025-{month}-03T10:00:00.000Z" for month in ("03", "05", "07", "10"))

# The item was `told` for a while, and the file `job`; both have their first ids again.
BACK = TASK.replace("      - id: named\n", "      - id: named\n        was: [told]\n").replace(
    "title: Ready to hand this task over?", "title: Ready to hand this task over?\nwas: [job]"
)
TREE = {"checklists/task.yml": BACK, "docs/index.md": "# Home\n", "docs/whole.md": "::: checklist task\n"}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


def test_newest_of_the_ids_of_an_item_counts(page: Page, url: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": an_entry("partly", MAY), "told": an_entry("yes", JULY)})))
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({NAMED: YES})
    widget.clear(NAMED)
    widget.expect_answers({})
    wait_until_stored(page, {})


def test_newest_that_still_means_something_counts(page: Page, url: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": an_entry("partly", MAY), "told": an_entry("unheard-of", JULY)})))
    open_widget(page, url + "whole/").expect_answers({NAMED: PARTLY})


def test_tab_with_the_page_of_before_does_not_answer_in_vain(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    ((_, record),) = stored(page)
    # It knows the item as `told`, and says that it has changed something.
    later = an_entry("no", "2999-01-01T00:00:00.000Z")
    store(page, (slot_of(url), {**record, "answers": {**record["answers"], "told": later}}))
    page.evaluate(
        "(slot) => new BroadcastChannel('mkdocs-checklists').postMessage(JSON.stringify(slot))", [*slot_of(url)[:2], ""]
    )
    widget.expect_answers({NAMED: NO})


def test_reset_takes_an_item_under_all_its_ids_and_counts_it_once(page: Page, url: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": an_entry("partly", MAY), "told": an_entry("yes", JULY)})))
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({NAMED: YES})
    widget.press("reset")
    widget.expect_answers({})
    expect(widget.notice).to_contain_text(say("cleared", count=1))
    wait_until_stored(page, {})
    widget.press("undo")
    widget.expect_answers({NAMED: YES})
    wait_until_stored(page, {"named": "partly", "told": "yes"})


def test_reset_before_storage_replies_leaves_no_older_answer_under_an_earlier_id(page: Page, url: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"told": an_entry("partly", MAY), "date": an_entry("yes", MAY)})))
    page.add_init_script(SLOW_OPEN)
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.answer({NAMED: YES})
    widget.press("reset")
    widget.expect_answers({})
    page.evaluate("letOpen()")
    # What was never seen is not reset.
    widget.expect_answers({DATE: YES})
    wait_until_stored(page, {"date": "yes"})


def test_answer_that_waited_for_storage_gives_way_to_a_newer_one_of_another_tab(page: Page, url: str) -> None:
    page.add_init_script(SLOW_OPEN)
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.answer({SIGN: YES})
    # Another tab answers while storage is still opening in this one: nothing dated later than now can be trusted.
    wait_until(page, "(since) => Date.now() > since + 50", page.evaluate("Date.now()"))
    now = page.evaluate("new Date(Date.now() - 1).toISOString()")
    other = page.context.new_page()
    other.goto(url)
    store(other, (slot_of(url), a_run({"sign": an_entry("no", now)})))
    page.evaluate("letOpen()")
    widget.expect_answers({SIGN: NO})
    wait_until_stored(other, {"sign": "no"})


def test_answer_counts_though_the_clock_was_wrong_once(page: Page, url: str) -> None:
    page.goto(url)
    future = "2999-01-01T00:00:00.000Z"
    store(page, (slot_of(url), a_run({"told": an_entry("yes", future), "sign": an_entry("yes", future)})))
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: NO, SIGN: NO})
    widget.expect_answers({NAMED: NO, SIGN: NO})
    wait_until_stored(page, {"told": "yes", "named": "no", "sign": "no"})
    page.reload()
    widget.expect_answers({NAMED: NO, SIGN: NO})


Answers = Mapping[str, tuple[str, str]]


def record(answers: Answers, **more: object) -> dict[str, Any]:
    return a_run({item: an_entry(choice, at) for item, (choice, at) in answers.items()}, **more)


A_RESET = {"at": JULY, "answers": {"sign": an_entry("yes", MAY)}}

FILES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = {
    # What the present id has, what the earlier one has, and what must be seen.
    "the earlier id was answered later": (
        record({"sign": ("no", MARCH), "date": ("yes", MARCH)}),
        record({"sign": ("yes", MAY), "date": ("yes", MARCH)}),
        {SIGN: YES, DATE: YES},
    ),
    "the present id was answered later": (
        record({"sign": ("no", MAY), "date": ("yes", MARCH)}),
        record({"sign": ("yes", MARCH), "date": ("yes", MARCH)}),
        {SIGN: NO, DATE: YES},
    ),
    "each was answered after the copy": (
        record({"sign": ("no", MAY), "named": ("no", JULY)}, adopted=MAY),
        record({"sign": ("no", MAY), "date": ("yes", AUTUMN)}),
        {NAMED: NO, SIGN: NO, DATE: YES},
    ),
    "cleared under the present id after the copy": (
        record({"date": ("yes", MARCH)}, adopted=MAY),
        record({"date": ("yes", MARCH), "sign": ("no", MARCH)}),
        {DATE: YES},
    ),
    "cleared under the earlier id, which was the copy": (
        record({"date": ("yes", MARCH), "sign": ("no", MARCH)}),
        record({"date": ("yes", MARCH)}, adopted=MAY),
        {DATE: YES},
    ),
    "cleared under the present id by a release that did not date its copies": (
        record({"date": ("yes", MAY)}),
        record({"date": ("yes", MAY), "sign": ("no", MARCH)}),
        {DATE: YES},
    ),
    "reset under the earlier id": (record({"sign": ("yes", MAY)}), record({}, cleared=A_RESET), {}),
    "reset under the present id": (record({}, cleared=A_RESET), record({"sign": ("yes", MAY)}), {}),
    "answered under the earlier id after a reset": (
        record({}, cleared=A_RESET),
        record({"sign": ("yes", MAY), "date": ("no", AUTUMN)}),
        {DATE: NO},
    ),
    "nothing under the present id": (a_run({}), record({"sign": ("yes", MAY)}), {SIGN: YES}),
    "damaged under the present id": (
        a_run({"sign": {"choice": 5}}),
        record({"sign": ("yes", MAY), "date": ("no", MAY)}),
        {DATE: NO},
    ),
}


def unreadable(record: dict[str, Any]) -> dict[str, Any]:
    """What stays of a record when all that can be seen of it is cleared."""
    return {item: entry for item, entry in record["answers"].items() if not isinstance(entry["choice"], str)}


@pytest.mark.parametrize("case", FILES)
def test_records_under_two_ids_of_a_file_are_one(page: Page, url: str, case: str) -> None:
    present, earlier, expected = FILES[case]
    page.goto(url)
    store(page, (slot_of(url), present), (slot_of(url, "job"), earlier))
    widget = open_widget(page, url + "whole/")
    widget.expect_answers(expected)
    assert {key[1]: kept for key, kept in stored(page)}["job"] == earlier
    # What was taken over is the present id's own from now on, and what is cleared stays cleared.
    for question in expected:
        widget.clear(question)
    widget.expect_answers({})
    wait_until_stored(page, {item: entry["choice"] for item, entry in unreadable(present).items()})
    page.reload()
    widget.expect_answers({})
