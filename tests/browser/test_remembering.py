"""What a reader has answered is there again: after a reload, on another page, in another tab, after the checklist changed."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    PARTLY,
    SIGN,
    SUPPLIES,
    TASK,
    TREE,
    UNKNOWN,
    YES,
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
    wait_for_widget,
    wait_until,
    wait_until_stored,
)
from tests.helpers import DEFAULT_CONFIG, SiteFactory, build_site, serve, write_tree

TWO = {NAMED: PARTLY, SIGN: UNKNOWN}
TWO_STORED = {"named": "partly", "sign": "unknown"}


@pytest.fixture
def url(widget_site: SiteFactory) -> str:
    return widget_site(TREE).url


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    return open_widget(page, url + "whole/")


def test_answers_are_back_after_a_reload(page: Page, widget: Widget) -> None:
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    page.reload()
    widget.expect_answers(TWO)
    widget.expect_answered(2)
    expect(widget.question(NAMED).get_by_text("Write the sentence down.")).to_be_visible()
    expect(widget.notice).to_have_text(say("notice_today"))


@pytest.mark.material
def test_answers_are_kept_when_the_reader_leaves_at_once(page: Page, url: str, widget: Widget) -> None:
    widget.answer(TWO)
    page.goto(url)
    open_widget(page, url + "whole/").expect_answers(TWO)


@pytest.mark.material
def test_answers_are_back_after_another_page_without_a_reload(page: Page, widget: Widget) -> None:
    page.evaluate("window.stillHere = true")
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    page.get_by_role("link", name="Parts").first.click()
    page.wait_for_url("**/parts/")
    expect(page.get_by_role("heading", name="Parts", level=1)).to_be_visible()
    widget.expect_answers(TWO)
    page.go_back()
    page.wait_for_url("**/whole/")
    expect(page.get_by_role("heading", name="Ready to hand this task over?", level=1)).to_be_visible()
    widget.expect_answers(TWO)
    assert page.evaluate("stillHere")


def test_back_button_after_a_full_load_shows_the_answers(page: Page, url: str, widget: Widget) -> None:
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    page.goto(url)
    page.go_back()
    widget.expect_answers(TWO)
    widget.expect_answered(2)
    widget.answer({SIGN: YES})
    wait_until_stored(page, {"named": "partly", "sign": "yes"})
    page.go_forward()
    page.go_back()
    widget.expect_answers({NAMED: PARTLY, SIGN: YES})


def test_page_from_the_cache_catches_up_with_what_it_missed(page: Page, url: str, widget: Widget) -> None:
    # Chromium keeps no page while it is being driven, so the page is told that it comes back, as the browser would. Writing
    # past the widget tells no other tab, just as a page in the cache is not told.
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    answers = {"named": an_entry("no"), "sign": an_entry("yes"), "date": an_entry("yes")}
    store(page, (slot_of(url), a_run(answers)))
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    widget.expect_answers({NAMED: NO, SIGN: YES, DATE: YES})
    widget.expect_answered(3)


# A transaction that is begun while `window.swallow` holds never says that it has ended, as in a page that was kept whole meanwhile.
SWALLOW = """
const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (...all) {
    const begun = transaction.apply(this, all);
    if (window.swallow) for (const name of ["oncomplete", "onabort"]) Object.defineProperty(begun, name, { set() {} });
    return begun;
};
"""


def test_page_from_the_cache_keeps_answers_though_an_earlier_one_is_never_confirmed(page: Page, url: str) -> None:
    page.add_init_script(SWALLOW)
    widget = open_widget(page, url + "whole/")
    page.evaluate("window.swallow = true")
    widget.answer({NAMED: PARTLY})
    page.evaluate("window.swallow = false")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    widget.answer({SIGN: UNKNOWN})
    wait_until_stored(page, TWO_STORED)
    expect(widget.notice).to_have_text(say("notice"))


def hold_back(page: Page, module: str) -> Callable[[], None]:
    """Keep a module of ours from arriving until what is returned is called."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/{module}", hold)

    def release() -> None:
        for route in held:
            route.continue_()
        page.unroute(f"**/{module}")

    return release


