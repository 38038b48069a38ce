"""*Print my result*: one or two sheets with the result and nothing else, from any scheme; afterwards the page is as it was."""

import io
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.test_paper import squeeze
from tests.browser.trip import BAG, DISTANCE, DRY, LOAD, RAIN, SOME
from tests.browser.trip import TREE as TRIP_TREE
from tests.browser.widget import DATE, NAMED, NO, PARTLY, SIGN, SUPPLIES, TASK, Widget, open_widget, say, wait_until
from tests.helpers import Site, SiteFactory

# Four things to do, so that one of them is folded.
TREE = {
    "checklists/task.yml": TASK.replace("bands:\n", "        recommend: Put it in the diary.\nbands:\n"),
    "docs/index.md": "::: checklist task level=1\n",
}
ALL_WEAK = {NAMED: PARTLY, SIGN: NO, SUPPLIES: NO, DATE: NO}

# In place of the browser's own dialog. On a phone `afterprint` comes at once, and what is printed is laid out later.
PRINT = """
window.printed = [];
window.print = () => {{
  dispatchEvent(new Event("beforeprint"));
  printed.push(document.querySelectorAll("[data-sheet]").length);
  const end = performance.now() + {milliseconds};
  while (performance.now() < end);
  dispatchEvent(new Event("afterprint"));
}};
"""


def sheet_of(page: Page) -> Locator:
    return page.locator("[data-sheet]")


def open_and_answer(
    page: Page, url: str, answers: Mapping[str, str], checklist: str = "task", *, milliseconds: int = 0
) -> Widget:
    page.add_init_script(PRINT.format(milliseconds=milliseconds))
    widget = open_widget(page, url, checklist)
    widget.answer(answers)
    return widget


def press_print(page: Page, widget: Widget, times: int = 1) -> None:
    expect(widget.button("print")).to_be_visible()
    widget.press("print")
    wait_until(page, "(times) => printed.length === times", times)


