"""A whole checklist with the keyboard alone, and the focus is in view all the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.widget import (
    ALL_BEST,
    DATE,
    NAMED,
    NO,
    PARTLY,
    QUESTIONS,
    SIGN,
    SUPPLIES,
    TREE,
    YES,
    Widget,
    open_widget,
    say,
    wait_until_stored,
    write_checklist,
)
from tests.helpers import SiteFactory

WIDTHS = (390, 1280)

LONG = [
    f"Question {n}, with enough words in it that a narrow screen needs a second line for them?" for n in range(1, 9)
]
LONG_TREE = {"checklists/long.yml": write_checklist(*LONG), "docs/index.md": "# Long\n\n::: checklist long\n"}

# What has the focus, with the row of a radio button as the place a reader looks at.
FOCUS = """() => {
    const focused = document.activeElement;
    const place = (focused.closest("scored-checklist label") ?? focused).getBoundingClientRect();
    const style = [focused, focused.closest("label")].filter(Boolean).map((element) => getComputedStyle(element));
    const bar = document.querySelector("scored-checklist [role=group]:has(progress)");
    const painted = [...(bar?.querySelectorAll("*") ?? []), ...(bar ? [bar] : [])]
        .map((element) => element.getBoundingClientRect()).filter((box) => box.width && box.height);
    const solid = getComputedStyle(bar).pointerEvents === "none" ? painted.slice(0, -1) : painted;
    const header = document.querySelector(".md-header")?.getBoundingClientRect();
    const overlaps = (a, b) => a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
    return {
        what: focused.name ? `${focused.name}=${focused.value}` : focused.textContent.trim(),
        inWidget: focused.closest("scored-checklist") !== null,
        isOutlined: style.some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2),
        isInView: place.top >= 0 && place.bottom <= innerHeight && place.left >= 0 && place.right <= innerWidth,
        covers: (bar.contains(focused) ? [] : [...solid, ...(header ? [header] : [])]).filter((box) => overlaps(place, box)),
        place,
    };
}"""


def assert_focus_is_seen(page: Page) -> None:
    # A long page lays out what comes into view while it scrolls there: only what stands still after that is looked at.
    page.evaluate("() => new Promise((still) => requestAnimationFrame(() => requestAnimationFrame(still)))")
    found = page.evaluate(FOCUS)
    if found["inWidget"]:
        assert (found["isOutlined"], found["isInView"], found["covers"]) == (True, True, []), str(found)


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until the focus is on a control with these words, looking at every step."""
    for _ in range(60):
        page.keyboard.press(key)
        assert_focus_is_seen(page)
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    raise AssertionError(f"the focus never came to {words!r}")


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.mark.parametrize("width", WIDTHS)
def test_checklist_is_answered_with_tab_arrows_and_space(
    new_context: Callable[..., BrowserContext], url: str, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    widget = open_widget(page, url + "whole/")
    # From the heading on, as a reader would who has just read it.
    page.evaluate("""() => {
        const heading = document.querySelector("h1");
        heading.tabIndex = -1;
        heading.focus();
    }""")

    def tab_to_question(text: str) -> None:
        for _ in range(20):
            page.keyboard.press("Tab")
            assert_focus_is_seen(page)
            if widget.option(text, YES).evaluate("(input) => input === document.activeElement"):
                return
        raise AssertionError(f"the focus never came to {text!r}")

    tab_to_question(NAMED)
    expect(widget.chosen).to_have_count(0)
    page.keyboard.press("Space")
    expect(widget.option(NAMED, YES)).to_be_checked()
    tab_to_question(SIGN)
    page.keyboard.press("ArrowDown")
    assert_focus_is_seen(page)
    expect(widget.option(SIGN, PARTLY)).to_be_checked()
    # Advice has opened below: what has the focus stays where it can be seen.
    page.keyboard.press("ArrowDown")
    assert_focus_is_seen(page)
    tab_to_question(SUPPLIES)
    page.keyboard.press("Space")
    tab_to_question(DATE)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    widget.expect_answers({NAMED: YES, SIGN: NO, SUPPLIES: YES, DATE: YES})
    widget.expect_verdict("Fix the flagged points first")
    tab_to(page, say("clear"))
    page.keyboard.press("Enter")
    widget.expect_answered(3)
    assert_focus_is_seen(page)
    expect(widget.option(DATE, YES)).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_focus_is_never_covered_on_the_way_through_many_questions(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 620}).new_page()
    widget = open_widget(page, site_factory(LONG_TREE).url, "long")
    widget.option(LONG[0], NO).focus()
    seen: list[str] = []
    for key in ["Tab"] * 26 + ["Shift+Tab"] * 26:
        page.keyboard.press(key)
        assert_focus_is_seen(page)
        seen.append(page.evaluate("document.activeElement.name ?? ''"))
    assert {f"q{n}" for n in range(2, 9)} <= set(seen)