def test_answers_given_before_the_script_runs_are_newer_than_the_store(page: Page, url: str) -> None:
    listen(page)
    page.goto(url)
    store(page, (slot_of(url), a_run({"named": an_entry("yes"), "date": an_entry("yes")})))
    page.goto("about:blank")
    let_it_come = hold_back(page, "define.js")
    page.goto(url + "whole/", wait_until="commit")
    widget = Widget(page)
    widget.answer({NAMED: NO, SIGN: NO})
    let_it_come()
    widget.expect_answers({NAMED: NO, SIGN: NO, DATE: YES})
    wait_until_stored(page, {"named": "no", "sign": "no", "date": "yes"})
    assert "checklist-changed" not in {event["name"] for event in told(page)}


def check_in_the_page(page: Page, *items: str) -> None:
    """Let the words of the page check the answer "no", which looks as what a browser puts back does: nobody has clicked it."""
    found = re.compile(rf'(name="(?:{"|".join(items)})"[^>]*value="no")')
    page.route(
        "**/whole/",
        lambda route: route.fulfill(
            response=(response := route.fetch()), body=found.sub(r"\1 checked", response.text())
        ),
        # The theme may fetch the page once more, after the test has ended.
        times=1,
    )


def test_what_nobody_has_clicked_never_counts_beside_what_was_stored(page: Page, url: str) -> None:
    record = a_run({"named": an_entry("yes"), "date": an_entry("yes")})
    page.goto(url)
    store(page, (slot_of(url), record))
    check_in_the_page(page, "named", "sign")
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({NAMED: YES, DATE: YES})
    assert [kept for _, kept in stored(page)] == [record]


def test_what_nobody_has_clicked_does_not_undo_a_reset(page: Page, url: str) -> None:
    cleared = {"at": "2025-05-04T10:00:00.000Z", "answers": {"named": an_entry("no")}}
    page.goto(url)
    store(page, (slot_of(url), a_run({}, cleared=cleared)))
    check_in_the_page(page, "named")
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({})
    expect(widget.notice).to_contain_text(say("cleared", count=1))


def test_what_nobody_has_clicked_does_not_count_where_nothing_was_ever_stored(page: Page, url: str) -> None:
    # A browser puts answers back by their place: after a change of the checklist it may be another answer.
    check_in_the_page(page, "named")
    widget = open_widget(page, url + "whole/")
    widget.expect_answers({})
    widget.expect_answered(0)
    assert stored(page) == []


def test_back_button_does_not_bring_back_what_was_cleared_meanwhile(
    page: Page, context: BrowserContext, url: str, widget: Widget
) -> None:
    # Without a cache of whole pages the browser restores inputs by itself, with what they held when the page was left.
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    page.goto(url + "two/")
    other = open_widget(context.new_page(), url + "whole/")
    other.expect_answers(TWO)
    other.press("reset")
    wait_until_stored(page, {})
    page.go_back()
    wait_for_widget(widget)
    widget.expect_answers({})
    assert page.evaluate("document.querySelectorAll('input:checked').length") == 0
    other.expect_answers({})


# --- dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("2024-05-03T10:00:00.000Z", say("notice_restored", date="3 May 2024")),
        (f"{datetime.now(UTC).date()}T00:00:00.000Z", say("notice_today")),
    ],
)
def test_line_says_from_when_the_answers_are(page: Page, url: str, at: str, line: str) -> None:
    page.goto(url)
    older = an_entry("no", at="2023-01-01T00:00:00.000Z")
    store(page, (slot_of(url), a_run({"sign": older, "named": an_entry("yes", at=at), "gone": an_entry("x")})))
    widget = open_widget(page, url + "whole/")
    expect(widget.notice).to_have_text(line)
    # It is about the visit: it does not change under the reader's hands.
    widget.answer({DATE: YES})
    widget.expect_answered(3)
    expect(widget.notice).to_have_text(line)


def test_every_answer_is_stored_with_its_own_date_and_the_revision(page: Page, url: str, widget: Widget) -> None:
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    ((_, before),) = stored(page)
    widget.answer({SIGN: YES})
    wait_until_stored(page, {"named": "no", "sign": "yes"})
    ((key, after),) = stored(page)
    assert key == slot_of(url)
    assert after["answers"]["named"] == before["answers"]["named"]
    for entry in after["answers"].values():
        assert set(entry) == {"choice", "at", "revision"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry["at"])
        assert entry["revision"] == 1


