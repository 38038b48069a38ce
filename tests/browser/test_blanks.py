"""Texts to copy whose blanks are filled in from the answers."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.widget import Widget, open_widget, say, wait_until
from tests.helpers import SiteFactory

DOTS = say("blank")
TERM, KEPT, PRICE = "How long does it run?", "What is kept?", "Is the price fixed?"
EVIL = "<img src=x onerror=alert(1)> {{x}}"
CHECKLIST = f"""\
title: Ready to sign?
sections:
  - id: paper
    title: Paper
    items:
      - id: term
        text: {TERM}
        options:
          - {{id: month, text: By the month, points: 1}}
          - {{id: year, text: A year, points: 0}}
        clauses: {{year: "Term: {EVIL}", unknown: "How long does it run?"}}
      - id: kept
        text: {KEPT}
        choose: many
        options:
          - {{id: code, text: The code, points: 1}}
          - {{id: data, text: The data, points: 1}}
      - id: price
        text: {PRICE}
        when: term == "year"
        scale: yes-no
        recommend: Ask.
        template: "The price is fixed: {{price}}"
template: |
  Dear {{{{name}},

  - {{term}}
  We keep {{kept}}; price: {{price}}
  Yours
bands: [{{id: ready, min: 50, title: Ready}}, {{id: not-yet, min: 0, title: Not yet}}]
"""
TREE = {"checklists/paper.yml": CHECKLIST, "docs/index.md": "# Home\n\n::: checklist paper\n"}


@pytest.fixture
def url(site_factory: SiteFactory) -> str:
    return site_factory(TREE).url


@pytest.fixture
def widget(page: Page, url: str) -> Widget:
    return open_widget(page, url, "paper")


def letter(widget: Widget) -> Locator:
    fold = widget.panel.locator("details", has_text=say("template-of-answers"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return fold.locator("pre")


def expect_letter(widget: Widget, text: str) -> None:
    expect(letter(widget)).to_have_text(text, use_inner_text=True)


def test_blanks_are_dots_until_there_are_answers(widget: Widget) -> None:
    expect_letter(widget, f"Dear {{name}}, - {DOTS} We keep {DOTS}; price: {DOTS} Yours")


def test_blanks_take_the_words_of_answers_and_follow_them(widget: Widget) -> None:
    widget.answer({TERM: "A year"})
    widget.answer({KEPT: "The data"})
    # What an author wrote is text, whatever it looks like.
    expect_letter(widget, f"Dear {{name}}, - Term: {EVIL} We keep The data; price: {DOTS} Yours")

    widget.answer({KEPT: "The code"})
    widget.answer({PRICE: "Yes"})
    expect_letter(widget, f"Dear {{name}}, - Term: {EVIL} We keep The code and The data; price: Yes Yours")

    widget.clear(KEPT)
    expect_letter(widget, f"Dear {{name}}, - Term: {EVIL} We keep {DOTS}; price: Yes Yours")


def test_line_without_a_clause_to_say_is_left_out(widget: Widget) -> None:
    widget.answer({TERM: "By the month"})

    expect_letter(widget, f"Dear {{name}}, We keep {DOTS}; price: {DOTS} Yours")


def test_not_knowing_may_have_words_of_its_own(widget: Widget) -> None:
    widget.answer({TERM: say("unknown")})
    widget.answer({KEPT: say("unknown")})

    expect_letter(widget, f"Dear {{name}}, - How long does it run? We keep {DOTS}; price: {DOTS} Yours")


def test_answer_to_a_hidden_question_fills_nothing(widget: Widget) -> None:
    widget.answer({TERM: "A year"})
    widget.answer({PRICE: "No"})
    expect(letter(widget)).to_contain_text("price: No")
    expect(widget.question(PRICE).locator("pre")).to_have_text("The price is fixed: No")

    widget.answer({TERM: "By the month"})

    expect_letter(widget, f"Dear {{name}}, We keep {DOTS}; price: {DOTS} Yours")


def test_answers_that_come_back_fill_the_blanks(page: Page, url: str, widget: Widget) -> None:
    widget.answer({KEPT: "The data"})
    expect(letter(widget)).to_contain_text("We keep The data")

    page.reload()

    expect(letter(widget)).to_contain_text("We keep The data")
    widget.press("reset")
    expect(letter(widget)).to_contain_text(f"We keep {DOTS}")


def test_without_a_script_blanks_are_dots(browser: Browser, url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        fold = page.locator("[data-panel] details", has_text=say("template-of-answers"))
        fold.locator("summary").click()
        expect(fold.locator("pre")).to_have_text(
            f"Dear {{name}}, - {DOTS} We keep {DOTS}; price: {DOTS} Yours", use_inner_text=True
        )
        expect(fold.locator("li").first).to_be_hidden()


@pytest.mark.browser_context_args(permissions=["clipboard-read", "clipboard-write"])
def test_letter_is_copied_as_it_is_filled_and_so_is_the_text_of_an_answer(page: Page, widget: Widget) -> None:
    widget.answer({TERM: "A year"})
    widget.answer({KEPT: "The data"})
    letter(widget)
    copy = widget.panel.get_by_role("button", name=say("copy"))
    copy.press("Enter")
    expect(widget.panel.locator("[data-copy] > [aria-live]")).to_have_text(say("copied"))
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"Dear {{name}},\n\n- Term: {EVIL}\nWe keep The data; price: {DOTS}\nYours\n"
    )

    # Without the lines that have nothing to say, and once for each text.
    widget.answer({TERM: "By the month"})
    copy.press("Enter")
    wait_until(page, "async () => !(await navigator.clipboard.readText()).includes('Term')")
    widget.answer({TERM: "A year"})
    widget.answer({PRICE: "No"})
    advice = widget.question(PRICE).locator("details")
    advice.locator("summary").press("Enter")
    advice.get_by_role("button", name=say("copy")).press("Enter")
    wait_until(page, "async () => (await navigator.clipboard.readText()) === 'The price is fixed: No\\n'")
    expect(widget.parts.get_by_role("button", name=say("copy"))).to_have_count(2)
    page.emulate_media(media="print")
    expect(widget.parts.locator("[data-copy]:visible")).to_have_count(0)


def test_no_button_to_copy_where_the_browser_keeps_pages_from_it(page: Page, url: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    widget = open_widget(page, url, "paper")
    widget.answer({KEPT: "The data"})
    expect(letter(widget)).to_contain_text("We keep The data")
    widget.panel.locator("summary", has_text=say("template-of-answers")).press("Enter")
    widget.panel.locator("summary", has_text=say("template-of-answers")).press("Enter")
    expect(letter(widget)).to_be_visible()
    expect(widget.parts.get_by_role("button", name=say("copy"))).to_have_count(0)