def test_focus_is_never_covered_where_only_what_is_near_is_laid_out(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    many = [
        f"Question {n}, with enough words in it that a narrow screen needs a second line for them?" for n in range(80)
    ]
    tree = {"checklists/many.yml": write_checklist(*many), "docs/index.md": "# Many\n\n::: checklist many\n"}
    page = new_context(viewport={"width": 320, "height": 600}).new_page()
    widget = open_widget(page, site_factory(tree).url, "many")
    following = widget.bar.get_by_role("button", name=say("next"))
    widget.answer({many[40]: NO})
    for text in (many[41], many[42]):
        following.press("Enter")
        expect(widget.option(text, YES)).to_be_focused()
        assert_focus_is_seen(page)
        page.keyboard.press("Space")
    widget.answer({many[70]: NO})
    expect(widget.bar).to_be_in_viewport()
    following.press("Enter")
    expect(widget.option(many[71], YES)).to_be_focused()
    for _ in range(12):
        assert_focus_is_seen(page)
        page.keyboard.press("Shift+Tab")
    widget.option(many[0], YES).focus()
    for _ in range(12):
        assert_focus_is_seen(page)
        page.keyboard.press("Tab")


@pytest.mark.parametrize("width", WIDTHS)
def test_next_unanswered_question_is_reached_and_seen_by_keyboard(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 620}).new_page()
    widget = open_widget(page, site_factory(LONG_TREE).url, "long")
    following = widget.bar.get_by_role("button", name=say("next"))
    for text in LONG:
        following.focus()
        assert_focus_is_seen(page)
        page.keyboard.press("Enter")
        expect(widget.option(text, YES)).to_be_focused()
        assert_focus_is_seen(page)
        expect(widget.question(text).get_by_role("heading")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Space")
    expect(widget.chosen).to_have_count(len(LONG))
    expect(following).to_be_hidden()


def test_starting_again_and_undo_by_keyboard_keep_the_focus_at_hand(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer(ALL_BEST)
    wait_until_stored(page, dict.fromkeys(("named", "sign", "supplies", "date"), "yes"))
    widget.option(DATE, YES).focus()
    tab_to(page, say("reset"))
    page.keyboard.press("Enter")
    widget.expect_answers({})
    expect(widget.button("undo")).to_be_focused()
    assert_focus_is_seen(page)
    page.keyboard.press("Space")
    widget.expect_answers(ALL_BEST)
    expect(widget.button("reset")).to_be_focused()
    assert_focus_is_seen(page)


def test_undo_in_the_line_about_the_answers_stays_there(page: Page, url: str) -> None:
    widget = open_widget(page, url + "first/", "spread")
    widget.answer({NAMED: YES, SIGN: YES})
    wait_until_stored(page, {"named": "yes", "sign": "yes"}, "spread")
    other = page.context.new_page()
    other.goto(url + "result/")
    Widget(other, "spread").press("reset")
    widget.expect_answers({})
    widget.notice.get_by_role("button", name=say("undo")).press("Enter")
    widget.expect_answers({NAMED: YES, SIGN: YES})
    expect(widget.notice).to_be_focused()


@pytest.mark.parametrize("place", ["panel", "notice"])
def test_undo_keeps_the_focus_while_fewer_answers_can_be_brought_back(page: Page, url: str, place: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.answer({NAMED: YES, SIGN: YES})
    wait_until_stored(page, {"named": "yes", "sign": "yes"})
    widget.press("reset")
    place_of_undo = getattr(widget, place)
    undo = place_of_undo.get_by_role("button", name=say("undo"))
    expect(place_of_undo).to_contain_text(say("cleared", count=2))
    undo.focus()
    # Answers without the focus, as another tab does.
    widget.option(NAMED, YES).evaluate("radio => radio.click()")
    expect(place_of_undo).to_contain_text(say("cleared", count=1))
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    widget.expect_answers({NAMED: YES, SIGN: YES})


def test_next_shows_its_question_in_a_very_small_window(
    new_context: Callable[..., BrowserContext], site_factory: SiteFactory
) -> None:
    # 1280 by 1024 pixels at 400 %.
    page = new_context(viewport={"width": 320, "height": 256}).new_page()
    widget = open_widget(page, site_factory(LONG_TREE).url, "long")
    for text in LONG[:4]:
        widget.bar.get_by_role("button", name=say("next")).press("Enter")
        expect(widget.option(text, YES)).to_be_focused()
        assert_focus_is_seen(page)
        page.keyboard.press("Space")


def test_confirming_an_old_answer_keeps_the_focus_at_the_question(page: Page, site_factory: SiteFactory) -> None:
    text = write_checklist("Is it done?", "Is it checked?", extra="revision: 2\n")
    url = site_factory({"checklists/old.yml": text, "docs/index.md": "# Old\n\n::: checklist old\n"}).url
    widget = open_widget(page, url, "old")
    widget.answer({"Is it done?": NO})
    wait_until_stored(page, {"q1": "no"}, "old")
    page.evaluate("""() => new Promise((resolve) => {
        const request = indexedDB.open("mkdocs-checklists");
        request.onsuccess = () => {
            const transaction = request.result.transaction("runs", "readwrite");
            const runs = transaction.objectStore("runs");
            runs.openCursor().onsuccess = ({ target }) => {
                target.result.value.answers.q1.revision = 1;
                target.result.update(target.result.value);
            };
            transaction.oncomplete = () => { request.result.close(); resolve(); };
        };
    })""")
    page.reload()
    confirm = Widget(page, "old").question("Is it done?").get_by_role("button", name=say("confirm_button"))
    confirm.press("Enter")
    expect(confirm).to_have_count(0)
    expect(widget.option("Is it done?", NO)).to_be_focused()


def test_enter_in_a_radio_button_goes_nowhere(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.option(NAMED, YES).focus()
    page.keyboard.press("Space")
    page.evaluate("window.stillHere = true")
    page.keyboard.press("Enter")
    widget.expect_answers({NAMED: YES})
    assert page.url == url + "whole/"
    assert page.evaluate("stillHere")


def test_every_question_is_one_stop_of_the_tab_key(page: Page, url: str) -> None:
    widget = open_widget(page, url + "whole/")
    widget.option(NAMED, YES).focus()
    stops = []
    for _ in range(len(QUESTIONS) - 1):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.name"))
    assert stops == ["sign", "supplies", "date"]