# --- the checklist has changed ------------------------------------------------------------------------------------

# The item `named` was called `sentence`, its option `partly` was `half`, and the file was `handover`.
RENAMED = TASK.replace(
    "      - id: named\n",
    "      - id: named\n        was: [sentence]\n",
).replace(
    "title: Ready to hand this task over?",
    "title: Ready to hand this task over?\nwas: [handover]\nretired: [removed]",
)
RENAMED = RENAMED.replace("{id: partly, text", "{id: partly, was: [half], text")
RENAMED_TREE = {"checklists/task.yml": RENAMED, "docs/index.md": "# Home\n", "docs/whole.md": "::: checklist task\n"}


@pytest.fixture
def renamed(site_factory: SiteFactory) -> str:
    return site_factory(RENAMED_TREE).url


def test_answer_under_an_earlier_id_of_item_and_option_still_counts(page: Page, renamed: str) -> None:
    page.goto(renamed)
    store(page, (slot_of(renamed), a_run({"sentence": an_entry("half")})))
    widget = open_widget(page, renamed + "whole/")
    widget.expect_answers({NAMED: PARTLY})
    widget.answer({NAMED: YES})
    wait_until_stored(page, {"sentence": "half", "named": "yes"})
    page.reload()
    widget.expect_answers({NAMED: YES})
    # Clearing must not bring the older answer back.
    widget.clear(NAMED)
    widget.expect_answers({})
    wait_until_stored(page, {})
    page.reload()
    widget.expect_answers({})


def test_answers_under_an_earlier_id_of_the_file_are_taken_over_and_stay_there(page: Page, renamed: str) -> None:
    earlier = (slot_of(renamed, "handover"), a_run({"sentence": an_entry("half"), "sign": an_entry("yes")}))
    page.goto(renamed)
    store(page, earlier)
    widget = open_widget(page, renamed + "whole/")
    widget.expect_answers({NAMED: PARTLY, SIGN: YES})
    widget.answer({SIGN: NO})
    wait_until_stored(page, {"sentence": "half", "sign": "no"})
    assert {key[1]: record for key, record in stored(page)}["handover"] == earlier[1]
    # From now on they are the checklist's own: what becomes of the old place no longer matters.
    store(page, (earlier[0], a_run({"sign": an_entry("yes")})))
    page.reload()
    widget.expect_answers({NAMED: PARTLY, SIGN: NO})


def test_answers_to_removed_items_and_options_are_kept_and_not_counted(page: Page, renamed: str) -> None:
    answers = {
        "removed": an_entry("yes"),
        "unheard-of": an_entry("no"),
        "date": an_entry("gone"),
        "sign": an_entry("yes"),
    }
    page.goto(renamed)
    store(page, (slot_of(renamed), a_run(answers)))
    widget = open_widget(page, renamed + "whole/")
    widget.expect_answers({SIGN: YES})
    widget.expect_answered(1)
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"removed": "yes", "unheard-of": "no", "date": "gone", "sign": "yes", "named": "no"})
    widget.press("reset")
    widget.expect_answers({})
    # What the reader cannot see is not hers to lose by starting again.
    wait_until(page, "() => document.querySelector('[data-panel]')")
    page.reload()
    wait_for_widget(widget)
    ((_, record),) = stored(page)
    assert {"removed", "unheard-of"} <= set(record["answers"])