def test_sheet_has_the_result_and_nothing_else(page: Page, widget_site: SiteFactory) -> None:
    page.emulate_media(color_scheme="dark")
    widget = open_and_answer(page, widget_site(TREE).url, ALL_WEAK)
    press_print(page, widget)

    sheet = sheet_of(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(sheet).to_be_visible()
    expect(page.locator("body > :not([data-sheet]):visible")).to_have_count(0)
    expect(sheet.get_by_role("button")).to_have_count(0)
    expect(sheet.get_by_role("link")).to_have_count(0)
    expect(sheet.get_by_role("heading", level=1)).to_have_text(say("result-of", title="Ready to hand this task over?"))
    expect(sheet).to_contain_text(page.url)
    expect(sheet.locator("[data-verdict]")).to_have_text(say("verdict", band="Not yet"))
    expect(sheet.get_by_text("Mend what is listed first.")).to_be_visible()
    # The fourth thing to do is folded on the screen, and so is all advice.
    to_do = sheet.locator("ol > li")
    expect(to_do).to_have_count(4)
    expect(to_do.filter(has_text=NAMED)).to_contain_text("Write the sentence down.")
    expect(to_do.filter(has_text=SUPPLIES)).to_contain_text("List what the other side cannot start without.")
    points = {NAMED: "3 of 6", SIGN: "0 of 4", SUPPLIES: "0 of 2", DATE: "0 of 2"}
    lines = [f"{question} {answer} {points[question]} points" for question, answer in ALL_WEAK.items()]
    expect(sheet.locator("dl > div")).to_have_text(lines)
    colours = "(sheet) => [...new Set([...sheet.querySelectorAll('*')].map((one) => getComputedStyle(one).color))]"
    assert sheet.evaluate(colours) == ["rgb(0, 0, 0)"]


def test_decision_is_on_the_sheet_with_what_each_answer_speaks_for(page: Page, widget_site: SiteFactory) -> None:
    answers = {DISTANCE: SOME, LOAD: BAG, RAIN: DRY}
    widget = open_and_answer(page, widget_site(TRIP_TREE).url + "trip/", answers, "trip")
    press_print(page, widget)
    sheet = sheet_of(page)
    expect(sheet).to_contain_text(say("verdict", band="Ride a bicycle"))
    expect(sheet).to_contain_text("Pump the tyres.")
    expect(sheet.locator("dl > div").filter(has_text=DISTANCE)).to_contain_text(say("weight_for", count=3))


# An `afterprint` that comes at once says nothing; a reader who goes on has printed, or has not wanted to.
@pytest.mark.parametrize("step", ["press", "click", "dialog"])
def test_page_is_as_before_once_the_reader_goes_on(step: str, page: Page, widget_site: SiteFactory) -> None:
    url = widget_site(TREE).url
    widget = open_and_answer(page, url, ALL_WEAK, milliseconds=1100 if step == "dialog" else 0)
    more = widget.panel.locator("details[data-rest]")
    expect(more).to_be_visible()
    # Drawn last.
    expect(widget.panel.locator("summary").filter(has_text="The shortest way up")).to_be_visible()
    before = widget.panel.evaluate("(panel) => panel.innerText")
    height = page.evaluate("document.body.scrollHeight")

    press_print(page, widget)
    assert page.evaluate("printed") == [1]
    expect(widget.button("print")).to_be_focused()
    assert widget.panel.evaluate("(panel) => panel.innerText") == before
    assert page.evaluate("document.body.scrollHeight") == height
    expect(more).to_have_js_property("open", False)
    if step == "dialog":
        # The page was held up until the dialog was closed.
        expect(sheet_of(page)).to_have_count(0)
        return
    expect(sheet_of(page)).to_be_hidden()
    expect(sheet_of(page)).to_have_count(1)
    if step == "press":
        page.keyboard.press("Control")
    else:
        page.mouse.click(5, 5)
    expect(sheet_of(page)).to_have_count(0)


def test_printing_again_prints_what_holds_then(page: Page, widget_site: SiteFactory) -> None:
    widget = open_and_answer(page, widget_site(TREE).url, ALL_WEAK)
    press_print(page, widget)
    widget.answer({NAMED: NO})
    expect(widget.panel).to_contain_text(NAMED)
    press_print(page, widget, 2)
    expect(sheet_of(page).locator("dl > div").first).to_have_text(f"{NAMED} {NO} 0 of 6 points")


def test_no_button_before_there_is_a_result_and_where_nothing_can_be_printed(
    page: Page, widget_site: SiteFactory
) -> None:
    url = widget_site(TREE).url
    widget = open_and_answer(page, url, {NAMED: PARTLY})
    expect(widget.button("reset")).to_be_visible()
    expect(widget.button("print")).to_be_hidden()
    widget.answer(ALL_WEAK)
    expect(widget.button("print")).to_be_visible()

    page.add_init_script("delete window.print; delete Window.prototype.print; window.print = undefined;")
    page.reload()
    expect(widget.button("reset")).to_be_visible()
    expect(widget.button("print")).to_have_count(0)


# A scored checklist with its letter, a decision, and a calculator: each with the answers that lead to most text.
FLAGSHIP = {
    "before-i-sign": "before-i-sign",
    "who-does-the-work": "who-does-the-work",
    "real-cost": "real-cost-of-outsourcing",
}


@pytest.mark.parametrize("checklist", FLAGSHIP)
def test_result_of_a_guide_takes_one_or_two_sheets(checklist: str, page: Page, flagship: Site) -> None:
    page.emulate_media(color_scheme="dark")
    widget = open_and_answer(page, f"{flagship.url}guides/{FLAGSHIP[checklist]}/", {}, checklist)
    if checklist == "real-cost":
        widget.parts.get_by_role("button", name=say("example")).first.click()
    questions = widget.parts.locator("fieldset:visible")
    for question in questions.all():
        # The example answers some.
        if question.locator("input:checked").count():
            continue
        # Behind the last option come "I don't know" and perhaps "does not apply".
        options = question.locator('input:not([value="unknown"], [value="na"])')
        options.last.check()
    press_print(page, widget)

    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    text = squeeze(" ".join(sheet.extract_text() for sheet in reader.pages))
    assert len(reader.pages) <= 2
    assert squeeze(page.url) in text
    verdicts = widget.panel.locator("p[data-verdict], [data-verdict][data-awarded] > dt")
    expect(verdicts).to_have_count(2 if checklist == "real-cost" else 1)
    for verdict in verdicts.all():
        assert squeeze(verdict.inner_text()) in text
    for question in questions.locator("legend :is(h1, h2, h3, h4, h5, h6)").all():
        words = question.evaluate("(heading) => [...heading.childNodes].map((node) => node.textContent).join('')")
        assert squeeze(words.removesuffix("¶")) in text, words
    for button in ("print", "reset"):
        assert squeeze(say(button)) not in text
