"""Storage is missing, blocked, full or holds what nobody can read: the page works, says so in one line, deletes nothing."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    SUPPLIES,
    TREE,
    YES,
    Widget,
    a_run,
    an_entry,
    open_widget,
    say,
    slot_of,
    store,
    store_expression,
    stored,
    wait_for_widget,
    wait_until,
    wait_until_stored,
)
from tests.helpers import SiteFactory
from tests.sampling import mostly_slow


@pytest.fixture
def url(widget_site: SiteFactory) -> str:
    return widget_site(TREE).url


# --- storage does not let us in -----------------------------------------------------------------------------------

NO_ENTRY = {
    "missing": "Object.defineProperty(window, 'indexedDB', { value: undefined })",
    "forbidden": """Object.defineProperty(window, 'indexedDB', {
        get() { throw new DOMException('The operation is insecure.', 'SecurityError'); } })""",
    "throwing": "IDBFactory.prototype.open = () => { throw new DOMException('private', 'SecurityError'); }",
    "refusing": """IDBFactory.prototype.open = () => {
        const request = Object.assign(new EventTarget(), { error: new DOMException('refused', 'UnknownError') });
        request.addEventListener('error', (event) => request.onerror?.(event));
        setTimeout(() => request.dispatchEvent(new Event('error')));
        return request;
    }""",
    "newer version": """{
        const open = IDBFactory.prototype.open;
        open.call(indexedDB, 'mkdocs-checklists', 7).onupgradeneeded = ({ target }) => target.result.createObjectStore('runs');
        IDBFactory.prototype.open = function (name) { return open.call(this, name, 3); };
    }""",
    "without our store": """{
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (name) { return open.call(this, `${name} of somebody else`, 1); };
        open.call(indexedDB, 'mkdocs-checklists of somebody else', 1);
    }""",
    "failing reads": "IDBObjectStore.prototype.get = () => { throw new DOMException('broken', 'DataError'); }",
    "no transactions": "IDBDatabase.prototype.transaction = () => { throw new DOMException('gone', 'InvalidStateError'); }",
}


@pytest.mark.parametrize("trouble", mostly_slow(NO_ENTRY, kept=4))
def test_without_storage_everything_works_for_this_visit(page: Page, url: str, trouble: str) -> None:
    page.add_init_script(NO_ENTRY[trouble])
    widget = open_widget(page, url + "whole/")
    expect(widget.notice).to_have_text(say("notice_unavailable"))
    widget.answer(ALL_BEST)
    widget.expect_verdict("Ready to go")
    widget.press("reset")
    widget.expect_answers({})
    widget.press("undo")
    widget.expect_answers(ALL_BEST)
    widget.clear(NAMED)
    widget.expect_answered(3)
    expect(widget.notice).to_have_text(say("notice_unavailable"))


# Storage opens once `letOpen()` has been called, but not before.
SLOW_OPEN = """
const { open } = IDBFactory.prototype;
const opened = new Promise((resolve) => { window.letOpen = resolve; });
IDBFactory.prototype.open = function (...all) {
    const request = open.apply(this, all);
    Object.defineProperty(request, "onsuccess", {
        set: (reply) => request.addEventListener("success", (event) => opened.then(() => reply(event))),
    });
    return request;
};
"""


def test_storage_that_never_replies_does_not_hold_the_score_up(page: Page, url: str) -> None:
    page.add_init_script("IDBFactory.prototype.open = () => new EventTarget()")
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.expect_answered(0)
    widget.answer(ALL_BEST)
    widget.expect_verdict("Ready to go")


def test_answer_given_before_storage_replies_wins_over_what_was_stored(page: Page, url: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": an_entry("no"), "sign": an_entry("no")})))
    page.add_init_script("""
        const { open } = IDBFactory.prototype;
        const answered = new Promise((resolve) => addEventListener("checklist-scored", resolve, { once: true }));
        IDBFactory.prototype.open = function (...all) {
            const request = open.apply(this, all);
            Object.defineProperty(request, "onsuccess", {
                set: (reply) => request.addEventListener("success", (event) => answered.then(() => reply(event))),
            });
            return request;
        };
    """)
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.expect_answered(0)
    widget.answer({NAMED: YES})
    widget.expect_answers({NAMED: YES, SIGN: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no"})


def test_storage_that_never_replies_is_given_up_for_this_visit(page: Page, url: str) -> None:
    page.clock.install()
    page.add_init_script("IDBFactory.prototype.open = () => new EventTarget()")
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.answer({NAMED: YES})
    expect(widget.notice).to_be_empty()
    page.clock.run_for(3_000)
    expect(widget.notice).to_have_text(say("notice_unavailable"))
    unsaved = say("answered_unsaved", answered=1, total=4)
    expect(widget.bar).to_contain_text(unsaved)
    page.clock.run_for(2_000)
    expect(widget.live).to_contain_text(unsaved)


def test_reset_while_storage_is_slow_can_still_be_undone(page: Page, url: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": an_entry("no"), "sign": an_entry("no")})))
    page.add_init_script(SLOW_OPEN)
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.answer({SUPPLIES: YES, DATE: YES})
    widget.press("reset")
    # The reset is about the two answers that are there, and not about what storage brings.
    expect(widget.button("undo")).to_be_visible()
    page.evaluate("letOpen()")
    widget.expect_answers({NAMED: NO, SIGN: NO})
    widget.press("undo")
    widget.expect_answers({NAMED: NO, SIGN: NO, SUPPLIES: YES, DATE: YES})


@pytest.mark.material
def test_answer_given_just_before_leaving_is_kept_though_storage_was_still_opening(page: Page, url: str) -> None:
    page.add_init_script(SLOW_OPEN)
    page.goto(url + "whole/")
    widget = Widget(page)
    widget.answer({NAMED: YES})
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name="Test site", exact=True).first.click()
    expect(widget.parts).to_have_count(0)
    assert page.evaluate("stillHere")
    page.evaluate("letOpen()")
    wait_until_stored(page, {"named": "yes"})


def test_page_follows_when_the_browsers_data_are_deleted(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES, SIGN: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no"})
    page.evaluate("""() => new Promise((resolve) => {
        indexedDB.deleteDatabase("mkdocs-checklists").onsuccess = resolve;
    })""")
    widget.expect_answers({})
    widget.answer({DATE: YES})
    wait_until_stored(page, {"date": "yes"})


def test_storage_that_is_taken_away_is_said_and_the_answers_stay_for_this_visit(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES, SIGN: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no"})
    page.evaluate("""() => {
        IDBFactory.prototype.open = () => { throw new DOMException("gone", "SecurityError"); };
        indexedDB.deleteDatabase("mkdocs-checklists");
    }""")
    expect(widget.notice).to_have_text(say("notice_unavailable"))
    unsaved = say("answered_unsaved", answered=2, total=4)
    expect(widget.live).to_contain_text(unsaved)
    widget.expect_answers({NAMED: YES, SIGN: NO})


def test_what_the_page_knows_is_stored_again_when_storage_comes_back_empty(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES, SIGN: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no"})
    page.evaluate("""() => {
        window.open_ = IDBFactory.prototype.open;
        IDBFactory.prototype.open = () => { throw new DOMException("busy", "AbortError"); };
        return new Promise((resolve) => { indexedDB.deleteDatabase("mkdocs-checklists").onsuccess = resolve; });
    }""")
    expect(widget.notice).to_have_text(say("notice_unavailable"))
    page.evaluate("() => { IDBFactory.prototype.open = open_; }")
    widget.answer({DATE: YES})
    wait_until_stored(page, {"named": "yes", "sign": "no", "date": "yes"})
    widget.expect_answers({NAMED: YES, SIGN: NO, DATE: YES})
    expect(widget.notice).to_have_text(say("notice"))


def test_short_trouble_is_forgotten_once_reading_works_again(page: Page, context: BrowserContext, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    page.evaluate("""() => {
        const { transaction } = IDBDatabase.prototype;
        IDBDatabase.prototype.transaction = function () {
            IDBDatabase.prototype.transaction = transaction;
            throw new DOMException("once", "InvalidStateError");
        };
    }""")
    other = open_widget(context.new_page(), url + "whole/")
    other.answer({SIGN: NO})
    expect(widget.notice).to_have_text(say("notice_unavailable"))
    other.answer({DATE: YES})
    widget.expect_answers({NAMED: YES, SIGN: NO, DATE: YES})
    expect(widget.notice).to_have_text(say("notice"))
    expect(widget.bar).to_contain_text(say("answered", answered=3, total=4) + " ")


def test_trouble_is_said_where_the_reader_is(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    page.evaluate("""() => {
        IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    widget.answer({SIGN: YES})
    unsaved = say("answered_unsaved", answered=2, total=4)
    expect(widget.bar).to_contain_text(unsaved)
    expect(widget.live).to_contain_text(unsaved)


def test_database_of_a_later_release_is_used_and_not_locked_out(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate("""() => new Promise((resolve) => {
        const request = indexedDB.open("mkdocs-checklists", 9);
        request.onupgradeneeded = () => ["runs", "later"].map((name) => request.result.createObjectStore(name));
        request.onsuccess = () => { request.result.close(); resolve(); };
    })""")
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    page.reload()
    widget.expect_answers({NAMED: NO})
    expect(widget.notice).to_have_text(say("notice_today"))


def test_a_later_release_in_another_tab_can_upgrade_while_this_page_is_open(
    page: Page, context: BrowserContext, url: str
) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    later = context.new_page()
    later.goto(url)
    later.evaluate("""() => new Promise((resolve, reject) => {
        const request = indexedDB.open("mkdocs-checklists", 9);
        request.onblocked = () => reject(new Error("the open page holds the database"));
        request.onsuccess = () => { request.result.close(); resolve(); };
    })""")
    widget.answer({SIGN: YES})
    wait_until_stored(page, {"named": "no", "sign": "yes"})


# --- storage is full ----------------------------------------------------------------------------------------------

FULL = {
    "at once": "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }",
    # Chromium reports it at the end of the transaction.
    "at the end": """{
        const put = IDBObjectStore.prototype.put;
        // Else it would refuse to commit what has just been aborted.
        IDBTransaction.prototype.commit = () => {};
        IDBObjectStore.prototype.put = function (...all) {
            const request = put.apply(this, all);
            Object.defineProperty(this.transaction, 'error', { value: new DOMException('full', 'QuotaExceededError') });
            this.transaction.abort();
            return request;
        };
    }""",
}


@pytest.mark.parametrize("when", FULL)
def test_full_storage_is_said_and_later_answers_are_kept_once_there_is_room(page: Page, url: str, when: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: PARTLY})
    wait_until_stored(page, {"named": "partly"})
    page.evaluate(f"() => {{ window.put = IDBObjectStore.prototype.put; {FULL[when]} }}")
    widget.answer({NAMED: YES, SIGN: NO, DATE: YES})
    expect(widget.notice).to_have_text(say("notice_full"))
    # 6 + 0 + 2 of 12
    widget.expect_score(67)
    wait_until_stored(page, {"named": "partly"})
    page.evaluate("() => { IDBObjectStore.prototype.put = put; }")
    widget.answer({SUPPLIES: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no", "date": "yes", "supplies": "no"})
    expect(widget.notice).not_to_contain_text(say("notice_full"))
    page.reload()
    widget.expect_answers({NAMED: YES, SIGN: NO, DATE: YES, SUPPLIES: NO})


# --- storage holds what nobody can read ---------------------------------------------------------------------------

UNREADABLE = {
    "null": "null",
    "text": "'named=yes'",
    "JSON as text": """'{"format":1,"revision":1,"answers":{"named":{"choice":"no"}}}'""",
    "a number": "7",
    "not a number": "NaN",
    "true": "true",
    "a list": "[{ named: 'no' }]",
    "an empty object": "{}",
    "a date": "new Date(0)",
    "a Map": "new Map([['format', 1], ['answers', {}]])",
    "bytes": "new Uint8Array([1, 2, 3])",
    "a file": "new Blob(['x'])",
    "no format": "{ answers: { named: { choice: 'no', at: '2025-01-01T00:00:00.000Z', revision: 1 } } }",
    "format as text": "{ format: '1', revision: 1, answers: {} }",
    "a future format": "{ format: 2, revision: 1, answers: { named: { choice: 'no', at: '2025-01-01', revision: 1 } } }",
    "no answers": "{ format: 1, revision: 1 }",
    "answers are null": "{ format: 1, revision: 1, answers: null }",
    "answers are a list": "{ format: 1, revision: 1, answers: ['no'] }",
    "answers are a Map": "{ format: 1, revision: 1, answers: new Map([['named', 'no']]) }",
    "what was set aside is text": "{ format: 1, revision: 1, answers: {}, set_aside: 'x' }",
}

# A record as text that tells Maps, dates and bytes apart, which JSON would not.
DESCRIBE = """() => {
    const say = (value) => Object.prototype.toString.call(value) + (value instanceof Map ? say([...value])
        : value instanceof Date ? value.toISOString() : ArrayBuffer.isView(value) ? value.join()
        : value && typeof value === 'object' ? `{${Object.entries(value).map(([k, v]) => `${k}:${say(v)}`)}}` : String(value));
    return new Promise((resolve) => {
        const request = indexedDB.open('mkdocs-checklists');
        request.onsuccess = () => {
            const get = request.result.transaction('runs').objectStore('runs').get(%r);
            get.onsuccess = () => { request.result.close(); resolve(say(get.result)); };
        };
    });
}"""


@pytest.mark.parametrize("shape", mostly_slow(UNREADABLE, kept=7))
def test_unreadable_record_is_left_alone_and_later_answers_are_kept_elsewhere(page: Page, url: str, shape: str) -> None:
    describe = DESCRIBE % slot_of(url)
    page.goto(url)
    store_expression(page, slot_of(url), UNREADABLE[shape])
    before = page.evaluate(describe)
    widget = open_widget(page, url + "whole/")
    expect(widget.notice).to_contain_text(say("notice_set_aside"))
    widget.expect_answers({})
    widget.answer({NAMED: PARTLY, DATE: YES})
    wait_until_stored(page, {"named": "partly", "date": "yes"})
    page.reload()
    widget.expect_answers({NAMED: PARTLY, DATE: YES})
    expect(widget.notice).to_contain_text(say("notice_set_aside"))
    assert page.evaluate(describe) == before


def test_several_unreadable_records_leave_room_for_a_readable_one(page: Page, url: str) -> None:
    page.goto(url)
    slot = slot_of(url)
    bad = [(slot, "text"), ([*slot[:2], "default.2"], {"format": 99})]
    store(page, *bad)
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    assert [(key, record) for key, record in stored(page)][:2] == bad


BAD_ENTRIES: dict[str, Any] = {
    "null": None,
    "a number": 5,
    "text": "yes",
    "a list": ["yes"],
    "without a date": {"choice": "yes", "revision": 1},
    "no date at all": an_entry("yes", at="some day"),
    "choice is a number": an_entry("yes") | {"choice": 2},
    "choice is an object": an_entry("yes") | {"choice": {"id": "yes"}},
    "revision is text": an_entry("yes") | {"revision": "1"},
}


def test_bad_entries_among_good_ones_are_set_aside_one_by_one(page: Page, url: str) -> None:
    good = {"sign": an_entry("no"), "date": an_entry("yes")}
    bad = {f"damaged-{n}": entry for n, entry in enumerate(BAD_ENTRIES.values())}
    page.goto(url)
    store(page, (slot_of(url), a_run(good | bad | {"named": 5})))
    widget = open_widget(page, url + "whole/")
    expect(widget.notice).to_contain_text(say("notice_set_aside"))
    widget.expect_answers({SIGN: NO, DATE: YES})
    widget.answer({SUPPLIES: YES})
    widget.expect_answered(3)
    wait_until(page, "() => document.querySelectorAll('input:checked').length === 3")
    widget.answer({NAMED: YES})
    widget.clear(SIGN)
    widget.expect_answered(3)
    page.reload()
    wait_for_widget(widget)
    widget.expect_answers({NAMED: YES, SUPPLIES: YES, DATE: YES})
    ((_, record),) = stored(page)
    kept = {item: entry for item, entry in record["answers"].items() if item.startswith("damaged-")}
    assert kept == bad
    # The bad one whose place a new answer took is still in the record.
    assert record["set_aside"] == [["named", 5]]


@pytest.mark.parametrize("bad", mostly_slow(BAD_ENTRIES, kept=4))
def test_bad_entry_does_not_count_and_is_kept_beside_the_new_answer(page: Page, url: str, bad: str) -> None:
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": BAD_ENTRIES[bad], "sign": an_entry("no")})))
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({SIGN: NO})
    expect(widget.notice).to_contain_text(say("notice_set_aside"))
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes", "sign": "no"})
    ((_, record),) = stored(page)
    assert record["set_aside"] == [["named", BAD_ENTRIES[bad]]]


def test_bad_revision_date_or_offer_to_undo_does_no_harm(page: Page, url: str) -> None:
    page.goto(url)
    record = a_run({"named": an_entry("yes")}) | {"revision": "many", "cleared": {"at": 5, "answers": ["x"]}, "more": 1}
    store(page, (slot_of(url), record))
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({NAMED: YES})
    widget.answer({SIGN: NO})
    wait_until_stored(page, {"named": "yes", "sign": "no"})
    ((_, after),) = stored(page)
    # What a later release has added stays.
    assert after["more"] == 1


def test_record_that_breaks_while_the_page_is_open_is_not_overwritten(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"named": "yes"})
    store(page, (slot_of(url), "damaged by another program"))
    widget.answer({SIGN: NO})
    wait_until(
        page,
        "() => document.querySelectorAll('input:checked').length === 2",
    )
    # What the page knows goes with the new answer into the next free slot.
    wait_until_stored(page, {"named": "yes", "sign": "no"})
    key, record = stored(page)[0]
    assert (key, record) == (slot_of(url), "damaged by another program")