def test_answers_from_before_a_raised_revision_count_and_ask_to_be_confirmed(
    page: Page, site_factory: SiteFactory
) -> None:
    raised = TASK.replace("reviewed:", "revision: 2\nreviewed:")
    url = site_factory(
        {"checklists/task.yml": raised, "docs/index.md": "# H\n", "docs/a.md": "::: checklist task\n"}
    ).url
    page.goto(url)
    entries = {"named": an_entry("yes"), "sign": an_entry("no"), "date": an_entry("yes", revision=2)}
    store(page, (slot_of(url), a_run(entries)))
    widget = open_widget(page, url + "a/")
    widget.expect_answers({NAMED: YES, SIGN: NO, DATE: YES})
    # 6 + 0 + 2 of 12
    widget.expect_score(67)
    ask = say("confirm", date="3 May 2025")
    expect(widget.notice).to_contain_text(say("notice_unconfirmed", count=2))
    expect(widget.question(NAMED)).to_contain_text(ask)
    expect(widget.question(DATE)).not_to_contain_text("Please confirm")
    widget.question(NAMED).get_by_role("button", name=say("confirm_button")).click()
    expect(widget.question(NAMED)).not_to_contain_text("Please confirm")
    expect(widget.notice).to_contain_text(say("notice_unconfirmed", count=1))
    # A new answer confirms itself.
    widget.answer({SIGN: PARTLY})
    expect(widget.notice).not_to_contain_text("Please confirm")
    wait_until_stored(page, {"named": "yes", "sign": "partly", "date": "yes"})
    page.reload()
    widget.expect_answers({NAMED: YES, SIGN: PARTLY, DATE: YES})
    expect(widget.parts).not_to_contain_text("Please confirm")


# --- starting again -----------------------------------------------------------------------------------------------


def test_reset_takes_all_answers_and_undo_brings_them_back(page: Page, widget: Widget) -> None:
    widget.answer(ALL_BEST)
    widget.press("reset")
    widget.expect_answers({})
    expect(widget.panel).to_contain_text(say("cleared", count=4))
    expect(widget.panel).to_contain_text(say("none"))
    widget.press("undo")
    widget.expect_answers(ALL_BEST)
    widget.expect_verdict("Ready to go")
    expect(widget.panel).not_to_contain_text("were cleared")
    wait_until_stored(page, dict.fromkeys(("named", "sign", "supplies", "date"), "yes"))


def test_reset_can_be_undone_after_a_reload_and_undo_keeps_newer_answers(page: Page, widget: Widget) -> None:
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    widget.press("reset")
    wait_until_stored(page, {})
    page.reload()
    wait_for_widget(widget)
    widget.expect_answers({})
    expect(widget.notice).to_contain_text(say("cleared", count=2))
    widget.answer({NAMED: YES, DATE: NO})
    widget.press("undo")
    widget.expect_answers({NAMED: YES, SIGN: UNKNOWN, DATE: NO})
    wait_until_stored(page, {"named": "yes", "sign": "unknown", "date": "no"})


def test_offer_to_undo_that_is_gone_does_not_come_back(
    page: Page, context: BrowserContext, url: str, widget: Widget
) -> None:
    widget.answer(TWO)
    wait_until_stored(page, TWO_STORED)
    widget.press("reset")
    widget.answer({DATE: YES})
    wait_until_stored(page, {"date": "yes"})
    other = open_widget(context.new_page(), url + "whole/")
    expect(other.notice).to_have_text(say("notice_today"))
    widget.answer({SUPPLIES: YES})
    other.expect_answers({DATE: YES, SUPPLIES: YES})
    expect(other.notice).to_have_text(say("notice_today"))


# --- tabs ---------------------------------------------------------------------------------------------------------


def test_answer_in_one_tab_shows_in_the_other_at_once(
    page: Page, context: BrowserContext, url: str, widget: Widget
) -> None:
    other_page = context.new_page()
    listen(other_page)
    other = open_widget(other_page, url + "parts/")
    widget.answer({NAMED: NO})
    other.expect_answers({NAMED: NO})
    expect(other.question(NAMED).get_by_text("Write one sentence")).to_be_visible()
    assert {event["name"] for event in told(other_page)} == {"checklist-scored"}
    other.answer({NAMED: YES})
    widget.expect_answers({NAMED: YES})
    other.clear(NAMED)
    widget.expect_answers({})
    widget.answer(TWO)
    other.expect_answers(TWO)
    other.press("reset")
    widget.expect_answers({})
    widget.press("undo")
    other.expect_answers(TWO)


def test_tabs_do_not_overwrite_one_anothers_answers(page: Page, context: BrowserContext, url: str) -> None:
    # Tabs that hear nothing of each other, as when one is frozen: each writes only what its reader has changed.
    context.add_init_script("delete window.BroadcastChannel")
    one = open_widget(page, url + "whole/")
    other_page = context.new_page()
    other = open_widget(other_page, url + "whole/")
    one.answer({NAMED: NO, SIGN: NO})
    wait_until_stored(page, {"named": "no", "sign": "no"})
    other.answer({DATE: YES, SIGN: YES})
    wait_until_stored(page, {"named": "no", "sign": "yes", "date": "yes"})
    one.answer({SUPPLIES: PARTLY})
    expected = {"named": "no", "sign": "yes", "date": "yes", "supplies": "partly"}
    wait_until_stored(page, expected)
    page.reload()
    one.expect_answers({NAMED: NO, SIGN: YES, DATE: YES, SUPPLIES: PARTLY})


def test_answers_at_the_same_moment_in_two_tabs_are_all_kept(page: Page, context: BrowserContext, url: str) -> None:
    one = open_widget(page, url + "whole/")
    other_page = context.new_page()
    other = open_widget(other_page, url + "whole/")
    # Without a pause for the tabs to hear of each other.
    click = "(names) => names.forEach((name) => document.querySelector(`input[name=${name}][value=yes]`).click())"
    page.evaluate(click, ["named", "sign"])
    other_page.evaluate(click, ["supplies", "date"])
    one.expect_answers(ALL_BEST)
    other.expect_answers(ALL_BEST)
    wait_until_stored(page, dict.fromkeys(("named", "sign", "supplies", "date"), "yes"))


# --- sites --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One site with the checklist `task`, published twice on one origin: below `/a/` and below `/b/`."""
    root = write_tree(
        tmp_path_factory.mktemp("neighbours"),
        {"mkdocs.yml": DEFAULT_CONFIG, "checklists/task.yml": TASK, "docs/index.md": "# Site\n\n::: checklist task\n"},
    )
    with serve(root / "site", "/") as url:
        for name in ("a", "b"):
            build_site(root, root / "site" / name, site_url=f"{url}{name}/").check()
        yield url


def test_sites_on_one_origin_do_not_share_answers(page: Page, neighbours: str, context: BrowserContext) -> None:
    one = open_widget(page, neighbours + "a/")
    other_page = context.new_page()
    other = open_widget(other_page, neighbours + "b/")
    one.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    other.answer({NAMED: YES, DATE: NO})
    wait_until_stored(other_page, {"named": "yes", "date": "no"})
    one.expect_answers({NAMED: NO})
    for tab in (page, other_page):
        tab.reload()
    one.expect_answers({NAMED: NO})
    other.expect_answers({NAMED: YES, DATE: NO})
    other.press("reset")
    wait_until_stored(other_page, {})
    page.reload()
    one.expect_answers({NAMED: NO})


def test_another_release_of_a_site_finds_the_answers(page: Page, neighbours: str) -> None:
    widget = open_widget(page, neighbours + "a/")
    widget.answer({NAMED: NO})
    wait_until_stored(page, {"named": "no"})
    # Assets of another content lie in another folder.
    page.route(
        re.compile(r"/a/$"),
        lambda route: route.fulfill(
            response=(response := route.fetch()),
            body=re.sub(r"assets/checklists/[0-9a-f]{12}/", "assets/checklists/0123456789ab/", response.text()),
        ),
    )
    page.route(re.compile("/0123456789ab/"), _serve_from_the_real_folder(page))
    page.reload()
    widget.expect_answers({NAMED: NO})
    assert page.evaluate("document.scripts[document.scripts.length - 1].src").count("0123456789ab") == 1
    # Modules on demand still come through the routes of this test: one that is at work when the page closes fails.
    page.wait_for_load_state("networkidle")


def _serve_from_the_real_folder(page: Page) -> Callable[[Any], None]:
    real = page.evaluate(
        "performance.getEntriesByType('resource').map((entry) => entry.name).find((name) => name.endsWith('define.js'))"
    )
    folder = re.search(r"[0-9a-f]{12}", real.partition("/checklists/")[2])
    assert folder is not None

    def fulfil(route: Any) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("0123456789ab", folder[0])))

    return fulfil
